"""The words of `organizer paper`."""

from typing import Any

from organizer.cli import membership, papers
from organizer.cli.grammar import Parser, command, count, day, path, verbs
from organizer.domain.paper_trail import EVERY
from organizer.i18n import _, listed
from organizer.services.paper.missing import Lack


def words(noun: Parser) -> None:
    """Papers of people."""
    known = verbs(noun)
    made = command(known, "print", membership.paper_print, _("打印入会申请书和登记表"))
    made.add_argument(
        "form", choices=["signup"], metavar=_("表"), help=_("signup：入会申请书和会员登记表")
    )
    made.add_argument("--ids", nargs="+", required=True, metavar=_("会籍编号"))
    made.add_argument("--out", type=path, required=True, help=_("PDF 文件，多人时为文件夹"))
    _of_trail(known)


def _of_trail(known: Any) -> None:
    marked = command(known, "mark", papers.mark, _("记下材料已签字、已盖章、已归档"))
    steps = [stage.value for stage in EVERY]
    marked.add_argument(
        "step", choices=steps, metavar=_("哪一步"), help=_("signed 签字、stamped 盖章、filed 归档")
    )
    marked.add_argument("codes", nargs="+", metavar=_("表号"))
    marked.add_argument("--box", default="", help=_("归档放在哪：12 或 12-7"))
    marked.add_argument("--whole", action="store_true", help=_("同一个人的材料一起记"))
    marked.add_argument("--on", type=day, metavar=_("日期"), help=_("哪一天，默认今天"))
    undone = command(known, "unmark", papers.unmark, _("撤回材料的最后一步"))
    undone.add_argument("code", metavar=_("表号"))
    lacking = command(known, "missing", papers.lacking, _("列出缺的材料"))
    kinds = [lack.value for lack in Lack]
    lacking.add_argument("what", choices=kinds, metavar=_("缺什么"), help=listed(kinds))
    lacking.add_argument("--union", metavar=_("工会"), help=_("只看这个工会"))
    lacking.add_argument("--unit", metavar=_("单位"), help=_("只看这个单位"))
    lacking.add_argument(
        "--limit", type=count, default=200, metavar=_("多少"), help=_("最多列几项")
    )
    told = command(known, "tell", papers.tell, _("记下已把批准告诉本人"))
    told.add_argument("ids", nargs="+", metavar=_("会籍编号"))
    told.add_argument(
        "--way", default="spoken", help=_("spoken 当面、phone 电话、message 短信或微信、paper 书面")
    )
    told.add_argument("--on", type=day, metavar=_("日期"), help=_("哪一天，默认今天"))
