import csv
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer import resources
from organizer.domain.address import parse_address
from organizer.domain.division import Divisions
from organizer.domain.place import may_contain, sort_key

REAL = Path(__file__).parent.parent / "golden" / "addresses_real.csv"
# One county of each city, as the home of an office there.
HOMES = {"2101": "210106", "2102": "210204", "2106": "210603", "2107": "210711", "2108": "210802",
         "2112": "211202"}  # fmt: skip

_divisions = Divisions.from_rows(resources.rows("divisions", "liaoning_2023.csv"))


def read(text, home=None):
    return parse_address(text, _divisions, home)


def steps_of(address):
    return "|".join(f"{step.kind}:{step.name}" for step in address.steps)


def codes_of(address):
    return {note.code.removeprefix("address.") for note in address.notes}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The irregular ones that surveyors write.
        ("铁西区兴工街16号3-2-1", "street:兴工街|building:16号|door:3-2-1"),
        ("兴华北街8甲1号", "street:兴华北街|building:8甲1号"),
        ("沈辽路与保工街交汇处", "crossing:沈辽路与保工街交汇处"),
        ("沈辽路保工街路口", "crossing:沈辽路保工街路口"),
        ("万达写字楼B座1507", "tower:万达写字楼|building:B座|door:1507"),
        ("市场二楼A12", "tower:市场|floor:二楼|door:A12"),
        ("原纺织厂院内", "building:原纺织厂院内"),
        ("盖家村三组", "village_group:盖家村三组"),
        ("第三村民组12号", "village_group:第三村民组|building:12号"),
        ("西山屯", "village_group:西山屯"),
        ("二纬路美团云峰站点", "street:二纬路|station:美团云峰站点"),
        # House numbers.
        ("建设中路38号", "street:建设中路|building:38号"),
        ("建设中路38", "street:建设中路|building:38"),
        ("兴工街12-1号", "street:兴工街|building:12-1号"),
        ("兴工街6-8号", "street:兴工街|building:6-8号"),
        ("兴工街9号甲", "street:兴工街|building:9号甲"),
        ("兴工街9号副1", "street:兴工街|building:9号副1"),
        ("兴工街9号之1", "street:兴工街|building:9号之1"),
        ("兴工街20号（1门）", "street:兴工街|building:20号|door:1门"),
        ("铁西区兴工街１６号３－２－１", "street:兴工街|building:16号|door:3-2-1"),
        ("兴工街 16 号 3-2-1", "street:兴工街|building:16号|door:3-2-1"),
        ("兴工街16-3-2-1", "street:兴工街|building:16|door:3-2-1"),
        ("大北街88号火神庙巷一号", "street:大北街|building:88号|street:火神庙巷|building:一号"),
        # Blocks, units, floors and doors.
        ("3栋2单元501", "building:3栋|door:2单元501"),
        ("A座12层1203室", "building:A座|floor:12层|door:1203室"),
        ("地下一层", "floor:地下一层"),
        ("负一层", "floor:负一层"),
        ("万达广场负一楼", "tower:万达广场|floor:负一楼"),
        ("万达广场十二层", "tower:万达广场|floor:十二层"),
        ("万达广场2号门", "tower:万达广场|door:2号门"),
        ("工人新村3号楼1单元", "tower:工人新村|building:3号楼|door:1单元"),
        ("五爱市场A馆3楼301", "tower:五爱市场|building:A馆|floor:3楼|door:301"),
        ("腾飞一街18-6号3门", "street:腾飞一街|building:18-6号|door:3门"),
        ("铁百商业街12号商铺", "street:铁百商业街|door:12号商铺"),
        # Lanes, and names that hold another kind's ending.
        ("前进里3巷5号", "street:前进里|street:3巷|building:5号"),
        ("兴华南街地下通道", "street:兴华南街|building:地下通道"),
        ("软件园东路40号", "street:软件园东路|building:40号"),
        ("工业园区兴达路8号", "tower:工业园区|street:兴达路|building:8号"),
        ("二道街5号", "street:二道街|building:5号"),
        ("人民路1段2号", "street:人民路1段|building:2号"),
        ("沈阳路12号", "street:沈阳路|building:12号"),
    ],
)
def test_steps_are_read(text, expected):
    address = read(text)
    assert steps_of(address) == expected
    assert address.rest == ""
    assert address.raw == text
    assert all(step.sort_key == sort_key(step.kind, step.name) for step in address.steps)


@pytest.mark.parametrize(
    "separator", ["；", ";", "/", "、", "或", " 沈阳市铁西区", "，沈阳市铁西区"]
)
def test_the_first_of_two_addresses_is_read_and_the_second_kept(separator):
    text = f"沈阳市铁西区兴工街16号{separator}建设中路5号"
    address = read(text)
    assert steps_of(address) == "street:兴工街|building:16号"
    assert address.other.endswith("建设中路5号")
    assert "second_address" in codes_of(address)


@pytest.mark.parametrize(
    "text", ["大街南、火山大街东交汇处", "天赐街7-3号3/4/5号门", "兴工街16号，新创大厦"]
)
def test_a_list_is_not_a_second_address(text):
    address = read(text)
    assert address.other == ""
    assert address.rest == ""


