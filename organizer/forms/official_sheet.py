"""Papers of an office that flow: a head with title, facts, tables with rows as high as their text,
signatures, and page numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from organizer.forms.field_paper import FieldPage, paper_size, readable
from organizer.forms.fonts import FontSet
from organizer.forms.page import BLANK_DATE, CELL_PADDING, LEADING, Box, FormCode
from organizer.forms.pdf import A4_ACROSS, MM, Sheet

_MOST_LINES = 18
"""Lines of one cell; more is cut with …, so that a row always fits on a page."""

_FOOT = 27.0


@dataclass(frozen=True)
class _Look:
    margin: float
    size: float
    row: float
    title: float
    label: float


_LOOKS = {"A4": _Look(20, 10.5, 8.4, 22, 24), "A5": _Look(12, 9.0, 7.2, 16, 18)}
_ACROSS = _Look(12, 8.5, 6.0, 18, 22)


@dataclass(frozen=True)
class Column:
    """A column of a table: heading, share of the width, and how its texts stand."""

    title: str
    share: float
    align: Literal["left", "centre"] = "left"


class OfficialSheet:
    """A paper in the making; every part goes below the one before, on a new page when needed."""

    def __init__(
        self, page: FieldPage, title: str, office: str, code: FormCode, pages: int
    ) -> None:
        self._page = page
        across = page.sheet.width > page.sheet.height
        self._look = _ACROSS if across else _LOOKS["A4" if page.sheet.width > 200 else "A5"]
        self._title = title
        self._code = code
        self._pages = pages
        self.number = 1
        self._width = page.sheet.width - 2 * self._look.margin
        self._y = self._head(office)

    def facts(self, rows: Sequence[Sequence[tuple[str, str]]]) -> None:
        """A frame of labels and values, one line of pairs after the other."""
        look = self._look
        for pairs in rows:
            each = self._width / len(pairs)
            cells = [self._wrapped(value, each - look.label) for _label, value in pairs]
            height = self._height(cells)
            self._room(height)
            for place, ((label, _value), lines) in enumerate(zip(pairs, cells, strict=True)):
                left = look.margin + place * each
                self._page.label(Box(left, self._y, look.label, height), label, look.size)
                box = Box(left + look.label, self._y, each - look.label, height)
                self._page.sheet.box(box.x, box.y, box.width, box.height)
                self._page.lines(box, lines, look.size, "song", centred=False)
            self._y += height

    def heading(self, text: str) -> None:
        """What the next table is about; never left alone at the foot of a page."""
        look = self._look
        self._room(look.row * 3.2)
        self._y += look.row * 0.95
        self._page.said(look.margin, self._y, text, look.size + 1.5, "hei-bold", room=self._width)
        self._y += look.row * 0.3

    def table(
        self, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, least: float = 0.0
    ) -> None:
        """Rows under headings, which stand again at the top of every further page.

        Each row is `least` millimetres high or more: people sign in it.
        """
        whole = sum(column.share for column in columns)
        widths = [self._width * column.share / whole for column in columns]
        self._titles(columns, widths)
        for row in rows:
            cells = [self._wrapped(text, width) for text, width in zip(row, widths, strict=True)]
            height = max(least, self._height(cells))
            if self._room(height):
                self._titles(columns, widths)
            left = self._look.margin
            for column, width, lines in zip(columns, widths, cells, strict=True):
                box = Box(left, self._y, width, height)
                self._page.sheet.box(box.x, box.y, box.width, box.height)
                centred = column.align == "centre"
                self._page.lines(box, lines, self._look.size, "song", centred=centred)
                left += width
            self._y += height

    def gap(self, height: float) -> None:
        """Some room before what follows."""
        self._y += height

    def note(self, text: str) -> None:
        """A sentence of running text."""
        look = self._look
        lines = self._wrapped(text, self._width + 2 * CELL_PADDING)
        step = look.size * 1.45 / MM
        self._room(len(lines) * step + look.row * 0.4)
        self._y += look.row * 0.7
        for line in lines:
            self._page.text(look.margin, self._y, line, look.size)
            self._y += step
        self._y -= step * 0.6

    def signatures(self, names: Sequence[str]) -> None:
        """A box to sign in for each, side by side, with a place for the day."""
        look = self._look
        height = look.row * 3
        self._room(height + look.row)
        self._y += look.row
        each = self._width / len(names)
        for place, name in enumerate(names):
            left = look.margin + place * each
            self._page.sheet.box(left, self._y, each, height)
            self._page.text(left + 3, self._y + look.row * 0.75, name, look.size)
            self._page.text(
                left + each - 3, self._y + height - 2.4, BLANK_DATE, look.size, align="right"
            )
        self._y += height

    def close(self) -> None:
        """The foot of the last page."""
        self._foot()

    def _head(self, office: str) -> float:
        page, look = self._page, self._look
        top = look.margin * 0.9
        y = top + look.size / MM
        page.said(look.margin, y, office, look.size, room=self._width * 0.7)
        y += look.title / MM + 3
        page.title(y, self._title, look.title)
        y += 3.4
        right = page.sheet.width - look.margin
        page.sheet.line(look.margin, y, right, y, 1.2)
        page.sheet.line(look.margin, y + 0.9, right, y + 0.9, 0.4)
        return y + 4

    def _titles(self, columns: Sequence[Column], widths: Sequence[float]) -> None:
        look, left = self._look, self._look.margin
        cells = [
            self._page.wrapped(column.title, width - 1, look.size, "hei-bold")
            for column, width in zip(columns, widths, strict=True)
        ]
        height = self._height(cells)
        self._room(height + look.row)
        for lines, width in zip(cells, widths, strict=True):
            box = Box(left, self._y, width, height)
            self._page.sheet.box(box.x, box.y, box.width, box.height)
            self._page.lines(box, lines, look.size, "hei-bold", centred=True)
            left += width
        self._y += height

    def _wrapped(self, text: str, width: float) -> list[str]:
        size = self._look.size
        told = readable(self._page.fonts, " ".join(text.split()))
        lines = self._page.wrapped(told, width - 2 * CELL_PADDING, size)
        if len(lines) > _MOST_LINES:
            lines = [*lines[: _MOST_LINES - 1], lines[_MOST_LINES - 1][:-1] + "…"]
        return lines

    def _height(self, cells: Sequence[Sequence[str]]) -> float:
        most = max(len(lines) for lines in cells)
        return max(self._look.row, most * self._look.size * LEADING / MM + 2.4)

    def _room(self, height: float) -> bool:
        """Begin a new page when this much does not fit; True when one was begun."""
        if self._y + height <= self._page.sheet.height - _FOOT:
            return False
        self._foot()
        self._page.sheet.next_page()
        self.number += 1
        top = self._look.margin * 0.9 + self._look.size / MM
        again = f"{self._title.replace('　', '')}（续）"
        self._page.text(self._look.margin, top, again, self._look.size, "hei")
        self._y = top + 3
        return True

    def _foot(self) -> None:
        sheet = self._page.sheet
        self._page.footer(self._look.margin, self._code)
        paging = f"第 {self.number} 页，共 {self._pages} 页"
        self._page.text(sheet.width / 2, sheet.height - 14, paging, 8, align="centre")


def drawn(
    title: str,
    office: str,
    code: FormCode,
    fonts: FontSet,
    size: str,
    fill: Callable[[OfficialSheet], None],
    *,
    across: bool = False,
) -> bytes:
    """A paper as PDF; `fill` is run twice, because the first page says how many there are.

    `across` lays an A4 sheet on its side. Raises `InvalidInput` for a size that is not A4 or A5.
    """
    pages, made = 1, b""
    for _time in range(2):
        paper = A4_ACROSS if across else paper_size(size)
        with Sheet(title.replace("　", ""), fonts.chain("song")[0].font, paper) as sheet:
            flow = OfficialSheet(FieldPage(sheet, fonts), title, office, code, pages)
            fill(flow)
            flow.close()
            pages, made = flow.number, sheet.finish()
    return made
