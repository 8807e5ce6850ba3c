"""Every member of an exported file arrives on a platform that takes its rules literally."""

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from organizer.jobs import Silent
from organizer.registry.export import export
from organizer.registry.precheck import precheck
from organizer.registry.profile import Profile
from organizer.registry.row import RegistryMember, render
from tests.registry.synthetic import MakeMember
from tests.support.literal_reader import (
    FileRefusedError,
    ReadMember,
    RowRefusedError,
    read_members,
)


def send(profile: Profile, members: list[RegistryMember], folder: Path) -> Path:
    rows = [render(profile, member) for member in members]
    return export(profile, rows, folder, "批次.xlsx", Silent()).path


def arrived(member: RegistryMember, **codes: str) -> ReadMember:
    """What the platform should now hold of a member made by `make_member`."""
    born = member.born_on or date.fromisoformat(
        f"{member.id_number[6:10]}-{member.id_number[10:12]}-{member.id_number[12:14]}"
    )
    values = {
        "name": member.name,
        "sex": "1",
        "born": born.strftime("%Y%m%d"),
        "ethnic": "11",
        "employment": "1",
        "paper": "01",
        "id_number": member.id_number,
        "education": "31",
        "skill": "1",
        "mobile": member.mobile,
        "household": "2",
        "household_place": member.household_place,
        "change": "1",
        "changed": "20261101",
        "reason": "",
        "political": "13",
        "employer": member.employer,
        "native_place": member.native_place,
        "migrant": "1",
    }
    return ReadMember(**{**values, **codes})


def test_every_member_arrives_also_the_last(
    ref_20col: Profile, make_member: MakeMember, tmp_path: Path
) -> None:
    members = [make_member(serial) for serial in range(1, 301)]
    assert not any(precheck(ref_20col, member) for member in members)
    read = read_members(send(ref_20col, members, tmp_path))
    assert read == [arrived(member) for member in members]


def test_labels_arrive_as_the_codes_they_mean(
    ref_20col: Profile, make_member: MakeMember, tmp_path: Path
) -> None:
    leaving = make_member(
        sex="女",
        ethnic="锡伯",
        employment_state="",
        education="本科",
        skill_level="学徒工",
        household_kind="城镇",
        change_kind="退会",
        change_reason="自动退会",
        political="中国共产党党员",
        migrant=False,
    )
    moving = make_member(
        2, change_kind="转出", change_reason="劳动（工作）关系发生变化", born_on=None
    )
    read = read_members(send(ref_20col, [leaving, moving], tmp_path))
    assert read == [
        arrived(
            leaving,
            sex="2",
            ethnic="38",
            education="21",
            skill="",
            household="1",
            change="6",
            reason="5",
            political="01",
            migrant="0",
        ),
        arrived(moving, change="4", reason="1"),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "王𠮷䶮㛃𱁬"},
        {"name": "阿卜杜拉·买买提艾力吐尔逊江古丽巴哈尔娜孜热依木"},
        {"employer": "示例市" + "示例物流与配送服务有限责任公司第一分公司" * 10},
        {"employer": "=cmd|' /C calc'!A0"},
        {"employer": "+86 示例"},
        {"employer": "-1"},
        {"employer": "@SUM(A1)"},
        {"employer": "_x0041_示例"},
        {"employer": "<示例> & “示例”"},
        {"employer": " 示例  单位 "},
        {"employer": "00123"},
        {"native_place": "http://example.invalid/示例"},
    ],
    ids=lambda changes: next(iter(changes.values()))[:12],
)
def test_odd_texts_arrive_unchanged(
    ref_20col: Profile, make_member: MakeMember, tmp_path: Path, changes: dict[str, str]
) -> None:
    member = make_member(**changes)
    assert read_members(send(ref_20col, [member], tmp_path)) == [arrived(member)]


HANZI = st.characters(categories=["Lo"], min_codepoint=0x3400, max_codepoint=0x323AF)


@settings(max_examples=25, deadline=None)
@given(names=st.lists(st.text(HANZI, min_size=1, max_size=25), min_size=1, max_size=8))
def test_any_hanzi_name_arrives(
    ref_20col: Profile, make_member: MakeMember, names: list[str]
) -> None:
    members = [make_member(serial, name=name) for serial, name in enumerate(names, start=1)]
    with tempfile.TemporaryDirectory() as folder:
        read = read_members(send(ref_20col, members, Path(folder)))
    assert [member.name for member in read] == names


def test_ids_and_phones_are_text_cells_for_office_programs(
    ref_20col: Profile, make_member: MakeMember, tmp_path: Path
) -> None:
    member = make_member()
    sheet = load_workbook(send(ref_20col, [member], tmp_path))["会员信息"]
    header = [cell.value for cell in sheet[4]]
    for title, text in (("证件号码", member.id_number), ("移动电话", member.mobile)):
        cell = sheet.cell(5, header.index(title) + 1)
        assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")


def test_layout_is_the_known_one(
    ref_20col: Profile, make_member: MakeMember, tmp_path: Path
) -> None:
    sheet = load_workbook(send(ref_20col, [make_member(1), make_member(2)], tmp_path)).active
    assert [cell.value for cell in sheet[4]] == [
        "序号",
        "姓名",
        "性别",
        "出生日期",
        "民族",
        "就业状况",
        "有效证件类别",
        "证件号码",
        "学历",
        "技能等级",
        "移动电话",
        "户籍类型",
        "户籍所在地",
        "会籍变化类型",
        "会籍变化日期",
        "会籍变化原因",
        "政治面貌",
        "工作单位",
        "籍贯",
        "是否农民工",
    ]
    assert [sheet.cell(row, 1).value for row in (5, 6)] == ["1", "2"]
    assert sheet.max_row == 7
    assert str(sheet.cell(7, 1).value).startswith("填表说明")
    assert {merge.max_row for merge in sheet.merged_cells.ranges} == {1, 2, 3}


class TestTheReaderItself:
    """The reader refuses what the platform refuses; else the tests above could not fail."""

    def edited(self, path: Path, **cells: object) -> Path:
        book = load_workbook(path)
        for place, value in cells.items():
            book.active[place] = value
        book.save(path)
        return path

    def test_a_file_without_footer_loses_its_last_member(
        self, ref_20col: Profile, make_member: MakeMember, tmp_path: Path
    ) -> None:
        path = send(ref_20col, [make_member(1), make_member(2)], tmp_path)
        book = load_workbook(path)
        book.active.delete_rows(7)
        book.save(path)
        assert [member.name for member in read_members(path)] == ["示例1"]

    def test_a_merge_among_the_members_is_refused(
        self, ref_20col: Profile, make_member: MakeMember, tmp_path: Path
    ) -> None:
        path = send(ref_20col, [make_member()], tmp_path)
        book = load_workbook(path)
        book.active.merge_cells("R5:S5")
        book.save(path)
        with pytest.raises(FileRefusedError):
            read_members(path)

    @pytest.mark.parametrize(
        ("place", "value"),
        [("H5", "219900197102021235"), ("H5", 12345), ("K5", None), ("E5", "满"), ("C5", "男")],
    )
    def test_a_wrong_cell_is_refused(
        self,
        ref_20col: Profile,
        make_member: MakeMember,
        tmp_path: Path,
        place: str,
        value: object,
    ) -> None:
        path = send(ref_20col, [make_member()], tmp_path)
        with pytest.raises(RowRefusedError):
            read_members(self.edited(path, **{place: value}))
