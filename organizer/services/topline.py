"""The few words at the top of the window: the round, and what waits."""

from dataclasses import dataclass

from organizer.domain.access import Permission
from organizer.services.workspace import Workspace
from organizer.store import members, visits


@dataclass(frozen=True)
class Topline:
    """What is so now; `round_name` is "" while no round is open."""

    round_name: str
    pending: int
    unreported: int


def topline(workspace: Workspace) -> Topline:
    """The current round, applications to approve, members in no batch yet."""
    workspace.require(Permission.LOOK)
    scope = workspace.account.division_code
    current = workspace.database.read(lambda c: visits.current_round(c, scope))
    pending, unreported = workspace.database.read(members.count_waiting)
    return Topline(current.name if current else "", pending, unreported)
