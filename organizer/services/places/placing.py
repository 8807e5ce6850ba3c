"""Places and divisions as an office knows them: added, renamed, moved, taken out of use.

The bundled divisions are those of 2023; farms, zones and new communities are the office's to add.
What is stored of a division keeps its code: a renamed or merged one is known by the old code. Only
who moves a street into another community says that it lies there.
"""

from dataclasses import dataclass

from organizer.domain import place as place_rules
from organizer.domain.access import Permission
from organizer.domain.division import local_code
from organizer.domain.place import Kind, may_contain, require_place
from organizer.errors import Conflict, InvalidInput, NotFound
from organizer.i18n import listed
from organizer.services.places.place_words import kind_word
from organizer.services.workspace import Workspace
from organizer.store import grids, place_cards, places
from organizer.store.driver import Connection
from organizer.store.place_cards import PlaceState
from organizer.store.places import PlaceRow
from organizer.store.transaction import Write


@dataclass(frozen=True)
class PlaceOrder:
    """A place to add under another; `raw` is the line it was told in, kept as it is."""

    parent: bytes
    kind: Kind
    name: str
    raw: str = ""


def add_division(workspace: Workspace, parent_code: str, name: str) -> str:
    """Add a division of the office's own under `parent_code`; returns its local code.

    Raises `NotFound` for an unknown parent, `InvalidInput` for an empty or existing name.
    """
    workspace.require(Permission.REVIEW, parent_code)
    if not name.strip():
        raise InvalidInput("place.empty_name", field="name")
    code = local_code(parent_code, name)
    row = places.division_id(code)
    parent = _division(workspace, parent_code)

    def body(write: Write) -> None:
        siblings = places.children(write.connection, parent.id)
        if any(place.name == name.strip() for place in siblings):
            raise InvalidInput("place.exists", field="name", name=name.strip())
        values = {
            "parent": parent.id,
            "kind": "division",
            "name": name.strip(),
            "sort_key": code,
            "division_code": code,
        }
        if write.exists("place", row):
            write.set("place", row, {**values, "retired_on": None})
        else:
            write.insert("place", values, row)

    workspace.database.write(workspace.intent("place.add"), body)
    workspace.forget_divisions()
    return code


def add_place(workspace: Workspace, order: PlaceOrder) -> bytes:
    """Add a street, crossing, tower, village group, station, building, floor or door by hand.

    A building needs no number: 原纺织厂院内 is one. Raises `InvalidInput` for a name that is empty
    or there already, and for a kind that cannot stand there.
    """
    parent = in_use(workspace, order.parent)
    workspace.require(Permission.SURVEY, parent.division_code)
    name = order.name.strip()
    if order.kind == "division":
        raise InvalidInput("place.wrong_parent", field="kind", name=name)
    require_place(parent.kind, order.kind, name)
    above = PlaceRow(parent.id, parent.parent, parent.kind, parent.name, parent.division_code)

    def body(write: Write) -> bytes:
        refuse_twin(write.connection, parent, order.kind, name)
        return places.ensure(write, above, order.kind, name, order.raw.strip()).id

    return workspace.database.write(workspace.intent("place.add"), body)


def rename(workspace: Workspace, place: bytes, name: str) -> None:
    """Give a place another name; its id and whatever refers to it stay.

    Raises `InvalidInput` for a name its kind cannot have or that stands beside it.
    """
    found = in_use(workspace, place)
    workspace.require(Permission.REVIEW, found.division_code)

    def body(write: Write) -> None:
        check_rename(write.connection, found, name)
        values: dict[str, str | None] = {"name": name.strip()}
        if found.kind != "division":
            values |= places.described(found.kind, name.strip())
        write.set("place", place, values)

    workspace.database.write(workspace.intent("place.rename"), body)
    workspace.forget_divisions()


def change_kind(workspace: Workspace, place: bytes, kind: Kind) -> None:
    """Say that a place is of another kind: 57号 is a tower, 纺织路口 a crossing.

    Raises `Conflict` for a division, and where its parent or what stands in it speaks against it.
    """
    found = in_use(workspace, place)
    workspace.require(Permission.REVIEW, found.division_code)

    def body(write: Write) -> None:
        check_kind(write.connection, found, kind)
        write.set("place", place, {"kind": kind, **places.described(kind, found.name)})

    workspace.database.write(workspace.intent("place.kind"), body)


def move(workspace: Workspace, place: bytes, parent: bytes) -> None:
    """Put a place with all that stands in it under another one.

    Raises `Conflict` for a division and for a place inside the moved one, `InvalidInput` where it
    cannot stand or its name is there already.
    """
    found, above = in_use(workspace, place), in_use(workspace, parent)
    for one in (found, above):
        workspace.require(Permission.REVIEW, one.division_code)

    def body(write: Write) -> None:
        check_move(write.connection, found, above)
        put_under(write, found, above)

    workspace.database.write(workspace.intent("place.move"), body)


