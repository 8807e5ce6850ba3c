"""Spot checks: a draw anybody can repeat, everybody's work in it, and shares told with their doubt."""

import pytest

from organizer.domain import spot_check
from organizer.domain.spot_check import Agreement, Answer, Checked
from organizer.errors import InvalidInput


def visits(visitor: str, count: int) -> list[bytes]:
    return [f"{visitor}{number}".encode() for number in range(count)]


MANY = {b"a": visits("a", 60), b"b": visits("b", 39), b"c": visits("c", 1)}


def test_the_same_seed_draws_the_same_visits_in_whatever_order_they_come() -> None:
    turned = {visitor: list(reversed(MANY[visitor])) for visitor in (b"c", b"b", b"a")}
    assert spot_check.draw(MANY, 20, 7) == spot_check.draw(turned, 20, 7)
    assert spot_check.draw(MANY, 20, 7) != spot_check.draw(MANY, 20, 8)


def test_everybody_is_drawn_and_the_rest_by_how_much_they_visited() -> None:
    drawn = spot_check.draw(MANY, 20, 7)
    assert len(set(drawn)) == 20
    by = {visitor: len(set(drawn) & set(own)) for visitor, own in MANY.items()}
    assert by == {b"a": 11, b"b": 8, b"c": 1}
    assert sorted(spot_check.draw(MANY, 100, 7)) == sorted(
        one for own in MANY.values() for one in own
    )
    assert len(spot_check.draw(MANY, 3, 7)) == 3


@pytest.mark.parametrize(("size", "said"), [(101, "只有 100 户"), (2, "有 3 个人走访过")])
def test_a_size_that_cannot_be_drawn_is_refused(size: int, said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        spot_check.draw(MANY, size, 7)
    assert said in caught.value.sentence() and caught.value.field == "size"


def test_one_who_made_the_only_visits() -> None:
    assert spot_check.draw({b"a": visits("a", 1)}, 1, 0) == [b"a0"]


def test_an_answer_is_a_digit_or_a_word() -> None:
    assert spot_check.checked("1") == spot_check.checked("agrees") == Checked(Answer.AGREES)
    differs = spot_check.checked("2", ["place", "staff_total"])
    assert differs.stored == "differs:staff_total,place"
    assert Checked.read(differs.stored) == differs
    assert Checked.read("unreached") == Checked(Answer.UNREACHED)


@pytest.mark.parametrize(
    ("answer", "fields"), [("4", ()), ("", ()), ("2", ()), ("1", ("place",)), ("2", ("phone",))]
)
def test_an_answer_that_says_too_little_or_too_much_is_refused(
    answer: str, fields: tuple[str, ...]
) -> None:
    with pytest.raises(InvalidInput) as caught:
        spot_check.checked(answer, fields)
    assert "请" in caught.value.sentence()


@pytest.mark.parametrize(
    ("agreed", "differed", "low", "high"),
    # Wilson (1927); 10 of 10 does not prove 100 %, 0 of 5 not 0 %.
    [(9, 1, 0.596, 0.982), (10, 0, 0.722, 1.0), (0, 5, 0.0, 0.434), (81, 19, 0.722, 0.875)],
)
def test_the_interval_is_that_of_wilson(
    agreed: int, differed: int, low: float, high: float
) -> None:
    interval = Agreement(agreed, differed, 3, 4).interval
    assert interval == pytest.approx((low, high), abs=0.001)


def test_without_an_answer_there_is_no_share() -> None:
    assert Agreement(0, 0, 5, 15).interval is None


@pytest.mark.parametrize("seed", [-1, 10**12])
def test_a_seed_nobody_can_write_down_is_refused(seed: int) -> None:
    with pytest.raises(InvalidInput):
        spot_check.check_seed(seed)
