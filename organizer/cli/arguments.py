"""The command line's grammar, in Chinese."""

import argparse
from collections.abc import Sequence
from importlib import import_module

from organizer import __version__, i18n
from organizer.cli.grammar import Parser
from organizer.cli.output import Outcome
from organizer.errors import WrongUsage
from organizer.i18n import _


def parse(words: Sequence[str]) -> argparse.Namespace:
    """A command line understood; raises `WrongUsage`."""
    if not all(map(i18n.is_text, words)):
        raise WrongUsage("usage.not_text")
    if "--version" in words:
        return argparse.Namespace(run=_version)
    if any(word.partition("=")[0] == "--password" for word in words):
        raise WrongUsage("usage.password")
    # Somebody who only types the name wants to know what there is.
    return parser(words or ["--help"]).parse_args(words or ["--help"])


_MODULES = {"list": "lists"}
"""Nouns whose module has another name, so that it hides no builtin."""


def parser(words: Sequence[str] = ()) -> Parser:
    """The grammar as far as these words need it; without any the whole.

    What a noun can do is loaded when it is among them: a command shall not wait for all others.
    """
    root = Parser(prog="organizer", description=_("基层工会建会入会工作台"))
    root.add_argument("--version", action="store_true", help=_("显示版本号"))
    nouns = root.add_subparsers(required=True, metavar=_("对象"), dest="noun")
    for name, told in _told().items():
        made = nouns.add_parser(name, help=told, description=told)
        if not words or name in words:
            import_module(f"organizer.cli.words.{_MODULES.get(name, name)}").words(made)
    return root


def _told() -> dict[str, str]:
    """What each noun is about."""
    return {
        "office": _("建立、找回单位"),
        "list": _("导入名单"),
        "round": _("排查批次"),
        "place": _("区划和地点"),
        "grid": _("网格"),
        "drive": _("攻坚清单"),
        "survey": _("排查进度"),
        "collect": _("采集表"),
        "duplicate": _("重复的记录：查找、对比、合并"),
        "visit": _("走访"),
        "signup": _("入会"),
        "gathering": _("集中入会"),
        "union": _("工会和覆盖"),
        "founding": _("建会"),
        "member": _("会籍变动"),
        "transfer": _("会籍接转"),
        "consent": _("个人信息同意"),
        "paper": _("打印"),
        "stock": _("存量会员和工会"),
        "batch": _("报送批次"),
        "person": _("个人信息"),
        "database": _("数据文件"),
        "backup": _("备份和恢复"),
        "undo": _("撤销一步操作或一次导入"),
        "find": _("查找单位、人员、地点、工会"),
        "run": _("打开窗口；不带任何参数也是"),
        "doctor": _("检查这台电脑：显示、输入法、字体、磁盘"),
        "demo": _("用样例走一遍全程"),
    }


def _version(_arguments: argparse.Namespace) -> Outcome:
    return Outcome("version.shown", f"organizer {__version__}", {"version": __version__})
