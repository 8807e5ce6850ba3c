"""Passwords: from the environment, a file or a prompt; never from an argument."""

import getpass
import os
import sys
from pathlib import Path

from organizer.errors import InvalidInput, UnreadableFile
from organizer.i18n import _


def password(file: Path | None, *, twice: bool = False) -> str:
    """The password from `--password-file`, `ORGANIZER_PASSWORD` or a prompt.

    Raises `InvalidInput` when there is none to be had or two entries differ.
    """
    if file is not None:
        return _from_file(file)
    if "ORGANIZER_PASSWORD" in os.environ:
        return os.environ["ORGANIZER_PASSWORD"]
    typed = _ask(_("密码："))
    if twice and _ask(_("再输一次：")) != typed:
        raise InvalidInput("account.passwords_differ", field="password")
    return typed


def recovery_code(file: Path | None) -> str:
    """The recovery code from a file or a prompt."""
    return _from_file(file) if file is not None else _ask(_("恢复码："))


def _ask(prompt: str) -> str:
    if sys.stdin is None or not sys.stdin.isatty():
        raise InvalidInput("account.no_password", field="password")
    return getpass.getpass(prompt)


def _from_file(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile("account.no_password_file", file=file) from error
