"""The rounds of an office (批次), newest first, and which of them holds where."""

import json
from collections.abc import Sequence
from datetime import date

from organizer.domain.round import DEFAULT_SOURCES, Denominator, Round
from organizer.errors import NotFound
from organizer.store.driver import Connection
from organizer.store.facts import survivor


def live(connection: Connection) -> list[Round]:
    """Every round in use, the one opened last first."""
    rows = connection.execute(
        "SELECT id, name, starts_on, ends_on, sources, division_code, denominator, lamp_rules"
        " FROM round WHERE retired_on IS NULL ORDER BY id DESC"
    )
    return [_round(*row) for row in rows]


def current(connection: Connection, scope: str = "") -> Round | None:
    """The newest round that has units of this division; "" is the whole office."""
    return next((one for one in live(connection) if one.touches(scope)), None)


def before(connection: Connection, later: Round) -> Round | None:
    """The round that went before it in the same area: the newest older one that touches it."""
    older = (one for one in live(connection) if one.id < later.id)
    return next((one for one in older if one.touches(later.division_code)), None)


def holding(rounds: Sequence[Round], division_code: str | None) -> Round | None:
    """Of several rounds, newest first, the one a unit of this division is surveyed in."""
    return next((one for one in rounds if one.covers(division_code)), None)


def at(connection: Connection, division_code: str | None) -> Round:
    """The round a unit or place of this division is surveyed in; raises `NotFound`."""
    rounds = live(connection)
    if not rounds:
        raise NotFound("round.none")
    found = holding(rounds, division_code)
    if found is None:
        raise NotFound("round.elsewhere", name=rounds[0].name)
    return found


def at_place(connection: Connection, place: bytes) -> Round | None:
    """The round in which a place is surveyed, redirects followed; None for none."""
    found = connection.execute(
        "SELECT division_code FROM place WHERE id = ?", (survivor(connection, "place", place),)
    ).fetchone()
    return holding(live(connection), found[0]) if found else None


def visits_after(connection: Connection, row: bytes, day: str) -> tuple[int, str]:
    """How many visits of a round were made after a day, and the day of the last one."""
    count, last = connection.execute(
        "SELECT count(*), max(visited_on) FROM visit"
        " WHERE round = ? AND visited_on > ? AND retired_on IS NULL",
        (row, day),
    ).fetchone()
    return count, last or ""


def _round(
    row: bytes,
    name: str | None,
    starts: str,
    ends: str | None,
    sources: str | None,
    division_code: str | None,
    denominator: str | None,
    lamp_rules: str | None,
) -> Round:
    return Round(
        row,
        name or "",
        date.fromisoformat(starts),
        date.fromisoformat(ends) if ends else None,
        tuple(json.loads(sources)) if sources else DEFAULT_SOURCES,
        division_code or "",
        Denominator(denominator) if denominator else Denominator.ALL,
        lamp_rules or "",
    )
