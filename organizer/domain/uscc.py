"""Unified social credit codes (GB 32100-2015) and the registration numbers before them.

18 places: 1 registering department, 1 category, 6 division, 9 body (an organisation code after
GB 11714, with its own check), 1 check character. A passing code proves form only.
"""

import operator
import re
from collections.abc import Iterator
from dataclasses import dataclass

from stdnum.cn import uscc as uscc_number
from stdnum.iso7064 import mod_11_10

from organizer.domain.identifiers import (
    clean_code,
    refusal,
    replaced,
    shortlist,
    single_edits,
)
from organizer.domain.note import Note
from organizer.errors import InvalidInput

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# 1 staffing, 2 foreign affairs, 3 justice, 4 culture, 5 civil affairs, 6 tourism, 7 religion,
# 8 unions, 9 market regulation, A military, N agriculture, Y others.
DEPARTMENTS = frozenset("123456789ANY")

_SHAPE = re.compile(f"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}")
# The standard leaves these letters out because they are taken for others.
_LETTER_NOT_USED = {"I": "1", "O": "0", "Z": "2", "S": "5", "V": "U"}
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1)
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Uscc:
    """A code of right form; `department` and `category` are its first two characters."""

    code: str
    department: str
    category: str
    area6: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class RegistrationNo:
    """A 15-digit business registration number, in use from 2007 until the USCC came in 2015."""

    number: str
    area6: str
    notes: tuple[Note, ...] = ()


def parse_uscc(text: str) -> Uscc:
    """The code behind what was typed, with notes about everything that was changed.

    Raises `InvalidInput` (field `uscc`); the fact `suggestions` holds likely repairs.
    """
    code, notes = _cleaned(text)
    _check_form(code)
    if not _has_valid_check(code):
        raise refusal(
            "uscc.check_digit", "uscc.check_digit_likely", suggest_uscc(code), field="uscc"
        )
    if code[0] not in DEPARTMENTS:
        notes += (Note("uscc.unknown_department", {"department": code[0]}),)
    return Uscc(code, code[0], code[1], code[2:8], notes)


def suggest_uscc(code: str) -> tuple[str, ...]:
    """Valid codes one slip away from a wrong one, most plausible first, at most five.

    Letters the standard does not use are undone first. The body's own check tells on which side
    of it the slip lies. () when nothing fits or too many fit equally well.
    """
    code, _ = _cleaned(code)
    code = replaced(code, _LETTER_NOT_USED)
    fitting = list(_fitting_edits(code))
    with_body = [edit for edit in fitting if _body_check(edit[1][8:16]) == edit[1][16]]
    return shortlist(with_body or fitting)


def parse_registration_no(text: str) -> RegistrationNo:
    """The 15-digit registration number behind what was typed.

    Its last digit is a check digit (GB/T 17710, ISO 7064 MOD 11,10).
    Raises `InvalidInput` (field `registration_no`).
    """
    cleaned = clean_code(text, "registration")
    number = cleaned.text
    if not number:
        raise InvalidInput("registration.empty", field="registration_no")
    if not re.fullmatch(r"[0-9]+", number):
        raise InvalidInput("registration.characters", field="registration_no")
    if len(number) != 15:
        raise InvalidInput("registration.length", field="registration_no", length=len(number))
    if not mod_11_10.is_valid(number):
        raise InvalidInput("registration.check_digit", field="registration_no")
    return RegistrationNo(number, number[:6], cleaned.notes)


def _cleaned(text: str) -> tuple[str, tuple[Note, ...]]:
    cleaned = clean_code(text, "uscc")
    upper = cleaned.text.upper()
    if upper == cleaned.text:
        return cleaned.text, cleaned.notes
    return upper, (*cleaned.notes, Note("uscc.lowercase"))


def _check_form(code: str) -> None:
    if not code:
        raise InvalidInput("uscc.empty", field="uscc")
    if re.fullmatch(r"[0-9]{15}", code):
        raise InvalidInput("uscc.is_registration_no", field="uscc")
    if len(code) != 18:
        raise InvalidInput("uscc.length", field="uscc", length=len(code))
    if not _SHAPE.fullmatch(code):
        raise refusal("uscc.characters", "uscc.characters_likely", suggest_uscc(code), field="uscc")


def _has_valid_check(code: str) -> bool:
    # The library's `validate` wants digits in places 1 to 8 and so refuses departments A, N, Y;
    # its check character is computed for every letter of the standard.
    return bool(_SHAPE.fullmatch(code)) and uscc_number.calc_check_digit(code[:17]) == code[17]


def _may_fit(code: str) -> bool:
    """Whether the weighted sum over all places is a multiple of 31 (GB 32100-2015, 4.2)."""
    try:
        values = [_VALUES[letter] for letter in code]
    except KeyError:
        return False
    total: int = sum(map(operator.mul, values, _WEIGHTS))
    return total % 31 == 0


def _body_check(body8: str) -> str:
    """The check character of an organisation code (GB 11714-1997)."""
    total = sum(int(c, 36) * weight for c, weight in zip(body8, _BODY_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def _fitting_edits(code: str) -> Iterator[tuple[int, str]]:
    """The code itself when undoing letters made it valid, and its valid single edits."""
    for rank, candidate in [(0, code), *single_edits(code, ALPHABET)]:
        # Hundreds of candidates: the sum leaves the library one in thirty to judge.
        if _may_fit(candidate) and candidate[:1] in DEPARTMENTS and _has_valid_check(candidate):
            yield rank, candidate
