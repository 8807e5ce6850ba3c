"""Dates as people write them in lists and on forms."""

import contextlib
import re
import unicodedata
from datetime import date, datetime, timedelta

from organizer.errors import InvalidInput

EARLIEST = date(1900, 1, 1)
LATEST = date(2100, 12, 31)

_CLOCK = r"(?:[T ]*\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d+)?)?Z?)?"
_MARK = r"\s*[-./年月、。,\\‐‑‒–—−_ ]\s*"
_WHOLE = re.compile(rf"(\d{{4}}){_MARK}(\d{{1,2}}){_MARK}(\d{{1,2}})\s*[日号]?\s*{_CLOCK}")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_MONTH = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])")
_NO_DAY = re.compile(
    rf"\d{{4}}\s*年?|\d{{4}}{_MARK}\d{{1,2}}\s*月?|{_YEAR_MONTH.pattern}|\d{{4}}\s*年.*月份?"
)
_SHORT_YEAR = re.compile(rf"'?\d{{2}}{_MARK}\d{{1,2}}(?:{_MARK}\d{{1,2}})?\s*[月日号]?")
_YEAR_LAST = re.compile(rf"\d{{1,2}}{_MARK}\d{{1,2}}{_MARK}\d{{4}}\s*{_CLOCK}")
_LUNAR = re.compile(r"农历|阴历|旧历|闰|正月|腊月|冬月|初[一二三四五六七八九十]|廿")
_MONTH_DAY = re.compile(r"(\d{1,2})(?:[-./]|(?=\d\d$))(\d{1,2})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")


def parse_date(
    value: str | float | date | None, *, date1904: bool = False, field: str = "date"
) -> date | None:
    """The day a value of a list means; None when nothing is written there.

    Takes 1990-03-07, 1990.3.7, 1990/3/7 0:00:00, 1990年3月7日, 19900307, dates, and the serial
    numbers of spreadsheets (5 digits; the 1900 system with its 29 February 1900, or the 1904
    system). Never guesses: a missing day, a two-digit year, a lunar date, a day that does not
    exist and a year outside 1900–2100 raise `InvalidInput` (`date.…`) at `field`.
    """
    if isinstance(value, datetime):
        return _in_range(value.date(), str(value), field)
    if isinstance(value, date):
        return _in_range(value, str(value), field)
    if value is None:
        return None
    if isinstance(value, bool):
        raise InvalidInput("date.unknown", field=field, value=value)
    if isinstance(value, int | float):
        return _from_number(value, date1904, field)
    text = unicodedata.normalize("NFKC", value).strip().lstrip("'")
    return _from_text(text, date1904, field) if text else None


def parse_past_day(text: str, today: date, *, field: str = "date") -> date | None:
    """A day as it is written on paper, also without its year: 1120, 11.20 and 11-20 are the last such
    day until today. None when nothing is written; raises `InvalidInput` as `parse_date` does.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _MONTH_DAY.fullmatch(plain)
    if found is None:
        return parse_date(plain, field=field)
    # Of 29 February this year may know nothing.
    for year in (today.year, today.year - 1):
        with contextlib.suppress(ValueError):
            day = date(year, int(found[1]), int(found[2]))
            if day <= today:
                return day
    raise InvalidInput("date.impossible", field=field, value=text)


def _from_text(text: str, date1904: bool, field: str) -> date:
    if found := _WHOLE.fullmatch(text) or _DIGITS.fullmatch(text):
        return _day(found, text, field)
    if _SERIAL.fullmatch(text):
        return _from_number(float(text), date1904, field)
    for form, code in (
        (_LUNAR, "date.lunar"),
        (_NO_DAY, "date.incomplete"),
        (_SHORT_YEAR, "date.short_year"),
        (_YEAR_LAST, "date.year_last"),
    ):
        if form.search(text) if form is _LUNAR else form.fullmatch(text):
            raise InvalidInput(code, field=field, value=text)
    raise InvalidInput("date.unknown", field=field, value=text)


def _from_number(number: float, date1904: bool, field: str) -> date:
    """A number cell: 19900307 typed as a number, a year, a year.month, or a serial number."""
    shown = f"{number:.15g}"
    if found := _DIGITS.fullmatch(shown):
        return _day(found, shown, field)
    if EARLIEST.year <= number < LATEST.year + 1 or _YEAR_MONTH.fullmatch(shown):
        raise InvalidInput("date.incomplete", field=field, value=shown)
    if not 1 <= number < 100_000:
        raise InvalidInput("date.unknown", field=field, value=shown)
    return _in_range(_from_serial(int(number), date1904, shown, field), shown, field)


def _from_serial(serial: int, date1904: bool, shown: str, field: str) -> date:
    if date1904:
        return date(1904, 1, 1) + timedelta(days=serial)
    if serial == 60:  # 29 February 1900, a day only spreadsheets know
        raise InvalidInput("date.impossible", field=field, value=shown)
    return date(1899, 12, 31 if serial < 60 else 30) + timedelta(days=serial)


def _day(found: re.Match[str], shown: str, field: str) -> date:
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as problem:
        raise InvalidInput("date.impossible", field=field, value=shown) from problem
    return _in_range(day, shown, field)


def _in_range(day: date, shown: str, field: str) -> date:
    if not EARLIEST <= day <= LATEST:
        raise InvalidInput("date.impossible", field=field, value=shown)
    return day
