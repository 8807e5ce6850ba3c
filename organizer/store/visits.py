"""Visits and the rounds they belong to."""

from dataclasses import dataclass

from organizer.domain.fact import Fact
from organizer.domain.round import Round
from organizer.domain.visit import Outcome
from organizer.store import facts, rounds
from organizer.store.driver import Connection


@dataclass(frozen=True)
class VisitRow:
    """One visit as stored."""

    id: bytes
    outcome: str
    visited_on: str
    visited_at: str
    remark: str | None


def current_round(connection: Connection, scope: str = "") -> Round | None:
    """The round that was opened last and is not retired; with `scope` the last one of a division."""
    return rounds.current(connection, scope)


def of_employer(connection: Connection, employer: bytes) -> list[VisitRow]:
    """All visits to an employer and its duplicates, newest first; none is ever overwritten."""
    unit = facts.survivor(connection, "employer", employer)
    family = facts.with_duplicates(connection, unit)
    rows = connection.execute(
        "SELECT id, outcome, visited_on, visited_at, remark FROM visit"
        f" WHERE employer IN ({', '.join('?' * len(family))}) AND retired_on IS NULL"
        " ORDER BY visited_on DESC, n DESC",
        family,
    )
    return [VisitRow(*row) for row in rows]


def unchanged_on(connection: Connection, employer: bytes, current: bytes, day: str) -> bool:
    """Whether a call at which nothing had changed is noted for a unit and a day of a round."""
    family = facts.with_duplicates(connection, employer)
    found = connection.execute(
        f"SELECT 1 FROM visit WHERE employer IN ({', '.join('?' * len(family))}) AND round = ?"
        " AND visited_on = ? AND unchanged = 1 AND channel = 'phone' AND retired_on IS NULL",
        (*family, current, day),
    ).fetchone()
    return found is not None


@dataclass(frozen=True)
class Made:
    """A visit as it was written down, in use or not."""

    id: bytes
    employer: bytes | None
    round: bytes
    outcome: str
    visited_on: str
    channel: str
    companions: str
    person_met: str
    remark: str
    retired: bool


def visit_by_id(connection: Connection, row: bytes) -> Made | None:
    """The visit with this id, also when it is out of use; its unit as redirects lead today."""
    found = connection.execute(
        "SELECT id, employer, round, outcome, visited_on, coalesce(channel, ''),"
        " coalesce(companions, ''), coalesce(person_met, ''), coalesce(remark, ''),"
        " retired_on IS NOT NULL FROM visit WHERE id = ?",
        (row,),
    ).fetchone()
    if found is None:
        return None
    visit, employer, current, outcome, on, channel, companions, met, remark, retired = found
    unit = facts.survivor(connection, "employer", employer) if employer else None
    return Made(visit, unit, current, outcome, on, channel, companions, met, remark, bool(retired))


def facts_of(connection: Connection, row: bytes) -> list[bytes]:
    """The facts told on a visit that are in use."""
    rows = connection.execute(
        "SELECT id FROM fact WHERE visit = ? AND retired_on IS NULL ORDER BY n", (row,)
    )
    return [fact for (fact,) in rows]


def told_on(connection: Connection, row: bytes) -> list[Fact]:
    """What was told on a visit and is in use, in the order it was written."""
    rows = connection.execute(
        "SELECT id, field, value, source, observed_on FROM fact"
        " WHERE visit = ? AND retired_on IS NULL ORDER BY n",
        (row,),
    )
    return [Fact(*fact) for fact in rows]


def ever_told_on(connection: Connection, row: bytes) -> dict[str, str]:
    """What was told on a visit by field, in use or not."""
    rows = connection.execute("SELECT field, value FROM fact WHERE visit = ?", (row,))
    return dict(rows.fetchall())


IN_USE = (
    "(WITH RECURSIVE line (id) AS (SELECT {row} UNION"
    " SELECT c.id FROM line l JOIN visit c ON c.corrects = l.id)"
    " SELECT u.id FROM line l JOIN visit u ON u.id = l.id WHERE u.retired_on IS NULL"
    " ORDER BY u.n DESC LIMIT 1)"
)
"""The visit in use for the visit `row`: itself, or what corrects it, or corrects that."""


def is_corrected(connection: Connection, row: bytes) -> bool:
    """Whether another visit stands in the place of this one, corrections of corrections followed."""
    sql = f"SELECT {IN_USE.format(row=':row')} <> :row"
    return bool(connection.execute(sql, {"row": row}).fetchone()[0])


def all_facts_of(connection: Connection, row: bytes) -> list[bytes]:
    """The facts told on a visit, also those out of use."""
    rows = connection.execute("SELECT id FROM fact WHERE visit = ? ORDER BY n", (row,))
    return [fact for (fact,) in rows]


def empty_places(connection: Connection, current: bytes) -> set[bytes]:
    """The places of which somebody said in the round that no unit is there (已走访无单位).

    Said of a place that has become another's duplicate, it is said of that one.
    """
    rows = connection.execute(
        "SELECT place FROM visit WHERE round = ? AND outcome = ? AND employer IS NULL"
        " AND retired_on IS NULL AND place IS NOT NULL",
        (current, Outcome.NO_UNIT),
    ).fetchall()
    return {facts.survivor(connection, "place", place) for (place,) in rows}
