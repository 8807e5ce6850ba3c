"""Unions in their tree, and which employers they cover since when (覆盖)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from organizer.domain.member import ACTIVE
from organizer.store import facts
from organizer.store.driver import Connection
from organizer.store.scope import UNION_WITHIN, within


@dataclass(frozen=True)
class UnionLine:
    """A union as a list shows it; `members` counts full, temporary and moving memberships."""

    id: bytes
    parent: bytes | None
    name: str
    org_type: str
    level: str
    division_code: str
    members: int
    units: int


@dataclass(frozen=True)
class CoverageRow:
    """That a union covers an employer; days as ISO text, `until_on` "" while it does."""

    id: bytes
    employer: bytes
    employer_name: str
    union_org: bytes
    union_name: str
    kind: str
    since_on: str
    until_on: str


_COVERAGE = (
    "SELECT k.id, k.employer, coalesce(e.name, ''), k.union_org, coalesce(u.name, ''),"
    " coalesce(k.kind, ''), coalesce(k.since_on, ''), coalesce(k.until_on, '') FROM coverage k"
    " JOIN employer e ON e.id = k.employer JOIN union_org u ON u.id = k.union_org"
    " WHERE k.retired_on IS NULL"
)


def lines(connection: Connection, scope: str) -> list[UnionLine]:
    """The live unions of a division, those above first."""
    rows = connection.execute(
        "SELECT u.id, u.parent, coalesce(u.name, ''), coalesce(u.org_type, ''),"
        " coalesce(u.level, ''), coalesce(u.division_code, ''), (SELECT count(*) FROM membership m"
        " WHERE m.union_org = u.id AND m.state IN ('full', 'temporary', 'moving')"
        " AND m.retired_on IS NULL), (SELECT count(*) FROM coverage k WHERE k.union_org = u.id"
        " AND k.until_on IS NULL AND k.retired_on IS NULL) FROM union_org u"
        f" WHERE u.retired_on IS NULL AND u.merged_into IS NULL AND {UNION_WITHIN}"
        " ORDER BY u.division_code, u.n",
        within(scope),
    )
    return [UnionLine(*row) for row in rows]


class Holdings(NamedTuple):
    """What keeps a union in use: members not ended, units it covers, unions right below it."""

    members: int
    units: int
    unions: int


def holdings(connection: Connection, union: bytes) -> Holdings:
    """What a union still has."""
    states = ", ".join(f"'{state}'" for state in sorted(ACTIVE))
    counts = connection.execute(
        "SELECT (SELECT count(*) FROM membership WHERE union_org = :union AND retired_on IS NULL"
        f" AND state IN ({states})), (SELECT count(*) FROM coverage WHERE union_org = :union"
        " AND until_on IS NULL AND retired_on IS NULL), (SELECT count(*) FROM union_org"
        " WHERE parent = :union AND retired_on IS NULL AND merged_into IS NULL)",
        {"union": union},
    ).fetchone()
    return Holdings(*counts)


def above(connection: Connection, union: bytes) -> Iterator[bytes]:
    """The unions above one, nearest first; ends where the chain would begin again."""
    seen = {union}
    while True:
        found = connection.execute("SELECT parent FROM union_org WHERE id = ?", (union,)).fetchone()
        if found is None or found[0] is None or found[0] in seen:
            return
        union = facts.survivor(connection, "union_org", found[0])
        seen.add(union)
        yield union


def named(connection: Connection, name: str, but: bytes | None = None) -> bool:
    """Whether another live union has this full name."""
    found = connection.execute(
        "SELECT 1 FROM union_org WHERE name = ? AND id IS NOT ? AND retired_on IS NULL"
        " AND merged_into IS NULL LIMIT 1",
        (name, but),
    ).fetchone()
    return found is not None


def coverage_of(connection: Connection, employer: bytes) -> list[CoverageRow]:
    """Who covers an employer and its duplicates, and who did, newest first."""
    family = facts.with_duplicates(connection, employer)
    marks = ", ".join("?" * len(family))
    rows = connection.execute(
        f"{_COVERAGE} AND k.employer IN ({marks}) ORDER BY k.until_on IS NOT NULL, k.since_on DESC,"
        " k.n DESC",
        tuple(family),
    )
    return [CoverageRow(*row) for row in rows]


def covered_by(connection: Connection, union: bytes) -> list[CoverageRow]:
    """The employers a union covers today, by name."""
    rows = connection.execute(
        f"{_COVERAGE} AND k.union_org = ? AND k.until_on IS NULL ORDER BY e.name, k.n", (union,)
    )
    return [CoverageRow(*row) for row in rows]


def nearby(connection: Connection, division_code: str) -> str:
    """The joint, industry or regional union of a community or village; "" for none."""
    found = connection.execute(
        "SELECT name FROM union_org WHERE division_code = ? AND org_type IN ('2', '3', '4')"
        " AND retired_on IS NULL AND merged_into IS NULL AND length(division_code) = 12"
        " ORDER BY org_type, n LIMIT 1",
        (division_code,),
    ).fetchone()
    return str(found[0]) if found and found[0] else ""
