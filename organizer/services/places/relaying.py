"""A grid changes hands (交接): what is open in it on paper for both to sign, and the new person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from organizer import i18n
from organizer.domain import ids, phone
from organizer.domain.access import Permission
from organizer.errors import InvalidInput
from organizer.forms.fonts import FontSet
from organizer.forms.relay_sheet import RelayPart, RelaySheet, relay_sheet
from organizer.i18n import _, listed
from organizer.services.places import assigning, gridding
from organizer.services.places.assigning import Assignment
from organizer.services.workspace import Workspace, refuse_taken, write_new
from organizer.store import (
    agenda,
    assignments,
    employers,
    grids,
    places,
    relays,
    rounds,
)
from organizer.store.agenda import Due
from organizer.store.driver import Connection
from organizer.store.grids import GridRow
from organizer.store.transaction import Write

_EVER = "9999-12-31"
"""What is due later is handed over as well."""


@dataclass(frozen=True)
class RelayOrder:
    """Who takes a grid over."""

    grid: bytes
    taker: str
    phone: str = ""
    remark: str = ""


@dataclass(frozen=True)
class OpenThing:
    """Something open at a unit or place: whose, where, what, since or until when."""

    name: str
    where: str
    what: str
    day: str


@dataclass(frozen=True)
class Relay:
    """What is open in a grid. Without a round there are no units counted and no assignments."""

    grid: GridRow
    division: str
    round_name: str
    units: int
    reached: int
    revisits: tuple[OpenThing, ...]
    promises: tuple[OpenThing, ...]
    drafts: tuple[OpenThing, ...]
    papers: tuple[OpenThing, ...]
    assignments: tuple[Assignment, ...]
    visited_twice: tuple[OpenThing, ...]

    @property
    def passing(self) -> tuple[Assignment, ...]:
        """The open assignments of the one who gives the grid away; they pass on with it."""
        giver = self.grid.fields["responsible"]
        return tuple(one for one in self.assignments if giver and one.assignee == giver)


def look(workspace: Workspace, grid: bytes) -> Relay:
    """Everything open in a grid; nothing is written. Raises `NotFound` for an unknown grid."""
    found = gridding.grid_of(workspace, grid)
    workspace.require(Permission.LOOK, found.fields["division_code"])

    def query(connection: Connection) -> Relay:
        return _look(workspace, connection, found)

    return workspace.database.read(query)


def relay(workspace: Workspace, order: RelayOrder, out: Path) -> Relay:
    """Write the sheet into the new file `out` and make the taker responsible, in one act.

    Open assignments of the one who gives it away pass on. The file is there before the record, so
    that nobody takes a grid over unsigned. Raises `InvalidInput` for no name, for the same person,
    or for what is no telephone number; `Conflict` when `out` exists.
    """
    refuse_taken(out)
    found, pdf = _drawn(workspace, order)
    write_new(out, pdf)
    try:
        _pass_on(workspace, order, found)
    except BaseException:
        out.unlink(missing_ok=True)
        raise
    return found


def _drawn(workspace: Workspace, order: RelayOrder) -> tuple[Relay, bytes]:
    found = look(workspace, order.grid)
    workspace.require(Permission.REVIEW, found.grid.fields["division_code"])
    workspace.require(Permission.PRINT)
    _check(order, found.grid)
    return found, relay_sheet(_sheet(workspace, order, found), FontSet())


def _check(order: RelayOrder, grid: GridRow) -> None:
    taker = order.taker.strip()
    if not taker:
        raise InvalidInput("grid.no_taker", field="taker")
    if taker == grid.fields["responsible"]:
        raise InvalidInput("grid.same_taker", field="taker", name=taker)
    if order.phone.strip():
        phone.parse_phones(order.phone, field="phone")


def _pass_on(workspace: Workspace, order: RelayOrder, found: Relay) -> None:
    taker = order.taker.strip()
    values = {"responsible": taker, "phone": gridding.phone_numbers(order.phone)}

    def body(write: Write) -> None:
        write.set("grid", order.grid, values)
        for one in found.passing:
            write.set("assignment", one.id, {"assignee": taker})

    workspace.database.write(workspace.intent("grid.relay"), body)


def _look(workspace: Workspace, connection: Connection, grid: GridRow) -> Relay:
    code = grid.fields["division_code"] or ""
    units = set(grids.units_in(connection, grid.id))
    division = places.division_by_code(connection, code)
    current = rounds.current(connection, code)
    weights = grids.weights(connection, grid.id, current.id).values() if current else ()
    rows = assignments.of_round(connection, current.id) if current else []
    inside = [row for row in rows if not row.ended_on and _lies_in(connection, row.place, grid.id)]
    own = [row for row in rows if not row.ended_on and row.grid == grid.id]
    twice = relays.visited_twice(connection, current.id) if current else []
    return Relay(
        grid,
        division.name if division else "",
        current.name if current else "",
        sum(one.units for one in weights),
        sum(one.reached for one in weights),
        tuple(_due(connection, agenda.revisits(connection, code, _EVER), units)),
        tuple(_due(connection, agenda.promises(connection, code, _EVER), units)),
        tuple(_drafts(connection, units, grid.id)),
        tuple(_papers(connection, units)),
        tuple(assigning.in_words(connection, [*own, *inside], workspace.today)),
        tuple(
            OpenThing(*_unit(connection, unit), listed(names), "")
            for unit, names in twice
            if unit in units
        ),
    )


def _due(connection: Connection, due: Iterable[Due], units: set[bytes]) -> Iterable[OpenThing]:
    for one in due:
        if one.employer in units:
            yield OpenThing(*_unit(connection, one.employer), one.value, one.due_on or one.said_on)


def _drafts(connection: Connection, units: set[bytes], grid: bytes) -> Iterable[OpenThing]:
    for one in relays.drafts(connection):
        saved = i18n.show_instant(datetime.fromisoformat(one.saved_at.replace("Z", "+00:00")))
        if one.employer is not None and one.employer in units:
            yield OpenThing(*_unit(connection, one.employer), _("走访卡"), saved)
        elif _lies_in(connection, one.place, grid):
            where = places.full_name(connection, one.place)
            yield OpenThing(_("新增单位"), where, _("新增单位"), saved)


def _papers(connection: Connection, units: set[bytes]) -> Iterable[OpenThing]:
    for one in relays.unsigned(connection, units):
        name, where = _unit(connection, one.employer)
        yield OpenThing(name, where, one.person, one.printed_on)


def _lies_in(connection: Connection, place: bytes | None, grid: bytes) -> bool:
    return place is not None and grids.of_places(connection, [place]).get(place) == grid


def _unit(connection: Connection, employer: bytes) -> tuple[str, str]:
    found = employers.employer_by_id(connection, employer)
    if found is None:
        return _("已注销的单位"), ""
    where = places.full_name(connection, found.place) or found.fields["address"] or ""
    return found.name, where


def _sheet(workspace: Workspace, order: RelayOrder, found: Relay) -> RelaySheet:
    fields = found.grid.fields
    progress = _("应查 {units} 户，已查 {reached} 户").format(
        units=found.units, reached=found.reached
    )
    return RelaySheet(
        workspace.office.name,
        found.grid.shown,
        found.division,
        fields["boundary"] or "",
        fields["responsible"] or "",
        order.taker.strip(),
        order.phone.strip(),
        found.round_name,
        progress if found.round_name else "",
        workspace.today,
        order.remark.strip(),
        tuple(_parts(found)),
        ids.short_id(found.grid.id),
    )


def _parts(found: Relay) -> Iterable[RelayPart]:
    unit, door = (_("单位"), 42.0), (_("门牌"), 36.0)
    yield _part(_("约好未回访"), (unit, door, (_("约定日期"), 20)), found.revisits, "what")
    promised = (unit, door, (_("答应的事"), 48), (_("日期"), 20))
    yield _part(_("答应过的事"), promised, found.promises, "what", "day")
    saved = (unit, door, (_("草稿"), 20), (_("保存时间"), 28))
    yield _part(_("本机未存完的草稿"), saved, found.drafts, "what", "day")
    printed = (unit, door, (_("申请人"), 24), (_("打印日期"), 20))
    yield _part(_("已打印未签收的入会材料"), printed, found.papers, "what", "day")
    yield RelayPart(
        _("未结束的任务"),
        ((_("地点"), 42), (_("承担人"), 24), (_("期限"), 20), (_("进度"), 18)),
        [_assignment(one, one in found.passing) for one in found.assignments],
    )
    by = (unit, door, (_("走访人"), 30))
    yield _part(_("不止一人走访过的单位"), by, found.visited_twice, "what")


def _part(
    title: str,
    columns: Sequence[tuple[str, float]],
    things: Sequence[OpenThing],
    *fields: str,
) -> RelayPart:
    rows = [(one.name, one.where, *(getattr(one, name) for name in fields)) for one in things]
    return RelayPart(title, columns, rows)


def _assignment(one: Assignment, passes: bool) -> tuple[str, str, str, str]:
    who = _("{name}（由接收人接着做）") if passes else "{name}"
    done = _("{reached}/{units} 户").format(reached=one.reached, units=one.units)
    told = " ".join(filter(None, (one.name, one.trouble)))
    return told, who.format(name=one.assignee), one.until_on.isoformat(), done
