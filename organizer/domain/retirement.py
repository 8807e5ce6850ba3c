"""Statutory retirement ages: a table that rises step by step from 2025-01-01 on; it only warns.

全国人大常委会《关于实施渐进式延迟法定退休年龄的决定》(2024-09-13). 会籍管理办法 art. 17: who retires keeps the
membership at the old unit; who works on is a member as before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from organizer.domain.note import Note

_YEAR = 12


@dataclass(frozen=True)
class Ladder:
    """How one kind of post retires: `age` before the rise, then a month later for each group.

    Whoever was born in `born_from` (a month as 1965-01) or later retires one month later for every
    `months_each` months of birth, at most `most` months.
    """

    sex: str
    post: str
    age: int
    born_from: str
    months_each: int
    most: int

    def months(self, born_on: date) -> int:
        """At which age somebody retires, in months."""
        year, month = map(int, self.born_from.split("-"))
        later = (born_on.year - year) * _YEAR + born_on.month - month
        delay = 0 if later < 0 else min(self.most, later // self.months_each + 1)
        return self.age * _YEAR + delay


def read_ladders(data: Mapping[str, Any]) -> tuple[Ladder, ...]:
    """The rows of `resources/rules/retirement.toml`."""
    return tuple(Ladder(**row) for row in data["step"])


def retirement_note(ladders: Iterable[Ladder], sex: str, born_on: date, today: date) -> Note | None:
    """What to say to somebody past the age; None for anybody younger or of unknown sex.

    A woman past the earlier of two ages is told both, since the post decides.
    """
    own = sorted((one for one in ladders if one.sex == sex), key=lambda one: one.age)
    lived = (today.year - born_on.year) * _YEAR + today.month - born_on.month
    lived -= today.day < born_on.day
    passed = [one for one in own if lived >= one.months(born_on)]
    if not passed:
        return None
    if len(passed) < len(own):
        facts = {"post": passed[-1].post, "age": in_words(passed[-1].months(born_on))}
        more = own[len(passed)]
        facts |= {"other": more.post, "later": in_words(more.months(born_on))}
        return Note("signup.perhaps_retired", facts)
    return Note("signup.retired", {"age": in_words(passed[-1].months(born_on))})


def in_words(months: int) -> str:
    """An age of so many months: 60周岁, 60周岁3个月."""
    years, rest = divmod(months, _YEAR)
    return f"{years}周岁{rest}个月" if rest else f"{years}周岁"


def latest(ladders: Sequence[Ladder]) -> int:
    """The last year of birth whose age still rises."""
    return max(
        int(one.born_from[:4]) + (one.most * one.months_each - 1) // _YEAR for one in ladders
    )
