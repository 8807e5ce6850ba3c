"""What the command line's grammar is made of: parsers that speak Chinese, commands, kinds of words."""

import argparse
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from organizer.cli.output import Outcome
from organizer.errors import WrongUsage
from organizer.i18n import _

_MOST_HITS = 10_000


class Parser(argparse.ArgumentParser):
    """An argument parser that raises `WrongUsage` instead of printing English and exiting."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "add_help": False, "allow_abbrev": False})
        self._positionals.title = _("参数")
        self._optionals.title = _("选项")
        self.add_argument("-h", "--help", action="help", help=_("显示这份说明"))

    def error(self, message: str) -> NoReturn:
        """Raise `WrongUsage` with the Chinese wording of argparse's message."""
        raise WrongUsage("usage.unknown", detail=_in_chinese(message))

    def format_usage(self) -> str:
        """The usage line."""
        return super().format_usage().replace("usage: ", _("用法："))

    def format_help(self) -> str:
        """The help page."""
        return super().format_help().replace("usage: ", _("用法："))


def command(
    nouns: Any,
    name: str,
    run: Callable[..., Outcome],
    help_text: str,
    *,
    open_: bool = True,
) -> Parser:
    """A verb with what every command has: data folder, JSON, and, for an office, account and password."""
    made: Parser = nouns.add_parser(name, help=help_text, description=help_text)
    equip(made, run, open_=open_)
    return made


def equip(made: Parser, run: Callable[..., Outcome], *, open_: bool = True) -> None:
    """Give a parser what every command has."""
    made.add_argument("--data", metavar=_("文件夹"), help=_("数据文件夹，默认在本机的用户数据目录"))
    made.add_argument("--json", action="store_true", help=_("以 JSON 输出代码、事实和句子"))
    if open_:
        made.add_argument("--account", metavar=_("账号"), help=_("账号名，默认为上次用的账号"))
        made.add_argument("--password-file", type=path, metavar=_("文件"), help=_("从文件读取密码"))
    made.set_defaults(run=run, opens=open_)


def verbs(noun: Parser) -> Any:
    """The verbs of a noun."""
    return noun.add_subparsers(required=True, metavar=_("动作"), dest="verb")


def path(text: str) -> Path:
    """A file or folder as typed; "" would be the folder one happens to stand in."""
    try:
        Path(text).exists()
    except PermissionError:
        # Whoever comes to use it tells that.
        return Path(text)
    except OSError as error:
        detail = _("“{text}”太长，不能是文件或文件夹").format(text=text)
        raise WrongUsage("usage.unknown", detail=detail) from error
    if not text:
        raise WrongUsage("usage.unknown", detail=_("文件或文件夹的名字是空的"))
    return Path(text)


def count(text: str) -> int:
    """How many, from 1 on."""
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) <= _MOST_HITS):
        detail = _("“{text}”不是 1 至 {most} 的数字").format(text=text, most=_MOST_HITS)
        raise WrongUsage("usage.unknown", detail=detail)
    return int(text)


def day(text: str) -> date:
    """A day as 2026-11-20."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise WrongUsage("usage.unknown", detail=_("日期请写成 2026-11-20 这样")) from error


def _in_chinese(message: str) -> str:
    start, more, typed = message.partition("unrecognized arguments: ")
    if more:
        return _("{start}多出：“{typed}”").format(start=start, typed=typed)
    wordings = (
        ("one of the arguments ", _("要选一项：")),
        (" is required", ""),
        ("the following arguments are required: ", _("缺少：")),
        ("ignored explicit argument ", _("后面不能带内容：")),
        ("expected one argument", _("后面缺少内容")),
        ("expected at least one argument", _("后面至少要有一项")),
        ("invalid choice: ", _("没有这一项：")),
        ("invalid int value: ", _("不是整数：")),
        ("argument ", _("参数 ")),
        ("choose from ", _("可选 ")),
    )
    for english, chinese in wordings:
        message = message.replace(english, chinese)
    return re.sub("'([^']*)'", r"“\1”", message)
