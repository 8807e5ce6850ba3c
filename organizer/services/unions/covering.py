"""Which union covers an employer (覆盖): one at a time, with the history of those before.

Who is covered by none of its own, a joint, an industry or a regional union falls back on the union of
its community, village or town (兜底). That follows from where the unit stands and need not be stored;
it is when somebody names another union for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from organizer.domain import union_org
from organizer.domain.access import Permission
from organizer.domain.division import Divisions
from organizer.errors import Conflict, InvalidInput, NotFound
from organizer.services.members import steps
from organizer.services.unions import keeping
from organizer.services.workspace import Workspace
from organizer.store import employers, members, unions
from organizer.store.driver import Connection
from organizer.store.employers import EmployerRow
from organizer.store.transaction import Write
from organizer.store.unions import CoverageRow

OWN, FALLBACK = "1", "5"
"""Codes of `coverage_kind.csv` that the rules speak of."""


@dataclass(frozen=True)
class Covered:
    """Who covers an employer today: a kind as its code, since when as ISO text ("" for the fallback).

    `union` is None for a fallback that nobody named: it may not be on record yet.
    """

    union: bytes | None
    union_name: str
    kind: str
    since_on: str
    history: Sequence[CoverageRow]


def covered(workspace: Workspace, employer: bytes) -> Covered:
    """Who covers an employer, and who did before."""

    # Before the query: they are read through the same few readers when not yet known.
    divisions = workspace.divisions

    def query(connection: Connection) -> Covered:
        unit = _unit(connection, workspace, employer, Permission.LOOK)
        return covered_in(connection, workspace, unit, divisions)

    return workspace.database.read(query)


def covered_in(
    connection: Connection, workspace: Workspace, unit: EmployerRow, divisions: Divisions
) -> Covered:
    """`covered` for a unit whose card is being read."""
    history = unions.coverage_of(connection, unit.id)
    if history and not history[0].until_on:
        now = history[0]
        return Covered(now.union_org, now.union_name, now.kind, now.since_on, history)
    code = unit.division_code or workspace.office.division_code
    fallback = members.union_by_id(connection, members.fallback_union_id(code))
    if fallback is not None:
        return Covered(fallback.id, fallback.text("name"), FALLBACK, "", history)
    name = union_org.fallback_name(divisions.get(code).name, code)
    return Covered(None, name, FALLBACK, "", history)


def cover(
    workspace: Workspace,
    employers_: Sequence[bytes],
    union: bytes,
    kind: str,
    on: date | None = None,
) -> int:
    """From a day on a union covers these employers; what covered them before ends that day.

    Returns how many are covered anew. Raises `InvalidInput` at the field, `Conflict` when a union of
    one unit (单独) would cover a second one, and where it would make a circle: the union stands below
    the unit's own.
    """
    workspace.require(Permission.REVIEW)
    if not kind:
        raise InvalidInput("coverage.no_kind", field="kind")
    workspace.codes("coverage_kind").entry(kind)
    if not employers_:
        raise InvalidInput("coverage.no_units", field="units")
    day = steps.day_of(workspace, on)

    def body(write: Write) -> int:
        goal = keeping.standing(write.connection, workspace, union)
        count = 0
        for row in employers_:
            unit = _unit(write.connection, workspace, row, Permission.REVIEW)
            if kind == OWN:
                _refuse_second(write.connection, union, unit, goal.text("name"))
            else:
                _refuse_circle(write.connection, union, unit, goal.text("name"))
            count += put(write, unit, union, kind, day)
        return count

    return workspace.database.write(workspace.intent("union.cover"), body)


def uncover(workspace: Workspace, employer: bytes, on: date | None = None) -> bytes:
    """An employer is covered by nobody any more but its fallback; returns the write."""
    return uncover_all(workspace, [employer], on)


def uncover_all(workspace: Workspace, employers_: Sequence[bytes], on: date | None = None) -> bytes:
    """These employers fall back on the unions of where they stand, all or none; returns the write.

    Raises `NotFound` for one that nobody covers, `InvalidInput` (field `on`) for a day before it began.
    """
    workspace.require(Permission.REVIEW)
    day = steps.day_of(workspace, on)

    def body(write: Write) -> bytes:
        for row in employers_:
            unit = _unit(write.connection, workspace, row, Permission.REVIEW)
            now = _current(write.connection, unit)
            if now is None:
                raise NotFound("coverage.none", name=unit.name)
            _end(write, now, day)
        return write.id

    return workspace.database.write(workspace.intent("union.uncover"), body)


def units(workspace: Workspace, union: bytes) -> list[CoverageRow]:
    """The member units of a union: those it covers today."""
    workspace.require(Permission.LOOK)
    return workspace.database.read(lambda c: unions.covered_by(c, union))


def put(write: Write, unit: EmployerRow, union: bytes, kind: str, day: str) -> int:
    """As part of another write: a union covers a unit from a day on, what covered it before ends.

    0 where it did already. Raises `InvalidInput` (field `on`) for a day before that began or ended.
    """
    history = unions.coverage_of(write.connection, unit.id)
    if history and (now := history[0]) and not now.until_on:
        if (now.union_org, now.kind) == (union, kind):
            return 0
        _end(write, now, day)
    # Two unions would cover it at a time if it began before the last one ended.
    last = max((one.until_on for one in history), default="")
    if day < last:
        raise InvalidInput("coverage.overlap", field="on", name=unit.name, until=last, day=day)
    values = {"employer": unit.id, "union_org": union, "kind": kind, "since_on": day}
    write.insert("coverage", values)
    return 1


def _end(write: Write, now: CoverageRow, day: str) -> None:
    if day < now.since_on:
        raise InvalidInput(
            "coverage.before", field="on", name=now.employer_name, since=now.since_on, day=day
        )
    write.set("coverage", now.id, {"until_on": day})


def _current(connection: Connection, unit: EmployerRow) -> CoverageRow | None:
    history = unions.coverage_of(connection, unit.id)
    return history[0] if history and not history[0].until_on else None


def _refuse_second(connection: Connection, union: bytes, unit: EmployerRow, name: str) -> None:
    for other in unions.covered_by(connection, union):
        if other.employer != unit.id:
            raise Conflict("coverage.single", name=name, other=other.employer_name)


def _refuse_circle(connection: Connection, union: bytes, unit: EmployerRow, name: str) -> None:
    now = _current(connection, unit)
    if now is None or now.kind != OWN or now.union_org == union:
        return
    if now.union_org in unions.above(connection, union):
        raise Conflict("coverage.circle", name=name, own=now.union_name, unit=unit.name)


def _unit(
    connection: Connection, workspace: Workspace, row: bytes, permission: Permission
) -> EmployerRow:
    found = employers.employer_by_id(connection, row)
    if found is None:
        raise NotFound("record.unknown", value=row.hex())
    workspace.require(permission, found.division_code)
    return found
