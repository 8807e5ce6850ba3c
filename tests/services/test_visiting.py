"""Visits as they are written: sources, companions, promises, corrections; odd input in sentences."""

from dataclasses import replace
from datetime import timedelta

import pytest
from stdnum.cn import uscc

from organizer.domain.access import Role
from organizer.domain.clears import Standing
from organizer.errors import Conflict, InvalidInput
from organizer.services import picking, undoing
from organizer.services.employers import adding, card, fact_checking, listing
from organizer.services.employers.adding import NewUnit
from organizer.services.survey import closing, door_card, recording, rounds
from organizer.services.survey.recording import VisitOrder
from organizer.services.survey.rounds import RoundOrder
from organizer.services.workspace import Workspace
from organizer.store import employers, facts, places
from organizer.store.transaction import Write
from tests.support import offices

COMMUNITY = "210106003006"


def code() -> str:
    """A code of right form that belongs to nobody."""
    body = "91210106MA0UXAMP1"
    return body + uscc.calc_check_digit(body)


@pytest.fixture
def street(office: Workspace) -> bytes:
    """A street of a community, in a round that began ten days ago."""

    def body(write: Write) -> bytes:
        community = places.division_by_code(write.connection, COMMUNITY)
        assert community is not None
        return places.ensure(write, community, "street", "样街").id

    made = office.database.write(office.intent("place.add"), body)
    starts = office.today - timedelta(days=10)
    rounds.open_round(office, RoundOrder("样例批次", starts))
    return made


@pytest.fixture
def unit(office: Workspace, street: bytes) -> bytes:
    def body(write: Write) -> bytes:
        above = places.place_by_id(write.connection, street)
        assert above is not None
        door = places.ensure(write, above, "building", "1号")
        row = write.insert("employer", {"name": "样例商店"})
        employers.occupy(write, row, door.id, "2026-01-01")
        return row

    return office.database.write(office.intent("employer.add"), body)


def collector(office: Workspace) -> Workspace:
    """The same office before somebody who collects."""
    account = replace(office.account, role=Role.COLLECTOR)
    return Workspace(office.database, account, office.office)


def tell(office: Workspace, unit: bytes, source: str, on: str, **values: str) -> None:
    def body(write: Write) -> None:
        employers.observe(write, unit, values, source=source, on=on)

    office.database.write(office.intent("list.import"), body)


def known(office: Workspace, unit: bytes) -> dict[str, tuple[str, str, str]]:
    found = office.database.read(lambda c: facts.current(c, unit, departments=True))
    return {name: (fact.value, fact.source, fact.observed_on) for name, fact in found.items()}


def refused(office: Workspace, order: VisitOrder) -> str:
    with pytest.raises(InvalidInput) as wrong:
        recording.record_visit(office, order)
    return wrong.value.sentence()


def test_every_answer_has_its_own_source(office: Workspace, unit: bytes) -> None:
    told = {"staff_total": "40", "staff_women": "18", "group_h2": "6", "workers_congress": "有"}
    order = VisitOrder(
        unit, "1", told, person_met="王样", companions="李样", channel="phone",
        sources={"staff_total": "roster", "workers_congress": "paper"},
    )  # fmt: skip
    done = recording.record_visit(office, order)
    today = office.today.isoformat()
    assert known(office, unit)["staff_total"] == ("40", "roster", today)
    assert known(office, unit)["staff_women"][1] == "spoken"
    assert known(office, unit)["workers_congress"][:2] == ("yes", "paper")
    past = door_card.past_visit(office, done.visit)
    assert (past.person_met, past.companions, past.channel) == ("王样", "李样", "phone")
    assert offices.findings(office) == []


