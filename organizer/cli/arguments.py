"""The command line's grammar, in Chinese."""

import argparse
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from organizer import __version__, i18n
from organizer.cli import backups, batches, doctor, fieldwork, membership, office, places, surveys
from organizer.cli.output import Outcome
from organizer.errors import WrongUsage
from organizer.i18n import _

_MOST_HITS = 10_000


class Parser(argparse.ArgumentParser):
    """An argument parser that raises `WrongUsage` instead of printing English and exiting."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "add_help": False, "allow_abbrev": False})
        self._positionals.title = _("参数")
        self._optionals.title = _("选项")
        self.add_argument("-h", "--help", action="help", help=_("显示这份说明"))

    def error(self, message: str) -> NoReturn:
        """Raise `WrongUsage` with the Chinese wording of argparse's message."""
        raise WrongUsage("usage.unknown", detail=_in_chinese(message))

    def format_usage(self) -> str:
        """The usage line."""
        return super().format_usage().replace("usage: ", _("用法："))

    def format_help(self) -> str:
        """The help page."""
        return super().format_help().replace("usage: ", _("用法："))


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
    _rounds(nouns.add_parser("round", help=_("排查批次")))
    _places(nouns.add_parser("place", help=_("区划和地点")))
    _grids(nouns.add_parser("grid", help=_("网格")))
    _surveys(nouns.add_parser("survey", help=_("排查进度")))
    _records(nouns.add_parser("record", help=_("重复的记录")))
    _visits(nouns.add_parser("visit", help=_("走访")))
    _signups(nouns.add_parser("signup", help=_("入会")))
    _papers(nouns.add_parser("paper", help=_("打印")))
    _batches(nouns.add_parser("batch", help=_("报送批次")))
    _people(nouns.add_parser("person", help=_("个人信息")))
    _database(nouns.add_parser("database", help=_("数据文件")))
    _backups(nouns.add_parser("backup", help=_("备份和恢复")))
    _alone(nouns)
    return root


def _command(
    verbs: Any,
    name: str,
    run: Callable[..., Outcome],
    help_text: str,
    *,
    open_: bool = True,
) -> Parser:
    made: Parser = verbs.add_parser(name, help=help_text, description=help_text)
    made.add_argument("--data", metavar=_("文件夹"), help=_("数据文件夹，默认在本机的用户数据目录"))
    made.add_argument("--json", action="store_true", help=_("以 JSON 输出代码、事实和句子"))
    if open_:
        made.add_argument("--account", metavar=_("账号"), help=_("账号名，默认为上次用的账号"))
        made.add_argument(
            "--password-file", type=_path, metavar=_("文件"), help=_("从文件读取密码")
        )
    made.set_defaults(run=run, opens=open_)
    return made


def _verbs(noun: Parser) -> Any:
    return noun.add_subparsers(required=True, metavar=_("动作"), dest="verb")


def _office(noun: Parser) -> None:
    verbs = _verbs(noun)
    new = _command(
        verbs, "new", office.office_new, _("建立单位和第一个账号（管理员）"), open_=False
    )
    new.add_argument("--name", required=True, help=_("单位名称"))
    new.add_argument("--division", required=True, help=_("区划代码（6、9 或 12 位）"))
    new.add_argument("--account", required=True, help=_("第一个账号的名字"))
    new.add_argument("--password-file", type=_path, help=_("从文件读取密码"))
    new.add_argument("--sheet", type=_path, default=Path(_("恢复单.pdf")), help=_("恢复单存到哪里"))
    recover = _command(verbs, "recover", office.office_recover, _("用恢复单设新密码"), open_=False)
    recover.add_argument(
        "--sheet", type=_path, default=Path(_("新恢复单.pdf")), help=_("新恢复单存到哪里")
    )
    recover.add_argument("--code-file", type=_path, help=_("从文件读取恢复码，默认在提示处输入"))
    recover.add_argument("--password-file", type=_path, help=_("从文件读取新密码"))


def _lists(noun: Parser) -> None:
    take = _command(
        _verbs(noun), "import", fieldwork.list_import, _("导入单位名单（xlsx、xls、csv）")
    )
    take.add_argument("file", type=_path, metavar=_("名单文件"))
    take.add_argument(
        "--source", default="market", help=_("来源：market 市场主体、tax 税务、insurance 社保…")
    )
    take.add_argument("--as-of", type=_day, metavar=_("日期"), help=_("名单的日期，默认今天"))


def _rounds(noun: Parser) -> None:
    open_round = _command(_verbs(noun), "open", fieldwork.round_open, _("开一个排查批次"))
    open_round.add_argument("name", metavar=_("批次名"))
    open_round.add_argument("--starts", type=_day, metavar=_("日期"), help=_("开始日，默认今天"))
    open_round.add_argument("--ends", type=_day, metavar=_("日期"), help=_("结束日"))


