"""What people do to a collection workbook: nothing is lost, nothing guessed, each told in a sentence."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from organizer.errors import Conflict, OrganizerError, UnreadableFile
from organizer.services import merging
from organizer.services.paper import collecting
from organizer.services.survey import recording
from organizer.services.workspace import Workspace
from organizer.store import places, sheets, visits
from tests.support.handed_out import (
    AT,
    HEADER,
    NAMES,
    day,
    fill,
    known,
    spoil,
    told,
    type_into,
    visited,
)
from tests.support.offices import Template, make_office
from tests.support.streets import ROUND, STREET, two_laptops


def test_a_changed_heading_is_named_and_nothing_is_read(
    office: Workspace, street: dict[str, bytes], book: Path
) -> None:
    rows = {4: {"走访结果": "1已访", "走访日期": day(office)}}

    def refused(act: Callable[[Any], object]) -> str:
        with pytest.raises(UnreadableFile) as error:
            collecting.read(office, spoil(fill(book, rows), act))
        assert visited(office, street[NAMES[0]]) == []
        return error.value.sentence()

    assert refused(lambda sheet: sheet.cell(HEADER, AT["职工总数"], "人数")) == (
        "“改过.xlsx”第 3 行 H 列的表头应是“职工总数”，现在是“人数”；"
        "请改回“职工总数”再读，填好的内容都还在文件里。"
    )
    assert refused(lambda sheet: sheet.delete_cols(AT["女职工"])) == (
        "“改过.xlsx”第 3 行的表头里少了“女职工”这一列；"
        "请补上这个表头（或用原来的采集表）再读，填好的内容都还在文件里。"
    )
    assert refused(lambda sheet: sheet.cell(HEADER, AT["备注"], "承诺")) .startswith(
        "“改过.xlsx”第 3 行有几列的表头都是“承诺”（U、Y 列）"
    )  # fmt: skip
    assert "没有找到采集表的表头" in refused(lambda sheet: sheet.delete_rows(HEADER))


def test_moved_and_inserted_columns_are_found_by_their_titles(
    office: Workspace, street: dict[str, bytes], book: Path
) -> None:
    filled = fill(book, {4: {"走访结果": "1已访", "走访日期": day(office), "职工总数": 23}})
    moved = spoil(filled, lambda sheet: sheet.insert_cols(3))
    assert collecting.read(office, moved).taken == 1
    assert known(office, street[NAMES[0]])["staff_total"] == "23"


def test_deleted_rows_are_named_and_change_nothing(
    office: Workspace, street: dict[str, bytes], book: Path
) -> None:
    filled = fill(book, {6: {"走访结果": "1已访", "走访日期": day(office)}})
    taken = collecting.read(office, spoil(filled, lambda sheet: sheet.delete_rows(4, 2)))
    assert (taken.taken, len(taken.absent)) == (1, 2)
    (remark,) = taken.remarks
    assert remark.startswith("表里少了发出去时的 2 行（") and NAMES[0] in remark
    assert visited(office, street[NAMES[2]]) == [("1", day(office))]


def test_inserted_and_copied_rows_are_told(
    office: Workspace, street: dict[str, bytes], book: Path
) -> None:
    said = {"走访结果": "1已访", "走访日期": day(office)}

    def insert(sheet: Any) -> None:
        sheet.insert_rows(5)
        type_into(sheet, {5: {**said, "单位名称": "夹进来的"}})

    taken = collecting.read(office, spoil(fill(book, {4: said, 5: said}), insert))
    assert taken.taken == 2
    assert told(taken) == [
        "第 5 行“编号”：这一行填了内容，却没有编号，多半是插入的行；"
        "请把内容移到原有的行，新单位写在最后的空白行。"
    ]

    def copy(sheet: Any) -> None:
        for column in range(1, len(AT) + 1):
            sheet.cell(30, column).value = sheet.cell(4, column).value

    taken = collecting.read(office, spoil(fill(book, {4: said}), copy))
    code = openpyxl.load_workbook(book)["采集表"].cell(4, 1).value
    assert told(taken) == [
        f"第 30 行“编号”：编号“{code}”在第 4 行已经出现过，这一行没有读；"
        "请只留一行，另一行的内容移到它自己的编号下。"
    ]


def test_a_wrong_code_and_a_foreign_code_are_told(
    office: Workspace, street: dict[str, bytes], book: Path
) -> None:
    said = {"走访结果": "1已访", "走访日期": day(office)}
    code = str(openpyxl.load_workbook(book)["采集表"].cell(4, 1).value)
    wrong = code[1] + code[0] + code[2:] if code[0] != code[1] else "2" + code[1:]
    taken = collecting.read(office, fill(book, {4: {**said, "编号": wrong}, 5: said}))
    assert taken.taken == 1
    assert told(taken) == [
        f"第 4 行“编号”：编号“{wrong}”的校验不对，多半是看错或敲错了一位，请对照纸上再输一遍。"
    ]
    other = book.with_name("另一份.xlsx")
    collecting.make(office, street[STREET], other)
    blank = openpyxl.load_workbook(other)["采集表"].cell(10, 1).value
    (sentence,) = told(collecting.read(office, fill(book, {8: {**said, "编号": blank}})))
    assert sentence.startswith(f"第 8 行“编号”：编号“{blank}”不是这份采集表（表号 ")


def test_a_name_pasted_over_another_keeps_the_row_out(
    office: Workspace, street: dict[str, bytes], book: Path
) -> None:
    said = {"走访结果": "1已访", "走访日期": day(office)}
    taken = collecting.read(office, fill(book, {4: {**said, "单位名称": NAMES[1]}}))
    assert taken.taken == 0
    (sentence,) = told(taken)
    assert f"“{NAMES[0]}”，表里却写着“{NAMES[1]}”，怕是贴错了行" in sentence
    assert not taken.absent


def test_pasted_formats_do_not_matter(
    office: Workspace, street: dict[str, bytes], book: Path
) -> None:
    def paste(sheet: Any) -> None:
        for title, number_format in (
            ("职工总数", "@"),
            ("走访日期", "yyyy/m/d"),
            ("走访结果", "0.00"),
        ):
            sheet.cell(4, AT[title]).number_format = number_format
        sheet.protection.sheet = False
        sheet.merge_cells("X20:Y22")
        type_into(sheet, {4: {"走访结果": 1, "走访日期": office.today, "职工总数": "23"}})

    assert collecting.read(office, spoil(book, paste)).taken == 1
    assert known(office, street[NAMES[0]])["staff_total"] == "23"


def test_another_round_another_office_and_no_identity_are_refused(
    office: Workspace, street: dict[str, bytes], book: Path, tmp_path: Path
) -> None:
    filled = fill(book, {4: {"走访结果": "1已访", "走访日期": day(office)}})

    def refused(workspace: Workspace, file: Path) -> str:
        with pytest.raises(OrganizerError) as error:
            collecting.read(workspace, file)
        return error.value.sentence()

    hidden = openpyxl.load_workbook(filled)
    del hidden["标识"]
    hidden.save(tmp_path / "无标识.xlsx")
    assert refused(office, tmp_path / "无标识.xlsx").startswith("“无标识.xlsx”不是本程序做的采集表")
    newer = openpyxl.load_workbook(filled)
    newer["标识"]["B1"] = "99"
    newer.save(tmp_path / "新版.xlsx")
    assert refused(office, tmp_path / "新版.xlsx").endswith("请先升级本机的程序再读。")
    (tmp_path / "不是表.xlsx").write_text("编号,走访结果\n", encoding="utf-8")
    assert "不是本程序做的采集表" in refused(office, tmp_path / "不是表.xlsx")
    other = make_office(tmp_path / "other", name="另一街道总工会").workspace
    try:
        assert refused(other, filled).startswith("这份采集表不是“另一街道总工会”做的")
    finally:
        other.close()
    recording.open_round(office, "下一批次", office.today, None)
    assert refused(office, filled).startswith(f"这份采集表是“{ROUND}”批次的，现在不是那个批次")
    assert visited(office, street[NAMES[0]]) == []


def test_a_file_still_leads_to_its_units_after_merges(
    office: Workspace, street: dict[str, bytes], book: Path
) -> None:
    merging.merge(office, "employer", street[NAMES[0]], street[NAMES[1]])
    said = {"走访结果": "1已访", "走访日期": day(office)}
    doors = office.database.read(lambda c: places.children(c, street[STREET]))
    merging.merge(office, "place", doors[0].id, doors[1].id)
    rows: dict[int, dict[str, Any]] = {
        4: {**said, "职工总数": 9},
        8: {**said, "单位名称": "试样新店"},
    }
    taken = collecting.read(office, fill(book, rows))
    assert (taken.taken, told(taken)) == (2, [])
    assert known(office, street[NAMES[1]])["staff_total"] == "9"


def test_a_laptop_that_never_saw_the_sheet_reads_it_all_the_same(
    office_template: Template, tmp_path: Path
) -> None:
    with two_laptops(office_template, tmp_path) as ((one, two), street):
        book = tmp_path / "采集表.xlsx"
        collecting.make(one, street[STREET], book)
        said = {"走访结果": "1已访", "走访日期": day(one)}
        filled = fill(book, {4: said, 8: {**said, "单位名称": "试样新店", "门牌": "77号"}})
        for workspace in (one, two):
            assert collecting.read(workspace, filled).taken == 2
            assert collecting.read(workspace, filled).again == 2
        ids = [
            {row.id for row in w.database.read(lambda c: visits.of_employer(c, street[NAMES[0]]))}
            for w in (one, two)
        ]
        # Both made the same visit: an exchange has nothing to add.
        assert ids[0] == ids[1] and len(ids[0]) == 1
        assert two.database.read(lambda c: sheets.sheets_with(c, "2222")) == []


def test_a_file_is_not_written_over_another(
    office: Workspace, street: dict[str, bytes], book: Path
) -> None:
    with pytest.raises(Conflict):
        collecting.make(office, street[STREET], book)
    with pytest.raises(OrganizerError) as error:
        collecting.make(office, street[STREET], book.with_name("采集表.pdf"))
    assert error.value.sentence() == "“采集表.pdf”不是 xlsx 文件名，请起一个以 .xlsx 结尾的名字。"
