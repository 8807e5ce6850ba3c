"""Grids: made once, hung on streets, and what lies in them is located for good."""

import pytest

from organizer.domain.clears import Light
from organizer.errors import Conflict, InvalidInput, NotFound
from organizer.services import undoing
from organizer.services.places import gridding
from organizer.services.places.gridding import GridOrder
from organizer.services.survey import recording
from organizer.services.workspace import Workspace
from organizer.store import grids, places
from organizer.store.transaction import Write
from tests.support import offices

COMMUNITY, OTHER = "210106003006", "210106003007"


@pytest.fixture
def street(office: Workspace) -> dict[str, bytes]:
    """A unit behind a door of a street, another in a lane of that street."""

    def body(write: Write) -> dict[str, bytes]:
        community = places.division_by_code(write.connection, COMMUNITY)
        assert community is not None
        road = places.ensure(write, community, "street", "样路")
        lane = places.ensure(write, road, "street", "样巷")
        made = {"road": road.id, "lane": lane.id}
        for place in (road, lane):
            door = places.ensure(write, place, "building", "1号")
            made[f"{place.name}店"] = unit = write.insert("employer", {"name": f"{place.name}店"})
            write.insert("occupancy", {"employer": unit, "place": door.id})
        return made

    made = office.database.write(office.intent("employer.add"), body)
    recording.open_round(office, "样例批次", office.today, None)
    return made


def order(**values: str) -> GridOrder:
    return GridOrder(**{"division_code": COMMUNITY, "code": "001"} | values)


def located(office: Workspace, unit: bytes) -> bool:
    return recording.lamps_of(office, unit)[1].light is Light.CLEAR


def test_a_street_in_a_grid_locates_all_its_doors(
    office: Workspace, street: dict[str, bytes]
) -> None:
    for unit in ("样路店", "样巷店"):
        recording.record_visit(office, recording.VisitOrder(street[unit], "1"))
        assert not located(office, street[unit])
    grid = gridding.add_grid(office, order(responsible="王样", phone="199-0000-0001"))
    assert gridding.hang(office, grid, [street["road"]]) == 1
    assert gridding.hang(office, grid, [street["road"]]) == 0
    assert located(office, street["样路店"]) and located(office, street["样巷店"])
    lying = office.database.read(lambda c: grids.of_places(c, [street["lane"]]))
    assert lying == {street["lane"]: grid}
    undoing.take_back_latest(office)
    assert not located(office, street["样路店"])
    assert offices.findings(office) == []


def test_the_nearest_grid_counts(office: Workspace, street: dict[str, bytes]) -> None:
    wide, near = (gridding.add_grid(office, order(code=code)) for code in ("001", "002"))
    gridding.hang(office, wide, [street["road"]])
    gridding.hang(office, near, [street["lane"]])
    found = office.database.read(lambda c: grids.of_places(c, [street["road"], street["lane"]]))
    assert found == {street["road"]: wide, street["lane"]: near}


def test_a_grid_is_edited_emptied_retired_and_made_again(
    office: Workspace, street: dict[str, bytes]
) -> None:
    grid = gridding.add_grid(office, order(name="东片"))
    gridding.edit_grid(office, grid, order(code="009", name="西片", phone="024-23456789"))
    (kept,) = gridding.grids_here(office)
    assert (kept.shown, kept.fields["phone"]) == ("001 西片", "024-23456789")
    gridding.hang(office, grid, [street["road"]])
    with pytest.raises(Conflict) as caught:
        gridding.retire_grid(office, grid)
    assert "1 处地点" in caught.value.sentence()
    gridding.hang(office, None, [street["road"]])
    gridding.retire_grid(office, grid)
    assert gridding.grids_here(office) == []
    assert gridding.add_grid(office, order(name="新片")) == grid
    assert [one.shown for one in gridding.grids_here(office)] == ["001 新片"]


def test_two_machines_make_the_same_grid(office: Workspace) -> None:
    assert gridding.add_grid(office, order()) == grids.grid_id(COMMUNITY, "001")


@pytest.mark.parametrize(
    ("wrong", "field", "told"),
    [
        ({"code": "  "}, "code", "编号"),
        ({"phone": "12"}, "phone", "12"),
        ({"division_code": "210199999"}, "", "210199999"),
    ],
)
def test_bad_orders_are_told_at_the_field(
    office: Workspace, wrong: dict[str, str], field: str, told: str
) -> None:
    with pytest.raises((InvalidInput, NotFound)) as caught:
        gridding.add_grid(office, order(**wrong))
    assert told in caught.value.sentence()
    assert getattr(caught.value, "field", "") == field
    assert gridding.grids_here(office) == []


def test_a_taken_code_and_a_place_elsewhere_are_refused(
    office: Workspace, street: dict[str, bytes]
) -> None:
    gridding.add_grid(office, order())
    with pytest.raises(InvalidInput) as caught:
        gridding.add_grid(office, order(name="另一个"))
    assert caught.value.field == "code" and "001" in caught.value.sentence()
    there = gridding.add_grid(office, order(division_code=OTHER))
    with pytest.raises(InvalidInput) as caught:
        gridding.hang(office, there, [street["road"]])
    assert "样路" in caught.value.sentence()
