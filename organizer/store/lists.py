"""Long lists of employers: which rows, in which order, and their cells a page at a time.

A list holds local row numbers only. Numbers are sorted and filtered by SQL over indexes; cells are
fetched for the few rows on the screen.
"""

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from organizer.domain import access
from organizer.domain.round import Round
from organizer.store import facts, search, visits
from organizer.store.driver import Connection
from organizer.store.employers import EmployerRow, employer_by_id

UNKNOWN = "?"
"""Stands in a filter for employers of which the field is not known."""

BANDS = {
    "-9": (0, 9),
    "10-24": (10, 24),
    "25-99": (25, 99),
    "100-199": (100, 199),
    "200-": (200, 0),
}
"""Bands of head counts by their key: from, to; 0 means without end."""

NAME = "name"
"""The column every list is sorted by in the end."""


@dataclass(frozen=True)
class EmployerFilter:
    """What a list shows; empty fields do not limit. Codes as in the code lists, or `UNKNOWN`."""

    text: str = ""
    operating_state: str = ""
    union_state: str = ""
    band: str = ""
    unvisited: bool = False
    division: str = ""


@dataclass(frozen=True)
class Order:
    """By which column a list is sorted."""

    column: str = NAME
    descending: bool = False


@dataclass(frozen=True)
class Numbers:
    """The rows of a list in its order, and how many of them the current round has not visited."""

    rows: Sequence[int]
    unvisited: int
    round_name: str
    """The round in force; empty without one."""


def in_division(code: str, column: str) -> tuple[str, list[str]]:
    """The condition that a division code lies in `code`; what has no division is open to all."""
    if not code:
        return "1", []
    return f"({column} IS NULL OR ({column} >= ? AND {column} < ?))", [code, code + "\x7f"]


_SEAT = (
    "SELECT o.n FROM occupancy o WHERE o.employer = e.id AND o.retired_on IS NULL"
    " AND o.until_on IS NULL ORDER BY o.since_on DESC, o.n DESC LIMIT 1"
)
_FACT = (
    "SELECT f.value FROM fact_now w JOIN fact f ON f.id = w.fact"
    " WHERE w.employer = e.id AND w.field = '{}'"
)
_STAFF = f"CAST(({_FACT.format('staff_total')}) AS INTEGER)"
_LAST_VISIT = (
    "SELECT max(v.visited_on) FROM visit v WHERE v.employer = e.id AND v.retired_on IS NULL"
)
# Nobody at the door is no visit that counts.
_SEEN = (
    "EXISTS (SELECT 1 FROM visit v WHERE v.employer = e.id AND v.retired_on IS NULL"
    " AND v.round = ? AND v.outcome <> '2')"
)
_VISIBLE = (
    "e.retired_on IS NULL AND e.merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM unfinished u"
    " JOIN run r ON r.id = u.run WHERE u.row = e.id AND r.state = 'running')"
)
# The walk of the tree below the divisions, in the order of the doors.
_WALK = (
    "WITH RECURSIVE walk (place, line) AS ("
    "SELECT id, coalesce(sort_key, '') FROM place WHERE kind = 'division' UNION ALL"
    " SELECT p.id, walk.line || '/' || coalesce(p.sort_key, '') FROM walk"
    " JOIN place p ON p.parent = walk.place WHERE p.kind != 'division') "
)
_ORDERS = {
    NAME: "s.spoken",
    "place": "k.line",
    "staff_total": _STAFF,
    "last_visit": f"({_LAST_VISIT})",
    "union_state": f"({_FACT.format('union_state')})",
    "operating_state": f"({_FACT.format('operating_state')})",
    **{name: f"e.{name}" for name in ("uscc", "signboard", "grid", "unit_type", "industry")},
    **{name: f"e.{name}" for name in ("contact", "legal_person", "address")},
}
SORTABLE = frozenset(_ORDERS)
"""Columns a list can be sorted by."""


