"""Workbooks for people: titles, borders, lists to choose from, checks, locked cells (.xlsx).

The only door of this edge to openpyxl. Rows and columns are counted from 1. Text is always written
as text: a name that begins with "=" stays a name.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What a cell cannot hold: controls, halves of characters, non-characters."""

FONT = "宋体"
"""Every Windows and WPS has it; elsewhere the office program takes its own."""


@dataclass(frozen=True)
class Look:
    """How a cell looks. Colours are six hex digits, "" for none; `format` as spreadsheets write it."""

    bold: bool = False
    size: float = 11.0
    colour: str = ""
    fill: str = ""
    border: bool = False
    align: Literal["left", "center", "right"] = "left"
    wrap: bool = False
    format: str = "General"
    locked: bool = True


PLAIN = Look()


class Book:
    """A workbook in the making; `finish` gives its bytes."""

    def __init__(self, *, title: str = "") -> None:
        from openpyxl import Workbook  # only now: costs start-up time

        self._book: Any = Workbook()
        self._book.remove(self._book.active)
        self._book.properties.title = title
        self._book.properties.creator = "organizer"

    def sheet(self, name: str, *, hidden: bool = False) -> "SheetWriter":
        """A sheet after those there are."""
        made = self._book.create_sheet(name)
        made.sheet_state = "hidden" if hidden else "visible"
        return SheetWriter(made)

    def lock_order(self) -> None:
        """Keep people from deleting, hiding and renaming sheets by accident; there is no password."""
        from openpyxl.workbook.protection import WorkbookProtection

        self._book.security = WorkbookProtection(lockStructure=True)

    def finish(self) -> bytes:
        """The whole file."""
        buffer = io.BytesIO()
        self._book.save(buffer)
        return buffer.getvalue()


class SheetWriter:
    """One sheet of a workbook in the making."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet

    def put(self, row: int, column: int, value: str | int | None, look: Look = PLAIN) -> None:
        """A text or number."""
        cell = self._styled(row, column, look)
        if isinstance(value, str):
            cell.value = _UNWRITABLE.sub("", value)
            cell.data_type = "s"
        elif value is not None:
            cell.value = value

    def formula(self, row: int, column: int, text: str, look: Look = PLAIN) -> None:
        """A formula, as English spreadsheets write it, beginning with "="."""
        self._styled(row, column, look).value = text

    def merge(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        """One cell from the first to the last (row, column)."""
        self._sheet.merge_cells(
            start_row=first[0], start_column=first[1], end_row=last[0], end_column=last[1]
        )

    def widths(self, widths: Sequence[float]) -> None:
        """Column widths in characters, from the first column on; 0 hides a column."""
        for number, width in enumerate(widths, 1):
            column = self._sheet.column_dimensions[letters(number)]
            column.width = width or 8
            column.hidden = not width

    def height(self, row: int, points: float) -> None:
        """The height of a row."""
        self._sheet.row_dimensions[row].height = points

    def freeze(self, row: int, column: int) -> None:
        """What stands above and left of this cell stays in view."""
        self._sheet.freeze_panes = f"{letters(column)}{row}"

    def choices(self, cells: str, formula: str, sentence: str) -> None:
        """Only what a range holds may be chosen in these cells (A3:A20); `sentence` tells why not."""
        self._validate(cells, sentence, type="list", formula1=formula)

    def whole_numbers(self, cells: str, most: int, sentence: str) -> None:
        """Only whole numbers from 0 on may be typed in these cells."""
        limits = {"operator": "between", "formula1": "0", "formula2": str(most)}
        self._validate(cells, sentence, type="whole", **limits)

    def warn(self, cells: str, formula: str) -> None:
        """Show these cells in red while the formula (without "=") is not empty or false."""
        from openpyxl.formatting.rule import FormulaRule
        from openpyxl.styles import Font, PatternFill

        red = FormulaRule(
            formula=[formula],
            font=Font(color="B3261E", bold=True),
            fill=PatternFill(bgColor="FBECEB", fill_type="solid"),
        )
        self._sheet.conditional_formatting.add(cells, red)

    def lock(self) -> None:
        """Only cells whose look is not locked can be changed; there is no password."""
        protection = self._sheet.protection
        protection.sheet = True
        protection.formatColumns = protection.formatRows = protection.autoFilter = False

    def print_on(self, *, across: bool, head: int) -> None:
        """A4, as wide as the paper, with the first `head` rows on every page."""
        page = self._sheet.page_setup
        page.orientation, page.paperSize = ("landscape" if across else "portrait"), 9
        page.fitToWidth, page.fitToHeight = 1, 0
        margins = self._sheet.page_margins
        # In inches. The usual ones leave a wide table too little of the paper.
        margins.left = margins.right = margins.top = margins.bottom = 0.4
        self._sheet.sheet_properties.pageSetUpPr = _fitting()
        self._sheet.print_title_rows = f"1:{head}" if head else None

    def _validate(self, cells: str, sentence: str, **rule: Any) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        made = DataValidation(allow_blank=True, showErrorMessage=True, error=sentence, **rule)
        made.add(cells)
        self._sheet.add_data_validation(made)

    def _styled(self, row: int, column: int, look: Look) -> Any:
        cell = self._sheet.cell(row, column)
        font, fill, border, alignment, protection = _styles(replace(look, format=""))
        cell.font, cell.fill, cell.border = font, fill, border
        cell.alignment, cell.protection, cell.number_format = alignment, protection, look.format
        return cell


def letters(column: int) -> str:
    """The name of a column: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return name


def _fitting() -> Any:
    from openpyxl.worksheet.properties import PageSetupProperties

    return PageSetupProperties(fitToPage=True)


@cache
def _styles(look: Look) -> tuple[Any, ...]:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

    side = Side(style="thin", color="A0A0A0") if look.border else Side()
    return (
        Font(name=FONT, size=look.size, bold=look.bold, color=look.colour or None),
        PatternFill("solid", fgColor=look.fill) if look.fill else PatternFill(),
        Border(left=side, right=side, top=side, bottom=side),
        Alignment(horizontal=look.align, vertical="center", wrap_text=look.wrap),
        Protection(locked=look.locked),
    )
