"""Workbooks (.xlsx, .xlsm and their WPS twins) through python-calamine.

The only module that knows that library.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import python_calamine

from organizer.errors import UnreadableFile
from organizer.sheets.cell import Value
from organizer.sheets.grid import Grid, Merge


def grids(path: Path) -> list[Grid]:
    """All sheets of cells, in the order of the file. Raises `UnreadableFile`."""
    try:
        # A handle, not the path: with a path the library trusts the extension.
        with path.open("rb") as file, python_calamine.load_workbook(file) as book:
            return [
                _grid(book.get_sheet_by_name(sheet.name), sheet)
                for sheet in book.sheets_metadata
                if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
            ]
    except (python_calamine.CalamineError, OSError) as problem:
        raise UnreadableFile("sheets.damaged", file=path.name) from problem
    except BaseException as problem:
        # The library stopped in the middle of a damaged file; this class has no importable name.
        if type(problem).__name__ != "PanicException":
            raise
        raise UnreadableFile("sheets.damaged", file=path.name) from problem


def _grid(sheet: python_calamine.CalamineSheet, about: python_calamine.SheetMetadata) -> Grid:
    _, left = sheet.start or (0, 0)
    row_count = sheet.end[0] + 1 if sheet.end else 0

    def rows() -> Iterator[Sequence[Value]]:
        for row in sheet.iter_rows():
            yield _without_durations(row)

    return Grid(
        name=sheet.name,
        row_count=row_count,
        rows=rows,
        merges=tuple(_merge(ends, left) for ends in sheet.merged_cell_ranges or ()),
        first_column=left,
        hidden=about.visible != python_calamine.SheetVisibleEnum.Visible,
    )


def _merge(ends: tuple[tuple[int, int], tuple[int, int]], left: int) -> Merge:
    (first_row, first_column), (last_row, last_column) = ends
    return Merge(first_row + 1, last_row + 1, first_column - left, last_column - left)


def _without_durations(row: list[Any]) -> list[Value]:
    if any(type(value) is timedelta for value in row):
        return [str(value) if type(value) is timedelta else value for value in row]
    return row
