"""Letters of transfer whose receipt is still to come, and those of them that ran out."""

from dataclasses import dataclass
from datetime import date

from organizer.domain.access import Permission
from organizer.services.members import transferring
from organizer.services.workspace import Workspace


@dataclass(frozen=True)
class OpenLetter:
    """A letter that waits: the membership on its way, who it is, from where to where, until when.

    `late` days ago it ran out; 0 while it holds.
    """

    membership: bytes
    transfer: bytes
    name: str
    from_name: str
    to_name: str
    number: str
    sent_on: str
    valid_until: str
    paid_until: str
    late: int


def waiting(workspace: Workspace) -> list[OpenLetter]:
    """Those that ran out first, then the oldest first."""
    workspace.require(Permission.LOOK)
    found = [
        OpenLetter(
            row.leaving or b"",
            row.id,
            row.name,
            row.from_name,
            row.to_name,
            row.letter_no,
            row.sent_on,
            row.valid_until,
            row.paid_until,
            _late(row.valid_until, workspace.today),
        )
        for row in transferring.under_way(workspace)
    ]
    return sorted(found, key=lambda one: -one.late)


def _late(valid_until: str, today: date) -> int:
    return max((today - date.fromisoformat(valid_until)).days, 0) if valid_until else 0
