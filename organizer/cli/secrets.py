"""What others must not see: a command's words stand in everybody's list of processes.

Passwords come from the environment, a file or a prompt, never from an argument; a person's numbers
may come from a file or standard input.
"""

import getpass
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from organizer.errors import InvalidInput, UnreadableFile
from organizer.i18n import _, is_text


def password(file: Path | None, *, twice: bool = False) -> str:
    """The password from `--password-file`, `ORGANIZER_PASSWORD` or a prompt.

    Raises `InvalidInput` when there is none to be had or two entries differ.
    """
    if file is not None:
        return _from_file(file)
    if "ORGANIZER_PASSWORD" in os.environ:
        return _checked(os.environ["ORGANIZER_PASSWORD"])
    typed = _ask(_("密码："))
    if twice and _ask(_("再输一次：")) != typed:
        raise InvalidInput("account.passwords_differ", field="password")
    return typed


def recovery_code(file: Path | None) -> str:
    """The recovery code from a file or a prompt."""
    return _from_file(file) if file is not None else _ask(_("恢复码："))


def answers(file: Path) -> Iterator[tuple[str, str]]:
    """The lines `name=value` of a UTF-8 file; "-" is standard input.

    Raises `UnreadableFile` for what is no text, `InvalidInput` for a line without a sign.
    """
    try:
        # Closed from the beginning, standard input is None.
        from_pipe = str(file) == "-" and sys.stdin is not None
        content = sys.stdin.buffer.read() if from_pipe else file.read_bytes()
        lines = content.decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile("signup.no_file", file=file) from error
    for number, line in enumerate(lines, start=1):
        name, sign, value = line.partition("=")
        if line.strip() and not sign:
            raise InvalidInput("signup.bad_line", field="from", row=number)
        if sign:
            yield name.strip(), value.strip()


def _ask(prompt: str) -> str:
    if sys.stdin is None or not sys.stdin.isatty():
        raise InvalidInput("account.no_password", field="password")
    try:
        return _checked(getpass.getpass(prompt))
    except UnicodeDecodeError as error:
        raise InvalidInput("account.not_text", field="password") from error


def _checked(typed: str) -> str:
    if not is_text(typed):
        raise InvalidInput("account.not_text", field="password")
    return typed


def _from_file(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile("account.no_password_file", file=file) from error
