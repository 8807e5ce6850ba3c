"""The words of `organizer drive`."""

from organizer.cli import drives
from organizer.cli.grammar import Parser, command, day, verbs
from organizer.domain.unit_filter import NAMED
from organizer.i18n import _, listed
from organizer.services.employers.listing import named_filters


def words(noun: Parser) -> None:
    """Drives."""
    known = verbs(noun)
    add = command(known, "add", drives.drive_add, _("把一个筛选存成攻坚清单"))
    add.add_argument("name", metavar=_("名称"))
    add.add_argument(
        "--filter",
        required=True,
        choices=list(NAMED),
        metavar="|".join(NAMED),
        help=listed(f"{key} {words}" for key, words in named_filters().items()),
    )
    add.add_argument("--due", type=day, required=True, metavar=_("日期"), help=_("截止日期"))
    add.add_argument("--responsible", required=True, metavar=_("姓名"), help=_("责任人"))
    add.add_argument("--target", default="", metavar=_("户数"), help=_("目标户数，默认全部"))
    add.add_argument("--division", metavar=_("区划代码"), help=_("在哪个区划，默认账号的范围"))
    command(known, "list", drives.drive_list, _("列出攻坚清单和进度"))
    show = command(known, "doors", drives.drive_doors, _("按街路列出还没完成的门"))
    show.add_argument("drive", metavar=_("清单编号"))
    retire = command(known, "retire", drives.drive_retire, _("停用攻坚清单"))
    retire.add_argument("drive", metavar=_("清单编号"))
