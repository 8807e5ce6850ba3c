"""Resident identity numbers (GB 11643-1999) and the cards that share their shape.

18 places: 6 area, 8 birth date, 3 sequence (the last one odd for men), 1 check digit (ISO 7064
MOD 11-2). Residence permits of people from Hong Kong (81), Macao (82) and Taiwan (83) and the
foreigner's permanent residence card with 18 places (issued since December 2023) are built alike.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal, TypeGuard

from stdnum.cn import ric

from organizer.domain.identifiers import (
    clean_code,
    refusal,
    replaced,
    shortlist,
    single_edits,
)
from organizer.domain.note import Note
from organizer.errors import InvalidInput

FIELD = "id_number"
OLDEST_AGE = 130

Sex = Literal["男", "女"]
IdKind = Literal["resident", "residence_permit", "foreigner"]
Suggest = Callable[[], tuple[str, ...]]

_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
# Cyrillic, Greek, multiplication signs and the roman ten that input methods offer for X.
_OTHER_X = dict.fromkeys("Хх\u03a7\u03c7×✕✖╳Ⅹⅹ", "X")
_LETTER_FOR_DIGIT = dict(zip("OoQDlIi|ZzSsBbGg", "0000111122558669", strict=True))


@dataclass(frozen=True)
class ResidentId:
    """A number that keeps all rules of its kind.

    `area6` is the first six places: for `foreigner` 9, two digits of the province that took the
    application and three of the nationality (ISO 3166-1 numeric), not a division code.
    """

    number: str
    area6: str
    born_on: date
    sex: Sex
    kind: IdKind
    notes: tuple[Note, ...] = ()


def parse_resident_id(
    text: str, *, today: date, known_areas: frozenset[str] = frozenset()
) -> ResidentId:
    """The number behind what was typed, with notes about everything that was changed.

    `known_areas` are six-digit division codes; a resident's area missing from a non-empty set is
    a note only, since numbers keep the codes of divisions long abolished.
    Raises `InvalidInput` (field `id_number`); the fact `suggestions` holds likely repairs.
    """
    number, notes = _cleaned(text)
    suggest = partial(suggest_repairs, number, today=today, known_areas=known_areas)
    _check_shape(number, suggest)
    born_on = _check_birth(number, today, suggest)
    _check_check_digit(number, suggest)
    kind = _kind(number)
    if kind == "resident" and known_areas and number[:6] not in known_areas:
        notes += (Note("id.unknown_area", {"area": number[:6]}),)
    return ResidentId(number, number[:6], born_on, _sex(number), kind, notes)


def suggest_repairs(
    number: str,
    *,
    today: date,
    born_on: date | None = None,
    sex: Sex | None = None,
    known_areas: frozenset[str] = frozenset(),
) -> tuple[str, ...]:
    """Valid numbers one slip away from a wrong one, most plausible first, at most five.

    Letters typed for digits are undone first; then one wrong digit or two neighbours swapped.
    Birthday and sex from elsewhere narrow the choice; with `known_areas`, changes that lead to
    an unknown area come last. () when nothing fits or too many fit equally well.
    Never apply one without asking.
    """
    number = replaced(_cleaned(number)[0], _LETTER_FOR_DIGIT)
    if len(number) != 18:
        return ()
    areas = known_areas | {number[:6]}
    return shortlist(
        (rank + 3 if known_areas and candidate[:6] not in areas else rank, candidate)
        for rank, candidate in _fitting_edits(number, today, born_on, sex)
    )


def has_valid_check_digit(number: str) -> bool:
    """Whether 18 places have the right shape and check digit (dates are not looked at)."""
    return bool(_SHAPE.fullmatch(number)) and number[-1] == ric.calc_check_digit(number)


def age_on(born_on: date, day: date) -> int:
    """Full years of life on a day; someone born on 29 February gains a year on 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _cleaned(text: str) -> tuple[str, tuple[Note, ...]]:
    cleaned = clean_code(text, "id")
    number, notes = cleaned.text, cleaned.notes
    upper = number.replace("x", "X")
    if upper != number:
        notes += (Note("id.lowercase_x"),)
    latin = replaced(upper, _OTHER_X)
    if latin != upper:
        notes += (Note("id.letter_x"),)
    return latin, notes


def _check_shape(number: str, suggest: Suggest) -> None:
    if not number:
        raise InvalidInput("id.empty", field=FIELD)
    if re.fullmatch(r"[0-9]{15}", number):
        raise InvalidInput("id.fifteen_digits", field=FIELD)
    if len(number) != 18:
        raise InvalidInput("id.length", field=FIELD, length=len(number))
    if not _SHAPE.fullmatch(number):
        raise refusal("id.characters", "id.characters_likely", suggest(), field=FIELD)


def _check_birth(number: str, today: date, suggest: Suggest) -> date:
    born_on = _birth(number)
    if _is_possible_birth(born_on, today):
        return born_on
    digits = number[6:14]
    if born_on is not None and born_on > today:
        plain, likely = "id.birth_in_future", "id.birth_in_future_likely"
    else:
        plain, likely = "id.birth_date", "id.birth_date_likely"
    raise refusal(plain, likely, suggest(), field=FIELD, digits=digits)


def _check_check_digit(number: str, suggest: Suggest) -> None:
    if has_valid_check_digit(number):
        return
    # A spreadsheet that took the number for a quantity leaves three zeros at its end.
    if number.endswith("000"):
        raise InvalidInput("id.damaged_number", field=FIELD, value=number)
    raise refusal(
        "id.check_digit",
        "id.check_digit_likely",
        suggest(),
        field=FIELD,
        expected=ric.calc_check_digit(number),
    )


def _is_possible_birth(born_on: date | None, today: date) -> TypeGuard[date]:
    return born_on is not None and born_on <= today and age_on(born_on, today) <= OLDEST_AGE


def _birth(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def _sex(number: str) -> Sex:
    return "男" if int(number[16]) % 2 else "女"


def _kind(number: str) -> IdKind:
    if number[0] == "9":
        return "foreigner"
    return "residence_permit" if number[:2] in ("81", "82", "83") else "resident"


def _fitting_edits(
    number: str, today: date, born_on: date | None, sex: Sex | None
) -> Iterator[tuple[int, str]]:
    """The number itself when undoing letters made it valid, and its valid single edits."""
    for rank, candidate in [(0, number), *single_edits(number, "0123456789X")]:
        if not has_valid_check_digit(candidate):
            continue
        born = _birth(candidate)
        agrees = born_on in (None, born) and sex in (None, _sex(candidate))
        if agrees and _is_possible_birth(born, today):
            yield rank, candidate
