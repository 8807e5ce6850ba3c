"""Address lines as lists bring them, read into a division and steps below it.

Nothing is lost and nothing fails: the raw line is kept, and its parts put together are the raw line.
"""

import re
from dataclasses import dataclass, field

from organizer.domain import address_pattern as pattern
from organizer.domain.address_text import Line, ready_line, second_address
from organizer.domain.division import Divisions, trim_code
from organizer.domain.identifiers import half_width
from organizer.domain.location import DivisionMatch, locate
from organizer.domain.note import Note
from organizer.domain.place import Kind, house_number, may_contain, sort_key

_COUNTY_LENGTH = 6
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")


@dataclass(frozen=True, slots=True)
class Step:
    """A place below the division, `name` as written but in half width and without blanks."""

    kind: Kind
    name: str
    sort_key: str


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the raw line and what it was read as.

    `role` is "division", the kind of a step, "landmark", "contact", "other", "blank" or "rest".
    """

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Address:
    """An address line and what was understood of it.

    `division_code` is the deepest division that is certain, not padded, "" for none. A line that
    names no county lies in the division of the office (`address.home_assumed`). `other` is a second
    address of the same cell, `rest` what was not understood.
    """

    raw: str
    division_code: str
    steps: tuple[Step, ...]
    landmark: str
    other: str
    rest: str
    notes: tuple[Note, ...]
    parts: tuple[Part, ...]

    def step(self, kind: Kind) -> str:
        """The name of the first step of this kind, "" when there is none."""
        return next((step.name for step in self.steps if step.kind == kind), "")


@dataclass
class _Reading:
    """What has been read of one line so far."""

    line: Line
    divisions: Divisions
    text: str
    code: str = ""
    position: int = 0
    steps: list[Step] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def last_kind(self) -> Kind:
        return self.steps[-1].kind if self.steps else "division"

    def take(self, role: str, end: int) -> None:
        if end > self.position:
            self.parts.append(Part(role, self.line.written(self.position, end)))
            self.position = end

    def take_step(self, kind: Kind, name: str, end: int) -> None:
        clean = name.replace(" ", "").strip("-")
        self.steps.append(Step(kind, clean, sort_key(kind, clean)))
        self.take(kind, end)

    def joined(self, role: str) -> str:
        texts = (half_width(part.text).strip(" \t\r\n;,/、()") for part in self.parts
                 if part.role == role)  # fmt: skip
        return " ".join(text for text in texts if text)


_STEPS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("crossing", pattern.CROSSING),
    ("floor", pattern.FLOOR),
    ("building", pattern.NUMBERED_BUILDING),
    ("tower", pattern.PART_OF_PARK),
    ("village_group", pattern.VILLAGE_GROUP),
    ("door", pattern.DOOR),
)
_NAMED: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("street", pattern.STREET),
    ("station", pattern.STATION),
    ("tower", pattern.TOWER),
    ("building", pattern.NAMED_BUILDING),
    ("building", pattern.NAMED_BY_UNIT),
)


def parse_address(raw: str, divisions: Divisions, home: str | None = None) -> Address:
    """Read one address line; `home` is the division of the office whose list it stands in.

    Never raises for any line. `InvalidInput` only when `home` is no division code.
    """
    line = ready_line(raw)
    second = second_address(line, divisions)
    end = second[0] if second else len(line.text)
    reading = _Reading(line, divisions, line.text[:end])
    match = locate(reading.text, divisions, home)
    reading.code = match.code
    reading.notes.extend(match.notes)
    reading.take("division", match.end)
    while reading.position < end:
        _read_part(reading)
    if second:
        reading.take("blank", second[1])
        reading.take("other", len(line.text))
    elif not line.text:
        reading.parts.append(Part("blank", raw))
    return _finished(reading, match, trim_code(home) if home else "")


def _read_part(reading: _Reading) -> None:
    """Read the part that begins at the position; always moves on."""
    text, start = reading.text, reading.position
    if text[start] == "(":
        _read_bracket(reading)
        return
    if found := pattern.CONTACT.match(text, start):
        reading.take("contact", found.end())
        return
    if not reading.steps and (found := pattern.UNKNOWN_DIVISION.match(text, start)):
        reading.notes.append(Note("address.unknown_division", {"name": found[0]}))
        reading.take("rest", found.end())
        return
    if _read_numbered(reading) or _read_beside(reading, pattern.BESIDE) or _read_named(reading):
        return
    if found := pattern.BLANK.match(text, start):
        reading.take("blank", found.end())
        return
    if not _read_beside(reading, pattern.LANDMARK):
        piece = pattern.ELEMENT.match(text, start)
        reading.take("rest", _before_contact(text, start, piece.end() if piece else start + 1))


def _before_contact(text: str, start: int, end: int) -> int:
    """万科地产人事部: the rest ends where a department begins."""
    found = pattern.CONTACT.search(text, start + 1, len(text))
    return min(end, found.start()) if found else end


def _read_numbered(reading: _Reading) -> bool:
    text, start = reading.text, reading.position
    for kind, form in _STEPS:
        found = form.match(text, start)
        if kind == "door" and reading.last_kind == "street":
            bare = pattern.BARE_NUMBER.match(text, start)
            kind, found = ("building", bare) if bare else (kind, found)
        if found and may_contain(reading.last_kind, kind):
            reading.take_step(kind, found[0], found.end())
            return True
    return False


def _read_named(reading: _Reading) -> bool:
    """The name that ends first: 高新园区 before the street in 高新园区七贤东路."""
    best: tuple[int, Kind, str] | None = None
    for kind, form in _NAMED:
        found = form.match(reading.text, reading.position)
        if found and may_contain(reading.last_kind, kind) and (not best or found.end() < best[0]):
            best = found.end(), kind, found[0]
    if best:
        reading.take_step(best[1], best[2], best[0])
    return best is not None


def _read_beside(reading: _Reading, form: re.Pattern[str]) -> bool:
    found = form.match(reading.text, reading.position)
    if found:
        reading.take("landmark", found.end())
    return found is not None


def _read_bracket(reading: _Reading) -> None:
    """What stands in brackets: a door or number, a deeper division, a landmark, or a remark."""
    text, start = reading.text, reading.position
    close = text.find(")", start)
    inside = text[start + 1 : close if close >= 0 else len(text)]
    end = close + 1 if close >= 0 else len(text)
    for kind, form in _STEPS[1:]:
        if form.fullmatch(inside) and may_contain(reading.last_kind, kind):
            reading.take_step(kind, inside, end)
            return
    match = locate(inside, reading.divisions, reading.code or None)
    if match.code and not match.rest and match.code.startswith(reading.code):
        reading.code = match.code
        reading.take("division", end)
    elif pattern.POSTCODE.fullmatch(inside) or pattern.CONTACT.fullmatch(inside):
        reading.take("contact", end)
    else:
        reading.take("landmark" if pattern.SAYS_WHERE.search(inside) else "rest", end)


def _place_by_home(reading: _Reading, match: DivisionMatch, home: str) -> None:
    """A line that names no county is taken to lie in the office's division, and says so."""
    if match.elsewhere or match.contested or len(reading.code) >= _COUNTY_LENGTH:
        return
    if len(home) > len(reading.code) and home.startswith(reading.code):
        known = home in reading.divisions
        name = "".join(reading.divisions.path_names(home)[1:]) if known else home
        reading.code = home
        reading.notes.append(Note("address.home_assumed", {"name": name}))
    if len(reading.code) < _COUNTY_LENGTH:
        reading.notes.append(Note("address.county_missing"))


def _finished(reading: _Reading, match: DivisionMatch, home: str) -> Address:
    if reading.line.text:
        _place_by_home(reading, match, home)
    notes = reading.notes
    rest, contact, other = (reading.joined(role) for role in ("rest", "contact", "other"))
    for code, text in (
        ("address.second_address", other),
        ("address.contact", contact),
        ("address.not_understood", rest),
    ):
        if text:
            notes.append(Note(code, {"text": text}))
    notes.extend(_notes_on_numbers(reading))
    return Address(
        raw=reading.line.raw,
        division_code=reading.code,
        steps=tuple(reading.steps),
        landmark=reading.joined("landmark"),
        other=other,
        rest=rest,
        notes=tuple(notes),
        parts=tuple(reading.parts),
    )


def _notes_on_numbers(reading: _Reading) -> list[Note]:
    notes = [Note("address.fullwidth")] if _WIDE.search(reading.line.raw) else []
    for step in reading.steps:
        number = house_number(step.name) if step.kind == "building" else None
        if number and number.end and "-" in step.name:
            facts = {"name": step.name, "first": number.main, "last": number.end}
            notes.append(Note("address.range_or_branch", facts))
    return notes
