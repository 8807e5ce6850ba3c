"""Finding the other place of an act: where something moves to, with what it is one and the same."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from organizer.domain import access
from organizer.domain.access import Permission
from organizer.domain.division import Division, Divisions
from organizer.domain.place import may_contain
from organizer.services.workspace import Workspace
from organizer.store import facts, places, search
from organizer.store.driver import Connection
from organizer.store.places import PlaceRow

MOST = 12
_LOOKED_AT = 80


@dataclass(frozen=True)
class PlaceChoice:
    """A place on offer, with the names above it."""

    id: bytes
    name: str
    where: str


def parents_for(workspace: Workspace, place: bytes, text: str) -> list[PlaceChoice]:
    """Where a place could stand, found by hanzi or pinyin; 样路 16号 leads to the house.

    Without text the places beside its own parent.
    """

    def fits(one: PlaceRow, own: PlaceRow) -> bool:
        return may_contain(one.kind, own.kind) and one.id not in (own.id, own.parent)

    def beside(connection: Connection, own: PlaceRow) -> Iterable[PlaceRow]:
        above = places.above(connection, own.parent)
        yield from above[1:2]
        yield from places.children(connection, above[1].id) if len(above) > 1 else ()

    workspace.require(Permission.LOOK)
    return _found(workspace, place, text, fits, beside)


def twins_for(workspace: Workspace, place: bytes, text: str) -> list[PlaceChoice]:
    """Places that may be the same one: of its kind, those that are spelt alike first."""

    def fits(one: PlaceRow, own: PlaceRow) -> bool:
        return one.kind == own.kind and one.id != own.id

    def beside(connection: Connection, own: PlaceRow) -> Iterable[PlaceRow]:
        above = places.above(connection, own.parent)[:2]
        if not above:
            return []
        # A list that knew only the town has hung the same street there.
        near = [above[0].id, *(one.id for one in above[1:] if above[0].kind == "division")]
        others = [one for row in near for one in places.children(connection, row)]
        return sorted(others, key=lambda one: -_alike(one.name, own.name))

    workspace.require(Permission.LOOK)
    return _found(workspace, place, text, fits, beside)


def streets_for(workspace: Workspace, grid_code: str, text: str) -> list[PlaceChoice]:
    """Streets, towers, village groups of a division, to hang on a grid or give to a person."""
    workspace.require(Permission.LOOK)

    def query(connection: Connection) -> list[PlaceChoice]:
        division = places.division_by_code(connection, grid_code)
        own = places.children(connection, division.id) if division else []
        near = (one for one in own if one.kind != "division")
        rows = _typed(connection, text) if text.strip() else near
        inside = (one for one in rows if (one.division_code or "").startswith(grid_code))
        return _choices(connection, inside)

    return workspace.database.read(query)


def divisions_for(workspace: Workspace, text: str) -> list[PlaceChoice]:
    """Communities and villages a grid may lie in, found by hanzi, pinyin or code.

    Without text those right in the account's division, or that itself where it has none inside.
    """
    workspace.require(Permission.LOOK)
    book = workspace.divisions
    scope = workspace.account.division_code or workspace.office.division_code
    near = book.children(scope) or (book.get(scope),)
    typed = "".join(text.lower().split())
    found = (
        [one for one in _inside(book, scope) if _meant(workspace, one, typed)] if typed else near
    )

    def query(connection: Connection) -> list[PlaceChoice]:
        rows = (places.division_by_code(connection, one.code) for one in found)
        return _choices(connection, (row for row in rows if row is not None))

    return workspace.database.read(query)


def _inside(book: Divisions, code: str) -> Iterator[Division]:
    """A division and all within it, upper ones first."""
    waiting = [book.get(code)]
    for one in waiting:
        yield one
        waiting.extend(book.children(one.code))


def _meant(workspace: Workspace, division: Division, typed: str) -> bool:
    if typed.isdigit():
        return division.code.startswith(typed)
    if not typed.isascii():
        return typed in division.name
    pinyin = workspace.database.pinyin
    spoken = (*pinyin.initials(division.name), *pinyin.full(division.name))
    return any(one.startswith(typed) for one in spoken)


def _found(
    workspace: Workspace,
    place: bytes,
    text: str,
    fits: Callable[[PlaceRow, PlaceRow], bool],
    beside: Callable[[Connection, PlaceRow], Iterable[PlaceRow]],
) -> list[PlaceChoice]:
    scope = workspace.account.division_code or workspace.office.division_code

    def query(connection: Connection) -> list[PlaceChoice]:
        own = places.place_by_id(connection, place)
        if own is None:
            return []
        rows = _typed(connection, text) if text.strip() else beside(connection, own)
        near = (one for one in rows if access.covers(scope, one.division_code))
        return _choices(connection, (one for one in near if fits(one, own)))

    return workspace.database.read(query)


def _typed(connection: Connection, text: str) -> Iterator[PlaceRow]:
    """Streets by their name, and houses typed after their street."""
    street, _blank, door = text.strip().partition(" ")
    for hit in search.find(connection, street, _LOOKED_AT, "place"):
        row = facts.survivor(connection, "place", hit.row)
        found = places.place_by_id(connection, row)
        if found is None:
            continue
        if not door:
            yield found
        else:
            inside = places.children(connection, row)
            yield from (one for one in inside if one.name.startswith(door.strip()))


def _choices(connection: Connection, rows: Iterable[PlaceRow]) -> list[PlaceChoice]:
    found: dict[bytes, PlaceChoice] = {}
    for one in rows:
        if one.id not in found:
            above = places.full_name(connection, one.parent, above="")
            found[one.id] = PlaceChoice(one.id, one.name, above)
        if len(found) == MOST:
            break
    return list(found.values())


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
