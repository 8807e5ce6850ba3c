"""Logs for the person who has to repair the program; they never hold personal data.

Loggers are named by area (`organizer.store`, `organizer.import`), not by module.
"""

import logging
import logging.handlers
import re
from collections.abc import Mapping
from pathlib import Path

# 15 or 18 characters of an id number or USCC, then phone numbers, then runs of hanzi in facts.
_LONG_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]{15,18}(?![0-9A-Za-z])")
_NUMBER = re.compile(r"\d{7,}")
_HANZI = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af·]{2,}")


def redact(text: str) -> str:
    """The text without id numbers, codes, phones and hanzi (names, addresses, file names)."""
    text = _LONG_CODE.sub("<code>", text)
    text = _NUMBER.sub("<number>", text)
    return _HANZI.sub("<text>", text)


class RedactingFormatter(logging.Formatter):
    """Formats a record and redacts the whole line, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        """The redacted line."""
        return redact(super().format(record))


def area(name: str) -> logging.Logger:
    """The logger of an area of the program."""
    return logging.getLogger(f"organizer.{name}")


def start(folder: Path) -> logging.Handler:
    """Write to a rotating file in `folder`; hand what it returns to `stop` at the end."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handler = logging.handlers.RotatingFileHandler(
        folder / "organizer.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True
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
    """An error's code with its facts for the log; the formatter redacts the values."""
    return " ".join([code, *(f"{name}={value!r}" for name, value in facts.items())])
