"""Approving applications (审批): who waits, what has to be looked at first, and the list for the stamp.

会籍管理办法 art. 5: the base committee approves. Each batch belongs to a meeting of the committee and
prints as a 审批名单. Whoever has something about them that has to be seen is opened first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from organizer.domain import access, approval, masking
from organizer.domain.access import Permission
from organizer.domain.approval import Doubt, Mark, Meeting
from organizer.domain.member import State
from organizer.errors import Conflict, InvalidInput
from organizer.i18n import listed
from organizer.jobs import Progress, Silent
from organizer.services.members import doubts, steps
from organizer.services.members.steps import Told
from organizer.services.workspace import Workspace
from organizer.store import gatherings, members
from organizer.store.driver import Connection
from organizer.store.gatherings import ApprovalListRow
from organizer.store.members import Membership
from organizer.store.transaction import Write

MOST_TODAY = 50
_NAMED = 3
"""How many names a refusal tells."""


@dataclass(frozen=True)
class Application:
    """One application as a line of the list; dates as ISO text.

    `doubts` are what has to be seen before it is approved, `unseen` whether somebody still must.
    """

    membership: bytes
    name: str
    id_number: str
    phone: str
    employer: str
    union_name: str
    applied_on: str
    doubts: tuple[Doubt, ...] = ()
    unseen: bool = False


@dataclass(frozen=True)
class Approved:
    """How many were approved, on which list, by the write that can be taken back."""

    count: int
    lists: tuple[bytes, ...]
    write: bytes


def may_approve(workspace: Workspace) -> bool:
    """Whether this account's role approves applications."""
    return access.grants(workspace.account.role, Permission.REVIEW)


def waiting_numbers(workspace: Workspace) -> list[int]:
    """The local numbers of the waiting applications, oldest first."""
    workspace.require(Permission.REVIEW)
    return workspace.database.read(members.pending_numbers)


def waiting_page(workspace: Workspace, numbers: Sequence[int]) -> dict[int, Application]:
    """The lines of these numbers, with what has to be seen about each."""
    workspace.require(Permission.REVIEW)

    def query(connection: Connection) -> dict[int, Application]:
        found = members.numbered(connection, numbers)
        return {
            n: _line(one, doubts.of_membership(connection, workspace, one))
            for n, one in found.items()
        }

    return workspace.database.read(query)


def signed_today(workspace: Workspace) -> list[Application]:
    """Those of the account's division who were signed up today, newest first, at most `MOST_TODAY`."""
    workspace.require(Permission.LOOK)
    scope, day = workspace.account.division_code, workspace.today.isoformat()
    numbers = workspace.database.read(lambda c: members.applied_on(c, day, scope, MOST_TODAY))
    return list(lines(workspace, numbers).values())


def lines(workspace: Workspace, numbers: Sequence[int]) -> dict[int, Application]:
    """Memberships by their numbers as lines of a list of people."""
    workspace.require(Permission.LOOK)
    found = workspace.database.read(lambda c: members.numbered(c, numbers))
    return {n: _line(membership, ()) for n, membership in found.items()}


@dataclass(frozen=True)
class Opened:
    """An application opened to be looked at: the sentences, and whether they were new."""

    membership: bytes
    name: str
    told: tuple[str, ...]
    news: bool


def opened(workspace: Workspace, membership: bytes) -> Opened:
    """What has to be seen about one application; nothing is noted yet."""
    workspace.require(Permission.REVIEW)

    def query(connection: Connection) -> Opened:
        known = steps.found(connection, workspace, membership)
        marks = doubts.of_membership(connection, workspace, known)
        return Opened(
            membership,
            known.person.text("name"),
            _sentences(workspace, known, marks),
            bool(approval.unseen(marks, known.record.text("warnings_seen"))),
        )

    return workspace.database.read(query)


def see(workspace: Workspace, membership: bytes) -> tuple[str, ...]:
    """Note that what has to be seen about an application was; returns it in words.

    What turns up afterwards has to be seen as well.
    """
    workspace.require(Permission.REVIEW)

    def body(write: Write) -> tuple[str, ...]:
        known = steps.found(write.connection, workspace, membership)
        marks = doubts.of_membership(write.connection, workspace, known)
        seen = approval.seen_with(marks, known.record.text("warnings_seen"))
        write.set("membership", membership, {"warnings_seen": seen or None})
        return _sentences(workspace, known, marks)

    return workspace.database.write(workspace.intent("signup.see"), body)


