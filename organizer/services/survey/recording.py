"""Recording visits at doors, and the lamps that change by them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from organizer.domain.access import Permission
from organizer.domain.clears import Lamp
from organizer.errors import NotFound
from organizer.services.survey import visiting
from organizer.services.survey.rounds import RoundOrder
from organizer.services.survey.rounds import open_round as opened
from organizer.services.survey.visiting import VisitOrder
from organizer.services.workspace import Workspace
from organizer.store import drafts, employers, facts, lamps, rounds, visits
from organizer.store.driver import Connection
from organizer.store.employers import EmployerRow
from organizer.store.transaction import Write

__all__ = ["VisitOrder"]

_PIECE = 200
"""Units whose lamps are looked at in one go."""


@dataclass(frozen=True)
class Visited:
    """A recorded visit, the write that can be taken back, and the lamps before and after it."""

    visit: bytes
    write: bytes
    before: tuple[Lamp, ...]
    after: tuple[Lamp, ...]


def open_round(workspace: Workspace, name: str, starts_on: date, ends_on: date | None) -> bytes:
    """Open a round that holds everywhere the account is, with what counts by default."""
    return opened(workspace, RoundOrder(name, starts_on, ends_on))


def record_visit(workspace: Workspace, order: VisitOrder, *, draft: str = "") -> Visited:
    """Record a visit with its facts; the earlier visits stay. `draft` names what it was made from.

    A visit that corrects another names it; the wrong one goes out of use with its facts. Raises
    `InvalidInput` for an unknown outcome, a day ahead or outside the round, or a fact that cannot be,
    `NotFound` and `Conflict` for a visit that cannot be corrected.
    """
    workspace.require(Permission.SURVEY)
    employer, before = workspace.database.read(lambda c: _standing(c, order.employer))
    current = workspace.database.read(lambda c: visiting.round_of(c, order, employer))
    checked = visiting.check(workspace, order, employer, current)

    def body(write: Write) -> tuple[bytes, bytes]:
        row = visiting.put(write, checked, workspace.today)
        if draft:
            # With the record, so that a draft never outlives it.
            drafts.drop(write.connection, drafts.draft_id(workspace.account.id, draft))
        return row, write.id

    name = "visit.correct" if order.corrects else "visit.record"
    made = workspace.database.write(workspace.intent(name), body)
    return Visited(*made, before, lamps_of(workspace, employer.id))


def lamps_of(workspace: Workspace, employer: bytes) -> tuple[Lamp, ...]:
    """The four lamps of an employer in the current round."""
    found, shown = workspace.database.read(lambda c: _standing(c, employer))
    workspace.require(Permission.LOOK, found.division_code)
    return shown


def lamps_of_many(connection: Connection, wanted: Iterable[bytes]) -> dict[bytes, tuple[Lamp, ...]]:
    """The lamps of these employers, each in its round, for services that build lists."""
    if rounds.current(connection) is None:
        return {}
    rows = list(wanted)
    found = lamps.shown(connection, rows)
    for row in rows:
        if row not in found:
            survivor = facts.survivor(connection, "employer", row)
            found[row] = _lamps(connection, survivor)
    return {row: found[row] for row in rows}


def settle_lamps(workspace: Workspace) -> None:
    """Look at the lamps of every unit that changed since they were counted last.

    A piece at a time: a district has 20,000 units, and no save shall wait for all of them.
    """
    workspace.require(Permission.LOOK)
    waiting = workspace.database.read(lamps.unknown)
    for start in range(0, len(waiting), _PIECE):
        piece = waiting[start : start + _PIECE]
        workspace.database.local(partial(lamps.keep, units=piece))


def visit_count(workspace: Workspace, employer: bytes) -> int:
    """How many visits an employer has had; none is ever overwritten."""
    workspace.require(Permission.LOOK)
    return len(workspace.database.read(lambda c: visits.of_employer(c, employer)))


def _standing(connection: Connection, row: bytes) -> tuple[EmployerRow, tuple[Lamp, ...]]:
    if rounds.current(connection) is None:
        raise NotFound("round.none")
    employer = employers.employer_by_id(connection, row)
    if employer is None:
        raise NotFound("record.unknown", value=row.hex())
    return employer, _lamps(connection, employer.id)


def _lamps(connection: Connection, employer: bytes) -> tuple[Lamp, ...]:
    found = lamps.shown(connection, [employer])
    if employer not in found:
        raise NotFound("record.unknown", value=employer.hex())
    return found[employer]
