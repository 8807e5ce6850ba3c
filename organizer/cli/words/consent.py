"""The words of `organizer consent`."""

from organizer.cli import consents
from organizer.cli.grammar import Parser, command, day, path, verbs
from organizer.domain.consent import Purpose
from organizer.i18n import _


def words(noun: Parser) -> None:
    """Consents."""
    known = verbs(noun)
    give = command(known, "give", consents.give, _("登记本人在纸面上给的同意"))
    take = command(known, "withdraw", consents.withdraw, _("登记撤回同意；会籍不变，不是退会"))
    for made in (give, take):
        made.add_argument("id", metavar=_("人员编号"))
        made.add_argument(
            "--purpose",
            action="append",
            choices=[one.value for one in Purpose],
            help=_("哪一项，可写几次：{known}").format(known=consents.purposes_in_words()),
        )
        made.add_argument("--on", type=day, metavar=_("日期"), help=_("哪一天，默认今天"))
    take.add_argument("--out", type=path, metavar=_("文件"), help=_("把撤回同意书存成这个 PDF"))
    listing = command(
        known, "list", consents.listing, _("一个人的同意；不写人就列出待报上级的撤回")
    )
    listing.add_argument("id", nargs="?", metavar=_("人员编号"))
    report = command(known, "report", consents.report, _("记下撤回同意已报上级"))
    report.add_argument("id", metavar=_("同意编号"))
    report.add_argument("--on", type=day, metavar=_("日期"), help=_("哪一天，默认今天"))
