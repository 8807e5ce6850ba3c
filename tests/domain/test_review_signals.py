"""Quiet signals: seen where they are, not seen where the reason is plain, and never an accusation."""

from datetime import date, datetime, timedelta

import pytest

from organizer import resources
from organizer.domain.review_signals import Signal, Trace, signals
from organizer.i18n import SHANGHAI

DAY = date(2026, 3, 3)
NINE = datetime(2026, 3, 3, 9, 0, tzinfo=SHANGHAI)


def trace(
    number: int,
    seconds: float,
    *,
    street: str = "样一街",
    outcome: str = "1",
    visitor: str = "王样",
    on: date = DAY,
    **answers: str,
) -> Trace:
    row = f"{visitor}{number}".encode()
    at = NINE + timedelta(seconds=seconds)
    return Trace(
        row, row, f"样{number}店", visitor, on, at, street.encode(), street, outcome, answers
    )


def codes(found: list[Signal]) -> list[str]:
    return [one.note.code.removeprefix("signal.") for one in found]


def sentence(one: Signal) -> str:
    return resources.sentence("notes", one.note.code, one.note.facts)


def test_two_streets_within_two_minutes() -> None:
    near = [trace(1, 0), trace(2, 110, street="样二街"), trace(3, 200), trace(4, 900)]
    (found,) = signals(near, {})
    assert found.note.facts["count"] == 2 and len(found.employers) == 3
    assert "样一街" in sentence(found) and "样二街" in sentence(found)


@pytest.mark.parametrize(
    "traces",
    [
        [trace(1, 0), trace(2, 60)],
        [trace(1, 0), trace(2, 121, street="样二街")],
        [trace(1, 0), trace(2, 60, street="样二街", visitor="李样")],
        # Paper entered in the evening of another day tells nothing of the way.
        [trace(1, 0, on=date(2026, 3, 1)), trace(2, 60, street="样二街", on=date(2026, 3, 1))],
    ],
    ids=["one street", "time enough", "two people", "entered later"],
)
def test_a_plain_walk_is_no_signal(traces: list[Trace]) -> None:
    assert signals(traces, {}) == []


def test_many_doors_without_anybody_in_a_minute() -> None:
    typed = [trace(n, n * 5, outcome="2") for n in range(5)]
    assert codes(signals(typed, {})) == ["crowd"]
    assert codes(signals(typed[:4], {})) == []
    # A whole floor by one key is one instant; a street of it is told, a small floor is not.
    floor = [trace(n, 0, outcome="2") for n in range(19)]
    assert codes(signals(floor, {})) == []
    assert codes(signals([*floor, trace(19, 0, outcome="2")], {})) == ["crowd"]


def test_round_numbers() -> None:
    numbers = ("10", "20", "30", "40", "50", "60", "70", "81")
    even = [trace(n, n * 600, staff_total=number) for n, number in enumerate(numbers)]
    (found,) = signals(even, {})
    assert codes([found]) == ["round_numbers"] and found.note.facts["round"] == 7
    # Small shops have small numbers, and a few are chance.
    assert signals([trace(n, n * 600, staff_total=str(n)) for n in range(1, 10)], {}) == []
    assert signals(even[:7], {}) == []


def test_the_same_answers_in_a_row() -> None:
    same = [trace(n, n * 600, staff_total="3", union_state="5") for n in range(4)]
    (found,) = signals(same, {})
    assert codes([found]) == ["alike"] and "样0店" in sentence(found)
    assert signals([*same[:2], trace(9, 1300, staff_total="4"), *same[2:]], {}) == []
    assert signals([trace(n, n * 600) for n in range(9)], {}) == []


def test_one_telephone_of_many_units() -> None:
    units = [(bytes([n]), f"样{n}店") for n in range(3)]
    (found,) = signals([], {"19900001234": units, "19900005678": units[:2]})
    assert len(found.employers) == 3
    # The number itself is not told.
    assert "1234" in sentence(found) and "19900001234" not in sentence(found)


def test_every_sentence_says_a_reason_and_accuses_nobody() -> None:
    texts = resources.toml("texts", "notes.toml")["signal"]
    assert len(texts) == 5
    for text in texts.values():
        assert "值得复核" in text and any(word in text for word in ("会这样", "常说整数"))
        assert not any(word in text for word in ("造假", "虚假", "违规", "作弊", "编造"))
