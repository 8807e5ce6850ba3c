"""A unit that stands in no list, met at a door: recorded with its place and its first visit."""

from dataclasses import dataclass

from organizer import resources
from organizer.domain import employer as employer_rules
from organizer.domain.access import Permission
from organizer.domain.employer import Listed, Reference
from organizer.domain.person_name import pua_table
from organizer.domain.place import Kind, may_contain
from organizer.domain.visit import Outcome, operating_state
from organizer.errors import InvalidInput, NotFound
from organizer.i18n import _
from organizer.services.workspace import Workspace
from organizer.store import employers, places, visits
from organizer.store.driver import Connection
from organizer.store.places import PlaceRow
from organizer.store.transaction import Write


@dataclass(frozen=True)
class NewUnit:
    """What is said at the door. `door` names a place below `place` that may not be there yet."""

    place: bytes
    name: str
    uscc: str = ""
    door: str = ""


@dataclass(frozen=True)
class Added:
    """The new unit and the write that can be taken back."""

    employer: bytes
    write: bytes
    place: bytes


def add_unit(workspace: Workspace, wanted: NewUnit) -> Added:
    """Record a new unit at a place with a first visit (7 新增), as one step.

    Raises `InvalidInput` at name, uscc or door, also when the unit is here already; `NotFound` for
    an unknown place or without a round.
    """
    above = _place(workspace, wanted.place)
    workspace.require(Permission.SURVEY, above.division_code)
    listed = _read(workspace, wanted)
    current = workspace.database.read(visits.current_round)
    if current is None:
        raise NotFound("round.none")
    kind = _kind_below(above, wanted.door.strip()) if wanted.door.strip() else None
    today = workspace.today.isoformat()

    def body(write: Write) -> Added:
        place = places.ensure(write, above, kind, wanted.door.strip()) if kind else above
        row = _employer(write, listed, place)
        employers.occupy(write, row, place.id, today)
        visit = write.insert(
            "visit",
            {
                "round": current.id,
                "employer": row,
                "place": place.id,
                "visitor": workspace.account.id,
                "outcome": Outcome.NEW,
                "visited_on": today,
                "visited_at": workspace.now,
            },
        )
        observed = {"operating_state": operating_state(Outcome.NEW) or ""}
        employers.observe(write, row, observed, source="spoken", on=today, visit=visit)
        return Added(row, write.id, place.id)

    return workspace.database.write(workspace.intent("employer.add"), body)


def _read(workspace: Workspace, wanted: NewUnit) -> Listed:
    if not wanted.name.strip():
        raise InvalidInput("employer.unnamed", field="name")
    reference = Reference(
        workspace.divisions,
        workspace.codes,
        pua_table(resources.rows("codelists", "gbk_pua_to_standard.csv")),
        workspace.office.division_code,
    )
    listed = employer_rules.read_employer({"name": wanted.name, "uscc": wanted.uscc}, reference)
    for problem in listed.problems:
        raise problem.error
    return listed


def _kind_below(above: PlaceRow, door: str) -> Kind:
    """What a name typed below a place is: a house on a street, else a door."""
    wanted: Kind = "door" if above.kind in ("building", "floor", "tower") else "building"
    if not may_contain(above.kind, wanted):
        raise InvalidInput("place.wrong_parent", field="door", name=door)
    return wanted


def _employer(write: Write, listed: Listed, place: PlaceRow) -> bytes:
    row = employers.employer_id(listed.values.get("uscc"), place.id, listed.name)
    known = employers.standing(write, row)
    if known is not None and not known.retired:
        field = "uscc" if "uscc" in listed.values else "name"
        where = places.full_name(write.connection, known.place) or _("别处")
        raise InvalidInput(
            "employer.known_here", field=field, name=known.fields.get("name") or "", where=where
        )
    _refuse_namesake(write.connection, listed.name, place)
    if known is None:
        return write.insert("employer", listed.values, row)
    write.settle("employer", known.id, "retired_on", None)
    write.set("employer", known.id, listed.values)
    return known.id


def _refuse_namesake(connection: Connection, name: str, place: PlaceRow) -> None:
    if any(unit.name == name for unit in employers.at_place(connection, place.id)):
        where = places.full_name(connection, place.id) or place.name
        raise InvalidInput("employer.known_here", field="name", name=name, where=where)


def _place(workspace: Workspace, row: bytes) -> PlaceRow:
    found = workspace.database.read(lambda c: places.place_by_id(c, row))
    if found is None:
        raise NotFound("record.unknown", value=row.hex())
    return found
