"""The words of `organizer office`."""

from pathlib import Path

from organizer.cli import office
from organizer.cli.grammar import Parser, command, path, verbs
from organizer.i18n import _


def words(noun: Parser) -> None:
    """Made, and come back to with the recovery sheet."""
    known = verbs(noun)
    new = command(known, "new", office.office_new, _("建立单位和第一个账号（管理员）"), open_=False)
    new.add_argument("--name", required=True, help=_("单位名称"))
    new.add_argument("--division", required=True, help=_("区划代码（6、9 或 12 位）"))
    new.add_argument("--account", required=True, help=_("第一个账号的名字"))
    new.add_argument("--password-file", type=path, help=_("从文件读取密码"))
    new.add_argument("--sheet", type=path, default=Path(_("恢复单.pdf")), help=_("恢复单存到哪里"))
    recover = command(known, "recover", office.office_recover, _("用恢复单设新密码"), open_=False)
    recover.add_argument(
        "--sheet", type=path, default=Path(_("新恢复单.pdf")), help=_("新恢复单存到哪里")
    )
    recover.add_argument("--code-file", type=path, help=_("从文件读取恢复码，默认在提示处输入"))
    recover.add_argument("--password-file", type=path, help=_("从文件读取新密码"))
