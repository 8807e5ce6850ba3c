"""Reading a list other offices keep in a spreadsheet: its sheets, columns and rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from pathlib import Path

from organizer.errors import UnreadableFile
from organizer.i18n import _
from organizer.sheets import delimited, old_workbook, workbook
from organizer.sheets.contents import Contents, contents
from organizer.sheets.grid import Grid
from organizer.sheets.header import SEARCHED_ROWS, Column, Header, doubled_header, find_header
from organizer.sheets.lines import Row, Skipped, Sorter
from organizer.sheets.synonyms import Labels


class WhyLeftOut(StrEnum):
    """Why a whole sheet is not read."""

    BLANK = "blank"
    HIDDEN = "hidden"
    NO_HEADER = "no_header"
    MISSING_COLUMNS = "missing_columns"

    @property
    def label(self) -> str:
        """The reason for the person."""
        return {
            WhyLeftOut.BLANK: _("空白工作表"),
            WhyLeftOut.HIDDEN: _("隐藏的工作表"),
            WhyLeftOut.NO_HEADER: _("没有找到表头"),
            WhyLeftOut.MISSING_COLUMNS: _("缺少必需的列"),
        }[self]


@dataclass(frozen=True)
class LeftOut:
    """A sheet that is not read, and why."""

    name: str
    reason: WhyLeftOut


@dataclass(frozen=True)
class Sheet:
    """One table. `header_rows` are its first and last heading row, counted from 1."""

    name: str
    columns: tuple[Column, ...]
    header_rows: tuple[int, int]
    row_count: int
    lines: Callable[[], Iterator[Row | Skipped]]
    """One entry for each of the `row_count` rows of the sheet, in order; may be called again."""

    def rows(self) -> Iterator[Row]:
        """Only the rows of the list."""
        return (line for line in self.lines() if isinstance(line, Row))


@dataclass(frozen=True)
class SheetList:
    """A file with at least one table in it; `row_count` is for showing progress."""

    path: Path
    sheets: tuple[Sheet, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def row_count(self) -> int:
        """Rows of all sheets that are read, headings and skipped rows included."""
        return sum(sheet.row_count for sheet in self.sheets)


def read_list(
    path: Path, *, fields: Mapping[str, tuple[str, ...]], required: frozenset[str]
) -> SheetList:
    """Open a list and find its tables; rows are handed out one by one by `Sheet.lines`.

    `fields` maps a field to the header words it goes by, best first (`header_synonyms`);
    `required` are the fields without which a table is no such list. A field named "seq" is taken
    as the running number. Raises `UnreadableFile` with one plain sentence for every kind of file
    that is no list, and when no sheet has a header.
    """
    labels = Labels(fields)
    sheets: list[Sheet] = []
    left_out: list[LeftOut] = []
    incomplete: tuple[Grid, Header] | None = None
    for grid in grids(path):
        top = list(islice(grid.rows(), SEARCHED_ROWS))
        header = find_header(top, grid.merges, labels, required)
        if reason := _why_left_out(grid, header, required):
            left_out.append(LeftOut(grid.name, reason))
            if header and reason is WhyLeftOut.MISSING_COLUMNS:
                incomplete = incomplete or (grid, header)
        elif header:
            _refuse_side_by_side(path, grid, header, labels, required)
            sheets.append(_sheet(grid, header, labels))
    if not sheets:
        raise _no_table(path, incomplete, fields, required)
    return SheetList(path, tuple(sheets), tuple(left_out))


def grids(path: Path) -> Sequence[Grid]:
    """The sheets of a file as they stand in it; raises `UnreadableFile` for what is no list."""
    match contents(path):
        case Contents.TEXT:
            return [delimited.grid(path)]
        case Contents.OLD_WORKBOOK:
            return old_workbook.grids(path)
        case Contents.WORKBOOK:
            return workbook.grids(path)


def _why_left_out(grid: Grid, header: Header | None, required: frozenset[str]) -> WhyLeftOut | None:
    if grid.row_count == 0:
        return WhyLeftOut.BLANK
    if grid.hidden:
        return WhyLeftOut.HIDDEN
    if header is None:
        return WhyLeftOut.NO_HEADER
    return WhyLeftOut.MISSING_COLUMNS if header.missing(required) else None


def _refuse_side_by_side(
    path: Path, grid: Grid, header: Header, labels: Labels, required: frozenset[str]
) -> None:
    doubled = doubled_header(header, labels, required)
    if doubled:
        raise UnreadableFile("sheets.side_by_side", file=path.name, sheet=grid.name, header=doubled)


def _sheet(grid: Grid, header: Header, labels: Labels) -> Sheet:
    return Sheet(
        name=grid.name,
        columns=tuple(
            replace(column, index=column.index + grid.first_column) for column in header.columns
        ),
        header_rows=(header.first_row, header.last_row),
        row_count=grid.row_count,
        lines=lambda: Sorter(grid, header, labels).lines(),
    )


def _no_table(
    path: Path,
    incomplete: tuple[Grid, Header] | None,
    fields: Mapping[str, tuple[str, ...]],
    required: frozenset[str],
) -> UnreadableFile:
    """Names the header words looked for, those that must be there first."""
    if incomplete:
        grid, header = incomplete
        missing = [field for field in fields if field in header.missing(required)]
        return UnreadableFile(
            "sheets.missing_columns",
            file=path.name,
            sheet=grid.name,
            row=header.last_row,
            words=_words(fields, missing),
        )
    looked_for = [field for field in fields if field in required] or list(fields)[:6]
    return UnreadableFile(
        "sheets.no_header", file=path.name, words=_words(fields, looked_for), rows=SEARCHED_ROWS
    )


def _words(fields: Mapping[str, tuple[str, ...]], wanted: Sequence[str]) -> str:
    return "；".join("、".join(fields[field][:4]) for field in wanted)