def test_a_promise_is_told_first_until_somebody_comes_back(office: Workspace, unit: bytes) -> None:
    before = office.today - timedelta(days=4)
    promised = {
        "promise": "交职工名单",
        "promised_on": (office.today - timedelta(days=1)).isoformat(),
    }
    recording.record_visit(office, VisitOrder(unit, "1", promised, on=before))
    shown = door_card.card(office, unit).promised
    assert shown is not None and shown.words == "交职工名单"
    assert shown.overdue(office.today) and shown.said_on == before.isoformat()
    recording.record_visit(office, VisitOrder(unit, "2"))
    assert door_card.card(office, unit).promised is not None
    recording.record_visit(office, VisitOrder(unit, "1"))
    assert door_card.card(office, unit).promised is None


def test_answers_of_an_earlier_round_wait_to_be_confirmed(office: Workspace, unit: bytes) -> None:
    recording.record_visit(office, VisitOrder(unit, "1", {"staff_total": "40"}))
    assert door_card.card(office, unit).standings["staff_total"] is Standing.CONFIRMED
    rounds.close_round(office)
    rounds.open_round(office, RoundOrder("下一批次", office.today + timedelta(days=1)))
    standing = door_card.card(office, unit)
    assert standing.standings["staff_total"] is Standing.TO_CONFIRM
    assert standing.facts["staff_total"].value == "40"


def test_a_correction_takes_the_place_of_the_wrong_visit(office: Workspace, unit: bytes) -> None:
    day = office.today - timedelta(days=3)
    wrong = recording.record_visit(office, VisitOrder(unit, "1", {"staff_total": "400"}, on=day))
    right = recording.record_visit(
        office, VisitOrder(unit, "1", {"staff_total": "40"}, corrects=wrong.visit)
    )
    assert known(office, unit)["staff_total"] == ("40", "spoken", day.isoformat())
    line = card.card(office, unit).visits[0]
    assert (line.id, line.on, bool(line.corrects)) == (right.visit, day.isoformat(), True)
    with pytest.raises(Conflict) as corrected:
        recording.record_visit(office, VisitOrder(unit, "1", corrects=wrong.visit))
    assert f"{day} 的这次走访已经更正过" in corrected.value.sentence()
    undoing.take_back(office, right.write)
    assert known(office, unit)["staff_total"][0] == "400"


def test_days_that_cannot_be_are_refused(office: Workspace, unit: bytes) -> None:
    ahead, early = office.today + timedelta(days=1), office.today - timedelta(days=30)
    assert "还没有到" in refused(office, VisitOrder(unit, "1", on=ahead))
    assert "早于本批次" in refused(office, VisitOrder(unit, "1", on=early))
    told = {"union_founded_on": ahead.isoformat()}
    assert "已经发生的事" in refused(office, VisitOrder(unit, "1", told))
    rounds.close_round(office, ends_on=office.today - timedelta(days=1))
    assert "已在" in refused(office, VisitOrder(unit, "1"))


def test_values_that_cannot_be_are_refused_at_their_field(office: Workspace, unit: bytes) -> None:
    for told, says in (
        ({"staff_total": "很多"}, "不是人数"),
        ({"staff_total": "9999999"}, "超过六位数"),
        ({"workers_congress": "也许"}, "也许"),
        ({"union_uscc": code()}, "81 开头"),
        ({"employer_needs": "长" * 501}, "最多 500 个字"),
        ({"no_such_field": "1"}, "没有“no_such_field”"),
    ):
        with pytest.raises(InvalidInput) as wrong:
            recording.record_visit(office, VisitOrder(unit, "1", told))
        assert says in wrong.value.sentence() and wrong.value.field == next(iter(told))
    assert "不能用“home”的方式" in refused(office, VisitOrder(unit, "1", channel="home"))
    assert "没有走访结果“8”" in refused(office, VisitOrder(unit, "8"))


def test_odd_head_counts_are_explained_and_taken(office: Workspace, unit: bytes) -> None:
    odd = fact_checking.doubts({"staff_women": "14", "staff_total": "999999"}, {})
    assert list(odd) == ["staff_total"] and "999,999 人很少见" in odd["staff_total"]
    odd = fact_checking.doubts({"staff_women": "14"}, {"staff_total": "12"})
    assert "比职工总数（12）还多" in odd["staff_women"]
    recording.record_visit(
        office, VisitOrder(unit, "1", {"staff_total": "12", "staff_women": "14"})
    )
    assert known(office, unit)["staff_women"][0] == "14"


