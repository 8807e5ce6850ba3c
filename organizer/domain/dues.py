"""会费: what a member pays, and who is behind (工会章程 第四条、第六条; 会籍管理办法 art. 21, 22).

Nothing is cashed here, and the wage is never stored.
"""

import re
from dataclasses import dataclass
from datetime import date

from organizer.errors import InvalidInput

LAPSE_MONTHS = 6
"""After so many months without dues and activities, and after words to no avail, one may be taken to
have left (自动退会): proposed, never done by itself."""

MOST_AHEAD = 12
"""Dues paid further ahead than so many months are a slip of the pen."""

_STEP = 10
_PER_MILLE = 5
_MOST_WAGE = 1_000_000
_MONTH = re.compile(r"(\d{4})[-.年/]?(\d{1,2})月?")
_WAGE = re.compile(r"(\d{1,7})(?:\.\d{1,2})?")


@dataclass(frozen=True)
class Dues:
    """Dues of a month: `base` is the wage in yuan rounded down to ten, `fen` what is due."""

    base: int
    fen: int

    @property
    def shown(self) -> str:
        """The amount in yuan, as on a receipt: 27.65."""
        return f"{self.fen // 100}.{self.fen % 100:02d}"


def dues_of(wage: str) -> Dues:
    """0.5 % of the month's wage; what is below ten yuan is not counted. Raises `InvalidInput`."""
    typed = wage.strip().replace(",", "").replace("，", "").removesuffix("元")
    found = _WAGE.fullmatch(typed)
    if found is None or int(found[1]) > _MOST_WAGE:
        raise InvalidInput("dues.bad_wage", field="wage", value=wage.strip())
    base = int(found[1]) // _STEP * _STEP
    # 0.5 % of whole tens is a whole number of fen.
    return Dues(base, base * 100 * _PER_MILLE // 1000)


def read_month(text: str, today: date, *, field: str = "paid_until") -> str:
    """A month as 2026-10; "" for none. Raises `InvalidInput` for one that cannot be paid until."""
    typed = text.strip()
    if not typed:
        return ""
    found = _MONTH.fullmatch(typed)
    if found is None or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1949:
        raise InvalidInput("transfer.bad_month", field=field, value=typed)
    month = f"{found[1]}-{int(found[2]):02d}"
    if months_between(month_of(today), month) > MOST_AHEAD:
        raise InvalidInput("dues.too_far", field=field, value=month)
    return month


def month_of(day: date) -> str:
    """The month of a day: 2026-10."""
    return f"{day:%Y-%m}"


def months_between(first: str, last: str) -> int:
    """How many months lie from one to the other; negative when the last comes first."""
    return _number(last) - _number(first)


def arrears(paid_until: str, today: date) -> int:
    """For how many whole months nothing was paid, the running one not counted."""
    return max(months_between(paid_until, month_of(today)) - 1, 0)


def latest_behind(today: date) -> str:
    """Who has paid until this month, or an earlier one, has not paid for `LAPSE_MONTHS` since."""
    number = _number(month_of(today)) - 1 - LAPSE_MONTHS
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1
