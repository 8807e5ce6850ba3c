"""The words of `organizer paper`."""

from organizer.cli import membership
from organizer.cli.grammar import Parser, command, path, verbs
from organizer.i18n import _


def words(noun: Parser) -> None:
    """Papers of people."""
    made = command(verbs(noun), "print", membership.paper_print, _("打印入会申请书和登记表"))
    made.add_argument(
        "form", choices=["signup"], metavar=_("表"), help=_("signup：入会申请书和会员登记表")
    )
    made.add_argument("--ids", nargs="+", required=True, metavar=_("会籍编号"))
    made.add_argument("--out", type=path, required=True, help=_("PDF 文件，多人时为文件夹"))
