"""People out of whatever is handed in: rows of a spreadsheet, cells pasted from one, lines of a chat.

A row of headings says what the columns are. Where there is none, the contents say it: an id number
and a telephone number are known by their shape, of the rest the word that looks most like a name.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from organizer.domain.codelist import CodeList
from organizer.errors import UnreadableFile
from organizer.i18n import _
from organizer.sheets.cell import Cell, Value, text_of
from organizer.sheets.grid import Grid
from organizer.sheets.header import SEARCHED_ROWS, doubled_header, find_header
from organizer.sheets.lines import Row, Sorter
from organizer.sheets.listing import grids
from organizer.sheets.synonyms import Labels, header_synonyms

_READ = (
    ("name", "name"),
    ("id_number", "id_number"),
    ("phone", "phone"),
    ("group", "group_code"),
    ("platform", "platform"),
    ("employer", "platform"),
    ("household_kind", "household_kind"),
)
"""What is read of a person: the name of the list's column, and of the person's field."""
_FIELD = dict(_READ)
_NAMED = frozenset({"name"})
_SPLIT = re.compile(r"[,，;；、|／]|\s{2,}|(?<=[0-9Xx])\s+|\s+(?=[0-9])")
_SPACED = re.compile(r"(?<!\d)(1\d\d|\d{6})[ -](\d{4}|\d{8})[ -](\d{3}[0-9Xx])(?![0-9])")
"""Numbers written in groups: 138 0024 5678, 210106 19950817 322X."""
_SAID = re.compile(r"([^\s:：,，;；、]{2,8})\s*[:：]\s*")
_NUMBERING = re.compile(r"^\s*[(（]?\d{1,3}[)）]?\s*[.．、:：)）]\s*(?=\D)")
_ID = re.compile(r"[0-9]{14,17}[0-9A-Z×]?|[0-9]{12,}[A-Z0-9]*|[0-9.]+E\+[0-9]+")
_PHONE = re.compile(r"(?:\+?86)?0?1[0-9]{9,11}")
_SEX = frozenset("男女")
_LONGEST_PLAIN_NAME = 4
_UNIT = re.compile(
    r"公司|集团|[厂店站部队局所院校行社]$|中心|超市|快递|物流|餐饮|外卖|工会|街道|社区"
)
_HANZI = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


@dataclass(frozen=True)
class Entry:
    """One row as it was handed in: its number, what was read of it by field, and all of it."""

    number: int
    cells: Mapping[str, str]
    raw: str
    doubled: bool = False
    """Whether two people stand in it."""


@dataclass(frozen=True)
class People:
    """What was read: the rows, the headings they were read by ("" when guessed by content), and
    how many lines were no person."""

    entries: tuple[Entry, ...]
    columns: tuple[tuple[str, str], ...] = ()
    passed_over: int = 0


@dataclass
class _Talk:
    """A line of a chat, as far as it is understood."""

    number: int
    raw: str
    cells: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    doubled: bool = False


def people_of_file(path: Path, lists: Mapping[str, CodeList]) -> People:
    """The people in a file; `lists` are the code lists of the coded fields.

    Raises `UnreadableFile` for what is no list, and for two tables that stand side by side.
    """
    found: list[Entry] = []
    columns: tuple[tuple[str, str], ...] = ()
    passed = 0
    for grid in grids(path):
        if grid.hidden or not grid.row_count:
            continue
        part = _of_grid(grid, path.name, lists)
        found += part.entries
        columns, passed = columns or part.columns, passed + part.passed_over
    if not any(entry.cells.get("name") for entry in found):
        words = "、".join(header_synonyms("person")["name"][:4])
        raise UnreadableFile("sheets.no_header", file=path.name, words=words, rows=SEARCHED_ROWS)
    return People(tuple(found), columns, passed)


def people_of_text(text: str, lists: Mapping[str, CodeList]) -> People:
    """The people in what was pasted: cells of a spreadsheet, or lines in which they are told.

    Raises `UnreadableFile` for two tables that stand side by side.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    rows = [line.split("\t") for line in lines]
    name = _("粘贴的内容")
    return _of_grid(Grid(name, len(rows), lambda: iter(rows)), name, lists)


def _of_grid(grid: Grid, file: str, lists: Mapping[str, CodeList]) -> People:
    synonyms = header_synonyms("person")
    labels = Labels(synonyms)
    top = list(islice(grid.rows(), SEARCHED_ROWS))
    header = find_header(top, grid.merges, labels, _NAMED)
    if header is None or header.missing(_NAMED) or len(header.fields) < 2:
        return _guessed(grid, labels, lists)
    doubled = doubled_header(header, labels, _NAMED)
    if doubled:
        raise UnreadableFile("sheets.side_by_side", file=file, sheet=grid.name, header=doubled)
    found, passed = [], 0
    raws = {number: _joined(row) for number, row in enumerate(grid.rows(), 1)}
    for line in Sorter(grid, header, labels).lines():
        if isinstance(line, Row):
            cells: dict[str, str] = {}
            for read, name in _READ:
                if cell := line.cells.get(read):
                    cells.setdefault(name, _cell_text(cell))
            found.append(Entry(line.number, cells, raws[line.number]))
        elif raws[line.number]:
            passed += 1
    columns = tuple((one.header, _FIELD.get(one.field or "", "")) for one in header.columns)
    return People(tuple(found), columns, passed)


