from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.domain.dates import EARLIEST, LATEST, parse_date, parse_past_day
from organizer.errors import InvalidInput

THAT_DAY = date(1990, 3, 7)
DAYS = st.dates(EARLIEST, LATEST)


@pytest.mark.parametrize(
    "value",
    [
        "1990.3.7",
        "1990年3月7日",
        "1990-3-7",
        "1990-03-07",
        "1990/3/7 0:00:00",
        "1990-03-07T00:00:00Z",
        "1990/03/07 08:15",
        "1990 3 7",
        "１９９０．３．７",
        "1990年 3 月 7 日",
        "1990、3、7",
        "1990—3—7",
        "19900307",
        "'19900307",
        19900307,
        19900307.0,
        32939,
        32939.75,
        "32939",
        THAT_DAY,
        datetime(1990, 3, 7, 23, 59),
    ],
)
def test_forms_of_one_day(value: str | float | date) -> None:
    assert parse_date(value) == THAT_DAY


@pytest.mark.parametrize("value", [None, "", "  ", "\u3000"])
def test_nothing_written(value: str | None) -> None:
    assert parse_date(value) is None


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1990年3月", "date.incomplete"),
        ("1990年3月份", "date.incomplete"),
        ("1990-3", "date.incomplete"),
        ("1990.03", "date.incomplete"),
        ("199003", "date.incomplete"),
        ("1990年", "date.incomplete"),
        ("1990", "date.incomplete"),
        (1990, "date.incomplete"),
        (1990.3, "date.incomplete"),
        (199003, "date.incomplete"),
        ("90-3", "date.short_year"),
        ("90.3.7", "date.short_year"),
        ("90年3月7日", "date.short_year"),
        ("3/7/1990", "date.year_last"),
        ("农历1990年二月十一", "date.lunar"),
        ("1990年腊月", "date.lunar"),
        ("1990-02-30", "date.impossible"),
        ("19901307", "date.impossible"),
        (19901307, "date.impossible"),
        ("1790-01-01", "date.impossible"),
        (60, "date.impossible"),
        ("不详", "date.unknown"),
        ("7", "date.unknown"),
        (True, "date.unknown"),
        (-5, "date.unknown"),
        (1e300, "date.unknown"),
        (float("nan"), "date.unknown"),
    ],
)
def test_never_guessed(value: str | float, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_date(value, field="born_on")
    assert refused.value.code == code
    assert refused.value.field == "born_on"


@pytest.mark.parametrize(
    ("serial", "day"),
    [
        (1, date(1900, 1, 1)),
        (59, date(1900, 2, 28)),
        (61, date(1900, 3, 1)),
        (45292, date(2024, 1, 1)),
    ],
)
def test_serials_around_the_day_that_never_was(serial: int, day: date) -> None:
    assert parse_date(serial) == day


@given(DAYS)
def test_1904_system_counts_1462_days_less(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    if serial > 1462 + 2101:  # smaller numbers look like a year
        assert parse_date(serial) == day
        assert parse_date(serial - 1462, date1904=True) == day


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]))
def test_written_and_read_back(day: date, form: str) -> None:
    assert parse_date(day.strftime(form)) == day


@given(st.text(max_size=20))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    try:
        day = parse_date(text)
    except InvalidInput as refused:
        assert refused.code.startswith("date.")
    else:
        assert day is None or EARLIEST <= day <= LATEST


@pytest.mark.parametrize(
    ("written", "today", "meant"),
    [
        ("1120", date(2026, 11, 21), date(2026, 11, 20)),
        ("11.20", date(2026, 11, 20), date(2026, 11, 20)),
        ("11-21", date(2026, 11, 20), date(2025, 11, 21)),
        ("１２３１", date(2027, 1, 2), date(2026, 12, 31)),
        ("105", date(2026, 2, 1), date(2026, 1, 5)),
        ("229", date(2028, 1, 10), None),
        ("229", date(2029, 1, 10), date(2028, 2, 29)),
        ("1345", date(2026, 11, 20), None),
        ("2026年11月3日", date(2026, 11, 20), date(2026, 11, 3)),
    ],
)
def test_a_day_on_paper_is_the_last_such_day(written: str, today: date, meant: date | None) -> None:
    if meant is None:
        with pytest.raises(InvalidInput, match="impossible"):
            parse_past_day(written, today)
    else:
        assert parse_past_day(written, today) == meant
