"""Two communities that became one: every count of the new one has the units of both, codes as stored."""

from datetime import date

import pytest

from organizer.domain.access import Role
from organizer.domain.unit_filter import UnitFilter
from organizer.domain.weekly import total as total_of
from organizer.errors import NotFound
from organizer.services import merging, undoing
from organizer.services.employers import adding, listing
from organizer.services.employers.adding import NewUnit
from organizer.services.reports import weekly
from organizer.services.survey import recording, rounds, status, walking
from organizer.services.survey.recording import VisitOrder
from organizer.services.survey.rounds import RoundOrder
from organizer.services.workspace import Account, Workspace
from organizer.store import places
from organizer.store.lists import Order
from organizer.store.transaction import Write
from tests.support import offices

FIRST, SECOND, THIRD = "210106003006", "210106003016", "210106003017"


@pytest.fixture
def streets(office: Workspace) -> dict[str, bytes]:
    """A street with two units in each of three communities; the communities by their codes."""
    rounds.open_round(office, RoundOrder("样例批次", date(2026, 1, 1)))
    found = {}
    for code, name in ((FIRST, "样一街"), (SECOND, "样二街"), (THIRD, "样三街")):

        def body(write: Write, code: str = code, name: str = name) -> tuple[bytes, bytes]:
            division = places.division_by_code(write.connection, code)
            assert division is not None
            return division.id, places.ensure(write, division, "street", name).id

        found[code], street = office.database.write(office.intent("place.add"), body)
        for number in (1, 2):
            adding.add_unit(office, NewUnit(street, f"{name}{number}号店", door=f"{number}号"))
    return found


def counted(office: Workspace, code: str) -> set[int]:
    """The units of a division as status, grids, list and weekly report count them."""
    report = weekly.report(office, division_code=code)
    listed = listing.employer_numbers(office, UnitFilter(division=code), Order())
    return {
        status.status(office, code).total.units,
        status.by_grid(office, code).total.units,
        total_of(report.told.tables["street"]).figure("due").total,
        len(listed.rows),
    }


def test_all_counts_of_a_merged_community_are_those_of_the_one_it_leads_to(
    office: Workspace, streets: dict[str, bytes]
) -> None:
    merging.merge_places(office, streets[FIRST], streets[SECOND])
    assert counted(office, SECOND) == {4}
    merging.merge_places(office, streets[SECOND], streets[THIRD])
    assert counted(office, THIRD) == {6}
    nodes = {node.name: node for node in walking.tree(office).nodes}
    (community,) = (node for node in nodes.values() if node.id == streets[THIRD])
    assert community.units == 6
    assert {nodes[name].parent for name in ("样一街", "样二街", "样三街")} == {community.id}
    assert {walk.above for walk in status.status(office, THIRD).walks if walk.units} == {
        community.name
    }
    assert offices.findings(office) == []
    undoing.take_back(office)
    assert (counted(office, SECOND), counted(office, THIRD)) == ({4}, {2})


def test_the_old_code_is_told_to_be_out_of_use_by_every_count(
    office: Workspace, streets: dict[str, bytes]
) -> None:
    merging.merge_places(office, streets[FIRST], streets[SECOND])
    for ask in (status.status, status.by_grid):
        with pytest.raises(NotFound) as caught:
            ask(office, FIRST)
        assert FIRST in caught.value.sentence()


def test_who_surveys_the_new_community_reaches_the_doors_of_the_old_one(
    office: Workspace, streets: dict[str, bytes]
) -> None:
    merging.merge_places(office, streets[FIRST], streets[SECOND])
    rounds.close_round(office)
    account = Account(office.account.id, "样采集", Role.COLLECTOR, SECOND)
    collector = Workspace(office.database, account, office.office)
    nodes = walking.tree(collector).nodes
    street = next(node for node in nodes if node.name == "样一街")
    assert street.parent == streets[SECOND] and street.units == 2
    door = walking.way(collector, street.id).doors[0]
    done = recording.record_visit(collector, VisitOrder(door.employer, "1", {"staff_total": "5"}))
    assert done.before != done.after
    assert status.status(collector).total.units == 4
