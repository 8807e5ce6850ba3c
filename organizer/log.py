"""Logs for the person who has to repair the program; they never hold personal data.

Loggers are named by area (`organizer.store`, `organizer.import`), not by module.
"""

import contextlib
import logging
import logging.handlers
import re
from collections.abc import Mapping
from pathlib import Path

# Codes of a person or a unit have six digits or more, and letters also where none belong; a row's
# id in hex is longer. Numbers may be grouped: 219900 19940111 2992, 024-99990001.
_LONG_CODE = re.compile(
    r"(?<![0-9A-Za-z])(?=\d*[A-Za-z])(?=(?:[A-Za-z]*\d){6})[0-9A-Za-z]{7,24}(?![0-9A-Za-z])"
)
_NUMBER = re.compile(r"\d(?:[ -]?\d){5,}[Xx]?|\d{2,4}[./年-]\d{1,2}[./月-]\d{1,2}日?")
# Whatever is not on a Western keyboard (hanzi, private use, Cyrillic), with the numbers in between.
_FOREIGN = re.compile(r"[^\x00-\x7f](?:[ \d()-]*[^\x00-\x7f])*")
_FULL_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)}


def redact(text: str) -> str:
    """The text without id numbers, codes, phones, days and hanzi (names, addresses, files)."""
    text = text.translate(_FULL_WIDTH)
    text = _LONG_CODE.sub("<code>", text)
    text = _NUMBER.sub("<number>", text)
    return _FOREIGN.sub("<text>", text)


class RedactingFormatter(logging.Formatter):
    """Formats a record and redacts all but its time, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        """The redacted line."""
        line = super().format(record)
        stamp = self.formatTime(record)
        return stamp + redact(line.removeprefix(stamp))


class _File(logging.handlers.RotatingFileHandler):
    """A log file that is silent when it cannot be written: a full disk is told elsewhere."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Drop the line."""


def area(name: str) -> logging.Logger:
    """The logger of an area of the program."""
    return logging.getLogger(f"organizer.{name}")


def start(folder: Path) -> logging.Handler:
    """Write to a rotating file in `folder`; hand what it returns to `stop` at the end.

    Where nothing can be written there is no log, and the program works on.
    """
    handler: logging.Handler = logging.NullHandler()
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = _File(
            folder / "organizer.log",
            maxBytes=1_000_000,
            backupCount=3,
            encoding="utf-8",
            delay=True,
        )
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger("organizer")
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return handler


def stop(handler: logging.Handler) -> None:
    """End what `start` began."""
    logging.getLogger("organizer").removeHandler(handler)
    handler.close()


def facts_line(code: str, facts: Mapping[str, object]) -> str:
    """An error's code with its facts for the log.

    Of a text only the length is told: a name may be in Latin letters, a file named after a person.
    """
    return " ".join([code, *(f"{name}={_shape(value)}" for name, value in facts.items())])


def _shape(value: object) -> str:
    if value is None or isinstance(value, bool | int | float):
        return repr(value)
    return f"<{type(value).__name__} {len(str(value))}>"
