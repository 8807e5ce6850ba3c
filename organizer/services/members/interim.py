"""临时号: what a member is called by until the registry returns a card number; off by default.

It follows from the record and is stored nowhere, so it never goes into a batch and never stands where
a card number is meant; wherever it shows it says that it is 临时.
"""

from organizer.domain import ids
from organizer.domain.access import Permission
from organizer.domain.member import COUNTED
from organizer.i18n import _
from organizer.services.workspace import Workspace
from organizer.store.members import Record


def shown(workspace: Workspace, membership: Record) -> str:
    """The 临时号 of a member without card number, marked as such; "" where the office uses none."""
    workspace.require(Permission.LOOK)
    if not workspace.office.interim_numbers or membership.text("card_no"):
        return ""
    if membership.text("state") not in COUNTED:
        return ""
    return _("临时号 {code}").format(code=ids.short_id(membership.id))


def card_number(workspace: Workspace, membership: Record) -> str:
    """The card number, in its place the 临时号."""
    return membership.text("card_no") or shown(workspace, membership)
