"""The words of `organizer undo`."""

from organizer.cli import office
from organizer.cli.grammar import Parser, equip
from organizer.i18n import _


def words(made: Parser) -> None:
    """What may follow it."""
    equip(made, office.undo)
    made.add_argument("id", nargs="?", metavar=_("操作编号"), help=_("默认撤销最近一步"))
