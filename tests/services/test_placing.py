"""Divisions and places of an office's own, and duplicates that lead to one record."""

import pytest

from organizer.errors import Conflict, InvalidInput, NotFound
from organizer.services import finding, merging, undoing
from organizer.services.office import checking
from organizer.services.places import placing
from organizer.services.workspace import Workspace
from organizer.store import employers, facts, places
from organizer.store.transaction import Write

TOWN = "210106003"


def employer(workspace: Workspace, name: str, **values: str) -> bytes:
    intent = workspace.intent("employer.add")
    return workspace.database.write(
        intent, lambda w: w.insert("employer", {"name": name, **values})
    )


def observe(workspace: Workspace, row: bytes, value: str, on: str) -> None:
    def body(write: Write) -> None:
        employers.observe(write, row, {"staff_total": value}, source="spoken", on=on)

    workspace.database.write(workspace.intent("visit.record"), body)


def staff(workspace: Workspace, row: bytes) -> str:
    return workspace.database.read(lambda c: facts.current(c, row, departments=True))[
        "staff_total"
    ].value


def division(workspace: Workspace, code: str) -> places.PlaceRow:
    found = workspace.database.read(lambda c: places.division_by_code(c, code))
    assert found is not None
    return found


def test_an_added_community_is_found_and_read_in_addresses(office: Workspace) -> None:
    code = placing.add_division(office, TOWN, "样心社区")
    assert code.startswith(TOWN)
    assert "样心社区" in [hit.name for hit in finding.find(office, "yxsq")]
    assert [found.code for found in office.divisions.find_by_name("样心社区", within=TOWN)] == [
        code
    ]


def test_the_same_addition_on_two_machines_is_one_division(office: Workspace) -> None:
    code = placing.add_division(office, TOWN, "样心社区")
    with pytest.raises(InvalidInput):
        placing.add_division(office, TOWN, " 样心社区 ")
    placing.retire(office, division(office, code).id)
    assert placing.add_division(office, TOWN, "样心社区") == code


@pytest.mark.parametrize("name", ["", "  "])
def test_a_division_needs_a_name(office: Workspace, name: str) -> None:
    with pytest.raises(InvalidInput):
        placing.add_division(office, TOWN, name)


def test_below_a_village_there_is_no_division(office: Workspace) -> None:
    village = office.divisions.children(TOWN)[0].code
    with pytest.raises(InvalidInput) as refused:
        placing.add_division(office, village, "样组")
    assert "街路" in refused.value.sentence()
    with pytest.raises(NotFound):
        placing.add_division(office, "219999", "样镇")


def test_a_renamed_division_keeps_its_id_and_its_code(office: Workspace) -> None:
    village = office.divisions.children(TOWN)[0]
    before = division(office, village.code)
    placing.rename(office, before.id, "样新社区")
    assert division(office, village.code) == places.PlaceRow(
        before.id, before.parent, before.kind, "样新社区", before.division_code
    )
    assert office.divisions.get(village.code).name == "样新社区"


def test_a_place_in_use_is_not_retired(office: Workspace) -> None:
    with pytest.raises(Conflict):
        placing.retire(office, division(office, TOWN).id)


def test_facts_of_a_duplicate_are_shown_on_the_survivor_and_come_back(office: Workspace) -> None:
    kept, twin = employer(office, "样甲饭店"), employer(office, "样甲饭馆")
    observe(office, kept, "10", "2026-01-01")
    observe(office, twin, "12", "2026-02-01")
    merging.merge(office, "employer", twin, kept)
    assert staff(office, kept) == "12"
    observe(office, twin, "15", "2026-03-01")
    assert staff(office, kept) == "15", "said of the old id later, shown on the survivor"
    merge = office.database.read(
        lambda c: c.execute("SELECT id FROM writes WHERE name = 'employer.merge'").fetchone()[0]
    )
    undoing.take_back(office, merge)
    assert (staff(office, kept), staff(office, twin)) == ("10", "15")
    assert checking.check(office).findings == ()


def test_no_record_leads_to_itself(office: Workspace) -> None:
    one, two, three = (employer(office, f"样{n}店") for n in "乙丙丁")
    merging.merge(office, "employer", one, two)
    merging.merge(office, "employer", two, three)
    for duplicate, kept in ((three, one), (one, one)):
        with pytest.raises(Conflict):
            merging.merge(office, "employer", duplicate, kept)
