"""本轮对上轮: every number has its units behind it, with what was said then and now."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from organizer.errors import NotFound
from organizer.i18n import SHANGHAI
from organizer.services.employers import adding
from organizer.services.employers.adding import NewUnit
from organizer.services.lists import importing
from organizer.services.survey import comparing, recording, rounds, walking
from organizer.services.survey.comparing import Comparison
from organizer.services.survey.recording import VisitOrder
from organizer.services.survey.rounds import RoundOrder
from organizer.services.workspace import Workspace
from organizer.store import employers
from organizer.store.accounts import Account
from tests.support.command_line import LISTED_ON, sample
from tests.support.offices import Template, TickingClock, copy_office, open_office


class Seasons:
    """An office through two rounds of a made-up spring: a list, a round in March, one in May."""

    def __init__(self, office: Workspace, clock: TickingClock) -> None:
        self.office, self._clock = office, clock
        self.on(date(2026, 2, 20))
        importing.import_list(office, sample("01_*.xlsx"), as_of=LISTED_ON)
        self.open("上一轮", date(2026, 3, 1), date(2026, 3, 31))
        nodes = walking.tree(office).nodes
        street = max((node for node in nodes if node.kind == "street"), key=lambda n: n.units)
        self.street = street.id
        self.units = [door.employer for door in walking.way(office, street.id).doors]

    def on(self, day: date) -> None:
        instant = datetime(day.year, day.month, day.day, 10, tzinfo=SHANGHAI)
        self._clock.at = int(instant.timestamp() * 1000)

    def open(self, name: str, starts: date, ends: date | None = None) -> None:
        self.on(starts)
        rounds.open_round(self.office, RoundOrder(name, starts, ends))

    def told(self, unit: bytes, day: date, outcome: str = "1", **facts: str) -> None:
        self.on(day)
        recording.record_visit(self.office, VisitOrder(unit, outcome, facts))

    def listed(self, unit: bytes, source: str, day: date, **facts: str) -> None:
        self.office.database.write(
            self.office.intent("list.import"),
            lambda w: employers.observe(w, unit, facts, source=source, on=day.isoformat()),
        )


MARCH, MAY = date(2026, 3, 10), date(2026, 5, 10)


@pytest.fixture
def seasons(office_template: Template, tmp_path: Path) -> Iterator[Seasons]:
    copy_office(office_template.root, tmp_path / "seasons")
    clock = TickingClock()
    office = open_office(tmp_path / "seasons", clock=clock.clock())
    yield Seasons(office, clock)
    office.close()


def counts(found: Comparison) -> dict[str, int]:
    return {change.key: change.count for change in found.changes if change.count}


def test_each_change_is_counted_with_its_units(seasons: Seasons) -> None:
    office, units = seasons.office, seasons.units
    for unit in units[:7]:
        seasons.told(unit, MARCH, staff_total="20", union_state="5")
    seasons.open("本轮", date(2026, 5, 1))
    seasons.told(units[0], MAY, staff_total="26")
    seasons.told(units[1], MAY, staff_total="17", union_state="4")
    seasons.told(units[2], MAY, staff_total="20", union_state="5")
    for place, outcome in enumerate("3456", start=3):
        seasons.told(units[place], MAY, outcome)
    added = adding.add_unit(office, NewUnit(seasons.street, "样新开张店")).employer
    # The tax office's figure is no answer to compare with.
    seasons.listed(units[2], "tax", MAY, staff_total="90")
    found = comparing.compare(office)
    assert (found.current, found.previous) == ("本轮", "上一轮")
    assert counts(found) == {
        "new": 1, "closed": 1, "moved": 1, "unfound": 1, "refused": 1, "staff": 2, "union": 1,
    }  # fmt: skip
    staff = {row.employer: row for row in found.of("staff").rows}
    assert (staff[units[0]].before, staff[units[0]].after) == ("20", "26")
    assert staff[units[1]].gain == -3 and found.of("staff").gain == 3
    (moved,) = found.of("moved").rows
    assert (moved.employer, moved.before, moved.after) == (units[4], "正常", "搬离")
    (union,) = found.of("union").rows
    assert (union.before, union.after) == ("未建会(暂无意愿)", "未建会(有意愿)")
    (new,) = found.of("new").rows
    assert (new.employer, new.name, new.after) == (added, "样新开张店", "走访新增")
    (walk,) = found.walks
    assert (walk.place, sum(walk.counts.values())) == (seasons.street, 8)
    assert {one.key: one.count for one in found.at(seasons.street)} == walk.counts
    assert not any(change.count for change in found.at(b"none"))


def test_a_unit_that_works_again_is_a_change(seasons: Seasons) -> None:
    seasons.told(seasons.units[0], MARCH, "3")
    seasons.open("本轮", date(2026, 5, 1))
    seasons.told(seasons.units[0], MAY, "1")
    found = comparing.compare(seasons.office)
    assert counts(found) == {"state": 1}
    assert (found.of("state").rows[0].before, found.of("state").rows[0].after) == ("拒访", "正常")


def test_a_list_between_the_rounds_brings_new_units(seasons: Seasons) -> None:
    office = seasons.office
    seasons.on(date(2026, 4, 15))
    row = office.database.write(
        office.intent("employer.add"), lambda w: w.insert("employer", {"name": "样后来店"})
    )
    seasons.open("本轮", date(2026, 5, 1))
    found = comparing.compare(office)
    assert counts(found) == {"new": 1}
    assert (found.of("new").rows[0].employer, found.of("new").rows[0].after) == (row, "名单新增")
    assert [walk.name for walk in found.walks] == ["没有地址的单位"]


def test_the_first_round_is_compared_with_what_lists_said(seasons: Seasons) -> None:
    first, second, third = seasons.units[:3]
    seasons.told(first, MARCH, "5")
    seasons.told(second, MARCH, "1")
    seasons.listed(third, "roster", date(2026, 2, 1), staff_total="10")
    seasons.told(third, MARCH, "1", staff_total="12")
    found = comparing.compare(seasons.office)
    assert found.previous == "" and counts(found) == {"closed": 1, "staff": 1}
    assert found.of("closed").rows[0].before == ""


def test_an_account_compares_its_own_division(seasons: Seasons) -> None:
    office = seasons.office
    seasons.told(seasons.units[0], MARCH, staff_total="20")
    seasons.open("本轮", date(2026, 5, 1))
    seasons.told(seasons.units[0], MAY, staff_total="26")
    account = Account(office.account.id, "某人", office.account.role, "210181")
    elsewhere = Workspace(office.database, account, office.office)
    assert counts(comparing.compare(elsewhere)) == {}
    assert counts(comparing.compare(office, "210106003")) == {"staff": 1}


def test_what_was_told_after_its_end_is_not_in_a_round(seasons: Seasons) -> None:
    seasons.told(seasons.units[0], MARCH, staff_total="20")
    seasons.open("本轮", date(2026, 5, 1), date(2026, 5, 20))
    seasons.told(seasons.units[0], MAY, staff_total="26")
    seasons.on(date(2026, 6, 10))
    seasons.listed(seasons.units[0], "roster", date(2026, 6, 9), staff_total="50")
    found = comparing.compare(seasons.office)
    assert [row.after for row in found.of("staff").rows] == ["26"]
    assert found.upto == date(2026, 5, 20)


def test_the_numbers_equal_a_recount(seasons: Seasons) -> None:
    """By plain SQL over visits: the last outcome of each round, unit by unit."""
    for place, unit in enumerate(seasons.units[:20]):
        seasons.told(unit, MARCH, "1345"[place % 4])
    seasons.open("本轮", date(2026, 5, 1))
    for place, unit in enumerate(seasons.units[:20]):
        seasons.told(unit, MAY, "13456"[place % 5])
    recount = """
        SELECT now.outcome, count(*) FROM visit now JOIN visit old ON old.employer = now.employer
        JOIN round n ON n.id = now.round AND n.name = '本轮'
        JOIN round o ON o.id = old.round AND o.name = '上一轮'
        WHERE now.outcome <> old.outcome GROUP BY now.outcome
    """
    due = dict(seasons.office.database.read(lambda c: c.execute(recount).fetchall()))
    found = counts(comparing.compare(seasons.office))
    names = {"1": "state", "3": "refused", "4": "moved", "5": "closed", "6": "unfound"}
    assert found == {names[outcome]: count for outcome, count in due.items()}
    assert len(found) == 5


def test_without_a_round_there_is_nothing_to_compare(office: Workspace) -> None:
    with pytest.raises(NotFound) as caught:
        comparing.compare(office)
    assert "请先开一个批次" in caught.value.sentence()
