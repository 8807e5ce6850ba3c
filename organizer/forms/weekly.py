"""排查周报: one page across, streets and then grids; many lines flow on under a repeated head.

What the numbers mean is printed below the last of them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from organizer import resources
from organizer.domain.weekly import GRID, MEASURES, STREET, Line, WeeklyReport, columns, total
from organizer.forms.field_paper import readable
from organizer.forms.fonts import FontSet, Style
from organizer.forms.page import LEADING, Box, Page
from organizer.forms.pdf import A4_ACROSS, MM, Sheet
from organizer.i18n import show_date

MARGIN = 11.0
_WIDTH = A4_ACROSS[0] - 2 * MARGIN
_TOP, _BOTTOM = 10.0, A4_ACROSS[1] - 11.0
_ABOVE_WIDTH, _NAME_WIDTH = 27.0, 36.0
_TITLE, _ROW, _HEAD = 7.6, 5.2, 5.2
_SIZE, _SMALL = 8.5, 7.0
_NOTE_LEADING = 10.0
_TITLES = {
    STREET: ("一、按街路巷、楼宇和村民组", "街路（楼宇、村民组）"),
    GRID: ("二、按网格", "网格"),
}
_WEEKDAYS = "一二三四五六日"


COLUMNS = columns()
_CELL = (_WIDTH - _ABOVE_WIDTH - _NAME_WIDTH) / len(COLUMNS)


@dataclass(frozen=True)
class _Block:
    """Something drawn at a height of the page; `head` stands above it again on a new one.

    `needs` is the room without which it goes to a new page together with what follows it.
    """

    height: float
    draw: Callable[[float], None]
    head: "_Block | None" = None
    needs: float = 0.0


def weekly_sheet(report: WeeklyReport, fonts: FontSet) -> bytes:
    """The report as PDF."""
    with Sheet("排查周报", fonts.chain("song")[0].font, A4_ACROSS) as sheet:
        page = Page(sheet, fonts)
        pages = _paged(list(_blocks(page, report)))
        for number, blocks in enumerate(pages, start=1):
            if number > 1:
                sheet.next_page()
            y = _TOP
            for block in blocks:
                block.draw(y)
                y += block.height
            where = f"第 {number} 页，共 {len(pages)} 页"
            page.text(sheet.width - MARGIN, _BOTTOM + 5, where, _SMALL, align="right")
        return sheet.finish()


def _paged(blocks: Sequence[_Block]) -> list[list[_Block]]:
    pages: list[list[_Block]] = [[]]
    room = _BOTTOM - _TOP
    for block in blocks:
        if max(block.height, block.needs) > room and pages[-1]:
            pages.append([block.head] if block.head else [])
            room = _BOTTOM - _TOP - (block.head.height if block.head else 0)
        pages[-1].append(block)
        room -= block.height
    return pages


def _blocks(page: Page, report: WeeklyReport) -> Iterator[_Block]:
    yield _Block(14.5, partial(_draw_title, page, report))
    notes, signatures = _notes(page, report), _Block(8.0, partial(_draw_signatures, page))
    foot = notes.height + signatures.height
    for table, lines in report.tables.items():
        yield from _table(page, table, lines, foot if table == GRID else 0.0)
    yield replace(notes, needs=foot)
    yield signatures


def _draw_title(page: Page, report: WeeklyReport, y: float) -> None:
    monday, sunday = report.week.monday, report.week.sunday
    page.title(y + 6, readable(page.fonts, f"{report.office}排查周报"), 17)
    said = [
        f"{show_date(monday)}（周{_WEEKDAYS[monday.weekday()]}）至"
        f"{show_date(sunday)}（周{_WEEKDAYS[sunday.weekday()]}）",
        f"批次：{report.round_name}",
        *([f"范围：{report.area}"] if report.area else []),
        f"分母：{_text('denominator', report.denominator, 'title')}",
        f"制表：{show_date(report.made_on)}",
    ]
    told = readable(page.fonts, "　".join(said))
    page.text(page.sheet.width / 2, y + 13, told, 9.5, align="centre")


def _table(page: Page, table: str, lines: Sequence[Line], foot: float) -> Iterator[_Block]:
    title, kind = _TITLES[table]
    head = _Block(2 * _HEAD, partial(_draw_head, page, kind))
    rows = [_row(page, line, head) for line in lines]
    rows.append(_row(page, total(lines, "合计"), head, last=True))
    whole = _TITLE + head.height + sum(row.height for row in rows)
    # A table that fits on a page is not broken, nor parted from the foot; a longer one begins with
    # some rows.
    wishes = (whole + foot, whole, _TITLE + head.height + 4 * _ROW)
    least = next(wish for wish in wishes if wish <= _BOTTOM - _TOP)
    yield _Block(_TITLE, lambda y: page.text(MARGIN, y + 6, title, 10, "hei-bold"), needs=least)
    yield head
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        # The line of totals never stands alone on a page.
        alone = following is rows[-1]
        yield replace(row, needs=row.height + rows[-1].height) if alone else row


def _draw_head(page: Page, kind: str, y: float) -> None:
    page.label(Box(MARGIN, y, _ABOVE_WIDTH, 2 * _HEAD), "社区（村）", _SIZE)
    page.label(Box(MARGIN + _ABOVE_WIDTH, y, _NAME_WIDTH, 2 * _HEAD), kind, _SIZE)
    x = MARGIN + _ABOVE_WIDTH + _NAME_WIDTH
    for measure in MEASURES:
        own = [column for column in COLUMNS if column.measure is measure]
        unit = "（人）" if measure.people else ""
        title = _text("measure", measure.key, "title") + unit
        page.label(Box(x, y, _CELL * len(own), _HEAD), title, 7.8)
        for column in own:
            page.label(Box(x, y + _HEAD, _CELL, _HEAD), _part(column.part), 7)
            x += _CELL


def _row(page: Page, line: Line, head: _Block, *, last: bool = False) -> _Block:
    style: Style = "song-bold" if last else "song"
    names = (
        (
            MARGIN,
            _ABOVE_WIDTH,
            page.wrapped(readable(page.fonts, line.above), _ABOVE_WIDTH - 3, _SIZE),
        ),
        (
            MARGIN + _ABOVE_WIDTH,
            _NAME_WIDTH,
            page.wrapped(readable(page.fonts, line.name), _NAME_WIDTH - 3, _SIZE),
        ),
    )
    deepest = max(len(lines) for _x, _width, lines in names)
    height = max(_ROW, deepest * _SIZE * LEADING / MM + 1.4)

    def draw(y: float) -> None:
        for x, width, lines in names:
            page.sheet.box(x, y, width, height, 0.3)
            page.lines(Box(x, y, width, height), lines, _SIZE, style, centred=False)
        x = MARGIN + _ABOVE_WIDTH + _NAME_WIDTH
        middle = y + height / 2 + _SIZE * 0.36 / MM
        for column in COLUMNS:
            page.sheet.box(x, y, _CELL, height, 0.3)
            _draw_number(page, x + _CELL - 0.9, middle, column.text(line), bold=last)
            x += _CELL

    return _Block(height, draw, head)


def _draw_number(page: Page, right: float, y: float, text: str, *, bold: bool) -> None:
    style: Style = "hei-bold" if bold else "hei"
    fitting = (size for size in (8.0, 7.0, 6.0) if page.fonts.width(text, style, size) < _CELL - 1)
    page.text(right, y, text, next(fitting, 5.0), style, "right")


def _notes(page: Page, report: WeeklyReport) -> _Block:
    meanings = "；".join(
        f"{_text('measure', one.key, 'title')}：{_text('measure', one.key, 'meaning')}"
        for one in MEASURES
    )
    foot = resources.toml("texts", "weekly.toml")["foot"]
    said = [f"口径　{meanings}。", f"{_text('denominator', report.denominator, 'formula')}。"]
    said += [foot["flow"] + foot["dated"] + (foot["running"] if report.is_running else "")]
    lines = [one for text in said for one in page.wrapped(text, _WIDTH, _SMALL)]
    step = _NOTE_LEADING / MM

    def draw(y: float) -> None:
        for number, text in enumerate(lines, start=1):
            page.text(MARGIN, y + 1 + number * step, text, _SMALL)

    return _Block(len(lines) * step + 3, draw)


def _draw_signatures(page: Page, y: float) -> None:
    for place, label in enumerate(("制表人：", "审核人：", "负责人：")):
        page.signing_line(MARGIN + place * 95, y + 6, label, 50, 10)


def _text(kind: str, key: str, part: str) -> str:
    found: str = resources.toml("texts", "weekly.toml")[kind][key][part]
    return found


def _part(part: str) -> str:
    found: str = resources.toml("texts", "weekly.toml")["part"][part]
    return found
