"""What the weekly report counts from: units with their doors, and every dated row about them.

Rows are read whole, once, and put into sets by day in memory: three ends of weeks are asked of each.
Rows of a unit that was merged into another count for that one. A unit is known from the day its first
door was taken (`since_on`); from when one without a door is known, no row tells, so it always counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from organizer.domain.fact import Fact
from organizer.domain.round import Round
from organizer.store.driver import Connection
from organizer.store.facts import survivor

COUNTED_FIELDS = (
    "staff_total", "member_count", "union_state", "union_founded_on", "operating_state",
)  # fmt: skip
"""The facts that decide where a unit is counted."""

_SEEN = (
    "NOT EXISTS (SELECT 1 FROM unfinished u JOIN run r ON r.id = u.run"
    " WHERE u.row = e.id AND r.state = 'running')"
)


@dataclass(frozen=True)
class Unit:
    """An employer that is or was in use; days as ISO texts, "" for not known or not yet."""

    id: bytes
    name: str
    since: str
    retired_on: str
    place: bytes | None


@dataclass(frozen=True)
class Seen:
    """One visit of the round: on which day, entered when, with what outcome."""

    on: str
    at: str
    outcome: str


@dataclass(frozen=True)
class Application:
    """A membership that was asked for: the day, and the day and state it was decided to."""

    membership: bytes
    employer: bytes | None
    division_code: str
    applied_on: str
    decided_on: str
    state: str


@dataclass(frozen=True)
class Material:
    """Everything a report is counted from, by unit."""

    units: Mapping[bytes, Unit]
    facts: Mapping[bytes, Sequence[Fact]]
    visits: Mapping[bytes, Sequence[Seen]]
    closed_at: Mapping[bytes, Sequence[str]]
    applications: Sequence[Application]


def material(connection: Connection, current: Round, until: date, since: date) -> Material:
    """What happened until a day in a round, and to memberships from `since` on."""
    merged = _survivors(connection)
    return Material(
        _units(connection, until.isoformat()),
        _facts(connection, merged),
        _visits(connection, current.id, merged),
        _closings(connection, current.id, merged),
        _applications(connection, since.isoformat(), merged),
    )


def _survivors(connection: Connection) -> dict[bytes, bytes]:
    """The unit each merged one leads to."""
    rows = connection.execute("SELECT id FROM employer WHERE merged_into IS NOT NULL").fetchall()
    return {row: survivor(connection, "employer", row) for (row,) in rows}


def names(connection: Connection, table: str, rows: Iterable[bytes]) -> dict[bytes, str]:
    """The names of employers, or of the people of memberships."""
    sql = {
        "employer": "SELECT id, name FROM employer WHERE id = ?",
        "membership": "SELECT m.id, p.name FROM membership m JOIN person p ON p.id = m.person"
        " WHERE m.id = ?",
    }[table]
    found = (connection.execute(sql, (row,)).fetchone() for row in rows)
    return {one[0]: one[1] or "" for one in found if one}


def people_of(connection: Connection, memberships: Iterable[bytes]) -> dict[bytes, bytes]:
    """The person of each membership."""
    found = {}
    for row in memberships:
        (person,) = connection.execute(
            "SELECT person FROM membership WHERE id = ?", (row,)
        ).fetchone()
        found[row] = person
    return found


def _units(connection: Connection, until: str) -> dict[bytes, Unit]:
    """Those in use or retired since, each at the door behind which it sat on that day."""
    doors, first = _doors(connection, until)
    rows = connection.execute(
        f"SELECT e.id, e.name, e.retired_on FROM employer e WHERE e.merged_into IS NULL AND {_SEEN}"
        " ORDER BY e.n"
    )
    return {
        row: Unit(row, name or "", first.get(row, ""), retired or "", doors.get(row))
        for row, name, retired in rows
    }


def _doors(connection: Connection, until: str) -> tuple[dict[bytes, bytes], dict[bytes, str]]:
    """The place of each unit at the end of a day, of several the newest, and since when it has one."""
    places: dict[bytes, bytes] = {}
    first: dict[bytes, str] = {}
    for employer, place, since, ended in connection.execute(
        "SELECT employer, place, coalesce(since_on, ''), coalesce(until_on, '') FROM occupancy"
        " WHERE retired_on IS NULL ORDER BY since_on, n"
    ):
        first.setdefault(employer, since)
        if since <= until and (not ended or ended > until):
            places[employer] = place
    return places, first


def _facts(connection: Connection, merged: Mapping[bytes, bytes]) -> dict[bytes, list[Fact]]:
    marks = ", ".join("?" * len(COUNTED_FIELDS))
    found: defaultdict[bytes, list[Fact]] = defaultdict(list)
    for employer, *fact in connection.execute(
        "SELECT employer, id, field, value, source, observed_on FROM fact"
        f" WHERE field IN ({marks}) AND retired_on IS NULL",
        COUNTED_FIELDS,
    ):
        found[merged.get(employer, employer)].append(Fact(*fact))
    return dict(found)


def _visits(
    connection: Connection, current: bytes, merged: Mapping[bytes, bytes]
) -> dict[bytes, list[Seen]]:
    found: defaultdict[bytes, list[Seen]] = defaultdict(list)
    for employer, *seen in connection.execute(
        "SELECT employer, visited_on, visited_at, outcome FROM visit WHERE round = ?"
        " AND employer IS NOT NULL AND retired_on IS NULL ORDER BY visited_on, n",
        (current,),
    ):
        found[merged.get(employer, employer)].append(Seen(*seen))
    return dict(found)


def _closings(
    connection: Connection, current: bytes, merged: Mapping[bytes, bytes]
) -> dict[bytes, list[str]]:
    found: defaultdict[bytes, list[str]] = defaultdict(list)
    for employer, at in connection.execute(
        "SELECT employer, closed_at FROM effort WHERE round = ? AND retired_on IS NULL", (current,)
    ):
        found[merged.get(employer, employer)].append(at)
    return dict(found)


def _applications(
    connection: Connection, since: str, merged: Mapping[bytes, bytes]
) -> list[Application]:
    """Those that wait, and those decided since that day; each membership once."""
    rows = connection.execute(
        "SELECT m.id, m.employer, coalesce(u.division_code, ''), coalesce(m.applied_on, ''),"
        " s.on_day, s.to_state FROM membership_step s JOIN membership m ON m.id = s.membership"
        " LEFT JOIN union_org u ON u.id = m.union_org WHERE s.from_state = 'pending'"
        " AND s.retired_on IS NULL AND s.on_day >= ? AND m.retired_on IS NULL"
        " UNION ALL SELECT m.id, m.employer, coalesce(u.division_code, ''),"
        " coalesce(m.applied_on, ''), '', '' FROM membership m"
        " LEFT JOIN union_org u ON u.id = m.union_org"
        " WHERE m.state = 'pending' AND m.retired_on IS NULL",
        (since,),
    )
    found = {
        row: Application(row, merged.get(employer, employer), *rest)
        for row, employer, *rest in rows
    }
    return list(found.values())
