"""Slips at the desk: said in one true sentence, nothing lost, nothing taken in silence."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from organizer.errors import OrganizerError
from organizer.services.employers import adding, fact_editing
from organizer.services.employers.adding import NewUnit
from organizer.services.paper import row_taking
from organizer.services.paper.row_taking import NewRow
from organizer.services.survey import recording, rounds, walking
from organizer.services.survey.recording import VisitOrder
from organizer.services.survey.rounds import RoundOrder
from organizer.services.workspace import Workspace
from organizer.store import places
from organizer.store.transaction import Write
from tests.support import offices

DAY = timedelta(days=1)


@pytest.fixture
def street(office: Workspace) -> bytes:
    def body(write: Write) -> bytes:
        community = places.division_by_code(write.connection, "210106003006")
        assert community is not None
        return places.ensure(write, community, "street", "样街").id

    row = office.database.write(office.intent("place.add"), body)
    rounds.open_round(office, RoundOrder("样例批次", office.today - 9 * DAY))
    return row


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(OrganizerError) as caught:
        act()
    return caught.value.sentence()


def test_the_next_visit_is_not_before_this_one(office: Workspace, street: bytes) -> None:
    shop = adding.add_unit(office, NewUnit(street, "样一店", door="1号")).employer
    early = VisitOrder(shop, "1", {"next_visit_on": (office.today - DAY).isoformat()})
    assert "早于这次走访的日子" in refused(lambda: recording.record_visit(office, early))
    # Written down late, the next day may be over already.
    early = VisitOrder(shop, "1", early.facts, on=office.today - 3 * DAY)
    recording.record_visit(office, early)
    assert recording.visit_count(office, shop) == 2


def test_a_round_ahead_does_not_push_out_the_one_under_way(
    office: Workspace, street: bytes
) -> None:
    shop = adding.add_unit(office, NewUnit(street, "样一店", door="1号")).employer
    ahead = RoundOrder("下一批次", office.today + 5 * DAY)
    assert "“样例批次”还在进行" in refused(lambda: rounds.open_round(office, ahead))
    recording.record_visit(office, VisitOrder(shop, "1"))
    rounds.close_round(office)
    assert rounds.open_round(office, ahead)


def test_what_was_taken_is_not_asked_to_be_saved_again(office: Workspace, street: bytes) -> None:
    shop = adding.add_unit(office, NewUnit(street, "样一店", door="1号")).employer
    recording.record_visit(office, VisitOrder(shop, "1", {"staff_total": "5"}))
    told = {"staff_women": "9"}
    before = fact_editing.doubts(office, shop, told)["staff_women"]
    after = fact_editing.doubts(office, shop, told, saved=True)["staff_women"]
    assert before.startswith("比职工总数（5）还多") and "再保存一次" in before
    assert after.startswith("比职工总数（5）还多") and "再保存一次" not in after


def test_a_unit_found_before_the_round_ended_is_written_down_afterwards(
    office: Workspace, street: bytes
) -> None:
    rounds.close_round(office, None, office.today - DAY)
    last = office.today - 2 * DAY
    new = NewRow(b"r" * 16, street, "3号", "样三店", "1", last)
    row_taking.take_new(office, new)
    (door,) = walking.way(office, street).doors
    assert (door.name, door.visited_on) == ("样三店", last.isoformat())
    late = NewRow(b"s" * 16, street, "5号", "样五店", "1", office.today)
    assert "已在" in refused(lambda: row_taking.take_new(office, late))
    assert offices.findings(office) == []
