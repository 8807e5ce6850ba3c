"""周报: three weeks told in numbers that can be followed by hand, and what opens behind them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from organizer.domain.weekly import GRID, MEASURES, STREET, Week, total
from organizer.errors import InvalidInput, NotFound
from organizer.services.reports import weekly
from organizer.services.survey import recording
from organizer.services.workspace import Workspace
from organizer.store.transaction import Write
from tests.support import offices
from tests.support.offices import Template, TickingClock, copy_office, open_office
from tests.support.town import FIRST, SECOND, THIRD, Town, lived


@pytest.fixture
def town(office_template: Template, tmp_path: Path) -> Iterator[Town]:
    copy_office(office_template.root, tmp_path / "town")
    clock = TickingClock()
    office = open_office(tmp_path / "town", clock=clock.clock())
    made = Town(office, clock)
    yield made
    assert offices.findings(office) == []
    office.close()


def test_what_three_weeks_brought(town: Town) -> None:
    lived(town)
    told = {
        monday: {
            key: total(weekly.report(town.office, monday).told.tables[STREET]).figure(key)
            for key in ("due", "clear", "closed", "founded", "joined", "pending", "returned")
        }
        for monday in (FIRST, SECOND, THIRD)
    }

    def numbers(key: str) -> list[tuple[int, int, int]]:
        return [(one[key].total, one[key].week, one[key].before) for one in told.values()]

    # Sixteen, two of them merged; in the third week one retired and one came.
    assert numbers("due") == [(15, 0, 15), (15, 0, 15), (15, 0, 15)]
    # 样一街1 was clear from the first week on, until somebody said that its union is to be verified.
    assert numbers("clear") == [(1, 1, 0), (1, 0, 1), (1, 1, 0)]
    assert numbers("closed") == [(0, 0, 0), (2, 2, 0), (1, 0, 2)]
    # 无址店 on the day it says; 样一街2 on the day 有 was first told after 无. 新店 was covered before.
    assert numbers("founded") == [(1, 1, 0), (2, 1, 1), (2, 0, 1)]
    assert numbers("joined") == [(1, 1, 0), (2, 1, 1), (2, 0, 1)]
    assert numbers("pending") == [(3, 0, 0), (2, 0, 3), (2, 0, 2)]
    assert numbers("returned") == [(0, 0, 0), (1, 1, 0), (1, 0, 1)]


def test_the_week_under_way_is_that_of_the_lamps(town: Town) -> None:
    lived(town)
    shown = weekly.report(town.office)
    assert shown.told.week == Week(THIRD) and shown.told.is_running
    recording.settle_lamps(town.office)
    (clear,) = town.office.database.read(
        lambda c: c.execute("SELECT count(*) FROM lamp_now WHERE lights = 'cccc'").fetchone()
    )
    assert total(shown.told.tables[STREET]).figure("clear").total == clear == 1


def test_every_number_opens_its_rows(town: Town) -> None:
    lived(town)
    shown = weekly.report(town.office)
    for table, lines in shown.told.tables.items():
        for line in lines:
            for measure, figure in zip(MEASURES, line.figures, strict=True):
                for part in ("total", "week", "before"):
                    rows = weekly.behind(town.office, shown, table, line.key, measure.key, part)
                    assert len(rows) == getattr(figure, part)
    closed = weekly.behind(town.office, shown, STREET, None, "closed")
    assert [one.name for one in closed] == ["样一街3"]
    joined = weekly.behind(town.office, shown, STREET, None, "joined")
    assert all(one.person and one.name == "样某" for one in joined)


@pytest.mark.parametrize(("denominator", "due"), [("ten", 5), ("twenty_five", 2), ("all", 15)])
def test_the_office_chooses_of_which_units_shares_are_counted(
    town: Town, denominator: str, due: int
) -> None:
    lived(town)
    told = weekly.report(town.office, denominator=denominator).told
    whole = total(told.tables[STREET])
    assert (told.denominator, whole.figure("due").total) == (denominator, due)
    # People count whatever the size of their unit.
    assert whole.figure("joined").total == 2
    assert all(whole.figure(key).total <= due for key in ("reached", "clear", "closed", "founded"))
    # The round's own choice stands when nothing else is asked for.
    town.office.database.write(
        town.office.intent("round.edit"),
        lambda write: write.set("round", _round(write), {"denominator": denominator}),
    )
    assert weekly.report(town.office).told == told


def _round(write: Write) -> bytes:
    (row,) = write.connection.execute("SELECT id FROM round").fetchone()
    return bytes(row)


def test_what_cannot_be_reported_is_said_in_one_sentence(town: Town) -> None:
    town.at(FIRST)
    with pytest.raises(NotFound) as none:
        weekly.report(town.office)
    assert "请先开一个批次" in none.value.sentence()
    recording.open_round(town.office, "春季排查", FIRST, None)
    with pytest.raises(InvalidInput) as ahead:
        weekly.report(town.office, SECOND)
    assert "2026-03-09 那一周还没有开始" in ahead.value.sentence()
    with pytest.raises(InvalidInput) as early:
        weekly.report(town.office, date(2026, 2, 20))
    assert "还没有排查批次" in early.value.sentence()


def test_an_office_without_a_unit_has_a_report_of_noughts(office: Workspace) -> None:
    recording.open_round(office, "春季排查", office.today, None)
    told = weekly.report(office).told
    assert told.tables == {STREET: (), GRID: ()}
    assert total(told.tables[STREET]).share("reached") is None
