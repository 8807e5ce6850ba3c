"""Visits and the rounds they belong to."""

import json
from dataclasses import dataclass
from datetime import date

from organizer.domain.round import DEFAULT_SOURCES, Round
from organizer.domain.visit import Outcome
from organizer.store.driver import Connection


@dataclass(frozen=True)
class VisitRow:
    """One visit as stored."""

    id: bytes
    outcome: str
    visited_on: str
    visited_at: str
    remark: str | None


def current_round(connection: Connection) -> Round | None:
    """The round that was opened last and is not retired."""
    found = connection.execute(
        "SELECT id, name, starts_on, ends_on, sources FROM round WHERE retired_on IS NULL"
        " ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if found is None:
        return None
    row, name, starts, ends, sources = found
    return Round(
        row,
        name,
        date.fromisoformat(starts),
        date.fromisoformat(ends) if ends else None,
        tuple(json.loads(sources)) if sources else DEFAULT_SOURCES,
    )


def of_employer(connection: Connection, employer: bytes) -> list[VisitRow]:
    """All visits to an employer, newest first; none is ever overwritten."""
    rows = connection.execute(
        "SELECT id, outcome, visited_on, visited_at, remark FROM visit"
        " WHERE employer = ? AND retired_on IS NULL ORDER BY visited_on DESC, n DESC",
        (employer,),
    )
    return [VisitRow(*row) for row in rows]


def is_of(connection: Connection, row: bytes, employer: bytes) -> bool:
    """Whether a visit is one to this employer and in use."""
    found = connection.execute(
        "SELECT 1 FROM visit WHERE id = ? AND employer = ? AND retired_on IS NULL", (row, employer)
    ).fetchone()
    return found is not None


def facts_of(connection: Connection, row: bytes) -> list[bytes]:
    """The facts told on a visit that are in use."""
    rows = connection.execute(
        "SELECT id FROM fact WHERE visit = ? AND retired_on IS NULL ORDER BY n", (row,)
    )
    return [fact for (fact,) in rows]


def empty_places(connection: Connection, current: bytes) -> set[bytes]:
    """The places of which somebody said in the round that no unit is there (已走访无单位)."""
    rows = connection.execute(
        "SELECT place FROM visit WHERE round = ? AND outcome = ? AND employer IS NULL"
        " AND retired_on IS NULL AND place IS NOT NULL",
        (current, Outcome.NO_UNIT),
    )
    return {place for (place,) in rows}
