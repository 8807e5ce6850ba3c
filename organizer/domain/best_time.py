"""When somebody is in: the part of the day at which doors of a place have mostly been answered."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from organizer.domain.effort import Try, part_of_day
from organizer.domain.visit import Outcome

_ANSWERED = frozenset({Outcome.MET, Outcome.NEW, Outcome.REFUSED})
_ENOUGH = 5
"""Fewer tries at a part of the day are chance."""
_OTHERS = 3
"""Without so many tries at other times nobody knows whether those are worse."""
_MOSTLY = 2 / 3
_BETTER = 0.2
"""By how much the share of answered doors must be above that at other times."""


@dataclass(frozen=True)
class BestTime:
    """Of so many tries at a part of the day (morning, afternoon, evening) so many were answered."""

    part: str
    answered: int
    tries: int


def best_time(tries: Iterable[Try]) -> BestTime | None:
    """The best part of the day, where the past tries say it clearly; a refusal is an answer too.

    Tries whose time is not known, and what says nothing of the time (moved, closed), do not count.
    """
    made: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    for one in tries:
        if one.at is None or one.outcome not in (*_ANSWERED, Outcome.NOBODY):
            continue
        part = part_of_day(one.at)
        made[part] += 1
        answered[part] += one.outcome in _ANSWERED
    if not made:
        return None
    part = max(made, key=lambda one: (answered[one] / made[one], made[one]))
    others = made.total() - made[part]
    if made[part] < _ENOUGH or others < _OTHERS:
        return None
    share = answered[part] / made[part]
    elsewhere = (answered.total() - answered[part]) / others
    clear = share >= _MOSTLY and share - elsewhere >= _BETTER
    return BestTime(part, answered[part], made[part]) if clear else None
