"""Elections in numbers: quorum, seats, delegates, who has enough votes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer import resources
from organizer.domain.election import Meeting, Span, Table, count, fewest_candidates

RULES = resources.toml("rules", "election.toml")
SEATS, DELEGATES = Table.read(RULES["seats"]), Table.read(RULES["delegates"])


@pytest.mark.parametrize(
    ("members", "span"),
    [
        (1, Span(1, 5)), (24, Span(1, 5)), (25, Span(3, 7)), (200, Span(3, 7)), (201, Span(7, 15)),
        (1000, Span(7, 15)), (1001, Span(15, 21)), (10_000, Span(21, 29)), (50_001, Span(37, 45)),
    ],
)  # fmt: skip
def test_seats_by_members(members: int, span: Span) -> None:
    assert SEATS.of(members) == span
    assert span.low in span and span.high + 1 not in span


@pytest.mark.parametrize(
    ("members", "span"), [(100, Span(30, 40)), (201, Span(40, 60)), (50_001, Span(180, 240))]
)
def test_delegates_by_members(members: int, span: Span) -> None:
    assert DELEGATES.of(members) == span


@pytest.mark.parametrize(("seats", "candidates"), [(1, 2), (5, 6), (20, 21), (21, 23), (40, 42)])
def test_there_are_more_candidates_than_seats(seats: int, candidates: int) -> None:
    assert fewest_candidates(seats) == candidates


def test_more_than_half_of_those_who_should_attend_is_needed_not_of_those_who_came() -> None:
    votes = {"甲": 40, "乙": 31, "丙": 30, "丁": 5}
    result = count(Meeting(60, 42, 3, votes))
    assert (result.quorum, result.enough, result.needed) == (40, True, 31)
    assert result.elected == ["甲", "乙"]


def test_without_two_thirds_nobody_is_elected() -> None:
    result = count(Meeting(60, 39, 1, {"甲": 35, "乙": 35}))
    assert not result.enough and (result.elected, result.tied) == ([], [])


def test_a_tie_for_the_last_seat_is_voted_on_again() -> None:
    result = count(Meeting(10, 10, 2, {"甲": 9, "乙": 7, "丙": 7}))
    assert result.elected == ["甲"] and set(result.tied) == {"乙", "丙"}


@given(
    st.integers(1, 500),
    st.integers(1, 20),
    st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 500), max_size=20),
)
def test_never_more_elected_than_seats(due: int, seats: int, votes: dict[str, int]) -> None:
    result = count(Meeting(due, due, seats, votes))
    assert len(result.elected) <= seats
    assert all(votes[name] * 2 > due for name in result.elected)
    assert not set(result.elected) & set(result.tied)
