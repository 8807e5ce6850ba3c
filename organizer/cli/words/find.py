"""The words of `organizer find`."""

from organizer.cli import fieldwork
from organizer.cli.grammar import Parser, count, equip
from organizer.i18n import _


def words(made: Parser) -> None:
    """What may follow it."""
    equip(made, fieldwork.find)
    made.add_argument("text", metavar=_("文字"), help=_("汉字、拼音首字母、全拼，或证件、电话尾号"))
    made.add_argument("--limit", type=count, default=20, help=_("最多显示几条"))
