"""What the weekly report counts from: units with their doors, and every dated row about them.

What nothing was observed of since the earliest day asked about stands as it is kept (`fact_now`); the
history is read of the others, and of those that have a union: since when is asked of them. Rows of a
unit that was merged into another count for that one. A unit is known from the day its first
door was taken (`since_on`); from when one without a door is known, no row tells, so it always counts.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from organizer.domain.effort import SHUT
from organizer.domain.fact import Fact
from organizer.domain.round import Round
from organizer.domain.union_org import FOUNDED
from organizer.domain.visit import Outcome
from organizer.store import facts
from organizer.store.driver import Connection

COUNTED_FIELDS = (
    "staff_total", "member_count", "union_state", "union_founded_on", "operating_state",
)  # fmt: skip
"""The facts that decide where a unit is counted."""

_SEEN = (
    "NOT EXISTS (SELECT 1 FROM unfinished u JOIN run r ON r.id = u.run"
    " WHERE u.row = e.id AND r.state = 'running')"
)


class Unit(NamedTuple):
    """An employer that is or was in use; days as ISO texts, "" for not known or not yet."""

    since: str
    retired_on: str
    place: bytes | None


class Answer(NamedTuple):
    """A visit of the round at which somebody answered: on which day, entered when."""

    on: str
    at: str


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
    """Everything a report is counted from, by unit.

    `shown` are the values kept, for all the days asked about the same in a unit without `facts`.
    `reached_on` is the first day on which somebody or something final was found, `answers` are told
    of closed doors only.
    """

    units: Mapping[bytes, Unit]
    shown: Mapping[bytes, Mapping[str, str]]
    facts: Mapping[bytes, Sequence[Fact]]
    reached_on: Mapping[bytes, str]
    closed_at: Mapping[bytes, Sequence[str]]
    answers: Mapping[bytes, Sequence[Answer]]
    applications: Sequence[Application]


def material(connection: Connection, current: Round, ends: Sequence[date]) -> Material:
    """What is asked of the ends of several weeks in a round, the report's own first."""
    merged, earliest = facts.merged(connection), ends[-1]
    closed_at = _closings(connection, current.id, merged)
    shown = _shown(connection)
    return Material(
        _units(connection, ends[0].isoformat()),
        shown,
        _facts(connection, earliest.isoformat(), shown, merged),
        _reached_on(connection, current.id, merged),
        closed_at,
        _answers(connection, current.id, closed_at, merged),
        _applications(connection, min(current.starts_on, earliest).isoformat(), merged),
    )


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
        "SELECT e.id, coalesce(e.retired_on, '') FROM employer e"
        f" WHERE e.merged_into IS NULL AND {_SEEN} ORDER BY e.n"
    )
    return {row: Unit(first.get(row, ""), retired, doors.get(row)) for row, retired in rows}


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


_COUNTED = ", ".join(f"'{name}'" for name in COUNTED_FIELDS)
_SHUT = ", ".join(f"'{outcome}'" for outcome in sorted(SHUT))


def _shown(connection: Connection) -> dict[bytes, dict[str, str]]:
    found: defaultdict[bytes, dict[str, str]] = defaultdict(dict)
    for employer, name, value in connection.execute(
        "SELECT w.employer, w.field, f.value FROM fact_now w JOIN fact f ON f.id = w.fact"
        f" WHERE w.field IN ({_COUNTED})"
    ):
        found[employer][name] = value
    return dict(found)


def _facts(
    connection: Connection,
    day: str,
    shown: Mapping[bytes, Mapping[str, str]],
    merged: Mapping[bytes, bytes],
) -> dict[bytes, list[Fact]]:
    """What was ever observed of units of which something was observed after a day, or with a union."""
    rows = connection.execute(
        f"SELECT DISTINCT employer FROM fact WHERE field IN ({_COUNTED}) AND retired_on IS NULL"
        " AND observed_on > ?",
        (day,),
    )
    units = {merged.get(row, row) for (row,) in rows}
    units |= {row for row, values in shown.items() if values.get("union_state") in FOUNDED}
    found: defaultdict[bytes, list[Fact]] = defaultdict(list)
    for employer, *fact in connection.execute(
        "SELECT f.employer, f.id, f.field, f.value, f.source, f.observed_on FROM json_each(?) j"
        " CROSS JOIN fact f ON f.employer = unhex(j.value)"
        f" WHERE f.field IN ({_COUNTED}) AND f.retired_on IS NULL",
        (_families(units, merged),),
    ):
        found[merged.get(employer, employer)].append(Fact(*fact))
    return dict(found)


def _families(units: Iterable[bytes], merged: Mapping[bytes, bytes]) -> str:
    """These units and those merged into them, for `json_each`."""
    rows = set(units)
    rows |= {row for row, into in merged.items() if into in rows}
    return json.dumps([row.hex() for row in rows])


def _reached_on(
    connection: Connection, current: bytes, merged: Mapping[bytes, bytes]
) -> dict[bytes, str]:
    found: dict[bytes, str] = {}
    for employer, day in connection.execute(
        "SELECT employer, min(visited_on) FROM visit WHERE round = ? AND retired_on IS NULL"
        " AND outcome <> ? AND employer IS NOT NULL GROUP BY employer",
        (current, Outcome.NOBODY),
    ):
        row = merged.get(employer, employer)
        found[row] = min(day, found.get(row, day))
    return found


def _answers(
    connection: Connection,
    current: bytes,
    units: Iterable[bytes],
    merged: Mapping[bytes, bytes],
) -> dict[bytes, list[Answer]]:
    """The visits to these units at which the door did not stay shut."""
    found: defaultdict[bytes, list[Answer]] = defaultdict(list)
    for employer, *seen in connection.execute(
        "SELECT v.employer, v.visited_on, v.visited_at FROM json_each(?) j"
        " CROSS JOIN visit v ON v.employer = unhex(j.value) AND v.round = ?"
        f" WHERE v.retired_on IS NULL AND v.outcome NOT IN ({_SHUT})",
        (_families(units, merged), current),
    ):
        found[merged.get(employer, employer)].append(Answer(*seen))
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
