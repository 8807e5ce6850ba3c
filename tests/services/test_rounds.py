"""Rounds: opened with what they ask, each where it holds, closed; bad ones refused in one sentence."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from organizer.domain.clears import Light, Standing
from organizer.domain.round import Denominator
from organizer.errors import OrganizerError
from organizer.services import today, undoing
from organizer.services.employers import adding
from organizer.services.employers.adding import NewUnit
from organizer.services.survey import recording, rounds, status, walking
from organizer.services.survey.recording import VisitOrder
from organizer.services.survey.rounds import RoundOrder, State
from organizer.services.workspace import Workspace
from organizer.store.accounts import Account
from organizer.store.driver import Connection
from organizer.store.transaction import Write
from tests.support import offices

TOLD = {"staff_total": "12", "staff_women": "3", "staff_migrant": "0", "staff_new_form": "0"}
DAY = timedelta(days=1)


def communities(office: Workspace) -> list[tuple[bytes, str]]:
    """Place and code of two communities of the street."""

    def query(connection: Connection) -> list[tuple[bytes, str]]:
        return connection.execute(
            "SELECT id, division_code FROM place WHERE kind = 'division' AND"
            " division_code LIKE '210106003%' AND length(division_code) = 12"
            " ORDER BY division_code LIMIT 2"
        ).fetchall()

    return office.database.read(query)


def unit(office: Workspace, name: str, code: str) -> bytes:
    """A unit behind a door of a community."""
    (place,) = [row for row, known in communities(office) if known == code]

    def body(write: Write) -> bytes:
        row = write.insert("employer", {"name": name})
        write.insert("occupancy", {"employer": row, "place": place, "since_on": "2026-01-01"})
        return row

    return office.database.write(office.intent("employer.add"), body)


def opened(office: Workspace, **how: object) -> bytes:
    order = replace(RoundOrder("秋季排查", office.today - 30 * DAY), **how)  # type: ignore[arg-type]
    return rounds.open_round(office, order)


def test_a_round_keeps_what_it_asks(office: Workspace) -> None:
    (_place, code), _other = communities(office)
    row = opened(
        office,
        ends_on=office.today + 30 * DAY,
        division_code=code,
        denominator="twenty_five",
        ways=("phone", "door"),
    )
    (line,) = rounds.rounds_here(office)
    assert line.round.id == row and line.state is State.OPEN
    assert (line.round.division_code, line.round.denominator) == (code, Denominator.TWENTY_FIVE)
    assert line.round.sources == ("spoken", "seen", "paper", "phone")
    assert line.round.lamp_rules == "2026-11"
    assert (line.ways, line.denominator) == ("上门、电话", "会员潜力 25 人以上单位")
    assert office.divisions.get(code).name == line.division
    assert offices.findings(office) == []


def test_what_the_last_round_knew_waits_to_be_confirmed(office: Workspace) -> None:
    code = communities(office)[0][1]
    opened(office, name="上一轮", starts_on=office.today - 90 * DAY)
    row = unit(office, "样甲店", code)
    recording.record_visit(office, VisitOrder(row, "1", TOLD, on=office.today - 60 * DAY))
    assert set(rounds.standings(office, row).values()) == {Standing.CONFIRMED}
    opened(office)
    assert set(rounds.standings(office, row).values()) == {Standing.TO_CONFIRM}
    assert {lamp.light for lamp in recording.lamps_of(office, row)} == {Light.UNSEEN}
    recording.record_visit(office, VisitOrder(row, "1", {"staff_total": "13"}))
    found = rounds.standings(office, row)
    assert found["staff_total"] is Standing.CONFIRMED
    assert found["staff_women"] is Standing.TO_CONFIRM
    assert rounds.standing_word(found["staff_women"]) == "待确认"


def test_rounds_of_two_communities_run_side_by_side(office: Workspace) -> None:
    (_one, here), (_two, there) = communities(office)
    first, second = unit(office, "样甲店", here), unit(office, "样乙店", there)
    opened(office, name="甲社区", division_code=here)
    opened(office, name="乙社区", division_code=there)
    assert {line.state for line in rounds.rounds_here(office)} == {State.OPEN}
    for row in (first, second):
        recording.record_visit(office, VisitOrder(row, "1", TOLD))
    told = office.database.read(
        lambda c: dict(
            c.execute(
                "SELECT v.employer, r.name FROM visit v JOIN round r ON r.id = v.round"
            ).fetchall()
        )
    )
    assert told == {first: "甲社区", second: "乙社区"}
    for row in (first, second):
        assert recording.lamps_of(office, row)[2].light is Light.CLEAR
    seen = status.status(limited(office, here))
    assert (seen.round_name, seen.total.units, seen.total.reached) == ("甲社区", 1, 1)
    assert today.clears_of_round(limited(office, there)) is not None
    assert offices.findings(office) == []


def test_doors_picked_out_show_what_ones_own_round_found(office: Workspace) -> None:
    (_place, here), (_other, there) = communities(office)
    row = unit(office, "样甲店", here)
    opened(office, name="甲社区", division_code=here)
    opened(office, name="乙社区", division_code=there)
    recording.record_visit(office, VisitOrder(row, "1"))
    (door,) = walking.chosen(limited(office, here), "到期回访", [row]).doors
    assert door.outcome == "1"


def test_a_unit_outside_the_round_is_refused_and_stays_dark(office: Workspace) -> None:
    (_one, here), (_two, there) = communities(office)
    outside = unit(office, "样乙店", there)
    opened(office, division_code=here)
    assert "不查这个区划" in refused(
        lambda: recording.record_visit(office, VisitOrder(outside, "1"))
    )
    found = today.clears_of_round(office)
    assert found is not None and found.units == 0
    shown = office.database.read(lambda c: recording.lamps_of_many(c, [outside]))[outside]
    assert {lamp.light for lamp in shown} == {Light.UNSEEN}


def limited(office: Workspace, code: str) -> Workspace:
    account = Account(office.account.id, "某人", office.account.role, code)
    return Workspace(office.database, account, office.office)


def test_a_closed_round_takes_what_was_seen_before_its_end_only(office: Workspace) -> None:
    row = unit(office, "样甲店", communities(office)[0][1])
    opened(office)
    yesterday = office.today - DAY
    closed = rounds.close_round(office, ends_on=yesterday).round
    assert closed.ends_on == yesterday
    assert [line.state for line in rounds.rounds_here(office)] == [State.ENDED]
    sentence = refused(lambda: recording.record_visit(office, VisitOrder(row, "1")))
    assert f"已在 {yesterday} 结束" in sentence
    recording.record_visit(office, VisitOrder(row, "1", TOLD, on=yesterday))
    assert "不用再结束一次" in refused(lambda: rounds.close_round(office))
    undoing.take_back(office)
    undoing.take_back(office)
    assert [line.state for line in rounds.rounds_here(office)] == [State.OPEN]


def test_a_round_closed_today_still_takes_today(office: Workspace) -> None:
    row = unit(office, "样甲店", communities(office)[0][1])
    opened(office)
    rounds.close_round(office)
    recording.record_visit(office, VisitOrder(row, "1", TOLD))
    assert [line.state for line in rounds.rounds_here(office)] == [State.OPEN]


def test_a_newer_round_replaces_an_open_one(office: Workspace) -> None:
    opened(office, name="上一轮")
    opened(office, name="这一轮")
    found = [(line.round.name, line.state) for line in rounds.rounds_here(office)]
    assert found == [("这一轮", State.OPEN), ("上一轮", State.REPLACED)]


def test_a_round_ahead_takes_no_visit_yet(office: Workspace) -> None:
    row = unit(office, "样甲店", communities(office)[0][1])
    opened(office, starts_on=office.today + DAY)
    assert [line.state for line in rounds.rounds_here(office)] == [State.AHEAD]
    assert "早于本批次开始日" in refused(
        lambda: recording.record_visit(office, VisitOrder(row, "1"))
    )


def test_a_new_unit_outside_the_days_of_a_round_is_refused(office: Workspace) -> None:
    place, _code = communities(office)[0]
    opened(office, starts_on=office.today + DAY)
    sentence = refused(lambda: adding.add_unit(office, NewUnit(place, "样新店")))
    assert "早于本批次开始日" in sentence


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(OrganizerError) as caught:
        act()
    sentence = caught.value.sentence()
    assert sentence.endswith("。") and "{" not in sentence
    return sentence


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"name": " "}, "没有名称"),
        ({"name": "长" * 41}, "不要超过 40 个字"),
        ({"ends_on": date(2020, 1, 1)}, "早于开始日"),
        ({"denominator": "fifty"}, "没有“fifty”这种分母"),
        ({"ways": ()}, "至少选一种"),
        ({"ways": ("letter",)}, "没有“letter”这种确认方式"),
        ({"division_code": "210106003999"}, "没有区划代码 210106003999"),
    ],
)
def test_a_bad_round_is_refused(office: Workspace, how: dict[str, object], said: str) -> None:
    assert said in refused(lambda: opened(office, **how))
    assert rounds.rounds_here(office) == []


def test_two_rounds_of_one_name_are_refused(office: Workspace) -> None:
    opened(office)
    assert "已经有叫“秋季排查”的批次" in refused(lambda: opened(office, name=" 秋季排查 "))


def test_a_round_inside_one_that_is_not_over_is_refused(office: Workspace) -> None:
    code = communities(office)[0][1]
    opened(office, name="全街道")
    assert "请先结束它" in refused(lambda: opened(office, name="一个社区", division_code=code))
    rounds.close_round(office, ends_on=office.today - DAY)
    opened(office, name="一个社区", division_code=code)


def test_an_end_before_visits_that_were_made_is_refused(office: Workspace) -> None:
    row = unit(office, "样甲店", communities(office)[0][1])
    opened(office)
    recording.record_visit(office, VisitOrder(row, "1"))
    sentence = refused(lambda: rounds.close_round(office, ends_on=office.today - DAY))
    assert "有 1 次走访" in sentence and str(office.today) in sentence
    assert "早于开始日" in refused(lambda: rounds.close_round(office, ends_on=date(2020, 1, 1)))


def test_without_a_round_there_is_none_to_close(office: Workspace) -> None:
    assert "还没有排查批次" in refused(lambda: rounds.close_round(office))
    assert rounds.current_round(office) is None
