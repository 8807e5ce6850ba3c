"""Who can go into a batch: every member as the registry's row, and what the precheck says to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from organizer.domain.access import Permission
from organizer.errors import NotFound
from organizer.i18n import listed
from organizer.jobs import Progress
from organizer.registry import profile as profiles
from organizer.registry.precheck import Finding, precheck
from organizer.registry.profile import Profile
from organizer.registry.row import RegistryMember
from organizer.services.members import consenting
from organizer.services.workspace import Workspace
from organizer.store import consents, members
from organizer.store.driver import Connection
from organizer.store.members import Membership

REPORT_EVERY = 100
"""Members between two reports of the progress, and read in one go."""


@dataclass(frozen=True)
class Passed:
    """A member who goes into the file, perhaps with remarks."""

    membership: Membership
    row: RegistryMember
    remarks: tuple[Finding, ...]


@dataclass(frozen=True)
class KeptOff:
    """A member who is not in the file, and why."""

    membership: bytes
    name: str
    reasons: tuple[Finding, ...]
    employer_name: str


@dataclass(frozen=True)
class Vetted:
    """The members of a union who are in no batch yet, parted by whether a platform takes them."""

    union_name: str
    passed: tuple[Passed, ...]
    kept_off: tuple[KeptOff, ...]


def profile(profile_id: str) -> Profile:
    """A bundled profile; raises `NotFound`."""
    for known in profiles.bundled():
        if known.id == profile_id:
            return known
    names = listed(known.id for known in profiles.bundled())
    raise NotFound("batch.unknown_profile", value=profile_id, known=names)


def vet(workspace: Workspace, union_org: bytes, chosen: Profile, progress: Progress) -> Vetted:
    """Look at everybody a batch of this union would hold; nothing is written.

    Raises `NotFound` for an unknown union; passes on what `progress` raises.
    """
    looked = list(look_at(workspace, union_org, chosen, progress))
    return Vetted(
        union_name(workspace, union_org),
        tuple(one for one in looked if isinstance(one, Passed)),
        tuple(one for one in looked if isinstance(one, KeptOff)),
    )


def look_at(
    workspace: Workspace, union_org: bytes, chosen: Profile, progress: Progress
) -> Iterator[Passed | KeptOff]:
    """The same, one after the other: a union may have more members than anybody wants to hold.

    Read a piece at a time, so that it holds up no write and can be stopped in between.
    """
    union_name(workspace, union_org)
    waiting = workspace.database.read(lambda c: members.to_report(c, union_org))
    for start in range(0, len(waiting), REPORT_EVERY):
        progress.step(start, len(waiting))
        piece = waiting[start : start + REPORT_EVERY]
        for one, refused in workspace.database.read(partial(_piece, numbers=piece)):
            yield _looked_at(workspace, one, chosen, refused)


def union_name(workspace: Workspace, union_org: bytes) -> str:
    """What the union is called; raises `NotFound`, `NotAllowed` outside the account's division."""
    name, code = workspace.database.read(lambda c: _union(c, union_org))
    workspace.require(Permission.EXPORT, code)
    return name


def _piece(
    connection: Connection, numbers: Sequence[int]
) -> list[tuple[Membership, dict[str, str]]]:
    """Members with what they do not agree to any more."""
    found = members.numbered(connection, numbers).values()
    refused = consents.refusing(connection, [one.person.id for one in found])
    return [(one, refused.get(one.person.id, {})) for one in found]


def _looked_at(
    workspace: Workspace, one: Membership, chosen: Profile, refused: dict[str, str]
) -> Passed | KeptOff:
    row = _registry_member(workspace, one)
    found = precheck(chosen, row)
    reasons = tuple(finding for finding in found if finding.severity == "block")
    if refused:
        how, purposes = consenting.refusing_in_words(refused)
        held = Finding(f"batch.consent_{how}", "consent", "block", {"purposes": purposes})
        reasons = (held, *reasons)
    if not reasons:
        return Passed(one, row, found)
    employer = one.employer_name or one.record.text("workplace")
    return KeptOff(one.record.id, row.name, reasons, employer)


def _union(connection: Connection, row: bytes) -> tuple[str, str | None]:
    found = connection.execute(
        "SELECT name, division_code FROM union_org WHERE id = ?", (row,)
    ).fetchone()
    if found is None:
        raise NotFound("record.unknown", value=row.hex())
    return found[0] or "", found[1]


def _registry_member(workspace: Workspace, membership: Membership) -> RegistryMember:
    person, record = membership.person, membership.record

    def label(name: str, code: str) -> str:
        return workspace.codes(name).label(code) if code else ""

    born_on, change_on = person.text("born_on"), record.text("change_on")
    migrant = person.fields["migrant"]
    return RegistryMember(
        key=record.id.hex(),
        union_name=membership.union_name,
        name=person.text("name"),
        sex=label("sex", person.text("sex")),
        born_on=date.fromisoformat(born_on) if born_on else None,
        ethnic=label("ethnic", person.text("ethnic")),
        employment_state=label("employment_state", record.text("employment_state")),
        paper_kind=label("paper_kind", person.text("paper_kind")),
        id_number=person.text("id_number"),
        education=label("education", person.text("education")),
        skill_level=label("skill_level", person.text("skill_level")),
        mobile=person.text("phone"),
        household_kind=label("household_kind", person.text("household_kind")),
        household_place=person.text("household_place"),
        change_kind=label("membership_change", record.text("change_kind")),
        change_on=date.fromisoformat(change_on) if change_on else None,
        change_reason=label("membership_reason", record.text("change_reason")),
        political=label("political", person.text("political")),
        employer=record.text("workplace") or membership.employer_name,
        native_place=person.text("native_place"),
        migrant=None if migrant is None else bool(migrant),
    )
