"""One place as it is edited: what it is, where it stands, what stands in it, what hangs on it."""

from dataclasses import dataclass

from organizer.domain import access
from organizer.domain.access import Permission
from organizer.domain.place import KINDS, Kind, may_contain
from organizer.errors import NotFound
from organizer.services.places import assigning
from organizer.services.places.assigning import Assignment
from organizer.services.workspace import Workspace
from organizer.store import assignments, facts, grids, place_cards, places, rounds
from organizer.store.driver import Connection
from organizer.store.grids import GridRow
from organizer.store.place_cards import Weight
from organizer.store.places import PlaceRow

MOST_UNITS = 200
"""Units that are told by name; a district has thousands."""


@dataclass(frozen=True)
class Inside:
    """A place directly under another one, with what hangs on it."""

    id: bytes
    kind: Kind
    name: str
    weight: Weight
    grid: str


@dataclass(frozen=True)
class Unit:
    """A unit at a place or below it."""

    id: bytes
    name: str
    door: str


@dataclass(frozen=True)
class PlaceCard:
    """A place. `above` leads from its parent up; `grid` is the one it lies in, `own_grid` whether it
    hangs on that itself; `duplicates` are other spellings that lead here, `raw` the lines it was read
    from; `kinds` what it could be where it stands, `may_hold` what can be added in it."""

    id: bytes
    kind: Kind
    name: str
    division_code: str
    above: tuple[PlaceRow, ...]
    retired: bool
    grid: GridRow | None
    own_grid: bool
    raw: tuple[str, ...]
    duplicates: tuple[str, ...]
    weight: Weight
    inside: tuple[Inside, ...]
    units: tuple[Unit, ...]
    assignments: tuple[Assignment, ...]
    kinds: tuple[Kind, ...]
    may_hold: tuple[Kind, ...]
    may_edit: bool
    may_add: bool


def card(workspace: Workspace, row: bytes) -> PlaceCard:
    """A place by its id, redirects followed; raises `NotFound`."""
    workspace.require(Permission.LOOK)

    def query(connection: Connection) -> PlaceCard:
        return _card(workspace, connection, facts.survivor(connection, "place", row))

    found = workspace.database.read(query)
    if not access.covers(found.division_code, workspace.account.division_code):
        # Who is limited to a community still sees the town above it.
        workspace.require(Permission.LOOK, found.division_code)
    return found


def division(workspace: Workspace, code: str) -> bytes:
    """The id of the division with this code; raises `NotFound`."""
    workspace.require(Permission.LOOK)
    found = workspace.database.read(lambda c: places.division_by_code(c, code))
    if found is None:
        raise NotFound("place.unknown_division", code=code)
    return found.id


def _card(workspace: Workspace, connection: Connection, row: bytes) -> PlaceCard:
    found = place_cards.state(connection, row)
    if found is None:
        raise NotFound("record.unknown", value=row.hex())
    above = places.above(connection, found.parent)
    code, role = found.division_code, workspace.account.role
    current = rounds.current(connection, code)
    lying = grids.grid_at(connection, row)
    here = access.covers(workspace.account.division_code, code)
    fixed = found.kind == "division"
    top = above[0].kind if above else found.kind
    given = assignments.open_for(connection, current.id, place=row) if current else []
    other = (place_cards.state(connection, one) for one in places.family(connection, row)[1:])
    return PlaceCard(
        found.id,
        found.kind,
        found.name,
        code,
        tuple(above),
        found.retired_on is not None,
        lying,
        lying is not None and lying.id == found.grid,
        tuple(place_cards.raw_lines(connection, row)),
        tuple(one.name for one in other if one),
        place_cards.weights(connection, [row], current.id if current else None)[row],
        _inside(connection, row, current.id if current else None),
        tuple(Unit(*one) for one in place_cards.unit_names(connection, row, MOST_UNITS)),
        tuple(assigning.in_words(connection, given, workspace.today)),
        () if fixed else tuple(kind for kind in KINDS[1:] if may_contain(top, kind)),
        tuple(kind for kind in KINDS[1:] if may_contain(found.kind, kind)),
        here and access.grants(role, Permission.REVIEW),
        here and access.grants(role, Permission.SURVEY),
    )


def _inside(connection: Connection, row: bytes, current: bytes | None) -> tuple[Inside, ...]:
    found = places.children(connection, row)
    counted = place_cards.weights(connection, [one.id for one in found], current)
    codes = {one.id: one.shown for one in grids.grids(connection, "")}
    hung = {one.id: place_cards.state(connection, one.id) for one in found}
    return tuple(
        Inside(
            one.id,
            one.kind,
            one.name,
            counted[one.id],
            codes.get(state.grid or b"", "") if (state := hung[one.id]) else "",
        )
        for one in found
    )
