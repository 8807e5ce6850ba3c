"""Closing a door after honest tries (已尽责): an end that is counted apart and never as clear."""

from dataclasses import dataclass

from organizer.domain import effort
from organizer.domain.access import Permission
from organizer.domain.effort import Ground
from organizer.errors import Conflict, NotFound
from organizer.services.workspace import Workspace
from organizer.store import efforts, employers, rounds
from organizer.store.transaction import Write


@dataclass(frozen=True)
class Closed:
    """Why a door was closed, and the write that can be taken back."""

    ground: Ground
    write: bytes


def close_door(
    workspace: Workspace, employer: bytes, *, refusal_confirmed: bool = False, remark: str = ""
) -> Closed:
    """Close a unit's door in the current round; a later answered visit opens it again by itself.

    Confirming a refusal is a reviewer's act. Raises `Conflict` with what is still missing.
    """
    found = workspace.database.read(lambda c: employers.employer_by_id(c, employer))
    if found is None:
        raise NotFound("record.unknown", value=employer.hex())
    permission = Permission.REVIEW if refusal_confirmed else Permission.SURVEY
    workspace.require(permission, found.division_code)

    def body(write: Write) -> Closed:
        current = rounds.at(write.connection, found.division_code)
        if efforts.closed(write.connection, found.id, current.id):
            raise Conflict("effort.closed")
        tried = efforts.tries(write.connection, found.id, current.id)
        why = effort.ground(tried, refusal_confirmed=refusal_confirmed)
        values = {
            "round": current.id,
            "employer": found.id,
            "closer": workspace.account.id,
            "ground": why,
            "closed_at": workspace.now,
            "remark": remark.strip() or None,
        }
        write.insert("effort", values)
        return Closed(why, write.id)

    return workspace.database.write(workspace.intent("door.close"), body)
