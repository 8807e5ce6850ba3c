"""One union whole: its record, what is due, officers, unions above and below, units, members, deeds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from organizer import i18n
from organizer.domain import access, union_record
from organizer.domain.access import Permission
from organizer.domain.division import Divisions
from organizer.domain.member import COUNTED, State
from organizer.errors import NotFound
from organizer.i18n import _
from organizer.services.employers import listing
from organizer.services.unions import keeping, officers, union_listing, union_words
from organizer.services.workspace import Workspace
from organizer.store import facts, members, union_cards, union_lists, unions
from organizer.store import officers as posts
from organizer.store.audit import Entry
from organizer.store.driver import Connection
from organizer.store.members import Record
from organizer.store.officers import OfficerRow
from organizer.store.union_cards import Deed
from organizer.store.unions import CoverageRow, UnionLine

_WOMAN = "2"
"""The code of women in `sex.csv`."""
_NAMED = 3


@dataclass(frozen=True)
class Line:
    """A field of the record in words; the phone is masked."""

    name: str
    title: str
    text: str


@dataclass(frozen=True)
class Officer:
    """A post in words; `person` is the member who is linked."""

    id: bytes
    person: bytes | None
    name: str
    post: str
    engaged: str
    since_on: str
    until_on: str


@dataclass(frozen=True)
class Unit:
    """A member unit: the employer, how and since when it is covered, its people and its members."""

    employer: bytes
    name: str
    kind: str
    since_on: str
    staff: str
    members: int


@dataclass(frozen=True)
class Neighbour:
    """A union above or below: its name and what it is."""

    id: bytes
    name: str
    detail: str


@dataclass(frozen=True)
class Counts:
    """Members in numbers. Kept memberships are not counted as members and do not vote (会籍管理办法
    art. 16, 21), so they stand apart, as do applications."""

    regular: int
    temporary: int
    moving: int
    women: int
    kept: int
    pending: int

    @property
    def members(self) -> int:
        """Those who count."""
        return self.regular + self.temporary + self.moving


@dataclass(frozen=True)
class Event:
    """Something that was done: when, by whom, what."""

    at: str
    who: str
    what: str


@dataclass(frozen=True)
class UnionCard:
    """Everything the page of a union shows, and whether this account may change it."""

    id: bytes
    name: str
    kind: str
    division: str
    lines: Sequence[Line]
    typed: Mapping[str, str]
    """The record as a form shows it: codes, dates; the phone left out."""
    due: Sequence[str]
    urgent: bool
    lacks: Sequence[str]
    officers: Sequence[Officer]
    former: Sequence[Officer]
    elected: str
    """Those who serve as `officer.read_elected` reads them."""
    above: Sequence[Neighbour]
    below: Sequence[Neighbour]
    units: Sequence[Unit]
    counts: Counts
    events: Sequence[Event]
    may_edit: bool


def card(workspace: Workspace, union: bytes) -> UnionCard:
    """The page of a union, redirects followed; raises `NotFound`, `NotAllowed`."""
    # Before the query: they are read through the same few readers when not yet known.
    divisions = workspace.divisions
    return workspace.database.read(lambda c: _card(c, workspace, divisions, union))


def reveal_phone(workspace: Workspace, union: bytes) -> str:
    """The whole telephone numbers of a union; who looked is in the audit before it is shown."""
    workspace.require(Permission.LOOK)
    found = workspace.database.read(lambda c: _record(c, workspace, union))
    workspace.database.record(Entry("union.reveal", workspace.account.id, found.id, "phone"))
    return found.text("phone")


def _record(connection: Connection, workspace: Workspace, row: bytes) -> Record:
    found = keeping.known(connection, facts.survivor(connection, "union_org", row))
    workspace.require(Permission.LOOK, found.text("division_code") or None)
    return found


def _card(
    connection: Connection, workspace: Workspace, divisions: Divisions, row: bytes
) -> UnionCard:
    record = _record(connection, workspace, row)
    typed = keeping.texts(record)
    held = posts.of_union(connection, record.id)
    counts = _counts(union_cards.by_state(connection, record.id))
    code = record.text("division_code")
    reminders = union_record.reminders(typed, workspace.today)
    kind = listing.label(workspace, "union_type", typed["org_type"]) if typed["org_type"] else ""
    listed = union_lists.row_of(connection, record.id)
    if listed is None:
        raise NotFound("record.unknown", value=row.hex())
    words = union_words.gap_words()
    role = workspace.account.role
    return UnionCard(
        record.id,
        record.text("name"),
        kind,
        divisions.get(code).name if code in divisions else "",
        list(_lines(workspace, typed, any(one.serving for one in held))),
        {name: text for name, text in typed.items() if name != "phone"},
        [union_words.due_sentence(one, workspace.today) for one in reminders],
        any(one.by <= workspace.today for one in reminders),
        [words[gap] for gap in union_listing.gaps_of(listed, counts.women)],
        [_officer(workspace, one) for one in held if one.serving],
        [_officer(workspace, one) for one in held if not one.serving],
        officers.as_typed(workspace, held),
        _above(connection, record.id),
        [_below(workspace, one) for one in unions.below(connection, record.id)],
        _units(connection, workspace, record.id),
        counts,
        [_event(one) for one in union_cards.deeds(connection, record.id)],
        access.grants(role, Permission.REVIEW)
        and access.covers(workspace.account.division_code, code or None),
    )


def _lines(workspace: Workspace, typed: Mapping[str, str], chaired: bool) -> Iterator[Line]:
    for name, title in union_words.field_titles().items():
        text = typed.get(name, "")
        # Who is chairman stands among the officers.
        if not text or name == "name" or (name == "chairman" and chaired):
            continue
        if name == "phone":
            text = listing.masked_phones(text)
        elif name in union_record.CODED:
            text = listing.label(workspace, union_record.CODED[name], text)
        elif name in union_record.COMMITTEES:
            text = union_words.yes_no()[text]
        yield Line(name, title, text)


def _officer(workspace: Workspace, row: OfficerRow) -> Officer:
    post = listing.label(workspace, "officer_post", row.post) if row.post else ""
    engaged = union_words.engaged_words().get(row.engaged, "")
    name = row.name or _("（已删除）")
    return Officer(row.id, row.person, name, post, engaged, row.since_on, row.until_on)


def _above(connection: Connection, union: bytes) -> list[Neighbour]:
    """The unions above, the nearest last: from the province down."""
    found = (members.union_by_id(connection, one) for one in unions.above(connection, union))
    chain = [
        Neighbour(one.id, one.text("name"), one.text("level")) for one in found if one is not None
    ]
    return chain[::-1]


def _below(workspace: Workspace, line: UnionLine) -> Neighbour:
    kind = listing.label(workspace, "union_type", line.org_type) if line.org_type else ""
    detail = _("{kind}　会员 {members} 人，覆盖 {units} 户").format(
        kind=kind, members=line.members, units=line.units
    )
    return Neighbour(line.id, line.name, detail.strip())


def _units(connection: Connection, workspace: Workspace, union: bytes) -> list[Unit]:
    rows = unions.covered_by(connection, union)
    ids = [facts.survivor(connection, "employer", row.employer) for row in rows]
    staff = union_cards.staff(connection, ids, told=not workspace.sees_departments)
    joined = union_cards.members_at(connection, ids)
    kinds = workspace.codes("coverage_kind")

    def made(row: CoverageRow, unit: bytes) -> Unit:
        kind = kinds.entry(row.kind).brief if row.kind in kinds else ""
        people = staff.get(unit, "")
        return Unit(unit, row.employer_name, kind, row.since_on, people, joined.get(unit, 0))

    return [made(row, unit) for row, unit in zip(rows, ids, strict=True)]


def _counts(found: Mapping[tuple[str, str], int]) -> Counts:
    def of(*states: str, sex: str = "") -> int:
        return sum(
            count
            for (state, known), count in found.items()
            if state in states and sex in ("", known)
        )

    return Counts(
        of(State.FULL),
        of(State.TEMPORARY),
        of(State.MOVING),
        of(*COUNTED, sex=_WOMAN),
        of(State.KEPT),
        of(State.PENDING),
    )


def _event(deed: Deed) -> Event:
    at = i18n.show_instant(datetime.fromisoformat(deed.at.replace("Z", "+00:00")))
    return Event(at, deed.actor, i18n.listed(filter(None, _said(deed))) or _("新建"))


def _said(deed: Deed) -> Iterator[str]:
    titles = union_words.field_titles() | {
        "parent": _("上级工会"), "merged_into": _("合并"), "retired_on": _("撤销"),
    }  # fmt: skip
    if fields := [titles[name] for name in deed.fields if name in titles]:
        yield _("修改{fields}").format(fields=i18n.listed(dict.fromkeys(fields)))
    if deed.units:
        yield _("覆盖：{names}").format(names=_names(deed.units))
    if deed.officers:
        yield _("工会干部：{names}").format(names=_names(deed.officers))


def _names(names: Sequence[str]) -> str:
    told = i18n.listed(names[:_NAMED])
    if len(names) > _NAMED:
        told = _("{names}等 {count} 个").format(names=told, count=len(names))
    return told
