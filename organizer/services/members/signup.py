"""Signing a person up to a pending application, once; a second time leads to a transfer."""

from collections.abc import Sequence
from dataclasses import dataclass

from organizer import resources
from organizer.domain import union_org
from organizer.domain.access import Permission
from organizer.domain.member import ACTIVE, State, move
from organizer.domain.note import Note
from organizer.domain.person_name import pua_table
from organizer.domain.signup import Applicant, Typed, read_applicant
from organizer.errors import Conflict, InvalidInput, NotFound
from organizer.services.workspace import Workspace
from organizer.store import drafts, employers, members
from organizer.store.driver import Connection
from organizer.store.members import Membership
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
    applicant = read(workspace, order.typed)
    seat = workspace.database.read(lambda c: _seat(c, workspace, order))
    workspace.require(Permission.SIGN_UP, seat.division_code)

    # Checked inside the write, so that two sign-ups at once cannot both pass.
    def body(write: Write) -> tuple[bytes, bytes]:
        made = _apply(write, workspace, order, applicant, seat)
        if draft:
            # With the record, so that a draft never outlives it.
            drafts.drop(write.connection, drafts.draft_id(workspace.account.id, draft))
        return made

    made = workspace.database.write(workspace.intent("signup.add"), body)
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
    found = connection.execute(
        "SELECT id, name FROM union_org WHERE id = ? AND retired_on IS NULL", (order.union_org,)
    ).fetchone()
    if found is None:
        raise InvalidInput("signup.no_union", field="union")
    return _Seat(found[0], found[1], code, "", workplace)


def _apply(
    write: Write, workspace: Workspace, order: SignupOrder, applicant: Applicant, seat: _Seat
) -> tuple[bytes, bytes]:
    known = _known_person(write.connection, applicant)
    if known is not None:
        refuse_second(write.connection, known)
        write.set("person", known, applicant.values)
    person = known or write.insert("person", applicant.values)
    union = seat.union_org or members.ensure_fallback_union(
        write, seat.division_code, seat.division_name
    )
    today = workspace.today.isoformat()
    membership = write.insert(
        "membership",
        {
            "person": person,
            "union_org": union,
            "employer": order.employer,
            "state": move(State.DRAFT, State.PENDING),
            "position": order.position or None,
            "workplace": seat.workplace or None,
            "employment_state": "1",
            "channel": order.channel,
            "applied_on": today,
            "application_text": order.application_text or None,
            "change_kind": "1",
            "change_on": today,
        },
    )
    write.insert(
        "membership_step",
        {
            "membership": membership,
            "person": person,
            "from_state": State.DRAFT,
            "to_state": State.PENDING,
            "on_day": today,
        },
    )
    return membership, person


def _known_person(connection: Connection, applicant: Applicant) -> bytes | None:
    if applicant.id_number is None:
        return None
    found = members.people_with_id_number(connection, applicant.id_number)
    return found[0].id if found else None


def refuse_second(connection: Connection, person: bytes) -> None:
    """Raises `Conflict` when the person has an active membership: a transfer is due instead."""
    standing: list[Membership] = members.memberships_of(connection, person)
    for membership in standing:
        if membership.record.text("state") in ACTIVE:
            raise Conflict(
                "signup.already_member",
                name=membership.person.text("name"),
                union=membership.union_name,
                state=membership.record.text("state"),
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
            membership = members.membership_by_id(write.connection, row)
            if membership is None:
                raise NotFound("record.unknown", value=row.hex())
            for code in members.divisions_of(write.connection, membership.person.id):
                workspace.require(Permission.REVIEW, code)
            current = membership.record.text("state")
            following = move(current, _approved_state(write.connection, membership))
            write.set(
                "membership",
                row,
                {"state": following.value, "joined_on": today, "change_on": today},
            )
            write.insert(
                "membership_step",
                {
                    "membership": row,
                    "person": membership.person.id,
                    "from_state": current,
                    "to_state": following.value,
                    "reason": reason or None,
                    "on_day": today,
                },
            )
        return len(memberships)

    return workspace.database.write(workspace.intent("signup.approve"), body)


def _approved_state(connection: Connection, membership: Membership) -> State:
    union = membership.record.link("union_org")
    (code,) = connection.execute(
        "SELECT division_code FROM union_org WHERE id = ?", (union,)
    ).fetchone()
    fallback = code is not None and union == members.fallback_union_id(code)
    return State.TEMPORARY if fallback else State.FULL
