"""Drives: a filter with a target and a day, counted anew each time, walked street after street."""

from dataclasses import replace
from datetime import timedelta

import pytest

from organizer.domain.unit_filter import NAMED, Goal, UnitFilter
from organizer.errors import InvalidInput, NotAllowed, NotFound
from organizer.services import merging, today, undoing
from organizer.services.employers import listing
from organizer.services.survey import drives, recording, walking
from organizer.services.survey.drives import DriveOrder
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.store import employers, places
from organizer.store.transaction import Write

COMMUNITY, NEXT = "210106003006", "210106003007"
UNITS = (
    (NEXT, "建设中路", "8号", "八号百人厂", "120"),
    (COMMUNITY, "兴工街", "10号", "十号百人厂", "200"),
    (COMMUNITY, "兴工街", "9号", "九号百人店", "100"),
    (COMMUNITY, "兴工街", "2号", "二号小店", "99"),
    (COMMUNITY, "兴工街", "4号", "四号不详", ""),
)
MANY = NAMED["many_unfounded"]


@pytest.fixture
def ids(office: Workspace) -> dict[str, bytes]:
    """Units on two streets of two communities, head counts from a list; ids by name."""
    found: dict[str, bytes] = {}

    def body(write: Write) -> None:
        for code, road, house, name, staff in UNITS:
            home = places.division_by_code(write.connection, code)
            assert home is not None
            street = places.ensure(write, home, "street", road)
            place = places.ensure(write, street, "building", house)
            found[road] = street.id
            found[name] = write.insert("employer", {"name": name})
            employers.occupy(write, found[name], place.id, "2026-01-01")
            observed = {"staff_total": staff} if staff else {}
            employers.observe(write, found[name], observed, source="market", on="2026-01-01")

    office.database.write(office.intent("employer.add"), body)
    recording.open_round(office, "秋季", office.today, None)
    return found


def order(office: Workspace, **said: object) -> DriveOrder:
    made = DriveOrder("百人企业建会", MANY, office.today + timedelta(days=30), "王样")
    return replace(made, **said)  # type: ignore[arg-type]


def waiting(office: Workspace, drive: bytes) -> list[str]:
    return [door.name for door in drives.doors(office, drive).doors]


def test_a_drive_counts_what_is_founded_since_and_before(
    office: Workspace, ids: dict[str, bytes]
) -> None:
    drive = drives.add_drive(office, order(office))
    (made,) = drives.drives_here(office)
    assert (made.units, made.done, made.target, made.left) == (3, 0, 3, 3)
    recording.record_visit(office, VisitOrder(ids["九号百人店"], "1", {"union_state": "4"}))
    assert drives.drives_here(office)[0].done == 0
    recording.record_visit(office, VisitOrder(ids["九号百人店"], "1", {"union_state": "2"}))
    (made,) = drives.due(office)
    assert (made.units, made.done, made.left) == (3, 1, 2)
    assert waiting(office, drive) == ["十号百人厂", "八号百人厂"]
    recording.record_visit(office, VisitOrder(ids["二号小店"], "1", {"staff_total": "130"}))
    assert drives.drives_here(office)[0].units == 4


def test_its_doors_stand_street_after_street_as_one_walks(
    office: Workspace, ids: dict[str, bytes]
) -> None:
    drive = drives.add_drive(office, order(office))
    way = drives.doors(office, drive)
    assert [door.name for door in way.doors] == ["九号百人店", "十号百人厂", "八号百人厂"]
    assert [door.door for door in way.doors] == ["兴工街 9号", "兴工街 10号", "建设中路 8号"]
    assert way.name == "百人企业建会"
    other = drives.add_drive(office, order(office, division_code=NEXT, name="一个社区"))
    assert waiting(office, other) == ["八号百人厂"]


def test_a_target_reached_is_no_longer_due(office: Workspace, ids: dict[str, bytes]) -> None:
    drives.add_drive(office, order(office, target="1"))
    recording.record_visit(office, VisitOrder(ids["十号百人厂"], "1", {"union_state": "1"}))
    assert drives.due(office) == []
    (made,) = drives.drives_here(office)
    assert (made.done, made.target, made.late(made.due_on + timedelta(days=1))) == (1, 1, False)


def test_today_names_the_drives_whose_day_is_near(office: Workspace, ids: dict[str, bytes]) -> None:
    drives.add_drive(office, order(office, name="还早"))
    drives.add_drive(office, order(office, due_on=office.today + timedelta(days=3)))
    standing = today.standing_of_round(office)
    assert standing is not None
    (line,) = standing.drives
    assert (line.subject, line.count, line.urgent) == ("百人企业建会", 3, False)
    assert line.detail == "王样负责，还有 3 天到期，完成 0 / 3"
    assert len(line.employers) == 3


