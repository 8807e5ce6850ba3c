import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.domain.house_number import HouseNumber, chinese_int
from organizer.domain.place import (
    KINDS,
    Place,
    floor_range,
    may_contain,
    natural_path,
    require_place,
    sort_key,
)
from organizer.errors import InvalidInput

STREET = bytes(range(16))


@pytest.mark.parametrize(
    ("text", "number", "side"),
    [
        ("16号", HouseNumber(16), "even"),
        ("１６号", HouseNumber(16), "even"),
        ("16", HouseNumber(16), "even"),
        ("18#", HouseNumber(18), "even"),
        ("二十三号", HouseNumber(23), "odd"),
        ("8甲1号", HouseNumber(8, "甲", 1), "even"),
        ("52甲号", HouseNumber(52, "甲"), "even"),
        ("9号甲", HouseNumber(9, "甲"), "odd"),
        ("9号副1", HouseNumber(9, "副", 1), "odd"),
        ("9号附1号", HouseNumber(9, "副", 1), "odd"),
        ("9号之2", HouseNumber(9, "之", 2), "odd"),
        ("12-1号", HouseNumber(12, "-", 1), "even"),
        ("155-2号", HouseNumber(155, "-", 2), "odd"),
        ("12a号", HouseNumber(12, "A"), "even"),
        ("6-8号", HouseNumber(6, end=8), "even"),
        ("6号至9号", HouseNumber(6, end=9), None),
        ("6~8号", HouseNumber(6, end=8), "even"),
    ],
)
def test_house_numbers_are_read(text, number, side):
    assert HouseNumber.parse(text) == number
    assert number.side == side


@pytest.mark.parametrize(
    "text", ["", "号", "A座", "3-2-1", "8至6号", "万达", "16号楼", "1234567号"]
)
def test_what_is_no_house_number_is_not_read_as_one(text):
    assert HouseNumber.parse(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("九十九", 99), ("一百", 100), ("一百零五", 105),
     ("一百二十", 120), ("一百一十五", 115), ("一〇五", 105), ("两", 2),
     ("一百二", None), ("十十", None), ("百", None), ("", None), ("甲", None)],
)  # fmt: skip
def test_chinese_numerals_are_read(text, value):
    assert chinese_int(text) == value


branches = st.one_of(
    st.just(("", 0)),
    st.tuples(st.sampled_from("甲乙丙丁戊己庚辛壬癸ABZ"), st.integers(0, 99_999)),
    st.tuples(st.sampled_from("副之-"), st.integers(0, 99_999)),
)
single_numbers = st.builds(
    lambda main, branch: HouseNumber(main, *branch), st.integers(0, 999_999), branches
)
ranges = st.builds(
    lambda main, more: HouseNumber(main, end=main + more),
    st.integers(0, 900_000),
    st.integers(1, 99_999),
)
house_numbers = st.one_of(single_numbers, ranges)


@given(st.lists(house_numbers, max_size=30))
def test_text_order_of_the_keys_is_the_order_of_the_numbers(numbers):
    by_key = sorted(numbers, key=lambda number: number.sort_key)
    assert [each.order for each in by_key] == sorted(each.order for each in numbers)


@given(house_numbers)
def test_a_number_written_out_is_read_back(number):
    # a-b on one side of the street is written for a range; such a branch cannot be told from it.
    same_side = number.branch == "-" and number.sub > number.main
    if not (same_side and (number.sub - number.main) % 2 == 0):
        assert HouseNumber.parse(number.text()) == number


def shuffled(names):
    mixed = list(names)
    random.Random(1).shuffle(mixed)
    return mixed


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (
            "building",
            ["2号", "8号", "8甲号", "8甲1号", "8甲2号", "8乙号", "8号副1", "8号之1", "8-1号", "9号", "10号",
             "100号", "123号楼", "A座", "B座", "原纺织厂院内"],
        ),
        ("floor", ["地下二层", "地下一层", "一楼", "2层", "3F", "十层", "十二层", "夹层"]),
        ("floor", ["B2层", "地下室", "1层"]),
        ("door", ["3-2-1", "3-2-10", "3-10-1", "101", "102室", "1001", "A2", "A12", "B1"]),
        ("street", ["一街", "二街"]),
        ("village_group", ["1组", "2组", "10组"]),
    ],
)  # fmt: skip
def test_siblings_stand_in_the_order_people_expect(kind, names):
    assert sorted(shuffled(names), key=lambda name: sort_key(kind, name)) == names


