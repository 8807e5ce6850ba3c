"""Retirement ages rise step by step; the tables of the decision of 2024-09-13 are met, and only warn."""

from datetime import date

import pytest

from organizer import resources
from organizer.domain.retirement import Ladder, in_words, read_ladders, retirement_note

LADDERS = read_ladders(resources.toml("rules", "retirement.toml"))
MEN, WORKERS, STAFF = LADDERS


@pytest.mark.parametrize(
    ("ladder", "born", "age"),
    [
        (MEN, date(1964, 12, 31), "60周岁"),
        (MEN, date(1965, 1, 1), "60周岁1个月"),
        (MEN, date(1965, 4, 30), "60周岁1个月"),
        (MEN, date(1965, 5, 1), "60周岁2个月"),
        (MEN, date(1976, 8, 31), "62周岁11个月"),
        (MEN, date(1976, 9, 1), "63周岁"),
        (MEN, date(1990, 1, 1), "63周岁"),
        (STAFF, date(1969, 12, 1), "55周岁"),
        (STAFF, date(1970, 1, 1), "55周岁1个月"),
        (STAFF, date(1981, 9, 1), "58周岁"),
        (WORKERS, date(1974, 12, 1), "50周岁"),
        (WORKERS, date(1975, 1, 1), "50周岁1个月"),
        (WORKERS, date(1975, 3, 1), "50周岁2个月"),
        (WORKERS, date(1984, 11, 1), "55周岁"),
    ],
)
def test_the_ages_are_those_of_the_decision(ladder: Ladder, born: date, age: str) -> None:
    assert in_words(ladder.months(born)) == age


def test_the_last_step_is_reached_about_2040() -> None:
    for one in LADDERS:
        year = int(one.born_from[:4]) + one.most * one.months_each // 12 + one.age
        assert 2036 <= year + one.most // 12 <= 2041


@pytest.mark.parametrize(
    ("sex", "born", "code"),
    [
        ("1", date(1960, 10, 20), "signup.retired"),
        # 60 years and 5 months: there today, not there until tomorrow.
        ("1", date(1966, 6, 20), "signup.retired"),
        ("1", date(1966, 6, 21), None),
        ("2", date(1970, 1, 2), "signup.retired"),
        ("2", date(1973, 1, 2), "signup.perhaps_retired"),
        ("2", date(1980, 1, 2), None),
        ("", date(1940, 1, 1), None),
    ],
)
def test_who_is_past_the_age_is_told_and_nobody_else(
    sex: str, born: date, code: str | None
) -> None:
    note = retirement_note(LADDERS, sex, born, date(2026, 11, 20))
    assert (note.code if note else None) == code
