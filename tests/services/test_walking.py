"""Walks as they are counted and walked: sides, merged streets, units without a place, the next door."""

from dataclasses import replace
from datetime import date

import pytest

from organizer.errors import InvalidInput, NotFound
from organizer.services import merging, today, undoing
from organizer.services.employers import adding
from organizer.services.employers.adding import NewUnit
from organizer.services.survey import door_card, recording, rounds, status, walking
from organizer.services.survey.recording import VisitOrder
from organizer.services.survey.walking import Door
from organizer.services.workspace import Workspace
from organizer.store import employers, places
from organizer.store.transaction import Write

COMMUNITY = "210106003006"
UNITS = (
    ("兴工街", "10号", "", "十号饭店"),
    ("兴工街", "9号", "102室", "九号里间"),
    ("兴工街", "9号", "101室", "九号外间"),
    ("兴工街", "2号", "", "二号饭店"),
    ("兴工街", "11号", "", "十一号饭店"),
    ("兴工大街", "3号", "", "三号饭店"),
)


@pytest.fixture
def street(office: Workspace) -> dict[str, bytes]:
    """Two streets of a community and a unit nobody knows the place of; ids by name."""
    ids: dict[str, bytes] = {}

    def body(write: Write) -> None:
        home = places.division_by_code(write.connection, COMMUNITY)
        assert home is not None
        for road, house, door, name in UNITS:
            way = places.ensure(write, home, "street", road)
            place = places.ensure(write, way, "building", house)
            place = places.ensure(write, place, "door", door) if door else place
            ids[road] = way.id
            ids[name] = write.insert("employer", {"name": name})
            employers.occupy(write, ids[name], place.id, "2026-01-01")
        ids["流动摊"] = write.insert("employer", {"name": "流动摊"})

    office.database.write(office.intent("employer.add"), body)
    recording.open_round(office, "秋季", office.today, None)
    return ids


def met(
    workspace: Workspace, employer: bytes, outcome: str = "1", **facts: str
) -> recording.Visited:
    return recording.record_visit(workspace, VisitOrder(employer, outcome, facts))


def names(workspace: Workspace, walk: bytes) -> list[str]:
    return [door.name for door in walking.way(workspace, walk).doors]


def test_doors_stand_in_house_order_one_side_after_the_other(
    office: Workspace, street: dict[str, bytes]
) -> None:
    way = walking.way(office, street["兴工街"])
    assert [(stop.name, stop.side) for stop in way.stops] == [
        ("9号", "odd"),
        ("11号", "odd"),
        ("2号", "even"),
        ("10号", "even"),
    ]
    assert [(door.name, door.door) for door in way.doors] == [
        ("九号外间", "101室"),
        ("九号里间", "102室"),
        ("十一号饭店", ""),
        ("二号饭店", ""),
        ("十号饭店", ""),
    ]
    assert (way.name, way.above) == ("兴工街", "劳模社区")


def test_counts_roll_up_and_leave_nobody_out(office: Workspace, street: dict[str, bytes]) -> None:
    met(office, street["九号外间"])
    met(office, street["十号饭店"], "2")
    nodes = {node.name: node for node in walking.tree(office).nodes}
    assert (nodes["兴工街"].units, nodes["兴工街"].reached) == (5, 1)
    assert (nodes["劳模社区"].units, nodes["劳模社区"].reached) == (6, 1)
    assert (nodes["工人村街道"].units, nodes["工人村街道"].own) == (6, 0)
    assert nodes["没有地址的单位"].units == 1
    assert names(office, walking.NOWHERE) == ["流动摊"]


def test_nobody_at_the_door_does_not_unmake_what_was_found_there_before(
    office: Workspace, street: dict[str, bytes]
) -> None:
    unit = street["十号饭店"]
    met(office, unit, "7")
    met(office, unit, "2")
    (door,) = (one for one in walking.way(office, street["兴工街"]).doors if one.employer == unit)
    assert door.reached and door.outcome == "7"
    found = today.agenda_of_today(office).progress
    assert found is not None and (found.reached, found.nobody) == (1, 0)
    assert status.status(office).total.reached == 1


def test_a_merged_street_is_walked_with_the_one_it_leads_to(
    office: Workspace, street: dict[str, bytes]
) -> None:
    merging.merge(office, "place", street["兴工大街"], street["兴工街"])
    assert "三号饭店" in names(office, street["兴工街"])
    nodes = {node.name: node for node in walking.tree(office).nodes}
    assert "兴工大街" not in nodes and nodes["兴工街"].units == 6
    assert walking.locate(office, street["三号饭店"])[0] == street["兴工街"]


