"""A unit as a list brings it: what can be taken over, what is left out and why.

One wrong field never costs the row: only a unit without a usable name or with a wrong identifier is
refused; any other value that cannot be read is left out and reported.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from organizer.domain.address import Address, parse_address
from organizer.domain.answers import parse_yes_no
from organizer.domain.codelist import CodeList
from organizer.domain.dates import parse_date
from organizer.domain.division import Divisions
from organizer.domain.fact import HEAD_COUNTS
from organizer.domain.identifiers import code_from_cell
from organizer.domain.list_cells import Problem, Reading
from organizer.domain.note import Note
from organizer.domain.person_name import INVISIBLE
from organizer.domain.phone import parse_phones
from organizer.domain.uscc import parse_registration_no, parse_uscc
from organizer.errors import InvalidInput

LONGEST_NAME = 120
_CODED = ("unit_type", "nature", "econ_type", "industry")
_LISTS = {"nature": "unit_nature"}
_TEXTS = ("signboard", "legal_person", "contact", "grid", "remark", "registered_address")
_DIVISION_COLUMNS = (("county", 0), ("town", 6), ("village", 9))
"""Columns that name a division, and the code length of the division they are looked for in."""
_IS_DAMAGED = re.compile("[?？\ufffd\x00-\x08\x0b-\x1f\x7f\ue000-\uf8ff\U000f0000-\U0010ffff]")


@dataclass(frozen=True)
class Listed:
    """A row of a list as an employer: its own fields, observed facts, and where it sits."""

    name: str
    values: Mapping[str, str]
    facts: Mapping[str, str]
    address: Address
    division_code: str
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]

    @property
    def refused(self) -> bool:
        """Whether the row is not taken over at all."""
        return any(problem.refused for problem in self.problems)


@dataclass(frozen=True)
class Reference:
    """What a reader of lists looks things up in. `home` is the division of the office."""

    divisions: Divisions
    codes: Callable[[str], CodeList]
    pua: Mapping[str, str]
    home: str


def read_employer(cells: Mapping[str, object], reference: Reference) -> Listed:
    """Read the cells of one row (by field name, as the spreadsheet holds them); never raises."""
    reading = Reading(cells)
    name = _name(reading, reference.pua)
    values = {"name": name, **_identifiers(reading), **_coded(reading, reference)}
    values["phone"] = reading.take("phone", lambda: _phones(reading))
    values |= {key: reading.text(key) for key in _TEXTS}
    line = reading.text("address") or reading.text("registered_address")
    values["address"] = line
    address = parse_address(line, reference.divisions, reference.home or None)
    reading.notes += address.notes
    code = _division(reading, reference, address)
    facts = {key: reading.take(key, partial(_count, reading, key)) for key in HEAD_COUNTS}
    facts |= _union(reading, reference)
    return Listed(
        name,
        {key: value for key, value in values.items() if value},
        {key: value for key, value in facts.items() if value},
        address,
        code,
        tuple(reading.problems),
        tuple(reading.notes),
    )


def _name(reading: Reading, pua: Mapping[str, str]) -> str:
    typed = reading.text("name")
    written = INVISIBLE.sub("", typed)
    if written != typed:
        reading.notes.append(Note("employer.invisible"))
    name = "".join(pua.get(letter, letter) for letter in written)
    if name != written:
        reading.notes.append(Note("employer.mapped_characters", {"name": name}))
    problem = None
    if not name:
        problem = InvalidInput("employer.no_name", field="name")
    elif found := _IS_DAMAGED.search(name):
        mark = found.group()
        shown = mark if mark in "?？" else f"U+{ord(mark):04X}"
        problem = InvalidInput("employer.damaged_name", field="name", mark=shown)
    elif len(name) > LONGEST_NAME:
        problem = InvalidInput("employer.long_name", field="name", most=LONGEST_NAME)
    if problem:
        reading.problems.append(Problem("name", problem, refused=True))
    return name


def _identifiers(reading: Reading) -> dict[str, str]:
    def uscc() -> str:
        text = code_from_cell(reading.cells.get("uscc"), "uscc")
        if text.strip().isdigit() and len(text.strip()) == 15:
            # Lists put the old registration number in the column of the code that replaced it.
            numbers["registration_no"] = parse_registration_no(text).number
            return ""
        found = parse_uscc(text)
        reading.notes.extend(found.notes)
        return found.code

    def registration_no() -> str:
        text = code_from_cell(reading.cells.get("registration_no"), "registration_no")
        return parse_registration_no(text).number

    numbers: dict[str, str] = {}
    if reading.text("uscc") not in ("", "无", "无证", "无照", "-", "/", "暂无"):
        numbers["uscc"] = reading.take("uscc", uscc, refuses=True)
    if written := reading.take("registration_no", registration_no):
        numbers["registration_no"] = written
    return numbers


def _coded(reading: Reading, reference: Reference) -> dict[str, str]:
    return {name: reading.code(name, reference.codes(_LISTS.get(name, name))) for name in _CODED}


def _phones(reading: Reading) -> str:
    found = parse_phones(reading.text("phone"))
    reading.notes += found.notes
    return "、".join((*found.mobiles, *found.landlines))


def _count(reading: Reading, name: str) -> str:
    value = reading.cells.get(name)
    text = reading.text(name).removesuffix("人").strip()
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,6}", text):
        raise InvalidInput("employer.not_a_count", field=name, value=reading.text(name))
    return str(int(text))


def _union(reading: Reading, reference: Reference) -> dict[str, str]:
    def state() -> str:
        text = reading.text("union_state")
        match = reference.codes("union_state").code_of(text, field="union_state")
        if match.kind == "ask":
            raise InvalidInput("employer.ask", field="union_state", value=text)
        return match.code

    def claim() -> str:
        answer = parse_yes_no(reading.text("union_state"), field="union_state")
        return "" if answer is None else "yes" if answer else "no"

    def founded_on() -> str:
        value = reading.cells.get("union_founded_on")
        found = parse_date(value, field="union_founded_on")  # type: ignore[arg-type]
        return found.isoformat() if isinstance(found, date) else ""

    # A bare yes or no tells neither own from covered nor willing from unwilling: it is kept as
    # what the list claims, and the state is found out at the door.
    try:
        claimed = claim()
    except InvalidInput:
        claimed = ""
    return {
        "union_claimed": claimed,
        "union_state": "" if claimed else reading.take("union_state", state),
        "union_name": reading.text("union_name"),
        "union_founded_on": reading.take("union_founded_on", founded_on),
    }


def _division(reading: Reading, reference: Reference, address: Address) -> str:
    """The division of the row: its own columns first, made finer by the address line."""
    named = ""
    for column, length in _DIVISION_COLUMNS:
        if text := reading.text(column):
            within = named or _home_part(reference.home, length)
            found = reference.divisions.find_by_name(text, within=within)
            if len(found) > 1:
                # There is a 铁西区 in 沈阳 and one in 鞍山: the office's own city is meant.
                found = tuple(one for one in found if one.code.startswith(reference.home[:4]))
            if len(found) == 1:
                named = found[0].code
            else:
                reading.notes.append(Note("employer.unknown_division", {"value": text}))
    if not named:
        return address.division_code
    if address.division_code.startswith(named):
        return address.division_code
    if not named.startswith(address.division_code):
        reading.notes.append(Note("employer.division_conflict", {"column": named}))
    return named


def _home_part(home: str, length: int) -> str:
    """The division of this code length that the office lies in; the office's own when that is wider."""
    digits = home.partition("~")[0]
    return home if len(digits) <= length else home[:length]
