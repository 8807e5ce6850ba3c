"""A collection workbook handed out, filled, and taken back: partial, twice, spoilt in every way."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from organizer.domain.collection import COLUMNS
from organizer.services import finding, undoing
from organizer.services.paper import collecting
from organizer.services.survey import recording
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.store import visits
from tests.support.handed_out import AT, FIRST, HEADER, NAMES, day, fill, known, told, visited


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
    assert changed.remarks == () and "第 4 行和以前读过、后来又改过的一样" in back.remarks[0]
    # Another day is another visit.
    later = collecting.read(office, fill(book, {4: {**said, "走访日期": day(office, 1)}}))
    assert (later.taken, len(visited(office, first))) == (1, 2)


def test_what_was_put_right_by_hand_twice_is_not_read_again(
    office: Workspace, street: dict[str, bytes], book: Path
) -> None:
    unit = street[NAMES[0]]
    filled = fill(book, {4: {"走访结果": "1已访", "走访日期": day(office), "职工总数": 5}})
    collecting.read(office, filled)
    for staff in ("6", "7"):
        (wrong,) = office.database.read(lambda c: visits.of_employer(c, unit))
        order = VisitOrder(unit, "1", {"staff_total": staff}, corrects=wrong.id)
        recording.record_visit(office, order)
    again = collecting.read(office, filled)
    assert (again.taken, again.corrected, again.again) == (0, 0, 1)
    assert known(office, unit)["staff_total"] == "7"


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
