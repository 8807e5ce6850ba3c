"""A table as a workbook: title, what is said of it, headings, rows and remarks; codes stay text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from organizer.sheets.styled_book import Book, Look

_TITLE = Look(bold=True, size=16, align="center")
_HEAD = Look(bold=True, border=True, align="center", wrap=True, fill="F2F2F2")
_TEXT = Look(border=True, format="@", wrap=True)
_NUMBER = Look(border=True, align="right", format="0")


@dataclass(frozen=True)
class TableBook:
    """A table; a column's width in characters. The last row may be the totals."""

    title: str
    said: str
    columns: Sequence[tuple[str, float]]
    rows: Sequence[Sequence[str | int]]
    notes: Sequence[str] = ()
    totals: bool = False


def table_book(table: TableBook) -> bytes:
    """The table as .xlsx."""
    book = Book(title=table.title)
    sheet = book.sheet(table.title[:31])
    width = len(table.columns)
    for row, (text, look) in enumerate(
        ((table.title, _TITLE), (table.said, Look(align="center"))), start=1
    ):
        sheet.put(row, 1, text, look)
        sheet.merge((row, 1), (row, width))
    sheet.height(1, 26)
    for column, (title, _width) in enumerate(table.columns, start=1):
        sheet.put(3, column, title, _HEAD)
    last = len(table.rows)
    for number, cells in enumerate(table.rows, start=1):
        bold = table.totals and number == last
        for column, value in enumerate(cells, start=1):
            look = _NUMBER if isinstance(value, int) else _TEXT
            sheet.put(3 + number, column, value, replace(look, bold=bold))
    for number, note in enumerate(table.notes, start=5 + last):
        sheet.put(number, 1, note, Look())
    sheet.widths([wide for _title, wide in table.columns])
    sheet.freeze(4, 2)
    sheet.print_on(across=width > 8, head=3)
    return book.finish()
