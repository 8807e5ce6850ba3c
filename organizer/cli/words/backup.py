"""The words of `organizer backup`."""

from organizer.cli import backups
from organizer.cli.grammar import Parser, command, path, verbs
from organizer.i18n import _


def words(noun: Parser) -> None:
    """Backups."""
    known = verbs(noun)
    made = command(known, "make", backups.backup_make, _("备份并核对"))
    made.add_argument("--to", type=path, metavar=_("文件夹"), help=_("备份位置，默认在设置里选的"))
    listed = command(known, "list", backups.backup_list, _("列出备份"), open_=False)
    listed.add_argument(
        "--at", type=path, metavar=_("文件夹"), help=_("备份位置，默认在设置里选的")
    )
    restore = command(
        known, "restore", backups.backup_restore, _("恢复到数据文件夹；原来的数据改名留着")
    )
    restore.add_argument(
        "folder",
        type=path,
        metavar=_("备份"),
        help=_("一份备份的文件夹，或备份位置（取最新一份）"),
    )
