"""Resident identity numbers: what is taken, what is refused, what is suggested."""

from datetime import date
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from organizer.domain.masking import mask_name, mask_phone, mask_resident_id
from organizer.domain.resident_id import (
    age_on,
    has_valid_check_digit,
    parse_resident_id,
    suggest_repairs,
)
from organizer.errors import InvalidInput

TODAY = date(2026, 11, 20)
SAMPLE = "210102199003074514"


def number_of(area: str, born_on: date, sequence: int) -> str:
    body = f"{area}{born_on:%Y%m%d}{sequence:03d}"
    return body + ric.calc_check_digit(body + "0")


numbers = st.builds(
    number_of,
    st.just("219900"),
    st.dates(date(1930, 1, 1), date(2020, 12, 31)),
    st.integers(0, 999),
)


def refused(text: str, today: date = TODAY) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        parse_resident_id(text, today=today)
    assert caught.value.field == "id_number"
    return caught.value


def swapped(number: str, place: int) -> str:
    return number[:place] + number[place + 1] + number[place] + number[place + 2 :]


def substituted(number: str, place: int, new: str) -> str:
    return number[:place] + new + number[place + 1 :]


def sex_of(number: str) -> Literal["男", "女"]:
    return "男" if int(number[16]) % 2 else "女"


def test_a_valid_number_tells_birthday_sex_and_area() -> None:
    found = parse_resident_id(SAMPLE, today=TODAY)
    assert found.number == SAMPLE
    assert (found.area6, found.born_on, found.sex) == ("210102", date(1990, 3, 7), "男")
    assert (found.kind, found.notes) == ("resident", ())


def test_the_check_digit_may_be_an_x() -> None:
    found = parse_resident_id("11010519491231002X", today=TODAY)
    assert (found.born_on, found.sex) == (date(1949, 12, 31), "女")


@pytest.mark.parametrize("area", ["810000", "820000", "830000"])
def test_residence_permits_pass(area: str) -> None:
    found = parse_resident_id(
        number_of(area, date(1994, 8, 23), 2), today=TODAY, known_areas=frozenset({"210102"})
    )
    assert (found.kind, found.notes) == ("residence_permit", ())


def test_the_18_place_foreigners_card_passes() -> None:
    found = parse_resident_id("911398199012310021", today=TODAY)
    assert (found.kind, found.born_on, found.sex) == ("foreigner", date(1990, 12, 31), "女")


def test_an_unknown_area_is_only_a_note() -> None:
    found = parse_resident_id(SAMPLE, today=TODAY, known_areas=frozenset({"210103"}))
    assert [(n.code, dict(n.facts)) for n in found.notes] == [
        ("id.unknown_area", {"area": "210102"})
    ]


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("２１０１０２１９９００３０７４５１４", ["id.fullwidth"]),
        ("210102 19900307 4514", ["id.spaces"]),
        ("210102199003074514\t", ["id.spaces"]),
        ("'210102199003074514", ["id.apostrophe"]),
        ("210102-19900307-4514", ["id.hyphens"]),
        (" '２10102 19900307-4514", ["id.fullwidth", "id.spaces", "id.apostrophe", "id.hyphens"]),
    ],
)
def test_dirt_is_removed_and_told(typed: str, codes: list[str]) -> None:
    found = parse_resident_id(typed, today=TODAY)
    assert found.number == SAMPLE
    assert [note.code for note in found.notes] == codes


@pytest.mark.parametrize("mark", "Хх\u03a7\u03c7×Ⅹⅹ")
def test_signs_that_look_like_x_become_x_and_are_told(mark: str) -> None:
    found = parse_resident_id("11010519491231002" + mark, today=TODAY)
    assert found.number == "11010519491231002X"
    assert [note.code for note in found.notes] == ["id.letter_x"]


def test_a_small_x_becomes_a_capital_and_is_told() -> None:
    found = parse_resident_id("11010519491231002x", today=TODAY)
    assert found.number == "11010519491231002X"
    assert [note.code for note in found.notes] == ["id.lowercase_x"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "id.empty"),
        (" \t", "id.empty"),
        ("210102900307451", "id.fifteen_digits"),
        ("21010219900307451", "id.length"),
        ("2101021990030745144", "id.length"),
        ("无", "id.length"),
        ("2101021990030？？514", "id.characters"),
        ("210102199003074000", "id.damaged_number"),
    ],
)
def test_what_is_no_number_is_refused(typed: str, code: str) -> None:
    assert refused(typed).code == code


@pytest.mark.parametrize(
    "typed", ["21010219900307451?", "21010219900307451٤", "2101021990030X4514"]
)
def test_one_unreadable_place_is_suggested_from_the_check_digit(typed: str) -> None:
    error = refused(typed)
    assert error.code == "id.characters_likely"
    assert error.facts["suggestions"] == (SAMPLE,)


@pytest.mark.parametrize("digits", ["19901307", "19900230", "19900100", "00000307", "17900307"])
def test_an_impossible_birthday_is_refused(digits: str) -> None:
    body = f"219900{digits}451"
    error = refused(body + ric.calc_check_digit(body + "0"))
    assert error.code.startswith("id.birth_date")
    assert error.facts["digits"] == digits


