"""The words of `organizer list`."""

from organizer.cli import fieldwork
from organizer.cli.grammar import Parser, command, day, path, verbs
from organizer.i18n import _


def words(noun: Parser) -> None:
    """Lists taken over."""
    take = command(
        verbs(noun), "import", fieldwork.list_import, _("导入单位名单（xlsx、xls、csv）")
    )
    take.add_argument("file", type=path, metavar=_("名单文件"))
    take.add_argument(
        "--source", default="market", help=_("来源：market 市场主体、tax 税务、insurance 社保…")
    )
    take.add_argument("--as-of", type=day, metavar=_("日期"), help=_("名单的日期，默认今天"))
