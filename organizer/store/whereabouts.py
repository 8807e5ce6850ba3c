"""Where every place lies: its walk, its grid, its division; each place is read once.

For counting thousands of doors; one door alone is asked of `walks.walk_of` and `grids.of_places`.
Used within one question to the store, whose connection it keeps.
"""

from typing import NamedTuple

from organizer.store.driver import Connection
from organizer.store.walks import NOWHERE, WALK_KINDS

_HIGHEST = 40
"""Steps up from a door at most; two copies that moved two places into each other make a circle."""

_PLACES = (
    "SELECT p.id, p.parent, p.merged_into, p.kind, coalesce(p.name, ''),"
    " coalesce(p.division_code, ''), coalesce(g.id, x'') FROM place p"
    " LEFT JOIN grid g ON g.id = p.grid AND g.retired_on IS NULL WHERE"
)


class Lying(NamedTuple):
    """Where a door lies: the street, tower or village group it is walked with, its live grid, and
    its division with the code of it; all empty where it lies in none."""

    walk: bytes
    grid: bytes
    division_code: str
    division: bytes


class _Place(NamedTuple):
    id: bytes
    parent: bytes | None
    merged_into: bytes | None
    kind: str
    name: str
    division_code: str
    grid: bytes


_NONE = Lying(NOWHERE, b"", "", b"")


class Whereabouts:
    """Every place of the office, looked up as often as one likes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        rows = connection.execute(f"{_PLACES} p.kind <> 'division'")
        # The divisions of a whole province come as they are met.
        self._places: dict[bytes, _Place | None] = {row[0]: _Place._make(row) for row in rows}
        self._known: dict[bytes, Lying] = {}

    def of(self, place: bytes | None) -> Lying:
        """Where a place lies; nowhere for none."""
        return self._of(place, 0) if place else _NONE

    def division(self, code: str) -> bytes:
        """The walk of what lies in a division and in no street of it."""
        found = self._connection.execute(
            "SELECT id FROM place WHERE division_code = ? AND kind = 'division'"
            " AND merged_into IS NULL ORDER BY n LIMIT 1",
            (code,),
        ).fetchone()
        return found[0] if found else NOWHERE

    def name(self, walk: bytes) -> str:
        """The name of a street, tower, village group or division; "" for nowhere."""
        found = self._place(walk)
        return found.name if found else ""

    def above(self, walk: bytes) -> str:
        """The name of what it stands in."""
        found = self._place(walk)
        return self.name(found.parent) if found and found.parent else ""

    def full_name(self, place: bytes | None) -> str:
        """The names from below the divisions down to a place: 兴工街 16号 3-2-1, 样村 3组."""
        names: list[str] = []
        below = ""
        while place is not None and len(names) < _HIGHEST:
            found = self._place(place)
            # Every village has a first group.
            if found is None or (found.kind == "division" and below != "village_group"):
                break
            if found.merged_into is None:
                names.append(found.name)
                below = found.kind
            place = found.merged_into or found.parent
        return " ".join(reversed(names))

    def _place(self, row: bytes) -> _Place | None:
        if row not in self._places:
            found = self._connection.execute(f"{_PLACES} p.id = ?", (row,)).fetchone()
            self._places[row] = _Place._make(found) if found else None
        return self._places[row]

    def _of(self, row: bytes, depth: int) -> Lying:
        if row not in self._known:
            self._known[row] = self._look(row, depth)
        return self._known[row]

    def _look(self, row: bytes, depth: int) -> Lying:
        place = self._place(row)
        if place is None or depth > _HIGHEST:
            return _NONE
        if place.merged_into is not None:
            return self._of(place.merged_into, depth + 1)
        above = self._of(place.parent, depth + 1) if place.parent else _NONE
        grid = place.grid or above.grid
        if place.kind == "division":
            return Lying(row, grid, place.division_code, row)
        begins = place.kind in WALK_KINDS and self._stands_in_division(place)
        return Lying(row if begins else above.walk, grid, above.division_code, above.division)

    def _stands_in_division(self, place: _Place) -> bool:
        """Whether a place stands right in a division, redirects followed: it is walked on its own."""
        above = self._place(place.parent) if place.parent else None
        for _step in range(_HIGHEST):
            if above is None or above.merged_into is None:
                break
            above = self._place(above.merged_into)
        return above is not None and above.kind == "division"
