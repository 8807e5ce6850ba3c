"""Places edited as an office does: moved, split, merged, of another kind; every step taken back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from organizer.errors import Conflict, InvalidInput, OrganizerError
from organizer.services import finding, merging, undoing
from organizer.services.places import (
    assigning,
    gridding,
    place_card,
    place_plans,
    placing,
    splitting,
)
from organizer.services.places.assigning import AssignmentOrder
from organizer.services.places.gridding import GridOrder
from organizer.services.places.placing import PlaceOrder
from organizer.services.places.splitting import SplitOrder
from organizer.services.survey import recording, status, sweeping, walking
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.store import employers, grids, places
from organizer.store.places import PlaceRow
from organizer.store.transaction import Write
from tests.support import offices

COMMUNITY, OTHER = "210106003006", "210106003007"


@dataclass
class Town:
    """Two spellings of one road, a lane, a tower; a unit behind every door, by its name."""

    office: Workspace
    ids: dict[str, bytes]

    def __getitem__(self, name: str) -> bytes:
        return self.ids[name]

    def walk(self, name: str) -> list[str]:
        """The units one meets when walking a place, in their order."""
        return [door.name for door in walking.way(self.office, self[name]).doors]

    def where(self, unit: str) -> str:
        """The names of the door a unit sits behind."""
        return self.office.database.read(
            lambda c: places.full_name(c, employers.employer_by_id(c, self[unit]).place)  # type: ignore[union-attr]
        )

    def found(self, name: str) -> place_card.PlaceCard:
        return place_card.card(self.office, self[name])


def _house(write: Write, made: dict[str, bytes], road: PlaceRow, number: str) -> None:
    house = places.ensure(write, road, "building", number, f"{road.name}{number}（名单原文）")
    door = places.ensure(write, house, "door", "101")
    unit = employers.employer_id(None, door.id, f"{road.name}{number}店")
    made[f"{road.name}{number}"] = house.id
    made[f"{road.name}{number}店"] = write.insert(
        "employer", {"name": f"{road.name}{number}店"}, unit
    )
    employers.occupy(write, unit, door.id, "2026-01-01")


@pytest.fixture
def town(office: Workspace) -> Town:
    def body(write: Write) -> dict[str, bytes]:
        community = places.division_by_code(write.connection, COMMUNITY)
        other = places.division_by_code(write.connection, OTHER)
        assert community is not None and other is not None
        made = {"here": community.id, "there": other.id}
        for name, numbers in (("样路", "1 2 3 5"), ("样大路", "1 4"), ("样巷", "7")):
            road = places.ensure(write, community, "street", name)
            made[name] = road.id
            for number in numbers.split():
                _house(write, made, road, f"{number}号")
        far = places.ensure(write, other, "street", "远街")
        made["远街"] = far.id
        _house(write, made, far, "9号")
        return made

    made = office.database.write(office.intent("employer.add"), body)
    recording.open_round(office, "样例批次", office.today, None)
    return Town(office, made)


@pytest.fixture(autouse=True)
def sound(office: Workspace) -> Iterator[None]:
    """Whatever was done, the file is whole."""
    yield
    assert offices.findings(office) == []


def test_two_spellings_become_one_road_with_one_house_of_a_number(town: Town) -> None:
    office = town.office
    recording.record_visit(office, VisitOrder(town["样大路1号店"], "1"))
    merging.merge(office, "place", town["样大路"], town["样路"])
    assert sorted(town.walk("样路")) == sorted(
        f"{name}店"
        for name in ("样路1号", "样路2号", "样路3号", "样路5号", "样大路1号", "样大路4号")
    )
    assert town.where("样大路1号店") == "样路 1号 101"
    assert town.where("样大路4号店") == "样路 4号 101"
    found = town.found("样大路")
    assert (found.name, found.duplicates, found.weight.units) == ("样路", ("样大路",), 6)
    assert {one.name for one in found.inside} == {"1号", "2号", "3号", "4号", "5号"}
    walks = {one.name: one for one in status.status(office).walks}
    assert (walks["样路"].units, walks["样路"].reached) == (6, 1)
    assert "样大路" not in walks
    # Typed in the old spelling the road is still found.
    assert {hit.name for hit in finding.find(office, "样大路", table="place")} == {"样路"}
    undoing.take_back_latest(office)
    assert len(town.walk("样路")) == 4 and town.where("样大路1号店") == "样大路 1号 101"


def test_a_list_in_the_old_spelling_finds_the_same_doors_and_units(town: Town) -> None:
    merging.merge(town.office, "place", town["样大路"], town["样路"])

    def body(write: Write) -> list[tuple[bytes, bytes]]:
        community = places.division_by_code(write.connection, COMMUNITY)
        assert community is not None
        found = []
        for name, number in (("样大路", "4号"), ("样路", "4号"), ("样大路", "1号")):
            road = places.ensure(write, community, "street", name)
            house = places.ensure(write, road, "building", number)
            door = places.ensure(write, house, "door", "101")
            unit = employers.listed_id(write.connection, None, door.id, f"样大路{number}店")
            found.append((house.id, unit))
        return found

    found = town.office.database.write(town.office.intent("list.import"), body)
    assert found == [
        (town["样大路4号"], town["样大路4号店"]),
        (town["样大路4号"], town["样大路4号店"]),
        (town["样路1号"], town["样大路1号店"]),
    ]


def test_a_street_split_in_two_takes_doors_and_units_along(town: Town) -> None:
    office = town.office
    grid = gridding.add_grid(office, GridOrder(COMMUNITY, "001"))
    gridding.hang(office, grid, [town["样路"]])
    chosen = splitting.houses(office, town["样路"], 2, 9, "odd")
    assert chosen == (town["样路3号"], town["样路5号"])
    order = SplitOrder(town["样路"], "样路东段", chosen)
    said = place_plans.split_plan(office, order).sentences
    assert said[0] == "把 2 个门牌、2 个门、2 户 移到新的“样路东段”。"
    assert said[1] == "“样路”留下 2 个门牌、2 个门、2 户。"
    made = splitting.split(office, order)
    assert town.where("样路3号店") == "样路东段 3号 101"
    assert town.walk("样路") == ["样路1号店", "样路2号店"]
    assert [door.name for door in walking.way(office, made).doors] == ["样路3号店", "样路5号店"]
    assert office.database.read(lambda c: grids.of_places(c, [made])) == {made: grid}
    # A list that knows nothing of it finds the house where it is now.
    assert _listed(office, "样路", "3号") == _listed(office, "样路东段", "3号") == town["样路3号"]
    undoing.take_back(office, _write(office, "place.split"))
    assert len(town.walk("样路")) == 4


def _write(office: Workspace, name: str) -> bytes:
    return office.database.read(
        lambda c: bytes(c.execute("SELECT id FROM writes WHERE name = ?", (name,)).fetchone()[0])
    )


def _listed(office: Workspace, road: str, number: str) -> bytes:
    def body(write: Write) -> bytes:
        community = places.division_by_code(write.connection, COMMUNITY)
        assert community is not None
        street = places.ensure(write, community, "street", road)
        return places.ensure(write, street, "building", number).id

    return office.database.write(office.intent("list.import"), body)


def test_a_moved_street_lies_in_its_new_community_with_all_its_units(town: Town) -> None:
    office = town.office
    grid = gridding.add_grid(office, GridOrder(COMMUNITY, "001"))
    gridding.hang(office, grid, [town["样巷"]])
    said = place_plans.move_plan(office, town["样巷"], town["there"]).sentences
    assert said[0].startswith("把“样巷”连同 1 个门牌、1 个门、1 户 移到")
    assert "改为" in said[1] and "另划网格" in said[2]
    placing.move(office, town["样巷"], town["there"])
    unit = office.database.read(lambda c: employers.employer_by_id(c, town["样巷7号店"]))
    assert unit is not None and unit.division_code == OTHER
    assert "样巷" in {one.name for one in status.status(office, OTHER).walks}
    assert office.database.read(lambda c: grids.of_places(c, [town["样巷"]])) == {}
    undoing.take_back_latest(office)
    unit = office.database.read(lambda c: employers.employer_by_id(c, town["样巷7号店"]))
    assert unit is not None and unit.division_code == COMMUNITY
    assert office.database.read(lambda c: grids.of_places(c, [town["样巷"]])) == {
        town["样巷"]: grid
    }


def test_a_lane_moved_under_a_street_is_walked_with_it(town: Town) -> None:
    placing.move(town.office, town["样巷"], town["样路"])
    assert "样巷7号店" in town.walk("样路")


def test_a_house_becomes_a_tower_and_back(town: Town) -> None:
    placing.change_kind(town.office, town["样路2号"], "tower")
    assert town.found("样路2号").kind == "tower"
    assert "样路2号店" in town.walk("样路")
    undoing.take_back_latest(town.office)
    assert town.found("样路2号").kind == "building"


def test_places_without_number_are_added_by_hand(town: Town) -> None:
    office = town.office
    yard = placing.add_place(
        office, PlaceOrder(town["样路"], "building", "原纺织厂院内", "样路原纺织厂院内")
    )
    for kind, name in (
        ("village_group", "三组"),
        ("crossing", "样路与样巷路口"),
        ("tower", "样塔"),
    ):
        placing.add_place(office, PlaceOrder(town["here"], kind, name))  # type: ignore[arg-type]
    station = placing.add_place(office, PlaceOrder(town["样路"], "station", "骑手驿站"))
    found = place_card.card(office, yard)
    assert (found.name, found.raw) == ("原纺织厂院内", ("样路原纺织厂院内",))
    assert place_card.card(office, station).above[0].name == "样路"
    names = {one.name for one in status.status(office, COMMUNITY).walks}
    assert {"三组", "样路与样巷路口", "样塔"} <= names
    sweeping.record_no_unit(office, yard)


def test_that_a_road_was_empty_is_said_of_the_road_it_became(town: Town) -> None:
    office = town.office
    one = placing.add_place(office, PlaceOrder(town["here"], "street", "空路"))
    two = placing.add_place(office, PlaceOrder(town["here"], "street", "空大路"))
    sweeping.record_no_unit(office, two)
    merging.merge_places(office, two, one)
    walks = {walk.name: walk for walk in status.status(office).walks}
    assert walks["空路"].seen_empty and "空大路" not in walks


def test_a_changed_division_rewrites_no_stored_code(town: Town) -> None:
    office = town.office
    before = office.database.read(
        lambda c: dict(c.execute("SELECT id, division_code FROM place").fetchall())
    )
    placing.rename(office, town["here"], "样新社区")
    merging.merge_places(office, town["there"], town["here"])
    after = office.database.read(
        lambda c: dict(c.execute("SELECT id, division_code FROM place").fetchall())
    )
    assert after == before
    merged = office.database.read(lambda c: places.division_by_code(c, OTHER))
    assert merged is not None and merged.name == "样新社区"
    assert town.where("远街9号店") == "远街 9号 101"
    assert "远街" in {one.name for one in status.status(office).walks}


def test_the_grid_of_a_duplicate_goes_along(town: Town) -> None:
    office = town.office
    grid = gridding.add_grid(office, GridOrder(COMMUNITY, "001"))
    gridding.hang(office, grid, [town["样大路"]])
    assert any("随之划入" in one for one in place_plans.merge_plan(
        office, town["样大路"], town["样路"]).sentences)  # fmt: skip
    merging.merge_places(office, town["样大路"], town["样路"])
    lying = office.database.read(lambda c: grids.of_places(c, [town["样路2号"], town["样大路4号"]]))
    assert set(lying.values()) == {grid} and len(lying) == 2


def test_a_place_is_taken_out_of_use_only_when_nothing_is_there(town: Town) -> None:
    office = town.office
    lane = placing.add_place(office, PlaceOrder(town["here"], "street", "断头巷"))
    assigning.assign(office, AssignmentOrder("王样", office.today, places=(lane,)))
    said = place_plans.retire_plan(office, lane).sentences
    assert "王样" in said[1] and "地点已停用" in said[1]
    placing.retire(office, lane)
    (told,) = assigning.assignments_of_round(office)
    assert told.state is assigning.State.GONE and told.trouble.startswith("地点已停用：请")
    undoing.take_back_latest(office)
    assert assigning.assignments_of_round(office)[0].trouble == ""


def test_an_assignment_follows_the_place_that_is_kept(town: Town) -> None:
    office = town.office
    until = office.today + timedelta(days=5)
    assigning.assign(office, AssignmentOrder("王样", until, places=(town["样大路"],)))
    merging.merge_places(office, town["样大路"], town["样路"])
    (told,) = assigning.assignments_of_round(office)
    assert (told.name, told.units, told.state) == ("样路", 6, assigning.State.OPEN)
    assert "已并入“样路”" in told.trouble


def refused(office: Workspace, town: Town) -> Iterator[tuple[type[OrganizerError], str, object]]:
    """Bad input: the error, a part of its sentence, the act."""
    road, big, house = town["样路"], town["样大路"], town["样路1号"]
    inside = town.found("样路1号").inside[0].id
    yield Conflict, "不能把一条记录并入它自己", lambda: merging.merge_places(office, road, road)
    yield Conflict, "请先把类型改成一样", lambda: merging.merge_places(office, house, road)
    lane = placing.add_place(office, PlaceOrder(road, "street", "支巷"))
    yield Conflict, "一处在另一处里面", lambda: merging.merge_places(office, lane, road)
    yield Conflict, "一处在另一处里面", lambda: merging.merge_places(office, road, lane)
    yield Conflict, "不是同一个区划", lambda: merging.merge_places(office, road, town["远街"])
    yield Conflict, "移到它自己里面", lambda: placing.move(office, road, lane)
    yield InvalidInput, "不能放在所选的地点下面", lambda: placing.move(office, big, inside)
    yield Conflict, "是区划", lambda: placing.move(office, town["here"], town["there"])
    yield InvalidInput, "请改用“合并”", lambda: placing.move(office, house, big)
    yield InvalidInput, "请改用“合并”", lambda: placing.rename(office, big, "样 路")
    yield InvalidInput, "没有名称", lambda: placing.rename(office, big, " ")
    yield Conflict, "请先把它们移到别处", lambda: placing.change_kind(office, house, "door")
    yield Conflict, "里还有在用的地点", lambda: placing.retire(office, road)
    yield Conflict, "还登记着 1 家单位", lambda: placing.retire(office, inside)
    yield (
        InvalidInput, "还没有选", lambda: splitting.split(office, SplitOrder(road, "新路", ()))
    )  # fmt: skip
    yield (
        InvalidInput, "不直接在", lambda: splitting.split(office, SplitOrder(road, "新路", (inside,)))
    )  # fmt: skip
    everything = tuple(one.id for one in town.found("样路").inside)
    yield (
        InvalidInput, "全部都选上", lambda: splitting.split(office, SplitOrder(road, "新", everything))
    )  # fmt: skip
    yield (
        InvalidInput, "请改用“合并”",
        lambda: splitting.split(office, SplitOrder(road, "样大路", (house,))),
    )  # fmt: skip
    yield (
        InvalidInput, "不能放在", lambda: placing.add_place(office, PlaceOrder(inside, "street", "街"))
    )  # fmt: skip


def test_bad_acts_are_told_in_a_sentence_and_change_nothing(town: Town) -> None:
    office = town.office
    for kind, told, act in refused(office, town):
        writes = office.database.read(lambda c: c.execute("SELECT count(*) FROM writes").fetchone())
        with pytest.raises(kind) as caught:
            act()  # type: ignore[operator]
        assert told in caught.value.sentence()
        assert writes == office.database.read(
            lambda c: c.execute("SELECT count(*) FROM writes").fetchone()
        )


def test_a_merged_or_retired_place_is_edited_at_its_survivor(town: Town) -> None:
    office = town.office
    merging.merge_places(office, town["样大路"], town["样路"])
    with pytest.raises(Conflict) as caught:
        placing.rename(office, town["样大路"], "别路")
    assert "请直接在“样路”上改" in caught.value.sentence()
    empty = placing.add_place(office, PlaceOrder(town["here"], "street", "空路"))
    placing.retire(office, empty)
    with pytest.raises(Conflict) as caught:
        placing.move(office, empty, town["there"])
    assert "已经停用" in caught.value.sentence()


def test_two_machines_that_move_two_streets_into_each_other_do_not_hang(town: Town) -> None:
    """What neither could do alone happens when both are brought together."""
    office = town.office

    def circle(write: Write) -> None:
        write.set("place", town["样路"], {"parent": town["样大路"]})
        write.set("place", town["样大路"], {"parent": town["样路"]})

    office.database.write(office.intent("place.move"), circle)
    assert town.where("样路1号店").endswith("样路 1号 101")
    assert place_card.card(office, town["样路"]).weight.units >= 6
    assert office.database.read(lambda c: grids.of_places(c, [town["样路"]])) == {}
    placing.move(office, town["样路"], town["here"])
    assert "样路1号店" in town.walk("样路")
