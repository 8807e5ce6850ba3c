"""The words of `organizer demo`."""

from organizer.cli import office
from organizer.cli.grammar import Parser, equip, path
from organizer.i18n import _


def words(made: Parser) -> None:
    """What may follow it."""
    equip(made, office.demo, open_=False)
    made.add_argument("--out", type=path, required=True, metavar=_("文件夹"), help=_("成果存放处"))