def test_a_unit_that_moved_is_met_once_at_its_new_door(
    office: Workspace, street: dict[str, bytes]
) -> None:
    def move(write: Write) -> None:
        seat = write.connection.execute(
            "SELECT place FROM occupancy WHERE employer = ?", (street["三号饭店"],)
        ).fetchone()
        employers.occupy(write, street["二号饭店"], seat[0], "2026-06-01")

    office.database.write(office.intent("employer.edit"), move)
    assert "二号饭店" not in names(office, street["兴工街"])
    assert set(names(office, street["兴工大街"])) == {"二号饭店", "三号饭店"}


def test_an_account_of_one_community_sees_only_its_own(
    office: Workspace, street: dict[str, bytes]
) -> None:
    office.account = replace(office.account, division_code="210106003007")
    assert all(node.units == 0 for node in walking.tree(office).nodes)
    office.account = replace(office.account, division_code=COMMUNITY)
    assert sum(node.units for node in walking.tree(office).nodes if node.parent is None) == 6


def door(name: str, outcome: str = "", on: str = "") -> Door:
    return Door(name.encode(), name, None, b"", "", False, outcome, on)


def test_the_next_door_waits_and_comes_round_to_the_beginning() -> None:
    day = date(2026, 11, 20)
    doors = [
        door("a", "2", "2026-11-19"),  # nobody yesterday: again today
        door("b", "2", "2026-11-20"),  # nobody today
        door("c", "1", "2026-11-18"),
        door("d"),
    ]
    assert walking.next_door(doors, 1, day) == 3
    assert walking.next_door(doors, 3, day) == 0
    assert walking.next_door(doors[1:3], 0, day) is None
    assert walking.next_door([], -1, day) is None


@pytest.mark.parametrize(
    ("month", "name"), [(1, "冬季"), (3, "春季"), (8, "夏季"), (11, "秋季"), (12, "冬季")]
)
def test_a_round_is_named_after_its_season(month: int, name: str) -> None:
    assert rounds.season_name(date(2026, month, 5)) == f"2026年{name}排查"


def test_the_last_door_is_this_accounts_own(office: Workspace, street: dict[str, bytes]) -> None:
    assert walking.tree(office).last is None
    met(office, street["九号里间"])
    met(office, street["二号饭店"], "2")
    found = walking.tree(office)
    assert (found.last, found.last_walk) == (street["二号饭店"], street["兴工街"])


def test_a_new_unit_next_door_gets_a_door_of_its_own(
    office: Workspace, street: dict[str, bytes]
) -> None:
    first = walking.way(office, street["兴工街"]).doors[0]
    assert first.place is not None
    house = office.database.read(lambda c: places.place_by_id(c, first.place or b""))
    assert house is not None and house.parent is not None
    added = adding.add_unit(office, NewUnit(house.parent, "新开小店", door="103室"))
    assert names(office, street["兴工街"])[:3] == ["九号外间", "九号里间", "新开小店"]
    assert door_card.card(office, added.employer).where == "兴工街 9号 103室"
    undoing.take_back(office, added.write)
    assert "新开小店" not in names(office, street["兴工街"])
    again = adding.add_unit(office, NewUnit(house.parent, "新开小店", door="103室"))
    assert "新开小店" in names(office, street["兴工街"])
    assert recording.visit_count(office, again.employer) == 1


def test_a_new_unit_is_checked_like_a_listed_one(
    office: Workspace, street: dict[str, bytes]
) -> None:
    for wanted, field in (
        (NewUnit(street["兴工街"], " "), "name"),
        (NewUnit(street["兴工街"], "铁西?饭店"), "name"),
        (NewUnit(street["兴工街"], "新店", uscc="91219900700000298"), "uscc"),
    ):
        with pytest.raises(InvalidInput) as refused:
            adding.add_unit(office, wanted)
        assert refused.value.field == field
    with pytest.raises(NotFound):
        adding.add_unit(office, NewUnit(b"x" * 16, "新店"))


def test_a_day_may_be_told_from_today(office: Workspace, street: dict[str, bytes]) -> None:
    met(office, street["九号里间"], next_visit_on="+0", promise="送宣传单")
    agenda = today.agenda_of_today(office)
    waiting = {errand.key: errand.employers for errand in agenda.errands}
    assert waiting["due"] == waiting["promises"] == (street["九号里间"],)
    with pytest.raises(InvalidInput):
        met(office, street["九号里间"], next_visit_on="+一")
