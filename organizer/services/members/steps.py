"""One step of a membership, as it is written: the new state, and the row that tells of it for ever."""

from dataclasses import dataclass
from datetime import date

from organizer.domain.access import Permission
from organizer.domain.member import State, move
from organizer.errors import InvalidInput, NotFound
from organizer.services.workspace import Workspace
from organizer.store import facts, members
from organizer.store.driver import Connection
from organizer.store.members import Membership
from organizer.store.transaction import Write


@dataclass(frozen=True)
class Told:
    """What is said of a step: its day, and where they apply the codes of change and reason of
    `membership_change.csv` and `membership_reason.csv`, words, and the number of a paper."""

    on: str
    change: str = ""
    reason_code: str = ""
    reason: str = ""
    paper_no: str = ""


def take(write: Write, membership: Membership, following: State, told: Told) -> State:
    """Write one step; raises `Conflict` for one the rules do not know."""
    record = membership.record
    current = record.text("state")
    state = move(current, following)
    values: dict[str, object] = {"state": state.value, "change_on": told.on}
    if told.change:
        values |= {"change_kind": told.change, "change_reason": told.reason_code or None}
    write.set("membership", record.id, values)
    note(write, record.id, membership.person.id, current, state, told)
    return state


def note(
    write: Write, membership: bytes, person: bytes, current: str, following: State, told: Told
) -> None:
    """The row of the history that tells of a step."""
    write.insert(
        "membership_step",
        {
            "membership": membership,
            "person": person,
            "from_state": current,
            "to_state": following.value,
            "reason_code": told.reason_code or None,
            "reason": told.reason or None,
            "paper_no": told.paper_no or None,
            "on_day": told.on,
        },
    )


def found(connection: Connection, workspace: Workspace, row: bytes) -> Membership:
    """A membership this account may change; raises `NotFound` (also for one taken back), `NotAllowed`."""
    membership = members.membership_by_id(connection, row)
    live = facts.in_use(connection, "membership", row)
    if membership is None or not live or membership.person.text("erased_on"):
        raise NotFound("record.unknown", value=row.hex())
    for code in members.divisions_of(connection, membership.person.id):
        workspace.require(Permission.REVIEW, code)
    return membership


def day_of(
    workspace: Workspace, day: date | None, *memberships: Membership, field: str = "on"
) -> str:
    """The day of a step, today by default; raises `InvalidInput` at `field` for one that cannot be."""
    on = (day or workspace.today).isoformat()
    if on > workspace.today.isoformat():
        raise InvalidInput("member.future_day", field=field, day=on)
    for membership in memberships:
        began = membership.record.text("change_on")
        if began > on:
            name = membership.person.text("name")
            raise InvalidInput("member.too_early", field=field, day=on, name=name, began=began)
    return on
