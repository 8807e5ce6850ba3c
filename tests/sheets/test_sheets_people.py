"""People in whatever is pasted: cells with and without headings, lines of a chat, cards."""

from pathlib import Path

import pytest

from organizer import resources
from organizer.domain.codelist import CodeList
from organizer.errors import UnreadableFile
from organizer.sheets.people import people_of_file, people_of_text
from tests.support.crowds import made_id, made_phone, ordinary, pasted


def codes(name: str) -> CodeList:
    return CodeList.from_rows(name, resources.rows("codelists", f"{name}.csv"), ())


LISTS = {"group_code": codes("group"), "household_kind": codes("household_kind")}
ID, OTHER = made_id(1), made_id(2, woman=True)


def read(text: str) -> list[dict[str, str]]:
    return [dict(entry.cells) for entry in people_of_text(text, LISTS).entries]


def test_cells_under_headings_are_read_by_them() -> None:
    found = people_of_text("快递员集中入会\n" + pasted(ordinary(2)) + "合计\t2人\n", LISTS)
    assert [entry.cells["name"] for entry in found.entries] == [one[0] for one in ordinary(2)]
    assert found.entries[0].cells["platform"] == "样例快递站"
    assert ("姓名", "name") in found.columns
    assert found.passed_over == 3  # title, headings, total


def test_cells_without_headings_are_told_by_their_contents() -> None:
    text = f"样例快递站\t张样甲\t男\t{ID}\t{made_phone(1)}\t快递员\n"
    text += f"样例快递站\t李𠮷\t女\t{OTHER}\t{made_phone(2)}\t快递员\n"
    assert read(text) == [
        {
            "name": name, "id_number": number, "phone": phone, "group_code": "快递员",
            "platform": "样例快递站",
        }
        for name, number, phone in (
            ("张样甲", ID, made_phone(1)), ("李𠮷", OTHER, made_phone(2)),
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        f"1、张样甲，{ID}，{made_phone(1)}",
        f"张样甲 {ID} {made_phone(1)}",
        f"{made_phone(1)} 张样甲 {ID[:6]} {ID[6:14]} {ID[14:]}",
        f"姓名：张样甲 身份证号：{ID} 电话：{made_phone(1)}",
        f"姓名：张样甲\n身份证号码：{ID}\n手机：{made_phone(1)}",
        f"张 样 甲\t{ID}\t{made_phone(1)}".replace("\t", "，"),
    ],
)
def test_a_line_of_a_chat_is_taken_apart(text: str) -> None:
    (found,) = read(f"大家好，请接龙\n\n{text}\n")[-1:]
    assert found == {"name": "张样甲", "id_number": ID, "phone": made_phone(1)}


def test_wrong_numbers_stay_where_they_belong() -> None:
    """They are told at their field, not lost or taken for something else."""
    (found,) = read(f"张样甲，{ID[:-1]}，1990000001")
    assert found == {"name": "张样甲", "id_number": ID[:-1], "phone": "1990000001"}


def test_long_names_and_several_cards_one_after_another() -> None:
    long_name = "阿卜杜热西提·买买提托合提阿卜杜热合曼江吐尔孙巴依"
    text = f"姓名：{long_name}\n身份证：{ID}\n\n姓名：王样乙\n身份证：{OTHER}\n"
    assert [one["name"] for one in read(text)] == [long_name, "王样乙"]


def test_two_tables_side_by_side_are_refused(tmp_path: Path) -> None:
    text = "姓名\t身份证号\t姓名\t身份证号\n" + f"张样甲\t{ID}\t王样乙\t{OTHER}\n"
    with pytest.raises(UnreadableFile) as refused:
        people_of_text(text, LISTS)
    assert refused.value.code == "sheets.side_by_side"
    assert "粘贴的内容" in refused.value.sentence()
    file = tmp_path / "员工名单.csv"
    file.write_text(text.replace("\t", ","), encoding="utf-8-sig")
    with pytest.raises(UnreadableFile) as refused:
        people_of_file(file, LISTS)
    assert refused.value.code == "sheets.side_by_side"
    # Without headings it shows as well: two id numbers in a row are two people.
    (entry,) = people_of_text(f"张样甲\t{ID}\t王样乙\t{OTHER}\n", LISTS).entries
    assert entry.doubled


def test_a_file_without_headings_and_one_without_people(tmp_path: Path) -> None:
    file = tmp_path / "名单.csv"
    file.write_text(f"张样甲,{ID}\n王样乙,{OTHER}\n", encoding="gb18030")
    assert [one.cells["name"] for one in people_of_file(file, LISTS).entries] == [
        "张样甲",
        "王样乙",
    ]
    file.write_text("1,2\n3,4\n", encoding="utf-8")
    with pytest.raises(UnreadableFile):
        people_of_file(file, LISTS)