@pytest.mark.parametrize(
    ("name", "floors"),
    [("二楼", (2, 2)), ("12层", (12, 12)), ("28F", (28, 28)), ("地下一层", (-1, -1)), ("负一层", (-1, -1)),
     ("B1", (-1, -1)), ("-1层", (-1, -1)), ("24-25楼", (24, 25)), ("北一楼", (1, 1)), ("夹层", None),
     ("０", None)],
)  # fmt: skip
def test_floors_are_counted_from_the_ground(name, floors):
    assert floor_range(name) == floors


@pytest.mark.parametrize(
    ("kind", "spellings"),
    [
        ("building", ["16号", "１６号", "16#", "16 号", "十六号", "16號"]),
        ("building", ["9号甲", "9甲号", "9 甲 号"]),
        ("building", ["9号副1", "9号附1", "9号副1号"]),
        ("building", ["3栋", "3幢", "3号楼", "3#楼"]),
        ("building", ["A座", "a座", "Ａ座"]),
        ("floor", ["二楼", "2层", "2F", "第二层"]),
        ("floor", ["地下一层", "负一层", "B1", "-1层"]),
        ("door", ["902", "902室", "９０２ 室", "902房间"]),
        ("door", ["2单元501", "2-501", "2单元501室"]),
        ("tower", ["万达(铁西)广场", "万达（铁西）广场", "“万达”【铁西】广场", "万达 (铁西) 广场"]),
        ("street", ["兴工街", "兴 工 街"]),
    ],
)
def test_different_spellings_are_one_place(kind, spellings):
    assert len({natural_path(STREET, kind, each) for each in spellings}) == 1


def test_different_places_have_different_paths():
    paths = [
        natural_path(STREET, "building", "16号"),
        natural_path(STREET, "building", "16甲号"),
        natural_path(STREET, "building", "16号楼"),
        natural_path(STREET, "building", "6-8号"),
        natural_path(STREET, "building", "6号"),
        natural_path(STREET, "floor", "1层"),
        natural_path(STREET, "floor", "北一楼"),
        natural_path(STREET, "floor", "地下一层"),
        natural_path(STREET, "door", "1"),
        natural_path(STREET, "door", "3-2-1"),
        natural_path(STREET, "door", "3/2/1号门"),
        natural_path(bytes(16), "door", "1"),
        natural_path(None, "door", "1"),
    ]
    assert len(set(paths)) == len(paths)


@given(st.sampled_from(KINDS), st.text(max_size=20))
def test_any_name_has_a_key_and_a_path(kind, name):
    assert isinstance(sort_key(kind, name), str)
    assert natural_path(None, kind, name) == natural_path(None, kind, f" {name}\t")


def test_units_of_villages_without_streets_find_a_place():
    for kind in ("street", "crossing", "tower", "village_group", "station", "building", "door"):
        assert may_contain("division", kind)
    assert may_contain("village_group", "building")
    assert may_contain("village_group", "door")
    assert may_contain("street", "street")
    assert may_contain("building", "floor")
    assert may_contain("floor", "door")


def test_what_cannot_stand_there_is_refused():
    for parent in KINDS[1:]:
        assert not may_contain(parent, "division")
    assert not any(may_contain("door", kind) for kind in KINDS)
    with pytest.raises(InvalidInput) as wrong:
        require_place("floor", "street", "兴工街")
    assert (wrong.value.code, wrong.value.field) == ("place.wrong_parent", "parent")
    with pytest.raises(InvalidInput) as empty:
        require_place("street", "building", " 　")
    assert (empty.value.code, empty.value.field) == ("place.empty_name", "name")
    require_place("street", "building", "16号")


def test_a_place_takes_number_and_side_from_its_name():
    yard = Place.named(bytes(16), STREET, "building", "原纺织厂院内", "210106")
    assert (yard.number, yard.side) == ("", None)
    house = Place.named(bytes(16), STREET, "building", "9号甲", "210106", raw="兴工街9号甲")
    assert (house.number, house.side, house.raw) == ("9甲号", "odd", "兴工街9号甲")
    block = Place.named(bytes(16), STREET, "building", "23号楼", "210106")
    assert (block.number, block.side) == ("23号", None)
    assert block.division_code == "210106000000"
    street = Place.named(bytes(16), None, "street", "六号街", "210106")
    assert (street.number, street.side, street.sort_key) == ("", None, "六号街")
