"""Many doors with one key, a place without a unit, and a visit that was wrong."""

from datetime import timedelta

import pytest

from organizer.domain.clears import Light
from organizer.errors import Conflict, InvalidInput
from organizer.services import today, undoing
from organizer.services.places import placing
from organizer.services.places.placing import PlaceOrder
from organizer.services.survey import door_card, recording, status, sweeping
from organizer.services.survey.recording import VisitOrder
from organizer.services.survey.status import WalkStatus
from organizer.services.workspace import Workspace
from organizer.store import places
from organizer.store.transaction import Write
from tests.support import offices

COMMUNITY = "210106003006"
FACTS = {"staff_total": "12", "staff_women": "3", "staff_migrant": "0", "staff_new_form": "0"}


@pytest.fixture
def tower(office: Workspace) -> dict[str, bytes]:
    """A tower with three units on one floor and one on another; a street without any."""

    def body(write: Write) -> dict[str, bytes]:
        community = places.division_by_code(write.connection, COMMUNITY)
        assert community is not None
        tower = places.ensure(write, community, "tower", "样大厦")
        street = places.ensure(write, community, "street", "空巷")
        made = {"tower": tower.id, "street": street.id, "community": community.id}
        for floor, door in (("3层", "301"), ("3层", "302"), ("3层", "303"), ("4层", "401")):
            level = places.ensure(write, tower, "floor", floor)
            room = places.ensure(write, level, "door", door)
            made[floor] = level.id
            made[door] = write.insert("employer", {"name": f"样{door}店"})
            write.insert("occupancy", {"employer": made[door], "place": room.id})
        return made

    made = office.database.write(office.intent("employer.add"), body)
    recording.open_round(office, "样例批次", office.today, None)
    return made


def outcomes(office: Workspace) -> dict[str, int]:
    progress = today.agenda_of_today(office).progress
    assert progress is not None
    return {outcome: count for outcome, count in progress.outcomes.items() if count}


def test_a_whole_floor_is_noted_in_one_step_and_taken_back_in_one(
    office: Workspace, tower: dict[str, bytes]
) -> None:
    recording.record_visit(office, VisitOrder(tower["302"], "1"))
    assert sweeping.record_nobody(office, tower["3层"]).doors == 2
    assert outcomes(office) == {"": 1, "1": 1, "2": 2}
    # Who was tried today is not tried again by the same key.
    assert sweeping.record_nobody(office, tower["tower"]).doors == 1
    with pytest.raises(Conflict) as refused:
        sweeping.record_nobody(office, tower["tower"])
    assert "没有要记“无人”的门" in refused.value.sentence()
    undoing.take_back_latest(office)
    assert outcomes(office) == {"": 1, "1": 1, "2": 2}
    undoing.take_back_latest(office)
    assert outcomes(office) == {"": 3, "1": 1}
    assert offices.findings(office) == []


def row(office: Workspace, place: bytes) -> WalkStatus:
    return next(one for one in status.status(office).walks if one.place == place)


def test_a_street_without_units_waits_until_somebody_looked(
    office: Workspace, tower: dict[str, bytes]
) -> None:
    before = row(office, tower["street"])
    assert (before.units, before.seen_empty) == (0, False)
    sweeping.record_no_unit(office, tower["street"])
    assert row(office, tower["street"]).seen_empty
    undoing.take_back_latest(office)
    assert not row(office, tower["street"]).seen_empty


def test_where_units_are_known_it_cannot_be_empty(
    office: Workspace, tower: dict[str, bytes]
) -> None:
    for place, count in (("tower", 4), ("3层", 3), ("community", 4)):
        with pytest.raises(Conflict) as caught:
            sweeping.record_no_unit(office, tower[place])
        assert f"{count} 家单位" in caught.value.sentence()


def test_that_there_is_no_unit_is_not_said_of_a_unit(
    office: Workspace, tower: dict[str, bytes]
) -> None:
    with pytest.raises(InvalidInput):
        recording.record_visit(office, VisitOrder(tower["301"], "8"))


def test_a_wrong_visit_is_corrected_by_a_new_one(
    office: Workspace, tower: dict[str, bytes]
) -> None:
    wrong = recording.record_visit(office, VisitOrder(tower["301"], "1", FACTS))
    assert wrong.after[2].light is Light.CLEAR
    right = recording.record_visit(office, VisitOrder(tower["302"], "1", FACTS))
    fixed = recording.record_visit(office, VisitOrder(tower["301"], "2", corrects=wrong.visit))
    assert fixed.after[2].light is Light.UNSEEN
    assert outcomes(office) == {"": 2, "1": 1, "2": 1}
    card = door_card.card(office, tower["301"])
    assert (card.visits, dict(card.facts)) == (1, {})
    # Only once, and only a visit of this unit.
    for corrects, said in ((wrong.visit, "已经更正过"), (right.visit, "不是“样301店”的")):
        with pytest.raises(Conflict) as caught:
            recording.record_visit(office, VisitOrder(tower["301"], "1", corrects=corrects))
        assert said in caught.value.sentence()
    undoing.take_back_latest(office)
    assert recording.lamps_of(office, tower["301"])[2].light is Light.CLEAR
    assert offices.findings(office) == []


def test_a_closed_round_takes_no_visit(office: Workspace, tower: dict[str, bytes]) -> None:
    yesterday = office.today - timedelta(days=1)
    recording.open_round(office, "已结束的批次", yesterday, yesterday)
    with pytest.raises(InvalidInput) as caught:
        recording.record_visit(office, VisitOrder(tower["301"], "1"))
    assert "已在" in caught.value.sentence() and caught.value.field == "visited_on"
    for act in (sweeping.record_nobody, sweeping.record_no_unit):
        with pytest.raises(InvalidInput):
            act(office, tower["street"])
    recording.record_visit(office, VisitOrder(tower["301"], "1", on=yesterday))


def test_of_a_place_out_of_use_nobody_says_that_no_unit_is_there(office: Workspace) -> None:
    recording.open_round(office, "样例批次", office.today, None)
    community = office.database.read(lambda c: places.division_by_code(c, "210106003006"))
    assert community is not None
    street = placing.add_place(office, PlaceOrder(community.id, "street", "样空街"))
    placing.retire(office, street)
    with pytest.raises(Conflict) as caught:
        sweeping.record_no_unit(office, street)
    assert "“样空街”已经停用" in caught.value.sentence()
