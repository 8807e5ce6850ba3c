"""Signing a person up to a pending application, once; a second time leads to a transfer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from organizer import resources
from organizer.domain import union_org
from organizer.domain.access import Permission
from organizer.domain.member import ACTIVE, JOINED, State, move
from organizer.domain.note import Note
from organizer.domain.person_name import pua_table
from organizer.domain.signup import Applicant, Typed, read_applicant
from organizer.errors import Conflict, InvalidInput, NotFound
from organizer.services.members import steps
from organizer.services.workspace import Workspace
from organizer.store import drafts, employers, members
from organizer.store.driver import Connection
from organizer.store.members import Membership, Record
from organizer.store.transaction import Write


@dataclass(frozen=True)
class SignupOrder:
    """Who joins which union, from where, on which text."""

    typed: Typed
    employer: bytes | None = None
    union_org: bytes | None = None
    position: str = ""
    workplace: str = ""
    channel: str = "field"
    application_text: str = ""


@dataclass(frozen=True)
class SignedUp:
    """A pending application and what the person at the door should know."""

    membership: bytes
    person: bytes
    union_name: str
    notes: tuple[Note, ...]


def sign_up(workspace: Workspace, order: SignupOrder, *, draft: str = "") -> SignedUp:
    """Record an application (待审批); `draft` names the screen whose draft it was made from.

    Raises `InvalidInput` at the field, and `Conflict("signup.already_member")` when the id number
    has an active membership: a transfer (转入) is offered instead (会籍管理办法 art. 8).
    """
    today = workspace.today.isoformat()

    def apply(write: Write, person: bytes, union: bytes, workplace: str) -> bytes:
        values = {
            "person": person,
            "union_org": union,
            "employer": order.employer,
            "state": move(State.DRAFT, State.PENDING),
            "position": order.position or None,
            "workplace": workplace or None,
            "employment_state": "1",
            "channel": order.channel,
            "applied_on": today,
            "application_text": order.application_text or None,
            "change_kind": JOINED,
            "change_on": today,
        }
        membership = write.insert("membership", values)
        steps.note(write, membership, person, State.DRAFT, State.PENDING, steps.Told(today))
        return membership

    return admit(workspace, order, "signup.add", apply, draft=draft)


Begin = Callable[[Write, bytes, bytes, str], bytes]
"""Begins a membership of a person with a union at a workplace; returns its id."""


def admit(
    workspace: Workspace, order: SignupOrder, name: str, begin: Begin, *, draft: str = ""
) -> SignedUp:
    """Find or make person and union, and begin a membership there, as one write called `name`."""
    applicant = read(workspace, order.typed)
    seat = workspace.database.read(lambda c: _seat(c, workspace, order))
    workspace.require(Permission.SIGN_UP, seat.division_code)

    # Checked inside the write, so that two sign-ups at once cannot both pass.
    def body(write: Write) -> tuple[bytes, bytes]:
        person = _person(write, applicant)
        union = seat.union_org or members.ensure_fallback_union(
            write, seat.division_code, seat.division_name
        )
        membership = begin(write, person, union, seat.workplace)
        if draft:
            # With the record, so that a draft never outlives it.
            drafts.drop(write.connection, drafts.draft_id(workspace.account.id, draft))
        return membership, person

    made = workspace.database.write(workspace.intent(name), body)
    return SignedUp(*made, seat.union_name, applicant.notes)


def read(workspace: Workspace, typed: Typed) -> Applicant:
    """What is typed about a person, checked and as it is stored; raises `InvalidInput`."""
    workspace.require(Permission.SIGN_UP)
    return read_applicant(
        typed,
        today=workspace.today,
        known_areas=workspace.known_areas,
        pua=pua_table(resources.rows("codelists", "gbk_pua_to_standard.csv")),
    )


@dataclass(frozen=True)
class _Seat:
    union_org: bytes | None
    """None: the union of the division, which is made with its first member."""
    union_name: str
    division_code: str
    division_name: str
    workplace: str


def _seat(connection: Connection, workspace: Workspace, order: SignupOrder) -> _Seat:
    code, workplace = workspace.office.division_code, order.workplace
    if order.employer:
        employer = employers.employer_by_id(connection, order.employer)
        if employer is None:
            raise NotFound("record.unknown", value=order.employer.hex())
        code, workplace = employer.division_code or code, workplace or employer.name
    if order.union_org is None:
        division = workspace.divisions.get(code)
        name = union_org.fallback_name(division.name, code)
        return _Seat(None, name, code, division.name, workplace)
    chosen = chosen_union(connection, order.union_org)
    return _Seat(chosen.id, chosen.text("name"), code, "", workplace)


def chosen_union(connection: Connection, union: bytes) -> Record:
    """A live union somebody chose; raises `InvalidInput` (field `union`)."""
    found = members.union_by_id(connection, union)
    if found is None:
        raise InvalidInput("signup.no_union", field="union")
    return found


def _person(write: Write, applicant: Applicant) -> bytes:
    """Who this is by id number, brought up to date, or a new person."""
    known = None
    if applicant.id_number is not None:
        known = members.people_with_id_number(write.connection, applicant.id_number)
    if not known:
        return write.insert("person", applicant.values)
    refuse_second(write.connection, known[0].id)
    write.set("person", known[0].id, applicant.values)
    return known[0].id


def refuse_second(connection: Connection, person: bytes) -> None:
    """Raises `Conflict` when the person has an active membership: a transfer is due instead."""
    standing: list[Membership] = members.memberships_of(connection, person)
    for membership in standing:
        if membership.record.text("state") in ACTIVE:
            kept = membership.record.text("state") == State.KEPT
            raise Conflict(
                "signup.kept_member" if kept else "signup.already_member",
                name=membership.person.text("name"),
                union=membership.union_name,
            )


def waiting(workspace: Workspace) -> list[bytes]:
    """The memberships that wait for approval, oldest first."""
    workspace.require(Permission.REVIEW)
    found = workspace.database.read(members.pending)
    return [membership.record.id for membership in found]


def approve(workspace: Workspace, memberships: Sequence[bytes], reason: str = "") -> int:
    """Approve pending applications (基层工会委员会批准, 会籍管理办法 art. 5); returns how many.

    Who joins a fallback union because the employer has none becomes a temporary member.
    """
    workspace.require(Permission.REVIEW)
    today = workspace.today.isoformat()

    def body(write: Write) -> int:
        for row in memberships:
            membership = steps.found(write.connection, workspace, row)
            following = _approved_state(write.connection, membership)
            steps.take(write, membership, following, steps.Told(today, reason=reason))
            write.set("membership", row, {"joined_on": today})
        return len(memberships)

    return workspace.database.write(workspace.intent("signup.approve"), body)


def _approved_state(connection: Connection, membership: Membership) -> State:
    union = membership.record.link("union_org")
    fallback = union is not None and members.is_fallback(connection, union)
    return State.TEMPORARY if fallback else State.FULL
