"""Reads a collection workbook that has been in other hands: what of it is still as it was handed out.

Whole files are refused only for what touches every row (no identity, another format, a changed
heading). What is wrong with one row is said of that row, by the row and column people see.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from organizer.domain import row_code
from organizer.domain.collection import (
    BY_KEY,
    COLUMNS,
    FORMAT_VERSION,
    NEEDED,
    Entry,
    Identity,
    RowIdentity,
)
from organizer.errors import InvalidInput, UnreadableFile
from organizer.sheets import old_workbook, workbook
from organizer.sheets.cell import Cell, Value, is_blank
from organizer.sheets.collection_book import IDENTITY, MARK
from organizer.sheets.contents import Contents, contents
from organizer.sheets.grid import Grid
from organizer.sheets.styled_book import letters

_SEARCHED_ROWS = 20


@dataclass(frozen=True)
class FilledRow:
    """A row with something entered. `number` is its row in the file, `cells` what stands in it."""

    number: int
    identity: RowIdentity
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be told to belong to any unit, and why."""

    number: int
    error: InvalidInput


@dataclass(frozen=True)
class Collection:
    """A workbook as it came back; `absent` are rows that were handed out and are gone."""

    identity: Identity
    rows: tuple[FilledRow, ...]
    bad: tuple[BadRow, ...]
    absent: tuple[RowIdentity, ...]


def read_collection(path: Path) -> Collection:
    """What a filled workbook says.

    Raises `UnreadableFile`: for what is no workbook, has lost its identity, is of a newer format, or
    whose headings were changed.
    """
    grids = _grids(path)
    hidden = next((grid for grid in grids if grid.name == IDENTITY), None)
    if hidden is None:
        raise UnreadableFile("collect.not_ours", file=path.name)
    identity = _identity(path, hidden)
    table, header, places = _table(path, grids)
    known = {row.code: row for row in identity.rows}
    rows: list[FilledRow] = []
    bad: list[BadRow] = []
    met: set[str] = set()
    seen: dict[str, int] = {}
    for number, values in enumerate(table.rows(), 1):
        if number <= header:
            continue
        cells = _cells(values, places)
        entered = any(not is_blank(cells[key].value) for key in _ENTERED)
        try:
            row = _known_row(cells, known, identity.sheet_code)
            met.add(row.code)
            _refuse_other_name(cells, row)
        except InvalidInput as error:
            if entered or error.code == "row_code.check":
                bad.append(BadRow(number, error))
            continue
        if row.code in seen:
            twice = InvalidInput("collect.twice", field="code", value=row.code, row=seen[row.code])
            bad.append(BadRow(number, twice))
            continue
        seen[row.code] = number
        if entered:
            rows.append(FilledRow(number, row, cells))
    absent = tuple(row for row in identity.rows if row.code not in met)
    return Collection(identity, tuple(rows), tuple(bad), absent)


_ENTERED = tuple(
    column.key for column in COLUMNS if column.entry is not Entry.NOTHING and not column.only_new
)
_GIVEN = tuple(column.key for column in COLUMNS if column.key not in ("last", "check"))


def _grids(path: Path) -> Sequence[Grid]:
    match contents(path):
        case Contents.WORKBOOK:
            return workbook.grids(path)
        case Contents.OLD_WORKBOOK:
            return old_workbook.grids(path)
        case Contents.TEXT:
            raise UnreadableFile("collect.not_ours", file=path.name)


def _identity(path: Path, grid: Grid) -> Identity:
    lines = [[Cell(value).text for value in values] for values in grid.rows()]
    try:
        mark, version, office, current, round_name, sheet, code, *_rest = lines[0]
        if mark != MARK:
            raise UnreadableFile("collect.not_ours", file=path.name)
        if int(version) > FORMAT_VERSION:
            raise UnreadableFile("collect.newer", file=path.name)
        rows = tuple(_row_identity(line) for line in lines[1:] if line and line[0])
        ids = (bytes.fromhex(office), bytes.fromhex(current), bytes.fromhex(sheet))
    except (ValueError, IndexError) as error:
        raise UnreadableFile("collect.not_ours", file=path.name) from error
    return Identity(int(version), ids[0], ids[1], round_name, ids[2], code, rows)


def _row_identity(line: Sequence[str]) -> RowIdentity:
    code, row, employer, place, name = [*line, "", "", "", ""][:5]
    return RowIdentity(
        code,
        bytes.fromhex(row),
        bytes.fromhex(employer) or None,
        bytes.fromhex(place) or None,
        name,
    )


def _table(path: Path, grids: Sequence[Grid]) -> tuple[Grid, int, dict[str, int]]:
    """The sheet that was handed out, its heading row, and where each column stands now."""
    wanted = {BY_KEY[key].title for key in NEEDED}
    best: tuple[int, Grid, list[str]] | None = None
    for grid in grids:
        if grid.hidden:
            continue
        for number, values in enumerate(islice(grid.rows(), _SEARCHED_ROWS), 1):
            titles = ["".join(Cell(value).text.split()) for value in values]
            fitting = len(set(titles) & {column.title for column in COLUMNS})
            if wanted <= set(titles):
                return grid, number, _places(path, grid, number, titles)
            if fitting > len(COLUMNS) // 2 and best is None:
                best = number, grid, titles
    if best is not None:
        number, grid, titles = best
        return grid, number, _places(path, grid, number, titles)
    raise UnreadableFile("collect.no_header", file=path.name, titles="、".join(sorted(wanted)))


def _places(path: Path, grid: Grid, number: int, titles: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for key in _GIVEN:
        title = BY_KEY[key].title
        found = [place for place, text in enumerate(titles) if text == title]
        if len(found) > 1:
            columns = "、".join(letters(place + grid.first_column + 1) for place in found)
            raise UnreadableFile(
                "collect.doubled_header", file=path.name, row=number, title=title, columns=columns
            )
        if not found:
            raise _changed(path, grid, number, titles, key)
        places[key] = found[0]
    return places


def _changed(
    path: Path, grid: Grid, number: int, titles: Sequence[str], key: str
) -> UnreadableFile:
    """Names what stands now where the title was handed out, if that is none of ours."""
    title = BY_KEY[key].title
    place = COLUMNS.index(BY_KEY[key]) - grid.first_column
    now = titles[place] if 0 <= place < len(titles) else ""
    column = letters(place + grid.first_column + 1)
    if now and now not in {one.title for one in COLUMNS}:
        return UnreadableFile(
            "collect.changed_header",
            file=path.name, row=number, column=column, title=title, now=now,
        )  # fmt: skip
    return UnreadableFile("collect.lost_header", file=path.name, row=number, title=title)


def _cells(values: Sequence[Value], places: Mapping[str, int]) -> dict[str, Cell]:
    return {
        key: Cell(values[place] if place < len(values) else None) for key, place in places.items()
    }


def _known_row(
    cells: Mapping[str, Cell], known: Mapping[str, RowIdentity], sheet_code: str
) -> RowIdentity:
    if not cells["code"].text:
        raise InvalidInput("collect.no_code", field="code")
    code = row_code.parse_row_code(cells["code"].text)
    if code not in known:
        raise InvalidInput("collect.foreign_code", field="code", value=code, sheet=sheet_code)
    return known[code]


def _refuse_other_name(cells: Mapping[str, Cell], row: RowIdentity) -> None:
    name = cells["name"].text
    if row.employer is not None and name != row.name.strip():
        raise InvalidInput(
            "collect.other_name", field="name", value=row.code, name=row.name, now=name or "—"
        )
