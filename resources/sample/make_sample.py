"""Write the sample lists: `python resources/sample/make_sample.py [FOLDER]`.

The same files come out every time. Units, people and codes are made up; see each list's notes.
"""

import csv
import io
import sys
import zipfile
from datetime import datetime
from pathlib import Path
from random import Random

import joiners
import market_list
import survey_list
import xlwt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

SEED = 20261120
_MADE_ON = datetime(2026, 11, 20, 9, 0, 0)
_WIDTHS = (6, 30, 22, 14, 14, 16, 44, 10, 14, 14, 26, 12, 10, 22, 10, 18)
_NOTES = (
    "注：1.本表为虚构示例，单位、人员、代码、电话均为编造，道路与社区的对应关系也不真实。",
    "　　2.职工人数为登记时填报数，以实际走访为准。",
)


def main(folder: Path) -> None:
    """Write all sample lists into `folder`."""
    random = Random(SEED)
    town = market_list.UnitList(random, 10_000_000).rows(market_list.town_spots(random))
    village = market_list.UnitList(random, 20_000_000).rows(list(market_list.village()))
    write_market_list(folder / "01_市场主体名单.xlsx", town, village)
    survey = survey_list.body(random)
    write_survey_xls(folder / "02_街道摸底表（杂乱）.xls", survey)
    lines = list(survey_list.as_lines(survey))
    write_csv(folder / "02_街道摸底表（杂乱）.csv", lines, "gb18030")
    employers = [str(row[1]) for row in town if "公司" in str(row[1])]
    people = [list(joiners.HEADER), *joiners.rows(random, employers)]
    write_csv(folder / "03_入会人员.csv", people, "utf-8-sig")


def write_market_list(
    target: Path, town: list[list[str | int]], village: list[list[str | int]]
) -> None:
    """The workbook of two sheets: a street office and a village."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    fill_sheet(sheet, "工人村街道", "沈阳市铁西区工人村街道市场主体名单（示例）", town)
    second = book.create_sheet()
    fill_sheet(second, "大民屯镇", "新民市大民屯镇方巾牛村单位名单（示例）", village)
    book.properties.creator = ""
    book.properties.created = _MADE_ON
    buffer = io.BytesIO()
    book.save(buffer)
    target.write_bytes(without_clock(buffer.getvalue()))


def fill_sheet(sheet: Worksheet, name: str, title: str, rows: list[list[str | int]]) -> None:
    """Title, header, rows, notes; codes and phones as text."""
    sheet.title = name
    sheet.append([title])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(market_list.HEADER))
    sheet["A1"].font = Font(bold=True, size=16)
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet.append(market_list.HEADER)
    for cell in sheet[2]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([value if value != "" else None for value in row])
        for column in (3, 6):
            sheet.cell(sheet.max_row, column).number_format = "@"
    for note in _NOTES:
        sheet.append([note])
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "C3"


def without_clock(packed: bytes) -> bytes:
    """The same workbook with every time stamp set to one fixed instant."""
    stamp = _MADE_ON.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                head, opening, rest = content.partition(b"<dcterms:modified")
                attributes, _, tail = rest.partition(b">")
                content = head + opening + attributes + b">" + stamp + tail[tail.index(b"<") :]
            entry = zipfile.ZipInfo(name, _MADE_ON.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return buffer.getvalue()


def write_survey_xls(target: Path, rows: list[list[survey_list.Cell]]) -> None:
    """The untidy list with merged two-row header, in the old format."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    sheet.write_merge(
        0, 0, 0, 13, survey_list.TITLE, xlwt.easyxf("font: bold on; align: horiz center")
    )
    upper, lower = survey_list.HEADER
    for column, text in enumerate(upper):
        if column in (4, 7):
            sheet.write_merge(1, 1, column, column + 2, text)
        elif not lower[column]:
            sheet.write_merge(1, 2, column, column, text)
        if lower[column]:
            sheet.write(2, column, lower[column])
    dated = xlwt.easyxf(num_format_str="YYYY/M/D")
    for place, row in enumerate(rows, 3):
        for column, cell in enumerate(row):
            if cell != "":
                sheet.write(
                    place, column, cell, *((dated,) if is_dated(place, column, cell) else ())
                )
    for place, note in enumerate(survey_list.NOTES, 3 + len(rows)):
        sheet.write_merge(place, place, 0, 13, note)
    book.save(str(target))


def is_dated(place: int, column: int, cell: survey_list.Cell) -> bool:
    """Half of the day counts are formatted as dates, half were pasted as bare numbers."""
    return column == 10 and isinstance(cell, int) and place % 2 == 0


def write_csv(target: Path, lines: list[list[str]], encoding: str) -> None:
    """A CSV as WPS saves it: CRLF."""
    with target.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
