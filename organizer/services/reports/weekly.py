"""The weekly report (周报): what a week brought by street and by grid, with the rows behind each number.

Every number is the size of a set of units or memberships, kept beside it, so that what opens behind a
number is what was counted. Whatever bears a day counts by that day: visits, facts, doors taken and
left, closings, decisions on applications. A past week is therefore told as it is known now: visits
entered late or corrected since count where they belong, and a print of that time may differ. What
bears no day is read as it is now: names, grids, where a street lies, merges. Units without a place
stand in a line of their own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from organizer.domain.access import Permission
from organizer.domain.place import natural_key
from organizer.domain.round import Denominator, Round, parse_denominator
from organizer.domain.weekly import (
    BEFORE,
    GRID,
    MEASURES,
    STREET,
    TOTAL,
    WEEK,
    Figure,
    Line,
    Measure,
    Week,
    WeeklyReport,
    check_week,
    round_at,
)
from organizer.errors import NotFound
from organizer.i18n import _
from organizer.services.reports.week_counting import Counting
from organizer.services.survey import recording
from organizer.services.workspace import Workspace
from organizer.store import comparisons, facts, grids, lamps_then, rounds, weekly
from organizer.store.driver import Connection
from organizer.store.weekly import Material
from organizer.store.whereabouts import Lying, Whereabouts

Cell = tuple[str, bytes, str, str]
"""Which table, which line, which measure, which part (week, total or before)."""

_AFTER_ALL = "~"
"""Sorts after every day."""

_Sets = dict[Cell, set[bytes]]
_Name = tuple[str, str, str]
"""The code of a division, its name, and the name of a street or grid in it."""


@dataclass(frozen=True)
class Report:
    """The figures, and the ids of units or memberships behind each."""

    told: WeeklyReport
    holders: Mapping[Cell, frozenset[bytes]]


@dataclass(frozen=True)
class Behind:
    """One row behind a number: a unit with its address, or the membership of a person."""

    row: bytes
    name: str
    where: str = ""
    person: bytes | None = None


def report(
    workspace: Workspace, day: date | None = None, division_code: str = "", denominator: str = ""
) -> Report:
    """The report of the week in which `day` lies, today's unless said.

    `denominator` stands in for the one the office chose for the round. Raises `NotFound` without a
    round, `InvalidInput` for a week ahead or one before the first round.
    """
    workspace.require(Permission.LOOK, division_code or None)
    week = Week.of(day or workspace.today)
    recording.settle_lamps(workspace)
    scope = division_code or workspace.account.division_code
    chosen = parse_denominator(denominator) if denominator else None

    def query(connection: Connection) -> Report:
        there = [one for one in rounds.live(connection) if one.touches(scope)]
        if not there:
            raise NotFound("round.none")
        check_week(week, workspace.today, min(one.starts_on for one in there))
        current = round_at(there, week.sunday) or there[0]
        running = current.id == there[0].id
        return _counted(connection, workspace, week, current, scope, chosen, running)

    return workspace.database.read(query)


def behind(
    workspace: Workspace,
    shown: Report,
    table: str,
    line: bytes | None,
    measure: str,
    part: str = TOTAL,
) -> list[Behind]:
    """The rows behind a number, by name; `line` None is the line of totals."""
    workspace.require(Permission.LOOK)
    cells = (
        ids
        for (there, key, counted, half), ids in shown.holders.items()
        if (there, counted, half) == (table, measure, part) and line in (None, key)
    )
    rows = set[bytes]().union(*cells)
    people = next(one.people for one in MEASURES if one.key == measure)
    kind = "membership" if people else "employer"
    names = workspace.database.read(lambda c: weekly.names(c, kind, rows))
    persons = workspace.database.read(lambda c: weekly.people_of(c, names)) if people else {}
    where = {} if people else workspace.database.read(lambda c: _addresses(c, names))
    found = (Behind(row, name, where.get(row, ""), persons.get(row)) for row, name in names.items())
    return sorted(found, key=lambda one: (one.name, one.row))


def _addresses(connection: Connection, employers: Iterable[bytes]) -> dict[bytes, str]:
    known = Whereabouts(connection)
    seats = comparisons.places_of(connection, employers)
    return {row: known.full_name(place) for row, place in seats.items()}


def _counted(
    connection: Connection,
    workspace: Workspace,
    week: Week,
    current: Round,
    scope: str,
    chosen: Denominator | None,
    running: bool,
) -> Report:
    ends = tuple(week.shifted(-back).sunday for back in range(3))
    material = weekly.material(connection, current, ends)
    known = Whereabouts(connection)
    lying = _lying(material, known, scope, current)
    counting = Counting(
        material,
        replace(current, denominator=chosen or current.denominator),
        ends,
        facts.source_ranks(),
        _clear(connection, current, ends, workspace.today if running else None),
    )
    holders = _holders(counting, lying)
    told = WeeklyReport(
        workspace.office.name,
        workspace.divisions.name_of(scope) if scope else "",
        current.name,
        chosen or current.denominator,
        week,
        workspace.today,
        {
            STREET: _lines(STREET, holders, _streets(known, lying.values())),
            GRID: _lines(GRID, holders, _grids(connection, known, scope)),
        },
    )
    return Report(told, {cell: frozenset(rows) for cell, rows in holders.items()})


def _lying(
    material: Material, known: Whereabouts, scope: str, current: Round
) -> dict[bytes, Lying]:
    """Where each unit and each membership of the scope and the round lies."""
    found = {row: known.of(unit.place) for row, unit in material.units.items()}
    for one in material.applications:
        if one.employer in found:
            found[one.membership] = found[one.employer]
        else:
            # Nobody employs them: they count where their union is.
            found[one.membership] = known.of(known.division(one.division_code) or None)
    return {
        row: lying
        for row, lying in found.items()
        if (lying.division_code or not scope)
        and lying.division_code.startswith(scope)
        and current.covers(lying.division_code or None)
    }


def _clear(
    connection: Connection, current: Round, ends: tuple[date, ...], today: date | None
) -> dict[date, set[bytes]]:
    """The units all clear at each end, the last first; `today` for the round in force.

    Its lamps are kept: going back from them, or from the end after it, only the units are looked at
    of which something was told since, and something before in the round.
    """
    told, found = lamps_then.told_on(connection, current), dict[date, set[bytes]]()
    state = lamps_then.clear_now(connection) if today else None
    upto = _AFTER_ALL
    for day in ends:
        if today is None or day < today:
            end = day.isoformat()
            since = {
                row
                for row, days in told.items()
                if state is None or any(end < one <= upto for one in days)
            }
            before = sorted(row for row in since if min(told[row]) <= end)
            state = (state or set()) - since | lamps_then.clear_at(connection, current, before, day)
            upto = end
        found[day] = state or set()
    return found


def _holders(counting: Counting, lying: Mapping[bytes, Lying]) -> _Sets:
    holders: _Sets = defaultdict(set)
    for measure in MEASURES:
        for part, rows in counting.parts(measure):
            for row in rows:
                there = lying.get(row)
                if there is not None:
                    holders[STREET, there.walk, measure.key, part].add(row)
                    holders[GRID, there.grid, measure.key, part].add(row)
    return holders


def _lines(table: str, holders: _Sets, names: Mapping[bytes, _Name]) -> tuple[Line, ...]:
    keys = {key for there, key, _measure, _part in holders if there == table}

    def figure(key: bytes, measure: Measure) -> Figure:
        total, week, before = (
            len(holders.get((table, key, measure.key, part), ())) for part in (TOTAL, WEEK, BEFORE)
        )
        return Figure(total, week, before)

    lines = (
        Line(key, *names.get(key, ("", "", "")), tuple(figure(key, one) for one in MEASURES))
        for key in keys
    )
    # What lies in no street or grid comes last.
    return tuple(
        sorted(
            lines,
            key=lambda line: (not line.key, line.above, natural_key(line.name), line.key),
        )
    )


def _streets(known: Whereabouts, lying: Iterable[Lying]) -> dict[bytes, _Name]:
    walks = {one.walk: one.division_code for one in lying if one.walk}
    named = {row: (code, known.above(row), known.name(row)) for row, code in walks.items()}
    return {**named, b"": ("", "", _("没有地址的单位"))}


def _grids(connection: Connection, known: Whereabouts, scope: str) -> dict[bytes, _Name]:
    named = {}
    for one in grids.grids(connection, scope):
        code = one.fields["division_code"] or ""
        named[one.id] = (code, known.name(known.division(code)), one.shown)
    return {**named, b"": ("", "", _("没有划入网格"))}
