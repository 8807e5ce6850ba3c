"""Grids as they are managed: a line for each with its progress, and one with all that hangs on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from organizer.domain import access
from organizer.domain.access import Permission
from organizer.domain.place import natural_key
from organizer.services.places import assigning, gridding
from organizer.services.places.assigning import Assignment, State, Stop
from organizer.services.workspace import Workspace
from organizer.store import assignments, grids, places, rounds
from organizer.store.driver import Connection
from organizer.store.grids import GridRow
from organizer.store.place_cards import Weight
from organizer.store.tally import Tally


@dataclass(frozen=True)
class GridLine:
    """A grid with its units, those reached in the round, and its open assignments."""

    grid: GridRow
    division: str
    units: int
    reached: int
    assignments: int


@dataclass(frozen=True)
class GridCard:
    """A grid with the places that hang on it and its open assignments."""

    grid: GridRow
    division: str
    division_id: bytes | None
    round_name: str
    stops: tuple[Stop, ...]
    assignments: tuple[Assignment, ...]
    may_edit: bool
    may_print: bool

    @property
    def weight(self) -> Weight:
        """Houses, units and units reached together."""
        return sum((stop.weight for stop in self.stops), Weight())


def lines(workspace: Workspace) -> list[GridLine]:
    """The grids of the account's scope, by division and number."""
    workspace.require(Permission.LOOK)
    scope = workspace.account.division_code

    def query(connection: Connection) -> list[GridLine]:
        found = grids.grids(connection, scope)
        current = rounds.current(connection, scope)
        counted = grids.counts(connection, scope, current.id if current else b"")
        known = {one.where: one for one in counted}
        rows = assignments.of_round(connection, current.id) if current else []
        codes = {one.fields["division_code"] or "" for one in found}
        above = {code: places.division_by_code(connection, code) for code in codes}
        names = {code: one.name for code, one in above.items() if one}
        return [
            _line(one, known.get(one.id), names, [row for row in rows if row.grid == one.id])
            for one in found
        ]

    return workspace.database.read(query)


def card(workspace: Workspace, row: bytes) -> GridCard:
    """One grid; raises `NotFound` when it is out of use."""
    found = gridding.grid_of(workspace, row)
    code = found.fields["division_code"] or ""
    workspace.require(Permission.LOOK, code)
    role = workspace.account.role
    here = access.covers(workspace.account.division_code, code)

    def query(connection: Connection) -> GridCard:
        current = rounds.current(connection, code)
        division = places.division_by_code(connection, code)
        given = assignments.open_for(connection, current.id, grid=row) if current else []
        counted = grids.weights(connection, row, current.id if current else b"")
        return GridCard(
            found,
            division.name if division else "",
            division.id if division else None,
            current.name if current else "",
            tuple(sorted(assigning.stops(connection, counted), key=_by_name)),
            tuple(assigning.in_words(connection, given, workspace.today)),
            here and access.grants(role, Permission.REVIEW),
            here and access.grants(role, Permission.PRINT),
        )

    return workspace.database.read(query)


def attention(found: Sequence[Assignment]) -> int:
    """How many of these wait for somebody: over their day, or their place is gone."""
    return sum(one.state in (State.OVERDUE, State.GONE) for one in found)


def _line(
    grid: GridRow,
    count: Tally | None,
    names: dict[str, str],
    rows: Sequence[assignments.AssignmentRow],
) -> GridLine:
    division = names.get(grid.fields["division_code"] or "", "")
    units, reached = (count.units, count.reached) if count else (0, 0)
    return GridLine(grid, division, units, reached, sum(not row.ended_on for row in rows))


def _by_name(stop: Stop) -> tuple[str, str]:
    return stop.above, natural_key(stop.name)
