"""The list of members: filtered, sorted and counted; cells a page at a time, numbers masked."""

from collections.abc import Callable, Mapping, Sequence

from organizer import resources
from organizer.domain import dues, masking
from organizer.domain.access import Permission
from organizer.domain.member import State
from organizer.domain.member_filter import ACTIVE, COUNTED, UNKNOWN, Lack, MemberFilter
from organizer.domain.member_groups import Group, read_groups
from organizer.i18n import _
from organizer.services.employers.listing import label
from organizer.services.members import interim
from organizer.services.workspace import Workspace
from organizer.store import member_lists, members
from organizer.store.driver import Connection
from organizer.store.member_lists import NEWEST, SORTABLE, Order
from organizer.store.members import Membership

__all__ = ["NEWEST", "SORTABLE", "UNKNOWN", "Group", "MemberFilter", "Order"]

Row = tuple[bytes, Sequence[str]]


def member_numbers(workspace: Workspace, wanted: MemberFilter, order: Order) -> Sequence[int]:
    """Which memberships the account sees under a filter, in order."""
    workspace.require(Permission.LOOK)
    scope, behind = workspace.account.division_code, dues.latest_behind(workspace.today)
    codes = _codes_of(wanted.group)
    return workspace.database.read(
        lambda c: member_lists.member_numbers(c, wanted, scope, order, behind, codes)
    )


def member_rows(
    workspace: Workspace, numbers: Sequence[int], columns: Sequence[str]
) -> dict[int, Row]:
    """Cells of these rows by number: the membership's id and texts; ids and phones masked."""
    workspace.require(Permission.LOOK)

    def query(connection: Connection) -> dict[int, Row]:
        found = members.numbered(connection, numbers)
        marks = member_lists.marks(connection, numbers)
        return {
            n: (
                membership.record.id,
                [_cell(workspace, membership, marks[n], name) for name in columns],
            )
            for n, membership in found.items()
        }

    return workspace.database.read(query)


def chosen(workspace: Workspace, numbers: Sequence[int]) -> list[bytes]:
    """The memberships behind these rows of the list."""
    workspace.require(Permission.LOOK)
    scope = workspace.account.division_code
    return workspace.database.read(lambda c: member_lists.ids_of(c, numbers, scope))


def person_of(workspace: Workspace, membership: bytes) -> bytes | None:
    """Whose membership this is."""
    workspace.require(Permission.LOOK)
    found = workspace.database.read(lambda c: members.membership_by_id(c, membership))
    return found.person.id if found else None


def number_of(workspace: Workspace, membership: bytes) -> int | None:
    """The number of a membership in lists."""
    workspace.require(Permission.LOOK)
    return workspace.database.read(lambda c: member_lists.number_of(c, membership))


def groups() -> list[Group]:
    """The groups of both lists."""
    return read_groups(resources.rows("codelists", "group.csv"))


def state_choices(workspace: Workspace) -> list[tuple[str, str]]:
    """The states a filter offers: key and words."""
    workspace.require(Permission.LOOK)
    entries = workspace.codes("membership_state").offered()
    told = [(entry.code, entry.label) for entry in entries if entry.code != State.DRAFT]
    return [(COUNTED, _("计入会员数的")), (ACTIVE, _("会籍在的")), *told]


def group_choices() -> list[tuple[str, str]]:
    """The groups a filter offers: both lists whole, then one by one."""
    known = groups()
    kinds = dict.fromkeys(group.kind for group in known)
    singles: dict[frozenset[str], Group] = {}
    for group in known:
        singles.setdefault(group.codes, group)
    # Somebody of a group is found under either of its names.
    told = [(group.code, group.label) for group in singles.values()]
    return [*((kind, kind) for kind in kinds), *told, (UNKNOWN, _("没有登记群体"))]


def lack_choices() -> list[tuple[str, str]]:
    """What a filter can look for as missing."""
    return [
        (Lack.ID_NUMBER, _("证件后补")),
        (Lack.CONSENT, _("没有同意书")),
        (Lack.PAPERS, _("材料未归档")),
        (Lack.DUES, _("会费欠六个月")),
    ]


def _codes_of(group: str) -> list[str]:
    known = groups()
    return sorted(code for one in known if group in (one.code, one.kind) for code in one.codes)


def _cell(workspace: Workspace, membership: Membership, marks: tuple[bool, bool], name: str) -> str:
    record, person = membership.record, membership.person
    if name in ("consent", "papers"):
        return _("有") if marks[name == "papers"] else _("缺")
    if name == "card_no":
        return interim.card_number(workspace, record)
    made = _MADE.get(name)
    if made is not None:
        return made(membership)
    coded = _CODED.get(name)
    if coded is not None:
        holder = record if name in record.fields else person
        code = holder.text(name)
        return label(workspace, coded, code) if code else ""
    return (record if name in record.fields else person).text(name)


def _migrant(membership: Membership) -> str:
    told = {"1": _("是"), "0": _("否")}
    return told.get(membership.person.text("migrant"), "")


_CODED: Mapping[str, str] = {
    "state": "membership_state",
    "sex": "sex",
    "ethnic": "ethnic",
    "group_code": "group",
    "engagement": "engagement",
    "change_reason": "membership_reason",
}
_MADE: Mapping[str, Callable[[Membership], str]] = {
    "union_name": lambda one: one.union_name,
    "workplace": lambda one: one.record.text("workplace") or one.employer_name,
    "id_number": lambda one: masking.mask_resident_id(one.person.text("id_number")) or _("后补"),
    "phone": lambda one: masking.mask_phone(one.person.text("phone")),
    "migrant": _migrant,
}
