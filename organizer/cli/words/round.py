"""The words of `organizer round`."""

from organizer.cli import rounds
from organizer.cli.grammar import Parser, command, day, verbs
from organizer.domain.round import Denominator
from organizer.i18n import _
from organizer.services.survey.rounds import WAYS


def words(noun: Parser) -> None:
    """Rounds."""
    known = verbs(noun)
    opened = command(known, "open", rounds.round_open, _("开一个排查批次"))
    opened.add_argument("name", metavar=_("批次名"))
    opened.add_argument("--starts", type=day, metavar=_("日期"), help=_("开始日，默认今天"))
    opened.add_argument("--ends", type=day, metavar=_("日期"), help=_("结束日"))
    opened.add_argument(
        "--division", default="", metavar=_("区划代码"), help=_("只查这个区划，默认账号的全部范围")
    )
    opened.add_argument(
        "--denominator",
        default=Denominator.ALL.value,
        metavar=_("分母"),
        help=_("all 全部、ten 10人以上、twenty_five 会员潜力25人以上，默认全部"),
    )
    opened.add_argument(
        "--source",
        action="append",
        default=[],
        choices=list(WAYS),
        help=_("怎样算确认，可多次：door 上门、phone 电话、roster 有日期的名册；默认上门和名册"),
    )
    command(known, "list", rounds.round_list, _("列出批次"))
    close = command(known, "close", rounds.round_close, _("定下批次的最后一天"))
    close.add_argument("round", nargs="?", metavar=_("批次编号"), help=_("默认当前批次"))
    close.add_argument("--on", type=day, metavar=_("日期"), help=_("最后一天，默认今天"))
