"""Telephone numbers as they stand in rosters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.domain.phone import dropped_by_old_platforms, parse_mobile, parse_phones
from organizer.errors import InvalidInput

LIAONING_AREAS = (
    *("024", "0410", "0411", "0412", "0413", "0414", "0415"),
    *("0416", "0417", "0418", "0419", "0421", "0427", "0429"),
)


@pytest.mark.parametrize(
    "typed",
    [
        "138 1234 5678",
        "138-1234-5678",
        "８６13812345678",
        "8613812345678",
        "+8613812345678",
        "+86 138-1234-5678",
        "0086 138 1234 5678",
        "86138 1234 5678",
        "013812345678",
        "\u202d13812345678\u202c",
        "手机：13812345678",
        "'13812345678",
    ],
)
def test_a_mobile_is_read_through_its_dress(typed: str) -> None:
    found = parse_mobile(typed)
    assert found.number == "13812345678"


def test_a_plain_mobile_needs_no_note() -> None:
    assert parse_mobile("13812345678").notes == ()


def test_rewriting_is_told_with_both_forms() -> None:
    (note,) = parse_mobile("+86 138-1234-5678").notes
    assert note.code == "phone.rewritten"
    assert note.facts == {"typed": "+86 138-1234-5678", "number": "13812345678"}


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("024-23456789", "024-23456789"),
        ("02423456789", "024-23456789"),
        ("(024)23456789", "024-23456789"),
        ("（024）2345 6789", "024-23456789"),
        ("024－23456789", "024-23456789"),
        ("024—23456789", "024-23456789"),
        ("+86-24-23456789", "024-23456789"),
        ("0086 024 23456789", "024-23456789"),
        ("86-024-23456789", "024-23456789"),
        ("0411-8765 4321", "0411-87654321"),
        ("041187654321", "0411-87654321"),
        ("0421-2345678", "0421-2345678"),
        ("024-23456789转801", "024-23456789-801"),
        ("024-23456789-801", "024-23456789-801"),
        ("024-23456789 ext. 801", "024-23456789-801"),
        ("12351", "12351"),
        ("024-12351", "024-12351"),
        ("95588", "95588"),
        ("110", "110"),
        ("4001234567", "400-123-4567"),
        ("400-1234-567", "400-123-4567"),
    ],
)
def test_land_lines_and_service_lines(typed: str, number: str) -> None:
    found = parse_phones(typed)
    assert (found.mobiles, found.landlines) == ((), (number,))


@pytest.mark.parametrize("area", LIAONING_AREAS)
def test_every_area_code_of_liaoning(area: str) -> None:
    assert parse_phones(f"{area}2345678").landlines == (f"{area}-2345678",)


def test_a_missing_area_code_is_told() -> None:
    found = parse_phones("23456789")
    assert found.landlines == ("23456789",)
    assert [note.code for note in found.notes] == ["phone.no_area_code"]


@pytest.mark.parametrize(
    "typed",
    [
        "13812345678、13987654321",
        "13812345678/13987654321",
        "13812345678 13987654321",
        "13812345678\n13987654321",
        "1381234567813987654321",
        "13812345678，或13987654321",
        "13812345678；13987654321；13812345678",
    ],
)
def test_two_numbers_in_a_cell_are_both_kept_and_told(typed: str) -> None:
    found = parse_phones(typed)
    assert found.mobiles == ("13812345678", "13987654321")
    assert ("phone.several", {"count": 2}) in [(n.code, n.facts) for n in found.notes]


def test_a_mobile_and_a_land_line_part() -> None:
    found = parse_phones("024-23456789 13812345678")
    assert (found.mobiles, found.landlines) == (("13812345678",), ("024-23456789",))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "phone.empty"),
        (" 、", "phone.empty"),
        ("1381234567", "phone.mobile_length"),
        ("138123456789", "phone.mobile_length"),
        ("无", "phone.unknown"),
        ("张三13812345678", "phone.unknown"),
        ("12812345678", "phone.unknown"),
        ("024-1234567", "phone.unknown"),
        ("1381234567٨", "phone.unknown"),
        ("13812345678、无", "phone.unknown"),
    ],
)
def test_what_is_no_number_is_refused(typed: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_phones(typed, field="contact_phone")
    assert (caught.value.code, caught.value.field) == (code, "contact_phone")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("024-23456789", "phone.not_mobile"),
        ("13812345678、13987654321", "phone.only_one"),
        ("", "phone.empty"),
    ],
)
def test_a_mobile_field_takes_one_mobile(typed: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_mobile(typed)
    assert (caught.value.code, caught.value.field) == (code, "mobile")


@pytest.mark.parametrize("prefix", ["166", "170", "177", "191", "199", "147"])
def test_newer_prefixes_are_dropped_by_old_platforms(prefix: str) -> None:
    assert dropped_by_old_platforms(prefix + "12345678")


@pytest.mark.parametrize("prefix", ["130", "138", "150", "159", "180", "189"])
def test_old_prefixes_are_kept_by_old_platforms(prefix: str) -> None:
    assert not dropped_by_old_platforms(prefix + "12345678")


mobiles = st.builds(
    lambda second, rest: f"1{second}{rest:09d}", st.integers(3, 9), st.integers(0, 999_999_999)
)
landlines = st.builds(
    lambda area, local: f"{area}-{local}",
    st.sampled_from(LIAONING_AREAS),
    st.integers(2_000_000, 9_999_999) | st.integers(20_000_000, 99_999_999),
)


@given(st.lists(mobiles | landlines, min_size=1, max_size=4, unique=True))
def test_kept_numbers_read_as_themselves(numbers: list[str]) -> None:
    found = parse_phones("、".join(numbers))
    assert sorted(found.mobiles + found.landlines) == sorted(numbers)
    assert [note.code for note in found.notes] == ["phone.several"] * (len(numbers) > 1)
