"""The words of `organizer founding`."""

from typing import Any

from organizer.cli import foundings
from organizer.cli.grammar import Parser, command, count, day, path, verbs
from organizer.i18n import _

_PAPERS = ("group", "request", "consent", "candidates", "report", "approval")


def words(noun: Parser) -> None:
    """Foundings: begun, told step by step, ended."""
    known = verbs(noun)
    begun = command(known, "begin", foundings.begin, _("开始建会：一个单位，或几个单位联合"))
    begun.add_argument("units", nargs="+", metavar=_("单位"))
    begun.add_argument("--kind", default=_("单独"), help=_("单独、联合或组织员，默认单独"))
    begun.add_argument("--name", default="", help=_("工会全称，默认按单位名称"))
    begun.add_argument("--on", type=day, metavar=_("日期"), help=_("开始的日子，默认今天"))
    begun.add_argument("--responsible", default="", help=_("负责人"))
    _step_words(known)
    stands = command(known, "candidate", foundings.candidate, _("登记筹备组成员和候选人"))
    _unit(stands)
    stands.add_argument("name", metavar=_("姓名"))
    stands.add_argument(
        "--role", default=_("委员"), help=_("拟任：筹备组组长、主席、委员、经审会主任…")
    )
    stands.add_argument("--position", default="", help=_("单位职务"))
    stands.add_argument("--barred", default="", help=_("不得作为候选人的身份，如：法定代表人"))
    stands.add_argument("--drop", action="store_true", help=_("从名单里去掉"))
    _meeting_words(known)
    ends = command(known, "finish", foundings.finish, _("建成：成立工会，干部、覆盖、会员一次记好"))
    _unit(ends)
    ends.add_argument("--on", type=day, metavar=_("日期"), help=_("建会日期，默认批复结果的日子"))
    ends.add_argument("--approval-no", default="", help=_("批复文号"))
    ends.add_argument(
        "--term-from", type=day, metavar=_("日期"), help=_("本届开始，默认选举的日子")
    )
    ends.add_argument("--term-years", type=count, default=0, help=_("任期，3 或 5 年"))
    ends.add_argument("--name", default="", help=_("工会全称，默认开始时写的"))
    ends.add_argument("--parent", default="", help=_("上级工会全称，默认所在社区的工会"))
    gone = command(known, "give-up", foundings.give_up, _("终止建会，写明原因"))
    _unit(gone)
    gone.add_argument("--reason", required=True, help=_("原因"))
    gone.add_argument("--on", type=day, metavar=_("日期"), help=_("哪一天，默认今天"))
    gone.add_argument("--willing", action="store_true", help=_("单位仍有建会意愿"))
    command(known, "list", foundings.show_all, _("列出建会：谁到了哪一步，什么到期"))
    _unit(command(known, "show", foundings.show, _("一件建会的每一步、名单和提示")))
    printed = command(known, "print", foundings.print_paper, _("打印建会材料，不写单位的是空白表"))
    printed.add_argument("paper", choices=_PAPERS, metavar=_("材料"), help=_(
        "group 筹备组名单，request 请示，consent 筹建批复，candidates 候选人名单，"
        "report 选举结果报告单，approval 结果批复"
    ))  # fmt: skip
    printed.add_argument("--unit", default="", help=_("单位：编号，或能唯一找到它的文字"))
    printed.add_argument("--out", type=path, required=True, help=_("PDF 文件"))


def _step_words(known: Any) -> None:
    told = command(known, "step", foundings.step, _("记下一步：哪天办的，或哪天以前要办"))
    _unit(told)
    told.add_argument("step", metavar=_("步骤"), help=_("1 至 11，或步骤的名称"))
    told.add_argument("--on", type=day, metavar=_("日期"), help=_("办的日子，默认今天"))
    told.add_argument("--due", type=day, metavar=_("日期"), help=_("哪天以前要办"))
    told.add_argument("--responsible", help=_("负责人"))
    told.add_argument("--paper-no", help=_("文号"))
    told.add_argument("--remark", help=_("备注"))


def _meeting_words(known: Any) -> None:
    held = command(known, "meeting", foundings.meeting, _("记下选举大会：人数、票数、任期"))
    _unit(held)
    for name, title in {
        "due": _("应到人数"),
        "present": _("实到人数"),
        "seats": _("委员名额"),
    }.items():
        held.add_argument(f"--{name}", type=count, required=True, help=title)
    for name, title in {
        "ballots-out": _("发出选票"),
        "ballots-back": _("收回选票"),
        "ballots-void": _("无效票"),
        "term-years": _("任期，3 或 5 年"),
    }.items():
        held.add_argument(f"--{name}", type=count, default=0, help=title)
    held.add_argument("--votes", nargs="*", default=[], help=_("得票，写成 姓名=票数"))
    held.add_argument("--venue", default="", help=_("地点"))
    held.add_argument("--delegates", action="store_true", help=_("会员代表大会，默认会员大会"))
    held.add_argument("--on", type=day, metavar=_("日期"), help=_("哪一天，默认今天"))


def _unit(made: Parser) -> None:
    made.add_argument("unit", metavar=_("单位"), help=_("建会的单位，或建会编号"))