def retire(workspace: Workspace, place: bytes) -> None:
    """Take a place out of use; raises `Conflict` while places or units stand in it.

    Somebody may still be sent there: such an assignment stays and says that the place is gone.
    """
    found = in_use(workspace, place)
    workspace.require(Permission.REVIEW, found.division_code)

    def body(write: Write) -> None:
        check_retire(write.connection, found)
        write.retire("place", place, workspace.today.isoformat())

    workspace.database.write(workspace.intent("place.retire"), body)
    workspace.forget_divisions()


def in_use(workspace: Workspace, row: bytes) -> PlaceState:
    """A place that can be worked on; raises `NotFound` and, where it is merged or retired, `Conflict`."""
    workspace.require(Permission.LOOK)

    def query(connection: Connection) -> PlaceState:
        found = place_cards.state(connection, row)
        if found is None:
            raise NotFound("record.unknown", value=row.hex())
        if found.merged_into is not None:
            kept = places.above(connection, row)[0]
            raise Conflict("place.merged", name=found.name, kept=kept.name)
        if found.retired_on is not None:
            raise Conflict("place.retired", name=found.name)
        return found

    return workspace.database.read(query)


def check_rename(connection: Connection, place: PlaceState, name: str) -> None:
    """Raises `InvalidInput` for an empty name or one that stands beside it."""
    if not name.strip():
        raise InvalidInput("place.empty_name", field="name")
    above = place_cards.state(connection, place.parent) if place.parent else None
    if above is not None:
        refuse_twin(connection, above, place.kind, name.strip(), but=place.id)


def check_kind(connection: Connection, place: PlaceState, kind: Kind) -> None:
    """Raises `Conflict` or `InvalidInput` when a place cannot be of this kind where it stands."""
    if "division" in (place.kind, kind):
        raise Conflict("place.division_fixed", name=place.name)
    above = place_cards.state(connection, place.parent) if place.parent else None
    if above is not None:
        require_place(above.kind, kind, place.name)
        refuse_twin(connection, above, kind, place.name, but=place.id)
    inside = {one.kind for one in places.children(connection, place.id)}
    unfit = [one for one in place_rules.KINDS if one in inside and not may_contain(kind, one)]
    if unfit:
        held = listed(kind_word(one) for one in unfit)
        raise Conflict("place.children_unfit", name=place.name, inside=held, kind=kind_word(kind))


def check_move(connection: Connection, place: PlaceState, above: PlaceState) -> None:
    """Raises `Conflict` or `InvalidInput` when a place cannot go there."""
    if place.kind == "division":
        raise Conflict("place.division_fixed", name=place.name)
    if above.id in places.below(connection, place.id):
        raise Conflict("place.into_itself", name=place.name)
    require_place(above.kind, place.kind, place.name)
    refuse_twin(connection, above, place.kind, place.name, but=place.id)


def check_retire(connection: Connection, place: PlaceState) -> None:
    """Raises `Conflict` while places or units stand in it."""
    if places.children(connection, place.id):
        raise Conflict("place.not_empty", name=place.name)
    units = place_cards.units_at(connection, place.id)
    if units:
        raise Conflict("place.has_units", name=place.name, count=units)


def refuse_twin(
    connection: Connection, above: PlaceState, kind: Kind, name: str, *, but: bytes = b""
) -> None:
    """Raises `InvalidInput` when a live place of this name in any spelling stands there."""
    wanted = place_rules.natural_path(None, kind, name)
    for one in places.children(connection, above.id):
        if one.id != but and place_rules.natural_path(None, one.kind, one.name) == wanted:
            raise InvalidInput("place.twin", field="name", name=one.name, where=above.name)


def put_under(write: Write, place: PlaceState, above: PlaceState) -> None:
    """Hang a place with all below it under another, its division and grid with it."""
    write.set("place", place.id, {"parent": above.id})
    settle_division(write, place.id, above.division_code)


def settle_division(write: Write, place: bytes, code: str) -> None:
    """Say of a place and all below it that it lies in this division; grids of others let go."""
    for row in places.below(write.connection, place):
        found = place_cards.state(write.connection, row)
        if found is None or found.kind == "division":
            continue
        values: dict[str, str | bytes | None] = {"division_code": code}
        grid = grids.grid_by_id(write.connection, found.grid) if found.grid else None
        if grid and not code.startswith(grid.fields["division_code"] or ""):
            values["grid"] = None
        write.set("place", row, values)


def _division(workspace: Workspace, code: str) -> PlaceRow:
    found = workspace.database.read(lambda c: places.division_by_code(c, code))
    if found is None:
        raise NotFound("place.unknown_division", code=code)
    return found
