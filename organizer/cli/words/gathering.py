"""The words of `organizer gathering`."""

from organizer.cli import gatherings
from organizer.cli.grammar import Parser, command, count, day, path, verbs
from organizer.i18n import _


def words(noun: Parser) -> None:
    """Gatherings (集中入会)."""
    known = verbs(noun)
    new = command(known, "new", gatherings.new, _("新的集中入会"))
    new.add_argument("--name", required=True, help=_("活动名称"))
    new.add_argument("--on", type=day, metavar=_("日期"), help=_("哪一天，默认今天"))
    new.add_argument("--venue", default="", help=_("地点"))
    new.add_argument("--union", help=_("加入的工会全称，默认所在社区的工会"))
    new.add_argument("--unit", help=_("工作单位：编号，或能唯一找到它的文字；各人不同的不写"))
    new.add_argument("--oath-reader", default="", help=_("领誓人"))
    add = command(known, "add", gatherings.add, _("交一份名单，没有问题的都登记，其余留着"))
    _which(add)
    add.add_argument("list", type=path, metavar=_("名单"), help=_("表格文件；- 为标准输入"))
    command(known, "list", gatherings.listing, _("列出集中入会"))
    _which(command(known, "show", gatherings.show, _("看一次集中入会和还没登记的各行")))
    allow = command(known, "authorise", gatherings.authorise, _("记下委员会的现场审批授权"))
    _which(allow)
    allow.add_argument("--number", required=True, help=_("授权文号"))
    allow.add_argument("--by", required=True, help=_("由哪个委员会授权"))
    allow.add_argument(
        "--until", type=day, required=True, metavar=_("日期"), help=_("到哪一天为止")
    )
    allow.add_argument("--most", type=count, required=True, help=_("最多多少人"))
    printed = command(known, "print", gatherings.print_, _("打印：登记表、宣誓卡、待审批单"))
    _which(printed)
    printed.add_argument(
        "--paper",
        choices=["form", "oath", "slips"],
        default="form",
        metavar="form|oath|slips",
        help=_("登记表（默认）、宣誓卡、待审批单"),
    )
    printed.add_argument("--out", type=path, required=True, metavar=_("文件"), help=_("存到哪里"))


def _which(made: Parser) -> None:
    made.add_argument("gathering", metavar=_("活动"), help=_("编号或名称"))
