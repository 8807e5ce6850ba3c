"""Row codes: every slip of one character and every swap is noticed, tried out over all codes."""

from itertools import combinations

import pytest

from organizer.domain import row_code
from organizer.domain.row_code import ALPHABET, CODES
from organizer.errors import InvalidInput

EVERY = frozenset(CODES)


def test_codes_have_nothing_that_is_taken_for_something_else() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
    assert not set(ALPHABET) & set("0O1I")
    assert len(CODES) == len(EVERY) == 28344
    assert all(row_code.is_code(code) for code in CODES)


def test_every_wrong_character_is_noticed() -> None:
    for code in CODES:
        for place, right in enumerate(code):
            before, after = code[:place], code[place + 1 :]
            wrong = {f"{before}{letter}{after}" for letter in ALPHABET if letter != right}
            assert not wrong & EVERY


def test_every_swap_is_noticed_not_of_neighbours_alone() -> None:
    for code in CODES:
        for one, other in combinations(range(4), 2):
            letters = list(code)
            letters[one], letters[other] = letters[other], letters[one]
            assert letters[one] == letters[other] or "".join(letters) not in EVERY


def test_a_code_is_read_as_people_type_it() -> None:
    code = CODES[12345]
    for typed in (code.lower(), f" {code[:2]} {code[2:]} ", f"{code[:2]}-{code[2:]}",
                  "".join(chr(ord(letter) + 0xFEE0) for letter in code)):  # fmt: skip
        assert row_code.parse_row_code(typed) == code


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("K0AB", "编号“K0AB”里有“0”：编号里没有数字0、1和字母O、I，请对照纸上再看一遍。"),
        ("kiab", "编号“kiab”里有“I”：编号里没有数字0、1和字母O、I，请对照纸上再看一遍。"),
        ("K2A", "“K2A”不是编号：编号是印在行首的四个字母或数字，请照着输入。"),
        ("K2A!", "“K2A!”不是编号：编号是印在行首的四个字母或数字，请照着输入。"),
        ("2223", "编号“2223”的校验不对，多半是看错或敲错了一位，请对照纸上再输一遍。"),
    ],
)
def test_a_wrong_code_is_told_at_the_field(typed: str, sentence: str) -> None:
    with pytest.raises(InvalidInput) as told:
        row_code.parse_row_code(typed)
    assert (told.value.field, told.value.sentence()) == ("code", sentence)


def test_walking_from_anywhere_gives_every_code_once() -> None:
    for start in (0, 5, len(CODES) - 1, len(CODES) + 7):
        walked = list(row_code.from_start(start))
        assert walked[0] == CODES[start % len(CODES)] and set(walked) == EVERY
