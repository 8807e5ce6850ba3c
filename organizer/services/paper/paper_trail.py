"""纸质材料: what a scanned footer says was done with a paper, and where each paper stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from organizer.domain import access, paper_trail
from organizer.domain.access import Permission
from organizer.domain.codelist import Entry
from organizer.domain.consent import Form, Purpose
from organizer.domain.paper_trail import EVERY, MARKS, FilingPlace, PaperCode, Stage, Trail
from organizer.errors import Conflict, InvalidInput, NotAllowed, NotFound
from organizer.i18n import _, listed
from organizer.services.members import consenting, steps
from organizer.services.workspace import Workspace
from organizer.store import consents, employers, facts, members, papers
from organizer.store.driver import Connection
from organizer.store.papers import PaperRow
from organizer.store.transaction import Write

CONSENT_PAPER = "notice"
"""The form on which the consents are signed."""


@dataclass(frozen=True)
class Marked:
    """What was noted of a paper, or of all papers of one record; `place` is where they lie now.

    `again` names papers of the same record that still wait for the same step.
    """

    write: bytes
    stage: Stage
    name: str
    paper: str
    union_name: str
    place: str = ""
    again: str = ""


@dataclass(frozen=True)
class Standing:
    """A paper as a record's page shows it: what it is, its code, its passport, what comes next."""

    id: bytes
    paper: str
    short_id: str
    passport: str
    following: str
    done: bool


@dataclass(frozen=True)
class Order:
    """What to note: the step, for filing where (12 or 12-7), for a whole record, as of which day."""

    stage: Stage
    place: str = ""
    whole: bool = False
    on: date | None = None


def mark(workspace: Workspace, code: str, order: Order) -> Marked:
    """Note a step of the paper with this code, or of all papers of its record that wait for it.

    Raises `InvalidInput` for what is no code (field `code`) or no place (field `box`), `NotFound` for
    a paper nobody printed here, `NotAllowed` for one of another place, `Conflict` for a step taken
    already or out of order.
    """
    workspace.require(Permission.SIGN_UP)
    read = paper_trail.read_paper_code(code)
    filing = order.stage is Stage.FILED
    place = paper_trail.read_place(order.place) if filing else None
    day = steps.day_of(workspace, order.on)

    def body(write: Write) -> Marked:
        rows = _meant(write.connection, workspace, read)
        chosen = _ready(workspace, rows, read, order)
        for row in chosen:
            if day < row.printed_on:
                raise InvalidInput("paper_trail.too_early", field="on", printed=row.printed_on)
        lies = _page(write.connection, place).text if place is not None else ""
        for row in chosen:
            values = {MARKS[order.stage]: day, **({"box": lies} if filing else {})}
            write.set("paper", row.id, values)
            if order.stage is Stage.SIGNED:
                _fill_consent(write, row, day)
        left = [one for one in rows if one not in chosen and _waits(workspace, one, order.stage)]
        first, said = chosen[0], listed(_label(workspace, one.form) for one in chosen)
        again = listed(_label(workspace, one.form) for one in left)
        return Marked(write.id, order.stage, first.name, said, first.union_name, lies, again)

    return workspace.database.write(workspace.intent(f"paper.{order.stage.value}"), body)


def unmark(workspace: Workspace, code: str) -> Marked:
    """Take the last step of a paper back, whenever it was noted; a code without its form means the
    paper that has come furthest. Raises as `mark` does."""
    workspace.require(Permission.SIGN_UP)
    read = paper_trail.read_paper_code(code)

    def body(write: Write) -> Marked:
        rows = _meant(write.connection, workspace, read)
        furthest = max(rows, key=lambda one: [*Stage].index(trail(workspace, one).stage))
        row = rows[0] if read.form_id else furthest
        stage, label = trail(workspace, row).stage, _label(workspace, row.form)
        if stage is Stage.PRINTED:
            raise Conflict("paper_trail.nothing_noted", paper=label)
        values = {MARKS[stage]: None, **({"box": None} if stage is Stage.FILED else {})}
        write.set("paper", row.id, values)
        return Marked(write.id, stage, row.name, label, row.union_name)

    return workspace.database.write(workspace.intent("paper.unmark"), body)


