"""A collection workbook handed out, filled, and taken back: partial, twice, spoilt in every way."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from organizer.domain.collection import COLUMNS
from organizer.errors import Conflict, OrganizerError, UnreadableFile
from organizer.services import finding, merging, undoing
from organizer.services.paper import collecting
from organizer.services.paper.collecting import Taken
from organizer.services.survey import recording
from organizer.services.workspace import Workspace
from organizer.store import facts, places, sheets, visits
from tests.support.offices import Template, make_office
from tests.support.streets import ROUND, STREET, lay_out, two_laptops

HEADER, FIRST = 3, 4
NAMES = ("九号试样外间", "九号试样里间", "二号试样饭店", "十号试样饭店")
"""The units in walking order, from the first row on."""

AT = {column.title: place for place, column in enumerate(COLUMNS, 1)}


@pytest.fixture
def street(office: Workspace) -> dict[str, bytes]:
    return lay_out(office)


@pytest.fixture
def book(office: Workspace, street: dict[str, bytes], tmp_path: Path) -> Path:
    """The workbook of the street as it is handed out."""
    out = tmp_path / "采集表.xlsx"
    made = collecting.make(office, street[STREET], out)
    assert (made.name, made.units, made.blanks) == (STREET, 4, 20)
    return out


def day(office: Workspace, ago: int = 0) -> str:
    return (office.today - timedelta(ago)).isoformat()


def fill(book: Path, rows: Mapping[int, Mapping[str, Any]], name: str = "填好.xlsx") -> Path:
    """The workbook with values typed into rows (from `FIRST` on), by the title of the column."""
    return spoil(book, lambda sheet: type_into(sheet, rows), name)


def type_into(sheet: Any, rows: Mapping[int, Mapping[str, Any]]) -> None:
    for row, values in rows.items():
        for title, value in values.items():
            sheet.cell(row, AT[title]).value = value


def spoil(book: Path, act: Callable[[Any], object], name: str = "改过.xlsx") -> Path:
    opened = openpyxl.load_workbook(book)
    act(opened["采集表"])
    target = book.with_name(name)
    opened.save(target)
    return target


def known(office: Workspace, employer: bytes) -> dict[str, str]:
    found = office.database.read(lambda c: facts.current(c, employer, departments=True))
    return {name: fact.value for name, fact in found.items()}


def visited(office: Workspace, employer: bytes) -> list[tuple[str, str]]:
    rows = office.database.read(lambda c: visits.of_employer(c, employer))
    return [(row.outcome, row.visited_on) for row in rows]


def told(taken: Taken) -> list[str]:
    return [problem.sentence() for problem in taken.problems]


def test_what_is_handed_out_is_locked_but_for_the_cells_to_fill(book: Path) -> None:
    opened = openpyxl.load_workbook(book)
    sheet = opened["采集表"]
    assert [opened[name].sheet_state for name in ("选项", "标识")] == ["hidden", "hidden"]
    assert sheet.protection.sheet and opened.security.lockStructure
    assert [sheet.cell(HEADER, AT[title]).value for title in AT] == list(AT)
    assert [sheet.cell(row, AT["单位名称"]).value for row in range(4, 8)] == list(NAMES)
    open_ = [title for title in AT if not sheet.cell(FIRST, AT[title]).protection.locked]
    assert open_ == [column.title for column in COLUMNS if column.key not in
                     ("code", "door", "name", "uscc", "last", "check")]  # fmt: skip
    new = [title for title in AT if not sheet.cell(8, AT[title]).protection.locked]
    assert new == [column.title for column in COLUMNS if column.key not in
                   ("code", "last", "check")]  # fmt: skip
    assert sheet.cell(FIRST, AT["统一社会信用代码"]).number_format == "@"
    lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert len(lists) == 5 and all("选项" in rule.formula1 for rule in lists)
    assert "FIND" in sheet.cell(FIRST, AT["核对"]).value


def test_a_filled_row_becomes_a_visit_with_its_facts(
    office: Workspace, street: dict[str, bytes], book: Path
) -> None:
    filled = fill(book, {
        4: {"走访结果": "1已访", "走访日期": day(office, 2), "职工总数": 23, "女职工": 11,
            "建会状态": "4未建会(有意愿)", "单位意愿": "愿意", "未建会原因": "1人数少",
            "下次走访日期": "2030-01-05", "接待人": "王样", "备注": "改日再谈"},
        6: {"走访结果": "2无人", "走访日期": day(office)},
    })  # fmt: skip
    taken = collecting.read(office, filled)
    assert (taken.taken, taken.corrected, taken.again, told(taken)) == (2, 0, 0, [])
    first, third = street[NAMES[0]], street[NAMES[2]]
    assert known(office, first) == {
        "operating_state": "normal", "staff_total": "23", "staff_women": "11", "union_state": "4",
        "employer_willing": "yes", "no_union_reason": "1", "next_visit_on": "2030-01-05",
    }  # fmt: skip
    assert visited(office, first) == [("1", day(office, 2))]
    assert visited(office, third) == [("2", day(office))]
    assert visited(office, street[NAMES[1]]) == []


def test_read_twice_nothing_is_doubled_and_a_change_corrects(
    office: Workspace, street: dict[str, bytes], book: Path
) -> None:
    said = {"走访结果": "1已访", "走访日期": day(office), "职工总数": 23}
    collecting.read(office, fill(book, {4: said}))
    # Filled further, in any order, and read again: only what is new or changed is taken.
    more: dict[int, dict[str, Any]] = {7: {"走访结果": "3拒访", "走访日期": day(office)}, 4: said}
    again = collecting.read(office, fill(book, more))
    assert (again.taken, again.corrected, again.again) == (1, 0, 1)
    changed = collecting.read(office, fill(book, {**more, 4: {**said, "职工总数": 32}}))
    assert (changed.taken, changed.corrected, changed.again) == (0, 1, 1)
    first = street[NAMES[0]]
    assert known(office, first)["staff_total"] == "32" and len(visited(office, first)) == 1
    # The older state of the file says something else again, and stands as told last.
    back = collecting.read(office, fill(book, {4: said}))
    assert (back.corrected, known(office, first)["staff_total"]) == (1, "23")
    # Another day is another visit.
    later = collecting.read(office, fill(book, {4: {**said, "走访日期": day(office, 1)}}))
    assert (later.taken, len(visited(office, first))) == (1, 2)


def test_one_undo_takes_a_whole_file_back_and_reading_brings_it_again(
    office: Workspace, street: dict[str, bytes], book: Path
) -> None:
    said = {"走访结果": "1已访", "走访日期": day(office)}
    rows: dict[int, dict[str, Any]] = {
        4: said,
        5: said,
        8: {**said, "门牌": "77号", "单位名称": "试样新店"},
    }
    filled = fill(book, rows)
    assert collecting.read(office, filled).taken == 3
    undoing.take_back(office)
    assert [visited(office, street[name]) for name in NAMES] == [[], [], [], []]
    assert finding.employer_by_name(office, "试样新店") is None
    once_more = collecting.read(office, filled)
    assert (once_more.taken, told(once_more)) == (3, [])
    assert finding.employer_by_name(office, "试样新店") is not None
    assert collecting.read(office, filled).again == 3


def test_a_unit_on_no_list_is_made_once_and_its_row_stays_its_own(
    office: Workspace, street: dict[str, bytes], book: Path
) -> None:
    new = {"门牌": "77号", "单位名称": "试样新店", "走访结果": "7新增", "走访日期": day(office, 1),
           "职工总数": 6}  # fmt: skip
    assert collecting.read(office, fill(book, {8: new})).taken == 1
    made = finding.employer_by_name(office, "试样新店")
    assert made is not None and known(office, made)["staff_total"] == "6"
    assert visited(office, made) == [("7", day(office, 1))]
    assert collecting.read(office, fill(book, {8: new})).again == 1
    later = {**new, "走访结果": "1已访", "走访日期": day(office), "职工总数": 8}
    assert collecting.read(office, fill(book, {8: later})).taken == 1
    assert known(office, made)["staff_total"] == "8" and len(visited(office, made)) == 2


def test_numbers_and_dates_are_understood_however_they_are_typed(
    office: Workspace, street: dict[str, bytes], book: Path
) -> None:
    on = office.today
    filled = fill(book, {
        4: {"走访结果": "1", "走访日期": on.strftime("%Y.%m.%d"), "职工总数": "２３人", "女职工": "11"},
        5: {"走访结果": 1, "走访日期": on.strftime("%Y年%m月%d日"), "职工总数": 7.0},
        6: {"走访结果": "已访", "走访日期": on, "职工总数": "1,200", "单位意愿": " 愿意 "},
        7: {"走访结果": "１已访", "走访日期": int(on.strftime("%Y%m%d")), "职工总数": " 9 "},
    })  # fmt: skip
    taken = collecting.read(office, filled)
    assert (taken.taken, told(taken)) == (4, [])
    counts = [known(office, street[name])["staff_total"] for name in NAMES]
    assert counts == ["23", "7", "1200", "9"]
    assert {visited(office, street[name])[0][1] for name in NAMES} == {on.isoformat()}


SENTENCES: tuple[tuple[dict[str, object], str], ...] = (
    ({"职工总数": 2.1e17}, "第 4 行“职工总数”：“2.1E+17”不是人数，请只填数字，如 23。"),
    ({"职工总数": "约30"}, "第 4 行“职工总数”：“约30”不是人数，请只填数字，如 23。"),
    ({"女职工": 2.5}, "第 4 行“女职工”：“2.5”不是人数，请只填数字，如 23。"),
    ({"建会状态": "有了"}, "第 4 行“建会状态”：“有了”不在这一列的选项里，请从下拉列表里选。"),
    ({"走访结果": "8无单位"},
     "第 4 行“走访结果”：“8无单位”不在这一列的选项里，请从下拉列表里选。"),
    ({"走访结果": None}, "第 4 行“走访结果”：填了内容，却没有选走访结果；请在“走访结果”一列里选一项。"),
    ({"走访日期": None}, "第 4 行“走访日期”：走访日期还没有填；请填上门那天的日期，如 2026-11-20。"),
)  # fmt: skip


@pytest.mark.parametrize(("wrong", "sentence"), SENTENCES)
def test_a_bad_cell_is_told_by_row_and_column_and_keeps_only_its_row_out(
    office: Workspace,
    street: dict[str, bytes],
    book: Path,
    wrong: dict[str, object],
    sentence: str,
) -> None:
    good = {"走访结果": "1已访", "走访日期": day(office), "职工总数": 5}
    taken = collecting.read(office, fill(book, {4: {**good, **wrong}, 5: good}))
    assert (taken.taken, told(taken)) == (1, [sentence])
    assert visited(office, street[NAMES[0]]) == []
    assert visited(office, street[NAMES[1]]) == [("1", day(office))]


def test_days_outside_the_round_and_unreadable_days_are_told(
    office: Workspace, street: dict[str, bytes], book: Path
) -> None:
    said = {"走访结果": "1已访"}
    ahead, early = day(office, -1), day(office, 50)
    taken = collecting.read(office, fill(book, {
        4: {**said, "走访日期": ahead}, 5: {**said, "走访日期": early}, 6: {**said, "走访日期": "11-20"},
    }))  # fmt: skip
    sentences = told(taken)
    assert taken.taken == 0 and len(sentences) == 3
    assert all(s.startswith(f"第 {row} 行“走访日期”：") for row, s in enumerate(sentences, 4))
    assert ahead in sentences[0] and "早于本批次开始日" in sentences[1]
    # With a day named for all, rows without one are taken.
    rows = fill(book, {4: said})
    assert collecting.read(office, rows, on=date.fromisoformat(day(office, 3))).taken == 1
    assert visited(office, street[NAMES[0]]) == [("1", day(office, 3))]


def test_more_women_than_staff_are_taken_and_said(
    office: Workspace, street: dict[str, bytes], book: Path
) -> None:
    said = {"走访结果": "1已访", "走访日期": day(office), "职工总数": 1, "女职工": 14}
    taken = collecting.read(office, fill(book, {4: said}))
    assert taken.taken == 1
    assert taken.remarks == (
        "第 4 行“女职工”比“职工总数”多，已照填的收下，请核对；填错了改好再读一次。",
    )


def test_a_number_that_a_spreadsheet_has_cut_is_never_guessed(
    office: Workspace, street: dict[str, bytes], book: Path
) -> None:
    new = {"门牌": "77号", "单位名称": "试样新店", "走访结果": "7新增", "走访日期": day(office),
           "统一社会信用代码": 9.12101060123457e17}  # fmt: skip
    (sentence,) = told(collecting.read(office, fill(book, {8: new})))
    assert (
        sentence.startswith("第 8 行“统一社会信用代码”：")
        and finding.find(office, "试样新店") == []
    )
    (nameless,) = told(collecting.read(office, fill(book, {8: {**new, "单位名称": None,
                                                               "统一社会信用代码": None}})))  # fmt: skip
    assert nameless.startswith("第 8 行“单位名称”：")


# What people do to a file


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
    assert f"“{NAMES[0]}”，表里却写着“{NAMES[1]}”，怕是贴错了行" in told(taken)[0]


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
