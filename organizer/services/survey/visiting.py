"""One visit to a unit: what was said is checked whole, then written as one row with its facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from organizer.domain import visit
from organizer.domain.access import Permission
from organizer.domain.round import Round
from organizer.domain.visit import Outcome, Target
from organizer.errors import Conflict, InvalidInput, NotFound
from organizer.services.employers import fact_checking
from organizer.services.workspace import Workspace
from organizer.store import employers, rounds, visits
from organizer.store.driver import Connection
from organizer.store.employers import EmployerRow
from organizer.store.transaction import Write
from organizer.store.visits import Made

LONGEST_REMARK = 500


@dataclass(frozen=True)
class VisitOrder:
    """What a surveyor says of one door.

    `facts` by field, told by `source` unless `sources` names another for a field; codes as in
    `fact_source.csv`. `channel` is one of `domain.visit.Channel`, at the door unless said.
    """

    employer: bytes
    outcome: str
    facts: Mapping[str, str] = field(default_factory=dict)
    source: str = "spoken"
    on: date | None = None
    remark: str = ""
    person_met: str = ""
    corrects: bytes | None = None
    """The wrong visit in whose place this one stands; on its day unless said otherwise."""
    companions: str = ""
    channel: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Checked:
    """A visit that may be written: its row, and its facts with the source of each."""

    employer: EmployerRow
    values: Mapping[str, object]
    facts: Mapping[str, str]
    sources: Mapping[str, str]

    @property
    def day(self) -> str:
        """The day of the visit."""
        return str(self.values["visited_on"])


def round_of(connection: Connection, order: VisitOrder, employer: EmployerRow) -> Round:
    """The round a visit belongs to: where the unit lies now, or that of the visit it corrects.

    Raises `NotFound` without a round, and as `_correctable` does.
    """
    if order.corrects is None:
        return rounds.at(connection, employer.division_code)
    wrong = _correctable(connection, order.corrects, employer)
    found = next((one for one in rounds.live(connection) if one.id == wrong.round), None)
    return found or rounds.at(connection, employer.division_code)


def check(
    workspace: Workspace, order: VisitOrder, employer: EmployerRow, current: Round
) -> Checked:
    """A visit that may be written.

    Raises `InvalidInput` for an unknown outcome or way, a day ahead or outside the round, or a fact
    that cannot be, `NotAllowed` outside the account's division.
    """
    workspace.require(Permission.SURVEY, employer.division_code)
    outcome = visit.parse_outcome(order.outcome)
    channel = visit.parse_channel(order.channel, Target.UNIT)
    day = day_within(workspace, current, order.on or _day_of(workspace, order.corrects))
    observed = fact_checking.checked_facts(workspace, order.facts)
    _refuse_early(observed.get("next_visit_on"), day)
    state = visit.operating_state(outcome)
    if state:
        observed["operating_state"] = state
    if len(order.remark) > LONGEST_REMARK:
        raise InvalidInput("visit.long_text", field="remark", most=LONGEST_REMARK)
    values = {
        **row_of(workspace, current, outcome, day),
        "employer": employer.id,
        "place": employer.place,
        "target": Target.UNIT,
        "channel": channel,
        "corrects": order.corrects,
        "companions": order.companions.strip() or None,
        "person_met": order.person_met.strip() or None,
        "remark": order.remark.strip() or None,
        "next_on": observed.get("next_visit_on"),
    }
    sources = fact_checking.checked_sources(observed, order.source, order.sources)
    return Checked(employer, values, observed, sources)


def _refuse_early(next_on: str | None, day: date) -> None:
    if next_on and next_on < day.isoformat():
        raise InvalidInput("visit.next_early", field="next_visit_on", next=next_on, day=day)


def row_of(
    workspace: Workspace, current: Round, outcome: Outcome, day: date | None = None
) -> dict[str, object]:
    """What every visit says: its round, who went, when, what came of it."""
    return {
        "round": current.id,
        "visitor": workspace.account.id,
        "outcome": outcome,
        "visited_on": (day or workspace.today).isoformat(),
        "visited_at": workspace.now,
    }


def put(write: Write, checked: Checked, today: date, identity: bytes | None = None) -> bytes:
    """Write a visit with its facts; the one it corrects goes out of use. Returns its id."""
    wrong = checked.values["corrects"]
    if isinstance(wrong, bytes):
        _correctable(write.connection, wrong, checked.employer)
        take_out(write, wrong, today)
    row = write.insert("visit", checked.values, identity)
    for source in dict.fromkeys(checked.sources.values()):
        said = {
            name: value for name, value in checked.facts.items() if checked.sources[name] == source
        }
        employers.observe(
            write, checked.employer.id, said, source=source, on=checked.day, visit=row
        )
    return row


def take_out(write: Write, wrong: bytes, today: date) -> None:
    """Take a visit out of use with what was told on it; both stay readable in the log."""
    write.retire("visit", wrong, today.isoformat())
    for fact in visits.facts_of(write.connection, wrong):
        write.retire("fact", fact, today.isoformat())


def day_within(workspace: Workspace, current: Round, on: date | None = None) -> date:
    """The day of a visit, today unless said; raises `InvalidInput` ahead or outside the round."""
    return visit.check_day(
        on or workspace.today,
        today=workspace.today,
        round_starts=current.starts_on,
        round_ends=current.ends_on,
    )


def _correctable(connection: Connection, row: bytes, employer: EmployerRow) -> Made:
    """The visit that another shall stand for.

    Raises `NotFound` for an unknown one, `Conflict` for another unit's or one that was corrected or
    taken back before.
    """
    wrong = visits.visit_by_id(connection, row)
    if wrong is None:
        raise NotFound("record.unknown", value=row.hex())
    if wrong.employer != employer.id:
        raise Conflict("visit.of_another", name=employer.name)
    if wrong.retired:
        raise Conflict("visit.corrected_before", day=wrong.visited_on)
    return wrong


def _day_of(workspace: Workspace, wrong: bytes | None) -> date | None:
    if wrong is None:
        return None
    found = workspace.database.read(lambda c: visits.visit_by_id(c, wrong))
    return date.fromisoformat(found.visited_on) if found else None
