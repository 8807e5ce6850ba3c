"""The command line's grammar, in Chinese."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from organizer import __version__, i18n
from organizer.cli import (
    backups,
    batches,
    doctor,
    fieldwork,
    membership,
    office,
    paper_words,
    places,
    round_words,
    survey_words,
    visit_words,
)
from organizer.cli.grammar import Parser, command, count, day, path, verbs
from organizer.cli.output import Outcome
from organizer.errors import WrongUsage
from organizer.i18n import _


def parse(words: Sequence[str]) -> argparse.Namespace:
    """A command line understood; raises `WrongUsage`."""
    if not all(map(i18n.is_text, words)):
        raise WrongUsage("usage.not_text")
    if "--version" in words:
        return argparse.Namespace(run=_version)
    if any(word.partition("=")[0] == "--password" for word in words):
        raise WrongUsage("usage.password")
    # Somebody who only types the name wants to know what there is.
    return parser().parse_args(words or ["--help"])


def parser() -> Parser:
    """The whole grammar."""
    root = Parser(prog="organizer", description=_("基层工会建会入会工作台"))
    root.add_argument("--version", action="store_true", help=_("显示版本号"))
    nouns = root.add_subparsers(required=True, metavar=_("对象"), dest="noun")
    _office(nouns.add_parser("office", help=_("建立、找回单位")))
    _lists(nouns.add_parser("list", help=_("导入名单")))
    round_words.rounds_words(nouns.add_parser("round", help=_("排查批次")))
    survey_words.places_words(nouns.add_parser("place", help=_("区划和地点")))
    survey_words.grids_words(nouns.add_parser("grid", help=_("网格")))
    survey_words.drives_words(nouns.add_parser("drive", help=_("攻坚清单")))
    survey_words.surveys_words(nouns.add_parser("survey", help=_("排查进度")))
    paper_words.collect_words(nouns.add_parser("collect", help=_("采集表")))
    _records(nouns.add_parser("record", help=_("重复的记录")))
    visit_words.visits_words(nouns.add_parser("visit", help=_("走访")))
    _signups(nouns.add_parser("signup", help=_("入会")))
    _papers(nouns.add_parser("paper", help=_("打印")))
    _batches(nouns.add_parser("batch", help=_("报送批次")))
    _people(nouns.add_parser("person", help=_("个人信息")))
    _database(nouns.add_parser("database", help=_("数据文件")))
    _backups(nouns.add_parser("backup", help=_("备份和恢复")))
    _alone(nouns)
    return root


def _office(noun: Parser) -> None:
    known = verbs(noun)
    new = command(known, "new", office.office_new, _("建立单位和第一个账号（管理员）"), open_=False)
    new.add_argument("--name", required=True, help=_("单位名称"))
    new.add_argument("--division", required=True, help=_("区划代码（6、9 或 12 位）"))
    new.add_argument("--account", required=True, help=_("第一个账号的名字"))
    new.add_argument("--password-file", type=path, help=_("从文件读取密码"))
    new.add_argument("--sheet", type=path, default=Path(_("恢复单.pdf")), help=_("恢复单存到哪里"))
    recover = command(known, "recover", office.office_recover, _("用恢复单设新密码"), open_=False)
    recover.add_argument(
        "--sheet", type=path, default=Path(_("新恢复单.pdf")), help=_("新恢复单存到哪里")
    )
    recover.add_argument("--code-file", type=path, help=_("从文件读取恢复码，默认在提示处输入"))
    recover.add_argument("--password-file", type=path, help=_("从文件读取新密码"))


def _lists(noun: Parser) -> None:
    take = command(
        verbs(noun), "import", fieldwork.list_import, _("导入单位名单（xlsx、xls、csv）")
    )
    take.add_argument("file", type=path, metavar=_("名单文件"))
    take.add_argument(
        "--source", default="market", help=_("来源：market 市场主体、tax 税务、insurance 社保…")
    )
    take.add_argument("--as-of", type=day, metavar=_("日期"), help=_("名单的日期，默认今天"))


def _records(noun: Parser) -> None:
    made = command(verbs(noun), "merge", places.merge, _("把重复的一条并入保留的一条，可撤销"))
    made.add_argument("kind", choices=list(places.kinds()), metavar="|".join(places.kinds()))
    made.add_argument("duplicate", metavar=_("重复的编号"))
    made.add_argument("kept", metavar=_("保留的编号"))


def _signups(noun: Parser) -> None:
    known = verbs(noun)
    add = command(known, "add", membership.signup_add, _("登记一人入会，待审批"))
    add.add_argument(
        "--from",
        dest="answers",
        type=path,
        metavar=_("文件"),
        help=_("从文件读取，每行一项，如 id-number=…、phone=…；- 为标准输入。别人看不到"),
    )
    add.add_argument("--name", default="", help=_("姓名"))
    add.add_argument(
        "--id-number", default="", help=_("身份证号，可后补；多人共用的电脑上请用 --from")
    )
    add.add_argument("--phone", default="", help=_("手机号码；多人共用的电脑上请用 --from"))
    add.add_argument("--unit", help=_("工作单位：编号，或能唯一找到它的文字"))
    add.add_argument("--union", help=_("加入的工会全称，默认所在社区的工会"))
    add.add_argument("--migrant", choices=["yes", "no"], metavar="yes|no", help=_("是否农民工"))
    add.add_argument("--position", default="", help=_("岗位"))
    for name, label in membership.coded_answers().items():
        add.add_argument(f"--{name.replace('_', '-')}", default="", help=label)
    complete = command(known, "complete", membership.signup_complete, _("补录证件号（证件后补）"))
    complete.add_argument("id", metavar=_("会籍编号"))
    complete.add_argument("--id-number", required=True, help=_("身份证号"))
    approve = command(known, "approve", membership.signup_approve, _("批准待审批的入会申请"))
    approve.add_argument("ids", nargs="*", metavar=_("会籍编号"))
    approve.add_argument("--all", action="store_true", help=_("批准全部待审批的申请"))


def _papers(noun: Parser) -> None:
    made = command(verbs(noun), "print", membership.paper_print, _("打印入会申请书和登记表"))
    made.add_argument(
        "form", choices=["signup"], metavar=_("表"), help=_("signup：入会申请书和会员登记表")
    )
    made.add_argument("--ids", nargs="+", required=True, metavar=_("会籍编号"))
    made.add_argument("--out", type=path, required=True, help=_("PDF 文件，多人时为文件夹"))


def _batches(noun: Parser) -> None:
    known = verbs(noun)
    made = command(known, "export", batches.batch_export, _("导出报送批次"))
    which = made.add_mutually_exclusive_group(required=True)
    which.add_argument("--union", metavar=_("工会"), help=_("工会全称"))
    which.add_argument(
        "--again", metavar=_("批次编号"), help=_("照原样重新生成一个已封存批次的文件")
    )
    made.add_argument("--profile", default="ref-20col", help=_("模板，默认参考样式 20 列"))
    made.add_argument("--out", type=path, required=True, help=_("存到哪个文件夹"))
    made.add_argument("--reason", default="", help=_("导出事由，记入审计"))
    command(known, "list", batches.batch_list, _("列出报送批次"))
    command(known, "files", batches.batch_files, _("列出还没有清除的明文文件"))
    clear = command(known, "clear", batches.batch_clear, _("把明文文件标为已清除"))
    clear.add_argument("id", metavar=_("文件编号"), help=_("batch files 列出的编号"))
    clear.add_argument("--delete", action="store_true", help=_("先删除文件"))
    clear.add_argument(
        "--destroyed", action="store_true", help=_("看不到的文件（U 盘不在），声明确已销毁")
    )


def _people(noun: Parser) -> None:
    erase = command(
        verbs(noun), "erase", membership.person_erase, _("清除一个人的全部个人信息，不能撤销")
    )
    erase.add_argument("id", metavar=_("人员编号"))
    erase.add_argument("--reason", required=True, help=_("原因，例如：本人撤回同意"))


def _database(noun: Parser) -> None:
    check = command(verbs(noun), "check", office.database_check, _("检查数据文件"))
    check.add_argument("--rebuild", action="store_true", help=_("先重建索引等派生数据"))


def _backups(noun: Parser) -> None:
    known = verbs(noun)
    made = command(known, "make", backups.backup_make, _("备份并核对"))
    made.add_argument("--to", type=path, metavar=_("文件夹"), help=_("备份位置，默认在设置里选的"))
    listed = command(known, "list", backups.backup_list, _("列出备份"), open_=False)
    listed.add_argument(
        "--at", type=path, metavar=_("文件夹"), help=_("备份位置，默认在设置里选的")
    )
    restore = command(
        known, "restore", backups.backup_restore, _("恢复到数据文件夹；原来的数据改名留着")
    )
    restore.add_argument(
        "folder",
        type=path,
        metavar=_("备份"),
        help=_("一份备份的文件夹，或备份位置（取最新一份）"),
    )


def _alone(nouns: Any) -> None:
    undo = command(nouns, "undo", office.undo, _("撤销一步操作或一次导入"))
    undo.add_argument("id", nargs="?", metavar=_("操作编号"), help=_("默认撤销最近一步"))
    find = command(nouns, "find", fieldwork.find, _("查找单位、人员、地点、工会"))
    find.add_argument("text", metavar=_("文字"), help=_("汉字、拼音首字母、全拼，或证件、电话尾号"))
    find.add_argument("--limit", type=count, default=20, help=_("最多显示几条"))
    command(nouns, "run", doctor.window, _("打开窗口；不带任何参数也是"), open_=False)
    command(
        nouns, "doctor", doctor.doctor, _("检查这台电脑：显示、输入法、字体、磁盘"), open_=False
    )
    demo = command(nouns, "demo", office.demo, _("用样例走一遍全程"), open_=False)
    demo.add_argument("--out", type=path, required=True, metavar=_("文件夹"), help=_("成果存放处"))


def _version(_arguments: argparse.Namespace) -> Outcome:
    return Outcome("version.shown", f"organizer {__version__}", {"version": __version__})
