"""The words of `organizer transfer`."""

from organizer.cli import standing
from organizer.cli.grammar import Parser, command, count, day, verbs
from organizer.i18n import _
from organizer.services.members.transferring import VALID_DAYS


def words(noun: Parser) -> None:
    """Transfers between unions."""
    known = verbs(noun)
    out = command(known, "send", standing.send, _("转出：开介绍信，等对方的回执"))
    out.add_argument("id", metavar=_("会籍编号"))
    out.add_argument("--to", required=True, help=_("转往的工会全称"))
    _letter_words(out)
    came = command(known, "confirm", standing.confirm, _("收到回执，会籍转出"))
    came.add_argument("id", metavar=_("接转编号"))
    came.add_argument("--on", type=day, metavar=_("日期"), help=_("回执的日期，默认今天"))
    back = command(known, "recall", standing.recall, _("撤回转出，会籍照旧"))
    back.add_argument("id", metavar=_("接转编号"))
    back.add_argument("--words", default="", help=_("原因"))
    into = command(known, "receive", standing.receive, _("转入：凭介绍信接收，不用重新入会"))
    into.add_argument("--name", required=True, help=_("姓名"))
    into.add_argument("--id-number", default="", help=_("身份证号"))
    into.add_argument("--phone", default="", help=_("手机号码"))
    into.add_argument("--from-union", required=True, help=_("从哪个工会转来"))
    into.add_argument("--unit", help=_("工作单位：编号，或能唯一找到它的文字"))
    into.add_argument("--union", help=_("转入的工会全称，默认所在社区的工会"))
    _letter_words(into)
    inside = command(known, "bring", standing.bring, _("在本单位管的工会之间接转，一步办完"))
    inside.add_argument("ids", nargs="+", metavar=_("会籍编号"))
    inside.add_argument("--to", required=True, help=_("转往的工会全称"))
    inside.add_argument("--unit", help=_("现在的工作单位，默认不变"))
    _letter_words(inside)
    founded = command(known, "settle", standing.settle, _("单位建会后，它的临时会员一次转入"))
    founded.add_argument("--unit", required=True, help=_("建会的单位"))
    founded.add_argument("--to", required=True, help=_("它的工会全称"))
    command(known, "list", standing.under_way, _("列出还没有回执的介绍信"))


def _letter_words(made: Parser) -> None:
    made.add_argument("--number", default="", help=_("介绍信号，转出时默认自动编"))
    made.add_argument("--reason", default="", help=_("原因，默认劳动（工作）关系发生变化"))
    made.add_argument("--paid-until", default="", metavar=_("月份"), help=_("会费交至，如 2026-10"))
    made.add_argument("--on", type=day, metavar=_("日期"), help=_("介绍信日期，默认今天"))
    made.add_argument("--valid-days", type=count, default=VALID_DAYS, help=_("有效天数"))
