"""Profiles are data, and data is checked."""

from dataclasses import fields
from pathlib import Path

import pytest

from organizer import resources
from organizer.errors import UnreadableFile
from organizer.registry.layout import file_name, split_members
from organizer.registry.profile import SOURCES, Profile, bundled, load
from organizer.registry.row import RegistryMember
from tests.registry.synthetic import MakeMember

BUNDLED = resources.path("profiles", "ref-20col.toml")


def test_the_bundled_layout_says_it_is_unverified() -> None:
    (profile,) = bundled()
    assert profile.id == "ref-20col"
    assert not profile.verified
    assert "参考样式（未经辽宁核实）" in profile.name
    assert len(profile.columns) == 20


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ("max_rows = 100000", 'max_rows = "很多"', "max_rows"),
        ("max_rows = 100000", "max_row = 100000", "max_row"),
        ("max_rows = 100000\n", "", "max_rows"),
        ('file_type = "xlsx"', 'file_type = "xls"', "file_type"),
        ("first_data_row = 5", "first_data_row = 6", "first_data_row"),
        ('header = "姓名"', 'heading = "姓名"', "columns[1].heading"),
        ('source = "name"', 'source = "nickname"', "columns[1].source"),
        ('source = "mobile"', 'source = "name"', "columns.source"),
        ('header = "籍贯"', 'header = "姓名"', "columns.header"),
        ('labels = "ethnic"\n', "", "columns[4].labels"),
        ('labels = "ethnic"\n', 'labels = "nation"\n', "columns[4].labels"),
        ('default = "在岗"', 'default = "上班"', "columns[5].default"),
        ("last = 13", "last = 14", "head[3]"),
        ("last = 16", "last = 12", "head[3]"),
        ("last = 16", "last = 14", "head[3]"),
        ("row = 3", "row = 4", "head[2]"),
        ('when_empty = "导入当天的日期"', 'default = "20260101"', "columns[14].default"),
        ("{union}", "{name}", "file_name"),
        ("{union}", "{}", "file_name"),
        ("{union}", "{union.x}", "file_name"),
        ('["是", "否"]', '["是"]', "yes_no"),
    ],
)
def test_a_wrong_key_is_named(tmp_path: Path, before: str, after: str, key: str) -> None:
    text = BUNDLED.read_text("utf-8")
    assert before in text
    path = tmp_path / "我的模板.toml"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(UnreadableFile) as caught:
        load(path)
    assert caught.value.code == "registry.profile_key"
    assert caught.value.facts == {"file": "我的模板.toml", "key": key}


def test_columns_can_show_every_field_of_a_member() -> None:
    shown = set().union(*SOURCES.values()) - {""}
    assert shown == {field.name for field in fields(RegistryMember)} - {"key", "union_name"}


@pytest.mark.parametrize("content", [b"id = ", "id = '示例'".encode("gbk")])
def test_what_is_no_profile_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=r"registry\.profile_unreadable"):
        load(path)
    with pytest.raises(UnreadableFile, match=r"registry\.profile_unreadable"):
        load(tmp_path / "没有.toml")


def test_the_fingerprint_follows_the_content_only(tmp_path: Path, ref_20col: Profile) -> None:
    text = BUNDLED.read_text("utf-8")
    path = tmp_path / "x.toml"
    path.write_bytes(("# 注释\n" + text).replace("\n", "\r\n").encode())
    assert load(path).sha256 == ref_20col.sha256
    path.write_text(text.replace("max_length = 50", "max_length = 51"), encoding="utf-8")
    assert load(path).sha256 != ref_20col.sha256


def test_one_file_holds_one_union_and_no_more_than_allowed(
    tmp_path: Path, make_member: MakeMember
) -> None:
    path = tmp_path / "x.toml"
    text = BUNDLED.read_text("utf-8").replace("max_rows = 100000", "max_rows = 2")
    path.write_text(text, encoding="utf-8")
    unions = ["甲工会", "乙工会", "甲工会", "甲工会"]
    members = [make_member(n, union_name=union) for n, union in enumerate(unions)]
    files = [
        (union, part, [member.key for member in found])
        for union, part, found in split_members(load(path), members)
    ]
    assert files == [
        ("甲工会", 1, ["m0", "m2"]),
        ("甲工会", 2, ["m3"]),
        ("乙工会", 1, ["m1"]),
    ]


def test_file_names_are_safe_and_tell_long_unions_apart(ref_20col: Profile) -> None:
    name = file_name(ref_20col, union="示例/市:工会", batch="2026-11", part=1)
    assert name == "会员导入_示例_市_工会_2026-11_1.xlsx"
    town = "示例" * 60
    names = {
        file_name(ref_20col, union=town + f"第{n}分会", batch="2026-11", part=1) for n in (1, 2)
    }
    assert len(names) == 2
    assert all(len(name.encode()) <= 255 for name in names)
