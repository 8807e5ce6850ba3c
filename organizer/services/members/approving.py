"""Applications as lists show them, ids and phones masked: those that wait (待审批), those of today."""

from collections.abc import Sequence
from dataclasses import dataclass

from organizer.domain import access, masking
from organizer.domain.access import Permission
from organizer.services.workspace import Workspace
from organizer.store import members

MOST_TODAY = 50


@dataclass(frozen=True)
class Application:
    """One application as a line of the list; dates as ISO text."""

    membership: bytes
    name: str
    id_number: str
    phone: str
    employer: str
    union_name: str
    applied_on: str


def may_approve(workspace: Workspace) -> bool:
    """Whether this account's role approves applications."""
    return access.grants(workspace.account.role, Permission.REVIEW)


def waiting_numbers(workspace: Workspace) -> list[int]:
    """The local numbers of the waiting applications, oldest first."""
    workspace.require(Permission.REVIEW)
    return workspace.database.read(members.pending_numbers)


def waiting_page(workspace: Workspace, numbers: Sequence[int]) -> dict[int, Application]:
    """The lines of these numbers."""
    workspace.require(Permission.REVIEW)
    return lines(workspace, numbers)


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
    return {
        n: Application(
            membership.record.id,
            membership.person.text("name"),
            masking.mask_resident_id(membership.person.text("id_number")),
            masking.mask_phone(membership.person.text("phone")),
            membership.record.text("workplace") or membership.employer_name,
            membership.union_name,
            membership.record.text("applied_on"),
        )
        for n, membership in found.items()
    }
