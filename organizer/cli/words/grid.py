"""The words of `organizer grid`."""

from typing import Any

from organizer.cli import grids
from organizer.cli.grammar import Parser, command, day, path, verbs
from organizer.i18n import _


def words(noun: Parser) -> None:
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
    _assignments(known)


def _assignments(known: Any) -> None:
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
