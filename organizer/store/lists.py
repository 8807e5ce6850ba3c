"""Long lists of employers: which rows, in which order, and their cells a page at a time.

A list holds local row numbers only. Numbers are sorted and filtered by SQL over indexes; cells are
fetched for the few rows on the screen.
"""

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from organizer.domain.access import Sight
from organizer.domain.fact import Fact
from organizer.domain.unit_filter import UnitFilter
from organizer.store import facts, unit_filters, visits
from organizer.store.driver import Connection
from organizer.store.employers import EmployerRow, employer_by_id
from organizer.store.scope import LIVE, REACHED, WITHIN, said_of, within

NAME = "name"
"""The column every list is sorted by in the end."""


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


_SEAT = (
    "SELECT o.n FROM occupancy o WHERE o.employer = e.id AND o.retired_on IS NULL"
    " AND o.until_on IS NULL ORDER BY o.since_on DESC, o.n DESC LIMIT 1"
)
_LAST_VISIT = said_of(
    "(SELECT max(v.visited_on) FROM visit v WHERE v.employer {unit} AND v.retired_on IS NULL)"
)
# The walk of the tree below the divisions, in the order of the doors.
_WALK = (
    "WITH RECURSIVE walk (place, line) AS ("
    "SELECT id, coalesce(sort_key, '') FROM place WHERE kind = 'division' UNION ALL"
    " SELECT p.id, walk.line || '/' || coalesce(p.sort_key, '') FROM walk"
    " JOIN place p ON p.parent = walk.place WHERE p.kind != 'division' AND p.merged_into IS NULL"
    " UNION ALL SELECT p.id, walk.line FROM walk JOIN place p ON p.merged_into = walk.place"
    " WHERE p.kind != 'division') "
)
_ORDERS = {
    NAME: "s.spoken",
    "place": "k.line",
    "staff_total": "CAST({} AS INTEGER)",
    "last_visit": _LAST_VISIT,
    **dict.fromkeys(("union_state", "operating_state"), "{}"),
    **{name: f"e.{name}" for name in ("uscc", "signboard", "grid", "unit_type", "industry")},
    **{name: f"e.{name}" for name in ("contact", "legal_person", "address")},
}
SORTABLE = frozenset(_ORDERS)
"""Columns a list can be sorted by."""


def employer_numbers(
    connection: Connection, wanted: UnitFilter, sight: Sight, order: Order
) -> Numbers:
    """The rows a filter leaves within what somebody sees, sorted; names by their pinyin."""
    current = visits.current_round(connection, sight.scope)
    which = unit_filters.condition(connection, wanted, sight)
    key = _ORDERS[order.column].format(unit_filters.shown(order.column, sight))
    with_place = order.column == "place"
    down = " DESC" if order.descending else ""
    rows = connection.execute(
        f"{_WALK if with_place else ''}SELECT e.n, {REACHED} FROM employer e"
        " LEFT JOIN search_entry s ON s.row = e.id"
        f" LEFT JOIN occupancy o ON o.n = ({_SEAT}) LEFT JOIN place p ON p.id = o.place"
        f"{' LEFT JOIN walk k ON k.place = p.id' if with_place else ''}"
        f" WHERE {LIVE} AND {WITHIN} AND {which.sql}"
        f" ORDER BY {key} IS NULL, {key}{down}, s.spoken, e.n",
        {**within(sight.scope), **which.values, "round": current.id if current else None},
    )
    numbers, unvisited = array("q"), 0
    for n, seen in rows:
        numbers.append(n)
        unvisited += not seen
    return Numbers(numbers, unvisited, current.name if current else "")


@dataclass(frozen=True)
class Line:
    """An employer as a list shows it; personal numbers are not masked yet."""

    n: int
    employer: EmployerRow
    facts: dict[str, str]
    last_visit: str
    seen: bool


def employer_lines(connection: Connection, numbers: Sequence[int], sight: Sight) -> list[Line]:
    """The rows of one page within what somebody sees, in any order; rows gone since are left out."""
    current = visits.current_round(connection, sight.scope)
    rows = connection.execute(
        f"SELECT e.n, e.id, {_LAST_VISIT}, {REACHED} FROM employer e"
        " WHERE e.n IN (SELECT value FROM json_each(:numbers))",
        {"round": current.id if current else None, "numbers": json.dumps(list(numbers))},
    ).fetchall()
    known = facts.current_of_many(
        connection, [row for _n, row, *_more in rows], departments=sight.departments
    )
    lines = (
        _line(connection, n, row, last_visit, seen, known[row]) for n, row, last_visit, seen in rows
    )
    return [line for line in lines if line and sight.covers(line.employer.division_code)]


def _line(
    connection: Connection,
    n: int,
    row: bytes,
    last_visit: str | None,
    seen: int,
    known: Mapping[str, Fact],
) -> Line | None:
    employer = employer_by_id(connection, row)
    if employer is None:
        return None
    values = {name: fact.value for name, fact in known.items()}
    return Line(n, employer, values, last_visit or "", bool(seen))


def number_of(connection: Connection, row: bytes) -> int | None:
    """The number of an employer, redirects followed; None when it is out of use."""
    found = connection.execute(
        "SELECT n FROM employer WHERE id = ? AND retired_on IS NULL",
        (facts.survivor(connection, "employer", row),),
    ).fetchone()
    return int(found[0]) if found else None
