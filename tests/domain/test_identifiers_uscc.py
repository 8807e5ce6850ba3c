"""Unified social credit codes, registration numbers and papers of other kinds."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as uscc_number
from stdnum.iso7064 import mod_11_10

from organizer.domain.other_paper import PaperKind, check_other_paper
from organizer.domain.uscc import (
    ALPHABET,
    DEPARTMENTS,
    parse_registration_no,
    parse_uscc,
    suggest_uscc,
)
from organizer.errors import InvalidInput

# A widely printed sample of the standard's check character.
SAMPLE = "91110000600037341L"


def code_of(body17: str) -> str:
    return body17 + uscc_number.calc_check_digit(body17)


codes = st.builds(
    lambda department, category, area, body: code_of(f"{department}{category}{area:06d}{body}"),
    st.sampled_from(sorted(DEPARTMENTS)),
    st.sampled_from("1239"),
    st.integers(0, 999_999),
    st.text(ALPHABET, min_size=9, max_size=9),
)


def refused(text: str) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        parse_uscc(text)
    assert caught.value.field == "uscc"
    return caught.value


def test_a_valid_code_tells_its_parts() -> None:
    found = parse_uscc(SAMPLE)
    assert (found.code, found.department, found.category) == (SAMPLE, "9", "1")
    assert (found.area6, found.notes) == ("110000", ())


@pytest.mark.parametrize("department", sorted(DEPARTMENTS))
def test_every_department_passes_letters_too(department: str) -> None:
    found = parse_uscc(code_of(f"{department}2219900MA0000000"))
    assert (found.department, found.notes) == (department, ())


def test_an_unknown_department_is_only_a_note() -> None:
    found = parse_uscc(code_of("X2219900MA0000000"))
    assert [note.code for note in found.notes] == ["uscc.unknown_department"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("91110000600037341l", "uscc.lowercase"),
        ("９１110000600037341L", "uscc.fullwidth"),
        ("9111 0000 6000 3734 1L", "uscc.spaces"),
        ("91110000-600037341-L", "uscc.hyphens"),
        ("'91110000600037341L", "uscc.apostrophe"),
    ],
)
def test_dirt_is_removed_and_told(typed: str, code: str) -> None:
    found = parse_uscc(typed)
    assert found.code == SAMPLE
    assert [note.code for note in found.notes] == [code]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "uscc.empty"),
        ("110108000000016", "uscc.is_registration_no"),
        ("9111000060003734L", "uscc.length"),
        ("91110000600037??1L", "uscc.characters"),
        ("无证", "uscc.length"),
    ],
)
def test_what_is_no_code_is_refused(typed: str, code: str) -> None:
    assert refused(typed).code == code


@pytest.mark.parametrize(
    ("right", "place", "letter"),
    [("1", 2, "I"), ("0", 4, "O"), ("2", 3, "Z"), ("5", 6, "S"), ("U", 16, "V")],
)
def test_letters_the_standard_leaves_out_are_suggested_back(
    right: str, place: int, letter: str
) -> None:
    body = list("91219900MA0000000")
    body[place] = right
    number = code_of("".join(body))
    error = refused(number[:place] + letter + number[place + 1 :])
    assert error.code == "uscc.characters_likely"
    assert number in error.facts["suggestions"]  # type: ignore[operator]


def test_one_wrong_digit_is_refused_with_suggestions() -> None:
    error = refused("91110000600037347L")
    assert error.code == "uscc.check_digit_likely"
    assert SAMPLE in error.facts["suggestions"]  # type: ignore[operator]


@pytest.mark.parametrize(
    "place", [place for place in range(17) if SAMPLE[place] != SAMPLE[place + 1]]
)
def test_neighbours_swapped_are_suggested_back_first(place: int) -> None:
    typed = SAMPLE[:place] + SAMPLE[place + 1] + SAMPLE[place] + SAMPLE[place + 2 :]
    assert suggest_uscc(typed)[0] == SAMPLE


@given(codes)
def test_every_well_formed_code_passes_unchanged(code: str) -> None:
    assert parse_uscc(code).code == code


@given(codes, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_any_single_wrong_place_is_caught(code: str, place: int, new: str) -> None:
    typed = code[:place] + new + code[place + 1 :]
    if typed != code:
        assert len(refused(typed).facts["suggestions"]) <= 5  # type: ignore[arg-type]


@given(codes, st.integers(0, 16))
def test_any_swap_of_neighbours_is_caught(code: str, place: int) -> None:
    typed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if typed != code:
        refused(typed)


def test_a_registration_number_is_taken_by_its_own_check() -> None:
    found = parse_registration_no(" １10108000000016")
    assert (found.number, found.area6) == ("110108000000016", "110108")
    assert [n.code for n in found.notes] == ["registration.fullwidth", "registration.spaces"]


@given(st.integers(0, 10**14 - 1), st.integers(0, 14), st.sampled_from("0123456789"))
def test_a_wrong_digit_in_a_registration_number_is_caught(body: int, place: int, new: str) -> None:
    number = f"{body:014d}" + mod_11_10.calc_check_digit(f"{body:014d}")
    assert parse_registration_no(number).number == number
    typed = number[:place] + new + number[place + 1 :]
    if typed != number:
        with pytest.raises(InvalidInput) as caught:
            parse_registration_no(typed)
        assert caught.value.code == "registration.check_digit"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "registration.empty"),
        ("11010800000001A", "registration.characters"),
        ("1101081234567", "registration.length"),
    ],
)
def test_what_is_no_registration_number_is_refused(typed: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_registration_no(typed)
    assert (caught.value.code, caught.value.field) == (code, "registration_no")


@pytest.mark.parametrize(
    ("kind", "typed", "number"),
    [
        ("hk_macao_pass", "H12345678", "H12345678"),
        ("hk_macao_pass", "m1234567801", "M1234567801"),
        ("taiwan_pass", "１2345678", "12345678"),
        ("taiwan_pass", "1234567890(B)", "1234567890B"),
        ("chinese_passport", "E12345678", "E12345678"),
        ("chinese_passport", "EA 1234567", "EA1234567"),
        ("foreign_passport", "c01x00t47", "C01X00T47"),
        ("old_foreigner_card", "KAZ110090123105", "KAZ110090123105"),
        ("military", "军字第 1234567 号", "军字第1234567号"),
    ],
)
def test_other_papers_of_right_form_are_taken(kind: PaperKind, typed: str, number: str) -> None:
    assert check_other_paper(kind, typed).number == number


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("hk_macao_pass", "H1234567"),
        ("hk_macao_pass", "A12345678"),
        ("taiwan_pass", "123456789"),
        ("chinese_passport", "X12345678"),
        ("foreign_passport", "C" * 21),
        ("foreign_passport", "?"),
        ("old_foreigner_card", "KA1110090123105"),
        ("military", "1234567"),
    ],
)
def test_other_papers_of_wrong_form_are_refused(kind: PaperKind, typed: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_other_paper(kind, typed)
    assert (caught.value.code, caught.value.field) == (f"paper.{kind}", "paper_number")


@pytest.mark.parametrize("kind", get_args(PaperKind))
def test_an_empty_paper_number_is_refused(kind: PaperKind) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_other_paper(kind, " ")
    assert caught.value.code == "paper.empty"
