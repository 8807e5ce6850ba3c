"""A value shown as a person sees it in the spreadsheet."""

from datetime import date, datetime, time

import pytest

from organizer.sheets import Cell, Value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("  样例 \n", "样例"),
        (12, "12"),
        (12.0, "12"),
        (0.1 + 0.2, "0.3"),
        (-3.5, "-3.5"),
        (True, "TRUE"),
        (date(1990, 3, 7), "1990-03-07"),
        (datetime(1990, 3, 7), "1990-03-07"),
        (datetime(1990, 3, 7, 8, 5), "1990-03-07 08:05:00"),
        (time(8, 5), "08:05:00"),
        (999_999_999_999_999.0, "999999999999999"),
        (210102199003074000.0, "2.10102199003074E+17"),
        (210102199003074000, "2.10102199003074E+17"),
    ],
)
def test_text(value: Value, text: str) -> None:
    assert Cell(value).text == text


@pytest.mark.parametrize(
    ("value", "damaged"),
    [
        (210102199003074000.0, True),
        (1_000_000_000_000_000, True),
        (999_999_999_999_999, False),
        ("210102199003074000", False),
        (True, False),
        (None, False),
    ],
)
def test_damaged_number(value: Value, damaged: bool) -> None:
    assert Cell(value).is_damaged_number is damaged
