"""已批准未告知: who was approved and has not been told, and noting that it was done."""

from collections.abc import Sequence
from datetime import date

from organizer.domain.access import Permission
from organizer.domain.member import COUNTED
from organizer.errors import Conflict, InvalidInput, NotFound
from organizer.services.members import steps
from organizer.services.workspace import Workspace
from organizer.store import members
from organizer.store.transaction import Write


def tell(
    workspace: Workspace, memberships: Sequence[bytes], way: str, on: date | None = None
) -> bytes:
    """Note on which day and how these people were told of their approval; returns the write.

    Raises `InvalidInput` for an unknown way (field `way`), a day to come or one before the approval
    (field `on`), `Conflict` for somebody who is no member.
    """
    workspace.require(Permission.SIGN_UP)
    codes = workspace.codes("told_way")
    if way not in codes:
        raise InvalidInput("codelist.unknown", field="way", value=way, list=codes.title)
    day = steps.day_of(workspace, on)

    def body(write: Write) -> bytes:
        for row in memberships:
            found = members.membership_by_id(write.connection, row)
            if found is None or found.person.text("erased_on"):
                raise NotFound("record.unknown", value=row.hex())
            for code in members.divisions_of(write.connection, found.person.id):
                workspace.require(Permission.SIGN_UP, code)
            name, approved = found.person.text("name"), found.record.text("joined_on")
            if found.record.text("state") not in COUNTED:
                raise Conflict("member.not_approved", name=name)
            if day < approved:
                raise InvalidInput("member.told_early", field="on", name=name, approved=approved)
            write.set("membership", row, {"told_on": day, "told_way": way})
        return write.id

    return workspace.database.write(workspace.intent("member.tell"), body)
