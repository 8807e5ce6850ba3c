"""What 今日 asks for in a round: promises by their day, shut doors, lamps that lack one field, the next round."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from organizer.domain.access import Role
from organizer.i18n import SHANGHAI
from organizer.services import today
from organizer.services.lists import importing
from organizer.services.survey import closing, recording, rounds, timing, walking
from organizer.services.survey.recording import VisitOrder
from organizer.services.survey.rounds import RoundOrder
from organizer.services.today import Errand
from organizer.services.workspace import Workspace
from tests.support.command_line import LISTED_ON, sample
from tests.support.offices import Template, TickingClock, copy_office, open_office

MORNING, EVENING = 9, 19
COUNTED = {"staff_total": "12", "staff_women": "5", "staff_migrant": "2"}


class Walker:
    """Goes along the busiest street of a listed office at days and hours of a made-up March."""

    def __init__(self, office: Workspace, clock: TickingClock) -> None:
        self.office, self._clock = office, clock
        self.at(1, MORNING)
        importing.import_list(office, sample("01_*.xlsx"), as_of=LISTED_ON)
        rounds.open_round(office, RoundOrder("样例批次", ends_on=date(2026, 3, 20)))
        nodes = walking.tree(office).nodes
        street = max((node for node in nodes if node.kind == "street"), key=lambda n: n.units)
        self.street, self.name = street.id, street.name
        self.doors = [door.employer for door in walking.way(office, street.id).doors]

    def at(self, day: int, hour: int) -> None:
        instant = datetime(2026, 3, day, hour, 30, tzinfo=SHANGHAI)
        self._clock.at = int(instant.timestamp() * 1000)

    def visit(self, door: int, day: int, hour: int, outcome: str = "2", **facts: str) -> None:
        self.at(day, hour)
        recording.record_visit(self.office, VisitOrder(self.doors[door], outcome, facts))

    def errand(self, key: str) -> Errand | None:
        found = (one for one in today.agenda_of_today(self.office).errands if one.key == key)
        return next(found, None)


@pytest.fixture
def walker(office_template: Template, tmp_path: Path) -> Iterator[Walker]:
    copy_office(office_template.root, tmp_path / "walked")
    clock = TickingClock()
    office = open_office(tmp_path / "walked", clock=clock.clock())
    yield Walker(office, clock)
    office.close()


def test_a_promise_waits_for_its_day(walker: Walker) -> None:
    walker.visit(0, 2, MORNING, "1", promise="送宣传单", promised_on="2026-03-05")
    walker.visit(1, 2, MORNING, "1", promise="回话")
    found = walker.errand("promises")
    assert found is not None and found.employers == (walker.doors[1],)
    walker.at(5, MORNING)
    found = walker.errand("promises")
    assert found is not None and found.employers == (walker.doors[0], walker.doors[1])
    assert "（送宣传单，今天到期）" in found.detail and "（回话）" in found.detail
    walker.at(8, MORNING)
    found = walker.errand("promises")
    assert found is not None and "（送宣传单，过了 3 天）" in found.detail
    walker.visit(0, 8, MORNING, "1")
    found = walker.errand("promises")
    assert found is not None and found.employers == (walker.doors[1],)


def test_a_later_promise_without_a_day_does_not_take_over_the_old_one(walker: Walker) -> None:
    walker.visit(0, 2, MORNING, "1", promise="送宣传单", promised_on="2026-03-19")
    walker.visit(0, 3, MORNING, "1", promise="回话")
    found = walker.errand("promises")
    assert found is not None and "（回话）" in found.detail


def test_doors_that_stay_shut_are_a_line_of_their_own(walker: Walker) -> None:
    walker.visit(0, 2, MORNING)
    walker.visit(0, 2, EVENING)
    walker.visit(1, 2, MORNING)
    assert walker.errand("shut") is None
    walker.visit(0, 3, MORNING)
    walker.visit(1, 3, MORNING, "1")
    found = walker.errand("shut")
    assert found is not None and found.employers == (walker.doors[0],)
    walker.visit(0, 4, EVENING)
    closing.close_door(walker.office, walker.doors[0])
    assert walker.errand("shut") is None


def test_a_good_time_is_told_when_past_visits_say_it(walker: Walker) -> None:
    for door in range(6):
        walker.visit(door, 2, MORNING)
        walker.visit(door, 3, EVENING, "1" if door else "2")
    assert timing.best_time_at(walker.office, walker.street) == "这条路傍晚有人的多（6 次里 5 次）"
    found = walker.errand("shut")
    assert found is not None and f"{walker.name}傍晚有人的多（6 次里 5 次）" in found.detail


def test_what_was_entered_on_a_later_day_says_nothing_of_the_time(walker: Walker) -> None:
    for door in range(6):
        walker.visit(door, 2, MORNING)
        walker.at(10, EVENING)
        order = VisitOrder(walker.doors[door], "1", on=date(2026, 3, 9))
        recording.record_visit(walker.office, order)
    assert timing.best_time_at(walker.office, walker.street) == ""


def test_lamps_that_lack_one_field_are_grouped_by_it(walker: Walker) -> None:
    for door in range(3):
        walker.visit(door, 2, MORNING, "1", **COUNTED)
    walker.visit(3, 2, MORNING, "1", staff_total="12")
    walker.visit(4, 2, MORNING, "1", **COUNTED, staff_new_form="0")
    standing = today.standing_of_round(walker.office)
    assert standing is not None
    lines = {one.subject: one for one in standing.one_left}
    assert lines["新就业形态"].employers == tuple(walker.doors[:3])
    # Somebody was there, so of the place only the grid is missing.
    assert lines["网格"].count == 5
    assert "职工总数" not in lines
    walker.visit(0, 3, MORNING, "1", staff_new_form="1")
    standing = today.standing_of_round(walker.office)
    assert standing is not None
    lines = {one.subject: one for one in standing.one_left}
    assert lines["新就业形态"].count == 2


def test_after_its_end_a_round_asks_for_the_next(walker: Walker) -> None:
    walker.visit(0, 2, MORNING, "1", **COUNTED)
    assert walker.errand("next_round") is None and walker.errand("unreached") is not None
    walker.at(21, MORNING)
    found = walker.errand("next_round")
    assert found is not None and "“样例批次”到2026年3月20日为止" in found.detail
    assert walker.errand("unreached") is None and walker.errand("shut") is None
    standing = today.standing_of_round(walker.office)
    assert standing is not None and standing.one_left == ()
    account = replace(walker.office.account, role=Role.COLLECTOR)
    walker.office = Workspace(walker.office.database, account, walker.office.office)
    found = walker.errand("next_round")
    assert found is not None and "请审核员或管理员开下一轮" in found.detail
