"""One person whole: who, where at work, which memberships, and everything that was done since."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from organizer import i18n
from organizer.domain import access, ids, masking
from organizer.domain.access import Permission
from organizer.domain.chapter import Chapter
from organizer.domain.member import ACTIVE, State
from organizer.domain.resident_id import age_on
from organizer.errors import NotAllowed, NotFound
from organizer.forms.signup_paper import LABELS
from organizer.i18n import _
from organizer.services.employers import listing
from organizer.services.members.person_chapters import ON_PAGE, chapters
from organizer.services.paper import paper_trail
from organizer.services.workspace import Workspace
from organizer.store import backup_notes, facts, members, papers, person_cards
from organizer.store.audit import Entry
from organizer.store.driver import Connection
from organizer.store.members import Membership, Record
from organizer.store.person_cards import PaperLine, PersonEdit, Reported, Step

_CODED = {
    "ethnic": "ethnic",
    "education": "education",
    "political": "political",
    "household_kind": "household_kind",
    "group_code": "group",
}


@dataclass(frozen=True)
class Line:
    """A field of the person in words."""

    title: str
    text: str


@dataclass(frozen=True)
class Standing:
    """A membership: where, since when, in which state (as code and in words)."""

    membership: bytes
    union_name: str
    employer: bytes | None
    workplace: str
    position: str
    code: str
    state: str
    since: str

    @property
    def active(self) -> bool:
        """Whether it stands in the way of another membership."""
        return self.code in ACTIVE


@dataclass(frozen=True)
class Event:
    """Something that was done: on which day, what, and who did it."""

    on: str
    what: str
    who: str


@dataclass(frozen=True)
class PersonCard:
    """Everything the page of a person shows, and what this account may do there.

    `id_number` and `phone` are masked. `current` is the membership that buttons act on.
    """

    id: bytes
    name: str
    born: str
    id_number: str
    phone: str
    fields: Sequence[Line]
    standings: Sequence[Standing]
    events: Sequence[Event]
    current: Standing | None
    passport: str
    may_amend: bool
    may_approve: bool
    may_print: bool
    may_change: bool = False
    """Whether acts on the membership are at hand."""
    chapters: Sequence[Chapter] = ()
    """Transfers, consents, papers, batches, visits, merged duplicates: those there are."""

    @property
    def numberless(self) -> bool:
        """Whether the id number is still to come."""
        return not self.id_number


@dataclass(frozen=True)
class Revealed:
    """Id number and phone in full."""

    id_number: str
    phone: str


def card(workspace: Workspace, person: bytes) -> PersonCard:
    """The page of a person, redirects followed; raises `NotFound`, `NotAllowed`."""
    found = workspace.database.read(lambda c: _card(c, workspace, person))
    # Memberships, steps and consents stand on the page already.
    told = chapters(workspace, found.id)
    shown = (one for place, one in enumerate(told) if place not in ON_PAGE)
    return replace(found, chapters=[one for one in shown if one.rows])


def reveal(workspace: Workspace, person: bytes) -> Revealed:
    """Id number and phone in full, for who may print them; who looked is in the audit first."""
    workspace.require(Permission.PRINT)
    found = workspace.database.read(lambda c: _person(c, workspace, person))
    entry = Entry("person.reveal", workspace.account.id, found.id, "id_number phone")
    workspace.database.record(entry)
    return Revealed(found.text("id_number"), found.text("phone"))


def person_record(workspace: Workspace, person: bytes) -> Record:
    """A person this account sees, redirects followed; raises `NotFound`, `NotAllowed`."""
    workspace.require(Permission.LOOK)
    return workspace.database.read(lambda c: _person(c, workspace, person))


def _person(connection: Connection, workspace: Workspace, row: bytes) -> Record:
    workspace.require(Permission.LOOK)
    found = members.person_by_id(connection, facts.survivor(connection, "person", row))
    if found is None or found.text("erased_on"):
        raise NotFound("record.unknown", value=row.hex())
    scope = workspace.account.division_code
    codes = members.divisions_of(connection, found.id) if scope else set()
    if codes and not any(access.covers(scope, code) for code in codes):
        raise NotAllowed("access.outside_scope", account=workspace.account.name)
    return found


def _card(connection: Connection, workspace: Workspace, row: bytes) -> PersonCard:
    person = _person(connection, workspace, row)
    memberships = members.memberships_of(connection, person.id)
    standings = [_standing(workspace, one) for one in memberships]
    current = next((one for one in standings if one.active), standings[0] if standings else None)
    state = current.code if current else ""
    last = backup_notes.noted(connection)
    rows = (person.id, *(one.membership for one in standings))
    passport = _passport(
        state,
        all(backup_notes.stands_in(connection, row, last) for row in rows),
        person_cards.reported(connection, person.id),
        paper_trail.together(workspace, papers.of_person(connection, person.id)),
    )
    role = workspace.account.role
    return PersonCard(
        person.id,
        person.text("name"),
        _born(workspace, person),
        masking.mask_resident_id(person.text("id_number")),
        masking.mask_phone(person.text("phone")),
        [_line(workspace, person, name) for name in _CODED if person.text(name)],
        standings,
        _events(workspace, connection, person.id),
        current,
        passport,
        current is not None and access.grants(role, Permission.SIGN_UP),
        state == State.PENDING and access.grants(role, Permission.REVIEW),
        current is not None and access.grants(role, Permission.PRINT),
        current is not None and access.grants(role, Permission.REVIEW),
    )


def _standing(workspace: Workspace, membership: Membership) -> Standing:
    record = membership.record
    state = record.text("state")
    return Standing(
        record.id,
        membership.union_name,
        record.link("employer"),
        record.text("workplace") or membership.employer_name,
        record.text("position"),
        state,
        _state(workspace, state),
        record.text("joined_on") or record.text("applied_on"),
    )


def _state(workspace: Workspace, state: str) -> str:
    return workspace.codes("membership_state").label(state) if state else ""


def _born(workspace: Workspace, person: Record) -> str:
    """女 · 1995年8月17日 · 31 岁."""
    sex = listing.label(workspace, "sex", person.text("sex")) if person.text("sex") else ""
    parts = [sex]
    if text := person.text("born_on"):
        day = date.fromisoformat(text)
        parts += [i18n.show_date(day), _("{age} 岁").format(age=age_on(day, workspace.today))]
    return " · ".join(filter(None, parts))


def _line(workspace: Workspace, person: Record, name: str) -> Line:
    code, codes = person.text(name), _CODED[name]
    # The short label of a people is a single hanzi (满), too little beside a title.
    text = workspace.codes(codes).label(code) if name == "ethnic" else ""
    return Line(_title(name), text or listing.label(workspace, codes, code))


def _title(name: str) -> str:
    own = {"group_code": _("群体"), "migrant": _("农民工"), "paper_kind": _("证件类别")}
    return own.get(name) or LABELS.get(name, "")


def _passport(state: str, backed_up: bool, reported: Sequence[Reported], paper: str) -> str:
    """How far the record has come, in words: 已录入 → 已备份 → 待审批, and its papers."""
    steps = [_("已录入")]
    if backed_up:
        steps.append(_("已备份"))
    if state == State.PENDING:
        steps.append(_("待审批"))
    elif state in ACTIVE:
        steps.append(_("已批准"))
    if reported:
        steps.append(_("已封存（批次 {batch}）").format(batch=ids.short_id(reported[0].batch)))
    told = " → ".join(steps)
    return _("{steps}　纸面：{paper}").format(steps=told, paper=paper)


def _events(workspace: Workspace, connection: Connection, person: bytes) -> list[Event]:
    """What was done, newest first."""
    found = [
        *_printed(workspace, person_cards.papers(connection, person)),
        *_sealed(person_cards.reported(connection, person)),
        *_edited(person_cards.edits(connection, person)),
        *_stepped(workspace, person_cards.steps(connection, person)),
    ]
    newest = sorted(found, key=lambda one: one[0], reverse=True)
    return [Event(_day(at), what, who) for at, what, who in newest]


Told = tuple[str, str, str]
"""Instant, what was done, by whom."""


def _form(workspace: Workspace, form: str) -> str:
    codes = workspace.codes("paper_form")
    return codes.label(form) if form in codes else form


def _printed(workspace: Workspace, papers: Sequence[PaperLine]) -> Iterator[Told]:
    for paper in papers:
        forms = i18n.listed(_form(workspace, form) for form in sorted(paper.forms))
        told = _("打印{forms}，表号 {short_id}").format(forms=forms, short_id=paper.short_id)
        yield paper.at, told, paper.actor


def _sealed(batches: Sequence[Reported]) -> Iterator[Told]:
    for batch in batches:
        told = _("列入已封存的批次 {batch}").format(batch=ids.short_id(batch.batch))
        yield batch.at, told, batch.actor


def _edited(edits: Sequence[PersonEdit]) -> Iterator[Told]:
    for edit in edits:
        titles = dict.fromkeys(filter(None, map(_title, edit.fields)))
        told = _("更正资料：{fields}").format(fields=i18n.listed(titles))
        yield edit.at, told, edit.actor


def _stepped(workspace: Workspace, steps: Sequence[Step]) -> Iterator[Told]:
    for step in steps:
        told = _("申请入会")
        if not step.from_state:
            # 存量: history of the registry, no act of this office.
            after = _state(workspace, step.to_state)
            told = _("按原有名册记为{after} {day}").format(after=after, day=step.on).strip()
        elif step.from_state != State.DRAFT:
            before, after = _state(workspace, step.from_state), _state(workspace, step.to_state)
            told = _("会籍由{before}变为{after}").format(before=before, after=after)
        if more := i18n.listed(_said(workspace, step)):
            told = _("{step}（{more}）").format(step=told, more=more)
        yield step.at, told, step.actor


def _said(workspace: Workspace, step: Step) -> Iterator[str]:
    """Why a step was made, and on which paper."""
    if step.reason_code:
        yield workspace.codes("membership_reason").label(step.reason_code)
    if step.reason:
        yield step.reason
    if step.paper_no:
        yield _("文号 {number}").format(number=step.paper_no)


def _day(instant: str) -> str:
    """The day of a stored instant in Shanghai."""
    if not instant:
        return ""
    return i18n.show_instant(datetime.fromisoformat(instant.replace("Z", "+00:00")))[:10]
