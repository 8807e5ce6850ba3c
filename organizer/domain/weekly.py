"""The weekly report (周报): its week, its measures, and the figures of one line.

What a measure means is written once, in `resources/texts/weekly.toml`, and stands at the foot of
every print, in the workbook and in the tooltips. There are two kinds of measures. A stock (应查,
未建, 待审) is what there is at the week's end; its change is against the end of the week before. A
flow (已查, 四清, 已尽责, 新建会, 新入会, 被退回) is what came in during the week; its total is what
came since the round began, its change is this week's number against last week's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from organizer.domain.fact import Fact, newest
from organizer.domain.round import Denominator, Round
from organizer.domain.union_org import FOUNDED
from organizer.errors import InvalidInput

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Week:
    """A week from Monday to Sunday, as Shanghai counts the days."""

    monday: date

    @classmethod
    def of(cls, day: date) -> "Week":
        """The week a day lies in."""
        return cls(day - day.weekday() * _DAY)

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + 6 * _DAY

    def shifted(self, weeks: int) -> "Week":
        """The week so many weeks later, or earlier when negative."""
        return Week(self.monday + 7 * weeks * _DAY)


@dataclass(frozen=True)
class Measure:
    """One thing that is counted; `people` when it counts memberships, not units."""

    key: str
    flow: bool
    people: bool = False
    share: bool = False
    """Whether its part of 应查 is told in percent."""


MEASURES = (
    Measure("due", flow=False),
    Measure("reached", flow=True, share=True),
    Measure("clear", flow=True, share=True),
    Measure("closed", flow=True),
    Measure("unfounded", flow=False),
    Measure("founded", flow=True),
    Measure("joined", flow=True, people=True),
    Measure("pending", flow=False, people=True),
    Measure("returned", flow=True, people=True),
)

WEEK, TOTAL, BEFORE = "week", "total", "before"
"""Parts of a figure that have rows behind them; the change follows from two of them."""


@dataclass(frozen=True)
class Figure:
    """A measure of one line.

    `total` is what there is at the week's end; `week` what came in during the week, 0 for a stock;
    `before` what `week` was the week before, for a stock what `total` was at the end of that.
    """

    total: int
    week: int
    before: int

    def change(self, measure: Measure) -> int:
        """The difference to the week before."""
        return (self.week if measure.flow else self.total) - self.before


@dataclass(frozen=True)
class Line:
    """A street or a grid with its figures in the order of `MEASURES`.

    `above` is the community it lies in, `code` the code of that.
    """

    key: bytes
    code: str
    above: str
    name: str
    figures: tuple[Figure, ...]

    def figure(self, key: str) -> Figure:
        """The figure of a measure."""
        return next(f for m, f in zip(MEASURES, self.figures, strict=True) if m.key == key)

    def share(self, key: str) -> float | None:
        """How much of 应查 a measure is, from 0 to 1; None where nothing is due."""
        due = self.figure("due").total
        return self.figure(key).total / due if due else None


@dataclass(frozen=True)
class WeeklyReport:
    """The figures of a week by street and by grid, and what stands at the head of the sheet."""

    office: str
    area: str
    round_name: str
    denominator: Denominator
    week: Week
    made_on: date
    tables: Mapping[str, Sequence[Line]]
    """By `STREET` and `GRID`."""

    @property
    def is_running(self) -> bool:
        """Whether the week was not over when it was counted."""
        return self.made_on <= self.week.sunday


STREET, GRID = "street", "grid"


@dataclass(frozen=True)
class Column:
    """A column of numbers: what of a measure stands in it.

    `part` is week or stock, total, before, change, or share (in percent of 应查).
    """

    measure: Measure
    part: str

    @property
    def opens(self) -> str:
        """The part whose rows stand behind its numbers; of a change the new number of the two."""
        if self.part in (WEEK, BEFORE):
            return self.part
        return WEEK if self.part == "change" and self.measure.flow else TOTAL

    def number(self, line: Line) -> int:
        """The number of a line; not of a share."""
        figure = line.figure(self.measure.key)
        if self.part == "change":
            return figure.change(self.measure)
        return {WEEK: figure.week, BEFORE: figure.before}.get(self.part, figure.total)

    def text(self, line: Line) -> str:
        """As it is printed: 12, +3, −2, 85.0."""
        if self.part == "share":
            share = line.share(self.measure.key)
            return "" if share is None else f"{share * 100:.1f}"
        if self.part == "change":
            return f"{self.number(line):+d}".replace("-", "−") if self.number(line) else "0"
        return str(self.number(line))


def columns(*, before: bool = False) -> tuple[Column, ...]:
    """The columns of a report, with last week's numbers where something is calculated from them."""
    found = []
    for measure in MEASURES:
        parts = [WEEK, TOTAL] if measure.flow else ["stock"]
        parts += [BEFORE] * before + ["change"] + ["share"] * measure.share
        found += [Column(measure, part) for part in parts]
    return tuple(found)


def total(lines: Sequence[Line], name: str = "") -> Line:
    """All lines together."""
    columns = zip(*(line.figures for line in lines), strict=True) if lines else ()
    summed = tuple(_sum(column) for column in columns)
    return Line(b"", "", "", name, summed or (Figure(0, 0, 0),) * len(MEASURES))


def check_week(week: Week, today: date, earliest: date) -> None:
    """Raises `InvalidInput` for a week that has not begun, or one before the first round."""
    if week.monday > today:
        raise InvalidInput("weekly.ahead", field="week", day=week.monday, today=today)
    if week.sunday < earliest:
        raise InvalidInput("weekly.before_rounds", field="week", day=week.sunday, starts=earliest)


def counts_in(denominator: Denominator, staff: str | None, members: str | None) -> bool:
    """Whether a unit is in the denominator: by its staff, where that is not known by its members."""
    people = staff or members or ""
    return denominator.least == 0 or (people.isdigit() and int(people) >= denominator.least)


def founded_on(history: Sequence[Fact], told: str | None) -> date | None:
    """The day a unit came to have a union; None for none, or one that was there before anybody asked.

    `history` is what was observed of `union_state`, oldest first; `told` the day said of it. Without
    such a day it is the day on which 有 was first observed after 无.
    """
    if not history or history[-1].value not in FOUNDED:
        return None
    if told:
        return date.fromisoformat(told)
    day = history[-1].observed_on
    for fact in reversed(history):
        if fact.value not in FOUNDED:
            return date.fromisoformat(day)
        day = fact.observed_on
    return None


def shown_at(facts: Iterable[Fact], ranks: Mapping[str, int], day: date) -> dict[str, Fact]:
    """What was shown of a unit at the end of a day, by field."""
    known: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.observed_on <= day.isoformat():
            known.setdefault(fact.field, []).append(fact)
    return {field: newest(some, ranks) for field, some in known.items()}


def round_at(rounds: Sequence[Round], day: date) -> Round | None:
    """The round in force on a day: of several, newest first, the first that had begun."""
    return next((one for one in rounds if one.starts_on <= day), None)


def _sum(figures: Sequence[Figure]) -> Figure:
    return Figure(
        sum(one.total for one in figures),
        sum(one.week for one in figures),
        sum(one.before for one in figures),
    )
