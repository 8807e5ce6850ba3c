"""A unit that stands in no list, met at a door: recorded with its place and its first visit."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from organizer import resources
from organizer.domain import employer as employer_rules
from organizer.domain.access import Permission
from organizer.domain.employer import Listed, Reference
from organizer.domain.person_name import pua_table
from organizer.domain.place import Kind, may_contain
from organizer.domain.round import Round
from organizer.domain.visit import Outcome
from organizer.errors import InvalidInput, NotFound
from organizer.i18n import _
from organizer.services.survey import visiting
from organizer.services.survey.visiting import VisitOrder
from organizer.services.workspace import Workspace
from organizer.store import employers, places, rounds
from organizer.store.driver import Connection
from organizer.store.employers import Standing
from organizer.store.places import PlaceRow
from organizer.store.transaction import Write


@dataclass(frozen=True)
class NewUnit:
    """What is said at the door. `door` names a place below `place` that may not be there yet.

    A code that a unit elsewhere has: `branch` says that this is its branch or shop (分支、门店), `same`
    that the unit has a door here as well.
    """

    place: bytes
    name: str
    uscc: str = ""
    door: str = ""
    branch: bool = False
    same: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Added:
    """The new unit with its first visit, and the write that can be taken back."""

    employer: bytes
    write: bytes
    place: bytes
    visit: bytes


@dataclass(frozen=True)
class Prepared:
    """A unit whose words are checked: where it will sit and what will be its own."""

    wanted: NewUnit
    above: PlaceRow
    kind: Kind | None
    listed: Listed
    current: Round


def add_unit(workspace: Workspace, wanted: NewUnit) -> Added:
    """Record a new unit at a place with a first visit (7 新增), as one step.

    Raises `InvalidInput` at name, uscc or door, also when the unit is here already; `NotFound` for
    an unknown place or without a round there.
    """
    workspace.require(Permission.SURVEY)
    prepared = prepare(workspace, wanted)

    def body(write: Write) -> Added:
        return put_unit(workspace, write, prepared, on=workspace.today)

    return workspace.database.write(workspace.intent("employer.add"), body)


def prepare(workspace: Workspace, wanted: NewUnit, on: date | None = None) -> Prepared:
    """Check what is said of a new unit met on a day, today unless said; raises as `add_unit` does."""
    above = _place(workspace, wanted.place)
    workspace.require(Permission.SURVEY, above.division_code)
    listed = _read(workspace, wanted)
    current = workspace.database.read(lambda c: rounds.at(c, above.division_code))
    visiting.day_within(workspace, current, on)
    door = wanted.door.strip()
    return Prepared(wanted, above, _kind_below(above, door) if door else None, listed, current)


def put_unit(
    workspace: Workspace,
    write: Write,
    prepared: Prepared,
    *,
    on: date,
    identity: bytes | None = None,
    **said: Any,
) -> Added:
    """Write the unit, its seat and its first visit on that day; `said` are fields of `VisitOrder`.

    `identity` is the id of the visit where it follows from a file.
    """
    place, order = _put_seat(write, prepared, on.isoformat())
    employer = employers.employer_by_id(write.connection, order.employer)
    if employer is None:
        raise NotFound("record.unknown", value=order.employer.hex())
    told = replace(order, on=on, **said)
    checked = visiting.check(workspace, told, employer, prepared.current)
    visit = visiting.put(write, checked, workspace.today, identity)
    return Added(employer.id, write.id, place, visit)


def _put_seat(write: Write, prepared: Prepared, on: str) -> tuple[bytes, VisitOrder]:
    """Write the unit and its seat; returns the place, and the first visit that has to follow."""
    wanted, place = prepared.wanted, prepared.above
    if prepared.kind:
        place = places.ensure(write, place, prepared.kind, wanted.door.strip())
    told = dict(wanted.facts)
    known = _known(write, prepared, place)
    if known is not None and not known.retired and wanted.same:
        # One unit, one seat: that it has a second door is told of it.
        told["also_at"] = places.full_name(write.connection, place.id) or place.name
        return place.id, VisitOrder(known.id, Outcome.MET, told)
    if wanted.branch and known is not None:
        told["branch"] = "yes"
    row = _employer(write, prepared, place, known)
    employers.occupy(write, row, place.id, on)
    return place.id, VisitOrder(row, Outcome.NEW, told)


def _read(workspace: Workspace, wanted: NewUnit) -> Listed:
    if not wanted.name.strip():
        raise InvalidInput("employer.unnamed", field="name")
    cells = {"name": wanted.name, "uscc": wanted.uscc}
    listed = employer_rules.read_employer(cells, reference(workspace))
    for problem in listed.problems:
        raise problem.error
    return listed


def reference(workspace: Workspace) -> Reference:
    """What the words about a unit are looked up in, as seen from this office."""
    return Reference(
        workspace.divisions,
        workspace.codes,
        pua_table(resources.rows("codelists", "gbk_pua_to_standard.csv")),
        workspace.office.division_code,
    )


def _kind_below(above: PlaceRow, door: str) -> Kind:
    """What a name typed below a place is: a house on a street, else a door."""
    wanted: Kind = "door" if above.kind in ("building", "floor", "tower") else "building"
    if not may_contain(above.kind, wanted):
        raise InvalidInput("place.wrong_parent", field="door", name=door)
    return wanted


def _known(write: Write, prepared: Prepared, place: PlaceRow) -> Standing | None:
    """The unit that is here under this code, or by this name at this door."""
    listed = prepared.listed
    code = listed.values.get("uscc")
    row = employers.listed_id(write.connection, code, place.id, listed.name)
    return employers.standing(write, row)


def _employer(write: Write, prepared: Prepared, place: PlaceRow, known: Standing | None) -> bytes:
    listed, wanted = prepared.listed, prepared.wanted
    _refuse_namesake(write.connection, listed.name, place)
    if known is None:
        code = listed.values.get("uscc")
        row = employers.listed_id(write.connection, code, place.id, listed.name)
        return write.insert("employer", listed.values, row)
    if known.retired:
        write.settle("employer", known.id, "retired_on", None)
        write.set("employer", known.id, listed.values)
        return known.id
    if wanted.branch and known.place != place.id:
        return write.insert("employer", listed.values)
    raise _refusal(write.connection, listed, place, known)


def _refusal(
    connection: Connection, listed: Listed, place: PlaceRow, known: Standing
) -> InvalidInput:
    name = known.fields.get("name") or ""
    where = places.full_name(connection, known.place) or _("别处")
    if known.place == place.id or "uscc" not in listed.values:
        at = "uscc" if "uscc" in listed.values else "name"
        return InvalidInput("employer.known_here", field=at, name=name, where=where)
    return InvalidInput("employer.code_elsewhere", field="uscc", name=name, where=where)


def _refuse_namesake(connection: Connection, name: str, place: PlaceRow) -> None:
    if any(unit.name == name for unit in employers.at_place(connection, place.id)):
        where = places.full_name(connection, place.id) or place.name
        raise InvalidInput("employer.known_here", field="name", name=name, where=where)


def _place(workspace: Workspace, row: bytes) -> PlaceRow:
    found = workspace.database.read(lambda c: places.place_by_id(c, row))
    if found is None:
        raise NotFound("record.unknown", value=row.hex())
    return found
