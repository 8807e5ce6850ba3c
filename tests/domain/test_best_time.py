"""When somebody is in: told only where past tries say it clearly."""

from datetime import date, time

import pytest

from organizer.domain.best_time import BestTime, best_time
from organizer.domain.effort import Try

DAY = date(2026, 3, 2)


def tries(morning: str = "", evening: str = "", untimed: str = "") -> list[Try]:
    """Outcomes by their digits, at nine and at seven in the evening."""
    return [
        *(Try(outcome, DAY, time(9)) for outcome in morning),
        *(Try(outcome, DAY, time(19)) for outcome in evening),
        *(Try(outcome, DAY, None) for outcome in untimed),
    ]


def test_a_clear_majority_is_told_with_its_numbers() -> None:
    found = best_time(tries(morning="222212", evening="112111113211"))
    assert found == BestTime("evening", 10, 12)


@pytest.mark.parametrize(
    "past",
    [
        [],
        tries(evening="1111", morning="2222"),
        tries(evening="11112222", morning="2222"),
        tries(evening="111111", morning="11111"),
        tries(evening="1111111"),
        tries(evening="1111111", untimed="2222222"),
        # Where nobody works any more, no time of day is better.
        tries(evening="4455664", morning="22222"),
    ],
)
def test_chance_and_likeness_are_not_told(past: list[Try]) -> None:
    assert best_time(past) is None


def test_a_refusal_is_somebody_in() -> None:
    assert best_time(tries(morning="33333", evening="222")) == BestTime("morning", 5, 5)
