"""The places of a walk as the board draws them: merged and split houses, villages, lamps, filters."""

import pytest

from organizer.domain.board import Ground, Shape
from organizer.domain.clears import Light
from organizer.domain.unit_filter import NAMED, UnitFilter
from organizer.errors import InvalidInput
from organizer.services import merging
from organizer.services.places import placing, splitting
from organizer.services.places.splitting import SplitOrder
from organizer.services.survey import closing, recording, walking
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.store import employers, places
from organizer.store.places import PlaceRow
from organizer.store.transaction import Write

COMMUNITY = "210106003006"


class Ids(dict[str, bytes]):
    """Places and units by name."""


@pytest.fixture
def ids(office: Workspace) -> Ids:
    """A street with houses spelt twice, a lane, and a village group beside it."""
    found = Ids()

    def body(write: Write) -> None:
        home = places.division_by_code(write.connection, COMMUNITY)
        assert home is not None

        def put(parent: PlaceRow, kind: str, name: str, *units: str) -> PlaceRow:
            place = places.ensure(write, parent, kind, name)  # type: ignore[arg-type]
            found[name] = place.id
            for unit in units:
                found[unit] = write.insert("employer", {"name": unit})
                employers.occupy(write, found[unit], place.id, "2026-01-01")
            return place

        found["社区"] = home.id
        street = put(home, "street", "兴工街", "街边摊")
        nine = put(street, "building", "9号", "九号店")
        put(nine, "door", "101室", "九号里间")
        other = put(street, "building", "9号楼", "九号楼店")
        put(other, "door", "102室", "九号楼里间")
        put(street, "building", "10号", "十号店")
        lane = put(street, "street", "前进里")
        put(lane, "building", "1号", "里弄店")
        group = put(home, "village_group", "1组", "组里厂")
        put(group, "building", "老学校院内", "院内厂")

    office.database.write(office.intent("employer.add"), body)
    recording.open_round(office, "秋季", office.today, None)
    return found


def tiles(office: Workspace, walk: bytes, at: bytes | None = None) -> dict[str, int]:
    """The tiles of a board with how many units lie behind each."""
    way = walking.way(office, walk, groups=True)
    board = Ground(way.spots, way.doors).board(at or walk)
    assert sorted(door for tile in board.tiles for door in tile.doors) == sorted(
        number
        for number, door in enumerate(way.doors)
        if Ground(way.spots, way.doors).holds(board.at, number)
    )
    return {tile.name: len(tile.doors) for tile in board.tiles}


def test_a_merged_house_is_one_tile_with_the_doors_of_both(office: Workspace, ids: Ids) -> None:
    before = tiles(office, ids["兴工街"])
    assert before == {"9号": 2, "9号楼": 2, "10号": 1, "": 1, "前进里": 1}
    merging.merge(office, "place", ids["9号楼"], ids["9号"])
    assert tiles(office, ids["兴工街"]) == {"9号": 4, "10号": 1, "": 1, "前进里": 1}
    way = walking.way(office, ids["兴工街"])
    names = {spot.id: spot.name for spot in way.spots}
    assert "9号楼" not in names.values()
    moved = next(door for door in way.doors if door.name == "九号楼店")
    assert names[moved.spot] == "9号"
    # Once more: what leads to the one leads on to the other.
    merging.merge(office, "place", ids["9号"], ids["10号"])
    assert tiles(office, ids["兴工街"])["10号"] == 5
    assert walking.locate(office, ids["九号楼里间"]) == (ids["兴工街"], ids["九号楼里间"])


def test_a_door_moved_out_of_its_house_is_a_tile_of_its_own(office: Workspace, ids: Ids) -> None:
    placing.move(office, ids["101室"], ids["10号"])
    assert tiles(office, ids["兴工街"]) == {"9号": 1, "9号楼": 2, "10号": 2, "": 1, "前进里": 1}


def test_a_split_street_is_two_boards(office: Workspace, ids: Ids) -> None:
    order = SplitOrder(ids["兴工街"], "兴工西街", (ids["10号"], ids["前进里"]))
    made = splitting.split(office, order)
    assert tiles(office, ids["兴工街"]) == {"9号": 2, "9号楼": 2, "": 1}
    assert tiles(office, made) == {"10号": 1, "前进里": 1}
    assert walking.locate(office, ids["里弄店"])[0] == made


def test_a_lane_is_entered_and_left(office: Workspace, ids: Ids) -> None:
    way = walking.way(office, ids["兴工街"])
    ground = Ground(way.spots, way.doors)
    assert ground.board(ids["前进里"]).shape is Shape.STREET
    assert tiles(office, ids["兴工街"], ids["前进里"]) == {"1号": 1}
    assert ground.outside(ids["前进里"]) == ids["兴工街"]


def test_a_village_is_walked_whole_or_group_by_group(office: Workspace, ids: Ids) -> None:
    assert tiles(office, ids["社区"]) == {"组里厂": 1, "老学校院内": 1}
    assert tiles(office, ids["1组"]) == {"组里厂": 1, "老学校院内": 1}
    alone = walking.way(office, ids["社区"])
    assert alone.doors == ()
    node = next(n for n in walking.tree(office).nodes if n.id == ids["社区"])
    assert node.groups


def test_the_lamps_of_a_walk_are_those_of_its_units(office: Workspace, ids: Ids) -> None:
    rows = [door.employer for door in walking.way(office, ids["兴工街"]).doors]
    before = walking.lamps(office, rows)
    assert set(before) == set(rows)
    assert {lamp.light for shown in before.values() for lamp in shown} == {Light.UNSEEN}
    recording.record_visit(office, VisitOrder(ids["十号店"], "1", {"union_state": "4"}))
    shown = walking.lamps(office, rows)[ids["十号店"]]
    assert [lamp.light for lamp in shown] == [
        lamp.light for lamp in recording.lamps_of(office, ids["十号店"])
    ]
    assert shown[0].light is Light.CLEAR


def test_a_door_closed_after_tries_waits_no_longer(office: Workspace, ids: Ids) -> None:
    recording.record_visit(office, VisitOrder(ids["十号店"], "3"))
    closing.close_door(office, ids["十号店"], refusal_confirmed=True)
    doors = {door.name: door for door in walking.way(office, ids["兴工街"]).doors}
    assert doors["十号店"].closed and doors["十号店"].done
    assert not doors["九号店"].closed
    found = walking.way(office, ids["兴工街"], NAMED["closed"]).doors
    assert [door.name for door in found] == ["十号店"]
    node = next(n for n in walking.tree(office).nodes if n.id == ids["兴工街"])
    assert (node.units, node.closed) == (7, 1)


def test_a_filter_reads_back_as_it_was_stored() -> None:
    for wanted in (*NAMED.values(), UnitFilter(text="样禾", band="?", division=COMMUNITY)):
        assert UnitFilter.from_text(wanted.to_text()) == wanted
    for broken in ("", "[]", '{"later": 1}', '{"band": "some"}', '{"unvisited": 1}'):
        with pytest.raises(InvalidInput) as refused:
            UnitFilter.from_text(broken)
        assert "请" in refused.value.sentence()
