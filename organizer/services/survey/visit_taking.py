"""A file of visits taken over: what can be read goes in, each once; the rest is told row by row.

For an office that keeps its visits in a list of its own. What was taken is one step for the undo.
"""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from organizer import crypto
from organizer.domain import ids, row_code
from organizer.domain.access import Permission
from organizer.domain.dates import parse_date
from organizer.domain.identifiers import half_width
from organizer.domain.round import Round
from organizer.domain.visit import AT_UNIT, Outcome
from organizer.errors import InvalidInput, NotFound, UserError
from organizer.jobs import Progress, Silent
from organizer.services import finding
from organizer.services.employers import fact_checking, fact_editing
from organizer.services.survey import newcomers, visiting
from organizer.services.survey.newcomers import Newcomer
from organizer.services.survey.visiting import Checked, VisitOrder
from organizer.services.workspace import Workspace
from organizer.sheets.lines import Row
from organizer.sheets.listing import read_list
from organizer.store import employers, facts, rounds, sheets, visits
from organizer.store.employers import EmployerRow
from organizer.store.transaction import Write

_AT_ONCE = 100
_SOURCE_OF = "source of "
_ID = re.compile("[0-9a-f]{32}")
_SEVERAL = 3
_USCC_LENGTH = 18


@dataclass(frozen=True)
class VisitRow:
    """A row of the file: `unit` is a row code, an id, a USCC or the full name."""

    sheet: str
    number: int
    unit: str
    outcome: str
    named: str = ""
    uscc: str = ""
    address: str = ""
    """What is said of a unit that may be on no list yet."""
    facts: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    """Texts of the visit: person_met, companions, remark, channel, source."""
    on: date | None = None
    error: InvalidInput | None = None
    """What could not be read of it."""


@dataclass(frozen=True)
class RowProblem:
    """What kept a row out."""

    sheet: str
    number: int
    error: UserError


@dataclass(frozen=True)
class RowDoubt:
    """What should be looked at in a row that went in, as a sentence about a field."""

    sheet: str
    number: int
    field: str
    sentence: str


@dataclass
class Taken:
    """What came of the rows; `run` is the step that can be taken back."""

    run: bytes
    taken: int = 0
    known: int = 0
    problems: list[RowProblem] = field(default_factory=list)
    doubts: list[RowDoubt] = field(default_factory=list)


@dataclass(frozen=True)
class _Ready:
    row: VisitRow
    current: Round
    checked: Checked
    newcomer: Newcomer | None = None


def read_visits(workspace: Workspace, path: Path) -> Iterator[VisitRow]:
    """The visits a file tells of, in its order; raises `UnreadableFile` for what is no such list."""
    workspace.require(Permission.SURVEY)
    for sheet in read_list(path, fields=_labels(), required=frozenset({"outcome"})).sheets:
        for row in sheet.rows():
            yield _read(workspace, sheet.name, row)


def take_visits(
    workspace: Workspace, path: Path, *, source: str = "spoken", progress: Progress | None = None
) -> Taken:
    """Take over a file of visits; what is wrong with a row keeps only that row out.

    The same row again, from this file or another, adds nothing. Raises `UnreadableFile`, and
    `InvalidInput` for an unknown source.
    """
    workspace.require(Permission.SURVEY)
    fact_checking.checked_sources({}, source, {})
    rows = list(read_visits(workspace, path))
    result, watching = Taken(crypto.random_bytes(16)), progress or Silent()
    for start in range(0, len(rows), _AT_ONCE):
        watching.step(start, len(rows))
        _take_some(workspace, rows[start : start + _AT_ONCE], source, path.name, result)
    watching.step(len(rows), len(rows))
    return result


