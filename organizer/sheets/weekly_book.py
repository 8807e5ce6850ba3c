"""The weekly report as a workbook that goes on calculating: totals, changes and shares are formulas.

Sheets: streets, grids, and what the numbers mean. Codes of divisions are texts, so that none of their
digits is lost.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from organizer import resources
from organizer.domain.weekly import (
    GRID,
    MEASURES,
    STREET,
    Column,
    Line,
    Measure,
    WeeklyReport,
    columns,
)
from organizer.i18n import show_date
from organizer.sheets.styled_book import Book, Look, SheetWriter, letters

_SHEETS = {STREET: ("按街路", "街路（楼宇、村民组）"), GRID: ("按网格", "网格")}
_NAMES = ("区划代码", "社区（村）")
_FIRST = len(_NAMES) + 2
"""The first column of numbers."""

_HEAD = 4
"""Rows of the head: title, week, measures, parts."""

_TITLE = Look(bold=True, size=16, align="center")
_WORDS = Look(align="center")
_TOP = Look(bold=True, border=True, align="center", wrap=True, fill="F2F2F2")
_TEXT = Look(border=True, format="@")
_NUMBER = Look(border=True, align="right", format="0")
_CHANGE = Look(border=True, align="right", format="+0;-0;0")
_SHARE = Look(border=True, align="right", format="0.0%")


_COLUMNS = columns(before=True)
_PLACES = {one: place for place, one in enumerate(_COLUMNS, start=_FIRST)}


def weekly_book(report: WeeklyReport) -> bytes:
    """The report as .xlsx."""
    book = Book(title="排查周报")
    for table, lines in report.tables.items():
        _fill(book.sheet(_SHEETS[table][0]), report, table, lines)
    _explain(book.sheet("口径"), report)
    return book.finish()


def _fill(sheet: SheetWriter, report: WeeklyReport, table: str, lines: Sequence[Line]) -> None:
    _head(sheet, report, _SHEETS[table][1])
    first, last = _HEAD + 1, _HEAD + len(lines)
    for row in range(2, last + 2):
        sheet.height(row, 17)
    for row, line in enumerate(lines, start=first):
        for column, text in enumerate((line.code, line.above, line.name), start=1):
            sheet.put(row, column, text, _TEXT)
        for one in _COLUMNS:
            _number(sheet, row, one, 0 if one.part == "share" else one.number(line))
    foot = last + 1
    for column, text in enumerate(("", "", "合计"), start=1):
        sheet.put(foot, column, text, replace(_TEXT, bold=True))
    for one in _COLUMNS:
        name = letters(_PLACES[one])
        summed = f"=SUM({name}{first}:{name}{last})" if lines else "=0"
        _number(sheet, foot, one, summed, bold=True)
    sheet.widths([14.5, 13, 22, *(8.0 if one.part == "share" else 6.2 for one in _COLUMNS)])
    sheet.freeze(first, _FIRST)
    sheet.print_on(across=True, head=_HEAD)


def _head(sheet: SheetWriter, report: WeeklyReport, kind: str) -> None:
    width = _PLACES[_COLUMNS[-1]]
    sheet.put(1, 1, f"{report.office}排查周报", _TITLE)
    sheet.merge((1, 1), (1, width))
    sheet.put(2, 1, _said(report), _WORDS)
    sheet.merge((2, 1), (2, width))
    for column, title in enumerate((*_NAMES, kind), start=1):
        for row in (3, 4):
            sheet.put(row, column, title if row == 3 else None, _TOP)
        sheet.merge((3, column), (4, column))
    for one in _COLUMNS:
        begins = one is next(each for each in _COLUMNS if each.measure is one.measure)
        unit = "（人）" if one.measure.people else ""
        title = _texts()["measure"][one.measure.key]["title"] + unit
        sheet.put(3, _PLACES[one], title if begins else None, _TOP)
        sheet.put(4, _PLACES[one], _texts()["part"][one.part], _TOP)
    for measure in MEASURES:
        places = [_PLACES[one] for one in _COLUMNS if one.measure is measure]
        sheet.merge((3, places[0]), (3, places[-1]))
    sheet.height(1, 26)


def _said(report: WeeklyReport) -> str:
    week, denominator = report.week, _texts()["denominator"][report.denominator]["title"]
    area = f"　范围：{report.area}" if report.area else ""
    return (
        f"{show_date(week.monday)}至{show_date(week.sunday)}　批次：{report.round_name}{area}"
        f"　分母：{denominator}　制表：{show_date(report.made_on)}"
    )


def _number(
    sheet: SheetWriter, row: int, column: Column, value: int | str, *, bold: bool = False
) -> None:
    """A number that was counted or summed, or what follows from its neighbours."""
    measure = column.measure

    def cell(of: Measure, part: str) -> str:
        return f"{letters(_PLACES[Column(of, part)])}{row}"

    if column.part == "change":
        now = cell(measure, "week" if measure.flow else "stock")
        formula, look = f"={now}-{cell(measure, 'before')}", _CHANGE
    elif column.part == "share":
        due = cell(MEASURES[0], "stock")
        formula, look = f'=IF({due}=0,"",{cell(measure, "total")}/{due})', _SHARE
    elif isinstance(value, int):
        sheet.put(row, _PLACES[column], value, replace(_NUMBER, bold=bold))
        return
    else:
        formula, look = value, _NUMBER
    sheet.formula(row, _PLACES[column], formula, replace(look, bold=bold))


def _explain(sheet: SheetWriter, report: WeeklyReport) -> None:
    texts = _texts()
    lines = [(one["title"], one["meaning"]) for one in texts["measure"].values()]
    chosen = texts["denominator"][report.denominator]
    lines.append((f"分母：{chosen['title']}", chosen["formula"]))
    foot = texts["foot"]
    lines += [("时间", foot["flow"]), ("日期", foot["dated"])]
    lines += [("说明", foot["running"])] if report.is_running else []
    for row, (title, meaning) in enumerate(lines, start=1):
        sheet.put(row, 1, title, replace(_TEXT, bold=True))
        sheet.put(row, 2, meaning, replace(_TEXT, wrap=True))
        sheet.height(row, 32)
    sheet.widths([26, 100])
    sheet.print_on(across=True, head=0)


def _texts() -> Mapping[str, Any]:
    return resources.toml("texts", "weekly.toml")
