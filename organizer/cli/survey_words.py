"""The command line's grammar of the survey: rounds, places, grids, visits."""

from organizer.cli import fieldwork, places, surveys
from organizer.cli.grammar import Parser, command, day, verbs
from organizer.i18n import _


def rounds_words(noun: Parser) -> None:
    """Rounds."""
    open_round = command(verbs(noun), "open", fieldwork.round_open, _("开一个排查批次"))
    open_round.add_argument("name", metavar=_("批次名"))
    open_round.add_argument("--starts", type=day, metavar=_("日期"), help=_("开始日，默认今天"))
    open_round.add_argument("--ends", type=day, metavar=_("日期"), help=_("结束日"))


def places_words(noun: Parser) -> None:
    """Divisions and places."""
    known = verbs(noun)
    add = command(known, "add", places.add, _("在某区划下添加本地区划（新社区、开发区、农场）"))
    add.add_argument("parent", metavar=_("上级区划代码"))
    add.add_argument("name", metavar=_("名称"))
    rename = command(known, "rename", places.rename, _("改名，编号不变"))
    rename.add_argument("id", metavar=_("地点编号"))
    rename.add_argument("name", metavar=_("新名称"))
    retire = command(known, "retire", places.retire, _("停用"))
    retire.add_argument("id", metavar=_("地点编号"))


def grids_words(noun: Parser) -> None:
    """Grids."""
    known = verbs(noun)
    add = command(known, "add", surveys.grid_add, _("添加网格"))
    add.add_argument("division", metavar=_("区划代码"))
    add.add_argument("code", metavar=_("编号"))
    for name, label in (
        ("name", _("名称")),
        ("boundary", _("四至范围")),
        ("responsible", _("责任人")),
        ("phone", _("电话")),
    ):
        add.add_argument(f"--{name}", default="", help=label)
    command(known, "list", surveys.grid_list, _("列出网格"))
    hang = command(known, "hang", surveys.grid_hang, _("把街路、楼宇、村民组划入网格"))
    hang.add_argument("grid", metavar=_("网格编号"))
    hang.add_argument("places", nargs="+", metavar=_("地点编号"))
    retire = command(known, "retire", surveys.grid_retire, _("停用网格"))
    retire.add_argument("grid", metavar=_("网格编号"))


def surveys_words(noun: Parser) -> None:
    """How far a round has got."""
    known = verbs(noun)
    close = command(known, "close", surveys.door_close, _("多次上门未果，记为已尽责"))
    close.add_argument("unit", metavar=_("单位"))
    close.add_argument("--refusal", action="store_true", help=_("审核员确认拒访"))
    close.add_argument("--remark", default="", help=_("备注"))
    status = command(known, "status", surveys.survey_status, _("各街路查到哪里、几盏灯亮了"))
    status.add_argument("--division", default="", metavar=_("区划代码"), help=_("只看这个区划"))


def visits_words(noun: Parser) -> None:
    """Visits."""
    known = verbs(noun)
    nobody = command(known, "nobody", fieldwork.visit_nobody, _("整层、整栋、整条街无人"))
    nobody.add_argument("place", metavar=_("地点编号"))
    none = command(known, "none", fieldwork.visit_none, _("已走访，那里没有单位"))
    none.add_argument("place", metavar=_("地点编号"))
    add = command(known, "add", fieldwork.visit_add, _("记录一次走访"))
    add.add_argument("--corrects", metavar=_("走访编号"), help=_("更正哪一次走访"))
    add.add_argument("unit", metavar=_("单位"), help=_("单位编号，或能唯一找到它的文字"))
    add.add_argument(
        "--outcome", required=True, help=_("1已访 2无人 3拒访 4搬离 5注销 6查无 7新增")
    )
    add.add_argument(
        "--fact", action="append", default=[], metavar=_("项目=内容"), help=_("走访所得，可多次")
    )
    add.add_argument("--source", default="spoken", help=_("内容来源，默认口头"))
    add.add_argument("--on", type=day, metavar=_("日期"), help=_("走访日期，默认今天"))
    add.add_argument("--remark", default="", help=_("备注"))
