"""What waits to be done, counted: doors due, promises, applications, missing papers, the round."""

from collections.abc import Sequence
from dataclasses import dataclass

from organizer.domain.visit import Outcome
from organizer.store.driver import Connection
from organizer.store.efforts import CLOSED
from organizer.store.scope import LIVE, SAME, SURVIVOR, WITHIN, within

# Nobody came back with an answer after this was said; a call at which nothing had changed is none.
_STANDING = f"""
    NOT EXISTS (SELECT 1 FROM visit v WHERE v.employer {SAME} AND v.retired_on IS NULL
    AND v.visited_on >= f.observed_on AND v.outcome <> '2'
    AND NOT (v.unchanged IS 1 AND v.channel IS 'phone') AND (v.visited_on > f.observed_on
    OR v.visited_on = f.observed_on
    AND v.n > coalesce((SELECT own.n FROM visit own WHERE own.id = f.visit), v.n)))
"""


@dataclass(frozen=True)
class Due:
    """Something said at a door that waits: a next visit's day, or a promise with its day if any."""

    employer: bytes
    name: str
    value: str
    said_on: str
    due_on: str = ""


def revisits(connection: Connection, scope: str, upto: str) -> list[Due]:
    """The units to be visited again by a day, the most overdue first; later answers settle them."""
    rows = connection.execute(
        "SELECT e.id, e.name, f.value, f.observed_on, f.value FROM fact_now w"
        " JOIN fact f ON f.id = w.fact JOIN employer e ON e.id = w.employer"
        " WHERE w.field = 'next_visit_on' AND f.value BETWEEN '0' AND :upto"
        f" AND {LIVE} AND {WITHIN} AND {_STANDING} ORDER BY f.value, f.observed_on, e.n",
        {"upto": upto, **within(scope)},
    )
    return [Due(*row) for row in rows]


_PROMISES = (
    "SELECT e.id, e.name, f.value, f.observed_on, coalesce((SELECT d.value FROM fact_now x"
    " JOIN fact d ON d.id = x.fact WHERE x.employer = w.employer AND x.field = 'promised_on'"
    " AND d.visit IS f.visit AND d.observed_on = f.observed_on), '') AS due"
    " FROM fact_now w JOIN fact f ON f.id = w.fact JOIN employer e ON e.id = w.employer"
    f" WHERE w.field = 'promise' AND f.value <> '' AND {LIVE} AND {_STANDING}"
)


def promises(connection: Connection, scope: str, upto: str) -> list[Due]:
    """Promises that no later visit has settled: those due by a day, then those without a day."""
    rows = connection.execute(
        f"{_PROMISES} AND {WITHIN} AND due <= :upto ORDER BY due = '', due, f.observed_on, e.n",
        {"upto": upto, **within(scope)},
    )
    return [Due(*row) for row in rows]


def promise_of(connection: Connection, employer: bytes) -> Due | None:
    """The promise of a unit that no later visit has settled."""
    found = connection.execute(f"{_PROMISES} AND e.id = ?", (employer,)).fetchone()
    return Due(*found) if found else None


@dataclass(frozen=True)
class Shut:
    """A door at which nobody was met in the round, on so many days; `place` is where it is."""

    employer: bytes
    name: str
    place: bytes | None
    days: int


def shut(connection: Connection, current: bytes, scope: str, days: int) -> list[Shut]:
    """Doors tried on at least so many days of a round, always in vain, and not closed since."""
    rows = connection.execute(
        f"SELECT e.id, e.name, (SELECT v.place FROM visit v WHERE v.employer {SAME}"
        " AND v.round = :round AND v.retired_on IS NULL LIMIT 1), t.days"
        f" FROM (SELECT {SURVIVOR} AS employer, count(DISTINCT visited_on) AS days FROM visit v"
        " WHERE round = :round AND retired_on IS NULL AND v.employer IS NOT NULL GROUP BY 1"
        " HAVING days >= :days AND min(outcome) = :nobody AND max(outcome) = :nobody) t"
        f" JOIN employer e ON e.id = t.employer WHERE {LIVE} AND {WITHIN} AND NOT {CLOSED}"
        " ORDER BY t.days DESC, e.n",
        {"round": current, "days": days, "nobody": Outcome.NOBODY, **within(scope)},
    )
    return [Shut(*row) for row in rows]


