from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from organizer.domain import backup
from organizer.domain.backup import superseded

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
instants = st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))
some = st.lists(instants, min_size=1, max_size=120)


def left(made: list[datetime]) -> list[datetime]:
    return sorted(set(made) - superseded(made))


@given(some)
def test_the_newest_is_never_deleted(made: list[datetime]) -> None:
    assert max(made) in left(made)


@given(some)
def test_nothing_of_the_last_two_days_is_deleted(made: list[datetime]) -> None:
    recent = {at for at in made if max(made) - at <= timedelta(days=2)}
    assert recent <= set(left(made))


@given(some)
def test_thinning_again_deletes_nothing_more(made: list[datetime]) -> None:
    assert superseded(left(made)) == set()


@given(some)
def test_what_is_kept_of_older_days_is_bounded(made: list[datetime]) -> None:
    older = [at for at in left(made) if max(made) - at > timedelta(days=2)]
    assert len(older) <= 14 + 8 + 12


@given(some)
def test_each_of_the_last_14_days_8_weeks_12_months_keeps_its_newest(made: list[datetime]) -> None:
    kept = set(left(made))
    for most, name in ((14, "%Y-%m-%d"), (8, "%G-%V"), (12, "%Y-%m")):
        newest: dict[str, datetime] = {}
        for at in sorted(made):
            newest[at.strftime(name)] = at
        assert {newest[period] for period in sorted(newest)[-most:]} <= kept


@given(some)
def test_thinning_after_every_backup_keeps_what_thinning_at_once_would(
    made: list[datetime],
) -> None:
    """The newest of a period is never deleted too early to be there when it is the last one left."""
    kept: list[datetime] = []
    for at in sorted(set(made)):
        kept = left([*kept, at])
    assert set(left(made)) <= set(kept)


def test_a_year_of_half_hours_becomes_a_handful() -> None:
    made = [NOON - timedelta(minutes=30 * number) for number in range(2 * 24 * 365)]
    kept = left(made)
    assert 97 + 12 < len(kept) <= 97 + 14 + 8 + 12
    assert NOON - min(kept) > timedelta(days=320)


def test_after_a_year_away_the_old_ones_are_all_there() -> None:
    made = [NOON - timedelta(days=400 + day) for day in range(5)]
    assert left([*made, NOON]) == sorted([*made, NOON])


def test_a_backup_is_due_when_something_was_written_and_half_an_hour_passed() -> None:
    def due(made: int | None, failed: int | None = None, **so: bool) -> bool:
        ago = [None if minutes is None else NOON - timedelta(minutes=minutes)
               for minutes in (made, failed)]  # fmt: skip
        return backup.is_due(NOON, ago[0], ago[1], **{"written": True, **so})

    assert due(None)
    assert due(30) and not due(29)
    assert due(29, leaving=True)
    assert not due(500, written=False) and not due(500, written=False, leaving=True)
    assert not due(500, failed=4) and due(500, failed=5)
    assert due(-60)  # made by a clock that was wrong


def test_three_days_of_work_in_no_backup_are_too_much() -> None:
    three = timedelta(days=3)
    assert not backup.is_stale(NOON, NOON - three, written=True)
    assert backup.is_stale(NOON, NOON - three - timedelta(minutes=1), written=True)
    assert not backup.is_stale(NOON, NOON - 2 * three, written=False)
