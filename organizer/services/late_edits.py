"""What was changed on a merged record after the merge, on a laptop that did not know of it."""

from dataclasses import dataclass

from organizer.domain.access import Permission
from organizer.services import merging, side_by_side
from organizer.services.workspace import Workspace
from organizer.store import facts, merge_cards
from organizer.store.driver import Connection
from organizer.store.merge_cards import LateEdit
from organizer.store.transaction import Write


@dataclass(frozen=True)
class LateLine:
    """A late change in words: which record it should come to, which field, what it says (masked)."""

    edit: LateEdit
    kept: bytes
    name: str
    title: str
    text: str
    now: str


def found(workspace: Workspace, table: str) -> list[LateLine]:
    """Every field that says something else on a merged record than on the one it leads to."""
    workspace.require(Permission.REVIEW)

    def query(connection: Connection) -> list[LateLine]:
        return [
            _line(connection, workspace, edit) for edit in merge_cards.late_edits(connection, table)
        ]

    return workspace.database.read(query)


def take(workspace: Workspace, line: LateLine) -> bytes:
    """Make what the late change says the survivor's; returns the write, which can be undone."""
    edit = line.edit

    def body(write: Write) -> bytes:
        for code in merging.divisions_of(write.connection, edit.table, line.kept):
            workspace.require(Permission.REVIEW, code)
        write.set(edit.table, line.kept, {edit.field: edit.value})
        return write.id

    workspace.require(Permission.REVIEW)
    return workspace.database.write(workspace.intent(f"{edit.table}.edit"), body)


def _line(connection: Connection, workspace: Workspace, edit: LateEdit) -> LateLine:
    kept = facts.survivor(connection, edit.table, edit.row)
    stays = merge_cards.values(connection, edit.table, kept) or {}
    titles = side_by_side.titles_of(edit.table)
    return LateLine(
        edit,
        kept,
        str(stays.get("name") or ""),
        titles.get(edit.field, edit.field),
        side_by_side.shown(workspace, edit.table, edit.field, edit.value),
        side_by_side.shown(workspace, edit.table, edit.field, stays.get(edit.field)),
    )
