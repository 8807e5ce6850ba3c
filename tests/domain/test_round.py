"""Where and when a round holds, which ways it accepts, and how a fact stands in it."""

from datetime import date

import pytest

from organizer.domain.clears import Known, Standing, standing, standings
from organizer.domain.fact import Fact
from organizer.domain.round import DEFAULT_SOURCES, PHONE, Denominator, Round, parse_denominator
from organizer.errors import InvalidInput

STREET = Round(b"r", "秋季", date(2026, 9, 1), date(2026, 11, 30), division_code="210106003")
CALLS = Round(b"r", "秋季", date(2026, 9, 1), None, (*DEFAULT_SOURCES, PHONE))


def told(on: str, source: str = "spoken") -> Fact:
    return Fact(b"f", "staff_total", "12", source, on)


def test_a_round_holds_for_its_division_and_for_units_of_unknown_place() -> None:
    assert STREET.covers("210106003007") and STREET.covers(None)
    assert not STREET.covers("210106004001")


@pytest.mark.parametrize(
    ("scope", "touched", "left"),
    [
        ("", True, "210106003"),
        ("210106", True, "210106003"),
        ("210106003007", True, "210106003007"),
        ("210181", False, ""),
    ],
)
def test_the_part_of_a_division_in_a_round(scope: str, touched: bool, left: str) -> None:
    assert STREET.touches(scope) is touched
    assert not touched or STREET.narrowed(scope) == left


def test_the_denominators_and_their_least_sizes() -> None:
    assert [one.least for one in Denominator] == [0, 10, 25]
    assert parse_denominator("ten") is Denominator.TEN
    with pytest.raises(InvalidInput) as refused:
        parse_denominator("50")
    assert "没有“50”这种分母" in refused.value.sentence()


@pytest.mark.parametrize(
    ("current", "fact", "channel", "unchanged_on", "stands"),
    [
        (STREET, told("2026-10-01"), "", None, Standing.CONFIRMED),
        (STREET, told("2026-08-31"), "", None, Standing.TO_CONFIRM),
        (STREET, told("2026-12-01"), "", None, Standing.TO_CONFIRM),
        (STREET, told("2026-10-01", "tax"), "", None, Standing.TO_CONFIRM),
        (STREET, told("2026-10-01"), "phone", None, Standing.TO_CONFIRM),
        (STREET, told("2026-10-01"), "online", None, Standing.TO_CONFIRM),
        (STREET, told("2026-10-01"), "door", None, Standing.CONFIRMED),
        (CALLS, told("2026-10-01"), "phone", None, Standing.CONFIRMED),
        (CALLS, told("2025-10-01", "market"), "", date(2026, 9, 2), Standing.CONFIRMED),
        (CALLS, told("2025-10-01"), "", date(2026, 8, 2), Standing.TO_CONFIRM),
    ],
)
def test_how_a_fact_stands_in_a_round(
    current: Round, fact: Fact, channel: str, unchanged_on: date | None, stands: Standing
) -> None:
    assert standing(fact, current, channel=channel, unchanged_on=unchanged_on) is stands


def test_every_fact_of_a_unit_has_its_own_standing() -> None:
    known = Known({"staff_total": told("2026-10-01"), "promise": told("2025-10-01")}, {}, None)
    assert standings(known, STREET) == {
        "staff_total": Standing.CONFIRMED,
        "promise": Standing.TO_CONFIRM,
    }
