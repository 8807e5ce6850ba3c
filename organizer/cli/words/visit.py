"""The words of `organizer visit`."""

from typing import Any

from organizer.cli import fieldwork, rounds
from organizer.cli.grammar import Parser, command, day, path, verbs
from organizer.i18n import _


def words(noun: Parser) -> None:
    """Visits."""
    known = verbs(noun)
    _unchanged(known)
    nobody = command(known, "nobody", fieldwork.visit_nobody, _("整层、整栋、整条街无人"))
    nobody.add_argument("place", metavar=_("地点编号"))
    none = command(known, "none", fieldwork.visit_none, _("已走访，那里没有单位"))
    none.add_argument("place", metavar=_("地点编号"))
    photo = command(known, "photo", fieldwork.visit_photo, _("给一次走访加门头照"))
    photo.add_argument("visit", metavar=_("走访编号"))
    photo.add_argument("files", nargs="+", type=path, metavar=_("照片文件"))
    elsewhere = _("走访地点、站点、家里的人或网上群")
    _elsewhere_words(command(known, "elsewhere", fieldwork.visit_elsewhere, elsewhere))
    _add_words(command(known, "add", fieldwork.visit_add, _("记录一次走访，或读入一张走访表")))


def _unchanged(known: Any) -> None:
    unchanged = command(known, "unchanged", rounds.visit_unchanged, _("电话确认无变化，可多户"))
    unchanged.add_argument("units", nargs="+", metavar=_("单位"))
    unchanged.add_argument("--on", type=day, metavar=_("日期"), help=_("打电话的日期，默认今天"))


def _elsewhere_words(other: Parser) -> None:
    whom = other.add_mutually_exclusive_group(required=True)
    whom.add_argument("--place", metavar=_("地点编号"), help=_("地点或站点"))
    whom.add_argument("--person", metavar=_("人员编号"), help=_("家里的人"))
    whom.add_argument("--group", default="", metavar=_("群名"), help=_("网上的群"))
    other.add_argument("--outcome", required=True, help=_("1已访 2无人 3拒访"))
    for name, text in (
        ("channel", _("走访方式：door、phone、home、online")),
        ("companions", _("陪同人")),
        ("met", _("接待人")),
        ("remark", _("备注")),
    ):
        other.add_argument(f"--{name}", default="", help=text)
    other.add_argument("--on", type=day, metavar=_("日期"), help=_("走访日期，默认今天"))


def _add_words(add: Parser) -> None:
    add.add_argument("--corrects", metavar=_("走访编号"), help=_("更正哪一次走访"))
    add.add_argument("unit", nargs="?", metavar=_("单位"), help=_("单位编号，或能唯一找到它的文字"))
    add.add_argument("--outcome", help=_("1已访 2无人 3拒访 4搬离 5注销 6查无 7新增"))
    add.add_argument(
        "--from",
        dest="file",
        type=path,
        metavar=_("文件"),
        help=_("从表格读入多次走访：列名为 单位名称或行码、走访结果、走访日期、职工总数…"),
    )
    add.add_argument(
        "--fact", action="append", default=[], metavar=_("项目=内容"), help=_("走访所得，可多次")
    )
    add.add_argument("--source", default="spoken", help=_("内容来源，默认口头"))
    add.add_argument(
        "--fact-source",
        action="append",
        default=[],
        metavar=_("项目=来源"),
        help=_("某一项的来源，如 staff_total=roster，可多次"),
    )
    add.add_argument("--on", type=day, metavar=_("日期"), help=_("走访日期，默认今天"))
    add.add_argument("--remark", default="", help=_("备注"))
    add.add_argument("--met", default="", help=_("接待人"))
    add.add_argument("--companions", default="", help=_("陪同人"))
    add.add_argument(
        "--channel", default="", metavar="door|phone|online", help=_("走访方式，默认上门")
    )