def employer_numbers(
    connection: Connection, wanted: EmployerFilter, scope: str, order: Order
) -> Numbers:
    """The rows a filter leaves within a scope (a division code), sorted; names by their pinyin."""
    current = visits.current_round(connection)
    conditions, values = _conditions(connection, wanted, scope, current)
    key = _ORDERS[order.column]
    with_place = order.column == "place"
    down = " DESC" if order.descending else ""
    rows = connection.execute(
        f"{_WALK if with_place else ''}SELECT e.n, {_SEEN} FROM employer e"
        " LEFT JOIN search_entry s ON s.row = e.id"
        f" LEFT JOIN occupancy o ON o.n = ({_SEAT}) LEFT JOIN place p ON p.id = o.place"
        f"{' LEFT JOIN walk k ON k.place = p.id' if with_place else ''}"
        f" WHERE {_VISIBLE} AND {' AND '.join(conditions)}"
        f" ORDER BY {key} IS NULL, {key}{down}, s.spoken, e.n",
        (current.id if current else b"", *values),
    )
    numbers, unvisited = array("q"), 0
    for n, seen in rows:
        numbers.append(n)
        unvisited += not seen
    return Numbers(numbers, unvisited, current.name if current else "")


def _conditions(
    connection: Connection, wanted: EmployerFilter, scope: str, current: Round | None
) -> tuple[list[str], list[object]]:
    conditions: list[str] = []
    values: list[object] = []

    def add(condition: str, given: Sequence[object]) -> None:
        conditions.append(condition)
        values.extend(given)

    for code in (scope, wanted.division):
        add(*in_division(code, "p.division_code"))
    for name in ("operating_state", "union_state"):
        add(*_is(f"({_FACT.format(name)})", getattr(wanted, name)))
    add(*_in_band(wanted.band))
    if wanted.unvisited:
        add(f"NOT {_SEEN}", [current.id if current else b""])
    if wanted.text.strip():
        add(*_matches(connection, wanted.text))
    return conditions, values


def _is(column: str, value: str) -> tuple[str, list[str]]:
    if not value:
        return "1", []
    return (f"{column} IS NULL", []) if value == UNKNOWN else (f"{column} = ?", [value])


def _in_band(band: str) -> tuple[str, list[int]]:
    if not band:
        return "1", []
    if band == UNKNOWN:
        return f"{_STAFF} IS NULL", []
    first, last = BANDS[band]
    return (f"{_STAFF} BETWEEN ? AND ?", [first, last]) if last else (f"{_STAFF} >= ?", [first])


def _matches(connection: Connection, text: str) -> tuple[str, list[object]]:
    """Found by name, pinyin or digits as everywhere, or by a piece of the address."""
    found = search.all_of(connection, "employer", text)
    rows = json.dumps([row.hex() for row in found])
    condition = (
        "(e.id IN (SELECT unhex(value) FROM json_each(?)) OR instr(coalesce(e.address, ''), ?) > 0)"
    )
    return condition, [rows, text.strip()]


@dataclass(frozen=True)
class Line:
    """An employer as a list shows it; personal numbers are not masked yet."""

    n: int
    employer: EmployerRow
    facts: dict[str, str]
    last_visit: str
    seen: bool


def employer_lines(connection: Connection, numbers: Sequence[int], scope: str) -> list[Line]:
    """The rows of one page within a scope, in any order; rows gone since are left out."""
    current = visits.current_round(connection)
    marks = ", ".join("?" * len(numbers))
    rows = connection.execute(
        f"SELECT e.n, e.id, ({_LAST_VISIT}), {_SEEN} FROM employer e WHERE e.n IN ({marks})",
        (current.id if current else b"", *numbers),
    ).fetchall()
    lines = (_line(connection, *row) for row in rows)
    return [line for line in lines if line and access.covers(scope, line.employer.division_code)]


def _line(
    connection: Connection, n: int, row: bytes, last_visit: str | None, seen: int
) -> Line | None:
    employer = employer_by_id(connection, row)
    if employer is None:
        return None
    known = {name: fact.value for name, fact in facts.current(connection, employer.id).items()}
    return Line(n, employer, known, last_visit or "", bool(seen))


def number_of(connection: Connection, row: bytes) -> int | None:
    """The number of an employer, redirects followed; None when it is out of use."""
    found = connection.execute(
        "SELECT n FROM employer WHERE id = ? AND retired_on IS NULL",
        (facts.survivor(connection, "employer", row),),
    ).fetchone()
    return int(found[0]) if found else None
