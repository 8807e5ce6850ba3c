"""Grids (网格): the part of a community one person answers for, and the places that lie in it.

A grid is hung on a street, tower or village group and counts for everything below, unless something
below hangs on another one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from organizer.domain import ids
from organizer.store.driver import Connection
from organizer.store.place_cards import Weight
from organizer.store.scope import LIVE, REACHED, SEAT, WITHIN, within
from organizer.store.tally import COUNTED, SEATED, Tally, tallied

FIELDS = ("code", "name", "division_code", "boundary", "responsible", "phone")


@dataclass(frozen=True)
class GridRow:
    """A grid as stored."""

    id: bytes
    fields: Mapping[str, str | None]

    @property
    def shown(self) -> str:
        """Its code, with the name where it has one."""
        return " ".join(filter(None, (self.fields["code"], self.fields["name"])))


def grid_id(division_code: str, code: str) -> bytes:
    """The id of a grid: two laptops that enter the same one mean the same."""
    return ids.derived_id("grid", division_code, code)


def grid_by_id(connection: Connection, row: bytes) -> GridRow | None:
    """The grid with this id, unless retired."""
    found = connection.execute(
        f"SELECT {', '.join(FIELDS)} FROM grid WHERE id = ? AND retired_on IS NULL", (row,)
    ).fetchone()
    return GridRow(row, dict(zip(FIELDS, found, strict=True))) if found else None


def any_grid(connection: Connection, row: bytes) -> GridRow | None:
    """The grid with this id, in use or not."""
    found = connection.execute(
        f"SELECT {', '.join(FIELDS)} FROM grid WHERE id = ?", (row,)
    ).fetchone()
    return GridRow(row, dict(zip(FIELDS, found, strict=True))) if found else None


def grids(connection: Connection, scope: str) -> list[GridRow]:
    """The grids of the divisions whose codes begin with `scope`, by division and code."""
    rows = connection.execute(
        f"SELECT id, {', '.join(FIELDS)} FROM grid WHERE retired_on IS NULL"
        " AND division_code >= ? AND division_code < ? ORDER BY division_code, code",
        (scope, f"{scope}\U0010ffff"),
    )
    return [GridRow(row, dict(zip(FIELDS, values, strict=True))) for row, *values in rows]


def places_of(connection: Connection, grid: bytes) -> list[bytes]:
    """The places that hang on a grid themselves."""
    rows = connection.execute(
        "SELECT id FROM place WHERE grid = ? AND retired_on IS NULL AND merged_into IS NULL"
        " ORDER BY division_code, sort_key, n",
        (grid,),
    )
    return [row for (row,) in rows]


def of_places(connection: Connection, places: Iterable[bytes]) -> dict[bytes, bytes]:
    """The live grid each of these places lies in; those in none are left out."""
    found = {}
    for place in places:
        row = connection.execute(_LYING_IN, (place,)).fetchone()
        if row is not None:
            found[place] = row[0]
    return found


def grid_at(connection: Connection, place: bytes) -> GridRow | None:
    """The live grid a place lies in."""
    row = of_places(connection, [place]).get(place)
    return grid_by_id(connection, row) if row else None


def weights(connection: Connection, grid: bytes, current: bytes) -> dict[bytes, Weight]:
    """What lies in a grid, for each place that hangs on it; what hangs on another is not its own."""
    rows = connection.execute(
        f"{_INSIDE} SELECT u.root, count(*), sum(p.kind = 'building'), sum(p.kind = 'door')"
        " FROM under u JOIN place p ON p.id = u.id WHERE u.grid = :grid"
        " AND p.retired_on IS NULL AND p.merged_into IS NULL GROUP BY u.root",
        {"grid": grid},
    ).fetchall()
    units = connection.execute(
        f"{_INSIDE} SELECT u.root, count(*), sum({REACHED}) {_BEHIND} AND u.grid = :grid"
        " GROUP BY u.root",
        {"grid": grid, "round": current},
    )
    known = {root: (count, reached) for root, count, reached in units}
    return {row: Weight(*(*counts, *known.get(row, (0, 0)))) for row, *counts in rows}


def counts(connection: Connection, scope: str, current: bytes) -> list[Tally]:
    """Every grid with units in divisions whose code begins with `scope`; "" stands for no grid."""
    rows = connection.execute(
        f"{_INSIDE} SELECT coalesce(u.grid, x''), {COUNTED} FROM {SEATED}"
        f" LEFT JOIN under u ON u.id = o.place WHERE {LIVE} AND {WITHIN}"
        # As for streets: who has no place lies in no division, only in the whole.
        " AND (:low = '' OR o.n IS NOT NULL) GROUP BY u.grid, l.lights",
        {**within(scope), "round": current},
    )
    return tallied(rows)


def units_in(connection: Connection, grid: bytes) -> list[bytes]:
    """The live units in a grid."""
    rows = connection.execute(
        f"{_INSIDE} SELECT e.id {_BEHIND} AND u.grid = :grid ORDER BY e.n", {"grid": grid}
    )
    return [row for (row,) in rows]


# Every place in a grid with the grid it lies in and the place that hangs on it: the nearest counts.
_INSIDE = """
    WITH RECURSIVE live (id) AS (SELECT id FROM grid WHERE retired_on IS NULL),
    under (grid, root, id) AS (
        SELECT p.grid, p.id, p.id FROM place p
        WHERE p.grid IN live AND p.merged_into IS NULL
        UNION
        SELECT u.grid, u.root, c.id FROM under u JOIN place c ON c.parent = u.id
        WHERE c.merged_into IS NULL AND (c.grid IS NULL OR c.grid NOT IN live)
        UNION
        SELECT u.grid, u.root, c.id FROM under u JOIN place c ON c.merged_into = u.id
    )
"""
_BEHIND = (
    "FROM under u JOIN occupancy o ON o.place = u.id JOIN employer e ON e.id = o.employer"
    f" WHERE {SEAT} AND {LIVE}"
)
_LYING_IN = """
    WITH RECURSIVE up (grid, above, depth) AS (
        SELECT CASE WHEN merged_into IS NULL THEN grid END, coalesce(merged_into, parent), 0
        FROM place WHERE id = ?
        UNION ALL
        SELECT CASE WHEN p.merged_into IS NULL THEN p.grid END, coalesce(p.merged_into, p.parent),
               u.depth + 1
        FROM up u JOIN place p ON p.id = u.above WHERE u.depth < 40
    )
    SELECT g.id FROM up JOIN grid g ON g.id = up.grid AND g.retired_on IS NULL
    ORDER BY up.depth LIMIT 1
"""
