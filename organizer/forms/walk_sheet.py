"""走访单: the paper one walks along a street with. A row for each unit, boxes for what was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from organizer.forms.field_paper import UNMARKED, FieldPage, Heading, Mark, paper_size, readable
from organizer.forms.fonts import FontSet
from organizer.forms.page import USUAL_SIZE, Box, FormCode
from organizer.forms.pdf import Sheet

FORM_ID = "PC-1"
VERSION = 1
BLANK_ROWS = 6
"""Rows for units that stand on no list, at the end of every walk, where the page has room."""

_HEAD_ROW = 9.0
_BAND = 6.0
_SMALLEST_NAME = 7.5
_FEWEST_BLANK = 3


@dataclass(frozen=True)
class WalkRow:
    """A unit as the sheet shows it; `last` is what was known before.

    `unit` is the caller's number of the unit, None for a blank row.
    """

    unit: int | None = None
    door: str = ""
    name: str = ""
    last: str = ""
    mark: Mark = UNMARKED


@dataclass(frozen=True)
class Band:
    """A heading between rows: the side of the street, the floor, the blank rows."""

    text: str


@dataclass(frozen=True)
class WalkPage:
    """One sheet of paper with a code of its own."""

    heading: Heading
    mark: Mark
    lines: tuple[WalkRow | Band, ...]
    number: int
    of: int


@dataclass(frozen=True)
class _Layout:
    margin: float
    head: float
    foot: float
    row: float
    door: float
    name: float
    mark: float
    digit: float
    women: int
    remark: float


_LAYOUTS = {
    "A4": _Layout(10, 39, 20, 11.0, 21, 60, 25, 5.5, 3, 0),
    "A5": _Layout(8, 37, 19, 10.0, 17, 51, 23, 5.0, 0, 0),
}


def fill_pages(lines: Sequence[WalkRow | Band], size: str) -> list[tuple[WalkRow | Band, ...]]:
    """Lines spread over pages, blank rows for units on no list after them.

    A band never stands alone at the foot of a page. There are at least three blank rows and at most
    `BLANK_ROWS`, twice as many on a page with nothing else.
    """
    layout = _layout(size)
    pages: list[list[WalkRow | Band]] = [[]]
    room = _room(size)
    for number, line in enumerate(lines):
        if _needed(lines[number:], layout) > room:
            pages.append([])
            room = _room(size)
        pages[-1].append(line)
        room -= _height(line, layout)
    free = int((room - _BAND) / layout.row)
    if free < _FEWEST_BLANK:
        pages.append([])
        free = 2 * BLANK_ROWS
    free = min(free, BLANK_ROWS if pages[-1] else 2 * BLANK_ROWS)
    pages[-1] += [Band("名单上没有的单位，写在下面"), *[WalkRow()] * free]
    return [tuple(page) for page in pages]


def walk_sheets(
    pages: Sequence[WalkPage], legend: Sequence[str], fonts: FontSet, size: str
) -> bytes:
    """The sheets of one or more walks as one PDF; `legend` are the lines that explain the digits."""
    with Sheet("走访单", fonts.chain("song")[0].font, paper_size(size)) as sheet:
        for number, data in enumerate(pages):
            if number:
                sheet.next_page()
            _Drawn(FieldPage(sheet, fonts), data.heading, _layout(size)).draw(data, legend)
        return sheet.finish()


class _Drawn:
    def __init__(self, page: FieldPage, heading: Heading, layout: _Layout) -> None:
        self.page, self.heading, self.layout = page, heading, layout
        self.left = layout.margin
        self.width = page.sheet.width - 2 * layout.margin
        self.narrow = layout.women == 0

    def draw(self, data: WalkPage, legend: Sequence[str]) -> None:
        self._draw_head(data)
        y = self._draw_titles(self.layout.head)
        for line in data.lines:
            y = self._draw_line(line, y)
        self._draw_foot(data, legend)

    def _draw_head(self, data: WalkPage) -> None:
        page, heading, right = self.page, self.heading, self.left + self.width
        page.text(page.sheet.width / 2, 16, "走访单", 18, "song-bold", "centre", spread=1.5)
        page.said(self.left, 15, heading.office, 9, room=self.width / 2 - 24)
        page.qr(right - 12, 8, 12, data.mark.qr)
        page.text(right - 14, 13, f"第 {data.number} 张 / 共 {data.of} 张", 9, align="right")
        page.text(right - 14, 18.5, f"表号 {data.mark.code}", 10, "hei-bold", "right")
        name = " ".join(filter(None, (heading.above, heading.place)))
        page.said(self.left, 25, name, 13, "hei-bold", room=self.width)
        grid = " ".join(filter(None, (heading.grid, heading.responsible)))
        about = [heading.round_name, f"网格 {grid}" if grid else "", f"打印 {heading.printed}"]
        page.said(self.left, 30.5, "　".join(filter(None, about)), 9, room=self.width)
        fields = "走访日期　　　年　　月　　日　走访人　　　　　　　陪同人　　　　　　"
        page.said(self.left, 36.5, fields, 10.5, room=self.width)

    def _columns(self) -> list[tuple[str, float]]:
        """Titles and widths; what is left over is for remarks, where there is room for any."""
        one, layout = self.layout, self.layout
        columns = [
            ("编号", layout.mark),
            ("门牌", layout.door),
            ("单位名称（下行为上次情况）", layout.name),
            ("结果", one.digit + 5),
            ("职工总数", 4 * one.digit + 3),
        ]
        if not self.narrow:
            columns.append(("女职工", layout.women * one.digit + 3))
        columns.append(("建会\n状态", one.digit + 5))
        rest = self.width - sum(width for _title, width in columns)
        return [*columns, ("备注", rest)] if rest > 8 else columns

    def _draw_titles(self, y: float) -> float:
        x = self.left
        for title, width in self._columns():
            self.page.label(Box(x, y, width, _HEAD_ROW), title, 9)
            x += width
        return y + _HEAD_ROW

    def _draw_line(self, line: WalkRow | Band, y: float) -> float:
        if isinstance(line, Band):
            self.page.said(self.left + 1, y + 4.4, line.text, 9.5, "hei-bold", room=self.width)
            return y + _BAND
        x, height = self.left, self.layout.row
        for number, (title, width) in enumerate(self._columns()):
            box = Box(x, y, width, height)
            if number == 0:
                self.page.mark(box, line.mark)
            elif number == 1:
                self.page.text_cell(box, line.door, 10)
            elif number == 2:
                self._draw_name(box, line)
            elif title == "备注":
                self.page.sheet.box(box.x, box.y, box.width, box.height)
            else:
                count = {"职工总数": 4, "女职工": self.layout.women}.get(title, 1)
                self.page.digits(box, count, self.layout.digit)
            x += width
        return y + height

    def _draw_name(self, box: Box, line: WalkRow) -> None:
        if not line.last:
            self.page.text_cell(box, line.name)
            return
        self.page.sheet.box(box.x, box.y, box.width, box.height)
        name = Box(box.x, box.y, box.width, box.height - 3.4)
        fitted = self.page.fitted(name, [readable(self.page.fonts, line.name)], USUAL_SIZE)
        if fitted is None or fitted[0] < _SMALLEST_NAME:
            # Which unit it is matters more than what was known of it.
            self.page.text_cell(box, line.name)
            return
        self.page.text_cell(name, line.name, framed=False)
        foot = box.y + box.height - 1.1
        self.page.said(box.x + 1.5, foot, line.last, 7, room=box.width - 3)

    def _draw_foot(self, data: WalkPage, legend: Sequence[str]) -> None:
        y = self.page.sheet.height - self.layout.foot + 4
        for text in legend:
            self.page.said(self.left, y, text, 8.5, room=self.width)
            y += 4.2
        code = FormCode(FORM_ID, VERSION, data.mark.code)
        self.page.text(self.left + self.width, y, code.line(), 7.5, align="right")


def _layout(size: str) -> _Layout:
    paper_size(size)
    return _LAYOUTS[size.upper()]


def _room(size: str) -> float:
    layout = _layout(size)
    return paper_size(size)[1] - layout.head - layout.foot - _HEAD_ROW


def _needed(lines: Sequence[WalkRow | Band], layout: _Layout) -> float:
    """The height of the first line; of a band that of everything up to the next row."""
    bands = list(takewhile(lambda line: isinstance(line, Band), lines))
    return _BAND * len(bands) + (layout.row if len(lines) > len(bands) else 0)


def _height(line: WalkRow | Band, layout: _Layout) -> float:
    return _BAND if isinstance(line, Band) else layout.row
