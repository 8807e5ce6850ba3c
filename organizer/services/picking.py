"""What a field offers to pick from: employers, unions, and the codes of a list, with their pinyin."""

from collections.abc import Iterable
from dataclasses import dataclass

from organizer import resources
from organizer.domain import matching, union_org
from organizer.domain.access import Permission
from organizer.domain.employer_name import without_glosses
from organizer.domain.fact import FIELDS
from organizer.domain.pinyin import PinyinTable
from organizer.i18n import _
from organizer.services import finding
from organizer.services.employers import fact_checking
from organizer.services.workspace import Workspace
from organizer.store import employers, facts, members, places, unions
from organizer.store.driver import Connection

MOST_OFFERED = 8
_NONE_YET = union_org.UNFOUNDED | {union_org.NOT_REQUIRED}
_FIRST_FACTS = frozenset({"staff_total", "staff_women", "union_state", "member_count"})
_NOT_TOLD = frozenset({"union_claimed"})
"""What only lists say."""


@dataclass(frozen=True)
class Offer:
    """A record to pick, with one line to tell it from its namesakes."""

    id: bytes
    name: str
    detail: str


@dataclass(frozen=True)
class Seat:
    """The union somebody joins unless another is picked; `id` None: made with its first member."""

    id: bytes | None
    name: str
    sentence: str


@dataclass(frozen=True)
class CodeOffer:
    """A code to pick: its full and short label and the letters under which it is found."""

    code: str
    label: str
    brief: str
    letters: tuple[str, ...]
    first: bool
    """Whether it stands in the short list."""


def offered_employers(workspace: Workspace, text: str) -> list[Offer]:
    """Employers by hanzi, pinyin initials or last digits, each with its place and staff count.

    A name pasted in Traditional characters or with pinyin behind them is understood too.
    """
    hits = finding.find(workspace, text, MOST_OFFERED, "employer")
    if not hits and (plain := readable_name(text)) != text:
        hits = finding.find(workspace, plain, MOST_OFFERED, "employer")

    def query(connection: Connection) -> list[Offer]:
        return [
            Offer(hit.id, hit.name, _employer_line(connection, workspace, hit.id)) for hit in hits
        ]

    return workspace.database.read(query)


def readable_name(text: str) -> str:
    """A pasted name of a unit without pinyin glosses and in simplified characters."""
    table = matching.simplifier(resources.toml("rules", "duplicates.toml")["simplified"])
    return without_glosses(text).translate(table).strip()


def offered_unions(workspace: Workspace, text: str) -> list[Offer]:
    """Unions by hanzi, pinyin initials or last digits."""
    hits = finding.find(workspace, text, MOST_OFFERED, "union_org")
    return [Offer(hit.id, hit.name, hit.detail) for hit in hits]


def employer_offer(workspace: Workspace, row: bytes) -> Offer | None:
    """One employer as it would be offered; None when the id is none of an employer."""
    workspace.require(Permission.SIGN_UP)

    def query(connection: Connection) -> Offer | None:
        found = employers.employer_by_id(connection, row)
        if found is None:
            return None
        workspace.require(Permission.SIGN_UP, found.division_code)
        return Offer(found.id, found.name, _employer_line(connection, workspace, found.id))

    return workspace.database.read(query)


def usual_union(workspace: Workspace, employer: bytes | None) -> Seat:
    """The union of the employer where it is recorded, else the one its community falls back on."""
    workspace.require(Permission.SIGN_UP)
    code = workspace.office.division_code
    if employer is None:
        return Seat(None, _fallback(workspace, code), "")
    return workspace.database.read(lambda c: _seat_of(c, workspace, employer))


def code_offers(workspace: Workspace, name: str) -> list[CodeOffer]:
    """The codes of a list in the order the screen offers them, the short list first.

    Of one thing that two lists of a file know (八大群体, 新就业形态) only the first is offered.
    """
    workspace.require(Permission.LOOK)
    pinyin, codes = workspace.database.pinyin, workspace.codes(name)
    short = {entry.code for entry in codes.short_list()}
    doubled = {entry.same_as for entry in codes.entries if entry.same_as}
    return [
        CodeOffer(
            entry.code,
            entry.label,
            entry.brief,
            _letters(pinyin, {entry.label, entry.brief}),
            entry.code in short,
        )
        for entry in codes.offered()
        if not (entry.same_as and entry.code in doubled and entry.same_as < entry.code)
    ]


def fact_offers(workspace: Workspace) -> list[CodeOffer]:
    """The fields a fact may be about, those asked most first."""
    workspace.require(Permission.LOOK)
    pinyin, titles = workspace.database.pinyin, fact_checking.titles()
    return [
        CodeOffer(name, titles[name], titles[name], _letters(pinyin, {titles[name]}), True)
        for name in sorted(FIELDS, key=lambda name: name not in _FIRST_FACTS)
        if name not in _NOT_TOLD
    ]


def answer_offers(workspace: Workspace, field: str) -> list[CodeOffer]:
    """The answers a field of facts offers; none where something is typed."""
    workspace.require(Permission.LOOK)
    pinyin = workspace.database.pinyin
    return [
        CodeOffer(code, word, word, _letters(pinyin, {word}), True)
        for code, word in fact_checking.options(workspace, field)
    ]


def _letters(pinyin: PinyinTable, words: Iterable[str]) -> tuple[str, ...]:
    found = (letters for word in words for letters in (*pinyin.initials(word), *pinyin.full(word)))
    return tuple(dict.fromkeys(found))


def _employer_line(connection: Connection, workspace: Workspace, row: bytes) -> str:
    employer = employers.employer_by_id(connection, row)
    if employer is None:
        return ""
    place = places.full_name(connection, employer.place) or employer.fields["address"] or ""
    told = facts.current(connection, row, departments=workspace.sees_departments)
    staff = told.get("staff_total")
    count = _("{count} 人").format(count=staff.value) if staff else ""
    return " · ".join(filter(None, (place, count)))


def _seat_of(connection: Connection, workspace: Workspace, employer: bytes) -> Seat:
    found = employers.employer_by_id(connection, employer)
    code = (found.division_code if found else None) or workspace.office.division_code
    for covering in unions.coverage_of(connection, employer):
        # The tree of unions knows better than what somebody said at the door.
        if not covering.until_on:
            return Seat(covering.union_org, covering.union_name, "")
    told = facts.current(connection, employer, departments=workspace.sees_departments)
    known = {name: fact.value for name, fact in told.items()}
    state = known.get("union_state", "")
    named_in = {union_org.OWN: "union_name", union_org.COVERED: "covering_union"}
    named = known.get(named_in.get(state, ""), "")
    fallback = _fallback(workspace, code)
    if named:
        for union in members.unions(connection):
            if union.text("name") == named:
                return Seat(union.id, named, "")
        return Seat(None, fallback, _("本机还没有“{union}”，先为临时会员").format(union=named))
    if state in _NONE_YET:
        return Seat(None, fallback, _("该单位尚无工会，先为临时会员"))
    return Seat(None, fallback, _("该单位建会情况未核实，先为临时会员"))


def _fallback(workspace: Workspace, code: str) -> str:
    return union_org.fallback_name(workspace.divisions.get(code).name, code)
