"""The words of `organizer person`."""

from organizer.cli import membership
from organizer.cli.grammar import Parser, command, verbs
from organizer.i18n import _


def words(noun: Parser) -> None:
    """People."""
    erase = command(
        verbs(noun), "erase", membership.person_erase, _("清除一个人的全部个人信息，不能撤销")
    )
    erase.add_argument("id", metavar=_("人员编号"))
    erase.add_argument("--reason", required=True, help=_("原因，例如：本人撤回同意"))
