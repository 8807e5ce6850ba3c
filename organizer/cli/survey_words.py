"""The command line's grammar of the survey: places, grids, visits."""

from typing import Any

from organizer import i18n
from organizer.cli import (
    drives,
    grids,
    paper_words,
    places,
    report_words,
    round_words,
    surveys,
)
from organizer.cli.grammar import Parser, command, day, path, verbs
from organizer.domain.place import KINDS
from organizer.domain.unit_filter import NAMED
from organizer.i18n import _, listed
from organizer.services.employers.listing import named_filters
from organizer.services.places.place_words import kind_word


def places_words(noun: Parser) -> None:
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


def grids_words(noun: Parser) -> None:
    """Grids."""
    known = verbs(noun)
    told = (
        ("name", _("名称")),
        ("boundary", _("四至范围")),
        ("responsible", _("责任人")),
        ("phone", _("电话")),
    )
    add = command(known, "add", grids.add, _("添加网格"))
    add.add_argument("division", metavar=_("区划代码"))
    add.add_argument("code", metavar=_("编号"))
    edit = command(known, "edit", grids.edit, _("修改网格，没写的不变"))
    edit.add_argument("grid", metavar=_("网格编号"))
    for name, label in told:
        add.add_argument(f"--{name}", default="", help=label)
        edit.add_argument(f"--{name}", help=label)
    command(known, "list", grids.list_all, _("列出网格"))
    hang = command(known, "hang", grids.hang, _("把街路、楼宇、村民组划入网格"))
    hang.add_argument("grid", metavar=_("网格编号"))
    hang.add_argument("places", nargs="+", metavar=_("地点编号"))
    retire = command(known, "retire", grids.retire, _("停用网格"))
    retire.add_argument("grid", metavar=_("网格编号"))
    relay = command(known, "relay", grids.relay, _("网格交接：出交接单，同时换责任人"))
    relay.add_argument("grid", metavar=_("网格编号"))
    relay.add_argument("--to", required=True, metavar=_("接收人"))
    relay.add_argument("--phone", default="", help=_("接收人电话"))
    relay.add_argument("--remark", default="", help=_("说明"))
    relay.add_argument("--out", type=path, required=True, metavar=_("文件"), help=_("交接单 PDF"))
    assignments_words(known)


def assignments_words(known: Any) -> None:
    """Assignments, which belong to grids and places."""
    assign = command(known, "assign", grids.assign, _("把网格或几处地点派给一个人，限期查完"))
    assign.add_argument("--grid", metavar=_("网格编号"))
    assign.add_argument("--places", nargs="+", default=[], metavar=_("地点编号"))
    assign.add_argument("--to", required=True, metavar=_("承担人"))
    assign.add_argument("--until", type=day, required=True, metavar=_("日期"), help=_("期限"))
    assign.add_argument("--remark", default="", help=_("要求"))
    listed = command(known, "assignments", grids.assignments, _("列出没有结束的任务"))
    listed.add_argument("--overdue", action="store_true", help=_("只看逾期和要处理的"))
    listed.add_argument("--all", action="store_true", help=_("已结束的也列出"))
    end = command(known, "end", grids.end, _("结束任务"))
    end.add_argument("ids", nargs="+", metavar=_("任务编号"))
    slip = command(known, "slip", grids.slip, _("打印任务单"))
    slip.add_argument("ids", nargs="+", metavar=_("任务编号"))
    slip.add_argument("--paper", default="A4", choices=["A4", "A5"], help=_("纸张"))
    slip.add_argument("--out", type=path, required=True, metavar=_("文件"), help=_("PDF 文件"))


def drives_words(noun: Parser) -> None:
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


def surveys_words(noun: Parser) -> None:
    """How far a round has got."""
    known = verbs(noun)
    close = command(known, "close", surveys.door_close, _("多次上门未果，记为已尽责"))
    close.add_argument("unit", metavar=_("单位"))
    close.add_argument("--refusal", action="store_true", help=_("审核员确认拒访"))
    close.add_argument("--remark", default="", help=_("备注"))
    status = command(known, "status", surveys.survey_status, _("各街路查到哪里、几盏灯亮了"))
    status.add_argument("--division", default="", metavar=_("区划代码"), help=_("只看这个区划"))
    status.add_argument(
        "--by", choices=["street", "grid"], default="street", help=_("按街路，或按网格")
    )
    paper_words.sheets_words(known)
    report_words.reports_words(known)
    round_words.comparing_words(known)
