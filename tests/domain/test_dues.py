"""会费 and group counts: the arithmetic."""

from datetime import date

import pytest

from organizer.domain import dues
from organizer.domain.member_groups import Group, Tally, summed, told_to_employer
from organizer.errors import InvalidInput

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("wage", "base", "shown"),
    [
        ("5538.5", 5530, "27.65"),
        ("3,280元", 3280, "16.40"),
        ("9.99", 0, "0.00"),
        ("10", 10, "0.05"),
        ("4000", 4000, "20.00"),
    ],
)
def test_dues_are_half_a_percent_of_whole_tens(wage: str, base: int, shown: str) -> None:
    found = dues.dues_of(wage)
    assert (found.base, found.shown) == (base, shown)


@pytest.mark.parametrize("wage", ["", "-100", "三千", "1e3", "99999999", "5.123"])
def test_a_wage_nobody_can_read_is_refused(wage: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        dues.dues_of(wage)
    assert refused.value.field == "wage"


@pytest.mark.parametrize(
    ("typed", "month"),
    [("2026-10", "2026-10"), ("2026年3月", "2026-03"), ("202605", "2026-05"), ("", ""),
     ("2027-11", "2027-11")],
)  # fmt: skip
def test_a_month_is_read_as_people_write_it(typed: str, month: str) -> None:
    assert dues.read_month(typed, TODAY) == month


@pytest.mark.parametrize("typed", ["2026-13", "2026-00", "十月", "26-10", "2027-12", "1900-01"])
def test_a_wrong_month_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        dues.read_month(typed, TODAY)
    assert refused.value.field == "paid_until"


def test_six_whole_months_without_dues_make_arrears() -> None:
    assert dues.latest_behind(TODAY) == "2026-04"
    assert dues.arrears("2026-04", TODAY) == dues.LAPSE_MONTHS == 6
    assert dues.arrears("2026-05", TODAY) == 5
    assert dues.arrears("2026-11", TODAY) == dues.arrears("2027-03", TODAY) == 0
    assert dues.latest_behind(date(2026, 3, 1)) == "2025-08"


COURIER = Group("H2", "快递员", "八大群体", frozenset({"H2", "N3"}))
GUARD = Group("H8", "保安员", "八大群体", frozenset({"H8"}))
NEW = Group("N3", "快递员", "新就业形态", frozenset({"N3", "H2"}))


def test_one_person_counts_once_in_each_list() -> None:
    one = Tally("甲", 3, 1, 1, {"H2": 1, "N3": 1, "": 1})
    two = Tally("乙", 2, 2, 0, {"H8": 2})
    whole = summed("合计", [one, two])
    assert (whole.members, whole.women, whole.migrant) == (5, 3, 1)
    groups = (COURIER, GUARD, NEW)
    assert [whole.of(group) for group in groups] == [2, 2, 2]
    assert whole.of_kind(groups, "八大群体") == 4 and whole.of_kind(groups, "新就业形态") == 2


def test_an_employer_is_not_told_so_few_that_it_knows_who() -> None:
    assert [told_to_employer(count) for count in (0, 1, 2, 3)] == ["0", "<3", "<3", "3"]
