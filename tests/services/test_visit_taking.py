"""A list of visits read in: each once, in any order, and what is wrong told row by row."""

from pathlib import Path

import pytest

from organizer.errors import UnreadableFile
from organizer.services import merging, undoing
from organizer.services.employers import adding
from organizer.services.employers.adding import NewUnit
from organizer.services.survey import recording, visit_taking, walking
from organizer.services.workspace import Workspace
from organizer.store import facts, places, visits
from organizer.store.transaction import Write
from tests.support import offices

COMMUNITY = "210106003006"


@pytest.fixture
def units(office: Workspace) -> dict[str, bytes]:
    """Three units of a street."""

    def body(write: Write) -> bytes:
        community = places.division_by_code(write.connection, COMMUNITY)
        assert community is not None
        return places.ensure(write, community, "street", "样街").id

    street = office.database.write(office.intent("place.add"), body)
    recording.open_round(office, "样例批次", office.today.replace(day=1), None)
    names = ("样一商店", "样二饭店", "样三工厂")
    wanted = (NewUnit(street, name, door=f"{n}号") for n, name in enumerate(names, 1))
    return {unit.name: adding.add_unit(office, unit).employer for unit in wanted}


def listed(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "走访.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def known(office: Workspace, unit: bytes) -> dict[str, tuple[str, str]]:
    found = office.database.read(lambda c: facts.current(c, unit, departments=True))
    return {name: (fact.value, fact.source) for name, fact in found.items()}


def count(office: Workspace, unit: bytes) -> int:
    """Visits beside the one at which the unit was found."""
    return len(office.database.read(lambda c: visits.of_employer(c, unit))) - 1


def test_a_list_of_visits_goes_in_once(
    office: Workspace, units: dict[str, bytes], tmp_path: Path
) -> None:
    today = office.today.isoformat()
    head = "单位名称,走访结果,走访日期,职工总数,女职工,职工总数来源,建会状态,单位意愿,承诺,承诺日期,接待人"
    rows = (
        f"样一商店,1,{today},36人,14,花名册,未建会(有意愿),愿意,月底前报名单,+10,王样",
        f"样二饭店,无人,{today},,,,,,,,",
    )
    path = listed(tmp_path, head, *rows)
    done = visit_taking.take_visits(office, path)
    assert (done.taken, done.known, done.problems, done.doubts) == (2, 0, [], [])
    told = known(office, units["样一商店"])
    assert told["staff_total"] == ("36", "roster")
    assert told["staff_women"] == ("14", "spoken")
    assert (told["union_state"][0], told["employer_willing"][0]) == ("4", "yes")
    assert told["promise"][0] == "月底前报名单" and told["promised_on"][0] > today
    again = visit_taking.take_visits(office, path)
    assert (again.taken, again.known) == (0, 2)
    turned = listed(tmp_path, head, *reversed(rows), f"样三工厂,3,{today},,,,,,,,")
    more = visit_taking.take_visits(office, turned)
    assert (more.taken, more.known) == (1, 2)
    assert [count(office, unit) for unit in units.values()] == [1, 1, 1]
    assert offices.findings(office) == []


def test_what_an_undo_took_out_comes_back_with_the_file(
    office: Workspace, units: dict[str, bytes], tmp_path: Path
) -> None:
    path = listed(tmp_path, "单位名称,走访结果,职工总数", "样一商店,1,12", "样二饭店,1,8")
    done = visit_taking.take_visits(office, path)
    undoing.take_back(office, done.run)
    assert "staff_total" not in known(office, units["样一商店"])
    again = visit_taking.take_visits(office, path)
    assert (again.taken, again.known) == (2, 0)
    assert known(office, units["样一商店"])["staff_total"][0] == "12"
    assert [count(office, units[name]) for name in ("样一商店", "样二饭店")] == [1, 1]


def test_a_wrong_row_stays_out_alone_and_goes_in_when_it_is_put_right(
    office: Workspace, units: dict[str, bytes], tmp_path: Path
) -> None:
    head = "单位名称,走访结果,走访日期,职工总数,女职工"
    path = listed(
        tmp_path,
        head,
        "样一商店,1,,约30,",
        "样二饭店,1,,28,11",
        "样九茶馆,1,,3,",
        "样三工厂,9,,3,",
        "样三工厂,,,3,",
        "样三工厂,1,2030-01-01,3,",
        "样三工厂,1,2020-01-01,3,",
        ",1,,3,",
    )
    done = visit_taking.take_visits(office, path)
    assert done.taken == 1
    said = {problem.number: problem.error.sentence() for problem in done.problems}
    assert "不是人数" in said[2] and "样九茶馆" in said[4] and "没有走访结果" in said[5]
    assert "没有走访结果" in said[6]
    assert "还没有到" in said[7] and "早于本批次" in said[8]
    assert "没有写是哪家单位" in said[9]
    fixed = listed(tmp_path, head, "样一商店,1,,30,", "样二饭店,1,,28,11")
    again = visit_taking.take_visits(office, fixed)
    assert (again.taken, again.known) == (1, 1)


def test_odd_head_counts_go_in_and_are_said(
    office: Workspace, units: dict[str, bytes], tmp_path: Path
) -> None:
    path = listed(
        tmp_path, "单位名称,走访结果,职工总数,女职工", "样一商店,1,12,14", "样二饭店,1,999999,"
    )
    done = visit_taking.take_visits(office, path)
    assert done.taken == 2
    said = [(doubt.number, doubt.field, doubt.sentence) for doubt in done.doubts]
    assert said[0][:2] == (2, "staff_women") and "比职工总数（12）还多" in said[0][2]
    assert said[1][:2] == (3, "staff_total") and "999,999" in said[1][2]
    assert known(office, units["样一商店"])["staff_women"][0] == "14"


def test_a_file_without_outcomes_is_no_list_of_visits(office: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as refused:
        visit_taking.take_visits(office, listed(tmp_path, "单位名称,职工总数", "样一商店,3"))
    assert "走访结果" in refused.value.sentence()


def test_a_unit_on_no_list_goes_in_with_its_address_and_only_once(
    office: Workspace, units: dict[str, bytes], tmp_path: Path
) -> None:
    today = office.today.isoformat()
    head = "单位名称,走访结果,走访日期,职工总数,经营地址"
    where = "沈阳市铁西区工人村街道劳模社区样新路18号"
    rows = (
        f"样新药店,7新增,{today},6,{where}",
        f"样新书店,新增,{today},3,{where}甲",
        f"样无址店,新增,{today},3,",
        f"样远店,新增,{today},3,沈阳市铁西区工人村街道",
        f"样没报店,已访,{today},3,{where}",
    )
    path = listed(tmp_path, head, *rows)
    done = visit_taking.take_visits(office, path)
    assert (done.taken, done.known) == (2, 0)
    refused = {one.number: one.error.code for one in done.problems}
    assert refused == {4: "visit.unit_unclear", 5: "visit.new_unplaced", 6: "visit.unit_unclear"}
    walk = next(node for node in walking.tree(office).nodes if node.name == "样新路")
    assert (walk.units, walk.reached) == (2, 2)
    shop = next(d.employer for d in walking.way(office, walk.id).doors if d.name == "样新药店")
    assert known(office, shop)["staff_total"] == ("6", "spoken")
    again = visit_taking.take_visits(office, path)
    assert (again.taken, again.known) == (0, 2)
    # Taken back and read again it is the same unit with the same visit.
    undoing.take_back(office, done.run)
    assert all(node.name != "样新路" or not node.units for node in walking.tree(office).nodes)
    back = visit_taking.take_visits(office, path)
    assert (back.taken, back.known) == (2, 0)
    (line,) = office.database.read(lambda c: visits.of_employer(c, shop))
    assert line.outcome == "7"
    assert offices.findings(office) == []


def test_a_file_read_again_after_its_units_were_merged_doubles_nothing(
    office: Workspace, units: dict[str, bytes], tmp_path: Path
) -> None:
    twin, kept = units["样一商店"], units["样二饭店"]
    path = listed(tmp_path, "单位编号,走访结果,职工总数", f"{twin.hex()},1,12")
    visit_taking.take_visits(office, path)
    merging.merge(office, "employer", twin, kept)
    again = visit_taking.take_visits(office, path)
    assert (again.taken, again.known) == (0, 1)
    assert known(office, kept)["staff_total"] == ("12", "spoken")
