"""The words of `organizer batch`."""

from organizer.cli import batches
from organizer.cli.grammar import Parser, command, path, verbs
from organizer.i18n import _


def words(noun: Parser) -> None:
    """Batches for the registry."""
    known = verbs(noun)
    made = command(known, "export", batches.batch_export, _("导出报送批次"))
    which = made.add_mutually_exclusive_group(required=True)
    which.add_argument("--union", metavar=_("工会"), help=_("工会全称"))
    which.add_argument(
        "--again", metavar=_("批次编号"), help=_("照原样重新生成一个已封存批次的文件")
    )
    made.add_argument("--profile", default="ref-20col", help=_("模板，默认参考样式 20 列"))
    made.add_argument("--out", type=path, required=True, help=_("存到哪个文件夹"))
    made.add_argument("--reason", default="", help=_("导出事由，记入审计"))
    command(known, "list", batches.batch_list, _("列出报送批次"))
    command(known, "files", batches.batch_files, _("列出还没有清除的明文文件"))
    clear = command(known, "clear", batches.batch_clear, _("把明文文件标为已清除"))
    clear.add_argument("id", metavar=_("文件编号"), help=_("batch files 列出的编号"))
    clear.add_argument("--delete", action="store_true", help=_("先删除文件"))
    clear.add_argument(
        "--destroyed", action="store_true", help=_("看不到的文件（U 盘不在），声明确已销毁")
    )
