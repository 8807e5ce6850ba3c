"""Streets, a tower and a village on which somebody has been at work, so that a board has all marks."""

from itertools import cycle

from organizer.domain.visit import Outcome
from organizer.services.survey import closing, recording, walking
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace

STREET, TOWER, VILLAGE = ("云峰北街", "园西社区"), ("建设中路", "功勋社区"), ("方巾牛村委会", "")
CLEAR = {
    "union_state": "6",
    "no_union_reason": "1",
    "staff_total": "4",
    "staff_women": "2",
    "staff_migrant": "0",
    "staff_new_form": "0",
    "grid": "001",
}
"""Answers after which every lamp of a small shop is clear."""

_PART = {"union_state": "4", "staff_total": "12", "employer_willing": "yes"}
_DOORS: tuple[tuple[Outcome, dict[str, str]], ...] = (
    (Outcome.MET, CLEAR), (Outcome.MET, CLEAR), (Outcome.MET, CLEAR), (Outcome.MET, CLEAR),
    (Outcome.MET, _PART), (Outcome.MET, CLEAR), (Outcome.REFUSED, {}), (Outcome.MET, CLEAR),
)  # fmt: skip


def walk_of(workspace: Workspace, wanted: tuple[str, str]) -> bytes:
    """The street, tower or village of this name, in a community of that name."""
    nodes = walking.tree(workspace).nodes
    names = {node.id: node.name for node in nodes}
    name, above = wanted
    return next(
        node.id
        for node in nodes
        if node.name == name and (not above or names.get(node.parent or b"") == above)
    )


def walk(workspace: Workspace) -> None:
    """Go along the first houses of each, with every kind of answer; refusals are closed."""
    for wanted, share in ((STREET, 3), (TOWER, 2), (VILLAGE, 3)):
        way = walking.way(workspace, walk_of(workspace, wanted), groups=True)
        some = way.doors[: len(way.doors) // share]
        for door, (outcome, facts) in zip(some, cycle(_DOORS), strict=False):
            recording.record_visit(workspace, VisitOrder(door.employer, outcome, facts))
            if outcome is Outcome.REFUSED:
                closing.close_door(workspace, door.employer, refusal_confirmed=True)
