"""Recording visits at doors, and the lamps that change by them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from organizer import resources
from organizer.domain import clears, visit
from organizer.domain.access import Permission
from organizer.domain.clears import Known, Lamp, Rules
from organizer.domain.fact import CODED, FIELDS, HEAD_COUNTS
from organizer.domain.round import DEFAULT_SOURCES, Round, check_span
from organizer.errors import InvalidInput, NotFound
from organizer.services.workspace import Workspace
from organizer.store import drafts, employers, facts, places, visits
from organizer.store.driver import Connection
from organizer.store.employers import EmployerRow
from organizer.store.transaction import Write


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
        "lamp_rules": rules().version,
    }
    return workspace.database.write(
        workspace.intent("round.open"), lambda write: write.insert("round", values)
    )


def record_visit(workspace: Workspace, order: VisitOrder, *, draft: str = "") -> Visited:
    """Record a visit with its facts; the earlier visits stay. `draft` names what it was made from.

    Raises `InvalidInput` for an unknown outcome, a day ahead or before the round, or a head count
    that is no number.
    """
    employer, current, before = workspace.database.read(lambda c: _standing(c, order.employer))
    workspace.require(Permission.SURVEY, employer.division_code)
    outcome = visit.parse_outcome(order.outcome)
    day = visit.check_day(
        order.on or workspace.today, today=workspace.today, round_starts=current.starts_on
    )
    observed = checked_facts(workspace, order.facts)
    state = visit.operating_state(outcome)
    if state:
        observed["operating_state"] = state

    def body(write: Write) -> tuple[bytes, bytes]:
        row = write.insert(
            "visit",
            {
                "round": current.id,
                "employer": employer.id,
                "place": employer.place,
                "visitor": workspace.account.id,
                "outcome": outcome,
                "visited_on": day.isoformat(),
                "visited_at": workspace.now,
                "person_met": order.person_met or None,
                "remark": order.remark or None,
                "next_on": observed.get("next_visit_on"),
            },
        )
        employers.observe(
            write, employer.id, observed, source=order.source, on=day.isoformat(), visit=row
        )
        if draft:
            # With the record, so that a draft never outlives it.
            drafts.drop(write.connection, drafts.draft_id(workspace.account.id, draft))
        return row, write.id

    made = workspace.database.write(workspace.intent("visit.record"), body)
    return Visited(*made, before, lamps_of(workspace, employer.id))


def lamps_of(workspace: Workspace, employer: bytes) -> tuple[Lamp, ...]:
    """The four lamps of an employer in the current round."""
    found, _round, lamps = workspace.database.read(lambda c: _standing(c, employer))
    workspace.require(Permission.LOOK, found.division_code)
    return lamps


def lamps_of_many(connection: Connection, wanted: Iterable[bytes]) -> dict[bytes, tuple[Lamp, ...]]:
    """The lamps of these employers in the current round, for services that build lists."""
    current = visits.current_round(connection)
    if current is None:
        return {}
    in_force = rules()
    return {row: _shining(connection, row, current, in_force)[1] for row in wanted}


def visit_count(workspace: Workspace, employer: bytes) -> int:
    """How many visits an employer has had; none is ever overwritten."""
    workspace.require(Permission.LOOK)
    return len(workspace.database.read(lambda c: visits.of_employer(c, employer)))


def rules() -> Rules:
    """The lamp definitions in force."""
    return clears.read_rules(resources.toml("rules", "lamps.toml"))


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
    employer, lamps = _shining(connection, row, current, rules())
    return employer, current, lamps


def _shining(
    connection: Connection, row: bytes, current: Round, in_force: Rules
) -> tuple[EmployerRow, tuple[Lamp, ...]]:
    employer = employers.employer_by_id(connection, row)
    if employer is None:
        raise NotFound("record.unknown", value=row.hex())
    known = Known(
        facts.current(connection, employer.id),
        _attributes(connection, employer),
        visits.last_confirmed(connection, employer.id, current),
    )
    return employer, clears.lamps(in_force, known, current)


def _attributes(connection: Connection, employer: EmployerRow) -> dict[str, str | None]:
    code = employer.division_code or ""
    attributes = {
        "name": employer.name,
        "place": places.full_name(connection, employer.place) or None,
        "community": code if len(code) >= 12 else None,
    }
    # A grid that neither the unit's card nor its place knows may have been told at the door.
    grid = employer.fields["grid"] or places.grid_of(connection, employer.place)
    return attributes | ({"grid": grid} if grid else {})
