"""Unions in their tree, and which employers they cover since when (覆盖)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from organizer.domain.member import ACTIVE
from organizer.store import facts
from organizer.store.driver import Connection
from organizer.store.members import Record, union_by_id
from organizer.store.scope import SAME_UNION, UNION_WITHIN, within


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


_LINES = (
    "SELECT u.id, u.parent, coalesce(u.name, ''), coalesce(u.org_type, ''),"
    " coalesce(u.level, ''), coalesce(u.division_code, ''), (SELECT count(*) FROM membership m"
    f" WHERE m.union_org {SAME_UNION} AND m.state IN ('full', 'temporary', 'moving')"
    f" AND m.retired_on IS NULL), (SELECT count(*) FROM coverage k WHERE k.union_org {SAME_UNION}"
    " AND k.until_on IS NULL AND k.retired_on IS NULL) FROM union_org u"
    " WHERE u.retired_on IS NULL AND u.merged_into IS NULL"
)


def marks(values: Sequence[object]) -> str:
    """A mark for each value of an SQL list."""
    return ", ".join("?" * len(values))


def dated(connection: Connection, scope: str, today: str) -> list[Record]:
    """The live unions of a division with a term or certificate that ends within a year or has ended,
    or that were founded within the last two."""
    rows = connection.execute(
        "SELECT u.id FROM union_org u WHERE u.retired_on IS NULL AND u.merged_into IS NULL"
        f" AND {UNION_WITHIN} AND (u.term_until < date(:today, '+1 year')"
        " OR u.certificate_until < date(:today, '+1 year')"
        " OR u.founded_on > date(:today, '-2 years')) ORDER BY u.n",
        {**within(scope), "today": today},
    ).fetchall()
    found = (union_by_id(connection, row) for (row,) in rows)
    return [union for union in found if union is not None]


def family(connection: Connection, union: bytes) -> list[bytes]:
    """A union and the duplicates redirected to it."""
    return facts.with_duplicates(connection, union, "union_org")


def lines(connection: Connection, scope: str) -> list[UnionLine]:
    """The live unions of a division, those above first."""
    rows = connection.execute(
        f"{_LINES} AND {UNION_WITHIN} ORDER BY u.division_code, u.n", within(scope)
    )
    return [UnionLine(*row) for row in rows]


def below(connection: Connection, union: bytes) -> list[UnionLine]:
    """The unions right below one."""
    rows = family(connection, union)
    found = connection.execute(
        f"{_LINES} AND u.parent IN ({marks(rows)}) ORDER BY u.division_code, u.n", rows
    )
    return [UnionLine(*row) for row in found]


class Holdings(NamedTuple):
    """What keeps a union in use: members not ended, units it covers, unions right below it."""

    members: int
    units: int
    unions: int


def holdings(connection: Connection, union: bytes) -> Holdings:
    """What a union still has."""
    states = ", ".join(f"'{state}'" for state in sorted(ACTIVE))
    counts = connection.execute(
        "SELECT (SELECT count(*) FROM membership m WHERE m.retired_on IS NULL"
        f" AND m.union_org {SAME_UNION} AND m.state IN ({states})),"
        f" (SELECT count(*) FROM coverage k WHERE k.union_org {SAME_UNION}"
        " AND k.until_on IS NULL AND k.retired_on IS NULL), (SELECT count(*) FROM union_org b"
        f" WHERE b.parent {SAME_UNION} AND b.retired_on IS NULL AND b.merged_into IS NULL)"
        " FROM union_org u WHERE u.id = ?",
        (union,),
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


def coded(connection: Connection, field: str, code: str, but: bytes | None) -> str:
    """The name of another live union with this code in `field`; "" for none."""
    found = connection.execute(
        f"SELECT coalesce(name, '') FROM union_org WHERE {field} = ? AND id IS NOT ?"
        " AND retired_on IS NULL AND merged_into IS NULL LIMIT 1",
        (code, but),
    ).fetchone()
    return str(found[0]) if found else ""


def coverage_of(connection: Connection, employer: bytes) -> list[CoverageRow]:
    """Who covers an employer and its duplicates, and who did, newest first."""
    units = facts.with_duplicates(connection, employer)
    rows = connection.execute(
        f"{_COVERAGE} AND k.employer IN ({marks(units)}) ORDER BY k.until_on IS NOT NULL,"
        " k.since_on DESC, k.n DESC",
        units,
    ).fetchall()
    return [_with_survivor(connection, CoverageRow(*row)) for row in rows]


def _with_survivor(connection: Connection, row: CoverageRow) -> CoverageRow:
    """A coverage by a union that was merged is one by the union that stayed."""
    stays = facts.survivor(connection, "union_org", row.union_org)
    if stays == row.union_org:
        return row
    (name,) = connection.execute("SELECT name FROM union_org WHERE id = ?", (stays,)).fetchone()
    return replace(row, union_org=stays, union_name=name or "")


def covered_by(connection: Connection, union: bytes) -> list[CoverageRow]:
    """The employers a union covers today, by name."""
    rows = family(connection, union)
    found = connection.execute(
        f"{_COVERAGE} AND k.union_org IN ({marks(rows)}) AND k.until_on IS NULL"
        " AND e.retired_on IS NULL ORDER BY e.name, k.n",
        rows,
    )
    return [CoverageRow(*row) for row in found]


def nearby(connection: Connection, division_code: str) -> str:
    """The joint, industry or regional union of a community or village, else of the town or street
    above it; "" for none."""
    found = connection.execute(
        "SELECT name FROM union_org WHERE division_code IN (:own, substr(:own, 1, 9))"
        " AND length(:own) = 12 AND org_type IN ('2', '3', '4')"
        " AND retired_on IS NULL AND merged_into IS NULL"
        " ORDER BY length(division_code) DESC, org_type, n LIMIT 1",
        {"own": division_code},
    ).fetchone()
    return str(found[0]) if found and found[0] else ""
