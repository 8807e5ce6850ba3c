"""排查台账: the running list of a street as the office keeps it, A4 across."""

from collections.abc import Sequence
from dataclasses import dataclass

from organizer.forms.field_paper import FieldPage, Heading, Mark
from organizer.forms.fonts import FontSet
from organizer.forms.page import Box, FormCode
from organizer.forms.pdf import A4_ACROSS, Sheet

FORM_ID = "PC-4"
VERSION = 1
_MARGIN = 12.0
_ROW = 9.6
_HEAD = 26.0
_FOOT = 13.0
_TITLES = 9.0

_COLUMNS: tuple[tuple[str, float], ...] = (
    ("序号", 9), ("编号", 23), ("门牌", 22), ("单位名称", 52), ("统一社会信用代码", 36),
    ("职工\n总数", 12), ("女职工", 12), ("建会状态", 21), ("会员数", 12), ("四清", 17),
    ("最近走访", 22), ("下次走访", 18), ("备注", 17),
)  # fmt: skip


@dataclass(frozen=True)
class LedgerLine:
    """A unit in the ledger, as texts; what is empty can be filled in by hand."""

    mark: Mark
    door: str
    name: str
    uscc: str = ""
    staff: str = ""
    women: str = ""
    union: str = ""
    members: str = ""
    lamps: str = ""
    visited: str = ""
    due: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """What stands behind the mark, column by column."""
        return (
            self.door, self.name, self.uscc, self.staff, self.women, self.union, self.members,
            self.lamps, self.visited, self.due, "",
        )  # fmt: skip


def lines_on_page() -> int:
    """How many units one page holds."""
    return int((A4_ACROSS[1] - _HEAD - _TITLES - _FOOT) / _ROW)


@dataclass(frozen=True)
class Ledger:
    """The ledger of one walk; `summary` is the line of totals at its head."""

    heading: Heading
    summary: str
    lines: tuple[LedgerLine, ...]


def ledger_sheets(ledgers: Sequence[Ledger], fonts: FontSet) -> bytes:
    """The ledgers as one PDF, each beginning on a page of its own."""
    each = lines_on_page()
    with Sheet("排查台账", fonts.chain("song")[0].font, A4_ACROSS) as sheet:
        page = FieldPage(sheet, fonts)
        for place, ledger in enumerate(ledgers):
            parts = [ledger.lines[at : at + each] for at in range(0, len(ledger.lines), each)]
            for number, part in enumerate(parts or [()]):
                if place or number:
                    sheet.next_page()
                paging = f"第 {number + 1} 页 / 共 {len(parts) or 1} 页"
                _draw_page(page, ledger, part, number * each + 1, paging)
        return sheet.finish()


def _draw_page(
    page: FieldPage, ledger: Ledger, lines: Sequence[LedgerLine], first: int, paging: str
) -> None:
    _draw_head(page, ledger.heading, ledger.summary, paging)
    y = _draw_titles(page)
    for number, line in enumerate(lines, first):
        y = _draw_line(page, line, number, y)
    if not lines:
        page.text(_MARGIN, y + 7, "名单上没有单位。", 10)
    code = FormCode(FORM_ID, VERSION, "").line()
    page.text(page.sheet.width - _MARGIN, page.sheet.height - 7, code, 7.5, align="right")


def _draw_head(page: FieldPage, heading: Heading, summary: str, paging: str) -> None:
    width = page.sheet.width - 2 * _MARGIN
    page.title(13, "排查台账", 17)
    page.said(_MARGIN, 12, heading.office, 9, room=width / 2 - 25)
    page.text(_MARGIN + width, 12, paging, 9, align="right")
    place = " ".join(filter(None, (heading.above, heading.place)))
    grid = " ".join(filter(None, (heading.grid, heading.responsible)))
    about = (place, heading.round_name, f"网格 {grid}" if grid else "", f"截至 {heading.printed}")
    page.said(_MARGIN, 18.5, "　".join(filter(None, about)), 10.5, "hei-bold", room=width)
    page.said(_MARGIN, 23.8, summary, 9.5, room=width)


def _draw_titles(page: FieldPage) -> float:
    x = _MARGIN
    for title, width in _COLUMNS:
        page.label(Box(x, _HEAD, width, _TITLES), title, 9)
        x += width
    return _HEAD + _TITLES


def _draw_line(page: FieldPage, line: LedgerLine, number: int, y: float) -> float:
    widths = [width for _title, width in _COLUMNS]
    page.label(Box(_MARGIN, y, widths[0], _ROW), str(number), 9)
    x = _MARGIN + widths[0]
    page.mark(Box(x, y, widths[1], _ROW), line.mark, 10.5)
    x += widths[1]
    for width, text in zip(widths[2:], line.cells, strict=True):
        write = page.label if text.isdigit() else page.text_cell
        write(Box(x, y, width, _ROW), text, 9.5)
        x += width
    return y + _ROW
