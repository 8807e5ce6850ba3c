"""Which units and memberships count for each measure of the weekly report at the ends of three weeks.

Pure sets over rows already read. Flows are counted among the units due at the last of the ends, so
that no more can be reached than are due; stocks each among those due at their own end.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cached_property

from organizer.domain.fact import in_order
from organizer.domain.member import State
from organizer.domain.round import Round
from organizer.domain.union_org import UNFOUNDED
from organizer.domain.visit import GONE_STATES
from organizer.domain.weekly import (
    BEFORE,
    TOTAL,
    WEEK,
    Measure,
    counts_in,
    founded_on,
    shown_at,
)
from organizer.i18n import SHANGHAI
from organizer.store import audit
from organizer.store.weekly import Application, Material

_JOINED = frozenset({State.FULL, State.TEMPORARY})
_NOTHING: Mapping[str, str] = {}
_NEVER = "~"
"""Sorts after every day."""


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
        self._then: dict[tuple[bytes, date], Mapping[str, str]] = {}
        self._due_on: dict[date, set[bytes]] = {}

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
        if day not in self._due_on:
            text = day.isoformat()
            self._due_on[day] = {
                row
                for row, unit in self._material.units.items()
                if unit.since <= text
                and (not unit.retired_on or unit.retired_on > text)
                and self._counts(row, day)
            }
        return self._due_on[day]

    def _reached(self, day: date) -> set[bytes]:
        text, first = day.isoformat(), self._material.reached_on
        return {row for row in self._base if first.get(row, _NEVER) <= text}

    def _clear(self, day: date) -> set[bytes]:
        return self._lit[day] & self._base

    def _closed(self, day: date) -> set[bytes]:
        closed = self._base & self._material.closed_at.keys()
        return {row for row in closed if self._is_closed(row, day)}

    def _unfounded(self, day: date) -> set[bytes]:
        return {
            row
            for row in self._due(day)
            if (shown := self._values(row, day)).get("union_state") in UNFOUNDED
            and shown.get("operating_state") not in GONE_STATES
        }

    def _founded(self, day: date) -> set[bytes]:
        founded = self._base & self._material.facts.keys()
        return {row for row in founded if self._is_founded(row, day)}

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
        if not self._round.denominator.least:
            return True
        staff, members = (self._value(row, name, day) for name in ("staff_total", "member_count"))
        return counts_in(self._round.denominator, staff, members)

    def _is_closed(self, row: bytes, day: date) -> bool:
        over = _instant_after(day)
        closings = [at for at in self._material.closed_at[row] if at < over]
        if not closings:
            return False
        return not any(
            seen.at > max(closings) and seen.on <= day.isoformat()
            for seen in self._material.answers.get(row, ())
        )

    def _is_founded(self, row: bytes, day: date) -> bool:
        told = (one for one in self._material.facts[row] if one.field == "union_state")
        known = (one for one in told if one.observed_on <= day.isoformat())
        history = in_order(known, self._ranks)
        founded = founded_on(history, self._value(row, "union_founded_on", day))
        return founded is not None and self._round.starts_on <= founded <= day

    def _value(self, row: bytes, field: str, day: date) -> str | None:
        return self._values(row, day).get(field)

    def _values(self, row: bytes, day: date) -> Mapping[str, str]:
        """What was shown of a unit at the end of a day."""
        history = self._material.facts.get(row)
        if history is None:
            return self._material.shown.get(row, _NOTHING)
        if (row, day) not in self._then:
            shown = shown_at(history, self._ranks, day)
            self._then[row, day] = {name: fact.value for name, fact in shown.items()}
        return self._then[row, day]


def _instant_after(day: date) -> str:
    """The instant at which a day in Shanghai is over, as stored."""
    midnight = datetime.combine(day + timedelta(days=1), time(), SHANGHAI)
    return audit.instant(int(midnight.timestamp() * 1000))
