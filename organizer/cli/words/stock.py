"""The words of `organizer stock`."""

from organizer.cli import stock
from organizer.cli.grammar import Parser, command, path, verbs
from organizer.i18n import _


def words(noun: Parser) -> None:
    """What the registry has already."""
    known = verbs(noun)
    people = command(known, "members", stock.members, _("导入存量会员名单"))
    people.add_argument(
        "--union", metavar=_("工会"), help=_("名单里没有所属工会一列时，都属于哪个工会")
    )
    for made in (people, command(known, "unions", stock.unions, _("导入存量工会名单"))):
        made.add_argument("file", type=path, metavar=_("名单文件"))
        made.add_argument("--check", action="store_true", help=_("只预检，不导入"))
