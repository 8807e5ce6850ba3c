"""A row of paper becomes a visit; a blank row becomes a unit with its first visit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from organizer.domain.access import Permission
from organizer.domain.visit import CONFIRMING, Outcome, parse_outcome
from organizer.services.employers import adding
from organizer.services.employers.adding import Added, NewUnit
from organizer.services.workspace import Workspace
from organizer.store import drafts, facts
from organizer.store.transaction import Write


@dataclass(frozen=True)
class NewRow:
    """What a blank row says. `row` is its id on paper, `door` what is written as house and door."""

    row: bytes
    place: bytes
    door: str
    name: str
    outcome: str
    on: date
    uscc: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    remark: str = ""
    person_met: str = ""
    companions: str = ""


def take_new(
    workspace: Workspace,
    new: NewRow,
    *,
    identity: bytes | None = None,
    run: bytes | None = None,
    draft: str = "",
) -> Added:
    """Record the unit of a blank row with its first visit, as one step.

    From then on the row is that unit's, on every copy of the paper. `identity` is the id of the
    visit when it follows from a file. Raises `InvalidInput` as `adding.add_unit` does.
    """
    workspace.require(Permission.SURVEY)
    outcome = parse_outcome(new.outcome)
    place = workspace.database.read(lambda c: facts.survivor(c, "place", new.place))
    wanted = NewUnit(place, new.name, new.uscc, new.door, facts=new.facts)
    prepared = adding.prepare(workspace, wanted, new.on)

    def body(write: Write) -> Added:
        added = adding.put_unit(
            workspace,
            write,
            prepared,
            on=new.on,
            identity=identity,
            outcome=Outcome.NEW if outcome in CONFIRMING else outcome,
            remark=new.remark,
            person_met=new.person_met,
            companions=new.companions,
        )
        if write.exists("sheet_row", new.row):
            write.set("sheet_row", new.row, {"employer": added.employer})
        if draft:
            drafts.drop(write.connection, drafts.draft_id(workspace.account.id, draft))
        return added

    return workspace.database.write(workspace.intent("employer.add", run=run), body)