def outcomes(connection: Connection, current: bytes, scope: str) -> dict[str, int]:
    """How many units stand at which outcome in a round, by its digit; "" are those never visited."""
    rows = connection.execute(
        # What was found at the door, else that nobody was; of that the day, and what came last.
        f"SELECT t.outcome, count(*) FROM (SELECT {SURVIVOR} AS employer, outcome,"
        " max((outcome <> '2') || visited_on || printf('%012d', n)) FROM visit v WHERE round = :round"
        " AND retired_on IS NULL AND v.employer IS NOT NULL GROUP BY 1) t"
        f" JOIN employer e ON e.id = t.employer WHERE {LIVE} AND {WITHIN} GROUP BY t.outcome",
        {"round": current, **within(scope)},
    )
    found = dict(rows.fetchall())
    (total,) = connection.execute(
        f"SELECT count(*) FROM employer e WHERE {LIVE} AND {WITHIN}", within(scope)
    ).fetchone()
    return {**found, "": total - sum(found.values())}


def names(connection: Connection, employers: Sequence[bytes]) -> list[str]:
    """What these units are called, in this order."""
    found = (
        connection.execute("SELECT name FROM employer WHERE id = ?", (row,)).fetchone()
        for row in employers
    )
    return [row[0] or "" for row in found if row]


def units(connection: Connection) -> int:
    """How many units the office knows."""
    (count,) = connection.execute(f"SELECT count(*) FROM employer e WHERE {LIVE}").fetchone()
    return int(count)


def waiting(connection: Connection, scope: str) -> tuple[int, str]:
    """How many applications wait for approval, and the day of the oldest."""
    count, oldest = connection.execute(
        "SELECT count(*), min(m.applied_on) FROM membership m"
        " LEFT JOIN union_org u ON u.id = m.union_org"
        " WHERE m.state = 'pending' AND m.retired_on IS NULL"
        " AND coalesce(u.division_code, :low) BETWEEN :low AND :high",
        within(scope),
    ).fetchone()
    return count, oldest or ""


_NUMBERLESS = (
    " FROM person p JOIN membership m ON m.person = p.id"
    " LEFT JOIN union_org u ON u.id = m.union_org"
    " WHERE p.id_number IS NULL AND p.erased_on IS NULL AND p.retired_on IS NULL"
    " AND p.merged_into IS NULL"
    " AND m.retired_on IS NULL AND m.state IN ('pending', 'full', 'temporary')"
    " AND coalesce(u.division_code, :low) BETWEEN :low AND :high"
)


def without_id_number(connection: Connection, scope: str) -> int:
    """How many members or applicants have not handed in an id number."""
    (count,) = connection.execute(
        f"SELECT count(DISTINCT p.id){_NUMBERLESS}", within(scope)
    ).fetchone()
    return int(count)


def numberless(connection: Connection, scope: str) -> list[int]:
    """The local numbers of their memberships, one for each person, oldest first."""
    rows = connection.execute(
        f"SELECT min(m.n) AS first{_NUMBERLESS} GROUP BY p.id ORDER BY first", within(scope)
    )
    return [n for (n,) in rows]


def interrupted(connection: Connection) -> list[str]:
    """The files whose import was begun and not finished; "" when nothing of one was saved yet."""
    rows = connection.execute(
        "SELECT coalesce((SELECT w.source FROM writes w WHERE w.run = r.id LIMIT 1), '')"
        " FROM run r WHERE r.state = 'running' AND r.name = 'import' ORDER BY r.started_at"
    )
    return [source for (source,) in rows]