def _guessed(grid: Grid, labels: Labels, lists: Mapping[str, CodeList]) -> People:
    talks = list(_merged(_talks(grid, labels, lists)))
    best = _name_column(talks)
    found, passed = [], 0
    for talk in talks:
        _name_it(talk, best)
        if talk.cells.get("name") or talk.cells.get("id_number"):
            found.append(Entry(talk.number, talk.cells, talk.raw, talk.doubled))
        else:
            passed += 1
    return People(tuple(found), (), passed)


def _talks(grid: Grid, labels: Labels, lists: Mapping[str, CodeList]) -> Iterator[_Talk | None]:
    """Each line as it is understood by itself; None for an empty one, which parts two people."""
    for number, row in enumerate(grid.rows(), 1):
        raw = _joined(row)
        if not raw:
            yield None
            continue
        talk = _Talk(number, raw)
        for value in row:
            _understand(talk, _cell_text(Cell(value)), labels, lists, alone=len(row) > 1)
        yield talk


def _understand(
    talk: _Talk, text: str, labels: Labels, lists: Mapping[str, CodeList], *, alone: bool
) -> None:
    """Take one cell, or one whole line of a chat, apart."""
    parts = _SAID.split(text if alone else _NUMBERING.sub("", text))
    _take(talk, parts[0], lists, alone=alone)
    for label, said in zip(parts[1::2], parts[2::2], strict=True):
        known = labels.field(label)
        name = _FIELD.get(known[0], "") if known else ""
        if name and name not in talk.cells:
            talk.cells[name] = said.strip().strip(",，;；、。")
        elif known is None:
            _take(talk, said, lists, alone=alone)


def _take(talk: _Talk, text: str, lists: Mapping[str, CodeList], *, alone: bool) -> None:
    # A cell is one thing already; a line of a chat is many.
    for word in [text] if alone else _SPLIT.split(_SPACED.sub(r"\1\2\3", text)):
        said = word.strip()
        if not said or said in _SEX:
            continue
        name = _shape(said, lists)
        if name in talk.cells:
            talk.doubled = talk.doubled or name == "id_number"
        elif name:
            talk.cells[name] = said
        elif not said.isdecimal():
            talk.words += [said] if alone else _words(said)


def _shape(text: str, lists: Mapping[str, CodeList]) -> str:
    """The field a word belongs to by its shape, "" when that does not show."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).upper().lstrip("'")
    digits = plain.replace("-", "")
    if _PHONE.fullmatch(digits):
        return "phone"
    if _ID.fullmatch(digits):
        return "id_number"
    for name, codes in lists.items():
        if any(text in (entry.label, entry.brief) for entry in codes.entries):
            return name
    return ""


def _words(text: str) -> list[str]:
    """Words of a chat; two hanzi with a blank between them are one name (王 芳)."""
    parts = text.split()
    if 1 < len(parts) <= 3 and all(len(part) == 1 and _HANZI.match(part) for part in parts):
        return ["".join(parts)]
    return parts


def _merged(talks: Iterator[_Talk | None]) -> Iterator[_Talk]:
    """Lines that tell one person bit by bit (姓名：… / 身份证：…) become one."""
    held: _Talk | None = None
    for talk in talks:
        bits = talk is not None and not talk.words and len(talk.cells) == 1
        if held and talk and bits and not set(talk.cells) & set(held.cells):
            held.cells |= talk.cells
            held.raw += f" {talk.raw}"
            continue
        if held:
            yield held
        held = talk
    if held:
        yield held


def _name_column(talks: Sequence[_Talk]) -> int:
    """In which place among the unknown words the names stand in most lines."""
    scores: dict[int, int] = {}
    for talk in talks:
        for place, word in enumerate(talk.words):
            scores[place] = scores.get(place, 0) + _likeness(word)
    return max(scores, key=lambda place: (scores[place], -place), default=0)


def _name_it(talk: _Talk, column: int) -> None:
    words = talk.words
    if "name" not in talk.cells and words:
        place = column if column < len(words) and _likeness(words[column]) else None
        if place is None:
            place = max(range(len(words)), key=lambda at: (_likeness(words[at]), -at))
        talk.cells["name"] = words.pop(place)
    if "platform" not in talk.cells and words:
        talk.cells["platform"] = max(words, key=len)


def _likeness(word: str) -> int:
    """How much a word looks like a person's name."""
    if not _HANZI.search(word) or _UNIT.search(word):
        return 0
    if "·" in word or "•" in word:
        return 3
    return 2 if 2 <= len("".join(word.split())) <= _LONGEST_PLAIN_NAME else 1


def _cell_text(cell: Cell) -> str:
    """A cell as a person sees it; a number that lost its last digits shows that it did."""
    return " ".join(cell.text.split())


def _joined(row: Sequence[Value]) -> str:
    return "  ".join(filter(None, (text_of(value) for value in row)))
