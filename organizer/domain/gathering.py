"""集中入会: one event at which many people join, and what the union's committee allows beforehand.

会籍管理办法 art. 5: a collective list that everybody signs is a written application. What is approved
on the spot is approved by the committee all the same: it says in advance for which event, until
when and for how many.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from organizer.errors import InvalidInput

FIELDS = ("name", "id_number", "phone", "group_code", "platform", "household_kind")
"""What is asked of a person at a gathering, in the order of the form."""


@dataclass(frozen=True)
class Authority:
    """现场审批授权: the committee's decision on one gathering; `until` counts in."""

    number: str
    granted_by: str
    until: date
    most: int

    def places(self, day: date, used: int) -> int:
        """How many more may become members at once on a day, after `used` did."""
        return max(0, self.most - used) if day <= self.until else 0


def check_authority(authority: Authority, held_on: date, today: date) -> Authority:
    """The decision as it is kept; raises `InvalidInput` at what is missing or cannot be."""
    number, by = authority.number.strip(), authority.granted_by.strip()
    if not number:
        raise InvalidInput("authority.no_number", field="authority_no")
    if not by:
        raise InvalidInput("authority.no_committee", field="authorised_by")
    if authority.until < today:
        raise InvalidInput(
            "authority.past", field="authorised_until", day=authority.until.isoformat()
        )
    if authority.until < held_on:
        raise InvalidInput(
            "authority.before_event",
            field="authorised_until",
            day=authority.until.isoformat(),
            held=held_on.isoformat(),
        )
    if authority.most < 1:
        raise InvalidInput("authority.nobody", field="authorised_most")
    return Authority(number, by, authority.until, authority.most)


@dataclass(frozen=True)
class Row:
    """One person of a list as typed, under a key of its own; set `aside`, it waits."""

    key: str
    cells: Mapping[str, str]
    aside: bool = False

    def text(self, name: str) -> str:
        """What is typed in a field."""
        return self.cells.get(name, "")

    @property
    def empty(self) -> bool:
        """Whether nothing is typed."""
        return not any(self.cells.values())


def same_person(one: Row, other: Row) -> bool:
    """Whether two rows say the same person: one id number, or without it one name and telephone."""
    number, second = _plain(one.text("id_number")), _plain(other.text("id_number"))
    if number or second:
        return number == second
    return bool(one.text("name")) and all(
        _plain(one.text(name)) == _plain(other.text(name)) for name in ("name", "phone")
    )


def with_new(rows: Sequence[Row], found: Iterable[Row]) -> tuple[list[Row], int]:
    """The rows with those of a list that are not among them yet, and how many were already.

    The same list pasted twice adds nobody. Who stands twice in one list is kept and told: one of
    them may have somebody else's number.
    """
    known = [row for row in rows if not row.empty]
    fresh = [row for row in found if not row.empty]
    new = [row for row in fresh if not any(same_person(row, old) for old in known)]
    return [*known, *new], len(fresh) - len(new)


def free_key(rows: Iterable[Row]) -> str:
    """A key no row has."""
    return str(1 + max((int(row.key) for row in rows), default=0))


def placed(rows: Sequence[Row], new: Row) -> list[Row]:
    """The rows with one in the place of the row it replaces, or behind them."""
    if any(row.key == new.key for row in rows):
        return [new if row.key == new.key else row for row in rows]
    return [*rows, new]


def twins(rows: Sequence[Row]) -> dict[str, int]:
    """Rows that repeat somebody who stands further up: key → the place of that one, from 1."""
    first: dict[tuple[str, ...], int] = {}
    found: dict[str, int] = {}
    for place, row in enumerate(rows, 1):
        if row.empty:
            continue
        number = _plain(row.text("id_number"))
        mark = (number,) if number else (_plain(row.text("name")), _plain(row.text("phone")))
        if mark in first:
            found[row.key] = first[mark]
        else:
            first[mark] = place
    return found


def shared_phones(rows: Sequence[Row]) -> dict[str, int]:
    """Rows whose telephone stands further up as well: key → the place of that one, from 1."""
    first: dict[str, int] = {}
    found: dict[str, int] = {}
    for place, row in enumerate(rows, 1):
        phone = _plain(row.text("phone"))
        if not phone:
            continue
        if phone in first:
            found[row.key] = first[phone]
        else:
            first[phone] = place
    return found


def _plain(text: str) -> str:
    return "".join(text.split()).replace("-", "").upper()
