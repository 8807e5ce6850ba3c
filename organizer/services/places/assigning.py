"""Assignments (派任务): a grid or places given to a person until a day, in the current round."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from organizer.domain import access
from organizer.domain.access import Permission
from organizer.domain.round import Round
from organizer.errors import Conflict, InvalidInput, NotFound
from organizer.i18n import _
from organizer.services.places import placing
from organizer.services.workspace import Workspace
from organizer.store import assignments, grids, place_cards, places, rounds
from organizer.store.assignments import AssignmentRow
from organizer.store.driver import Connection
from organizer.store.place_cards import Weight
from organizer.store.transaction import Write


@dataclass(frozen=True)
class AssignmentOrder:
    """Who goes through a grid or through places, and until when."""

    assignee: str
    until_on: date
    grid: bytes | None = None
    places: tuple[bytes, ...] = ()
    remark: str = ""


class State(StrEnum):
    """Where an assignment stands."""

    OPEN = "open"
    OVERDUE = "overdue"
    GONE = "gone"
    """Its place or grid was taken out of use: somebody has to say what becomes of it."""
    ENDED = "ended"


@dataclass(frozen=True)
class Assignment:
    """An assignment in words. `target` is the grid or place meant now, redirects followed.

    `stops` are the places it covers with what stands in them; `trouble` says what is wrong and what
    to do, "" for nothing.
    """

    id: bytes
    round: bytes
    target: bytes
    of_grid: bool
    name: str
    above: str
    division_code: str
    assignee: str
    assigned_on: date
    until_on: date
    state: State
    remark: str
    trouble: str
    stops: tuple["Stop", ...] = field(default=())

    @property
    def units(self) -> int:
        """Units it covers."""
        return sum(stop.weight.units for stop in self.stops)

    @property
    def reached(self) -> int:
        """Units reached in the round."""
        return sum(stop.weight.reached for stop in self.stops)


@dataclass(frozen=True)
class Stop:
    """A place of an assignment."""

    id: bytes
    name: str
    above: str
    weight: Weight


def assign(workspace: Workspace, order: AssignmentOrder) -> tuple[bytes, ...]:
    """Give a grid or places to a person until a day; returns the assignments, one for each.

    Who has it already gets the new day. Several people may have the same place. Raises
    `InvalidInput` for no name, no target, or a day that is past or after the round, `NotFound`
    without a round, `Conflict` for a place out of use.
    """
    workspace.require(Permission.REVIEW)
    if not order.assignee.strip():
        raise InvalidInput("assignment.no_assignee", field="assignee")
    if order.grid is None and not order.places:
        raise InvalidInput("assignment.no_target", field="places")
    targets = _targets(workspace, order)
    held = workspace.database.read(lambda c: [rounds.at(c, code) for _target, code in targets])
    for current in held:
        _check_day(workspace, order, current)
    values = {
        "assignee": order.assignee.strip(),
        "assigned_on": workspace.today.isoformat(),
        "until_on": order.until_on.isoformat(),
        "remark": order.remark.strip() or None,
    }

    def body(write: Write) -> tuple[bytes, ...]:
        return tuple(
            _given(write, current, target, values)
            for (target, _code), current in zip(targets, held, strict=True)
        )

    return workspace.database.write(workspace.intent("assignment.add"), body)


def assignments_of_round(workspace: Workspace, *, ended: bool = False) -> list[Assignment]:
    """The assignments of the current round this account sees, what ends first first.

    Those that were ended only when asked for. Raises `NotFound` without a round.
    """
    workspace.require(Permission.LOOK)
    scope = workspace.account.division_code

    def query(connection: Connection) -> list[Assignment]:
        current = rounds.current(connection, scope)
        if current is None:
            raise NotFound("round.none")
        rows = assignments.of_round(connection, current.id)
        return [
            _told(connection, row, workspace.today) for row in rows if ended or not row.ended_on
        ]

    found = workspace.database.read(query)
    return [one for one in found if access.covers(scope, one.division_code)]


def assignments_by_id(workspace: Workspace, wanted: Iterable[bytes]) -> list[Assignment]:
    """These assignments in words; raises `NotFound` for one that is not there."""
    workspace.require(Permission.LOOK)
    rows = list(wanted)

    def query(connection: Connection) -> list[Assignment]:
        found = assignments.by_ids(connection, rows)
        if len(found) < len(rows):
            raise NotFound("assignment.unknown")
        return [_told(connection, row, workspace.today) for row in found]

    found = workspace.database.read(query)
    for one in found:
        workspace.require(Permission.LOOK, one.division_code)
    return found


def end(workspace: Workspace, wanted: Iterable[bytes]) -> int:
    """End assignments, done or not; returns how many were open. What was visited stays."""
    workspace.require(Permission.REVIEW)
    found = assignments_by_id(workspace, wanted)
    for one in found:
        workspace.require(Permission.REVIEW, one.division_code)
    still = [one.id for one in found if one.state is not State.ENDED]
    today = workspace.today.isoformat()

    def body(write: Write) -> int:
        return sum(write.set("assignment", row, {"ended_on": today}) for row in still)

    return workspace.database.write(workspace.intent("assignment.end"), body) if still else 0


def in_words(
    connection: Connection, rows: Iterable[AssignmentRow], today: date
) -> list[Assignment]:
    """Assignments as stored, told for people; for services that build lists."""
    return [_told(connection, row, today) for row in rows]


def stops(connection: Connection, counted: Mapping[bytes, Weight]) -> tuple[Stop, ...]:
    """Places with what hangs on each, told for people; those that are not there are left out."""
    found = ((place_cards.state(connection, one), weight) for one, weight in counted.items())
    return tuple(
        Stop(place.id, place.name, _above(connection, place.parent), weight)
        for place, weight in found
        if place is not None
    )


def _check_day(workspace: Workspace, order: AssignmentOrder, current: Round) -> None:
    if order.until_on < workspace.today:
        raise InvalidInput(
            "assignment.past", field="until_on", day=order.until_on, today=workspace.today
        )
    if current.ends_on is not None and order.until_on > current.ends_on:
        raise InvalidInput(
            "assignment.after_round", field="until_on", day=order.until_on, ends=current.ends_on
        )


def _targets(
    workspace: Workspace, order: AssignmentOrder
) -> list[tuple[dict[str, bytes], str | None]]:
    """The link of each assignment, checked, and the division it lies in."""
    if order.grid is not None:
        grid = order.grid
        found = workspace.database.read(lambda c: grids.grid_by_id(c, grid))
        if found is None:
            raise Conflict("assignment.grid_gone")
        workspace.require(Permission.REVIEW, found.fields["division_code"])
        return [({"grid": grid}, found.fields["division_code"])]
    chosen = [placing.in_use(workspace, row) for row in dict.fromkeys(order.places)]
    for place in chosen:
        workspace.require(Permission.REVIEW, place.division_code)
    return [({"place": place.id}, place.division_code) for place in chosen]


def _given(
    write: Write, current: Round, target: dict[str, bytes], values: Mapping[str, object]
) -> bytes:
    for known in assignments.open_for(write.connection, current.id, **target):
        if known.assignee == values["assignee"]:
            later = {name: values[name] for name in ("until_on", "remark")}
            write.set("assignment", known.id, later)
            return known.id
    return write.insert("assignment", {"round": current.id, **values, **target})


def _told(connection: Connection, row: AssignmentRow, today: date) -> Assignment:
    name, above, code, trouble = (_grid_words if row.grid else _place_words)(connection, row)
    until = date.fromisoformat(row.until_on) if row.until_on else today
    state = State.OVERDUE if until < today else State.OPEN
    if trouble and not _leads_on(connection, row):
        state = State.GONE
    if row.ended_on:
        state, trouble = State.ENDED, ""
    return Assignment(
        row.id,
        row.round,
        row.grid or row.place or b"",
        row.grid is not None,
        name,
        above,
        code,
        row.assignee,
        date.fromisoformat(row.assigned_on) if row.assigned_on else today,
        until,
        state,
        row.remark,
        trouble,
        _stops(connection, row),
    )


def _leads_on(connection: Connection, row: AssignmentRow) -> bool:
    """Whether there still is a place to go to: a merged one leads to another."""
    found = place_cards.state(connection, row.place) if row.place else None
    return found is not None and found.retired_on is None


def _grid_words(connection: Connection, row: AssignmentRow) -> tuple[str, str, str, str]:
    found = grids.grid_by_id(connection, row.grid or b"")
    if found is None:
        gone = grids.any_grid(connection, row.grid or b"")
        name = gone.shown if gone else _("网格")
        code = (gone.fields["division_code"] if gone else "") or ""
        return name, "", code, _("网格已停用：请结束这项任务，或把地点另派给人。")
    code = found.fields["division_code"] or ""
    division = places.division_by_code(connection, code)
    return found.shown, division.name if division else "", code, ""


def _place_words(connection: Connection, row: AssignmentRow) -> tuple[str, str, str, str]:
    told = place_cards.state(connection, row.told or b"")
    kept = place_cards.state(connection, row.place or b"")
    if told is None or kept is None:
        return _("地点"), "", "", _("找不到这处地点：请结束这项任务。")
    above = _above(connection, kept.parent)
    trouble = ""
    if kept.retired_on is not None:
        trouble = _("地点已停用：请结束这项任务，或改派别的地点。")
    elif kept.id != told.id:
        trouble = _("“{name}”已并入“{kept}”，任务随之算在“{kept}”。").format(
            name=told.name, kept=kept.name
        )
    return kept.name, above, kept.division_code, trouble


def _above(connection: Connection, parent: bytes | None) -> str:
    """The street a building stands on, or the community of a street."""
    found = places.above(connection, parent)
    return found[0].name if found else ""


def _stops(connection: Connection, row: AssignmentRow) -> tuple[Stop, ...]:
    if row.grid is None:
        return stops(connection, place_cards.weights(connection, [row.place or b""], row.round))
    counted = grids.weights(connection, row.grid, row.round)
    hanging = grids.places_of(connection, row.grid)
    return stops(connection, {one: counted.get(one, Weight()) for one in hanging})
