"""Grids (网格): the part of a community one person answers for, and the places that lie in it.

A grid is hung on a street, tower or village group and counts for everything below, unless something
below hangs on another one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from organizer.domain import ids
from organizer.store.driver import Connection

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


_LYING_IN = """
    WITH RECURSIVE up (id, parent, grid, depth) AS (
        SELECT id, parent, grid, 0 FROM place WHERE id = ?
        UNION ALL
        SELECT p.id, p.parent, p.grid, u.depth + 1 FROM up u JOIN place p ON p.id = u.parent
    )
    SELECT g.id FROM up JOIN grid g ON g.id = up.grid AND g.retired_on IS NULL
    ORDER BY up.depth LIMIT 1
"""
