"""Grids (网格): made, given to a person, hung on streets, towers and village groups."""

from collections.abc import Iterable
from dataclasses import dataclass

from organizer.domain import phone
from organizer.domain.access import Permission
from organizer.errors import Conflict, InvalidInput, NotFound
from organizer.i18n import listed
from organizer.services.places import placing
from organizer.services.workspace import Workspace
from organizer.store import grids, places
from organizer.store.grids import GridRow
from organizer.store.transaction import Write


@dataclass(frozen=True)
class GridOrder:
    """What is said of a grid; `code` as the office numbers it (001), unique in its division."""

    division_code: str
    code: str
    name: str = ""
    boundary: str = ""
    responsible: str = ""
    phone: str = ""


def add_grid(workspace: Workspace, order: GridOrder) -> bytes:
    """Make a grid, or bring back the retired one of this code; returns its id.

    Raises `InvalidInput` for a missing or taken code and for what is no telephone number, `NotFound`
    for an unknown division.
    """
    workspace.require(Permission.REVIEW, order.division_code)
    values = _checked(workspace, order)
    row = grids.grid_id(order.division_code, values["code"] or "")

    def body(write: Write) -> None:
        if grids.grid_by_id(write.connection, row) is not None:
            raise InvalidInput("grid.exists", field="code", code=values["code"])
        if not write.add("grid", row, values):
            write.set("grid", row, {**values, "retired_on": None})

    workspace.database.write(workspace.intent("grid.add"), body)
    return row


def edit_grid(workspace: Workspace, grid: bytes, order: GridOrder) -> None:
    """Change what is said of a grid; its division and code, by which it is known, stay."""
    found = grid_of(workspace, grid)
    workspace.require(Permission.REVIEW, found.fields["division_code"])
    values = _checked(workspace, order)
    del values["division_code"], values["code"]
    workspace.database.write(
        workspace.intent("grid.edit"), lambda write: write.set("grid", grid, values)
    )


def retire_grid(workspace: Workspace, grid: bytes) -> None:
    """Take a grid out of use; raises `Conflict` while places hang on it."""
    found = grid_of(workspace, grid)
    workspace.require(Permission.REVIEW, found.fields["division_code"])

    def body(write: Write) -> None:
        hanging = len(grids.places_of(write.connection, grid))
        if hanging:
            raise Conflict("grid.not_empty", name=found.shown, count=hanging)
        write.retire("grid", grid, workspace.today.isoformat())

    workspace.database.write(workspace.intent("grid.retire"), body)


def hang(workspace: Workspace, grid: bytes | None, wanted: Iterable[bytes]) -> int:
    """Let places lie in a grid (in none with None); returns how many changed.

    Raises `InvalidInput` when a place lies outside the grid's division.
    """
    rows = list(wanted)
    code = grid_of(workspace, grid).fields["division_code"] if grid else ""
    for row in rows:
        place = placing.in_use(workspace, row)
        workspace.require(Permission.REVIEW, place.division_code)
        if not place.division_code.startswith(code or ""):
            raise InvalidInput("grid.elsewhere", field="place", name=place.name)

    def body(write: Write) -> int:
        return sum(write.set("place", row, {"grid": grid}) for row in rows)

    return workspace.database.write(workspace.intent("grid.hang"), body)


def grids_here(workspace: Workspace) -> list[GridRow]:
    """The grids of the account's scope."""
    workspace.require(Permission.LOOK)
    scope = workspace.account.division_code
    return workspace.database.read(lambda c: grids.grids(c, scope))


def grid_of(workspace: Workspace, row: bytes) -> GridRow:
    """The grid in use with this id; raises `NotFound`."""
    workspace.require(Permission.LOOK)
    found = workspace.database.read(lambda c: grids.grid_by_id(c, row))
    if found is None:
        raise NotFound("record.unknown", value=row.hex())
    return found


def _checked(workspace: Workspace, order: GridOrder) -> dict[str, str | None]:
    if not order.code.strip():
        raise InvalidInput("grid.no_code", field="code")
    if workspace.database.read(lambda c: places.division_by_code(c, order.division_code)) is None:
        raise NotFound("place.unknown_division", code=order.division_code)
    return {
        "division_code": order.division_code,
        "code": order.code.strip(),
        "name": order.name.strip() or None,
        "boundary": order.boundary.strip() or None,
        "responsible": order.responsible.strip() or None,
        "phone": phone_numbers(order.phone),
    }


def phone_numbers(text: str) -> str | None:
    """Telephone numbers as stored; raises `InvalidInput` for what is none."""
    called = phone.parse_phones(text, field="phone") if text.strip() else None
    return listed((*called.mobiles, *called.landlines)) or None if called else None
