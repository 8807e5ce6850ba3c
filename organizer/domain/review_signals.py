"""Quiet signals (值得复核): patterns in visits that are worth another look, and never an accusation.

Each has innocent reasons, and its sentence (`signal.…` in `resources/texts/notes.toml`) names them.
The instant of a visit is the one at which it was entered: it tells something only on the day of the
visit itself, paper entered later tells nothing of the way.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise

from organizer.domain.note import Note
from organizer.domain.visit import Outcome

HURRY = timedelta(minutes=2)
"""Less between two streets is worth a look."""

SHARED = 3
"""So many units with one telephone."""

MANY_NOBODY = 5
"""So many doors where nobody opened, noted one by one within a minute."""

SWEPT = 20
"""So many of them noted by one key at once: a floor or a street."""

ALIKE = 4
"""So many units in a row with the same answers."""

ENOUGH_NUMBERS, MOSTLY_ROUND = 8, 0.8
"""Of so many head counts from 10 up this share are multiples of ten."""


@dataclass(frozen=True)
class Trace:
    """One visit as it was entered; `answers` are the facts told on it."""

    visit: bytes
    employer: bytes
    unit: str
    visitor: str
    on: date
    entered: datetime
    street: bytes
    street_name: str
    outcome: str
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def timely(self) -> bool:
        """Whether it was entered on its day, so that its instant says something."""
        return self.entered.date() == self.on


@dataclass(frozen=True)
class Signal:
    """A pattern, told in a sentence, and the units it is about."""

    note: Note
    employers: tuple[bytes, ...]


def signals(
    traces: Iterable[Trace], phones: Mapping[str, Sequence[tuple[bytes, str]]]
) -> list[Signal]:
    """Every signal; `phones` are the units of each number (id and name)."""
    ordered = sorted(traces, key=lambda one: (one.visitor, one.entered, one.visit))
    found: list[Signal] = []
    for visitor, own in groupby(ordered, key=lambda one: one.visitor):
        visits = list(own)
        for look in (_hurries, _crowds, _round_numbers, _alike):
            found += look(visitor, visits)
    return [*found, *_shared(phones)]


def _hurries(visitor: str, visits: Sequence[Trace]) -> Iterator[Signal]:
    """Two streets within two minutes, told once for each day."""
    by_day: defaultdict[date, list[tuple[Trace, Trace]]] = defaultdict(list)
    for one, following in pairwise(visits):
        near = timedelta() < following.entered - one.entered < HURRY
        if near and one.timely and following.timely and one.street != following.street:
            by_day[one.on].append((one, following))
    for day, pairs in by_day.items():
        first, second = pairs[0]
        facts = {
            "visitor": visitor, "day": day, "count": len(pairs),
            "first": first.street_name, "second": second.street_name,
        }  # fmt: skip
        yield Signal(Note("signal.hurry", facts), _units(one for pair in pairs for one in pair))


def _crowds(visitor: str, visits: Sequence[Trace]) -> Iterator[Signal]:
    """Many doors where nobody opened within one minute."""
    nobody = [one for one in visits if one.outcome == Outcome.NOBODY]
    for minute, group in groupby(
        nobody, key=lambda one: one.entered.replace(second=0, microsecond=0)
    ):
        some = list(group)
        one_by_one = len({one.entered for one in some})
        if one_by_one >= MANY_NOBODY or len(some) >= SWEPT:
            facts = {"visitor": visitor, "minute": f"{minute:%Y-%m-%d %H:%M}", "count": len(some)}
            yield Signal(Note("signal.crowd", facts), _units(some))


def _round_numbers(visitor: str, visits: Sequence[Trace]) -> Iterator[Signal]:
    counted = [one for one in visits if _number(one) >= 10]
    even = [one for one in counted if _number(one) % 10 == 0]
    if len(counted) >= ENOUGH_NUMBERS and len(even) >= MOSTLY_ROUND * len(counted):
        facts = {"visitor": visitor, "count": len(counted), "round": len(even)}
        yield Signal(Note("signal.round_numbers", facts), _units(even))


def _alike(visitor: str, visits: Sequence[Trace]) -> Iterator[Signal]:
    """Units in a row with the same answers; who was not met answered nothing."""
    met = [one for one in visits if "staff_total" in one.answers]
    for _answers, group in groupby(met, key=lambda one: sorted(one.answers.items())):
        some = list(group)
        if len({one.employer for one in some}) >= ALIKE:
            facts = {"visitor": visitor, "count": len(some), "first": some[0].unit}
            yield Signal(Note("signal.alike", facts), _units(some))


def _shared(phones: Mapping[str, Sequence[tuple[bytes, str]]]) -> Iterator[Signal]:
    for number, units in sorted(phones.items()):
        if len(units) >= SHARED:
            facts = {"count": len(units), "tail": number[-4:], "first": units[0][1]}
            yield Signal(Note("signal.shared_phone", facts), tuple(row for row, _name in units))


def _number(trace: Trace) -> int:
    text = trace.answers.get("staff_total", "")
    return int(text) if text.isascii() and text.isdigit() else 0


def _units(traces: Iterable[Trace]) -> tuple[bytes, ...]:
    return tuple(dict.fromkeys(one.employer for one in traces))
