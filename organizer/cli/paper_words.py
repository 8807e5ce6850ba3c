"""The command line's grammar of paper and spreadsheets that go out into the field and come back."""

from typing import Any

from organizer.cli import collect
from organizer.cli.grammar import Parser, command, count, day, path, verbs
from organizer.domain.sheet_kind import PRINTED, SIZES
from organizer.i18n import _


def sheets_words(known: Any) -> None:
    """The verb of `survey` that prints."""
    made = command(known, "sheet", collect.sheet_print, _("打印走访单、登记表、留言条、台账"))
    _place(made)
    made.add_argument(
        "--kind",
        choices=[kind.value for kind in PRINTED],
        default="walk",
        help=_("walk 走访单、form 预填登记表、blank 空白登记表、tag 留言条、ledger 台账"),
    )
    made.add_argument("--size", choices=SIZES, default="A4", help=_("纸的大小"))
    made.add_argument("--count", type=count, help=_("空白登记表或留言条的份数"))
    made.add_argument("--out", type=path, required=True, metavar=_("文件"), help=_("PDF 文件"))


def collect_words(noun: Parser) -> None:
    """The collection workbook."""
    known = verbs(noun)
    made = command(
        known, "make", collect.collect_make, _("做一份采集表，带到任何装有 WPS 的电脑上填")
    )
    _place(made)
    made.add_argument("--out", type=path, required=True, metavar=_("文件"), help=_("xlsx 文件"))
    read = command(known, "read", collect.collect_read, _("读回填好的采集表，可以分几次读"))
    read.add_argument("file", type=path, metavar=_("采集表"))
    read.add_argument("--on", type=day, metavar=_("日期"), help=_("没填走访日期的行用这一天"))


def _place(made: Parser) -> None:
    made.add_argument(
        "--place",
        required=True,
        metavar=_("地点"),
        help=_("街路、楼宇、村民组或社区：编号，或能唯一找到它的文字"),
    )