def _places(noun: Parser) -> None:
    verbs = _verbs(noun)
    add = _command(verbs, "add", places.add, _("在某区划下添加本地区划（新社区、开发区、农场）"))
    add.add_argument("parent", metavar=_("上级区划代码"))
    add.add_argument("name", metavar=_("名称"))
    rename = _command(verbs, "rename", places.rename, _("改名，编号不变"))
    rename.add_argument("id", metavar=_("地点编号"))
    rename.add_argument("name", metavar=_("新名称"))
    retire = _command(verbs, "retire", places.retire, _("停用"))
    retire.add_argument("id", metavar=_("地点编号"))


def _grids(noun: Parser) -> None:
    verbs = _verbs(noun)
    add = _command(verbs, "add", surveys.grid_add, _("添加网格"))
    add.add_argument("division", metavar=_("区划代码"))
    add.add_argument("code", metavar=_("编号"))
    for name, label in (
        ("name", _("名称")),
        ("boundary", _("四至范围")),
        ("responsible", _("责任人")),
        ("phone", _("电话")),
    ):
        add.add_argument(f"--{name}", default="", help=label)
    _command(verbs, "list", surveys.grid_list, _("列出网格"))
    hang = _command(verbs, "hang", surveys.grid_hang, _("把街路、楼宇、村民组划入网格"))
    hang.add_argument("grid", metavar=_("网格编号"))
    hang.add_argument("places", nargs="+", metavar=_("地点编号"))
    retire = _command(verbs, "retire", surveys.grid_retire, _("停用网格"))
    retire.add_argument("grid", metavar=_("网格编号"))


def _surveys(noun: Parser) -> None:
    verbs = _verbs(noun)
    close = _command(verbs, "close", surveys.door_close, _("多次上门未果，记为已尽责"))
    close.add_argument("unit", metavar=_("单位"))
    close.add_argument("--refusal", action="store_true", help=_("审核员确认拒访"))
    close.add_argument("--remark", default="", help=_("备注"))
    status = _command(verbs, "status", surveys.survey_status, _("各街路查到哪里、几盏灯亮了"))
    status.add_argument("--division", default="", metavar=_("区划代码"), help=_("只看这个区划"))


def _records(noun: Parser) -> None:
    made = _command(_verbs(noun), "merge", places.merge, _("把重复的一条并入保留的一条，可撤销"))
    made.add_argument("kind", choices=list(places.kinds()), metavar="|".join(places.kinds()))
    made.add_argument("duplicate", metavar=_("重复的编号"))
    made.add_argument("kept", metavar=_("保留的编号"))


def _visits(noun: Parser) -> None:
    verbs = _verbs(noun)
    nobody = _command(verbs, "nobody", fieldwork.visit_nobody, _("整层、整栋、整条街无人"))
    nobody.add_argument("place", metavar=_("地点编号"))
    none = _command(verbs, "none", fieldwork.visit_none, _("已走访，那里没有单位"))
    none.add_argument("place", metavar=_("地点编号"))
    add = _command(verbs, "add", fieldwork.visit_add, _("记录一次走访"))
    add.add_argument("--corrects", metavar=_("走访编号"), help=_("更正哪一次走访"))
    add.add_argument("unit", metavar=_("单位"), help=_("单位编号，或能唯一找到它的文字"))
    add.add_argument(
        "--outcome", required=True, help=_("1已访 2无人 3拒访 4搬离 5注销 6查无 7新增")
    )
    add.add_argument(
        "--fact", action="append", default=[], metavar=_("项目=内容"), help=_("走访所得，可多次")
    )
    add.add_argument("--source", default="spoken", help=_("内容来源，默认口头"))
    add.add_argument("--on", type=_day, metavar=_("日期"), help=_("走访日期，默认今天"))
    add.add_argument("--remark", default="", help=_("备注"))


