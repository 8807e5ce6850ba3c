"""An honest end (已尽责): when a door that stays shut may be closed, apart from 清 and never mixed with it.

Three tries on different days and at different times of the day, or a refusal that a reviewer
confirmed (domain of the survey: a street that can never be wholly clear can still be finished).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from organizer.domain.visit import Outcome
from organizer.errors import Conflict

TRIES = 3
SHUT = frozenset({Outcome.NOBODY, Outcome.REFUSED})
"""Outcomes at which a door stayed shut."""

_NOON, _EVENING = time(12), time(17)


class Ground(StrEnum):
    """Why a door was closed."""

    TRIES = "tries"
    REFUSAL = "refusal"


@dataclass(frozen=True)
class Try:
    """One visit in the round: what came of it, on which day, at what time of that day if known."""

    outcome: str
    on: date
    at: time | None


def ground(tries: Sequence[Try], *, refusal_confirmed: bool) -> Ground:
    """Why this door may be closed; `tries` are its visits in the round, oldest first.

    Raises `Conflict` when somebody answered, or says what is still missing.
    """
    if not tries or tries[-1].outcome not in SHUT:
        raise Conflict("effort.not_shut")
    if refusal_confirmed:
        if tries[-1].outcome != Outcome.REFUSED:
            raise Conflict("effort.no_refusal")
        return Ground.REFUSAL
    shut = [one for one in tries if one.outcome in SHUT]
    days = {one.on for one in shut}
    if len(days) < TRIES:
        raise Conflict("effort.too_few", wanted=TRIES, days=len(days))
    if len({part_of_day(one.at) for one in shut if one.at is not None}) < 2:
        late = any(one.at is None for one in shut)
        raise Conflict("effort.time_unknown" if late else "effort.same_time", days=len(days))
    return Ground.TRIES


def part_of_day(at: time) -> str:
    """Morning, afternoon or evening: who is out at one of them may be in at another."""
    return "morning" if at < _NOON else "afternoon" if at < _EVENING else "evening"