@pytest.mark.parametrize(
    ("text", "noise"),
    [
        ("沈阳市铁西区兴工街16号 13900000000", "13900000000"),
        ("沈阳市铁西区兴工街16号电话024-25000000", "电话024-25000000"),
        ("沈阳市铁西区兴工街16号人事部", "人事部"),
        ("沈阳市铁西区兴工街16号（邮编：110000）", "邮编:110000"),
        ("沈阳市铁西区兴工街16号（110144）", "110144"),
    ],
)
def test_what_is_no_address_is_told(text, noise):
    address = read(text)
    assert steps_of(address) == "street:兴工街|building:16号"
    [note] = [note for note in address.notes if note.code == "address.contact"]
    assert note.facts["text"] == noise


@pytest.mark.parametrize(
    ("text", "landmark"),
    [
        ("兴工街16号（工人会堂对面）", "工人会堂对面"),
        ("朝阳路三高中南侧", "三高中南侧"),
        ("胜利大街与三经街路口东行50米", "东行50米"),
        ("新城路中段2乙号楼", "中段"),
    ],
)
def test_landmarks_are_kept_apart(text, landmark):
    assert read(text).landmark == landmark


def test_a_line_without_county_lies_in_the_office_s_division_and_says_so():
    bare = read("兴工街16号", "210106003")
    assert bare.division_code == "210106003"
    [note] = bare.notes
    assert (note.code, note.facts["name"]) == ("address.home_assumed", "沈阳市铁西区工人村街道")
    city_only = read("沈阳市兴工街16号", "210106000000")
    assert city_only.division_code == "210106"
    named = read("铁西区兴工街16号", "210106003")
    assert named.division_code == "210106"
    other_city = read("大连市会展路129号", "210106")
    assert (other_city.division_code, codes_of(other_city)) == ("2102", {"county_missing"})
    elsewhere = read("天津市和平区南京路1号", "210106")
    assert (elsewhere.division_code, "elsewhere" in codes_of(elsewhere)) == ("", True)
    shared = read("和平区南京路1号", "210204")
    assert (shared.division_code, codes_of(shared)) == ("", {"ambiguous_division"})


def test_doubts_are_told():
    assert "fullwidth" in codes_of(read("兴工街１６号"))
    assert "fullwidth" not in codes_of(read("兴工街16号（一门）"))
    assert "range_or_branch" in codes_of(read("兴工街6-8号"))
    assert "range_or_branch" not in codes_of(read("兴工街12-1号"))
    typo = read("大连甘井区金三角广场")
    assert typo.rest == "甘井区"
    assert {"unknown_division", "not_understood", "county_missing"} <= codes_of(typo)
    deeper = read("大连金州区盛兴路19-1号（得胜街道西沟村）")
    assert deeper.division_code == "210213025207"


def real_rows():
    with REAL.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("row", real_rows(), ids=lambda row: row["address_raw"][:20])
def test_real_addresses_are_read_as_reviewed(row):
    address = read(row["address_raw"])
    assert address.raw == row["address_raw"]
    assert "".join(part.text for part in address.parts) == row["address_raw"]
    assert address.division_code == row["division_code"]
    read_as = (steps_of(address), address.landmark, address.other, address.rest)
    expected = (row["steps"], row["landmark"], row["other"], row["rest"])
    assert (read_as == expected) == (row["known_gap"] == "")


def test_nearly_all_real_addresses_get_a_county():
    rows = real_rows()
    from_text = sum(len(read(row["address_raw"]).division_code) >= 6 for row in rows)
    with_home = sum(
        len(read(row["address_raw"], HOMES.get(row["division_code"][:4], "210204")).division_code)
        >= 6
        for row in rows
    )
    assert len(rows) == 145
    assert from_text >= 0.84 * len(rows)
    assert with_home >= 0.98 * len(rows)


pieces = st.sampled_from(
    ["辽宁省", "沈阳市", "大连", "铁西区", "和平区", "工人村街道", "张士村", "开发区", "兴工街", "沈辽路", "与", "交汇处",
     "16号", "8甲1号", "6-8号", "3栋", "A座", "二楼", "地下", "一层", "3-2-1", "1507", "单元", "万达", "广场",
     "市场", "院内", "对面", "（", "）", "(", ")", "；", "/", "、", "或", "，", " ", "\u3000", "\n", "人事部",
     "13900000000", "三组", "里", "中段", "-", "#", "１６", "Ａ", "有限公司", "𠮷", "é", "²", "٣"]
)  # fmt: skip
lines = st.one_of(st.lists(pieces, max_size=14).map("".join), st.text(max_size=60))
homes = st.sampled_from([None, "21", "2102", "210106", "210303000000", "210106003"])


@given(lines, homes)
def test_no_line_crashes_or_loses_text(text, home):
    address = read(text, home)
    assert address.raw == text
    assert "".join(part.text for part in address.parts) == text
    kinds = ["division", *(step.kind for step in address.steps)]
    assert all(may_contain(*pair) for pair in pairwise(kinds))
    assert all(step.name for step in address.steps)
    assert address.division_code == "" or address.division_code in _divisions
