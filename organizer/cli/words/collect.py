"""The words of `organizer collect`."""

from organizer.cli import collect
from organizer.cli.grammar import Parser, command, day, path, verbs
from organizer.i18n import _


def words(noun: Parser) -> None:
    """The collection workbook."""
    known = verbs(noun)
    made = command(
        known, "make", collect.collect_make, _("做一份采集表，带到任何装有 WPS 的电脑上填")
    )
    add_place(made)
    made.add_argument("--out", type=path, required=True, metavar=_("文件"), help=_("xlsx 文件"))
    read = command(known, "read", collect.collect_read, _("读回填好的采集表，可以分几次读"))
    read.add_argument("file", type=path, metavar=_("采集表"))
    read.add_argument("--on", type=day, metavar=_("日期"), help=_("没填走访日期的行用这一天"))


def add_place(made: Parser) -> None:
    """The place a paper or workbook is about."""
    made.add_argument(
        "--place",
        required=True,
        metavar=_("地点"),
        help=_("街路、楼宇、村民组或社区：编号，或能唯一找到它的文字"),
    )
