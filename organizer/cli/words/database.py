"""The words of `organizer database`."""

from organizer.cli import office
from organizer.cli.grammar import Parser, command, verbs
from organizer.i18n import _


def words(noun: Parser) -> None:
    """The file and its health."""
    check = command(verbs(noun), "check", office.database_check, _("检查数据文件"))
    check.add_argument("--rebuild", action="store_true", help=_("先重建索引等派生数据"))