def _signups(noun: Parser) -> None:
    verbs = _verbs(noun)
    add = _command(verbs, "add", membership.signup_add, _("登记一人入会，待审批"))
    add.add_argument(
        "--from",
        dest="answers",
        type=_path,
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
    complete = _command(verbs, "complete", membership.signup_complete, _("补录证件号（证件后补）"))
    complete.add_argument("id", metavar=_("会籍编号"))
    complete.add_argument("--id-number", required=True, help=_("身份证号"))
    approve = _command(verbs, "approve", membership.signup_approve, _("批准待审批的入会申请"))
    approve.add_argument("ids", nargs="*", metavar=_("会籍编号"))
    approve.add_argument("--all", action="store_true", help=_("批准全部待审批的申请"))


def _papers(noun: Parser) -> None:
    made = _command(_verbs(noun), "print", membership.paper_print, _("打印入会申请书和登记表"))
    made.add_argument(
        "form", choices=["signup"], metavar=_("表"), help=_("signup：入会申请书和会员登记表")
    )
    made.add_argument("--ids", nargs="+", required=True, metavar=_("会籍编号"))
    made.add_argument("--out", type=_path, required=True, help=_("PDF 文件，多人时为文件夹"))


def _batches(noun: Parser) -> None:
    verbs = _verbs(noun)
    made = _command(verbs, "export", batches.batch_export, _("导出报送批次"))
    which = made.add_mutually_exclusive_group(required=True)
    which.add_argument("--union", metavar=_("工会"), help=_("工会全称"))
    which.add_argument(
        "--again", metavar=_("批次编号"), help=_("照原样重新生成一个已封存批次的文件")
    )
    made.add_argument("--profile", default="ref-20col", help=_("模板，默认参考样式 20 列"))
    made.add_argument("--out", type=_path, required=True, help=_("存到哪个文件夹"))
    made.add_argument("--reason", default="", help=_("导出事由，记入审计"))
    _command(verbs, "list", batches.batch_list, _("列出报送批次"))
    _command(verbs, "files", batches.batch_files, _("列出还没有清除的明文文件"))
    clear = _command(verbs, "clear", batches.batch_clear, _("把明文文件标为已清除"))
    clear.add_argument("id", metavar=_("文件编号"), help=_("batch files 列出的编号"))
    clear.add_argument("--delete", action="store_true", help=_("先删除文件"))
    clear.add_argument(
        "--destroyed", action="store_true", help=_("看不到的文件（U 盘不在），声明确已销毁")
    )


def _people(noun: Parser) -> None:
    erase = _command(
        _verbs(noun), "erase", membership.person_erase, _("清除一个人的全部个人信息，不能撤销")
    )
    erase.add_argument("id", metavar=_("人员编号"))
    erase.add_argument("--reason", required=True, help=_("原因，例如：本人撤回同意"))


def _database(noun: Parser) -> None:
    check = _command(_verbs(noun), "check", office.database_check, _("检查数据文件"))
    check.add_argument("--rebuild", action="store_true", help=_("先重建索引等派生数据"))


def _backups(noun: Parser) -> None:
    verbs = _verbs(noun)
    made = _command(verbs, "make", backups.backup_make, _("备份并核对"))
    made.add_argument("--to", type=_path, metavar=_("文件夹"), help=_("备份位置，默认在设置里选的"))
    listed = _command(verbs, "list", backups.backup_list, _("列出备份"), open_=False)
    listed.add_argument(
        "--at", type=_path, metavar=_("文件夹"), help=_("备份位置，默认在设置里选的")
    )
    restore = _command(
        verbs, "restore", backups.backup_restore, _("恢复到数据文件夹；原来的数据改名留着")
    )
    restore.add_argument(
        "folder",
        type=_path,
        metavar=_("备份"),
        help=_("一份备份的文件夹，或备份位置（取最新一份）"),
    )


def _alone(nouns: Any) -> None:
    undo = _command(nouns, "undo", office.undo, _("撤销一步操作或一次导入"))
    undo.add_argument("id", nargs="?", metavar=_("操作编号"), help=_("默认撤销最近一步"))
    find = _command(nouns, "find", fieldwork.find, _("查找单位、人员、地点、工会"))
    find.add_argument("text", metavar=_("文字"), help=_("汉字、拼音首字母、全拼，或证件、电话尾号"))
    find.add_argument("--limit", type=_count, default=20, help=_("最多显示几条"))
    _command(nouns, "run", doctor.window, _("打开窗口；不带任何参数也是"), open_=False)
    _command(
        nouns, "doctor", doctor.doctor, _("检查这台电脑：显示、输入法、字体、磁盘"), open_=False
    )
    demo = _command(nouns, "demo", office.demo, _("用样例走一遍全程"), open_=False)
    demo.add_argument("--out", type=_path, required=True, metavar=_("文件夹"), help=_("成果存放处"))


def _version(_arguments: argparse.Namespace) -> Outcome:
    return Outcome("version.shown", f"organizer {__version__}", {"version": __version__})


def _path(text: str) -> Path:
    """A file or folder as typed; "" would be the folder one happens to stand in."""
    try:
        Path(text).exists()
    except PermissionError:
        # Whoever comes to use it tells that.
        return Path(text)
    except OSError as error:
        detail = _("“{text}”太长，不能是文件或文件夹").format(text=text)
        raise WrongUsage("usage.unknown", detail=detail) from error
    if not text:
        raise WrongUsage("usage.unknown", detail=_("文件或文件夹的名字是空的"))
    return Path(text)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) <= _MOST_HITS):
        detail = _("“{text}”不是 1 至 {most} 的数字").format(text=text, most=_MOST_HITS)
        raise WrongUsage("usage.unknown", detail=detail)
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise WrongUsage("usage.unknown", detail=_("日期请写成 2026-11-20 这样")) from error


def _in_chinese(message: str) -> str:
    start, more, typed = message.partition("unrecognized arguments: ")
    if more:
        return _("{start}多出：“{typed}”").format(start=start, typed=typed)
    wordings = (
        ("the following arguments are required: ", _("缺少：")),
        ("ignored explicit argument ", _("后面不能带内容：")),
        ("expected one argument", _("后面缺少内容")),
        ("expected at least one argument", _("后面至少要有一项")),
        ("invalid choice: ", _("没有这一项：")),
        ("argument ", _("参数 ")),
        ("choose from ", _("可选 ")),
    )
    for english, chinese in wordings:
        message = message.replace(english, chinese)
    return re.sub("'([^']*)'", r"“\1”", message)
