"""Duplicates of one unit, place, person or union: one redirect, nothing rewritten, undone any time."""

from organizer.domain.access import Permission
from organizer.errors import Conflict, InvalidInput, NotFound
from organizer.services.workspace import Workspace
from organizer.store.facts import survivor
from organizer.store.transaction import Write

MERGEABLE = ("employer", "place", "person", "union_org")
"""Tables whose duplicates are merged by redirect."""


def merge(workspace: Workspace, table: str, duplicate: bytes, kept: bytes) -> None:
    """Redirect a duplicate to the record that is kept; links are never rewritten.

    What is said of the duplicate later is shown on the survivor; undo clears the redirect.
    Raises `Conflict` for a record and itself, and for a circle.
    """
    workspace.require(Permission.REVIEW)
    if table not in MERGEABLE:
        raise InvalidInput("merge.unknown_kind", field="table", value=table)

    def body(write: Write) -> None:
        for row in (duplicate, kept):
            if not write.exists(table, row):
                raise NotFound("record.unknown", value=row.hex())
        if survivor(write.connection, table, kept) == duplicate or duplicate == kept:
            raise Conflict("merge.circle")
        write.set(table, duplicate, {"merged_into": kept})

    workspace.database.write(workspace.intent(f"{table}.merge"), body)
    workspace.forget_divisions()