def _take_some(
    workspace: Workspace, rows: list[VisitRow], source: str, file: str, result: Taken
) -> None:
    ready: list[_Ready] = []
    for row in rows:
        try:
            ready.append(_checked(workspace, row, source))
        except UserError as error:
            result.problems.append(RowProblem(row.sheet, row.number, error))

    def body(write: Write) -> list[_Ready]:
        settled = (_settled(write, one) for one in ready)
        return [one for one in settled if _put(write, one, workspace.today)]

    intent = workspace.intent("visit.take", source=file, run=result.run)
    new = workspace.database.write(intent, body)
    result.taken += len(new)
    result.known += len(ready) - len(new)
    for one in new:
        result.doubts += _doubts(workspace, one)


def _checked(workspace: Workspace, row: VisitRow, source: str) -> _Ready:
    if row.error is not None:
        raise row.error
    if not row.outcome:
        raise InvalidInput("visit.no_outcome", field="outcome")
    employer, newcomer = _unit_of(workspace, row)
    current = workspace.database.read(lambda c: rounds.at(c, employer.division_code))
    order = VisitOrder(
        employer.id,
        _outcome(workspace, row.outcome),
        row.facts,
        row.said.get("source") or source,
        row.on,
        row.said.get("remark", ""),
        row.said.get("person_met", ""),
        companions=row.said.get("companions", ""),
        channel=row.said.get("channel", ""),
        sources=row.sources,
    )
    checked = visiting.check(workspace, order, employer, current)
    return _Ready(row, current, checked, newcomer)


def _unit_of(workspace: Workspace, row: VisitRow) -> tuple[EmployerRow, Newcomer | None]:
    """The unit of a row; one that is on no list, told of as 7 新增 with its address, is a newcomer."""
    try:
        unit = _unit(workspace, row.unit)
    except NotFound as error:
        new = _outcome(workspace, row.outcome) == Outcome.NEW and error.facts.get("count") == 0
        if not (new and row.named and row.address):
            raise
        newcomer = newcomers.read(workspace, row.named, row.uscc, row.address)
        return newcomer.stand_in, newcomer
    employer = workspace.database.read(lambda c: employers.employer_by_id(c, unit))
    if employer is None:
        raise NotFound("record.unknown", value=row.unit)
    return employer, None


def _settled(write: Write, one: _Ready) -> _Ready:
    """A row whose unit is in the books: a newcomer is put there first."""
    if one.newcomer is None:
        return one
    employer = newcomers.put(write, one.newcomer, one.checked.day)
    values = {**one.checked.values, "employer": employer.id, "place": employer.place}
    return replace(one, checked=replace(one.checked, employer=employer, values=values))


def _identity(one: _Ready, unit: bytes) -> bytes:
    """The id that follows from what the row says of a unit: read again, it is the same visit."""
    row, checked = one.row, one.checked
    told = (f"{name}={value} {checked.sources[name]}" for name, value in checked.facts.items())
    said = (str(checked.values[name] or "") for name in ("outcome", "channel", "remark"))
    people = (str(checked.values[name] or "") for name in ("person_met", "companions"))
    day = row.on.isoformat() if row.on else ""
    current = one.current.id.hex()
    said_of = current, unit.hex(), day
    return ids.derived_id("visit", "list", *said_of, *said, *people, *sorted(told))


def _put(write: Write, one: _Ready, today: date) -> bool:
    """Write a visit that is not here; one that an undo had taken out of use comes back."""
    # Read before a merge, it was a visit to the duplicate.
    family = facts.with_duplicates(write.connection, one.checked.employer.id)
    told = [_identity(one, unit) for unit in family]
    found = (visits.visit_by_id(write.connection, row) for row in told)
    known = next(filter(None, found), None)
    if known is None:
        visiting.put(write, one.checked, today, told[0])
        return True
    identity = known.id
    if not known.retired or visits.is_corrected(write.connection, identity):
        return False
    write.settle("visit", identity, "retired_on", None)
    for fact in visits.all_facts_of(write.connection, identity):
        write.settle("fact", fact, "retired_on", None)
    return True


