"""Members counted by group and by union or place; for an employer numbers only, never who it is.

Counted are members as in 会籍管理办法 art. 16: kept memberships are not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from organizer.domain.access import Permission
from organizer.domain.member import COUNTED, State
from organizer.domain.member_groups import Group, Tally, summed
from organizer.errors import NotFound
from organizer.i18n import _
from organizer.services.members import member_listing
from organizer.services.workspace import Workspace
from organizer.store import employers, facts, member_lists

BY_UNION, BY_PLACE = "union", "place"
_WOMAN = "2"
_COMMUNITY = 12


@dataclass(frozen=True)
class Counts:
    """The table: `lines` by union or by place, `total` below them."""

    by: str
    groups: Sequence[Group]
    lines: Sequence[Tally]
    total: Tally

    @property
    def kinds(self) -> list[str]:
        """The two lists of groups."""
        return list(dict.fromkeys(group.kind for group in self.groups))


@dataclass(frozen=True)
class UnitCounts:
    """What an employer may be told of its people: numbers."""

    employer: bytes
    name: str
    staff: str
    members: int
    pending: int
    kept: int
    tally: Tally
    groups: Sequence[Group]


def counts(workspace: Workspace, by: str = BY_UNION) -> Counts:
    """The members this account sees, by union or by place, and by group."""
    workspace.require(Permission.LOOK)
    scope = workspace.account.division_code
    rows = workspace.database.read(lambda c: member_lists.group_counts(c, scope))
    lines: dict[object, Tally] = {}
    for union, name, code, group, sex, migrant, count in rows:
        key, shown = (union, name) if by == BY_UNION else (code, _place(workspace, code))
        one = _tally(shown or _("没有登记工会"), group, sex, migrant, count)
        lines[key] = lines[key].plus(one) if key in lines else one
    known = member_listing.groups()
    told = list(lines.values())
    return Counts(by, known, told, summed(_("合计"), told))


def unit_counts(workspace: Workspace, employer: bytes) -> UnitCounts:
    """The members at an employer, in numbers; raises `NotFound`, `NotAllowed`."""
    workspace.require(Permission.LOOK)
    row = workspace.database.read(lambda c: facts.survivor(c, "employer", employer))
    unit = workspace.database.read(lambda c: employers.employer_by_id(c, row))
    if unit is None:
        raise NotFound("record.unknown", value=employer.hex())
    workspace.require(Permission.LOOK, unit.division_code)
    rows = workspace.database.read(lambda c: member_lists.group_counts(c, "", row))
    by_state = workspace.database.read(lambda c: member_lists.state_counts(c, row))
    told = workspace.database.read(
        lambda c: facts.current(c, row, departments=workspace.sees_departments)
    )
    staff = told["staff_total"].value if "staff_total" in told else ""
    tally = summed(unit.name, [_tally("", *found[3:]) for found in rows])
    return UnitCounts(
        row,
        unit.name,
        staff or "",
        sum(count for state, count in by_state.items() if state in COUNTED),
        by_state.get(State.PENDING, 0),
        by_state.get(State.KEPT, 0),
        tally,
        member_listing.groups(),
    )


def _tally(name: str, group: str, sex: str, migrant: int, count: int) -> Tally:
    return Tally(name, count, count if sex == _WOMAN else 0, migrant, {group: count})


def _place(workspace: Workspace, code: str) -> str:
    if not code:
        return _("没有登记区划")
    division = workspace.divisions.get(code)
    return division.name
