"""The words of `organizer member`."""

from typing import Any

from organizer.cli import member_lists, standing
from organizer.cli.grammar import Parser, command, count, day, path, verbs
from organizer.domain.member import Act
from organizer.i18n import _


def words(noun: Parser) -> None:
    """What becomes of members."""
    known = verbs(noun)
    helps = {
        Act.REFUSE: _("不予批准入会申请，写明原因"),
        Act.KEEP: _("保留会籍：下岗、失业、破产、退休、服兵役"),
        Act.RESUME: _("恢复保留的会籍"),
        Act.LEAVE: _("退会：本人要求，或连续六个月不交会费不参加活动"),
        Act.EXPEL: _("除名，写明决定的文号；还要报上一级备案"),
        Act.DIE: _("死亡注销"),
    }
    for act, told in helps.items():
        made = command(known, act.value, standing.change, told)
        made.set_defaults(act=act.value)
        made.add_argument("ids", nargs="+", metavar=_("会籍编号"))
        made.add_argument("--reason", default="", help=_("原因，只有一种时不用写"))
        made.add_argument("--words", default="", help=_("原因，用自己的话"))
        made.add_argument("--paper-no", default="", help=_("决定或批文的文号"))
        made.add_argument("--on", type=day, metavar=_("日期"), help=_("哪一天，默认今天"))
    _list_words(known)
    _paper_words(known)
    command(known, "unfiled", standing.unfiled, _("列出还没有报上一级备案的除名"))
    filed = command(known, "file", standing.file, _("记下除名已报上一级备案"))
    filed.add_argument("id", metavar=_("会籍编号"))
    filed.add_argument("--on", type=day, metavar=_("日期"), help=_("哪一天，默认今天"))


def _list_words(known: Any) -> None:
    """Lists of members, and what they come to."""
    listed = command(known, "list", member_lists.show_all, _("列出会员，证件和电话遮盖"))
    listed.add_argument("--text", default="", help=_("姓名、拼音、证件或电话尾号、单位"))
    listed.add_argument("--state", default="", help=_("会籍，如 正式会员、保留会籍"))
    listed.add_argument("--group", default="", help=_("群体，如 快递员、八大群体"))
    listed.add_argument("--union", default="", help=_("工会全称"))
    listed.add_argument("--unit", default="", help=_("单位：编号，或能唯一找到它的文字"))
    listed.add_argument(
        "--lacks", default="", help=_("缺什么：证件、同意书、材料、会费"), metavar=_("缺项")
    )
    listed.add_argument("--sort", default="", help=_("按哪一列排：name、state、joined_on 等"))
    listed.add_argument("--limit", type=count, default=50, help=_("最多列几个，默认 50"))
    paid = command(known, "pay", member_lists.pay, _("记会费交至哪个月，一个或几个人"))
    paid.add_argument("ids", nargs="+", metavar=_("会籍编号"))
    paid.add_argument("--until", required=True, metavar=_("月份"), help=_("如 2026-10"))
    dues = command(known, "dues", member_lists.dues, _("算会费：月工资的 0.5%，不满十元不计"))
    dues.add_argument("wage", metavar=_("工资"))
    counted = command(known, "counts", member_lists.counts, _("会员人数，按工会或社区、按群体"))
    counted.add_argument("--by", choices=("union", "place"), default="union", help=_("按什么分行"))
    counted.add_argument("--out", type=path, help=_("存成 .pdf 或 .xlsx"))
    late = command(known, "arrears", member_lists.arrears, _("会费欠缴六个月以上的名单"))
    late.add_argument("--union", default="", help=_("工会全称，默认全部"))
    late.add_argument("--out", type=path, help=_("存成 .pdf 或 .xlsx"))


def _paper_words(known: Any) -> None:
    """Papers about members."""
    roster = command(known, "roster", member_lists.roster, _("会员花名册，存成 PDF"))
    roster.add_argument("union", metavar=_("工会全称"))
    roster.add_argument("--out", type=path, required=True, help=_("存到哪个文件"))
    roster.add_argument("--masked", action="store_true", help=_("公示用，遮盖证件，不含电话"))
    unit = command(known, "numbers", member_lists.numbers, _("单位会员人数表，只有人数没有姓名"))
    unit.add_argument("unit", metavar=_("单位"))
    unit.add_argument("--out", type=path, help=_("存成 .pdf 或 .xlsx"))
    paper = command(known, "paper", member_lists.paper, _("打印退会、保留、除名材料或介绍信"))
    paper.add_argument("id", metavar=_("会籍编号"))
    paper.add_argument("--out", type=path, required=True, help=_("存到哪个文件"))
    whole = command(known, "dossier", member_lists.dossier, _("打印会员档案：这个人的全部记录"))
    whole.add_argument("id", metavar=_("会籍编号"))
    whole.add_argument("--out", type=path, required=True, help=_("存到哪个文件"))
