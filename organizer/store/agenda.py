"""What waits to be done, counted: doors due, promises, applications, missing papers, the round."""

from dataclasses import dataclass

from organizer.store.driver import Connection
from organizer.store.scope import LIVE, WITHIN, within

# Nobody came back with an answer after this was said.
_STANDING = (
    "NOT EXISTS (SELECT 1 FROM visit v WHERE v.employer = e.id AND v.retired_on IS NULL"
    " AND v.outcome <> '2' AND (v.visited_on > f.observed_on OR v.visited_on = f.observed_on"
    " AND v.n > coalesce((SELECT own.n FROM visit own WHERE own.id = f.visit), v.n)))"
)


@dataclass(frozen=True)
class Due:
    """Something said at a door that waits: a next visit's day or a promise."""

    employer: bytes
    name: str
    value: str
    said_on: str


def standing(connection: Connection, field: str, scope: str, upto: str | None = None) -> list[Due]:
    """Current facts of a field that no later visit has answered; with `upto` the days until then."""
    rows = connection.execute(
        "SELECT e.id, e.name, f.value, f.observed_on FROM fact_now w"
        " JOIN fact f ON f.id = w.fact JOIN employer e ON e.id = w.employer"
        f" WHERE w.field = :field AND f.value <> '' AND {LIVE} AND {WITHIN} AND {_STANDING}"
        " AND (:upto IS NULL OR f.value <= :upto) ORDER BY f.value, f.observed_on, e.n",
        {"field": field, "upto": upto, **within(scope)},
    )
    return [Due(*row) for row in rows]


def outcomes(connection: Connection, current: bytes, scope: str) -> dict[str, int]:
    """How many units stand at which outcome in a round, by its digit; "" are those never visited."""
    rows = connection.execute(
        "SELECT outcome, count(*) FROM (SELECT coalesce((SELECT v.outcome FROM visit v"
        " WHERE v.employer = e.id AND v.round = :round AND v.retired_on IS NULL"
        " ORDER BY v.visited_on DESC, v.n DESC LIMIT 1), '') AS outcome"
        f" FROM employer e WHERE {LIVE} AND {WITHIN}) GROUP BY outcome",
        {"round": current, **within(scope)},
    )
    return dict(rows.fetchall())


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