def test_a_birthday_still_to_come_is_refused() -> None:
    number = number_of("219900", date(2026, 11, 21), 1)
    assert refused(number).code.startswith("id.birth_in_future")
    assert parse_resident_id(number, today=date(2026, 11, 21)).born_on == date(2026, 11, 21)


def test_a_leap_day_is_a_birthday_in_leap_years_only() -> None:
    number = number_of("219900", date(1992, 2, 29), 12)
    assert parse_resident_id(number, today=TODAY).born_on == date(1992, 2, 29)
    assert refused(number.replace("19920229", "19930229")).code.startswith("id.birth_date")


def test_a_wrong_check_digit_is_refused_with_the_right_one() -> None:
    error = refused("210102199003074518")
    assert error.code in ("id.check_digit", "id.check_digit_likely")
    assert error.facts["expected"] == "4"


def test_a_letter_typed_for_a_digit_is_suggested_not_repaired() -> None:
    error = refused("2101O2199003074514")
    assert error.code == "id.characters_likely"
    assert error.facts["suggestions"] == (SAMPLE,)


@pytest.mark.parametrize(
    "typed", ["2l0lO2l99003074514", "210102i99003o74Sl4", "2IOI02199OO3O74514"]
)
def test_several_letters_for_digits_are_undone_together(typed: str) -> None:
    assert suggest_repairs(typed, today=TODAY) == (SAMPLE,)


@given(numbers)
def test_every_well_formed_number_passes_unchanged(number: str) -> None:
    found = parse_resident_id(number, today=TODAY)
    assert found.number == number
    assert number_of(found.area6, found.born_on, int(number[14:17])) == number
    assert suggest_repairs(number, today=TODAY) == (number,)


@given(numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_single_wrong_place_is_caught(number: str, place: int, new: str) -> None:
    typed = substituted(number, place, new)
    if typed != number:
        refused(typed)


@given(numbers, st.integers(0, 16))
def test_any_swap_of_neighbours_is_caught_and_undone(number: str, place: int) -> None:
    typed = swapped(number, place)
    if typed == number:
        return
    refused(typed)
    born_on = parse_resident_id(number, today=TODAY).born_on
    assert number in suggest_repairs(typed, today=TODAY, born_on=born_on, sex=sex_of(number))


@given(numbers, st.integers(6, 13), st.sampled_from("0123456789"))
def test_a_wrong_digit_in_the_birthday_is_undone_by_the_known_birthday(
    number: str, place: int, new: str
) -> None:
    typed = substituted(number, place, new)
    if typed != number:
        born_on = parse_resident_id(number, today=TODAY).born_on
        found = suggest_repairs(typed, today=TODAY, born_on=born_on, sex=sex_of(number))
        assert found == (number,)


@given(numbers, st.integers(0, 5), st.sampled_from("0123456789"))
def test_suggestions_keep_every_rule_and_are_few(number: str, place: int, new: str) -> None:
    typed = substituted(number, place, new)
    born_on = parse_resident_id(number, today=TODAY).born_on
    found = suggest_repairs(typed, today=TODAY, born_on=born_on, sex=sex_of(number))
    assert len(found) <= 5
    assert len(set(found)) == len(found)
    for suggestion in found:
        assert has_valid_check_digit(suggestion)
        parsed = parse_resident_id(suggestion, today=TODAY)
        assert (parsed.born_on, parsed.sex) == (born_on, sex_of(number))


def test_known_areas_bring_back_a_slip_in_the_area() -> None:
    number = number_of("219900", date(1988, 5, 16), 337)
    found = suggest_repairs(
        substituted(number, 3, "4"),
        today=TODAY,
        born_on=date(1988, 5, 16),
        sex="男",
        known_areas=frozenset({"219900", "210102"}),
    )
    assert found[0] == number


def test_a_birthday_or_sex_that_contradicts_leaves_nothing() -> None:
    assert suggest_repairs(swapped(SAMPLE, 15), today=TODAY, born_on=date(1971, 1, 1)) == ()
    assert suggest_repairs(SAMPLE, today=TODAY, sex="女") == ()
    assert suggest_repairs("", today=TODAY) == ()


def test_age_counts_full_years() -> None:
    assert age_on(date(1990, 3, 7), date(2026, 3, 6)) == 35
    assert age_on(date(1990, 3, 7), date(2026, 3, 7)) == 36
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18


def test_masks_show_the_ends_only() -> None:
    assert mask_resident_id(SAMPLE) == "2101**********4514"
    assert mask_resident_id("H12345678") == "H1*****78"
    assert mask_resident_id("12") == "**"
    assert mask_phone("13812345678") == "138****5678"
    assert mask_phone("23456789") == "****6789"
    assert mask_phone("110") == "**0"
    assert mask_name("张三") == "张*"
    assert mask_name("欧阳修文") == "欧阳*"
    assert mask_name("欧阳") == "欧*"
    assert mask_name("𠮷田") == "𠮷*"
    assert mask_name("") == ""
