"""Which units and memberships count for each measure of the weekly report at the ends of three weeks.

Pure sets over rows already read. Flows are counted among the units due at the last of the ends, so
that no more can be reached than are due; stocks each among those due at their own end.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cached_property

from organizer.domain.effort import SHUT
from organizer.domain.fact import Fact
from organizer.domain.member import State
from organizer.domain.round import Round
from organizer.domain.visit import Outcome
from organizer.domain.weekly import (
    BEFORE,
    GONE,
    TOTAL,
    UNFOUNDED,
    WEEK,
    Measure,
    counts_in,
    founded_on,
    in_order,
    shown_at,
)
from organizer.i18n import SHANGHAI
from organizer.store import audit
from organizer.store.weekly import Application, Material

_JOINED = frozenset({State.FULL, State.TEMPORARY})
_EMPTY: Mapping[str, Fact] = {}


class Counting:
    """The sets of one report; `ends` are three Sundays, the report's own first."""

    def __init__(
        self,
        material: Material,
        current: Round,
        ends: Sequence[date],
        ranks: Mapping[str, int],
        clear: Mapping[date, set[bytes]],
    ) -> None:
        self._material = material
        self._round = current
        self._ends = ends
        self._ranks = ranks
        self._lit = clear
        self._shown: dict[tuple[bytes, date], Mapping[str, Fact]] = {}

    def parts(self, measure: Measure) -> Iterator[tuple[str, set[bytes]]]:
        """The sets of a measure, part by part."""
        count = getattr(self, f"_{measure.key}")
        if not measure.flow:
            yield TOTAL, count(self._ends[0])
            yield BEFORE, count(self._ends[1])
            return
        now, last, earlier = map(count, self._ends)
        yield TOTAL, now
        yield WEEK, now - last
        yield BEFORE, last - earlier

    @cached_property
    def _base(self) -> set[bytes]:
        return self._due(self._ends[0])

    def _due(self, day: date) -> set[bytes]:
        text = day.isoformat()
        return {
            row
            for row, unit in self._material.units.items()
            if unit.since <= text
            and (not unit.retired_on or unit.retired_on > text)
            and self._counts(row, day)
        }

    def _reached(self, day: date) -> set[bytes]:
        text = day.isoformat()
        return {
            row
            for row in self._base
            if any(
                seen.on <= text and seen.outcome != Outcome.NOBODY
                for seen in self._material.visits.get(row, ())
            )
        }

    def _clear(self, day: date) -> set[bytes]:
        return self._lit[day] & self._base

    def _closed(self, day: date) -> set[bytes]:
        return {row for row in self._base if self._is_closed(row, day)}

    def _unfounded(self, day: date) -> set[bytes]:
        return {
            row
            for row in self._due(day)
            if self._value(row, "union_state", day) in UNFOUNDED
            and self._value(row, "operating_state", day) not in GONE
        }

    def _founded(self, day: date) -> set[bytes]:
        return {row for row in self._base if self._is_founded(row, day)}

    def _joined(self, day: date) -> set[bytes]:
        return {one.membership for one in self._decided(day) if one.state in _JOINED}

    def _returned(self, day: date) -> set[bytes]:
        return {one.membership for one in self._decided(day) if one.state == State.REFUSED}

    def _pending(self, day: date) -> set[bytes]:
        text = day.isoformat()
        return {
            one.membership
            for one in self._material.applications
            if one.applied_on <= text and (not one.decided_on or one.decided_on > text)
        }

    def _decided(self, day: date) -> Iterator[Application]:
        first, last = self._round.starts_on.isoformat(), day.isoformat()
        return (one for one in self._material.applications if first <= one.decided_on <= last)

    def _counts(self, row: bytes, day: date) -> bool:
        staff, members = (self._value(row, name, day) for name in ("staff_total", "member_count"))
        return counts_in(self._round.denominator, staff, members)

    def _is_closed(self, row: bytes, day: date) -> bool:
        over = _instant_after(day)
        closings = [at for at in self._material.closed_at.get(row, ()) if at < over]
        if not closings:
            return False
        return not any(
            seen.at > max(closings) and seen.on <= day.isoformat() and seen.outcome not in SHUT
            for seen in self._material.visits.get(row, ())
        )

    def _is_founded(self, row: bytes, day: date) -> bool:
        known = [one for one in self._facts(row) if one.observed_on <= day.isoformat()]
        history = in_order((one for one in known if one.field == "union_state"), self._ranks)
        founded = founded_on(history, self._value(row, "union_founded_on", day))
        return founded is not None and self._round.starts_on <= founded <= day

    def _value(self, row: bytes, field: str, day: date) -> str | None:
        if (row, day) not in self._shown:
            known = self._facts(row)
            self._shown[row, day] = shown_at(known, self._ranks, day) if known else _EMPTY
        fact = self._shown[row, day].get(field)
        return fact.value if fact else None

    def _facts(self, row: bytes) -> Sequence[Fact]:
        return self._material.facts.get(row, ())


def _instant_after(day: date) -> str:
    """The instant at which a day in Shanghai is over, as stored."""
    midnight = datetime.combine(day + timedelta(days=1), time(), SHANGHAI)
    return audit.instant(int(midnight.timestamp() * 1000))
