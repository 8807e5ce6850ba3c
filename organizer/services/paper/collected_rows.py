"""The cells of a collection workbook read as what was said at a door, every one of them checked.

A number typed as text, a date typed as a number, a full-width digit are read as what they mean; what
cannot be meant is told with row and column, and the other rows go on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time

from organizer.domain.codelist import CodeList
from organizer.domain.collection import BY_KEY, COLUMNS, COUNT_WORDS, FACTS, WILLING, Column, Entry
from organizer.domain.dates import parse_date
from organizer.domain.identifiers import code_from_cell, half_width, visible
from organizer.domain.visit import AT_UNIT
from organizer.errors import InvalidInput
from organizer.services.workspace import Workspace
from organizer.sheets.cell import Cell

MOST_DIGITS = 6


@dataclass(frozen=True)
class Said:
    """What a row says. `errors` are the columns that could not be read; then nothing is taken."""

    outcome: str
    visited_on: date | None
    facts: Mapping[str, str]
    person_met: str
    remark: str
    door: str
    name: str
    uscc: str
    errors: tuple[InvalidInput, ...]


def choices(workspace: Workspace) -> dict[str, list[str]]:
    """The words of every list to choose from, by the list's name, with the digits of the paper."""
    found: dict[str, list[str]] = {"willing": list(WILLING.values())}
    for column in COLUMNS:
        if column.codes and column.codes not in found:
            codes = workspace.codes(column.codes)
            wanted = (
                [codes.entry(one) for one in AT_UNIT]
                if column.codes == "visit_outcome"
                else codes.offered()
            )
            found[column.codes] = [f"{entry.code}{entry.brief}" for entry in wanted]
    return found


def read_row(workspace: Workspace, cells: Mapping[str, Cell], fallback: date | None) -> Said:
    """What the cells of a row say; `fallback` is the day of rows that name none."""
    errors: list[InvalidInput] = []

    def read(key: str) -> str:
        try:
            return _READING[BY_KEY[key].entry](workspace, BY_KEY[key], cells[key])
        except InvalidInput as error:
            errors.append(error)
            return ""

    outcome, day = read("outcome"), read("visited_on")
    facts = {key: value for key in FACTS if (value := read(key))}
    unreadable = {error.field for error in errors}
    if not outcome and "outcome" not in unreadable:
        errors.append(InvalidInput("collect.no_outcome", field="outcome"))
    if not day and fallback is None and "visited_on" not in unreadable:
        errors.append(InvalidInput("collect.no_day", field="visited_on"))
    return Said(
        outcome,
        date.fromisoformat(day) if day else fallback,
        facts,
        read("person_met"),
        read("remark"),
        read("door"),
        read("name"),
        read("uscc"),
        tuple(errors),
    )


def _text(_workspace: Workspace, column: Column, cell: Cell) -> str:
    if column.key == "uscc":
        return code_from_cell(cell.value, column.key).strip()
    if cell.is_damaged_number:
        raise InvalidInput("id.damaged_number", field=column.key, value=str(cell.value))
    return visible(cell.text)


def _count(_workspace: Workspace, column: Column, cell: Cell) -> str:
    """A number of people: 23, 23.0, ２３, 23人; never 23.5, 2.1E+17 or 约30."""
    text = half_width(cell.text).replace(",", "").strip()
    for word in COUNT_WORDS:
        text = text.removesuffix(word)
    text = text.strip()
    if not text:
        return ""
    whole, _dot, zeros = text.partition(".")
    if set(zeros) <= {"0"} and whole.isascii() and whole.isdigit() and len(whole) <= MOST_DIGITS:
        return str(int(whole))
    raise InvalidInput("collect.not_a_count", field=column.key, value=cell.text)


def _day(_workspace: Workspace, column: Column, cell: Cell) -> str:
    value = cell.value
    if isinstance(value, time):
        raise InvalidInput("date.unknown", field=column.key, value=cell.text)
    day = parse_date(value, field=column.key)
    return day.isoformat() if day else ""


def _choice(workspace: Workspace, column: Column, cell: Cell) -> str:
    """A code chosen from the list, or typed: 1已访, 1, 1.0, 已访."""
    text = "".join(half_width(cell.text).split())
    if not text:
        return ""
    if column.codes == "willing":
        found = next((code for code, word in WILLING.items() if text == word), "")
    else:
        codes = workspace.codes(column.codes)
        found = text if text in codes else _by_words(codes, text)
        if column.codes == "visit_outcome" and found not in AT_UNIT:
            found = ""
    if not found:
        raise InvalidInput("collect.not_in_list", field=column.key, value=cell.text)
    return found


def _by_words(codes: CodeList, text: str) -> str:
    for entry in codes.entries:
        plain = {half_width(word) for word in (entry.label, entry.brief)}
        if text in plain or text in {f"{entry.code}{word}" for word in plain}:
            return entry.code
    return ""


_READING: Mapping[Entry, Callable[[Workspace, Column, Cell], str]] = {
    Entry.TEXT: _text,
    Entry.COUNT: _count,
    Entry.DAY: _day,
    Entry.CHOICE: _choice,
}
