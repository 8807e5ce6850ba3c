"""周报: every column of every row is that of a recount by plain SQL, and opens just those rows."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from organizer.domain.weekly import BEFORE, GRID, MEASURES, STREET, TOTAL, WEEK, Week, total
from organizer.services.reports import weekly
from organizer.services.workspace import Workspace
from organizer.store.driver import Connection
from tests.support import offices, town, walked_weeks
from tests.support.life import Life
from tests.support.offices import Template, TickingClock, copy_office, open_office
from tests.support.recount import recount

LEAST = {"all": 0, "ten": 10, "twenty_five": 25}
STOCKS = {"due", "unfounded", "pending"}
PEOPLE = {"joined", "pending", "returned"}

Numbers = dict[bytes, dict[tuple[str, str], set[bytes]]]
"""By street or grid; of a measure and a part of it, which units or memberships."""


@dataclass
class Lived:
    """An office after some weeks, and its file as read behind its back."""

    life: Life
    mondays: tuple[date, ...]
    file: Connection

    @property
    def office(self) -> Workspace:
        return self.life.office


def small_town(office: Workspace, clock: TickingClock) -> tuple[Life, tuple[date, ...]]:
    life = town.Town(office, clock)
    town.lived(life)
    return life, (town.FIRST, town.SECOND, town.THIRD)


def walked_sample(office: Workspace, clock: TickingClock) -> tuple[Life, tuple[date, ...]]:
    life = walked_weeks.Walk(office, clock)
    walked_weeks.live(life)
    return life, walked_weeks.MONDAYS


@pytest.fixture(scope="module", params=[small_town, walked_sample])
def lived(
    request: pytest.FixtureRequest,
    office_template: Template,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Lived]:
    begin: Callable[..., tuple[Life, tuple[date, ...]]] = request.param
    home = tmp_path_factory.mktemp("lived")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ORGANIZER_STATE", str(home / "state"))
        folder = copy_office(office_template.root, home / "office")
        clock = TickingClock()
        office = open_office(folder.root, clock=clock.clock())
        life, mondays = begin(office, clock)
        file = offices.raw(folder)
        yield Lived(life, mondays, file)
        file.close()
        assert offices.findings(office) == []
        office.close()


def recounted(
    file: Connection, monday: date, table: str, denominator: str = "all", scope: str = ""
) -> Numbers:
    """The rows behind every number of a table, by plain SQL at the ends of three weeks."""
    ends = [Week(monday).shifted(-back).sunday for back in range(3)]
    lies: dict[bytes, bytes] = {}
    then: list[dict[str, set[bytes]]] = []
    for day in ends:
        rows = recount(file, day, ends[0], least=LEAST[denominator], scope=scope)
        lies |= {row.who: row.street if table == STREET else row.grid for row in rows}
        keys = [measure.key for measure in MEASURES]
        then.append({key: {row.who for row in rows if getattr(row, key)} for key in keys})
    found: Numbers = defaultdict(lambda: defaultdict(set))
    for key in then[0]:
        for part, some in parts(key, then):
            for row in some:
                found[lies[row]][key, part].add(row)
    return found


def parts(key: str, then: list[dict[str, set[bytes]]]) -> list[tuple[str, set[bytes]]]:
    """What a measure is at the week's end, what the week brought, and the week before it."""
    whole = [at[key] if key in PEOPLE else at[key] & at["due"] for at in then]
    if key in STOCKS:
        return [(TOTAL, whole[0]), (BEFORE, whole[1])]
    if key not in PEOPLE:
        whole = [at[key] & then[0]["due"] for at in then]
    return [(TOTAL, whole[0]), (WEEK, whole[0] - whole[1]), (BEFORE, whole[1] - whole[2])]


Cell = tuple[bytes, str, str]
"""Which line, which measure, which part."""


def told(shown: weekly.Report, table: str) -> dict[Cell, int]:
    """The numbers that are printed, without the noughts."""
    cells = (
        (line.key, measure.key, part, getattr(line.figure(measure.key), part))
        for line in shown.told.tables[table]
        for measure in MEASURES
        for part in (TOTAL, WEEK, BEFORE)
    )
    return {(line, measure, part): number for line, measure, part, number in cells if number}


def differing(shown: weekly.Report, table: str, numbers: Numbers) -> list[str]:
    """The numbers of a report that are not those of the recount."""
    again = {
        (line, *cell): len(rows)
        for line, cells in numbers.items()
        for cell, rows in cells.items()
        if rows
    }
    printed, names = told(shown, table), {one.key: one.name for one in shown.told.tables[table]}
    return [
        f"{shown.told.week.monday} {names.get(cell[0])} {cell[1:]}: "
        f"{printed.get(cell, 0)} told, {again.get(cell, 0)} counted"
        for cell in sorted(printed.keys() | again.keys())
        if printed.get(cell) != again.get(cell)
    ]


@pytest.mark.parametrize("denominator", LEAST)
@pytest.mark.parametrize("table", [STREET, GRID])
def test_every_column_of_every_row(lived: Lived, table: str, denominator: str) -> None:
    for monday in lived.mondays:
        shown = weekly.report(lived.office, monday, denominator=denominator)
        again = recounted(lived.file, monday, table, denominator)
        assert differing(shown, table, again) == []
        whole = total(shown.told.tables[table])
        for measure in MEASURES:
            sets = [cells[measure.key, TOTAL] for cells in again.values()]
            assert whole.figure(measure.key).total == len(set[bytes]().union(*sets))


@pytest.mark.parametrize("table", [STREET, GRID])
def test_every_number_opens_the_rows_that_were_counted(lived: Lived, table: str) -> None:
    for monday in lived.mondays:
        shown = weekly.report(lived.office, monday)
        for line, cells in recounted(lived.file, monday, table).items():
            for (measure, part), rows in cells.items():
                opened = weekly.behind(lived.office, shown, table, line, measure, part)
                assert {one.row for one in opened} == rows and len(opened) == len(rows)
        # Looking changes no number.
        assert weekly.report(lived.office, monday) == shown


def test_a_part_of_the_office_is_counted_by_itself(lived: Lived) -> None:
    for monday in lived.mondays:
        for scope in codes(lived.file):
            shown = weekly.report(lived.office, monday, division_code=scope)
            again = recounted(lived.file, monday, STREET, scope=scope)
            assert differing(shown, STREET, again) == []


def codes(file: Connection) -> list[str]:
    """The communities in which something was visited."""
    rows = file.execute(
        "SELECT DISTINCT p.division_code FROM visit v JOIN occupancy o ON o.employer = v.employer"
        " JOIN place p ON p.id = o.place ORDER BY 1"
    ).fetchall()
    return [code for (code,) in rows]


def test_every_measure_is_met_with(lived: Lived) -> None:
    """A recount of noughts would prove nothing."""
    seen = {
        (measure, part)
        for monday in lived.mondays
        for table in (STREET, GRID)
        for _line, measure, part in told(weekly.report(lived.office, monday), table)
    }
    flows = {(m.key, part) for m in MEASURES if m.flow for part in (TOTAL, WEEK, BEFORE)}
    stocks = {(m.key, part) for m in MEASURES if not m.flow for part in (TOTAL, BEFORE)}
    assert seen == flows | stocks
