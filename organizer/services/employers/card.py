"""One employer whole: lamps, own fields, facts with their sources, visits, members, advice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from organizer import i18n, resources
from organizer.domain import masking, scale, staff_band
from organizer.domain.access import Permission
from organizer.domain.advice import Advice
from organizer.domain.clears import Lamp
from organizer.domain.division import Divisions
from organizer.domain.scale import Scale
from organizer.domain.visit import Channel
from organizer.errors import NotFound
from organizer.i18n import _
from organizer.services.employers import advising, fact_checking, fact_lines, listing
from organizer.services.employers.fact_lines import FactLine
from organizer.services.survey import recording, rounds
from organizer.services.unions import covering
from organizer.services.unions.covering import Covered
from organizer.services.workspace import Workspace
from organizer.store import cards, employers, facts, photos, places, unions
from organizer.store.audit import Entry
from organizer.store.cards import Edit, VisitLine
from organizer.store.driver import Connection
from organizer.store.employers import EmployerRow
from organizer.store.photos import PhotoRow

REVEAL_SECONDS = 30
"""How long a revealed number stays on the screen."""

_OWN = (
    "name", "signboard", "uscc", "registration_no", "unit_type", "nature", "econ_type", "industry",
    "legal_person", "contact", "phone", "founded_on", "address", "registered_address", "grid",
    "remark",
)  # fmt: skip
_CODED = {
    "unit_type": "unit_type",
    "nature": "unit_nature",
    "econ_type": "econ_type",
    "industry": "industry",
}
"""Own fields that hold a code, and the list it is of."""
_WOMAN = "2"
"""The code of women in `sex.csv`."""
_SHOWN_MEMBERS = 30


@dataclass(frozen=True)
class OwnField:
    """A field of the employer itself: key, title, shown text (phones masked)."""

    name: str
    title: str
    text: str


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
    channel: str = ""
    companions: str = ""
    corrects: str = ""
    """Which wrong visit it stands for, in words."""
    photos: Sequence[bytes] = ()


@dataclass(frozen=True)
class Change:
    """An edit in words: when, by whom, which fields, from which list."""

    at: str
    who: str
    what: str


@dataclass(frozen=True)
class CoverLine:
    """A coverage in words; `union` None for a fallback not yet on record, `until` "" while it lasts."""

    union: bytes | None
    name: str
    kind: str
    since: str
    until: str


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
    band: str = ""
    scale: str = ""
    """The size of the enterprise by its staff alone, always said to be an estimate."""
    coverage: Sequence[CoverLine] = ()
    """Which union covers it, then which did, newest first."""
    told: Sequence[Advice] = ()
    """The advice, sentence by sentence."""


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


def reveal_chair_phone(workspace: Workspace, employer: bytes) -> str:
    """The whole telephone number of the union's chair, noted in the audit like the unit's own."""
    found = workspace.database.read(lambda c: _employer(c, workspace, employer))
    entry = Entry("employer.reveal", workspace.account.id, found.id, "chair_phone")
    workspace.database.record(entry)
    known = workspace.database.read(
        lambda c: facts.current(c, found.id, departments=workspace.sees_departments)
    )
    return known["chair_phone"].value if "chair_phone" in known else ""


def _employer(connection: Connection, workspace: Workspace, row: bytes) -> EmployerRow:
    found = employers.employer_by_id(connection, row)
    if found is None:
        raise NotFound("record.unknown", value=row.hex())
    workspace.require(Permission.LOOK, found.division_code)
    return found


def _card(connection: Connection, workspace: Workspace, divisions: Divisions, row: bytes) -> Card:
    employer = _employer(connection, workspace, row)
    known = facts.current(connection, employer.id, departments=workspace.sees_departments)
    values = {name: fact.value for name, fact in known.items()}
    standings = rounds.standings_in(connection, employer.id, employer.division_code)
    kept = photos.of_employer(connection, employer.id)
    lamps = recording.lamps_of_many(connection, [employer.id]).get(employer.id, ())
    people = cards.member_names(connection, employer.id)
    counted = [name for name, state, _sex in people if state != "pending"]
    women = sum(sex == _WOMAN for _name, state, sex in people if state != "pending")
    nearby = unions.nearby(connection, employer.division_code or "")
    covered = covering.covered_in(connection, workspace, employer, divisions)
    advice = advising.advise(values, len(counted), women, nearby, covered)
    titles = _titles()
    return Card(
        employer.id,
        employer.name,
        _whole_place(connection, divisions, employer),
        [LampLine(lamp, [titles.get(name, name) for name in lamp.missing]) for lamp in lamps],
        [_own(workspace, employer, name) for name in _OWN],
        fact_lines.fact_lines(connection, workspace, employer.id, standings),
        [
            _visit(workspace, visit, kept)
            for visit in cards.visit_lines(
                connection, employer.id, departments=workspace.sees_departments
            )
        ],
        len(counted),
        len(people) - len(counted),
        [masking.mask_name(name) for name in counted[:_SHOWN_MEMBERS]],
        "\n".join(one.text for one in advice),
        advice[0].kind,
        [_change(edit) for edit in cards.edits(connection, employer.id)],
        *_size(workspace, employer, values.get("staff_total", "")),
        _coverage(workspace, covered),
        advice,
    )


def _coverage(workspace: Workspace, covered: Covered) -> list[CoverLine]:
    kinds = workspace.codes("coverage_kind")
    lines = [
        CoverLine(one.union_org, one.union_name, kinds.label(one.kind), one.since_on, one.until_on)
        for one in covered.history
        if one.kind in kinds
    ]
    if not covered.since_on:
        fallback = CoverLine(covered.union, covered.union_name, kinds.label(covered.kind), "", "")
        lines.insert(0, fallback)
    return lines


def _titles() -> Mapping[str, str]:
    texts = resources.toml("texts", "fields.toml")
    return {**texts["employer"], **texts["fact"]}


def _whole_place(connection: Connection, divisions: Divisions, employer: EmployerRow) -> str:
    named = places.full_name(connection, employer.place) or employer.fields["address"] or ""
    code = employer.division_code or ""
    community = divisions.get(code).name if code in divisions else ""
    return " ".join(filter(None, (community, named)))


def _size(workspace: Workspace, employer: EmployerRow, staff: str) -> tuple[str, str]:
    """The band of the head count, and the estimated size of the enterprise; "" where unknown."""
    if not staff.isdigit():
        return "", ""
    words, codes = listing.bands(), workspace.codes("industry")
    industry = employer.fields["industry"] or ""
    above = codes.ancestors(industry) if industry in codes else ()
    found = scale.estimate(int(staff), (industry, *(entry.code for entry in above)))
    if found is None:
        return words[staff_band.band(int(staff))], ""
    size = {
        Scale.LARGE: _("大型"),
        Scale.MEDIUM: _("中型"),
        Scale.SMALL: _("小型"),
        Scale.MICRO: _("微型"),
    }[found]
    return words[staff_band.band(int(staff))], _("{size}（按人数估计）").format(size=size)


def _own(workspace: Workspace, employer: EmployerRow, name: str) -> OwnField:
    text = employer.fields[name] or ""
    if name == "phone":
        text = listing.masked_phones(text)
    elif name in _CODED and text:
        text = listing.label(workspace, _CODED[name], text)
    return OwnField(name, _titles()[name], text)


def _visit(workspace: Workspace, visit: VisitLine, kept: Sequence[PhotoRow]) -> Visit:
    titles = fact_checking.titles()
    learnt = (
        _("{title} {value}").format(
            title=titles.get(field, field), value=_with_source(workspace, field, value, source)
        )
        for field, value, source in visit.facts
        if field != "operating_state"
    )
    corrects = ""
    if visit.corrected_on:
        corrects = _("更正了 {day} 的“{outcome}”").format(
            day=visit.corrected_on,
            outcome=listing.label(workspace, "visit_outcome", visit.corrected),
        )
    return Visit(
        visit.id,
        visit.visited_on,
        _("电话确认无变化")
        if visit.unchanged
        else listing.label(workspace, "visit_outcome", visit.outcome),
        visit.visitor,
        visit.person_met,
        visit.remark,
        visit.round_name,
        _("；").join(learnt),
        fact_checking.channel_word(visit.channel)
        if visit.channel not in ("", Channel.DOOR)
        else "",
        visit.companions,
        corrects,
        tuple(photo.id for photo in kept if photo.visit == visit.id),
    )


def _with_source(workspace: Workspace, field: str, value: str, source: str) -> str:
    """A fact of a visit; its source only where it is not what somebody said."""
    text = fact_lines.said(workspace, field, value)
    if source == "spoken":
        return text
    return _("{text}（{source}）").format(
        text=text, source=fact_lines.source_word(workspace, source)
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