def next_place(workspace: Workspace, text: str) -> str:
    """Where the next paper will lie when this is typed: the page named, or the next free one."""
    workspace.require(Permission.LOOK)
    place = paper_trail.read_place(text)
    return workspace.database.read(lambda c: _page(c, place)).text


def standings(workspace: Workspace, rows: Sequence[PaperRow]) -> list[Standing]:
    """Papers as a page shows them."""
    workspace.require(Permission.LOOK)
    found = []
    for row in rows:
        way = trail(workspace, row)
        following = way.following
        wanted = _wanted(following) if following else ""
        label = _label(workspace, row.form)
        passport = passport_words(way, row.printed_on)
        found.append(Standing(row.id, label, row.short_id, passport, wanted, following is None))
    return found


def of_person(workspace: Workspace, person: bytes) -> list[Standing]:
    """The papers of a person, newest first; raises `NotAllowed` outside the account's division."""

    def query(connection: Connection) -> list[PaperRow]:
        known = facts.survivor(connection, "person", person)
        codes = members.divisions_of(connection, known)
        _require_any(workspace, Permission.LOOK, codes)
        return papers.of_person(connection, known)

    return standings(workspace, workspace.database.read(query))


def of_record(workspace: Workspace, link: str, row: bytes) -> list[Standing]:
    """The papers of a union, an employer or a founding (`union_org`, `employer`, `founding`)."""

    def query(connection: Connection) -> list[PaperRow]:
        found = papers.of_record(connection, link, row)
        for one in found:
            _require_any(workspace, Permission.LOOK, _divisions(connection, one))
        return found

    return standings(workspace, workspace.database.read(query))


def trail(workspace: Workspace, row: PaperRow) -> Trail:
    """How far a paper has come of what it needs."""
    entry = _entry(workspace, row.form)
    days = {stage: str(getattr(row, name)) for stage, name in MARKS.items()}
    return Trail(paper_trail.needs(entry.more["steps"]) if entry else EVERY, days, row.box)


def passport_words(way: Trail, printed_on: str = "") -> str:
    """已打印 2026-03-01 → 已签字 2026-03-02 → 已归档 12-7."""
    told = [_("已打印 {day}").format(day=printed_on).strip()]
    words = {
        Stage.SIGNED: _("已签字 {day}"),
        Stage.STAMPED: _("已盖章 {day}"),
        Stage.FILED: _("已归档 {place}"),
    }
    told += [
        words[stage].format(day=way.days[stage], place=way.box).strip()
        for stage in EVERY
        if way.days.get(stage)
    ]
    return " → ".join(told)


def together(workspace: Workspace, rows: Sequence[PaperRow]) -> str:
    """How far somebody's papers have come as one: a step counts when all that need it are through."""
    if not rows:
        return _("未打印")
    told, trails = [_("已打印")], [trail(workspace, row) for row in rows]
    words = {Stage.SIGNED: _("已签字"), Stage.STAMPED: _("已盖章"), Stage.FILED: _("已归档")}
    for stage in EVERY:
        needing = [one for one in trails if stage in one.needs]
        if needing and all(one.days.get(stage) for one in needing):
            told.append(words[stage])
    return " → ".join(told)


def said(done: Marked) -> str:
    """What was noted, in one sentence."""
    words = {
        Stage.SIGNED: _("{name}　{paper}　已签字"),
        Stage.STAMPED: _("{name}　{paper}　已盖章"),
        Stage.FILED: _("{name}　{paper}　已归档 {place}"),
    }
    told = words[done.stage]
    return told.format(name=done.name, paper=done.paper, place=done.place).strip()


def forms_without(workspace: Workspace, stage: Stage) -> tuple[str, ...]:
    """The forms that need no such step; an unknown form needs every step."""
    return tuple(
        entry.code
        for entry in workspace.codes("paper_form").entries
        if stage not in paper_trail.needs(entry.more["steps"])
    )


def label_of(workspace: Workspace, form: str) -> str:
    """What a paper is called."""
    workspace.require(Permission.LOOK)
    return _label(workspace, form)


