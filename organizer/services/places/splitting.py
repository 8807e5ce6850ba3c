"""A street that is two: the chosen houses go to a new one, with their doors and units."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from organizer.domain.access import Permission
from organizer.domain.house_number import HouseNumber, Side
from organizer.domain.place import require_place
from organizer.errors import InvalidInput
from organizer.services.places import placing
from organizer.services.workspace import Workspace
from organizer.store import place_cards, places
from organizer.store.driver import Connection
from organizer.store.place_cards import PlaceState
from organizer.store.places import PlaceRow
from organizer.store.transaction import Write


@dataclass(frozen=True)
class SplitOrder:
    """What becomes of a place: `chosen` are places directly under it that go to the new one."""

    place: bytes
    name: str
    chosen: tuple[bytes, ...]


def split(workspace: Workspace, order: SplitOrder) -> bytes:
    """Make a place of the same kind beside it and hang the chosen houses there; one step.

    The new one lies in the same grid. Returns its id. Raises `InvalidInput` when nothing or
    everything is chosen, or the name is empty or taken.
    """
    found = placing.in_use(workspace, order.place)
    workspace.require(Permission.REVIEW, found.division_code)

    def body(write: Write) -> bytes:
        connection = write.connection
        check_split(connection, found, order)
        above = places.place_by_id(connection, found.parent) if found.parent else None
        beside = above or PlaceRow(found.id, None, found.kind, "", found.division_code)
        made = places.ensure(write, beside, found.kind, order.name.strip())
        if found.grid is not None:
            write.set("place", made.id, {"grid": found.grid})
        for row in order.chosen:
            write.set("place", row, {"parent": made.id})
        return made.id

    return workspace.database.write(workspace.intent("place.split"), body)


def check_split(connection: Connection, place: PlaceState, order: SplitOrder) -> None:
    """Raises `InvalidInput` or `Conflict` when a place cannot be split like this."""
    above = place_cards.state(connection, place.parent) if place.parent else None
    if above is None or place.kind == "division":
        raise InvalidInput("place.division_fixed", field="place", name=place.name)
    standing = {one.id for one in places.children(connection, place.id)}
    if not order.chosen:
        raise InvalidInput("place.nothing_chosen", field="chosen")
    for row in order.chosen:
        if row not in standing:
            name = places.full_name(connection, row)
            raise InvalidInput("place.not_below", field="chosen", name=name, where=place.name)
    if standing <= set(order.chosen):
        raise InvalidInput("place.all_chosen", field="chosen")
    require_place(above.kind, place.kind, order.name)
    placing.refuse_twin(connection, above, place.kind, order.name.strip())


def houses(
    workspace: Workspace, place: bytes, first: int, last: int, side: Side | None = None
) -> tuple[bytes, ...]:
    """The houses directly under a place whose number lies in a range, of one side when said."""
    workspace.require(Permission.LOOK)
    children = workspace.database.read(lambda c: places.children(c, place))
    return tuple(_numbered(children, first, last, side))


def _numbered(
    children: Sequence[PlaceRow], first: int, last: int, side: Side | None
) -> Iterable[bytes]:
    for one in children:
        number = HouseNumber.parse(one.name) if one.kind == "building" else None
        if number and first <= number.main <= last and side in (None, number.side):
            yield one.id
