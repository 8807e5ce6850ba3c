"""Unions as records: made, edited, put under another, listed; and what is due with them."""

from collections.abc import Mapping
from dataclasses import dataclass

from organizer.domain import union_org, union_record
from organizer.domain.access import Permission
from organizer.domain.division import level_of
from organizer.domain.union_record import Reminder
from organizer.errors import Conflict, InvalidInput, NotFound
from organizer.services.workspace import Workspace
from organizer.store import members, unions
from organizer.store.driver import Connection
from organizer.store.members import Record
from organizer.store.transaction import Write
from organizer.store.unions import UnionLine

_UNIQUE = ("uscc", "local_code", "provincial_code", "national_code")
"""Codes that no two unions share."""


@dataclass(frozen=True)
class UnionOrder:
    """A union to be made: `typed` by the names of `union_record.FIELDS`, where, and under whom.

    Without `parent` it stands under the union every unit of its division falls back on.
    """

    typed: Mapping[str, str]
    division_code: str = ""
    parent: bytes | None = None


def add(workspace: Workspace, order: UnionOrder) -> bytes:
    """Make a union; returns its id.

    Raises `InvalidInput` at the field, also for a code another union has, `Conflict` for a taken name.
    """
    code = order.division_code or workspace.office.division_code
    workspace.require(Permission.REVIEW, code)
    division = workspace.divisions.get(code)
    values = read(workspace, order.typed, {})

    def body(write: Write) -> bytes:
        return insert(write, values, order.parent, code, division.name)

    return workspace.database.write(workspace.intent("union.add"), body)


def insert(
    write: Write,
    values: Mapping[str, str | None],
    parent: bytes | None,
    code: str,
    division_name: str,
) -> bytes:
    """Write a union under its parent; raises `Conflict` for a name or code another union has."""
    _refuse_taken(write.connection, values.get("name") or "", None)
    _refuse_coded(write.connection, values, None)
    if parent is None:
        parent = members.ensure_fallback_union(write, code, division_name)
    row = {**values, "parent": parent, "division_code": code, "level": level_of(code)}
    return write.insert("union_org", {"org_type": union_org.SINGLE, **_stored(row)})


def edit(workspace: Workspace, union: bytes, typed: Mapping[str, str]) -> bytes:
    """Change fields of a union; an empty text empties its field. Returns the write.

    Raises `InvalidInput` at the field, `Conflict` for a name another union has.
    """

    def body(write: Write) -> bytes:
        found = standing(write.connection, workspace, union)
        values = read(workspace, typed, texts(found))
        if name := values.get("name"):
            _refuse_taken(write.connection, name, union)
        _refuse_coded(write.connection, values, union)
        write.set("union_org", union, values)
        return write.id

    workspace.require(Permission.REVIEW)
    return workspace.database.write(workspace.intent("union.edit"), body)


def put_under(workspace: Workspace, union: bytes, parent: bytes) -> bytes:
    """Put a union under another; raises `Conflict` where that would make a circle."""
    workspace.require(Permission.REVIEW)

    def body(write: Write) -> bytes:
        found = standing(write.connection, workspace, union)
        goal = known(write.connection, parent)
        if parent == union or union in unions.above(write.connection, parent):
            names = {"name": found.text("name"), "parent": goal.text("name")}
            raise Conflict("union.circle", **names)
        write.set("union_org", union, {"parent": parent})
        return write.id

    return workspace.database.write(workspace.intent("union.move"), body)


def close(workspace: Workspace, union: bytes) -> bytes:
    """Take a union out of use (撤销); raises `Conflict` while it has members, units or unions below."""
    workspace.require(Permission.REVIEW)

    def body(write: Write) -> bytes:
        found = standing(write.connection, workspace, union)
        holds = unions.holdings(write.connection, union)
        if any(holds):
            raise Conflict("union.in_use", name=found.text("name"), **holds._asdict())
        write.retire("union_org", union, workspace.today.isoformat())
        return write.id

    return workspace.database.write(workspace.intent("union.retire"), body)


def lines(workspace: Workspace) -> list[UnionLine]:
    """The unions of the account's division, those above first."""
    workspace.require(Permission.LOOK)
    scope = workspace.account.division_code
    return workspace.database.read(lambda c: unions.lines(c, scope))


@dataclass(frozen=True)
class DueUnion:
    """A union with something due."""

    union: bytes
    name: str
    reminder: Reminder


def due(workspace: Workspace) -> list[DueUnion]:
    """What is due with the unions of the account's division, soonest first."""
    workspace.require(Permission.LOOK)
    scope, today = workspace.account.division_code, workspace.today

    def query(connection: Connection) -> list[DueUnion]:
        return [
            DueUnion(one.id, one.text("name"), reminder)
            for one in unions.dated(connection, scope, today.isoformat())
            for reminder in union_record.reminders(texts(one), today)
        ]

    return sorted(workspace.database.read(query), key=lambda one: (one.reminder.by, one.name))


def known(connection: Connection, union: bytes) -> Record:
    """A live union; raises `NotFound`."""
    found = members.union_by_id(connection, union)
    if found is None:
        raise NotFound("record.unknown", value=union.hex())
    return found


def standing(connection: Connection, workspace: Workspace, union: bytes) -> Record:
    """A live union this account may change; raises `NotFound`, `NotAllowed`."""
    found = known(connection, union)
    workspace.require(Permission.REVIEW, found.text("division_code") or None)
    return found


def read(
    workspace: Workspace, typed: Mapping[str, str], before: Mapping[str, str]
) -> dict[str, str | None]:
    """What is typed about a union as it is stored; raises `InvalidInput` at the field."""
    unknown = set(typed) - {*union_record.FIELDS, "term_years"}
    if unknown:
        raise InvalidInput("union.unknown_field", field="typed", value=min(unknown))
    codes = {name: workspace.codes(list_) for name, list_ in union_record.CODED.items()}
    return union_record.read_union(typed, before, workspace.today, codes)


def _refuse_taken(connection: Connection, name: str, but: bytes | None) -> None:
    if unions.named(connection, name, but):
        raise Conflict("union.name_taken", name=name)


def _refuse_coded(
    connection: Connection, values: Mapping[str, str | None], but: bytes | None
) -> None:
    for field in _UNIQUE:
        code = values.get(field)
        if code and (other := unions.coded(connection, field, code, but)):
            raise InvalidInput("union.code_taken", field=field, code=code, name=other)


def texts(record: Record) -> dict[str, str]:
    """What can be typed about a union, as its record says it."""
    return {name: record.text(name) for name in union_record.FIELDS}


def _stored(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}
