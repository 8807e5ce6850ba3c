"""Drives (攻坚清单): a saved filter with a target, a day and a person; how far it is; its doors.

What is done is counted anew each time: of the units the filter is about, those that reached its goal
(union founded, lamps lit, door visited). So it is right on every machine, whoever did the work.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from organizer.domain import access
from organizer.domain.access import Permission, Sight
from organizer.domain.unit_filter import UnitFilter
from organizer.errors import InvalidInput, NotFound
from organizer.services.survey import recording, walking
from organizer.services.survey.walking import Way
from organizer.services.workspace import Workspace
from organizer.store import drives, places, rounds, unit_filters, walks
from organizer.store.driver import Connection
from organizer.store.drives import DriveRow
from organizer.store.unit_filters import Condition

_NOTHING = UnitFilter()
_MOST = 1_000_000


@dataclass(frozen=True)
class DriveOrder:
    """What is said of a drive. `target` is a number of units as typed, "" for all of them."""

    name: str
    wanted: UnitFilter
    due_on: date | None
    responsible: str
    target: str = ""
    division_code: str | None = None
    """Where it holds; None for where the account is."""


@dataclass(frozen=True)
class Drive:
    """A drive and how far it is: `done` of `units` reached its goal, `target` are wanted."""

    id: bytes
    name: str
    division_code: str
    wanted: UnitFilter
    target: int
    due_on: date
    responsible: str
    units: int
    done: int

    @property
    def left(self) -> int:
        """How many are still to be done."""
        return max(self.target - self.done, 0)

    def late(self, today: date) -> bool:
        """Whether its day is over and something is left."""
        return self.left > 0 and today > self.due_on


def add_drive(workspace: Workspace, order: DriveOrder) -> bytes:
    """Save a filter as a drive; raises `InvalidInput` at what is missing, `NotFound`, `NotAllowed`."""
    code = workspace.account.division_code
    code = code if order.division_code is None else order.division_code
    workspace.require(Permission.REVIEW, code)
    if code and workspace.database.read(lambda c: places.division_by_code(c, code)) is None:
        raise NotFound("place.unknown_division", code=code)
    values = {"division_code": code, **_checked(workspace, order)}
    return workspace.database.write(
        workspace.intent("drive.add"), lambda write: write.insert("drive", values)
    )


def drives_here(workspace: Workspace) -> list[Drive]:
    """The drives that concern the account, counted within what it sees; next due first."""
    workspace.require(Permission.LOOK)
    sight = workspace.sight
    rows = workspace.database.read(lambda c: drives.drives(c, sight.scope))
    if any(UnitFilter.from_text(row.filter).unlit for row in rows):
        recording.settle_lamps(workspace)
    return workspace.database.read(lambda c: [_counted(c, row, sight) for row in rows])


def due(workspace: Workspace) -> list[Drive]:
    """The drives in which something is left to do, next due first."""
    workspace.require(Permission.LOOK)
    return [drive for drive in drives_here(workspace) if drive.left]


def retire_drive(workspace: Workspace, drive: bytes) -> None:
    """Take a drive out of use; its work stays."""
    found = _drive(workspace, drive)
    workspace.require(Permission.REVIEW, found.division_code)
    today = workspace.today.isoformat()
    workspace.database.write(
        workspace.intent("drive.retire"), lambda write: write.retire("drive", drive, today)
    )


def doors(workspace: Workspace, drive: bytes) -> Way:
    """The doors of a drive that wait, street after street, as a walk of their own."""
    workspace.require(Permission.LOOK)
    found = _drive(workspace, drive)
    if not access.covers(found.division_code, workspace.account.division_code):
        # Of a drive of those above everybody walks the own part.
        workspace.require(Permission.LOOK, found.division_code)
    wanted = UnitFilter.from_text(found.filter)
    sight = _within(found, workspace.sight)
    if wanted.unlit:
        recording.settle_lamps(workspace)

    def query(connection: Connection) -> Sequence[bytes]:
        current = rounds.current(connection, sight.scope)
        which = unit_filters.condition(connection, wanted, sight)
        open_ones = f"{which.sql} AND NOT {unit_filters.done(wanted.goal, sight)}"
        which = Condition(open_ones, which.values)
        row = current.id if current else None
        met = {one.where for one in walks.counts(connection, sight.scope, row, which)}
        return [
            employer
            for walk in _street_order(connection, met, sight.scope)
            for employer in walking.in_order(connection, walk, row, which)
        ]

    return walking.chosen(workspace, found.name, workspace.database.read(query))


def _checked(workspace: Workspace, order: DriveOrder) -> dict[str, str | None]:
    if not order.name.strip():
        raise InvalidInput("drive.no_name", field="name")
    if order.wanted == _NOTHING:
        raise InvalidInput("drive.no_filter", field="filter")
    if not order.wanted.can_be_driven:
        raise InvalidInput("drive.closed", field="filter")
    if order.due_on is None:
        raise InvalidInput("drive.no_day", field="due_on")
    if order.due_on < workspace.today:
        raise InvalidInput("drive.day_over", field="due_on", day=order.due_on)
    if not order.responsible.strip():
        raise InvalidInput("drive.no_responsible", field="responsible")
    target = order.target.strip()
    sound = target.isascii() and target.isdigit() and 0 < int(target) < _MOST
    if target and not sound:
        raise InvalidInput("drive.no_number", field="target", value=target)
    return {
        "name": order.name.strip(),
        "filter": order.wanted.to_text(),
        "target": str(int(target)) if target else None,
        "due_on": order.due_on.isoformat(),
        "responsible": order.responsible.strip(),
    }


def _drive(workspace: Workspace, row: bytes) -> DriveRow:
    found = workspace.database.read(lambda c: drives.drive_by_id(c, row))
    if found is None:
        raise NotFound("record.unknown", value=row.hex())
    return found


def _within(drive: DriveRow, sight: Sight) -> Sight:
    """What the account sees of a drive: the smaller of both areas."""
    scope = max(drive.division_code, sight.scope, key=len)
    return Sight(scope, sight.departments)


def _counted(connection: Connection, row: DriveRow, sight: Sight) -> Drive:
    wanted, area = UnitFilter.from_text(row.filter), _within(row, sight)
    current = rounds.current(connection, area.scope)
    here = current.id if current else None
    units, done = unit_filters.count(connection, wanted.whole, area, here, wanted.goal)
    target = min(int(row.target), units) if row.target else units
    due_on = date.fromisoformat(row.due_on)
    return Drive(
        row.id,
        row.name,
        row.division_code,
        wanted,
        target,
        due_on,
        row.responsible,
        units,
        done,
    )


def _street_order(connection: Connection, met: set[bytes], scope: str) -> list[bytes]:
    """Walks by their division, then as the tree shows them; what lies in no place comes last."""
    known = {one.id: place for place, one in enumerate(walks.names(connection, scope))}
    codes = {row: one.division_code for row, one in walks.named(connection, met).items()}

    def key(walk: bytes) -> tuple[bool, str, int]:
        return not walk, codes.get(walk, ""), known.get(walk, len(known))

    return sorted(met, key=key)
