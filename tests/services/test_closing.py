"""An honest end: a door that stays shut is closed by rule, counted apart, and opens again by itself."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from organizer.domain.access import Role
from organizer.domain.effort import Ground
from organizer.errors import Conflict, NotAllowed
from organizer.i18n import SHANGHAI
from organizer.services import undoing
from organizer.services.survey import closing, recording, status
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Account, Workspace
from tests.support import offices
from tests.support.offices import Template, TickingClock, copy_office, open_office

MORNING, AFTERNOON, EVENING = 9, 15, 19


class Walker:
    """Goes to one door at days and hours of a made-up March."""

    def __init__(self, office: Workspace, clock: TickingClock) -> None:
        self.office, self._clock = office, clock
        self.at(1, MORNING)
        recording.open_round(office, "样例批次", office.today, None)
        self.unit = office.database.write(
            office.intent("employer.add"), lambda w: w.insert("employer", {"name": "样锁门店"})
        )

    def at(self, day: int, hour: int) -> None:
        instant = datetime(2026, 3, day, hour, 30, tzinfo=SHANGHAI)
        self._clock.at = int(instant.timestamp() * 1000)

    def visit(self, day: int, hour: int, outcome: str = "2") -> None:
        self.at(day, hour)
        recording.record_visit(self.office, VisitOrder(self.unit, outcome))

    def counted(self) -> tuple[int, int, int]:
        total = status.status(self.office).total
        return total.reached, total.closed, total.clear


@pytest.fixture
def walker(office_template: Template, tmp_path: Path) -> Iterator[Walker]:
    copy_office(office_template.root, tmp_path / "walked")
    clock = TickingClock()
    office = open_office(tmp_path / "walked", clock=clock.clock())
    yield Walker(office, clock)
    assert offices.findings(office) == []
    office.close()


def refusal(walker: Walker, **how: bool) -> str:
    with pytest.raises(Conflict) as caught:
        closing.close_door(walker.office, walker.unit, **how)
    return caught.value.sentence()


def test_three_days_and_two_times_of_day_close_a_door(walker: Walker) -> None:
    assert "还没有走访过" in refusal(walker)
    walker.visit(2, MORNING)
    walker.visit(2, EVENING)
    assert "3 个不同的日子" in refusal(walker) and "现在是 1 天" in refusal(walker)
    walker.visit(3, MORNING)
    walker.visit(4, MORNING)
    assert walker.counted() == (0, 0, 0)
    assert closing.close_door(walker.office, walker.unit).ground is Ground.TRIES
    assert walker.counted() == (0, 1, 0)
    assert "已经记为已尽责" in refusal(walker)


def test_always_at_the_same_time_is_not_enough(walker: Walker) -> None:
    for day in (2, 3, 4):
        walker.visit(day, AFTERNOON)
    assert "同一时段" in refusal(walker)
    walker.visit(5, EVENING)
    assert closing.close_door(walker.office, walker.unit).ground is Ground.TRIES


def test_what_is_entered_days_later_says_no_time_of_day(walker: Walker) -> None:
    for day in (2, 3):
        walker.visit(day, MORNING)
    day = walker.office.today
    walker.at(6, EVENING)
    order = VisitOrder(walker.unit, "2", on=day.replace(day=4))
    recording.record_visit(walker.office, order)
    assert "补记的看不出是几点去的" in refusal(walker)


def test_a_refusal_is_confirmed_by_a_reviewer_only(walker: Walker) -> None:
    walker.visit(2, MORNING)
    assert "不是拒访" in refusal(walker, refusal_confirmed=True)
    walker.visit(3, MORNING, "3")
    office = walker.office
    account = Account(office.account.id, "某人", Role.COLLECTOR, "")
    collector = Workspace(office.database, account, office.office)
    with pytest.raises(NotAllowed):
        closing.close_door(collector, walker.unit, refusal_confirmed=True)
    assert closing.close_door(office, walker.unit, refusal_confirmed=True).ground is Ground.REFUSAL


def test_somebody_who_answers_opens_the_door_again(walker: Walker) -> None:
    for day, hour in ((2, MORNING), (3, EVENING), (4, MORNING)):
        walker.visit(day, hour)
    closing.close_door(walker.office, walker.unit)
    walker.visit(5, MORNING)
    assert walker.counted() == (0, 1, 0)
    walker.visit(6, MORNING, "1")
    assert walker.counted() == (1, 0, 0)
    assert "有人应答" in refusal(walker)


def test_it_can_be_taken_back_and_a_new_round_begins_anew(walker: Walker) -> None:
    for day, hour in ((2, MORNING), (3, EVENING), (4, MORNING)):
        walker.visit(day, hour)
    closing.close_door(walker.office, walker.unit)
    undoing.take_back_latest(walker.office)
    assert walker.counted() == (0, 0, 0)
    closing.close_door(walker.office, walker.unit)
    walker.at(20, MORNING)
    recording.open_round(walker.office, "下一批次", walker.office.today, None)
    assert walker.counted() == (0, 0, 0)