def test_visits_and_lamps_are_goals_too(office: Workspace, ids: dict[str, bytes]) -> None:
    drive = drives.add_drive(office, order(office, wanted=NAMED["unvisited"]))
    lit = drives.add_drive(office, order(office, wanted=NAMED["unlit"]))
    recording.record_visit(office, VisitOrder(ids["二号小店"], "2"))
    recording.record_visit(office, VisitOrder(ids["四号不详"], "1"))
    found = {one.id: one for one in drives.drives_here(office)}
    # Nobody at the door is no visit that counts.
    assert (found[drive].units, found[drive].done) == (5, 1)
    assert (found[lit].units, found[lit].done) == (5, 0)
    assert "四号不详" not in waiting(office, drive)
    assert len(waiting(office, lit)) == 5


def test_three_new_counts_people_in_new_forms_or_in_a_new_field(
    office: Workspace, ids: dict[str, bytes]
) -> None:
    said = {"staff_new_form": "12"}
    recording.record_visit(office, VisitOrder(ids["二号小店"], "1", said))
    recording.record_visit(office, VisitOrder(ids["九号百人店"], "1", {"three_new": "yes"}))
    recording.record_visit(office, VisitOrder(ids["四号不详"], "1", {"three_new": "yes"}))
    wanted = NAMED["three_new"]
    found = listing.employer_numbers(office, wanted, listing.Order())
    assert len(found.rows) == 2
    assert wanted.goal is Goal.FOUNDED


def test_each_thing_that_is_missing_is_told_at_its_field(
    office: Workspace, ids: dict[str, bytes]
) -> None:
    for field, said in (
        ("name", {"name": " "}),
        ("filter", {"wanted": UnitFilter()}),
        ("filter", {"wanted": NAMED["closed"]}),
        ("due_on", {"due_on": None}),
        ("due_on", {"due_on": office.today - timedelta(days=1)}),
        ("responsible", {"responsible": ""}),
        ("target", {"target": "0"}),
        ("target", {"target": "十户"}),
    ):
        with pytest.raises(InvalidInput) as refused:
            drives.add_drive(office, order(office, **said))
        assert refused.value.field == field and "请" in refused.value.sentence()
    with pytest.raises(NotFound):
        drives.add_drive(office, order(office, division_code="999999"))
    assert drives.drives_here(office) == []


def test_a_drive_is_retired_and_brought_back(office: Workspace, ids: dict[str, bytes]) -> None:
    drive = drives.add_drive(office, order(office))
    drives.retire_drive(office, drive)
    assert drives.drives_here(office) == []
    with pytest.raises(NotFound):
        drives.doors(office, drive)
    undoing.take_back(office)
    assert len(drives.drives_here(office)) == 1


def test_a_collector_sees_the_part_of_a_drive_that_is_theirs(
    office: Workspace, ids: dict[str, bytes]
) -> None:
    drive = drives.add_drive(office, order(office))
    office.account = replace(office.account, division_code=NEXT, role="collector")
    (made,) = drives.drives_here(office)
    assert (made.units, made.done) == (1, 0)
    assert waiting(office, drive) == ["八号百人厂"]
    with pytest.raises(NotAllowed):
        drives.add_drive(office, order(office))
    with pytest.raises(NotAllowed):
        drives.retire_drive(office, drive)


def test_a_drive_of_the_neighbours_is_not_walked(office: Workspace, ids: dict[str, bytes]) -> None:
    theirs = drives.add_drive(office, order(office, division_code=COMMUNITY))
    office.account = replace(office.account, division_code=NEXT, role="collector")
    with pytest.raises(NotAllowed):
        drives.doors(office, theirs)


def test_a_drive_walks_a_merged_street_once(office: Workspace, ids: dict[str, bytes]) -> None:
    def body(write: Write) -> bytes:
        home = places.division_by_code(write.connection, COMMUNITY)
        assert home is not None
        misspelt = places.ensure(write, home, "street", "兴工大街")
        house = places.ensure(write, misspelt, "building", "9号")
        employers.occupy(write, write.insert("employer", {"name": "邻居"}), house.id, "2026-01-01")
        return misspelt.id

    gone = office.database.write(office.intent("employer.add"), body)
    drive = drives.add_drive(office, order(office, wanted=NAMED["unvisited"]))
    before = sorted(waiting(office, drive))
    merging.merge(office, "place", gone, ids["兴工街"])
    assert sorted(waiting(office, drive)) == before and "邻居" in before


def test_the_tree_and_the_street_show_what_the_filter_leaves(
    office: Workspace, ids: dict[str, bytes]
) -> None:
    nodes = {node.name: node for node in walking.tree(office, MANY).nodes}
    assert (nodes["兴工街"].units, nodes["建设中路"].units) == (2, 1)
    way = walking.way(office, ids["兴工街"], MANY)
    assert [door.name for door in way.doors] == ["九号百人店", "十号百人厂"]
