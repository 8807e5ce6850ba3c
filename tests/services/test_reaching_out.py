"""Visits that go to no unit: places, stations, people at home, online groups."""

from dataclasses import replace
from datetime import timedelta

import pytest

from organizer.domain.access import Role
from organizer.domain.signup import Typed
from organizer.errors import InvalidInput, NotAllowed, NotFound
from organizer.services import today, undoing
from organizer.services.members import erasing
from organizer.services.members import signup as signing_up
from organizer.services.members.signup import SignupOrder
from organizer.services.survey import reaching_out, recording
from organizer.services.survey.reaching_out import OtherVisit
from organizer.services.workspace import Workspace
from organizer.store import places
from organizer.store.transaction import Write
from tests.support import offices

COMMUNITY, NEXT = "210106003006", "210106003007"


@pytest.fixture
def spots(office: Workspace) -> dict[str, bytes]:
    """A street with a station on it, in a round; and somebody who signed up."""

    def body(write: Write) -> dict[str, bytes]:
        community = places.division_by_code(write.connection, COMMUNITY)
        assert community is not None
        street = places.ensure(write, community, "street", "样街")
        return {
            "street": street.id,
            "station": places.ensure(write, street, "station", "样驿站").id,
        }

    made = office.database.write(office.intent("place.add"), body)
    recording.open_round(office, "样例批次", office.today, None)
    joined = signing_up.sign_up(office, SignupOrder(Typed("欧阳样例", "", "13900001111", {})))
    person = office.database.read(
        lambda c: c.execute(
            "SELECT person FROM membership WHERE id = ?", (joined.membership,)
        ).fetchone()
    )[0]
    return {**made, "person": person}


def test_each_kind_of_visit_is_recorded_in_words(
    office: Workspace, spots: dict[str, bytes]
) -> None:
    reaching_out.record(office, OtherVisit("1", place=spots["street"], remark="发了资料"))
    reaching_out.record(office, OtherVisit("2", place=spots["station"]))
    reaching_out.record(office, OtherVisit("1", person=spots["person"], companions="李样"))
    last = reaching_out.record(office, OtherVisit("1", group_name="样街骑手群", next_on="+7"))
    told = [(line.whom, line.outcome) for line in reaching_out.latest(office)]
    assert told == [
        ("样街骑手群（网上群）", f"已访，约好 {office.today + timedelta(days=7)} 再去"),
        ("欧阳*（家里）", "已访"),
        ("样街 样驿站", "无人"),
        ("样街", "已访"),
    ]
    targets = office.database.read(
        lambda c: c.execute("SELECT target, channel FROM visit ORDER BY n").fetchall()
    )
    assert targets == [
        ("place", "door"), ("station", "door"), ("person", "home"), ("group", "online")
    ]  # fmt: skip
    undoing.take_back(office, last.write)
    assert len(reaching_out.latest(office)) == 3
    assert offices.findings(office) == []


def test_busy_neighbours_do_not_hide_ones_own_visits(
    office: Workspace, spots: dict[str, bytes]
) -> None:
    def body(write: Write) -> bytes:
        beside = places.division_by_code(write.connection, NEXT)
        assert beside is not None
        return places.ensure(write, beside, "street", "邻街").id

    own = office.database.write(office.intent("place.add"), body)
    reaching_out.record(office, OtherVisit("1", place=own))
    for _time in range(30):
        reaching_out.record(office, OtherVisit("1", place=spots["street"]))
    account = replace(office.account, division_code=NEXT)
    limited = Workspace(office.database, account, office.office)
    assert [line.whom for line in reaching_out.latest(limited)] == ["邻街"]


def test_what_was_said_at_home_goes_with_the_person(
    office: Workspace, spots: dict[str, bytes]
) -> None:
    reaching_out.record(office, OtherVisit("1", person=spots["person"], remark="住院，需要帮助"))
    erasing.erase_person(office, spots["person"], "本人撤回同意")
    (line,) = reaching_out.latest(office)
    assert "住院" not in line.remark and "欧阳" not in line.whom
    assert offices.findings(office) == []


def test_a_target_is_wanted_and_only_one(office: Workspace, spots: dict[str, bytes]) -> None:
    ahead = office.today + timedelta(days=1)
    for order, says in (
        (OtherVisit("1"), "只选一样"),
        (OtherVisit("1", place=spots["street"], group_name="群"), "只选一样"),
        (OtherVisit("5", group_name="群"), "没有走访结果“5”"),
        (OtherVisit("1", group_name="群", channel="door"), "不能用“door”的方式"),
        (OtherVisit("1", group_name="群" * 61), "最多 60 个字"),
        (OtherVisit("1", group_name="群", on=ahead), "还没有到"),
        (OtherVisit("1", group_name="群", next_on="下周"), "不是日期"),
    ):
        with pytest.raises(InvalidInput) as wrong:
            reaching_out.record(office, order)
        assert says in wrong.value.sentence()
    for unknown in (OtherVisit("1", place=b"\x00" * 16), OtherVisit("1", person=b"\x00" * 16)):
        with pytest.raises(NotFound):
            reaching_out.record(office, unknown)


def test_who_may_not_survey_records_nothing(office: Workspace, spots: dict[str, bytes]) -> None:
    account = replace(office.account, role=Role.EXPORTER)
    exporter = Workspace(office.database, account, office.office)
    with pytest.raises(NotAllowed):
        reaching_out.record(exporter, OtherVisit("1", group_name="群"))


def test_whom_one_promised_to_visit_again_waits_in_today_until_one_has_been_there(
    office: Workspace, spots: dict[str, bytes]
) -> None:
    day = office.today.isoformat()
    reaching_out.record(office, OtherVisit("1", place=spots["station"], next_on=day))
    reaching_out.record(office, OtherVisit("1", person=spots["person"], next_on="+7"))
    (errand,) = (one for one in today.agenda_of_today(office).errands if one.key == "elsewhere")
    assert (errand.count, errand.detail) == (1, "样街 样驿站")
    reaching_out.record(office, OtherVisit("2", place=spots["station"]))
    assert "elsewhere" not in {one.key for one in today.agenda_of_today(office).errands}
