"""Visits that went to no unit."""

from dataclasses import dataclass

from organizer.domain.access import Sight
from organizer.domain.visit import Outcome
from organizer.store import places
from organizer.store.driver import Connection


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


def latest(connection: Connection, sight: Sight, limit: int) -> list[OtherRow]:
    """The newest of them that somebody sees; "there is no unit here" is not among them."""
    rows = connection.execute(
        "SELECT v.id, v.target, v.visited_on, v.outcome, v.place, coalesce(p.name, ''),"
        " coalesce(v.group_name, ''), coalesce(a.name, ''), coalesce(v.remark, ''),"
        " l.division_code FROM visit v LEFT JOIN person p ON p.id = v.person"
        " LEFT JOIN account a ON a.id = v.visitor LEFT JOIN place l ON l.id = v.place"
        " WHERE v.target IN ('place', 'station', 'person', 'group') AND v.outcome <> ?"
        " AND v.retired_on IS NULL ORDER BY v.visited_on DESC, v.n DESC LIMIT ?",
        (Outcome.NO_UNIT, limit),
    ).fetchall()
    return [
        OtherRow(row, target, on, outcome, places.full_name(connection, place), *names)
        for row, target, on, outcome, place, *names, code in rows
        if sight.covers(code)
    ]
