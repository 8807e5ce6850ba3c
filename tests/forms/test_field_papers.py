"""Sheets for the field measured on the finished PDF: heights, codes, names of any length."""

import ctypes
import re
from collections.abc import Callable
from datetime import date

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import zxingcpp

from organizer.domain import row_code
from organizer.domain.row_code import CODES
from organizer.errors import InvalidInput
from organizer.forms.door_tag import DoorTag, door_tags, tags_on_page
from organizer.forms.field_paper import Heading, Mark, readable
from organizer.forms.fonts import FontSet
from organizer.forms.ledger_sheet import Ledger, LedgerLine, ledger_sheets
from organizer.forms.survey_form import FormData, survey_forms
from organizer.forms.walk_sheet import Band, WalkPage, WalkRow, fill_pages, walk_sheets

Reader = Callable[[bytes], list[str]]

HEADING = Heading(
    "工人村街道总工会", "试样街", "工人村街道 启工社区", "试样批次", "001 一网格", "王样",
    "19900000001", date(2026, 11, 20),
)  # fmt: skip
LEGEND = ("结果：1已访", "建会状态：1已单独建会")
LONG = "沈阳" + "试样" * 28 + "公司"
"""A name of 60 hanzi."""

MM = 72 / 25.4


def mark(number: int) -> Mark:
    return Mark(CODES[number], row_code.scan_text(number.to_bytes(16, "big")))


def walk_pages(lines: list[WalkRow | Band], size: str) -> list[WalkPage]:
    numbers = iter(range(100, 10_000))
    spread = fill_pages(lines, size)
    return [
        WalkPage(
            HEADING,
            mark(number),
            tuple(
                WalkRow(row.unit, row.door, row.name, row.last, mark(next(numbers)))
                if isinstance(row, WalkRow)
                else row
                for row in page
            ),
            number,
            len(spread),
        )
        for number, page in enumerate(spread, 1)
    ]


def outlines(pdf: bytes, number: int = 0) -> list[tuple[float, float]]:
    """Width and height of every outlined rectangle of a page, in millimetres."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = []
        for item in document[number].get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
            fill, stroke = ctypes.c_int(), ctypes.c_int()
            pdfium.FPDFPath_GetDrawMode(item.raw, fill, stroke)
            if stroke.value:
                left, bottom, right, top = item.get_bounds()
                found.append((round((right - left) / MM, 1), round((top - bottom) / MM, 1)))
        return found
    finally:
        document.close()


def scanned(pdf: bytes, number: int = 0, width: int = 2480) -> set[str]:
    """What a camera reads from a page at 300 dpi."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[number]
        picture = page.render(scale=width / page.get_width()).to_pil()
        return {code.text for code in zxingcpp.read_barcodes(picture)}
    finally:
        document.close()


@pytest.mark.parametrize(("size", "across"), [("A4", 2480), ("A5", 1748)])
def test_rows_are_high_enough_to_write_in_and_every_code_scans(
    fonts: FontSet, size: str, across: int
) -> None:
    rows = [WalkRow(n, f"{n + 1}号", LONG[: 4 + n * 6], "上次：职工 23 人") for n in range(10)]
    pages = walk_pages([Band("单号一侧"), *rows], size)
    pdf = walk_sheets(pages, LEGEND, fonts, size)
    # The cell of the mark is the widest of the row that is no wider than 30 mm.
    heights = [high for wide, high in outlines(pdf) if 20 < wide < 30]
    assert len([high for high in heights if high >= 9]) > 20
    assert min(high for high in heights if high > 7) >= 9
    wanted = {pages[0].mark.qr}
    wanted |= {line.mark.qr for line in pages[0].lines if isinstance(line, WalkRow)}
    assert scanned(pdf, width=across) == wanted
    boxes = [(wide, high) for wide, high in outlines(pdf) if 4.5 < wide < 6 and high < 9.5]
    assert len(boxes) >= 10 * 6 and min(high for _wide, high in boxes) >= 6.5


def test_a_walk_sheet_says_who_where_and_what(fonts: FontSet, read_pages: Reader) -> None:
    rows = [WalkRow(0, "16号 3-2-1", "沈阳试样机械有限公司", "上次：职工 23 人")]
    pages = walk_pages([Band("单号一侧　1 户"), *rows], "A4")
    (text,) = read_pages(walk_sheets(pages, LEGEND, fonts, "A4"))
    for said in ("走访单", "试样街", "启工社区", "试样批次", "001一网格王样", "第1张/共1张",
                 "16号3-2-1", "沈阳试样机械有限公司", "上次：职工23人", "单号一侧1户",
                 "名单上没有的单位", "结果：1已访", "走访日期"):  # fmt: skip
        assert said in text
    codes = [line.mark.code for line in pages[0].lines if isinstance(line, WalkRow)]
    assert len(codes) == 7 and all(code in text for code in [*codes, pages[0].mark.code])


