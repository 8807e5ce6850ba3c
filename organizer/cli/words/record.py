"""The words of `organizer record`."""

from organizer.cli import places
from organizer.cli.grammar import Parser, command, verbs
from organizer.i18n import _


def words(noun: Parser) -> None:
    """Duplicates."""
    made = command(verbs(noun), "merge", places.merge, _("把重复的一条并入保留的一条，可撤销"))
    made.add_argument("kind", choices=list(places.kinds()), metavar="|".join(places.kinds()))
    made.add_argument("duplicate", metavar=_("重复的编号"))
    made.add_argument("kept", metavar=_("保留的编号"))
