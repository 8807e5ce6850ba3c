"""One kind of sheet each: which rows it has, what stands in them, and the finished PDF."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from organizer.domain.clears import Light
from organizer.domain.sheet_kind import SheetKind
from organizer.domain.visit import Outcome
from organizer.errors import NotFound
from organizer.forms import door_tag, ledger_sheet, survey_form, walk_sheet
from organizer.forms.door_tag import DoorTag
from organizer.forms.field_paper import Mark
from organizer.forms.fonts import FontSet
from organizer.forms.ledger_sheet import Ledger, LedgerLine
from organizer.forms.survey_form import FormData
from organizer.forms.walk_sheet import Band, WalkPage, WalkRow
from organizer.i18n import _
from organizer.services.employers import listing
from organizer.services.paper import sheet_words
from organizer.services.paper.sheet_walks import Walk, marks, record, sheet_mark
from organizer.services.survey import walking
from organizer.services.survey.walking import Door
from organizer.services.workspace import Workspace
from organizer.store import places
from organizer.store.driver import Connection
from organizer.store.sheets import Line

_MANY_DOORS = 3
"""From so many units on a house has a heading of its own."""


@dataclass(frozen=True)
class Desk:
    """What every kind of sheet is drawn with."""

    workspace: Workspace
    fonts: FontSet
    size: str
    count: int


@dataclass(frozen=True)
class Drawn:
    """A finished PDF, how many units and blank rows are in it, and the codes of its sheets."""

    pdf: bytes
    units: int
    blanks: int
    sheets: tuple[str, ...]


def _walk_sheets(desk: Desk, walks: Sequence[Walk]) -> Drawn:
    planned = []
    for walk in walks:
        pages = walk_sheet.fill_pages(_walk_lines(desk.workspace, walk), desk.size)
        planned += [(walk, page, number, len(pages)) for number, page in enumerate(pages, 1)]
    wanted = [
        (walk, [_line(walk, row) for row in page if isinstance(row, WalkRow)])
        for walk, page, _number, _of in planned
    ]
    made = record(desk.workspace, SheetKind.WALK, wanted)
    papers: list[WalkPage] = []
    for (walk, page, number, of), sheet in zip(planned, made, strict=True):
        each = marks(sheet)
        lines = tuple(
            replace(line, mark=next(each)) if isinstance(line, WalkRow) else line for line in page
        )
        papers.append(WalkPage(walk.heading, sheet_mark(sheet), lines, number, of))
    legend = sheet_words.legend(desk.workspace)
    pdf = walk_sheet.walk_sheets(papers, legend, desk.fonts, desk.size)
    units = sum(len(walk.doors) for walk in walks)
    blanks = sum(len(lines) for _walk, lines in wanted) - units
    return Drawn(pdf, units, blanks, tuple(sheet.code for sheet in made))


def _walk_lines(workspace: Workspace, walk: Walk) -> list[WalkRow | Band]:
    """The units of a walk, with headings for the sides of the street and for houses with many doors."""
    sides = {"odd": _("单号一侧"), "even": _("双号一侧"), None: _("未写门牌或另有名称")}
    counted = Counter(walk.side(door) for door in walk.doors)
    sided = walk.place.kind == "street" and bool(counted["odd"] or counted["even"])
    lines: list[WalkRow | Band] = []
    number = 0
    side: str | None = "none yet"
    for _stop, group in groupby(walk.doors, key=lambda door: door.stop):
        doors = list(group)
        if sided and walk.side(doors[0]) != side:
            side = walk.side(doors[0])
            lines.append(Band(_count(sides[side], counted[side])))
        house, rest = _house(walk, doors)
        if house:
            lines.append(Band(_count(house, len(doors))))
        for door, name in zip(doors, rest, strict=True):
            told = walk.told[door.employer]
            known = sheet_words.last_words(workspace, told)
            lines.append(WalkRow(number, name, told.employer.name, known))
            number += 1
    return lines


def _count(name: str, units: int) -> str:
    return _("{name}　{count} 户").format(name=name, count=units)


def _house(walk: Walk, doors: Sequence[Door]) -> tuple[str, list[str]]:
    """What all doors of a house begin with, once for many of them, and what is left for each."""
    names = [walk.door_name(door).split(" ") for door in doors]
    if len(doors) < _MANY_DOORS:
        return "", [" ".join(name) for name in names]
    shared = 0
    # The last word stays with the door: a row without any could not be found.
    while all(len(name) > shared + 1 and name[shared] == names[0][shared] for name in names):
        shared += 1
    return " ".join(names[0][:shared]), [" ".join(name[shared:]) for name in names]


def _line(walk: Walk, row: WalkRow) -> Line:
    return walk.blank if row.unit is None else walk.line(walk.doors[row.unit])


def _forms(desk: Desk, walks: Sequence[Walk]) -> Drawn:
    wanted = [(walk, [walk.line(door) for door in walk.doors]) for walk in walks if walk.doors]
    if not wanted:
        raise NotFound("sheet.no_units", name=walks[0].place.name)
    made = record(desk.workspace, SheetKind.FORM, wanted)
    forms: list[FormData] = []
    for (walk, _lines), sheet in zip(wanted, made, strict=True):
        for door, mark in zip(walk.doors, marks(sheet), strict=True):
            told = walk.told[door.employer]
            values = _values(desk.workspace, walk, door)
            choices = sheet_words.form_choices(desk.workspace, told)
            forms.append(FormData(walk.heading, mark, values, choices))
    pdf = survey_form.survey_forms(forms, desk.fonts)
    return Drawn(pdf, len(forms), 0, tuple(sheet.code for sheet in made))


def _blank_forms(desk: Desk, walks: Sequence[Walk]) -> Drawn:
    walk = walks[0]
    count = desk.count or 1
    (made,) = record(desk.workspace, SheetKind.BLANK, [(walk, [walk.blank] * count)])
    values = _values(desk.workspace, walk, None)
    choices = sheet_words.form_choices(desk.workspace, None)
    forms = [FormData(walk.heading, mark, values, choices) for mark in marks(made)]
    return Drawn(survey_form.survey_forms(forms, desk.fonts), 0, count, (made.code,))


def _values(workspace: Workspace, walk: Walk, door: Door | None) -> Mapping[str, str]:
    divisions = workspace.divisions

    def query(connection: Connection) -> Mapping[str, str]:
        at = door.place if door is not None and door.place else walk.place.id
        place = places.place_by_id(connection, at)
        told = walk.told[door.employer] if door is not None else None
        return sheet_words.form_values(workspace, connection, divisions, place, told)

    return workspace.database.read(query)


def _tags(desk: Desk, walks: Sequence[Walk]) -> Drawn:
    """For every unit nobody has met yet; `count` more, or one page, without a name."""
    waiting = {
        walk.place.id: [d for d in walk.doors if d.outcome in ("", Outcome.NOBODY)]
        for walk in walks
    }
    named = sum(map(len, waiting.values()))
    blanks = desk.count if named or desk.count else door_tag.tags_on_page(desk.size)
    wanted = []
    for walk in walks:
        free = [walk.blank] * blanks if walk is walks[0] else []
        wanted.append((walk, [*map(walk.line, waiting[walk.place.id]), *free]))
    wanted = [(walk, lines) for walk, lines in wanted if lines]
    made = record(desk.workspace, SheetKind.TAG, wanted)
    tags = []
    for (walk, _lines), sheet in zip(wanted, made, strict=True):
        each = marks(sheet)
        for door in waiting[walk.place.id]:
            name = walk.told[door.employer].employer.name
            tags.append(DoorTag(walk.heading, next(each), name, walk.door_name(door)))
        tags += [DoorTag(walk.heading, mark) for mark in each]
    pdf = door_tag.door_tags(tags, desk.fonts, desk.size)
    return Drawn(pdf, named, blanks, tuple(sheet.code for sheet in made))


def _ledgers(desk: Desk, walks: Sequence[Walk]) -> Drawn:
    wanted = [(walk, [walk.line(door) for door in walk.doors]) for walk in walks]
    made = record(desk.workspace, SheetKind.LEDGER, wanted)
    ledgers = []
    for walk, sheet in zip(walks, made, strict=True):
        lamps = _lamps(desk.workspace, walk)
        lines = tuple(
            _ledger_line(desk.workspace, walk, door, lamps[door.employer][0], mark)
            for door, mark in zip(walk.doors, marks(sheet), strict=True)
        )
        ledgers.append(Ledger(walk.heading, _summary(walk, lamps), lines))
    pdf = ledger_sheet.ledger_sheets(ledgers, desk.fonts)
    units = sum(len(walk.doors) for walk in walks)
    return Drawn(pdf, units, 0, tuple(sheet.code for sheet in made))


def _ledger_line(
    workspace: Workspace, walk: Walk, door: Door, lamps: str, mark: Mark
) -> LedgerLine:
    told = walk.told[door.employer]
    outcome = listing.label(workspace, "visit_outcome", door.outcome) if door.outcome else ""
    return LedgerLine(
        mark,
        walk.door_name(door),
        told.employer.name,
        uscc=told.employer.fields["uscc"] or "",
        staff=told.value("staff_total"),
        women=told.value("staff_women"),
        union=listing.label(workspace, "union_state", told.value("union_state")),
        members=told.value("member_count"),
        lamps=lamps,
        visited=f"{door.visited_on}\n{outcome}" if outcome else "",
        due=told.value("next_visit_on"),
    )


def _lamps(workspace: Workspace, walk: Walk) -> Mapping[bytes, tuple[str, bool]]:
    """The lamps of each unit in words, and whether all four are lit."""
    shining = walking.lamps(workspace, [door.employer for door in walk.doors])
    return {
        row: (
            " ".join(lamp.rule.letter + listing.light_word(lamp.light) for lamp in lamps),
            all(lamp.light is Light.CLEAR for lamp in lamps),
        )
        for row, lamps in shining.items()
    }


def _summary(walk: Walk, lamps: Mapping[bytes, tuple[str, bool]]) -> str:
    return _("应查 {units} 户　已查 {reached} 户　四清 {clear} 户").format(
        units=len(walk.doors),
        reached=sum(door.reached for door in walk.doors),
        clear=sum(lit for _words, lit in lamps.values()),
    )


DRAWING: Mapping[str, Callable[[Desk, Sequence[Walk]], Drawn]] = {
    SheetKind.WALK: _walk_sheets,
    SheetKind.FORM: _forms,
    SheetKind.BLANK: _blank_forms,
    SheetKind.TAG: _tags,
    SheetKind.LEDGER: _ledgers,
}
"""How each kind of sheet is drawn."""
