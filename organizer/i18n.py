"""Language: the message id is the Chinese sentence; translations come from gettext catalogs.

Use `_("已保存 {count} 条").format(count=n)`, never an f-string inside. Labels of code lists are data
and do not pass through here.
"""

import gettext
import os
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from organizer import resources

SHANGHAI = ZoneInfo("Asia/Shanghai")


def _translations(language: str) -> gettext.NullTranslations:
    return gettext.translation(
        "organizer", resources.path("locale"), languages=[language], fallback=True
    )


SOURCE = "zh"
LANGUAGE = os.environ.get("ORGANIZER_LANGUAGE") or SOURCE
"""The language of this process, chosen once by whoever starts it: zh, en."""

_catalog = _translations(LANGUAGE)


def _(message: str) -> str:
    """The message in the person's language; the id itself is Chinese."""
    return _catalog.gettext(message)


def N_(message: str) -> str:
    """Mark a message that is translated where it is shown."""
    return message


def ngettext(singular: str, plural: str, count: int) -> str:
    """Like `_` with a plural form for languages that have one."""
    return _catalog.ngettext(singular, plural, count)


def show_date(day: date) -> str:
    """A date as people write it: 2026年11月20日."""
    return f"{day.year}年{day.month}月{day.day}日"


def show_instant(at: datetime) -> str:
    """An instant in Shanghai time: 2026-11-20 14:05."""
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def is_text(text: str) -> bool:
    """Whether a text from outside holds characters only, no byte that the system could not read."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def listed(words: Iterable[str]) -> str:
    """Words in a row as people write them: 一、二、三."""
    return "、".join(words)


def parted(text: str) -> list[str]:
    """The words that `listed` put in a row."""
    return [word for word in text.split("、") if word]