@pytest.mark.parametrize("size", ["A4", "A5"])
def test_three_hundred_units_are_all_there_once(
    fonts: FontSet, read_pages: Reader, size: str
) -> None:
    lines: list[WalkRow | Band] = []
    for number in range(300):
        if number % 40 == 0:
            lines.append(Band(f"第{number}栋"))
        lines.append(WalkRow(number, f"{number}号", f"第{number:03}家试样单位"))
    pages = walk_pages(lines, size)
    texts = read_pages(walk_sheets(pages, LEGEND, fonts, size))
    assert len(texts) == len(pages)
    whole = "".join(texts)
    assert all(whole.count(f"第{number:03}家试样单位") == 1 for number in range(300))
    for page in pages:
        # A heading belongs to what stands under it.
        assert isinstance(page.lines[-1], WalkRow)
    blank = [line for line in pages[-1].lines if isinstance(line, WalkRow) and line.unit is None]
    assert len(blank) >= 3


def test_a_walk_without_units_has_rows_for_new_ones(fonts: FontSet, read_pages: Reader) -> None:
    pages = walk_pages([], "A4")
    (text,) = read_pages(walk_sheets(pages, LEGEND, fonts, "A4"))
    assert "名单上没有的单位" in text
    assert sum(isinstance(line, WalkRow) for line in pages[0].lines) >= 6


def test_names_nobody_can_print_stop_no_sheet(fonts: FontSet, read_pages: Reader) -> None:
    rows = [WalkRow(0, "1号", "试样\ue123公司"), WalkRow(1, "2号", LONG * 8)]
    (text,) = read_pages(walk_sheets(walk_pages([*rows], "A4"), LEGEND, fonts, "A4"))
    assert "试样〓公司" in text and "…" in text


def test_a_survey_form_has_all_blocks_and_what_is_known(fonts: FontSet, read_pages: Reader) -> None:
    values = {"name": LONG, "staff_total": "23", "uscc": "91210106MA00000000", "street": "试样街"}
    choices = {"union_state": [("1已单独建会", False), ("4未建会(有意愿)", True)]}
    pdf = survey_forms(
        [FormData(HEADING, mark(7), values, choices), FormData(HEADING, mark(8))], fonts
    )
    filled, blank = read_pages(pdf)
    for text in (filled, blank):
        for title in ("用人单位排查登记表", "单位全称", "实际经营", "单位类型", "职工总数", "农民工",
                      "货车司机", "保安员", "建会状态", "批复文号", "未建会原因", "承诺建会时间",
                      "职工诉求", "被访人签字", "社区（村）盖章", "排查批次"):  # fmt: skip
            assert title in text
    assert re.sub(r"\s", "", LONG) in filled and "□4未建会(有意愿)√" in filled.replace("\n", "")
    assert "社保人数" not in filled + blank
    assert scanned(pdf, 1) == {mark(8).qr}


@pytest.mark.parametrize(("size", "each"), [("A4", 8), ("A5", 3)])
def test_door_tags_are_cut_apart_and_lead_back(
    fonts: FontSet, read_pages: Reader, size: str, each: int
) -> None:
    tags = [DoorTag(HEADING, mark(n), LONG if n == 1 else "", "16号") for n in range(each + 1)]
    pdf = door_tags(tags, fonts, size)
    first, second = read_pages(pdf)
    assert tags_on_page(size) == each
    assert first.count("走访留言") == each and second.count("走访留言") == 1
    assert LONG in first and "王样" in first and "19900000001" in first and "✂" in first
    assert f"来电请报编号：{CODES[3 % each]}" in first
    assert mark(each).qr in scanned(pdf, 1)


def test_a_ledger_runs_over_pages_and_says_when_there_is_nothing(
    fonts: FontSet, read_pages: Reader
) -> None:
    lines = tuple(
        LedgerLine(mark(n), f"{n}号", LONG if n == 3 else f"第{n:03}家", staff=str(n))
        for n in range(40)
    )
    ledgers = [Ledger(HEADING, "应查 40 户", lines), Ledger(HEADING, "应查 0 户", ())]
    texts = read_pages(ledger_sheets(ledgers, fonts))
    assert len(texts) == 4 and "第3页/共3页" in texts[2]
    assert "名单上没有单位" in texts[3] and LONG in texts[0]
    assert all(f"第{n:03}家" in "".join(texts) for n in range(40) if n != 3)


def test_a_size_nobody_has_is_refused(fonts: FontSet) -> None:
    with pytest.raises(InvalidInput) as told:
        walk_sheets([], LEGEND, fonts, "B5")
    assert told.value.sentence() == "没有“B5”这种纸，请选 A4 或 A5。"


def test_the_end_of_a_line_is_no_character_that_is_lacking(fonts: FontSet) -> None:
    assert readable(fonts, "2026-11-22\n无人") == "2026-11-22\n无人"
