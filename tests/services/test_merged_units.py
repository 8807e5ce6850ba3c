"""A unit that turned out to be another's duplicate: its visits count for the one that is kept."""

from datetime import date

import pytest

from organizer.domain.access import Role
from organizer.domain.clears import Light
from organizer.domain.weekly import total as total_of
from organizer.errors import Conflict, NotAllowed
from organizer.services import merging, today, undoing
from organizer.services.employers import listing
from organizer.services.reports import weekly
from organizer.services.survey import closing, comparing, confirming, recording, status, walking
from organizer.services.survey.recording import VisitOrder
from organizer.services.survey.rounds import RoundOrder, open_round
from organizer.services.workspace import Account, Workspace
from organizer.store import employers, places
from organizer.store.transaction import Write
from tests.support import offices
from tests.support.walked import CLEAR

COMMUNITY = "210106003006"


@pytest.fixture
def round_open(office: Workspace) -> Workspace:
    open_round(office, RoundOrder("样例批次", date(2026, 1, 1), ways=("door", "phone")))
    return office


def unit(office: Workspace, name: str, house: str) -> bytes:
    def body(write: Write) -> bytes:
        division = places.division_by_code(write.connection, COMMUNITY)
        assert division is not None
        street = places.ensure(write, division, "street", "样合街")
        door = places.ensure(write, street, "building", house)
        row = write.insert("employer", {"name": name})
        employers.occupy(write, row, door.id, "2026-01-01")
        return row

    return office.database.write(office.intent("employer.add"), body)


def counted(office: Workspace) -> tuple[int, int, int, int]:
    """Units, reached, clear and closed, which status, board and weekly report have to agree on."""
    total = status.status(office).total
    found = total.units, total.reached, total.clear, total.closed
    tree = walking.tree(office)
    street = next(node for node in tree.nodes if node.name == "样合街")
    way = walking.way(office, street.id)
    lamps = walking.lamps(office, [door.employer for door in way.doors])
    clear = sum(all(one.light is Light.CLEAR for one in each) for each in lamps.values())
    reached, closed = (sum(getattr(d, name) for d in way.doors) for name in ("reached", "closed"))
    assert (street.units, street.reached, street.closed) == (found[0], found[1], found[3])
    assert (len(way.doors), reached, clear, closed) == found
    tables = weekly.report(office).told.tables
    line = total_of(tables["street"])
    keys = ("due", "reached", "clear", "closed")
    assert tuple(line.figure(key).total for key in keys) == found
    assert offices.findings(office) == []
    return found


def test_the_visits_of_a_duplicate_count_everywhere_for_the_one_kept(round_open: Workspace) -> None:
    office = round_open
    kept, twin, third = (unit(office, f"样合{n}店", f"{n}号") for n in (1, 3, 5))
    recording.record_visit(office, VisitOrder(twin, "1", CLEAR))
    assert counted(office) == (3, 1, 1, 0)
    # A duplicate of a duplicate leads to the same unit.
    merging.merge(office, "employer", twin, third)
    merging.merge(office, "employer", third, kept)
    assert counted(office) == (1, 1, 1, 0)
    assert recording.visit_count(office, kept) == 1
    number = listing.number_of(office, kept) or 0
    assert listing.employer_rows(office, [number], ["last_visit"])[number] == (
        kept,
        [office.today.isoformat()],
    )
    # What is said later of the duplicate counts for the one kept as well.
    recording.record_visit(office, VisitOrder(twin, "1", {"union_state": "4"}))
    assert counted(office) == (1, 1, 0, 0)
    assert walking.tree(office).last == kept
    assert recording.visit_count(office, twin) == recording.visit_count(office, kept) == 2


