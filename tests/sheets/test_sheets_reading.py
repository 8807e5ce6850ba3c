"""Lists as offices keep them: the person finds every row of the file again, read or explained."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt

from organizer.errors import UnreadableFile
from organizer.sheets import (
    Cell,
    Reason,
    Row,
    Sheet,
    Skipped,
    WhyLeftOut,
    digest,
    header_synonyms,
    read_list,
)

EMPLOYER = header_synonyms("employer")
PERSON = header_synonyms("person")
NAME = frozenset({"name"})


def write_xlsx(path: Path, rows: list[list[Any]], merges: tuple[str, ...] = ()) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for merge in merges:
        sheet.merge_cells(merge)
    book.save(path)
    return path


def only_sheet(path: Path, fields: Any = EMPLOYER, required: frozenset[str] = NAME) -> Sheet:
    found = read_list(path, fields=fields, required=required)
    assert len(found.sheets) == 1
    return found.sheets[0]


def texts(row: Row) -> dict[str, str]:
    return {field: cell.text for field, cell in row.cells.items()}


def skipped(sheet: Sheet) -> dict[int, Reason]:
    return {line.number: line.reason for line in sheet.lines() if isinstance(line, Skipped)}


def test_list_under_titles_with_notes_and_totals(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "排查表.xlsx",
        [
            ["示范区用人单位摸底调查表"],
            ["填报单位：示范街道总工会", None, None, "2026年11月"],
            [],
            ["序号", "单 位\n名 称（全称）", "联系电话", "职工人数（人）", "没见过的列"],
            ["甲", "乙", 1, 2, 3],
            [1, "样例商店", "13800000001", 5, "x"],
            [2, " 样例饭店 ", "13800000002", 7, None],
            [None, "小  计", None, 12, None],
            [],
            ["序号", "单 位\n名 称（全称）", "联系电话", "职工人数（人）", "没见过的列"],
            [3, "样例工厂", None, 30.0, None],
            [4, None, None, None, None],
            [None, "示范街道合计", None, 42, None],
            ["注：本表由社区填写。"],
            ["2.职工人数按实际填写。"],
            ["填表人：测试甲", None, "审核人：测试乙"],
        ],
        merges=("A1:E1",),
    )
    sheet = only_sheet(path)
    assert sheet.header_rows == (4, 4)
    assert [texts(row) for row in sheet.rows()] == [
        {"seq": "1", "name": "样例商店", "phone": "13800000001", "staff_total": "5"},
        {"seq": "2", "name": "样例饭店", "phone": "13800000002", "staff_total": "7"},
        {"seq": "3", "name": "样例工厂", "staff_total": "30"},
    ]
    assert skipped(sheet) == {
        1: Reason.ABOVE_HEADER,
        2: Reason.ABOVE_HEADER,
        3: Reason.BLANK,
        4: Reason.HEADER,
        5: Reason.COLUMN_NUMBERS,
        8: Reason.TOTAL,
        9: Reason.BLANK,
        10: Reason.REPEATED_HEADER,
        12: Reason.NO_VALUES,
        13: Reason.TOTAL,
        14: Reason.NOTE,
        15: Reason.NOTE,
        16: Reason.NOTE,
    }
    assert [line.number for line in sheet.lines()] == list(range(1, sheet.row_count + 1))
    unread = [column.header for column in sheet.columns if column.field is None]
    assert unread == ["没见过的列"]
    assert all(reason.label for reason in Reason)


@pytest.mark.parametrize("merged", [True, False])
def test_headings_in_two_rows_are_joined(tmp_path: Path, merged: bool) -> None:
    rows: list[list[Any]] = [
        ["用人单位一览表", None, None, None, None, None, None],
        ["序号", "单位名称", "职工情况", None, None, "工会主席", None],
        [None, None, "总数", "其中：女", "农民工", "姓名", "联系电话"],
        [1, "样例商店", 9, 4, 2, "测试甲", "13800000001"],
    ]
    merges = ("A1:G1", "A2:A3", "B2:B3", "C2:E2", "F2:G2") if merged else ()
    sheet = only_sheet(write_xlsx(tmp_path / "表.xlsx", rows, merges))
    assert sheet.header_rows == (2, 3)
    [row] = sheet.rows()
    assert texts(row) == {
        "seq": "1",
        "name": "样例商店",
        "staff_total": "9",
        "staff_women": "4",
        "staff_migrant": "2",
    }
    assert [column.header for column in sheet.columns][2:] == [
        "职工情况/总数",
        "职工情况/其中：女",
        "职工情况/农民工",
        "工会主席/姓名",
        "工会主席/联系电话",
    ]


def test_headings_in_three_rows(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "表.xlsx",
        [
            ["单位名称", "基本情况", None, None],
            [None, "职工人数", None, "经营地址"],
            [None, "总数", "女", None],
            ["样例商店", 9, 4, "示范街1号"],
        ],
        ("A1:A3", "B1:D1", "B2:C2", "D2:D3"),
    )
    [row] = only_sheet(path).rows()
    assert texts(row) == {
        "name": "样例商店",
        "staff_total": "9",
        "staff_women": "4",
        "address": "示范街1号",
    }


def test_value_merged_downwards_reaches_its_rows_and_no_further(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "表.xlsx",
        [
            ["街道", "单位名称"],
            ["兴工街道", "样例甲"],
            [None, "样例乙"],
            [None, None],
            [None, "样例丙"],
        ],
        ("A2:A4",),
    )
    sheet = only_sheet(path)
    cells = [row.cells.get("town") for row in sheet.rows()]
    assert cells == [Cell("兴工街道"), Cell("兴工街道", filled=True), None]
    assert skipped(sheet)[4] is Reason.BLANK


def test_headings_across_the_list_are_no_employers(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "表.xlsx",
        [
            ["单位名称", "地址", "电话"],
            ["示范社区", None, None],
            ["样例甲", "示范街1号", None],
            ["（二）个体工商户", None, None],
            ["样例乙", None, None],
        ],
        ("A2:C2",),
    )
    sheet = only_sheet(path)
    assert [row.text("name") for row in sheet.rows()] == ["样例甲", "样例乙"]
    assert skipped(sheet) == {1: Reason.HEADER, 2: Reason.HEADING, 4: Reason.HEADING}


def test_other_table_below_is_reported_not_misread(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "表.xlsx",
        [
            ["单位名称", "地址", "电话"],
            ["样例甲", "示范街1号", "13800000001"],
            [],
            ["联系人", "单位名称", "职工人数"],
            ["测试甲", "样例乙", 5],
        ],
    )
    sheet = only_sheet(path)
    assert [row.text("name") for row in sheet.rows()] == ["样例甲"]
    assert skipped(sheet)[4] is Reason.SECOND_TABLE
    assert skipped(sheet)[5] is Reason.SECOND_TABLE


@pytest.mark.parametrize("header", [["单位名称", "电话"], ["单位名称"]])
def test_tables_side_by_side_are_refused(tmp_path: Path, header: list[str]) -> None:
    path = write_xlsx(tmp_path / "表.xlsx", [[*header, None, *header], ["甲", "乙", None, "丙"]])
    with pytest.raises(UnreadableFile) as refused:
        read_list(path, fields=EMPLOYER, required=NAME)
    assert refused.value.code == "sheets.side_by_side"
    assert refused.value.facts["header"] == "单位名称"


def test_heading_merged_across_columns_is_one_column(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "表.xlsx",
        [
            ["单位名称", None, "经营地址", None, "电话"],
            ["样例甲", None, "示范街1号", None, "024-1"],
        ],
        ("A1:B1", "C1:D1", "A2:B2", "C2:D2"),
    )
    sheet = only_sheet(path)
    assert [column.header for column in sheet.columns] == ["单位名称", "经营地址", "电话"]
    assert [texts(row) for row in sheet.rows()] == [
        {"name": "样例甲", "address": "示范街1号", "phone": "024-1"}
    ]


def test_two_phone_columns_are_not_two_tables(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "表.xlsx",
        [["单位名称", "法人", "电话", "联系人", "联系电话"], ["甲", "乙", "024-1", "丙", "024-2"]],
    )
    sheet = only_sheet(path)
    [row] = sheet.rows()
    assert row.text("phone") == "024-2"
    assert [column.header for column in sheet.columns if not column.field] == ["电话"]


def test_all_sheets_with_a_header_are_read_and_the_others_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "一社区"
    book.active.append(["单位名称", "地址"])
    book.active.append(["样例甲", "示范街1号"])
    for title, header in (("二社区", ["地址", "单位名称"]), ("代码", ["行业", "单位性质"])):
        book.create_sheet(title).append(header)
    book["二社区"].append(["示范街2号", "样例乙"])
    book.create_sheet("说明").append(["请认真填写"])
    book.create_sheet("空表")
    book.create_sheet("旧数据").append(["单位名称", "地址"])
    book["旧数据"].sheet_state = "hidden"
    book.save(tmp_path / "汇总.xlsx")

    found = read_list(tmp_path / "汇总.xlsx", fields=EMPLOYER, required=NAME)
    assert [(s.name, [texts(row) for row in s.rows()]) for s in found.sheets] == [
        ("一社区", [{"name": "样例甲", "address": "示范街1号"}]),
        ("二社区", [{"name": "样例乙", "address": "示范街2号"}]),
    ]
    assert {left.name: left.reason for left in found.left_out} == {
        "代码": WhyLeftOut.MISSING_COLUMNS,
        "说明": WhyLeftOut.NO_HEADER,
        "空表": WhyLeftOut.BLANK,
        "旧数据": WhyLeftOut.HIDDEN,
    }
    assert found.row_count == 4
    assert all(reason.label for reason in WhyLeftOut)


def test_numbers_and_dates_keep_their_kind(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "名单.xlsx",
        [
            ["姓名", "身份证号", "手机号", "出生日期", "入会时间", "是否农民工"],
            [
                "测试甲",
                219900199003070000,
                13800000001,
                date(1990, 3, 7),
                datetime(2026, 1, 2),
                True,
            ],
            ["测试乙", "219900199003070017", "13800000002", "1990.3.7", None, "√"],
        ],
    )
    damaged, good = only_sheet(path, PERSON).rows()
    number = damaged.cells["id_number"]
    assert number.is_damaged_number
    assert isinstance(number.value, float)
    assert number.text == "2.1990019900307E+17"
    assert damaged.text("phone") == "13800000001"
    assert not damaged.cells["phone"].is_damaged_number
    assert damaged.cells["born_on"].value == date(1990, 3, 7)
    assert damaged.text("joined_on") == "2026-01-02"
    assert good.cells["id_number"] == Cell("219900199003070017")
    assert good.text("born_on") == "1990.3.7"


def test_rows_can_be_gone_through_again(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "表.xlsx", [["单位名称", "地址"], ["甲厂", "一号"], ["乙厂", "二号"]]
    )
    sheet = only_sheet(path)
    assert list(sheet.lines()) == list(sheet.lines())


def test_table_in_the_middle_of_a_sheet_keeps_its_row_numbers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row, values in enumerate((["街道", "单位名称"], ["兴工街道", "甲厂"], [None, "乙厂"]), 5):
        for column, value in enumerate(values, 4):
            book.active.cell(row, column).value = value
    book.active.merge_cells("D6:D7")
    book.save(tmp_path / "表.xlsx")
    sheet = only_sheet(tmp_path / "表.xlsx")
    assert [(column.field, column.index) for column in sheet.columns] == [("town", 3), ("name", 4)]
    assert [(row.number, texts(row)) for row in sheet.rows()] == [
        (6, {"town": "兴工街道", "name": "甲厂"}),
        (7, {"town": "兴工街道", "name": "乙厂"}),
    ]


@pytest.mark.parametrize("file_name", ["旧表.xls", "旧表.et", "旧表.xlsx"])
def test_old_workbook_under_any_extension(tmp_path: Path, file_name: str) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("单位")
    sheet.write_merge(0, 0, 0, 3, "用人单位名册")
    sheet.write_merge(1, 2, 0, 0, "单位名称")
    sheet.write_merge(1, 1, 1, 2, "职工人数")
    sheet.write(2, 1, "总数")
    sheet.write(2, 2, "女")
    sheet.write_merge(1, 2, 3, 3, "建会时间")
    sheet.write(3, 0, "样例商店")
    sheet.write(3, 1, 12)
    sheet.write(3, 2, 3.0)
    sheet.write(3, 3, date(2020, 5, 1), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    book.save(str(tmp_path / file_name))
    [row] = only_sheet(tmp_path / file_name).rows()
    assert texts(row) == {
        "name": "样例商店",
        "staff_total": "12",
        "staff_women": "3",
        "union_founded_on": "2020-05-01",
    }


def test_workbook_counting_days_from_1904(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["姓名", "出生日期"])
    book.active.append(["测试甲", date(1990, 3, 7)])
    book.save(tmp_path / "表.xlsx")
    [row] = only_sheet(tmp_path / "表.xlsx", PERSON).rows()
    assert row.cells["born_on"].value == date(1990, 3, 7)


def test_digest_knows_the_same_file_again(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"list")
    (tmp_path / "b").write_bytes(b"list")
    (tmp_path / "c").write_bytes(b"List")
    assert digest(tmp_path / "a") == digest(tmp_path / "b") != digest(tmp_path / "c")
    assert len(digest(tmp_path / "a")) == 64
    with pytest.raises(UnreadableFile):
        digest(tmp_path / "none")
