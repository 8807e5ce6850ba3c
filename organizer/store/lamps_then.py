"""Which units had every lamp clear at the end of an earlier day, as far as dated rows tell.

Facts and visits bear days; a unit's name, place and grid do not, so those are read as they are now.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from organizer.domain import clears
from organizer.domain.access import DEPARTMENTS
from organizer.domain.clears import Known
from organizer.domain.fact import Fact
from organizer.domain.round import REMOTE, Round
from organizer.domain.weekly import shown_at
from organizer.store import facts, known, lamps
from organizer.store.driver import Connection

_AT_ONCE = 200


class _Answered(NamedTuple):
    """A visit of the round that confirms; `logged` is when it came into the log."""

    on: date
    unchanged: bool
    logged: int


class _Told(NamedTuple):
    """All that was ever observed of some units, which of it by telephone or online, and when what was
    said to hold still came into the log."""

    history: Mapping[bytes, Sequence[Fact]]
    channels: Mapping[bytes, str]
    logged: Mapping[bytes, int]


def clear_now(connection: Connection) -> set[bytes]:
    """The units whose kept lamps are all clear: the rounds in force, today."""
    width = len(lamps.rules().lamps)
    rows = connection.execute(
        "SELECT employer FROM lamp_now WHERE lights = ?", (lamps.CLEAR * width,)
    )
    return {row for (row,) in rows}


def told_on(connection: Connection, current: Round) -> dict[bytes, set[str]]:
    """The days from the first of a round on, on which a unit was visited in it or anything was observed.

    On every other day its lamps stood as on the day before. What was told of a duplicate was told of
    the unit it leads to.
    """
    found: defaultdict[bytes, set[str]] = defaultdict(set)
    merged = facts.merged(connection)
    for row, day in connection.execute(
        "SELECT employer, observed_on FROM fact WHERE observed_on >= :starts AND retired_on IS NULL"
        " UNION SELECT employer, visited_on FROM visit WHERE round = :round AND visited_on >= :starts"
        " AND employer IS NOT NULL AND retired_on IS NULL",
        {"starts": current.starts_on.isoformat(), "round": current.id},
    ):
        found[merged.get(row, row)].add(day)
    return found


def clear_at(
    connection: Connection, current: Round, units: Sequence[bytes], day: date
) -> set[bytes]:
    """Which of these units were all clear at the end of a day of a round."""
    rules, ranks, found = lamps.rules(), facts.source_ranks(), set[bytes]()
    units = _answering(connection, units, clears.always_needed(rules) - known.ATTRIBUTES)
    for start in range(0, len(units), _AT_ONCE):
        some = units[start : start + _AT_ONCE]
        answered = _answered(connection, some, current)
        asked = [row for row in some if any(visit.unchanged for visit in answered[row])]
        told = _told(connection, some, asked)
        for row, own in known.attributes(connection, some).items():
            shown = _lamp_facts(told.history[row], ranks, day)
            visits = [one for one in answered[row] if one.on <= day]
            if clears.all_clear(rules, _then(own, shown, told, visits), current):
                found.add(row)
    return found


def _answering(
    connection: Connection, units: Sequence[bytes], fields: Collection[str]
) -> Sequence[bytes]:
    """Those units of which each of these fields was ever told: the others were never all clear."""
    if not fields:
        return units
    rows = connection.execute(
        f"SELECT employer FROM fact_now WHERE field IN ({', '.join('?' * len(fields))})"
        " GROUP BY employer HAVING count(*) = ?",
        (*fields, len(fields)),
    )
    answering = {row for (row,) in rows}
    return [row for row in units if row in answering]


def _lamp_facts(history: Sequence[Fact], ranks: Mapping[str, int], day: date) -> dict[str, Fact]:
    """What lamps looked at on a day: figures of other departments only where nothing else was told."""
    told = [fact for fact in history if fact.source not in DEPARTMENTS]
    return shown_at(history, ranks, day) | shown_at(told, ranks, day)


def _then(
    own: Mapping[str, str | None],
    shown: Mapping[str, Fact],
    told: _Told,
    visits: Sequence[_Answered],
) -> Known:
    """What was known of a unit when these were the facts shown and the visits made."""
    unchanged: dict[str, date] = {}
    for field, fact in shown.items():
        for visit in visits:
            asked = visit.unchanged and fact.source not in DEPARTMENTS
            before = fact.observed_on <= visit.on.isoformat()
            # Later in the log came what nobody could have been asked about.
            if asked and before and told.logged[fact.id] < visit.logged:
                unchanged[field] = max(visit.on, unchanged.get(field, visit.on))
    return Known(
        facts=shown,
        attributes=own,
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
    rows = connection.execute(
        f"{known.families(units)} SELECT s.unit, v.visited_on, coalesce(v.unchanged, 0),"
        " (SELECT min(c.hlc) FROM change c WHERE c.row = v.id) FROM same s"
        f" JOIN visit v ON v.employer = s.id WHERE {known.COUNTING}",
        known.counting_values(units, current),
    )
    found: defaultdict[bytes, list[_Answered]] = defaultdict(list)
    for employer, on, unchanged, logged in rows:
        found[employer].append(_Answered(date.fromisoformat(on), bool(unchanged), logged or 0))
    return found


def _told(connection: Connection, units: Sequence[bytes], asked: Sequence[bytes]) -> _Told:
    """What was told of these units; `asked` are those of which it was said that it still holds."""
    history: defaultdict[bytes, list[Fact]] = defaultdict(list)
    channels: dict[bytes, str] = {}
    for unit, channel, *fact in connection.execute(
        f"{known.families(units)} SELECT s.unit, v.channel, f.id, f.field, f.value, f.source,"
        " f.observed_on FROM same s JOIN fact f ON f.employer = s.id"
        " LEFT JOIN visit v ON v.id = f.visit WHERE f.retired_on IS NULL",
        known.family_values(units),
    ):
        history[unit].append(Fact(*fact))
        if channel in REMOTE:
            channels[fact[0]] = channel
    logged = connection.execute(
        f"{known.families(asked)} SELECT f.id,"
        " coalesce((SELECT min(c.hlc) FROM change c WHERE c.row = f.id), 0)"
        " FROM same s JOIN fact f ON f.employer = s.id",
        known.family_values(asked),
    )
    return _Told(history, channels, dict(logged.fetchall()))
