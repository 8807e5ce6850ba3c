"""The words of `organizer place`."""

from organizer import i18n
from organizer.cli import places
from organizer.cli.grammar import Parser, command, verbs
from organizer.domain.place import KINDS
from organizer.i18n import _
from organizer.services.places.place_words import kind_word


def words(noun: Parser) -> None:
    """Divisions and places."""
    known = verbs(noun)
    listed = command(known, "list", places.list_inside, _("列出一处地点里面有什么"))
    listed.add_argument(
        "place", nargs="?", default="", metavar=_("地点"), help=_("地点编号或区划代码，默认本单位")
    )
    add = command(known, "add", places.add, _("添加本地区划（新社区、农场），或街路、楼宇等地点"))
    add.add_argument("parent", metavar=_("上级"), help=_("区划代码，或地点编号"))
    add.add_argument("name", metavar=_("名称"))
    add.add_argument(
        "--kind", default="division", choices=list(KINDS), metavar=_("类型"), help=_kinds()
    )
    add.add_argument("--raw", default="", metavar=_("原文"), help=_("名单或证照上的原始写法"))
    rename = command(known, "rename", places.rename, _("改名，编号不变"))
    rename.add_argument("id", metavar=_("地点编号"))
    rename.add_argument("name", metavar=_("新名称"))
    kind = command(known, "kind", places.kind, _("改类型"))
    kind.add_argument("id", metavar=_("地点编号"))
    kind.add_argument("kind", choices=list(KINDS[1:]), metavar=_("类型"), help=_kinds())
    move = command(known, "move", places.move, _("连同里面的门牌和单位移到另一处下面"))
    move.add_argument("id", metavar=_("地点编号"))
    move.add_argument("parent", metavar=_("新上级"), help=_("地点编号，或区划代码"))
    split = command(known, "split", places.split, _("一条街路拆成两条，选中的门牌归新的一条"))
    split.add_argument("id", metavar=_("地点编号"))
    split.add_argument("name", metavar=_("新的一处的名称"))
    split.add_argument("--houses", nargs="+", default=[], metavar=_("地点编号"))
    split.add_argument("--numbers", default="", metavar=_("门牌范围"), help=_("如 101-199"))
    split.add_argument("--side", choices=["odd", "even"], help=_("只要单号 odd 或双号 even"))
    merge = command(known, "merge", places.merge_place, _("同一处的两种写法合成一处"))
    merge.add_argument("duplicate", metavar=_("重复的编号"))
    merge.add_argument("kept", metavar=_("保留的编号"))
    retire = command(known, "retire", places.retire, _("停用"))
    retire.add_argument("id", metavar=_("地点编号"))


def _kinds() -> str:
    words = (_("{code} {word}").format(code=code, word=kind_word(code)) for code in KINDS[1:])
    return i18n.listed(words)
