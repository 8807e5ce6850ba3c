"""The visit card: what is known of a unit when one stands at its door, and what is still to ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from organizer.domain.access import DEPARTMENTS, Permission
from organizer.domain.clears import Lamp, Standing
from organizer.domain.fact import Fact
from organizer.domain.round import Round
from organizer.errors import NotFound
from organizer.services.survey import recording, rounds
from organizer.services.workspace import Workspace
from organizer.store import agenda, employers, facts, photos, places, visits
from organizer.store import rounds as stored
from organizer.store.driver import Connection
from organizer.store.employers import EmployerRow


@dataclass(frozen=True)
class Promised:
    """What was promised last time and nobody came back for: words, when said, until when ("" open)."""

    words: str
    said_on: str
    due_on: str

    def overdue(self, today: date) -> bool:
        """Whether its day is over."""
        return bool(self.due_on) and self.due_on < today.isoformat()


@dataclass(frozen=True)
class Past:
    """A visit made before, as it was written down: what it brought by field, told by which source."""

    id: bytes
    employer: bytes
    outcome: str
    on: str
    channel: str
    companions: str
    person_met: str
    remark: str
    facts: Mapping[str, str]
    sources: Mapping[str, str]


@dataclass(frozen=True)
class Card:
    """The visit card of a unit. `standings` says of each fact whether this round has confirmed it."""

    employer: bytes
    name: str
    place: bytes | None
    where: str
    lamps: tuple[Lamp, ...]
    facts: Mapping[str, Fact]
    visits: int
    current: Round
    standings: Mapping[str, Standing]
    promised: Promised | None
    last: bytes | None
    """The newest visit, of whatever round."""
    last_on: str
    photos: int
    code: str

    def confirmed(self, field: str) -> bool:
        """Whether nothing has to be asked about a field in this round any more."""
        return self.standings.get(field) is Standing.CONFIRMED

    def repeatable(self, field: str) -> bool:
        """Whether one may say of a field that nothing changed: not of another department's figure."""
        fact = self.facts.get(field)
        return fact is not None and fact.source not in DEPARTMENTS


def card(workspace: Workspace, employer: bytes) -> Card:
    """The visit card of a unit; raises `NotFound` for an unknown unit or without a round."""
    workspace.require(Permission.LOOK)

    def query(connection: Connection) -> Card:
        found = employers.employer_by_id(connection, employer)
        if found is None:
            raise NotFound("record.unknown", value=employer.hex())
        workspace.require(Permission.LOOK, found.division_code)
        there = stored.live(connection)
        if not there:
            raise NotFound("round.none")
        # Where no round holds one may look, but not write.
        current = stored.holding(there, found.division_code) or there[0]
        return _card(connection, workspace, found, current)

    return workspace.database.read(query)


def past_visit(workspace: Workspace, visit: bytes) -> Past:
    """A visit in use as it was written down, to be put right; raises `NotFound`."""
    workspace.require(Permission.LOOK)

    def query(connection: Connection) -> Past:
        made = visits.visit_by_id(connection, visit)
        if made is None or made.retired or made.employer is None:
            raise NotFound("record.unknown", value=visit.hex())
        found = employers.employer_by_id(connection, made.employer)
        workspace.require(Permission.LOOK, found.division_code if found else None)
        told = visits.told_on(connection, visit)
        hidden = frozenset() if workspace.sees_departments else DEPARTMENTS
        shown = [fact for fact in told if fact.source not in hidden]
        return Past(
            visit, made.employer, made.outcome, made.visited_on, made.channel, made.companions, made.person_met,
            made.remark,
            {fact.field: fact.value for fact in shown if fact.field != "operating_state"},
            {fact.field: fact.source for fact in shown},
        )  # fmt: skip

    return workspace.database.read(query)


def _card(connection: Connection, workspace: Workspace, found: EmployerRow, current: Round) -> Card:
    made = visits.of_employer(connection, found.id)
    promised = agenda.promise_of(connection, found.id)
    return Card(
        found.id,
        found.name,
        found.place,
        places.full_name(connection, found.place) or found.fields["address"] or "",
        recording.lamps_of_many(connection, [found.id])[found.id],
        facts.current(connection, found.id, departments=workspace.sees_departments),
        len(made),
        current,
        rounds.standings_in(connection, found.id, found.division_code),
        Promised(promised.value, promised.said_on, promised.due_on) if promised else None,
        made[0].id if made else None,
        made[0].visited_on if made else "",
        len(photos.of_employer(connection, found.id)),
        found.fields["uscc"] or "",
    )
