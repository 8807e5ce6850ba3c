"""The words of `organizer union`."""

from typing import Any

from organizer.cli import officers, unions
from organizer.cli.grammar import Parser, command, count, day, verbs
from organizer.i18n import _


def words(noun: Parser) -> None:
    """Unions, what they cover, what is due with them."""
    known = verbs(noun)
    made = command(known, "add", unions.add, _("建立工会"))
    made.add_argument("name", metavar=_("工会全称"))
    made.add_argument("--division", default="", help=_("区划代码，默认本单位的"))
    changed = command(known, "edit", unions.edit, _("修改工会"))
    changed.add_argument("name", metavar=_("工会全称"))
    changed.add_argument("--rename", default="", help=_("新的全称"))
    for noun_ in (made, changed):
        noun_.add_argument("--parent", help=_("上级工会全称"))
        for name, title in unions.titles().items():
            noun_.add_argument(f"--{name.replace('_', '-')}", help=title)
    gone = command(known, "close", unions.close, _("撤销工会"))
    gone.add_argument("name", metavar=_("工会全称"))
    command(known, "list", unions.show_all, _("列出工会"))
    for verb, run, told in (
        ("show", officers.show, _("看一个工会的全部资料")),
        ("units", officers.units, _("列出一个工会覆盖的单位")),
        ("officers", officers.officer_list, _("列出工会干部，在任的和卸任的")),
    ):
        command(known, verb, run, told).add_argument("name", metavar=_("工会全称"))
    command(known, "missing", officers.missing, _("列出资料不全的基层工会，缺什么"))
    _officers(known)
    command(known, "due", unions.due, _("列出到期的事：换届、证书、法人登记"))
    elects = command(known, "election", unions.election, _("选举算一算：到会、得票、名额，附依据"))
    for name, title in {
        "members": _("会员人数"),
        "due": _("应到人数"),
        "present": _("实到人数"),
        "seats": _("委员名额"),
    }.items():
        elects.add_argument(f"--{name}", type=count, required=True, help=title)
    elects.add_argument("--votes", nargs="*", default=[], help=_("得票，写成 姓名=票数"))
    covers = command(known, "cover", unions.cover, _("记下工会覆盖哪些单位"))
    covers.add_argument("name", metavar=_("工会全称"))
    covers.add_argument(
        "--units", nargs="+", required=True, help=_("单位：编号，或能唯一找到它的文字")
    )
    covers.add_argument("--kind", required=True, help=_("单独、联合、行业、区域或兜底"))
    ends = command(known, "uncover", unions.uncover, _("结束对一个单位的覆盖"))
    asked = command(known, "covered", unions.covered, _("一个单位由谁覆盖"))
    for noun_ in (ends, asked):
        noun_.add_argument("unit", metavar=_("单位"))
    for noun_ in (covers, ends):
        noun_.add_argument("--on", type=day, metavar=_("日期"), help=_("哪一天，默认今天"))


def _officers(known: Any) -> None:
    """Who holds which post."""
    added = command(known, "officer-add", officers.officer_add, _("登记工会干部"))
    changed = command(known, "officer-edit", officers.officer_edit, _("更正工会干部"))
    ended = command(known, "officer-end", officers.officer_end, _("登记工会干部卸任"))
    for noun in (added, changed, ended):
        noun.add_argument("name", metavar=_("工会全称"))
        noun.add_argument("officer", metavar=_("姓名"))
        needed = noun is added
        noun.add_argument("--post", required=needed, default="", help=_("职务，如 主席、委员"))
    for noun in (added, changed):
        noun.add_argument("--member", help=_("是哪一位会员：编号，或能唯一找到他的文字"))
        noun.add_argument("--engaged", default="", help=_("专职或兼职"))
        noun.add_argument("--since", default="", metavar=_("日期"), help=_("任职日期，默认今天"))
    changed.add_argument("--rename", default="", help=_("更正后的姓名"))
    ended.add_argument("--on", type=day, metavar=_("日期"), help=_("哪一天，默认今天"))
    elected = command(known, "re-elect", officers.re_elect, _("换届：新的任期和新一届名单"))
    elected.add_argument("name", metavar=_("工会全称"))
    elected.add_argument("--since", required=True, metavar=_("日期"), help=_("新一届开始的日期"))
    elected.add_argument("--years", required=True, help=_("任期，3 或 5 年"))
    elected.add_argument(
        "--officers", required=True, help=_("新一届名单，写成“主席 王样 委员 李样、赵样”")
    )
