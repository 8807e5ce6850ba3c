"""One employer whole: lamps, own fields, facts with their sources, visits, members, advice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from organizer import i18n, resources
from organizer.domain import masking, union_org
from organizer.domain.access import Permission
from organizer.domain.clears import Lamp
from organizer.domain.division import Divisions
from organizer.domain.fact import CODED, FIELDS, HEAD_COUNTS, Fact
from organizer.domain.union_org import COMMITTEE_MEMBERS, FULL_TIME_STAFF, Founding
from organizer.errors import NotFound
from organizer.i18n import _
from organizer.services import listing, survey
from organizer.services.workspace import Workspace
from organizer.store import cards, employers, facts, places
from organizer.store.audit import Entry
from organizer.store.cards import Edit, VisitLine
from organizer.store.driver import Connection
from organizer.store.employers import EmployerRow

REVEAL_SECONDS = 30
"""How long a revealed number stays on the screen."""

_OWN = (
    "name", "signboard", "uscc", "registration_no", "unit_type", "industry", "legal_person",
    "contact", "phone", "address", "registered_address", "grid", "remark",
)  # fmt: skip
_SHOWN_MEMBERS = 30


@dataclass(frozen=True)
class OwnField:
    """A field of the employer itself: key, title, shown text (phones masked)."""

    name: str
    title: str
    text: str


@dataclass(frozen=True)
class FactLine:
    """A current fact in words, with who said it and when."""

    name: str
    title: str
    text: str
    source: str
    on: str


@dataclass(frozen=True)
class LampLine:
    """A lamp and, in words, what it still needs."""

    lamp: Lamp
    missing: Sequence[str]


@dataclass(frozen=True)
class Visit:
    """A visit in words: day, outcome, who went, whom they met, what was learnt."""

    id: bytes
    on: str
    outcome: str
    who: str
    met: str
    remark: str
    round_name: str
    learnt: str


@dataclass(frozen=True)
class Change:
    """An edit in words: when, by whom, which fields, from which list."""

    at: str
    who: str
    what: str


@dataclass(frozen=True)
class Card:
    """Everything the card of an employer shows."""

    id: bytes
    name: str
    place: str
    lamps: Sequence[LampLine]
    fields: Sequence[OwnField]
    facts: Sequence[FactLine]
    visits: Sequence[Visit]
    members: int
    pending: int
    member_names: Sequence[str]
    advice: str
    advice_kind: str
    changes: Sequence[Change]


def card(workspace: Workspace, employer: bytes) -> Card:
    """The card of an employer, redirects followed; raises `NotFound`, `NotAllowed`."""
    # Before the query: they are read through the same few readers when not yet known.
    divisions = workspace.divisions
    return workspace.database.read(lambda c: _card(c, workspace, divisions, employer))


def reveal_phone(workspace: Workspace, employer: bytes) -> str:
    """The whole telephone numbers of an employer; who looked is in the audit before it is shown."""
    found = workspace.database.read(lambda c: _employer(c, workspace, employer))
    entry = Entry("employer.reveal", workspace.account.id, found.id, "phone")
    workspace.database.record(entry)
    return found.fields["phone"] or ""


def _employer(connection: Connection, workspace: Workspace, row: bytes) -> EmployerRow:
    found = employers.employer_by_id(connection, row)
    if found is None:
        raise NotFound("record.unknown", value=row.hex())
    workspace.require(Permission.LOOK, found.division_code)
    return found


def _card(connection: Connection, workspace: Workspace, divisions: Divisions, row: bytes) -> Card:
    employer = _employer(connection, workspace, row)
    known = facts.current(connection, employer.id)
    lamps = survey.lamps_of_many(connection, [employer.id]).get(employer.id, ())
    people = cards.member_names(connection, employer.id)
    counted = [name for name, state in people if state != "pending"]
    kind, advice = advise({name: fact.value for name, fact in known.items()}, len(counted))
    titles = _titles()
    return Card(
        employer.id,
        employer.name,
        _whole_place(connection, divisions, employer),
        [LampLine(lamp, [titles.get(name, name) for name in lamp.missing]) for lamp in lamps],
        [_own(workspace, employer, name) for name in _OWN],
        [_fact_line(workspace, known[name]) for name in FIELDS if name in known],
        [_visit(workspace, visit) for visit in cards.visit_lines(connection, employer.id)],
        len(counted),
        len(people) - len(counted),
        [masking.mask_name(name) for name in counted[:_SHOWN_MEMBERS]],
        advice,
        kind,
        [_change(edit) for edit in cards.edits(connection, employer.id)],
    )


def advise(known: Mapping[str, str], members: int) -> tuple[str, str]:
    """The advice line: its kind (good, info, warn) and words, by 工会法 articles 11 and 14."""
    told = known.get("member_count", "")
    members = max(members, int(told) if told.isdigit() else 0)
    staff = known.get("staff_total", "")
    counts = {"members": members, "staff": staff or "—", "most": COMMITTEE_MEMBERS}
    step = union_org.founding(known.get("union_state", ""), members)
    union = known.get("union_name") or known.get("covering_union") or _("工会名称未填")
    kind, sentence = _said_of(step)
    said = sentence.format(**counts, union=union)
    if staff.isdigit() and int(staff) >= FULL_TIME_STAFF:
        said += _("职工{most}人以上，可以设专职工会主席（工会法第十四条）。").format(
            most=FULL_TIME_STAFF
        )
    return kind, said


def _said_of(step: Founding) -> tuple[str, str]:
    """Kind and words of a step, with places for counts and union."""
    return {
        Founding.DONE: ("good", _("已单独建会：{union}。现有会员 {members} 人，职工 {staff} 人。")),
        Founding.STANDS_COVERED: (
            "good",
            _(
                "已被覆盖：{union}。现有会员 {members} 人，职工 {staff} 人；"
                "会员满{most}人时应当建立基层工会委员会（工会法第十一条）。"
            ),
        ),
        Founding.MAY: (
            "info",
            _(
                "现在就可以单独或联合建会，或选举组织员；会员满{most}人时应当建立基层工会委员会"
                "（工会法第十一条）。现有会员 {members} 人，职工 {staff} 人。"
            ),
        ),
        Founding.SHOULD: (
            "warn",
            _(
                "会员已满{most}人，应当建立基层工会委员会（工会法第十一条）。"
                "现有会员 {members} 人，职工 {staff} 人。"
            ),
        ),
        Founding.NOT_REQUIRED: (
            "info",
            _(
                "记为无需或不具备建会条件；情况有变请重新走访。"
                "现有会员 {members} 人，职工 {staff} 人。"
            ),
        ),
    }[step]


def _titles() -> Mapping[str, str]:
    texts = resources.toml("texts", "fields.toml")
    return {**texts["employer"], **texts["fact"]}


def _whole_place(connection: Connection, divisions: Divisions, employer: EmployerRow) -> str:
    named = places.full_name(connection, employer.place) or employer.fields["address"] or ""
    code = employer.division_code or ""
    community = divisions.get(code).name if code in divisions else ""
    return " ".join(filter(None, (community, named)))


def _own(workspace: Workspace, employer: EmployerRow, name: str) -> OwnField:
    text = employer.fields[name] or ""
    if name == "phone":
        text = listing.masked_phones(text)
    elif name in ("unit_type", "industry") and text:
        text = listing.label(workspace, name, text)
    return OwnField(name, _titles()[name], text)


def _fact_line(workspace: Workspace, fact: Fact) -> FactLine:
    title = _titles().get(fact.field, fact.field)
    source = listing.label(workspace, "fact_source", fact.source)
    return FactLine(
        fact.field, title, _said(workspace, fact.field, fact.value), source, fact.observed_on
    )


def _said(workspace: Workspace, field: str, value: str) -> str:
    if field in CODED:
        return listing.label(workspace, field, value)
    if field in HEAD_COUNTS:
        return _("{count} 人").format(count=value)
    if field in ("employer_willing", "staff_willing"):
        return {"yes": _("愿意"), "no": _("不愿意")}.get(value, value)
    if field == "union_claimed":
        return {"yes": _("是"), "no": _("否")}.get(value, value)
    return value


def _visit(workspace: Workspace, visit: VisitLine) -> Visit:
    titles = _titles()
    learnt = (
        _("{title} {value}").format(
            title=titles.get(field, field), value=_said(workspace, field, value)
        )
        for field, value in visit.facts
        if field != "operating_state"
    )
    return Visit(
        visit.id,
        visit.visited_on,
        listing.label(workspace, "visit_outcome", visit.outcome),
        visit.visitor,
        visit.person_met,
        visit.remark,
        visit.round_name,
        _("；").join(learnt),
    )


def _change(edit: Edit) -> Change:
    titles = _titles()
    at = i18n.show_instant(datetime.fromisoformat(edit.at.replace("Z", "+00:00")))
    what = i18n.listed(dict.fromkeys(titles.get(name, name) for name in edit.fields))
    if edit.source:
        what = _("取自 {file}").format(file=edit.source)
    elif not what:
        what = _("新建")
    return Change(at, edit.actor, what)
