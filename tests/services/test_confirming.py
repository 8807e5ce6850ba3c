"""电话确认无变化: what is known keeps its source and day, yet counts where calls count."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from organizer.domain.clears import Light, Standing
from organizer.errors import OrganizerError
from organizer.services import today, undoing
from organizer.services.survey import confirming, recording, rounds
from organizer.services.survey.recording import VisitOrder
from organizer.services.survey.rounds import RoundOrder
from organizer.services.workspace import Workspace
from organizer.store import employers, facts, lamps, visits
from tests.support import offices

TOLD = {"staff_total": "12", "staff_women": "3", "staff_migrant": "0", "staff_new_form": "0"}
DAY = timedelta(days=1)


@dataclass
class Street:
    """Two units told everything of in an earlier round, one that nobody was asked about."""

    office: Workspace
    known: list[bytes]
    blank: bytes

    def open(self, *ways: str) -> None:
        order = RoundOrder("本轮", self.office.today - 5 * DAY, ways=ways)
        rounds.open_round(self.office, order)

    def counted(self, row: bytes) -> Light:
        return recording.lamps_of(self.office, row)[2].light

    def shown(self, row: bytes) -> dict[str, tuple[str, str, str]]:
        told = self.office.database.read(lambda c: facts.current(c, row, departments=True))
        return {name: (one.value, one.source, one.observed_on) for name, one in told.items()}


def unit(office: Workspace, name: str) -> bytes:
    return office.database.write(
        office.intent("employer.add"), lambda write: write.insert("employer", {"name": name})
    )


@pytest.fixture
def street(office: Workspace) -> Street:
    rounds.open_round(office, RoundOrder("上一轮", office.today - 90 * DAY))
    known = [unit(office, name) for name in ("样甲店", "样乙店")]
    for row in known:
        recording.record_visit(office, VisitOrder(row, "1", TOLD, on=office.today - 60 * DAY))
    return Street(office, known, unit(office, "样丙店"))


def tell(street: Street, row: bytes, source: str, days_ago: int, **values: str) -> None:
    on = (street.office.today - days_ago * DAY).isoformat()
    street.office.database.write(
        street.office.intent("list.import"),
        lambda write: employers.observe(write, row, values, source=source, on=on),
    )


def test_a_call_confirms_what_was_told_and_changes_nothing_of_it(street: Street) -> None:
    office = street.office
    street.open("door", "phone", "roster")
    before = [street.shown(row) for row in street.known]
    assert [street.counted(row) for row in street.known] == [Light.UNSEEN] * 2
    done = confirming.confirm_unchanged(office, street.known)
    assert done.counts and len(done.visits) == 2 and done.already == 0
    assert [street.counted(row) for row in street.known] == [Light.CLEAR] * 2
    assert [street.shown(row) for row in street.known] == before
    assert set(rounds.standings(office, street.known[0]).values()) == {Standing.CONFIRMED}
    found = today.clears_of_round(office)
    assert found is not None and {one.rule.letter: one.clear for one in found.lamps}["数"] == 2
    assert offices.findings(office) == []
    # One step takes back all of them.
    undoing.take_back(office, done.write)
    assert [street.counted(row) for row in street.known] == [Light.UNSEEN] * 2
    assert offices.findings(office) == []


def test_where_calls_do_not_count_the_call_is_kept_and_no_lamp_lit(street: Street) -> None:
    street.open("door")
    done = confirming.confirm_unchanged(street.office, street.known)
    assert not done.counts and len(done.visits) == 2
    assert street.counted(street.known[0]) is Light.UNSEEN


def test_a_telephone_answer_counts_only_where_calls_count(street: Street) -> None:
    for ways, light in ((("door",), Light.UNSEEN), (("door", "phone"), Light.CLEAR)):
        order = RoundOrder("、".join(ways), street.office.today, ways=ways)
        rounds.open_round(street.office, order)
        recording.record_visit(
            street.office, VisitOrder(street.known[0], "1", TOLD, channel="phone")
        )
        assert street.counted(street.known[0]) is light


def test_the_same_call_twice_is_noted_once(street: Street) -> None:
    street.open("phone")
    confirming.confirm_unchanged(street.office, street.known[:1])
    again = confirming.confirm_unchanged(street.office, [*street.known, street.known[1]])
    assert (len(again.visits), again.already) == (1, 1)
    last = confirming.confirm_unchanged(street.office, street.known)
    assert (last.visits, last.already, last.write) == ((), 2, None)


def test_what_came_after_the_call_is_not_confirmed_by_it(street: Street) -> None:
    street.open("phone", "door")
    confirming.confirm_unchanged(street.office, street.known)
    # A roster of an earlier day, handed in after the call.
    tell(street, street.known[0], "roster", 20, staff_total="40")
    assert street.shown(street.known[0])["staff_total"][0] == "40"
    found = rounds.standings(street.office, street.known[0])
    assert found["staff_total"] is Standing.TO_CONFIRM
    assert found["staff_women"] is Standing.CONFIRMED


def test_figures_of_other_departments_are_not_confirmed_by_a_call(street: Street) -> None:
    first, second = street.known
    tell(street, first, "tax", 20, staff_total="40", staff_dispatched="2")
    tell(street, second, "tax", 0, staff_total="40")
    street.open("phone", "door")
    confirming.confirm_unchanged(street.office, street.known)
    found = rounds.standings(street.office, first)
    # What was told at the door still holds; what only the tax office says, nobody was asked.
    assert found["staff_total"] is Standing.CONFIRMED
    assert found["staff_dispatched"] is Standing.TO_CONFIRM
    # And a list that comes later puts out no lamp.
    assert [street.counted(row) for row in street.known] == [Light.CLEAR] * 2


def test_a_call_settles_no_promise_and_no_visit_that_is_due(street: Street) -> None:
    street.open("phone", "door")
    due = {"next_visit_on": street.office.today.isoformat(), "promise": "送宣传单"}
    recording.record_visit(
        street.office, VisitOrder(street.known[0], "1", due, on=street.office.today - DAY)
    )
    confirming.confirm_unchanged(street.office, street.known[:1])
    waiting = {one.key: one.count for one in today.agenda_of_today(street.office).errands}
    assert (waiting["due"], waiting["promises"]) == (1, 1)


def test_kept_lamps_are_those_of_the_cards(street: Street) -> None:
    street.open("phone", "door")
    today.clears_of_round(street.office)
    confirming.confirm_unchanged(street.office, street.known)
    today.clears_of_round(street.office)
    kept = street.office.database.read(lambda c: lamps.counted(c, ""))
    assert sorted(kept.values()) == [1, 2] and offices.findings(street.office) == []


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(OrganizerError) as caught:
        act()
    return caught.value.sentence()


def none_known(street: Street) -> str:
    wanted = [*street.known, street.blank]
    return refused(lambda: confirming.confirm_unchanged(street.office, wanted))


def test_units_nothing_is_known_of_are_refused_with_their_number(street: Street) -> None:
    street.open("phone")
    tell(street, street.blank, "tax", 20, staff_total="40")
    assert "1 家单位没有可以拿来确认的记录（样丙店）" in none_known(street)
    for name in ("样丁店", "样戊店", "样己店"):
        street.known.append(unit(street.office, name))
    assert "4 家单位" in none_known(street) and "等" in none_known(street)
    noted = street.office.database.read(lambda c: visits.of_employer(c, street.known[0]))
    assert len(noted) == 1


def test_a_unit_that_was_gone_is_refused(street: Street) -> None:
    street.open("phone")
    recording.record_visit(street.office, VisitOrder(street.known[0], "4"))
    act = lambda: confirming.confirm_unchanged(street.office, street.known)  # noqa: E731
    assert "1 家单位上次记为搬离、注销或查无（样甲店）" in refused(act)


@pytest.mark.parametrize(("ahead", "said"), [(1, "还没有到"), (-6, "早于本批次开始日")])
def test_a_day_outside_the_round_is_refused(street: Street, ahead: int, said: str) -> None:
    street.open("phone")
    day = street.office.today + ahead * DAY
    act = lambda: confirming.confirm_unchanged(street.office, street.known, on=day)  # noqa: E731
    assert said in refused(act)


def test_a_closed_round_is_refused(street: Street) -> None:
    street.open("phone")
    rounds.close_round(street.office, ends_on=street.office.today - DAY)
    act = lambda: confirming.confirm_unchanged(street.office, street.known)  # noqa: E731
    assert "请先开新批次" in refused(act)


def test_no_units_and_no_round_are_refused(office: Workspace) -> None:
    assert "没有选单位" in refused(lambda: confirming.confirm_unchanged(office, []))
    row = unit(office, "样甲店")
    assert "还没有排查批次" in refused(lambda: confirming.confirm_unchanged(office, [row]))
