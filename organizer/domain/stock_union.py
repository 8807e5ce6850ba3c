"""A union as the registry's list brings one (存量): its codes and dates, taken as they stand."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial

from organizer.domain import union_org, union_record
from organizer.domain.codelist import CodeList
from organizer.domain.division import Divisions, trim_code
from organizer.domain.identifiers import code_from_cell
from organizer.domain.list_cells import Problem, Reading
from organizer.domain.note import Note
from organizer.domain.union_record import CODED, COMMITTEES, DAYS, TEXTS
from organizer.errors import InvalidInput

CODES = ("uscc", "national_code", "provincial_code", "local_code")
"""What tells one union from another more surely than its name, the surest first."""

_LEVELS = (
    (re.compile("社区|村"), 12),
    (re.compile("街道|[乡镇]"), 9),
    (re.compile("[县区]"), 6),
    (re.compile("市"), 4),
    (re.compile("省"), 2),
)
_DIVISION_COLUMNS = (("county", 0), ("town", 6), ("village", 9))
_PLACEHOLDERS = frozenset(("无", "暂无", "-", "/"))
_LONG_AGO = "1900-01-01"


@dataclass(frozen=True)
class Reference:
    """What a reader looks things up in; `home` is the division of the office."""

    today: date
    codes: Callable[[str], CodeList]
    divisions: Divisions
    home: str


@dataclass(frozen=True)
class StockUnion:
    """One row: the union's fields as stored, where it is, the name of the union above it."""

    values: Mapping[str, object]
    division_code: str
    parent_name: str
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]

    @property
    def name(self) -> str:
        """What the union is called."""
        return str(self.values.get("name") or "")

    @property
    def refused(self) -> bool:
        """Whether the row is not taken over at all."""
        return any(problem.refused for problem in self.problems)


def type_by_name(name: str) -> str:
    """What a union is where the list does not say: as its name tells."""
    if name.endswith("总工会"):
        return union_org.FEDERATION
    return union_org.JOINT if "联合工会" in name else union_org.SINGLE


def read_stock_union(cells: Mapping[str, object], reference: Reference) -> StockUnion:
    """Read the cells of one row (by field name, as the spreadsheet holds them); never raises."""
    reading = Reading(cells)
    try:
        values: dict[str, object] = {"name": _read(reading, reference, "name", {})}
    except InvalidInput as error:
        reading.refuse("name", error)
        return StockUnion({"name": reading.text("name")}, "", "", tuple(reading.problems), ())
    for field in (*TEXTS[1:], *CODED, "uscc", "phone", *DAYS, *COMMITTEES):
        if reading.text(field) in _PLACEHOLDERS:
            continue
        # What belongs together is compared with what was read before it.
        beside = {one: str(values[one]) for one in DAYS if one in values}
        if field == "term_until" and "term_from" not in values:
            beside["term_from"] = beside.get("founded_on", _LONG_AGO)
        read = partial(_read, reading, reference, field, beside)
        if taken := reading.take(field, read, refuses=field in CODES):
            values[field] = taken
    if count := reading.take("listed_members", partial(_count, reading)):
        values["listed_members"] = int(count)
    division = _division(reading, reference)
    problems, notes = tuple(reading.problems), tuple(reading.notes)
    return StockUnion(values, division, reading.text("parent"), problems, notes)


def _read(reading: Reading, reference: Reference, name: str, beside: Mapping[str, str]) -> str:
    """One field as it is stored, checked beside others; a code must not pass through a number."""
    text = reading.text(name)
    if name in CODES:
        text = code_from_cell(reading.cells.get(name), name)
    lists = {field: reference.codes(codes) for field, codes in CODED.items()}
    typed = {"name": reading.text("name"), name: text}
    return union_record.read_union(typed, beside, reference.today, lists)[name] or ""


def _count(reading: Reading) -> str:
    """How many members the registry counts; it is compared with, never taken for people."""
    text = reading.text("listed_members").removesuffix("人").strip()
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise InvalidInput("employer.not_a_count", field="listed_members", value=text)
    return text


def _division(reading: Reading, reference: Reference) -> str:
    """Where the union is: by code, else by the names of the divisions; cut to its level."""
    found = ""
    if whole := reading.text("division_code"):
        with suppress(InvalidInput):
            found = trim_code(whole)
        if found not in reference.divisions:
            reading.notes.append(Note("employer.unknown_division", {"value": whole}))
            found = ""
    for column, length in () if found else _DIVISION_COLUMNS:
        if text := reading.text(column):
            home = reference.home
            within = found or (home if len(home) <= length else home[:length])
            named = reference.divisions.find_by_name(text, within=within)
            if len(named) == 1:
                found = named[0].code
            else:
                reading.notes.append(Note("employer.unknown_division", {"value": text}))
    found = found or reference.home
    cut = next((length for words, length in _LEVELS if words.search(reading.text("level"))), 0)
    return found[:cut] if cut else found