def test_two_units_share_a_door_but_not_a_name(office: Workspace, street: bytes) -> None:
    one = adding.add_unit(office, NewUnit(street, "样一商店", door="8号"))
    two = adding.add_unit(office, NewUnit(street, "样二商店", door="8号"))
    assert one.place == two.place and one.employer != two.employer
    with pytest.raises(InvalidInput) as again:
        adding.add_unit(office, NewUnit(street, "样一商店", door="8号"))
    assert "已经登记在" in again.value.sentence()


def test_one_code_at_two_addresses_is_a_branch_or_a_second_door(
    office: Workspace, street: bytes
) -> None:
    head = adding.add_unit(office, NewUnit(street, "样例餐饮公司", code(), "1号"))
    elsewhere = NewUnit(street, "样例餐饮二店", code(), "9号")
    with pytest.raises(InvalidInput) as asked:
        adding.add_unit(office, elsewhere)
    sentence = asked.value.sentence()
    assert "样例餐饮公司" in sentence and "分支或门店" in sentence and asked.value.field == "uscc"
    shop = adding.add_unit(office, replace(elsewhere, branch=True))
    assert shop.employer != head.employer
    assert known(office, shop.employer)["branch"][0] == "yes"
    door = adding.add_unit(office, NewUnit(street, "样例餐饮公司", code(), "12号", same=True))
    assert door.employer == head.employer
    assert known(office, head.employer)["also_at"][0].endswith("12号")
    seat = office.database.read(lambda c: employers.employer_by_id(c, head.employer))
    assert seat is not None and seat.place == head.place
    assert offices.findings(office) == []


def test_who_collects_never_sees_what_other_departments_told(
    office: Workspace, unit: bytes
) -> None:
    day = office.today - timedelta(days=5)
    recording.record_visit(office, VisitOrder(unit, "1", {"staff_total": "40"}, on=day))
    tell(office, unit, "insurance", office.today.isoformat(), staff_total="162", staff_women="70")
    seen = collector(office)
    at_the_door = door_card.card(seen, unit).facts
    assert at_the_door["staff_total"].value == "40" and "staff_women" not in at_the_door
    shown = card.card(seen, unit)
    words = str(shown)
    assert "162" not in words and "70 人" not in words and "社保" not in words
    (number,) = listing.employer_numbers(seen, listing.UnitFilter(), listing.Order()).rows
    assert listing.employer_rows(seen, [number], ["staff_total"])[number][1] == ["40"]
    many = listing.UnitFilter(band="100-199")
    assert list(listing.employer_numbers(seen, many, listing.Order()).rows) == []
    assert "40 人" in picking.offered_employers(seen, "样例商店")[0].detail
    # The office itself does.
    assert list(listing.employer_numbers(office, many, listing.Order()).rows) == [number]
    assert "162 人" in picking.offered_employers(office, "样例商店")[0].detail


def test_who_reviews_sees_both_figures_side_by_side(office: Workspace, unit: bytes) -> None:
    tell(office, unit, "insurance", "2026-06-30", staff_total="62")
    recording.record_visit(office, VisitOrder(unit, "1", {"staff_total": "40"}))
    line = next(fact for fact in card.card(office, unit).facts if fact.name == "staff_total")
    assert line.text == "40 人" and line.difference == "口头 40 / 社保 62（2026-06-30）"
    hidden = next(
        fact for fact in card.card(collector(office), unit).facts if fact.name == "staff_total"
    )
    assert hidden.difference == ""


def test_a_closed_door_can_be_taken_back(office: Workspace, unit: bytes) -> None:
    recording.record_visit(office, VisitOrder(unit, "3"))
    done = closing.close_door(office, unit, refusal_confirmed=True)
    with pytest.raises(Conflict):
        closing.close_door(office, unit, refusal_confirmed=True)
    undoing.take_back(office, done.write)
    assert closing.close_door(office, unit, refusal_confirmed=True).write != done.write