def approve(
    workspace: Workspace,
    memberships: Sequence[bytes],
    meeting: Meeting | None = None,
    progress: Progress | None = None,
) -> Approved:
    """Approve applications as decided at a meeting, all of them or none.

    Who joins a fallback union because the employer has none becomes a temporary member. Raises
    `InvalidInput` for a meeting still to come, `Conflict("approval.unseen")` naming those who have
    to be opened first, `Cancelled` when it is stopped.
    """
    workspace.require(Permission.REVIEW)
    held = approval.check_meeting(meeting or Meeting(), workspace.today)
    watched = progress or Silent()
    rows = list(dict.fromkeys(memberships))
    if not rows:
        raise InvalidInput("approval.nobody", field="ids")

    def body(write: Write) -> Approved:
        chosen = [steps.found(write.connection, workspace, row) for row in rows]
        _refuse_unseen(write.connection, workspace, chosen)
        lists = _Lists(write, held)
        on = steps.day_of(workspace, held.met_on)
        told = Told(on, paper_no=held.number)
        for place, known in enumerate(chosen):
            watched.step(place, len(chosen))
            _refuse_too_early(known, on)
            take_in(write, known, lists.of(known), told)
        watched.step(len(chosen), len(chosen))
        return Approved(len(chosen), tuple(lists.made.values()), write.id)

    return workspace.database.write(workspace.intent("signup.approve"), body)


def take_in(write: Write, membership: Membership, approval_list: bytes, told: Told) -> State:
    """One application is approved on a list."""
    union = membership.record.link("union_org")
    fallback = union is not None and members.is_fallback(write.connection, union)
    following = State.TEMPORARY if fallback else State.FULL
    row = membership.record.id
    write.set("membership", row, {"joined_on": told.on, "approval_list": approval_list})
    return steps.take(write, membership, following, told)


def approval_lists(workspace: Workspace) -> list[ApprovalListRow]:
    """The lists of the account's division, the latest meeting first."""
    workspace.require(Permission.REVIEW)
    scope = workspace.account.division_code
    return workspace.database.read(lambda c: gatherings.approval_lists(c, scope))


class _Lists:
    """The approval lists of one batch: one for each union, made when first needed."""

    def __init__(self, write: Write, meeting: Meeting) -> None:
        self._write = write
        self._meeting = meeting
        self.made: dict[bytes | None, bytes] = {}

    def of(self, membership: Membership) -> bytes:
        """The list of the union somebody joins."""
        union = membership.record.link("union_org")
        if union not in self.made:
            met_on = self._meeting.met_on
            self.made[union] = self._write.insert(
                "approval_list",
                {
                    "union_org": union,
                    "committee": self._meeting.committee or None,
                    "met_on": met_on.isoformat() if met_on else None,
                    "paper_no": self._meeting.number or None,
                },
            )
        return self.made[union]


def _refuse_unseen(
    connection: Connection, workspace: Workspace, chosen: Sequence[Membership]
) -> None:
    names = [
        known.person.text("name")
        for known in chosen
        if approval.unseen(
            doubts.of_membership(connection, workspace, known), known.record.text("warnings_seen")
        )
    ]
    if names:
        raise Conflict("approval.unseen", names=listed(names[:_NAMED]), count=len(names))


def _refuse_too_early(known: Membership, on: str) -> None:
    """Nobody is approved at a meeting before the day of the application."""
    applied = known.record.text("applied_on")
    if applied > on:
        name = known.person.text("name")
        raise InvalidInput(
            "approval.before_application", field="met_on", day=on, name=name, applied=applied
        )


def _sentences(workspace: Workspace, known: Membership, marks: Sequence[Mark]) -> tuple[str, ...]:
    asked = doubts.Asked(known.person.fields, known.record.link("employer"), known.person.id)
    return tuple(doubts.sentence(workspace, mark, asked) for mark in marks)


def _line(membership: Membership, marks: Sequence[Mark]) -> Application:
    record, person = membership.record, membership.person
    return Application(
        record.id,
        person.text("name"),
        masking.mask_resident_id(person.text("id_number")),
        masking.mask_phone(person.text("phone")),
        record.text("workplace") or membership.employer_name,
        membership.union_name,
        record.text("applied_on"),
        tuple(dict.fromkeys(mark.doubt for mark in marks)),
        bool(approval.unseen(marks, record.text("warnings_seen"))),
    )
