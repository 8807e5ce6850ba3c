"""What two rounds tell apart: units that came, and what was told of a unit before and within one."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from organizer.domain.access import DEPARTMENTS
from organizer.domain.fact import Fact
from organizer.domain.visit import Outcome
from organizer.store.driver import Connection
from organizer.store.scope import LIVE, SAME, SEAT, WITHIN, within

FIELDS = ("operating_state", "union_state", "staff_total")
"""The fields that are compared."""

_LISTED = ", ".join(f"'{field}'" for field in FIELDS)
_APART = ", ".join(f"'{source}'" for source in sorted(DEPARTMENTS))


@dataclass(frozen=True)
class Unit:
    """A unit that is told apart; `n` counts in the order in which units were recorded."""

    n: int
    id: bytes
    name: str


@dataclass(frozen=True)
class Told:
    """All that was told of one field of a unit until a day, in any order."""

    unit: Unit
    field: str
    facts: tuple[Fact, ...]


def arrived(
    connection: Connection, current: bytes, scope: str, since: str | None, upto: str
) -> Iterator[tuple[Unit, bool]]:
    """Units met as new (7) in a round and, after an instant, those otherwise recorded until another.

    With each whether it was met at a door. Who was visited in an earlier round is not new.
    """
    rows = connection.execute(
        "SELECT e.n, e.id, coalesce(e.name, ''), EXISTS (SELECT 1 FROM visit v"
        f" WHERE v.employer {SAME} AND v.round = :round AND v.outcome = :new"
        " AND v.retired_on IS NULL) AS met FROM employer e WHERE (met OR e.id IN ("
        "SELECT c.row FROM change c JOIN writes w ON w.n = c.write_n WHERE :since IS NOT NULL"
        " AND c.tbl = 'employer' AND c.op = 'insert' AND w.at >= :since AND w.at < :upto)"
        f" AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.employer {SAME}"
        f" AND v.round IS NOT :round AND v.retired_on IS NULL)) AND {LIVE} AND {WITHIN}",
        {"round": current, "new": Outcome.NEW, "since": since, "upto": upto, **within(scope)},
    )
    for *unit, met in rows:
        yield Unit(*unit), bool(met)


def told(connection: Connection, scope: str, since: str, upto: str) -> Iterator[Told]:
    """What was told of the compared fields until a day, of units told something of from `since` on.

    Figures of other departments are left out: they are no answers.
    """
    rows = connection.execute(
        "SELECT e.n, e.id, coalesce(e.name, ''), f.id, f.field, f.value, f.source, f.observed_on"
        # In this order: the other way round every fact ever told would be looked at.
        " FROM fact_now w CROSS JOIN fact n ON n.id = w.told"
        " CROSS JOIN employer e ON e.id = w.employer"
        f" CROSS JOIN employer d ON d.id {SAME}"
        " CROSS JOIN fact f ON f.employer = d.id AND f.field = w.field"
        f" WHERE w.field IN ({_LISTED}) AND n.observed_on >= :since AND f.observed_on <= :upto"
        f" AND f.retired_on IS NULL AND f.source NOT IN ({_APART}) AND {LIVE} AND {WITHIN}"
        " ORDER BY w.employer, w.field",
        {"since": since, "upto": upto, **within(scope)},
    )
    for (*unit, field), facts in groupby(rows, key=lambda row: (*row[:3], row[4])):
        yield Told(Unit(*unit), field, tuple(Fact(*row[3:]) for row in facts))


def places_of(connection: Connection, employers: Iterable[bytes]) -> dict[bytes, bytes]:
    """The places at which these units are now; those without one are left out."""
    rows = connection.execute(
        "SELECT o.employer, o.place FROM json_each(?) j JOIN occupancy o"
        f" ON o.employer = unhex(j.value) WHERE {SEAT}",
        (json.dumps([row.hex() for row in employers]),),
    )
    return dict(rows.fetchall())