def test_merging_is_taken_back_with_all_its_numbers(round_open: Workspace) -> None:
    office = round_open
    kept, twin = (unit(office, f"样合{n}店", f"{n}号") for n in (1, 3))
    recording.record_visit(office, VisitOrder(twin, "1", CLEAR))
    before = counted(office)
    merging.merge(office, "employer", twin, kept)
    assert counted(office) == (1, 1, 1, 0)
    undoing.take_back(office)
    assert counted(office) == before == (2, 1, 1, 0)


def test_tries_at_both_spellings_close_the_door_and_an_answer_at_either_opens_it(
    round_open: Workspace,
) -> None:
    office = round_open
    kept, twin = (unit(office, f"样合{n}店", f"{n}号") for n in (1, 3))
    for row, day in ((kept, 5), (twin, 6), (twin, 7)):
        recording.record_visit(office, VisitOrder(row, "2", on=date(2026, 1, day)))
    merging.merge(office, "employer", twin, kept)
    (errand,) = (one for one in today.agenda_of_today(office).errands if one.key == "shut")
    assert errand.employers == (kept,)
    recording.record_visit(office, VisitOrder(twin, "3"))
    closing.close_door(office, kept, refusal_confirmed=True)
    assert counted(office) == (1, 1, 0, 1)
    recording.record_visit(office, VisitOrder(twin, "1", {"staff_total": "3"}))
    assert counted(office) == (1, 1, 0, 0)
    progress = today.agenda_of_today(office).progress
    assert progress is not None
    assert {name: n for name, n in progress.outcomes.items() if n} == {"1": 1}


def test_a_call_noted_before_the_merge_is_not_noted_twice(round_open: Workspace) -> None:
    office = round_open
    kept, twin = (unit(office, f"样合{n}店", f"{n}号") for n in (1, 3))
    recording.record_visit(office, VisitOrder(kept, "1", CLEAR, on=date(2026, 1, 5)))
    recording.record_visit(office, VisitOrder(twin, "1", CLEAR, on=date(2026, 1, 5)))
    confirming.confirm_unchanged(office, [twin])
    merging.merge(office, "employer", twin, kept)
    assert confirming.confirm_unchanged(office, [kept, twin]).already == 1
    with pytest.raises(Conflict):
        merging.merge(office, "employer", kept, twin)


def test_a_unit_merged_into_an_old_one_is_not_told_as_new(round_open: Workspace) -> None:
    office = round_open
    old, found = (unit(office, f"样合{n}店", f"{n}号") for n in (1, 3))
    recording.record_visit(office, VisitOrder(found, "7", CLEAR))
    assert [row.employer for row in comparing.compare(office).changes[0].rows] == [found]
    merging.merge(office, "employer", found, old)
    told = {
        change.key: [row.employer for row in change.rows]
        for change in comparing.compare(office).changes
    }
    assert told["new"] in ([], [old])


def test_a_duplicate_leads_to_one_unit_only_and_never_to_one_out_of_use(
    round_open: Workspace,
) -> None:
    office = round_open
    first, second, third = (unit(office, f"样合{n}店", f"{n}号") for n in (1, 3, 5))
    merging.merge(office, "employer", first, second)
    with pytest.raises(Conflict) as caught:
        merging.merge(office, "employer", first, third)
    assert "已经并入另一条记录" in caught.value.sentence()
    office.database.write(
        office.intent("employer.retire"), lambda w: w.retire("employer", third, "2026-01-09")
    )
    with pytest.raises(Conflict) as caught:
        merging.merge(office, "employer", second, third)
    assert "已经停用" in caught.value.sentence()
    assert counted(office) == (1, 0, 0, 0)


def test_only_units_of_the_own_division_are_merged(round_open: Workspace) -> None:
    office = round_open
    twin, kept = (unit(office, f"样合{n}店", f"{n}号") for n in (1, 3))
    account = Account(office.account.id, "样审核", Role.REVIEWER, "210106003016")
    with pytest.raises(NotAllowed):
        merging.merge(Workspace(office.database, account, office.office), "employer", twin, kept)
