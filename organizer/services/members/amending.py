"""A person's record completed or corrected later (证件后补, 去更正): an edit that can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass

from organizer.domain import access
from organizer.domain.access import Permission
from organizer.domain.note import Note
from organizer.domain.signup import TEXTS, Applicant, Typed
from organizer.errors import Conflict, InvalidInput, NotFound
from organizer.services.members import approving, signup
from organizer.services.members.approving import Application
from organizer.services.workspace import Workspace
from organizer.store import agenda, audit, drafts, members
from organizer.store.driver import Connection
from organizer.store.members import Membership, Record
from organizer.store.transaction import Write

_CODED = (
    "ethnic", "education", "political", "household_kind", "group_code", "skill_level",
)  # fmt: skip
"""Answers from code lists; sex is one too, but only without an id number, which says it itself."""


@dataclass(frozen=True)
class Entry:
    """A person's record as the form of a sign-up shows it, with the union and unit it stands in."""

    membership: bytes
    person: bytes
    typed: Typed
    employer: bytes | None
    workplace: str
    union_org: bytes | None
    union_name: str
    position: str
    engagement: str = ""

    @property
    def numberless(self) -> bool:
        """Whether the id number is still to come."""
        return not self.typed.id_number


@dataclass(frozen=True)
class Mending:
    """A record to be put right, and the fields it is about, the first first."""

    membership: bytes
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Amended:
    """What was saved, the write that can be taken back, and what should be known about it."""

    membership: bytes
    person: bytes
    write: bytes
    name: str
    notes: tuple[Note, ...]


def may_amend(workspace: Workspace) -> bool:
    """Whether this account's role completes and corrects records of people."""
    return access.grants(workspace.account.role, Permission.SIGN_UP)


def entry(workspace: Workspace, membership: bytes) -> Entry:
    """The record behind a membership, unmasked, to be completed; who looked is in the audit.

    Raises `NotFound` for none or somebody erased, and `NotAllowed`.
    """
    found = workspace.database.read(lambda c: _standing(c, workspace, membership))
    workspace.database.record(audit.Entry("person.open", workspace.account.id, found.person.id))
    record = found.record
    return Entry(
        membership,
        found.person.id,
        _typed(found.person),
        record.link("employer"),
        record.text("workplace") or found.employer_name,
        record.link("union_org"),
        found.union_name,
        record.text("position"),
        record.text("engagement"),
    )


def amend(
    workspace: Workspace,
    membership: bytes,
    typed: Typed,
    *,
    position: str | None = None,
    engagement: str | None = None,
    draft: str = "",
) -> Amended:
    """Save what is typed about a person who is here already; codes left out stay as they are.

    An id number that another person bears is refused with `Conflict`: a transfer (转入) or a merge
    is due. Raises `InvalidInput` at the field, also for a number that is taken out again.
    """
    applicant = signup.with_native_place(workspace, signup.read(workspace, typed))

    def body(write: Write) -> Amended:
        found = _standing(write.connection, workspace, membership)
        if found.person.text("id_number") and applicant.id_number is None:
            raise InvalidInput("signup.no_id_typed", field="id_number")
        _refuse_taken(write.connection, found.person.id, applicant)
        values = _values(typed, applicant)
        if applicant.derived and "native_place" not in typed.texts:
            values["native_place"] = found.person.text("native_place") or values["native_place"]
        write.set("person", found.person.id, values)
        where = {"position": position, "engagement": engagement}
        told = {name: text or None for name, text in where.items() if text is not None}
        write.set("membership", membership, told)
        if draft:
            # With the record, so that a draft never outlives it.
            drafts.drop(write.connection, drafts.draft_id(workspace.account.id, draft))
        name = str(applicant.values["name"])
        return Amended(membership, found.person.id, write.id, name, applicant.notes)

    return workspace.database.write(workspace.intent("person.edit"), body)


def lacking_numbers(workspace: Workspace) -> list[int]:
    """The local numbers of those whose id number is still to come, oldest first."""
    workspace.require(Permission.SIGN_UP)
    scope = workspace.account.division_code
    return workspace.database.read(lambda c: agenda.numberless(c, scope))


def lacking_page(workspace: Workspace, numbers: Sequence[int]) -> dict[int, Application]:
    """The lines of these numbers, as in the list of applications."""
    workspace.require(Permission.SIGN_UP)
    return approving.lines(workspace, numbers)


def _standing(connection: Connection, workspace: Workspace, row: bytes) -> Membership:
    found = members.membership_by_id(connection, row)
    if found is None or found.person.text("erased_on"):
        raise NotFound("record.unknown", value=row.hex())
    workspace.require(Permission.SIGN_UP)
    for code in members.divisions_of(connection, found.person.id):
        workspace.require(Permission.SIGN_UP, code)
    return found


def _refuse_taken(connection: Connection, person: bytes, applicant: Applicant) -> None:
    if applicant.id_number is None:
        return
    for other in members.others_with_id_number(connection, applicant.id_number, person):
        signup.refuse_second(connection, other.id)
        raise Conflict("signup.number_taken", name=other.text("name"))


def _typed(person: Record) -> Typed:
    migrant = person.fields["migrant"]
    return Typed(
        person.text("name"),
        person.text("id_number"),
        person.text("phone"),
        {name: person.text(name) for name in (*_CODED, "sex")},
        {name: person.text(name) for name in TEXTS},
        migrant=None if migrant is None else bool(migrant),
        born_on=person.text("born_on"),
    )


def _values(typed: Typed, applicant: Applicant) -> dict[str, object]:
    """All that the form asks for; what was emptied is emptied."""
    asked: dict[str, object] = dict.fromkeys((*typed.coded, *typed.texts, "phone", "migrant"))
    if applicant.id_number is None:
        asked["born_on"] = None
    return asked | dict(applicant.values)
