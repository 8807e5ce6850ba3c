"""Signing a person up to a pending application, once; a second time leads to a transfer."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from organizer import resources
from organizer.domain import union_org
from organizer.domain.access import Permission
from organizer.domain.member import ACTIVE, JOINED, State, move
from organizer.domain.note import Note
from organizer.domain.person_name import pua_table
from organizer.domain.signup import Applicant, Typed, read_applicant
from organizer.errors import Conflict, InvalidInput, NotFound
from organizer.services.members import consenting, id_telling, steps
from organizer.services.members.consenting import ON_PAPER, Agreed
from organizer.services.workspace import Workspace
from organizer.store import attachments, consents, drafts, employers, members
from organizer.store.driver import Connection
from organizer.store.members import Membership, Record
from organizer.store.transaction import Write


@dataclass(frozen=True)
class SignupOrder:
    """Who joins which union, from where, on which text.

    `applied_on` is the day on the application, today by default; `signature` is a picture of the
    applicant's hand (PNG) where the office lets people sign on the screen.
    """

    typed: Typed
    employer: bytes | None = None
    union_org: bytes | None = None
    position: str = ""
    workplace: str = ""
    channel: str = "field"
    application_text: str = ""
    engagement: str = ""
    applied_on: date | None = None
    agreed: Agreed = ON_PAPER
    signature: bytes = b""


@dataclass(frozen=True)
class SignedUp:
    """A pending application and what the person at the door should know."""

    membership: bytes
    person: bytes
    union_name: str
    notes: tuple[Note, ...]


def sign_up(workspace: Workspace, order: SignupOrder, *, draft: str = "") -> SignedUp:
    """Record an application (待审批); `draft` names the screen whose draft it was made from.

    Raises `InvalidInput` at the field, also for an application older than a refusal, and
    `Conflict("signup.already_member")` when the id number has an active membership: a transfer
    (转入) is offered instead (会籍管理办法 art. 8).
    """
    day = steps.day_of(workspace, order.applied_on, field="applied_on")

    def apply(write: Write, person: bytes, union: bytes, workplace: str) -> bytes:
        return apply_for(write, workspace, order, person, (union, workplace), day)

    return admit(workspace, order, "signup.add", apply, draft=draft)


def apply_for(
    write: Write,
    workspace: Workspace,
    order: SignupOrder,
    person: bytes,
    seat: tuple[bytes, str],
    on: str,
) -> bytes:
    """Record somebody's application to a union, from a workplace, with the consents on it; returns
    the membership. Raises `InvalidInput` for one older than a refusal."""
    union, workplace = seat
    refuse_older(write.connection, workspace, person, on)
    agree(write, workspace, order, person, union)
    values = {
        "person": person,
        "union_org": union,
        "employer": order.employer,
        "state": move(State.DRAFT, State.PENDING),
        "position": order.position or None,
        "workplace": workplace or None,
        "employment_state": "1",
        "engagement": order.engagement or None,
        "channel": order.channel,
        "applied_on": on,
        "application_text": order.application_text or None,
        "change_kind": JOINED,
        "change_on": on,
    }
    membership = write.insert("membership", values)
    steps.note(write, membership, person, State.DRAFT, State.PENDING, steps.Told(on))
    return membership


Begin = Callable[[Write, bytes, bytes, str], bytes]
"""Begins a membership of a person with a union at a workplace; returns its id."""


def admit(
    workspace: Workspace, order: SignupOrder, name: str, begin: Begin, *, draft: str = ""
) -> SignedUp:
    """Find or make person and union, and begin a membership there, as one write called `name`."""
    applicant = with_native_place(workspace, read(workspace, order.typed))
    seat = workspace.database.read(lambda c: seat_of(c, workspace, order))
    workspace.require(Permission.SIGN_UP, seat.division_code)
    digest = attachments.put(workspace.database, order.signature) if order.signature else b""

    # Checked inside the write, so that two sign-ups at once cannot both pass.
    def body(write: Write) -> tuple[bytes, bytes]:
        person = enter_person(write, applicant)
        union = seat.settled(write)
        if digest:
            size = len(order.signature)
            attachments.name(write, digest, "image/png", size, consents.SIGNATURE, person)
        membership = begin(write, person, union, seat.workplace)
        if draft:
            # With the record, so that a draft never outlives it.
            drafts.drop(write.connection, drafts.draft_id(workspace.account.id, draft))
        return membership, person

    made = workspace.database.write(workspace.intent(name), body)
    return SignedUp(*made, seat.union_name, _notes(order, applicant))


def read(workspace: Workspace, typed: Typed) -> Applicant:
    """What is typed about a person, checked and as it is stored; raises `InvalidInput`."""
    workspace.require(Permission.SIGN_UP)
    return read_applicant(
        typed,
        today=workspace.today,
        known_areas=workspace.known_areas,
        pua=pua_table(resources.rows("codelists", "gbk_pua_to_standard.csv")),
        ladders=id_telling.retirement_ladders(),
    )


def with_native_place(workspace: Workspace, applicant: Applicant) -> Applicant:
    """The same with the place the id number tells, where none was typed."""
    found = id_telling.native_place(workspace, applicant.id_number or "")
    if not found or applicant.values.get("native_place"):
        return applicant
    return replace(applicant, values={**applicant.values, "native_place": found}, derived=True)


def _notes(order: SignupOrder, applicant: Applicant) -> tuple[Note, ...]:
    """What the person at the door should know; who cannot be found again is said too."""
    reachable = order.employer or order.workplace or applicant.values.get("station")
    if applicant.id_number is None and not reachable:
        return (*applicant.notes, Note("signup.no_station"))
    return applicant.notes


@dataclass(frozen=True)
class Seat:
    """The union somebody joins and the place of work, as an order says it."""

    union_org: bytes | None
    """None: the union of the division, which is made with its first member."""
    union_name: str
    division_code: str
    division_name: str
    workplace: str

    def settled(self, write: Write) -> bytes:
        """The union, made where it is missing."""
        return self.union_org or members.ensure_fallback_union(
            write, self.division_code, self.division_name
        )


def seat_of(connection: Connection, workspace: Workspace, order: SignupOrder) -> Seat:
    """Where an order leads; raises `NotFound` for an unknown unit, `InvalidInput` for no union."""
    code, workplace = workspace.office.division_code, order.workplace
    if order.employer:
        employer = employers.employer_by_id(connection, order.employer)
        if employer is None:
            raise NotFound("record.unknown", value=order.employer.hex())
        code, workplace = employer.division_code or code, workplace or employer.name
    if order.union_org is None:
        division = workspace.divisions.get(code)
        name = union_org.fallback_name(division.name, code)
        return Seat(None, name, code, division.name, workplace)
    chosen = chosen_union(connection, order.union_org)
    return Seat(chosen.id, chosen.text("name"), code, "", workplace)


def chosen_union(connection: Connection, union: bytes) -> Record:
    """A live union somebody chose; raises `InvalidInput` (field `union`)."""
    found = members.union_by_id(connection, union)
    if found is None:
        raise InvalidInput("signup.no_union", field="union")
    return found


def enter_person(write: Write, applicant: Applicant) -> bytes:
    """Who this is by id number, brought up to date, or a new person."""
    known = None
    if applicant.id_number is not None:
        known = members.people_with_id_number(write.connection, applicant.id_number)
    if not known:
        return write.insert("person", applicant.values)
    refuse_second(write.connection, known[0].id)
    update_person(write, known[0], applicant)
    return known[0].id


def update_person(write: Write, known: Record, applicant: Applicant) -> None:
    """What is typed about somebody replaces what was known; what was only derived does not."""
    values = dict(applicant.values)
    if applicant.derived and known.text("native_place"):
        del values["native_place"]
    write.set("person", known.id, values)


def agree(
    write: Write, workspace: Workspace, order: SignupOrder, person: bytes, union: bytes
) -> None:
    """The consents on an application or a letter, as of its day."""
    day = (order.applied_on or workspace.today).isoformat()
    consenting.note(write, workspace, person, union, order.agreed, day)


def refuse_older(connection: Connection, workspace: Workspace, person: bytes, day: str) -> None:
    """Raises `InvalidInput` for an application from before the last one was refused, or ended."""
    for membership in members.memberships_of(connection, person):
        record = membership.record
        if record.text("change_on") > day:
            state = workspace.codes("membership_state").entry(record.text("state")).brief
            facts = {"day": day, "ended": record.text("change_on"), "state": state}
            raise InvalidInput("signup.older_than_refusal", field="applied_on", **facts)


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
