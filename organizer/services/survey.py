"""Recording visits at doors, and the lamps that change by them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from organizer.domain import clears, visit
from organizer.domain.access import Permission
from organizer.domain.clears import Known, Lamp
from organizer.domain.fact import CODED, FIELDS, HEAD_COUNTS
from organizer.domain.round import DEFAULT_SOURCES, Round, check_span
from organizer.errors import InvalidInput, NotFound
from organizer.services.workspace import Workspace, check_source
from organizer.store import drafts, employers, facts, known, lamps, visits
from organizer.store.driver import Connection
from organizer.store.employers import EmployerRow
from organizer.store.transaction import Write

_PIECE = 200
"""Units whose lamps are looked at in one go."""


@dataclass(frozen=True)
class VisitOrder:
    """What a surveyor says of one door. `facts` by field; source as in `fact_source.csv`."""

    employer: bytes
    outcome: str
    facts: Mapping[str, str] = field(default_factory=dict)
    source: str = "spoken"
    on: date | None = None
    remark: str = ""
    person_met: str = ""
    corrects: bytes | None = None
    """The wrong visit in whose place this one stands."""


@dataclass(frozen=True)
class Visited:
    """A recorded visit, the write that can be taken back, and the lamps before and after it."""

    visit: bytes
    write: bytes
    before: tuple[Lamp, ...]
    after: tuple[Lamp, ...]


def open_round(workspace: Workspace, name: str, starts_on: date, ends_on: date | None) -> bytes:
    """Open a survey round (批次); facts of earlier rounds count as to be confirmed."""
    workspace.require(Permission.REVIEW)
    if not name.strip():
        raise InvalidInput("round.no_name", field="name")
    check_span(starts_on, ends_on)
    values = {
        "name": name,
        "starts_on": starts_on.isoformat(),
        "ends_on": ends_on.isoformat() if ends_on else None,
        "sources": json.dumps(DEFAULT_SOURCES),
        "lamp_rules": lamps.rules().version,
    }
    return workspace.database.write(
        workspace.intent("round.open"), lambda write: write.insert("round", values)
    )


def record_visit(workspace: Workspace, order: VisitOrder, *, draft: str = "") -> Visited:
    """Record a visit with its facts; the earlier visits stay. `draft` names what it was made from.

    A visit that corrects another names it; the wrong one goes out of use with its facts. Raises
    `InvalidInput` for an unknown outcome, a day ahead or outside the round, or a head count that is
    no number, `NotFound` for a visit that is none of this unit.
    """
    employer, current, before = workspace.database.read(lambda c: _standing(c, order.employer))
    workspace.require(Permission.SURVEY, employer.division_code)
    check_source(order.source)
    outcome = visit.parse_outcome(order.outcome)
    day = day_within(workspace, current, order.on)
    observed = checked_facts(workspace, order.facts)
    state = visit.operating_state(outcome)
    if state:
        observed["operating_state"] = state
    values = {
        "round": current.id,
        "employer": employer.id,
        "place": employer.place,
        "visitor": workspace.account.id,
        "corrects": order.corrects,
        "outcome": outcome,
        "visited_on": day.isoformat(),
        "visited_at": workspace.now,
        "person_met": order.person_met or None,
        "remark": order.remark or None,
        "next_on": observed.get("next_visit_on"),
    }

    def body(write: Write) -> tuple[bytes, bytes]:
        if order.corrects is not None:
            _take_out(write, order.corrects, employer.id, workspace.today)
        row = write.insert("visit", values)
        employers.observe(
            write, employer.id, observed, source=order.source, on=day.isoformat(), visit=row
        )
        if draft:
            # With the record, so that a draft never outlives it.
            drafts.drop(write.connection, drafts.draft_id(workspace.account.id, draft))
        return row, write.id

    made = workspace.database.write(workspace.intent("visit.record"), body)
    return Visited(*made, before, lamps_of(workspace, employer.id))


def day_within(workspace: Workspace, current: Round, on: date | None = None) -> date:
    """The day of a visit, today unless said; raises `InvalidInput` ahead or outside the round."""
    return visit.check_day(
        on or workspace.today,
        today=workspace.today,
        round_starts=current.starts_on,
        round_ends=current.ends_on,
    )


def _take_out(write: Write, wrong: bytes, employer: bytes, today: date) -> None:
    if not visits.is_of(write.connection, wrong, employer):
        raise NotFound("record.unknown", value=wrong.hex())
    write.retire("visit", wrong, today.isoformat())
    for fact in visits.facts_of(write.connection, wrong):
        write.retire("fact", fact, today.isoformat())


def lamps_of(workspace: Workspace, employer: bytes) -> tuple[Lamp, ...]:
    """The four lamps of an employer in the current round."""
    found, _round, shown = workspace.database.read(lambda c: _standing(c, employer))
    workspace.require(Permission.LOOK, found.division_code)
    return shown


def lamps_of_many(connection: Connection, wanted: Iterable[bytes]) -> dict[bytes, tuple[Lamp, ...]]:
    """The lamps of these employers in the current round, for services that build lists."""
    current = visits.current_round(connection)
    if current is None:
        return {}
    rows, in_force = list(wanted), lamps.rules()
    found = known.known_of(connection, rows, current)
    for row in rows:
        if row not in found:
            survivor = facts.survivor(connection, "employer", row)
            found[row] = _known(connection, survivor, current)
    return {row: clears.lamps(in_force, found[row], current) for row in rows}


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


def checked_facts(workspace: Workspace, typed: Mapping[str, str]) -> dict[str, str]:
    """Facts with fields, numbers, days and codes checked; raises `InvalidInput` at the field."""
    workspace.require(Permission.LOOK)
    observed: dict[str, str] = {}
    for name, value in typed.items():
        if name not in FIELDS:
            raise InvalidInput("visit.unknown_fact", field=name, name=name)
        text = value.strip()
        if name in HEAD_COUNTS:
            if not (text.isascii() and text.isdigit() and len(text) <= 6):
                raise InvalidInput("visit.not_a_number", field=name, value=value)
            text = str(int(text))
        elif name.endswith("_on") and text:
            text = _day(name, text, workspace.today)
        elif name in CODED and text:
            text = _code(workspace, name, text)
        if text:
            observed[name] = text
    return observed


def _code(workspace: Workspace, name: str, text: str) -> str:
    codes = workspace.codes(name)
    if text in codes:
        return text
    match = codes.code_of(text, field=name)
    if match.kind == "ask":
        raise InvalidInput("employer.ask", field=name, value=text)
    return match.code


def _day(name: str, text: str, today: date) -> str:
    """A day as stored; +30 is thirty days from today."""
    ahead = text.removeprefix("+")
    if text.startswith("+") and ahead.isascii() and ahead.isdigit() and len(ahead) <= 3:
        return (today + timedelta(days=int(ahead))).isoformat()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise InvalidInput("visit.not_a_date", field=name, value=text) from error


def _standing(connection: Connection, row: bytes) -> tuple[EmployerRow, Round, tuple[Lamp, ...]]:
    current = visits.current_round(connection)
    if current is None:
        raise NotFound("round.none")
    employer = employers.employer_by_id(connection, row)
    if employer is None:
        raise NotFound("record.unknown", value=row.hex())
    return (
        employer,
        current,
        clears.lamps(lamps.rules(), _known(connection, employer.id, current), current),
    )


def _known(connection: Connection, employer: bytes, current: Round) -> Known:
    found = known.known_of(connection, [employer], current)
    if employer not in found:
        raise NotFound("record.unknown", value=employer.hex())
    return found[employer]
