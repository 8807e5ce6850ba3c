"""One value of a spreadsheet, as it was read and as a person sees it."""

from datetime import date, datetime, time
from typing import NamedTuple, TypeAlias

Value: TypeAlias = str | float | int | bool | date | datetime | time | None

# A spreadsheet keeps 15 digits of a number; from the 16th on they have become zeros or noise.
DAMAGED_FROM = 1e15


class Cell(NamedTuple):
    """A value as read; `filled` when it came down from a merged cell above."""

    value: Value
    filled: bool = False

    @property
    def text(self) -> str:
        """The value as a person sees it, trimmed."""
        return text_of(self.value)

    @property
    def is_damaged_number(self) -> bool:
        """A number of 16 digits or more: its last digits are lost and must be typed again."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return abs(value) >= DAMAGED_FROM


def text_of(value: Value) -> str:
    """The trimmed text of a value: whole numbers without .0, dates ISO, 15 digits at most.

    Numbers beyond 15 digits stay in the E notation a spreadsheet shows, so that no text is made
    that looks like an undamaged identifier.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return _datetime_text(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if abs(value) < DAMAGED_FROM and value == int(value):
        return str(int(value))
    return f"{value:.15G}"


def is_blank(value: Value) -> bool:
    """Nothing a person could see."""
    return value is None or (isinstance(value, str) and not value.strip())


def is_numeric(value: Value) -> bool:
    """A number, or text that only holds one (also with thousands separators or a percent sign)."""
    if isinstance(value, str):
        digits = value.strip().replace(",", "").rstrip("%").lstrip("+-")
        return digits.replace(".", "", 1).isdecimal()
    return isinstance(value, int | float) and not isinstance(value, bool)


def _datetime_text(value: datetime) -> str:
    if value.time() == time():
        return value.date().isoformat()
    return value.isoformat(sep=" ", timespec="seconds")