def _doubts(workspace: Workspace, one: _Ready) -> list[RowDoubt]:
    checked = one.checked
    odd = fact_editing.doubts(workspace, checked.employer.id, checked.facts, saved=True)
    return [
        RowDoubt(one.row.sheet, one.row.number, name, sentence) for name, sentence in odd.items()
    ]


def _unit(workspace: Workspace, text: str) -> bytes:
    if not text:
        raise InvalidInput("visit.no_unit_named", field="unit")
    if _ID.fullmatch(text):
        return workspace.id_of("employer", text)
    code = row_code.plain(text)
    if row_code.is_code(code):
        rows = workspace.database.read(lambda c: sheets.rows_with(c, code))
        printed = {row.employer for row in rows if row.employer is not None}
        if len(printed) == 1:
            return printed.pop()
    hits = finding.find(workspace, text, _SEVERAL, "employer")
    exact = [hit for hit in hits if hit.name == text]
    if not exact and len(text) == _USCC_LENGTH:
        exact = hits
    if len(exact) != 1:
        raise NotFound("visit.unit_unclear", value=text, count=len(exact))
    return exact[0].id


def _outcome(workspace: Workspace, text: str) -> str:
    """The digit of an outcome written as 1, １, 已访 or 1已访."""
    text = half_width(text)
    codes = workspace.codes("visit_outcome")
    for outcome in AT_UNIT:
        if text in (outcome, codes.entry(outcome).label, f"{outcome}{codes.entry(outcome).label}"):
            return outcome
    return text


@functools.cache
def _labels() -> Mapping[str, tuple[str, ...]]:
    """The headings by what stands below them."""
    found: dict[str, list[str]] = {}
    for heading, name in fact_checking.headings().items():
        found.setdefault(name, []).append(heading)
    for title, name in fact_checking.fields_by_title().items():
        found.setdefault(name, []).append(title)
        heading = fact_checking.source_heading(title)
        found.setdefault(f"{_SOURCE_OF}{name}", []).append(heading)
    return {name: tuple(dict.fromkeys(words)) for name, words in found.items()}


def _read(workspace: Workspace, sheet: str, row: Row) -> VisitRow:
    texts = {name: row.text(name) for name in row.cells if row.text(name)}
    unit = next((texts[name] for name in ("code", "uscc", "unit") if name in texts), "")
    told = {name: texts[name] for name in fact_checking.titles() if name in texts}
    error, on = None, None
    sources: dict[str, str] = {}
    try:
        cell = row.cells.get("visited_on")
        on = parse_date(cell.value, field="visited_on") if cell else None  # type: ignore[arg-type]
        for name in [name for name in told if name.endswith("_on")]:
            if not told[name].startswith("+"):
                day = parse_date(row.cells[name].value, field=name)  # type: ignore[arg-type]
                told[name] = day.isoformat() if day else ""
        sources = {
            name: _source(workspace, texts[f"{_SOURCE_OF}{name}"])
            for name in told
            if f"{_SOURCE_OF}{name}" in texts
        }
        said = _said(workspace, texts)
    except InvalidInput as wrong:
        error, said = wrong, {}
    return VisitRow(
        sheet,
        row.number,
        unit,
        texts.get("outcome", ""),
        named=texts.get("unit", ""),
        uscc=texts.get("uscc", ""),
        address=texts.get("address", ""),
        facts=told,
        sources=sources,
        said=said,
        on=on,
        error=error,
    )


def _said(workspace: Workspace, texts: Mapping[str, str]) -> dict[str, str]:
    said = {name: texts.get(name, "") for name in ("remark", "person_met", "companions")}
    if "channel" in texts:
        said["channel"] = fact_checking.channel_of(texts["channel"])
    if "source" in texts:
        said["source"] = _source(workspace, texts["source"])
    return said


def _source(workspace: Workspace, text: str) -> str:
    return workspace.codes("fact_source").code_of(text, field="source").code
