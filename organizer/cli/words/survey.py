"""The words of `organizer survey`."""

from typing import Any

from organizer.cli import collect, reports, rounds, surveys
from organizer.cli.grammar import Parser, command, count, day, path, verbs
from organizer.cli.words.collect import add_place
from organizer.domain.sheet_kind import PRINTED, SIZES
from organizer.i18n import _


def words(noun: Parser) -> None:
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
    _sheet(known)
    _reports(known)
    _compare(known)


def _sheet(known: Any) -> None:
    made = command(known, "sheet", collect.sheet_print, _("打印走访单、登记表、留言条、台账"))
    add_place(made)
    made.add_argument(
        "--kind",
        choices=[kind.value for kind in PRINTED],
        default="walk",
        help=_("walk 走访单、form 预填登记表、blank 空白登记表、tag 留言条、ledger 台账"),
    )
    made.add_argument("--size", choices=SIZES, default="A4", help=_("纸的大小"))
    made.add_argument("--count", type=count, help=_("空白登记表或留言条的份数"))
    made.add_argument("--out", type=path, required=True, metavar=_("文件"), help=_("PDF 文件"))


def _reports(known: Any) -> None:
    report = command(known, "report", reports.survey_report, _("排查周报：按街路、按网格"))
    report.add_argument("--week", type=day, metavar=_("日期"), help=_("那一周的任一天，默认本周"))
    report.add_argument("--division", default="", metavar=_("区划代码"), help=_("只看这个区划"))
    report.add_argument(
        "--denominator",
        default="",
        metavar=_("分母"),
        help=_("all 全部、ten 10人以上、twenty_five 会员潜力25人以上；默认按批次"),
    )
    report.add_argument(
        "--by", choices=["street", "grid"], default="street", help=_("按街路，或按网格")
    )
    report.add_argument("--out", type=path, metavar=_("文件"), help=_("存为 .pdf 或 .xlsx"))
    sample = command(known, "sample", reports.survey_sample, _("抽查：按抽签号抽出要回访的单位"))
    sample.add_argument("--size", type=count, required=True, metavar=_("户数"), help=_("抽几户"))
    sample.add_argument(
        "--seed",
        type=int,
        metavar=_("抽签号"),
        help=_("抽签号，默认今天的日期；同一个号抽出的总是同一批"),
    )
    sample.add_argument("--division", default="", metavar=_("区划代码"), help=_("只抽这个区划"))
    sample.add_argument(
        "--out", type=path, metavar=_("文件"), help=_("回访单存为 PDF（有电话，记入审计）")
    )
    answer = command(known, "answer", reports.survey_answer, _("记一户的回访结果"))
    answer.add_argument("check", metavar=_("抽查编号"))
    answer.add_argument("position", type=count, metavar=_("序号"))
    answer.add_argument("answer", metavar=_("结果"), help=_("1 一致、2 不一致、3 没联系上"))
    answer.add_argument(
        "--field",
        action="append",
        default=[],
        metavar=_("哪一项"),
        help=_("不一致的项，可多次：visit outcome staff_total union_state place other"),
    )
    answer.add_argument("--remark", default="", help=_("备注"))
    command(known, "checks", reports.survey_checks, _("列出抽查和一致率"))
    command(known, "signals", reports.survey_signals, _("值得复核的情况"))


def _compare(known: Any) -> None:
    compare = command(known, "compare", rounds.survey_compare, _("本轮对上轮：新增、注销、变化"))
    compare.add_argument("--division", default="", metavar=_("区划代码"), help=_("只看这个区划"))
