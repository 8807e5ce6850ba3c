"""Backups: when one is due, when the last is too old, and which old ones make room."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

PAUSE = timedelta(minutes=30)
"""So long the next backup waits for the one before."""
RETRY = timedelta(minutes=5)
"""So long another try waits for one that failed: the stick may be plugged in again."""
STALE = timedelta(days=3)
"""After so long without one, what was written since is worth a line in the list of the day."""

_RECENT = timedelta(days=2)
_KEPT: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (14, lambda at: at.date()),
    (8, lambda at: at.isocalendar()[:2]),
    (12, lambda at: (at.year, at.month)),
)
"""How many days, weeks and months keep the newest of theirs."""


def superseded(made: Iterable[datetime]) -> set[datetime]:
    """The backups that make room for newer ones.

    All of the last 2 days stay; of older ones the newest of each day for 14 days, of each week for 8
    weeks, of each month for 12 months. Counted are days, weeks and months that have a backup, back from the newest one, never from a
    clock: whoever was away for a year, or had a wrong date, loses nothing by it.
    """
    newest_first = sorted(set(made), reverse=True)
    kept = {at for at in newest_first if at >= newest_first[0] - _RECENT}
    for most, period in _KEPT:
        newest: dict[object, datetime] = {}
        for at in newest_first:
            newest.setdefault(period(at), at)
        kept.update(list(newest.values())[:most])
    return set(newest_first) - kept


def is_due(
    now: datetime,
    made: datetime | None,
    failed: datetime | None,
    *,
    written: bool,
    leaving: bool = False,
) -> bool:
    """Whether it is time for a backup, when something was written since the last.

    30 minutes pass after one that was made, 5 after one that failed; who is leaving does not wait.
    """
    if not written or leaving:
        return written
    waits = ((made, PAUSE), (failed, RETRY))
    # An instant in the future was taken from a wrong clock.
    return all(at is None or at > now or now - at >= wait for at, wait in waits)


def is_stale(now: datetime, since: datetime, *, written: bool) -> bool:
    """Whether something was written and the last backup, or the beginning, is three days ago."""
    return written and now - since > STALE