def _meant(connection: Connection, workspace: Workspace, read: PaperCode) -> list[PaperRow]:
    """The papers a code means, all of one record; raises `NotFound`, `NotAllowed`, `Conflict`."""
    rows = papers.with_code(connection, read.short_id)
    if read.form_id:
        forms = _forms(workspace, read.form_id)
        named = [row for row in rows if row.form in forms]
        if rows and not named:
            raise NotFound("paper_trail.other_form", code=read.short_id)
        # The others of the record follow, for "whole".
        rows = named + [row for row in rows if row not in named]
    if not rows:
        raise NotFound("paper_trail.unknown", code=read.short_id)
    if len({row.subject for row in rows}) > 1:
        names = listed(dict.fromkeys(row.name for row in rows))
        raise Conflict("paper_trail.several", code=read.short_id, names=names)
    try:
        _require_any(workspace, Permission.SIGN_UP, _divisions(connection, rows[0]))
    except NotAllowed as refused:
        raise NotAllowed("paper_trail.elsewhere", code=read.short_id) from refused
    return rows


def _ready(
    workspace: Workspace, rows: Sequence[PaperRow], read: PaperCode, order: Order
) -> list[PaperRow]:
    """Those of them that the step is noted for; raises `Conflict` for what the first may not take."""
    label = _label(workspace, rows[0].form)
    if read.form_id and not order.whole:
        trail(workspace, rows[0]).check(order.stage, label)
        return [rows[0]]
    waiting = [row for row in rows if _waits(workspace, row, order.stage)]
    if not waiting:
        trail(workspace, rows[0]).check(order.stage, label)
    return waiting


def _waits(workspace: Workspace, row: PaperRow, stage: Stage) -> bool:
    return trail(workspace, row).following is stage


def _page(connection: Connection, place: FilingPlace) -> FilingPlace:
    """The page named, or the next behind the last of the box; raises `Conflict` for a taken one."""
    taken = papers.pages(connection, place.box)
    if place.page is None:
        return place.at(max(taken, default=0) + 1)
    if place.page in taken:
        raise Conflict("paper_trail.page_taken", place=place.text, name=taken[place.page])
    return place


def _fill_consent(write: Write, row: PaperRow, day: str) -> None:
    """待补签: signing the notice is what the consents of a member from before this file wait for."""
    if row.person is None or row.form != CONSENT_PAPER:
        return
    printed = date.fromisoformat(row.printed_on)
    for purpose, known in consents.newest(write.connection, row.person).items():
        if known.form == Form.HISTORY and not known.withdrawn_on:
            words = consenting.version(printed, Purpose(purpose))
            values = {"form": Form.PAPER.value, "given_on": day, "text_version": words}
            write.set("consent", known.id, values)


def _divisions(connection: Connection, row: PaperRow) -> set[str]:
    """The divisions a paper belongs to; none is everybody's."""
    if row.person is not None:
        return members.divisions_of(connection, row.person)
    if row.union_org is not None:
        union = members.union_by_id(connection, row.union_org)
        code = union.text("division_code") if union else ""
        return {code} if code else set()
    owner = papers.owner(connection, row.short_id)
    unit = employers.employer_by_id(connection, owner[1]) if owner else None
    return {unit.division_code} if unit and unit.division_code else set()


def _require_any(workspace: Workspace, permission: Permission, codes: set[str]) -> None:
    scope = workspace.account.division_code
    inside = next((code for code in codes if access.covers(scope, code)), None)
    workspace.require(permission, inside or next(iter(codes), None))


def _forms(workspace: Workspace, form_id: str) -> set[str]:
    """What a form is called in the record; forms not in the list go by what stands in the footer."""
    known = workspace.codes("paper_form").entries
    return {one.code for one in known if one.more["form_id"] == form_id} or {form_id}


def _entry(workspace: Workspace, form: str) -> Entry | None:
    codes = workspace.codes("paper_form")
    return codes.entry(form) if form in codes else None


def _label(workspace: Workspace, form: str) -> str:
    entry = _entry(workspace, form)
    return entry.label if entry else _("材料")


def _wanted(stage: Stage) -> str:
    return {
        Stage.SIGNED: _("待签字"),
        Stage.STAMPED: _("待盖章"),
        Stage.FILED: _("待归档"),
    }[stage]
