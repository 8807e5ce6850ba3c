"""The command line's grammar of what is told of a survey: weekly report, spot checks, signals."""

from typing import Any

from organizer.cli import reports
from organizer.cli.grammar import command, count, day, path
from organizer.i18n import _


def reports_words(known: Any) -> None:
    """The verbs of `survey` that report and check."""
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
