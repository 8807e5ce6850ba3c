"""Which units had every lamp clear at the end of an earlier day, as far as dated rows tell.

Facts and visits bear days; a unit's name, place and grid do not, so those are read as they are now.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from organizer.domain import clears
from organizer.domain.access import DEPARTMENTS
from organizer.domain.clears import Known, Light
from organizer.domain.fact import Fact
from organizer.domain.round import REMOTE, Round
from organizer.domain.weekly import shown_at
from organizer.store import facts, known, lamps
from organizer.store.driver import Connection

_AT_ONCE = 50


class _Answered(NamedTuple):
    """A visit of the round that confirms; `logged` is when it came into the log."""

    on: date
    unchanged: bool
    logged: int


class _Told(NamedTuple):
    """All that was ever observed of a unit, by which way, and when it came into the log."""

    history: Sequence[Fact]
    channels: Mapping[bytes, str]
    logged: Mapping[bytes, int]


def clear_now(connection: Connection) -> set[bytes]:
    """The units whose kept lamps are all clear: the rounds in force, today."""
    width = len(lamps.rules().lamps)
    rows = connection.execute(
        "SELECT employer FROM lamp_now WHERE lights = ?", (lamps.CLEAR * width,)
    )
    return {row for (row,) in rows}


def touched_since(connection: Connection, current: Round, day: date) -> list[bytes]:
    """The units of which something was observed after a day, or that were visited in the round."""
    rows = connection.execute(
        "SELECT employer FROM fact WHERE observed_on > :day AND retired_on IS NULL UNION"
        " SELECT employer FROM visit WHERE round = :round AND visited_on > :day"
        " AND employer IS NOT NULL AND retired_on IS NULL",
        {"day": day.isoformat(), "round": current.id},
    )
    return [row for (row,) in rows]


def clear_at(
    connection: Connection, current: Round, units: Sequence[bytes], days: Sequence[date]
) -> dict[date, set[bytes]]:
    """Which of these units were all clear at the end of each day."""
    rules, ranks = lamps.rules(), facts.source_ranks()
    found: dict[date, set[bytes]] = {day: set() for day in days}
    # Before its first day nothing was clear in a round.
    days = [day for day in days if day >= current.starts_on]
    for start in range(0, len(units) if days else 0, _AT_ONCE):
        some = units[start : start + _AT_ONCE]
        answered = _answered(connection, some, current)
        for row, now in known.known_of(connection, some, current).items():
            told = _told(connection, row)
            for day in days:
                shown = shown_at(told.history, ranks, day)
                visits = [one for one in answered[row] if one.on <= day]
                then = _then(now, shown, told, visits)
                if all(one.light is Light.CLEAR for one in clears.lamps(rules, then, current)):
                    found[day].add(row)
    return found


def _then(now: Known, shown: Mapping[str, Fact], told: _Told, visits: Sequence[_Answered]) -> Known:
    """What was known of a unit when these were the facts shown and the visits made."""
    unchanged: dict[str, date] = {}
    for field, fact in shown.items():
        for visit in visits:
            asked = visit.unchanged and fact.source not in DEPARTMENTS
            before = fact.observed_on <= visit.on.isoformat()
            # Later in the log came what nobody could have been asked about.
            if asked and before and told.logged[fact.id] < visit.logged:
                unchanged[field] = max(visit.on, unchanged.get(field, visit.on))
    return replace(
        now,
        facts=shown,
        confirmed_on=max((visit.on for visit in visits), default=None),
        channels={
            field: told.channels[fact.id]
            for field, fact in shown.items()
            if fact.id in told.channels
        },
        unchanged=unchanged,
    )


def _answered(
    connection: Connection, units: Sequence[bytes], current: Round
) -> Mapping[bytes, list[_Answered]]:
    """The visits of the round that confirm, in the ways the round accepts."""
    marks = ", ".join(f":e{place}" for place in range(len(units)))
    rows = connection.execute(
        "SELECT v.employer, v.visited_on, coalesce(v.unchanged, 0),"
        " (SELECT min(c.hlc) FROM change c WHERE c.row = v.id) FROM visit v"
        f" WHERE v.employer IN ({marks}) AND {known.COUNTING}",
        known.counting_values(units, current),
    )
    found: defaultdict[bytes, list[_Answered]] = defaultdict(list)
    for employer, on, unchanged, logged in rows:
        found[employer].append(_Answered(date.fromisoformat(on), bool(unchanged), logged or 0))
    return found


def _told(connection: Connection, employer: bytes) -> _Told:
    history = facts.history(connection, employer)
    family = facts.with_duplicates(connection, employer)
    marks = ", ".join("?" * len(family))
    rows = connection.execute(
        "SELECT f.id, coalesce(v.channel, ''), (SELECT min(c.hlc) FROM change c WHERE c.row = f.id)"
        f" FROM fact f LEFT JOIN visit v ON v.id = f.visit WHERE f.employer IN ({marks})",
        family,
    ).fetchall()
    channels = {row: channel for row, channel, _logged in rows if channel in REMOTE}
    return _Told(history, channels, {row: logged or 0 for row, _channel, logged in rows})
