"""The slip (任务单) of assignments: drawn for a printer, or written as a file."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from organizer.domain import ids
from organizer.domain.access import Permission
from organizer.errors import InvalidInput
from organizer.forms.fonts import FontSet
from organizer.forms.slip import Slip, SlipLine, slip_sheet
from organizer.i18n import _
from organizer.services.places import assigning
from organizer.services.places.assigning import Assignment
from organizer.services.workspace import Workspace, refuse_taken, write_new
from organizer.store import rounds


def make_slip(
    workspace: Workspace, wanted: Iterable[bytes], size: str = "A4", fonts: FontSet | None = None
) -> bytes:
    """One slip as PDF for assignments of one person.

    Raises `InvalidInput` for none, for several persons, or a size that is not A4 or A5.
    """
    workspace.require(Permission.PRINT)
    found = assigning.assignments_by_id(workspace, wanted)
    if not found:
        raise InvalidInput("assignment.no_target", field="places")
    if len({one.assignee for one in found}) > 1:
        raise InvalidInput("assignment.several_people", field="assignee")
    return slip_sheet(_slip(workspace, found), fonts or FontSet(), size)


def print_slip(workspace: Workspace, wanted: Iterable[bytes], out: Path, size: str = "A4") -> Path:
    """The same slip in a new file; raises `Conflict` when `out` exists and `DeviceMissing`."""
    workspace.require(Permission.PRINT)
    refuse_taken(out)
    write_new(out, make_slip(workspace, wanted, size))
    return out


def _slip(workspace: Workspace, found: Sequence[Assignment]) -> Slip:
    first = found[0]
    current = workspace.database.read(
        lambda c: next((one for one in rounds.live(c) if one.id == first.round), None)
    )
    grids = (one.name for one in found if one.of_grid)
    remarks = dict.fromkeys(one.remark for one in found if one.remark)
    return Slip(
        workspace.office.name,
        first.assignee,
        current.name if current else "",
        _("；").join(grids),
        min(one.assigned_on for one in found),
        max(one.until_on for one in found),
        tuple(line for one in found for line in _lines(one)),
        " ".join(remarks),
        ids.short_id(first.id),
    )


def _lines(one: Assignment) -> Iterable[SlipLine]:
    gone = _("已停用") if one.state is assigning.State.GONE else ""
    for stop in one.stops:
        weight = stop.weight
        yield SlipLine(stop.name, stop.above, weight.houses, weight.units, weight.reached, gone)
