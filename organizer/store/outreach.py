"""Visits that went to no unit."""

from dataclasses import dataclass

from organizer.domain.access import Sight
from organizer.domain.visit import Outcome
from organizer.store import places
from organizer.store.driver import Connection
from organizer.store.scope import within


@dataclass(frozen=True)
class OtherRow:
    """A visit to a place, a station, a person or a group, with the names it points to."""

    id: bytes
    target: str
    visited_on: str
    outcome: str
    place: str
    person: str
    group_name: str
    visitor: str
    remark: str
    next_on: str


_OTHER = (
    "SELECT v.id, v.target, v.visited_on, v.outcome, v.place, coalesce(p.name, ''),"
    " coalesce(v.group_name, ''), coalesce(a.name, ''), coalesce(v.remark, ''),"
    " coalesce(v.next_on, '')"
    " FROM visit v LEFT JOIN person p ON p.id = v.person"
    " LEFT JOIN account a ON a.id = v.visitor LEFT JOIN place l ON l.id = v.place"
    " WHERE v.target IN ('place', 'station', 'person', 'group') AND v.outcome <> :none"
    " AND v.retired_on IS NULL AND (:low = '' OR coalesce(l.division_code, :low) BETWEEN :low"
    " AND :high)"
)


def _leads(table: str, visit: str) -> str:
    """Where the redirects of what a visit went to lead."""
    return (
        f"(WITH RECURSIVE up (id, next) AS (SELECT d.id, d.merged_into FROM {table} d"
        f" WHERE d.id = {visit}.{table} UNION"
        f" SELECT d.id, d.merged_into FROM up JOIN {table} d ON d.id = up.next)"
        " SELECT up.id FROM up WHERE up.next IS NULL)"
    )


def due(connection: Connection, sight: Sight, upto: str) -> list[OtherRow]:
    """Where one promised to come again by a day and has not been since, the longest due first."""
    rows = connection.execute(
        f"{_OTHER} AND v.next_on <= :upto AND NOT EXISTS (SELECT 1 FROM visit s"
        " WHERE s.retired_on IS NULL AND s.target = v.target AND s.n > v.n"
        f" AND {_leads('place', 's')} IS {_leads('place', 'v')}"
        f" AND {_leads('person', 's')} IS {_leads('person', 'v')}"
        " AND s.group_name IS v.group_name) ORDER BY v.next_on, v.n",
        {"none": Outcome.NO_UNIT, "upto": upto, **within(sight.scope)},
    ).fetchall()
    return [_row(connection, *row) for row in rows]


def latest(connection: Connection, sight: Sight, limit: int) -> list[OtherRow]:
    """The newest of them that somebody sees; "there is no unit here" is not among them."""
    rows = connection.execute(
        f"{_OTHER} ORDER BY v.visited_on DESC, v.n DESC LIMIT :limit",
        {"none": Outcome.NO_UNIT, "limit": limit, **within(sight.scope)},
    ).fetchall()
    return [_row(connection, *row) for row in rows]


def _row(
    connection: Connection,
    row: bytes,
    target: str,
    on: str,
    outcome: str,
    place: bytes | None,
    *names: str,
) -> OtherRow:
    return OtherRow(row, target, on, outcome, places.full_name(connection, place), *names)
