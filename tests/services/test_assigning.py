"""Grids and places given to people until a day, the slip they sign, and a grid that changes hands."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from organizer.domain import ids
from organizer.errors import Conflict, InvalidInput, NotFound, OrganizerError
from organizer.forms.proof import page_texts
from organizer.services import drafting, undoing
from organizer.services.drafting import Draft
from organizer.services.places import assigning, gridding, placing, relaying, slips
from organizer.services.places.assigning import AssignmentOrder, State
from organizer.services.places.gridding import GridOrder
from organizer.services.places.placing import PlaceOrder
from organizer.services.places.relaying import RelayOrder
from organizer.services.survey import recording, status
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.store import places
from organizer.store.transaction import Write
from tests.support import offices

COMMUNITY = "210106003006"


@pytest.fixture
def town(office: Workspace) -> dict[str, bytes]:
    """Two streets with two units each in one grid of 王样, a third street in none; an open round."""

    def body(write: Write) -> dict[str, bytes]:
        community = places.division_by_code(write.connection, COMMUNITY)
        assert community is not None
        made = {"here": community.id}
        for name in ("样路", "样巷", "外路"):
            road = places.ensure(write, community, "street", name)
            made[name] = road.id
            for number in ("1号", "2号"):
                door = places.ensure(write, road, "building", number)
                unit = write.insert("employer", {"name": f"{name}{number}店"})
                write.insert("occupancy", {"employer": unit, "place": door.id})
                made[f"{name}{number}"] = unit
        return made

    made = office.database.write(office.intent("employer.add"), body)
    recording.open_round(office, "样例批次", office.today, office.today + timedelta(days=60))
    made["grid"] = gridding.add_grid(
        office, GridOrder(COMMUNITY, "001", "东片", "东至样河", "王样", "19900000001")
    )
    gridding.hang(office, made["grid"], [made["样路"], made["样巷"]])
    return made


@pytest.fixture(autouse=True)
def sound(office: Workspace) -> Iterator[None]:
    """Whatever was done, the file is whole."""
    yield
    assert offices.findings(office) == []


def order(office: Workspace, **values: object) -> AssignmentOrder:
    usual = {"assignee": "王样", "until_on": office.today + timedelta(days=7)}
    return AssignmentOrder(**{**usual, **values})  # type: ignore[arg-type]


def test_a_grid_is_given_to_a_person_and_ended(office: Workspace, town: dict[str, bytes]) -> None:
    recording.record_visit(office, VisitOrder(town["样路1号"], "1"))
    (row,) = assigning.assign(office, order(office, grid=town["grid"], remark="先查百人以上"))
    (told,) = assigning.assignments_of_round(office)
    assert (told.name, told.assignee, told.units, told.reached) == ("001 东片", "王样", 4, 1)
    assert [stop.name for stop in told.stops] == ["样巷", "样路"]
    assert assigning.end(office, [row]) == 1
    assert assigning.end(office, [row]) == 0
    assert assigning.assignments_of_round(office) == []
    assert assigning.assignments_of_round(office, ended=True)[0].state is State.ENDED
    undoing.take_back_latest(office)
    assert assigning.assignments_of_round(office)[0].state is State.OPEN


def test_giving_it_again_to_the_same_person_gives_more_time(
    office: Workspace, town: dict[str, bytes]
) -> None:
    first = assigning.assign(office, order(office, places=(town["样路"], town["外路"])))
    later = office.today + timedelta(days=20)
    again = assigning.assign(office, order(office, places=(town["样路"],), until_on=later))
    other = assigning.assign(office, order(office, places=(town["样路"],), assignee="李样"))
    assert len(first) == 2 and again == first[:1] and other[0] not in first
    told = {(one.assignee, one.name): one.until_on for one in
            assigning.assignments_of_round(office)}  # fmt: skip
    assert told["王样", "样路"] == later and len(told) == 3


def test_what_is_over_its_day_is_told(
    office: Workspace, town: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    assigning.assign(office, order(office, places=(town["样路"],), until_on=office.today))
    ahead = office.today + timedelta(days=1)
    monkeypatch.setattr(Workspace, "today", ahead)
    assert assigning.assignments_of_round(office)[0].state is State.OVERDUE


@pytest.mark.parametrize(
    ("values", "field", "told"),
    [
        ({"assignee": "  "}, "assignee", "派给谁"),
        ({"places": ()}, "places", "派哪里"),
        ({"until_on": -1}, "until_on", "已经过去"),
        ({"until_on": 61}, "until_on", "晚于这一天"),
    ],
)
def test_bad_orders_are_told_at_the_field(
    office: Workspace, town: dict[str, bytes], values: dict[str, object], field: str, told: str
) -> None:
    if isinstance(days := values.get("until_on"), int):
        values = {**values, "until_on": office.today + timedelta(days=days)}
    with pytest.raises(InvalidInput) as caught:
        assigning.assign(office, order(office, **{"places": (town["样路"],), **values}))
    assert caught.value.field == field and told in caught.value.sentence()
    assert assigning.assignments_of_round(office) == []


def test_a_retired_grid_cannot_be_given_and_one_given_says_so(
    office: Workspace, town: dict[str, bytes]
) -> None:
    assigning.assign(office, order(office, grid=town["grid"]))
    gridding.hang(office, None, [town["样路"], town["样巷"]])
    gridding.retire_grid(office, town["grid"])
    (told,) = assigning.assignments_of_round(office)
    assert told.state is State.GONE and told.trouble.startswith("网格已停用：请")
    with pytest.raises(Conflict) as caught:
        assigning.assign(office, order(office, grid=town["grid"]))
    assert "已经停用" in caught.value.sentence()


def test_a_round_is_needed(office: Workspace) -> None:
    road = placing.add_place(
        office, PlaceOrder(office.database.read(
            lambda c: places.division_by_code(c, COMMUNITY)).id, "street", "路")  # type: ignore[union-attr]
    )  # fmt: skip
    with pytest.raises(NotFound):
        assigning.assign(office, order(office, places=(road,)))


@pytest.mark.parametrize("size", ["A4", "A5"])
def test_the_slip_tells_who_where_until_when(
    office: Workspace, town: dict[str, bytes], tmp_path: Path, size: str
) -> None:
    long = "沈阳市铁西区工业大学科技园第二产业孵化基地综合楼（原纺织厂院内）"
    yard = placing.add_place(office, PlaceOrder(town["here"], "tower", long))
    made = assigning.assign(office, order(office, grid=town["grid"]))
    made += assigning.assign(
        office, order(office, places=(town["外路"], yard), remark="三新组织一并登记")
    )
    file = slips.print_slip(office, made, tmp_path / "任务单.pdf", size)
    text = "".join("".join(page_texts(file.read_bytes())).split())
    for told in (
        "排查任务单",
        "王样",
        "样例批次",
        "001东片",
        "外路",
        long,
        "三新组织一并登记",
        "PC-5",
    ):
        assert told in text
    until = office.today + timedelta(days=7)
    assert f"{until.year}年{until.month}月{until.day}日" in text
    with pytest.raises(Conflict):
        slips.print_slip(office, made, file)


def test_a_slip_is_one_persons(office: Workspace, town: dict[str, bytes]) -> None:
    made = assigning.assign(office, order(office, places=(town["样路"],)))
    made += assigning.assign(office, order(office, places=(town["外路"],), assignee="李样"))
    for wanted, told in ((made, "不同的人"), ((), "派哪里")):
        with pytest.raises(InvalidInput) as caught:
            slips.make_slip(office, wanted)
        assert told in caught.value.sentence()
    with pytest.raises(NotFound):
        slips.make_slip(office, [b"\0" * 16])


def test_a_grid_changes_hands_with_all_that_is_open(
    office: Workspace, town: dict[str, bytes], tmp_path: Path
) -> None:
    due = (office.today + timedelta(days=3)).isoformat()
    recording.record_visit(
        office,
        VisitOrder(town["样路1号"], "1", {"promise": "周五前交花名册", "next_visit_on": due}),
    )
    recording.record_visit(office, VisitOrder(town["外路1号"], "1", {"promise": "别处的事"}))
    drafting.keep(office, f"survey {town['样巷2号'].hex()}", Draft({"staff_total": "3"}))
    assigning.assign(office, order(office, places=(town["样巷"],)))
    assigning.assign(office, order(office, places=(town["样巷"],), assignee="李样"))
    found = relaying.look(office, town["grid"])
    assert [one.what for one in found.promises] == ["周五前交花名册"]
    assert [(one.name, one.what) for one in found.revisits] == [("样路1号店", due)]
    assert [one.name for one in found.drafts] == ["样巷2号店"]
    assert (found.units, found.reached, len(found.assignments)) == (4, 1, 2)
    file = tmp_path / "交接单.pdf"
    relaying.relay(office, RelayOrder(town["grid"], "赵样", "199-0000-0002", "出差"), file)
    text = "".join("".join(page_texts(file.read_bytes())).split())
    for told in ("网格交接单", "王样", "赵样", "周五前交花名册", "样巷2号店", "001东片", "出差",
                 "应查4户，已查1户", "不止一人走访过的单位：无", "移交人（签名）"):  # fmt: skip
        assert told in text
    assert "别处的事" not in text
    fields = gridding.grid_of(office, town["grid"]).fields
    assert (fields["responsible"], fields["phone"]) == ("赵样", "19900000002")
    assert {one.assignee for one in assigning.assignments_of_round(office)} == {"赵样", "李样"}
    undoing.take_back_latest(office)
    assert gridding.grid_of(office, town["grid"]).fields["responsible"] == "王样"
    assert {one.assignee for one in assigning.assignments_of_round(office)} == {"王样", "李样"}


@pytest.mark.parametrize(
    ("values", "kind", "told"),
    [
        ({"taker": " "}, InvalidInput, "还没有填接收人"),
        ({"taker": "王样"}, InvalidInput, "本来就是"),
        ({"taker": "赵样", "phone": "12"}, InvalidInput, "12"),
    ],
)
def test_nobody_takes_over_by_mistake(
    office: Workspace,
    town: dict[str, bytes],
    tmp_path: Path,
    values: dict[str, str],
    kind: type[OrganizerError],
    told: str,
) -> None:
    with pytest.raises(kind) as caught:
        relaying.relay(office, RelayOrder(town["grid"], **values), tmp_path / "单.pdf")
    assert told in caught.value.sentence()
    assert list(tmp_path.glob("单.pdf")) == []
    assert gridding.grid_of(office, town["grid"]).fields["responsible"] == "王样"


def test_two_people_at_one_door_are_a_fact_and_no_error(
    office: Workspace, town: dict[str, bytes]
) -> None:
    recording.record_visit(office, VisitOrder(town["样路1号"], "1"))
    recording.record_visit(office, VisitOrder(town["样路2号"], "2"))
    another = ids.new_id(office.database.now_ms)

    def body(write: Write) -> None:
        write.insert("account", {"name": "李采集", "role": "collector"}, another)
        for unit in ("样路1号", "样路2号"):
            values = {"employer": town[unit], "visitor": another, "outcome": "1"}
            round_id = write.connection.execute("SELECT id FROM round").fetchone()[0]
            write.insert("visit", {**values, "round": round_id, "visited_on": "2026-01-01"})

    office.database.write(office.intent("visit.record"), body)
    walks = {one.name: one for one in status.status(office).walks}
    # Nobody at the door is no visit: only one of the two was reached twice.
    assert (walks["样路"].doubled, walks["样巷"].doubled) == (1, 0)
    (twice,) = relaying.look(office, town["grid"]).visited_twice
    assert twice.name == "样路1号店" and "李采集" in twice.what
    assert status.by_grid(office).total.doubled == 1


def test_the_totals_of_grids_are_those_of_their_streets(
    office: Workspace, town: dict[str, bytes]
) -> None:
    near = gridding.add_grid(office, GridOrder(COMMUNITY, "002", responsible="李样"))
    gridding.hang(office, near, [town["样巷"]])
    recording.record_visit(office, VisitOrder(town["样路1号"], "1", {"union_state": "6"}))
    recording.record_visit(office, VisitOrder(town["外路1号"], "1"))
    found = {one.name: one for one in status.by_grid(office).walks}
    assert (found["001 东片"].units, found["001 东片"].reached) == (2, 1)
    assert (found["002"].units, found["002"].responsible) == (2, "李样")
    assert (found["没有划入网格"].units, found["没有划入网格"].reached) == (2, 1)
    streets, grids = status.status(office).total, status.by_grid(office).total
    assert (streets.units, streets.reached, streets.clear, streets.lamps) == (
        grids.units,
        grids.reached,
        grids.clear,
        grids.lamps,
    )
