"""周报 on paper and as a workbook: what was counted stands there, and the formulas come to the same."""

import io
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from organizer.domain.round import Denominator
from organizer.domain.weekly import (
    GRID,
    MEASURES,
    STREET,
    Column,
    Figure,
    Line,
    Week,
    WeeklyReport,
    columns,
    total,
)
from organizer.forms.fonts import FontSet
from organizer.forms.proof import page_texts
from organizer.forms.weekly import weekly_sheet
from organizer.sheets.styled_book import letters
from organizer.sheets.weekly_book import weekly_book

LONG = "长" * 40


def line(number: int, name: str, above: str = "样社区") -> Line:
    figures = (
        Figure(40 + number, 0 if not one.flow else number, 2)
        if one.flow
        else Figure(40 + number, 0, 38)
        for one in MEASURES
    )
    return Line(bytes([number]), "210106003006", above, name, tuple(figures))


def report(streets: int, *names: str) -> WeeklyReport:
    lines = [line(number % 200, f"样{number}街") for number in range(1, streets + 1)]
    lines += [line(9, name) for name in names]
    grids = (
        line(3, "001 东片"),
        Line(b"", "", "", "没有划入网格", (Figure(0, 0, 0),) * len(MEASURES)),
    )
    return WeeklyReport(
        "样街道总工会", "", "秋季排查", Denominator.TEN, Week(date(2026, 11, 16)),
        date(2026, 11, 20), {STREET: tuple(lines), GRID: grids},
    )  # fmt: skip


@pytest.fixture(scope="module")
def fonts() -> FontSet:
    return FontSet()


def test_a_report_of_a_small_town_is_one_page(fonts: FontSet) -> None:
    (text,) = page_texts(weekly_sheet(report(8), fonts))
    for said in (
        "样街道总工会排查周报", "2026年11月16日（周一）", "2026年11月22日（周日）", "批次：秋季排查",
        "分母：10 人以上单位", "应查＝职工总数（没有时按会员数）不少于 10 人的单位",
        "样1街", "样8街", "合计", "001 东片", "没有划入网格", "本周还没有结束", "四盏灯全清",
    ):  # fmt: skip
        assert said in text.replace("\r\n", "").replace("\n", ""), said


def test_many_streets_flow_on_under_a_repeated_head(fonts: FontSet) -> None:
    texts = page_texts(weekly_sheet(report(90), fonts))
    assert len(texts) == 4
    for number, text in enumerate(texts, start=1):
        assert f"第 {number} 页，共 4 页" in text and "已尽责" in text and "本周" in text
    joined = "".join(texts)
    assert all(f"样{number}街" in joined for number in range(1, 91))
    # The line of totals never begins a page alone.
    assert "样90街" in next(text for text in texts if "合计" in text)


def test_any_name_can_be_printed(fonts: FontSet) -> None:
    (text,) = page_texts(weekly_sheet(report(2, LONG, "样\ue815街", "𠮷街"), fonts))
    assert text.count("长") == 40 and "〓" in text and "𠮷街" in text


def test_a_report_without_lines(fonts: FontSet) -> None:
    empty = WeeklyReport(
        "样街道总工会", "", "秋季排查", Denominator.ALL, Week(date(2026, 11, 16)),
        date(2026, 11, 30), {STREET: (), GRID: ()},
    )  # fmt: skip
    (text,) = page_texts(weekly_sheet(empty, fonts))
    assert "合计" in text and "本周还没有结束" not in text
    assert load_workbook(io.BytesIO(weekly_book(empty)))["按街路"]["C5"].value == "合计"


def cells(content: bytes, *, values: bool = False) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(io.BytesIO(content), data_only=values)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_totals_changes_and_shares_are_formulas() -> None:
    content = weekly_book(report(3, "=1+1"))
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["按街路", "按网格", "口径"]
    sheet = book["按街路"]
    # A code keeps its digits, a name is never a formula.
    assert sheet["A5"].value == "210106003006" and sheet["A5"].number_format == "@"
    assert sheet["C8"].value == "=1+1" and sheet["C8"].data_type == "s"
    places = {one: letters(4 + place) for place, one in enumerate(columns(before=True))}
    due, reached = MEASURES[0], MEASURES[1]
    stock, week = places[Column(due, "stock")], places[Column(reached, "week")]
    whole, before = places[Column(reached, "total")], places[Column(reached, "before")]
    assert sheet[f"{stock}9"].value == f"=SUM({stock}5:{stock}8)"
    assert sheet[f"{places[Column(reached, 'change')]}6"].value == f"={week}6-{before}6"
    share = sheet[f"{places[Column(reached, 'share')]}9"]
    assert share.value == f'=IF({stock}9=0,"",{whole}9/{stock}9)' and share.number_format == "0.0%"
    assert sheet[f"{week}6"].value == 2
    said = " ".join(str(cell) for row in cells(content)["口径"] for cell in row)
    assert "职工总数（没有时按会员数）不少于 10 人" in said


@pytest.fixture
def office_suite(tmp_path: Path) -> Iterator[list[str]]:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no LibreOffice on this machine")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    yield [
        program,
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(tmp_path / "back"),
    ]


def test_a_spreadsheet_program_comes_to_the_same_numbers(
    office_suite: list[str], tmp_path: Path
) -> None:
    told = report(5)
    source = tmp_path / "周报.xlsx"
    source.write_bytes(weekly_book(told))
    subprocess.run([*office_suite, str(source)], check=True, capture_output=True, timeout=120)
    there = cells((tmp_path / "back" / "周报.xlsx").read_bytes(), values=True)
    for table, name in ((STREET, "按街路"), (GRID, "按网格")):
        lines = [*told.tables[table], total(told.tables[table])]
        for row, one in zip(there[name][4:], lines, strict=True):
            for value, column in zip(row[3:], columns(before=True), strict=True):
                if column.part != "share":
                    assert value == column.number(one), (one.name, column)
                elif (share := one.share(column.measure.key)) is None:
                    assert value in (None, "")
                else:
                    assert value == pytest.approx(share)
