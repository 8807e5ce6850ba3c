"""Workbooks of the old kind (.xls, and .et of WPS) through xlrd.

The only module that knows that library. It is slower than the reader for new workbooks, but that
one was seen to ask for 360 GB and end the program on an .xls with a single wrong byte.
"""

import io
import struct
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import xlrd
import xlrd.compdoc

from organizer.errors import UnreadableFile
from organizer.sheets.cell import Value
from organizer.sheets.grid import Grid, Merge

# What the library was seen to raise on damaged files: it trusts the numbers it reads.
_STUMBLES = (
    xlrd.XLRDError,
    xlrd.compdoc.CompDocError,
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    OSError,
    TypeError,
    ValueError,
)


def grids(path: Path) -> list[Grid]:
    """All sheets of cells, in the order of the file. Raises `UnreadableFile`."""
    try:
        return _grids(path, with_merges=True)
    except _STUMBLES:
        pass  # some programs write odd styles; without styles there are no merges, but all values
    try:
        return _grids(path, with_merges=False)
    except _STUMBLES as problem:
        raise UnreadableFile("sheets.damaged", file=path.name) from problem


def _grids(path: Path, *, with_merges: bool) -> list[Grid]:
    with xlrd.open_workbook(
        path,
        logfile=io.StringIO(),
        formatting_info=with_merges,
        ragged_rows=True,
    ) as book:
        return [_grid(sheet, book.datemode) for sheet in book.sheets()]


def _grid(sheet: xlrd.sheet.Sheet, datemode: int) -> Grid:
    def rows() -> Iterator[Sequence[Value]]:
        for number in range(sheet.nrows):
            kinds, values = sheet.row_types(number), sheet.row_values(number)
            yield [_value(*cell, datemode) for cell in zip(kinds, values, strict=True)]

    return Grid(
        name=sheet.name,
        row_count=sheet.nrows,
        rows=rows,
        merges=tuple(
            Merge(first_row + 1, row_after, first_column, column_after - 1)
            for first_row, row_after, first_column, column_after in sheet.merged_cells
        ),
        hidden=sheet.visibility != 0,
    )


def _value(kind: int, value: str | float, datemode: int) -> Value:
    """An error such as #N/A is nothing; a date that is none stays the number it is."""
    if kind == xlrd.XL_CELL_DATE and isinstance(value, float):
        return _moment(value, datemode)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    return "" if kind == xlrd.XL_CELL_ERROR else value


def _moment(serial: float, datemode: int) -> Value:
    try:
        moment: datetime = xlrd.xldate_as_datetime(serial, datemode)
    except (ValueError, OverflowError):
        return serial
    if 0 <= serial < 1:
        return moment.time()
    return moment.date() if serial == int(serial) else moment
