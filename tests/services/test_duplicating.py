"""Duplicates found, judged, merged with a choice for each field, and taken apart again a week later."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from organizer.domain.access import Role
from organizer.domain.matching import Level
from organizer.domain.signup import Typed
from organizer.errors import Conflict, NotAllowed, NotFound
from organizer.services import duplicating, late_edits, merging, side_by_side, undoing
from organizer.services.employers import card
from organizer.services.members import erasing, person_card, signup
from organizer.services.members.signup import SignupOrder
from organizer.services.survey import reaching_out, recording, status, sweeping
from organizer.services.survey.reaching_out import OtherVisit
from organizer.services.survey.recording import VisitOrder
from organizer.services.unions import covering, keeping
from organizer.services.unions.keeping import UnionOrder
from organizer.services.workspace import Workspace
from organizer.store import employers, members, places
from organizer.store.transaction import Write
from tests.support.joiners import approve
from tests.support.offices import Template, exchange, findings
from tests.support.streets import two_laptops

COMMUNITY = "210106003006"
NUMBER = "219900199508173226"
PHONE, OTHER_PHONE, THIRD_PHONE = "19900070119", "19900070127", "19900070135"


def add(office: Workspace, table: str, **values: object) -> bytes:
    return office.database.write(
        office.intent(f"{table}.add"), lambda write: write.insert(table, values)
    )


def edit(office: Workspace, table: str, row: bytes, **values: object) -> None:
    office.database.write(
        office.intent(f"{table}.edit"), lambda write: write.set(table, row, values)
    )


def value(office: Workspace, table: str, row: bytes, field: str) -> object:
    (found,) = office.database.read(
        lambda c: c.execute(f"SELECT {field} FROM {table} WHERE id = ?", (row,)).fetchone()
    )
    return found


def door(office: Workspace, name: str, house: str) -> bytes:
    def body(write: Write) -> bytes:
        division = places.division_by_code(write.connection, COMMUNITY)
        assert division is not None
        street = places.ensure(write, division, "street", name)
        return places.ensure(write, street, "building", house).id

    return office.database.write(office.intent("place.add"), body)


def seat(office: Workspace, unit: bytes, place: bytes) -> None:
    office.database.write(
        office.intent("employer.add"),
        lambda write: employers.occupy(write, unit, place, "2026-01-01"),
    )


def pairs(office: Workspace, table: str) -> dict[frozenset[bytes], Level]:
    return {one.pair: one.verdict.level for one in duplicating.candidates(office, kinds=(table,))}


def join(office: Workspace, typed: Typed, unit: bytes) -> bytes:
    done = signup.sign_up(office, SignupOrder(typed, employer=unit))
    approve(office, [done.membership])
    return done.person


def test_units_are_found_decided_and_merged(office: Workspace) -> None:
    house = door(office, "样合街", "1号")
    known = {"uscc": "91210100MA0TESTX0X", "legal_person": "赵样", "phone": PHONE}
    kept = add(office, "employer", name="沈阳市铁西区样禾五金有限公司", **known)
    twin = add(office, "employer", name="样禾五金（辽宁）公司", legal_person="赵样", remark="后院")
    chain = add(office, "employer", name="样禾五金有限公司第二分店", legal_person="赵样")
    namesake = add(office, "employer", name="沈阳樣禾五金有限公司", legal_person="钱样")
    for unit in (twin, chain):
        seat(office, unit, house)
    # What carries another person in charge is the same name only.
    assert pairs(office, "employer") == {frozenset((kept, twin)): Level.REVIEW}
    (line,) = duplicating.lines(office, duplicating.candidates(office))
    assert "名称相同（+50）" in line.why and "法定代表人相同（+20）" in line.why
    assert line.sure == "看一看 70 分"
    beside = side_by_side.compare(office, "employer", twin, kept)
    assert (beside.kept, beside.one.where) == ("other", "劳模社区 样合街 1号")
    differing = {pair.name for pair in beside.fields if not pair.same}
    assert differing == {"name", "uscc", "phone", "remark"} and beside.taken("other") == ("remark",)
    assert all(PHONE not in pair.other for pair in beside.fields)
    said = side_by_side.plan(office, "employer", twin, kept, ["remark"])
    assert "门牌 1 处" in said[1] and "备注" in said[2] and "样合街 1号" in said[3]
    merge = merging.merge(office, "employer", twin, kept, ["remark"])
    assert pairs(office, "employer") == {}
    shown = {field.name: field.text for field in card.card(office, kept).fields}
    assert (shown["remark"], card.card(office, kept).place) == ("后院", "劳模社区 样合街 1号")
    with pytest.raises(NotFound):
        side_by_side.compare(office, "employer", twin, kept)
    undoing.take_back(office, merge)
    assert card.card(office, kept).place == ""
    # 不是同一个 stays said, whatever the one is merged into later, until it is taken back.
    decided = duplicating.distinct(office, "employer", twin, kept)
    assert pairs(office, "employer") == {}
    merging.merge(office, "employer", namesake, kept)
    assert pairs(office, "employer") == {}
    undoing.take_back(office)
    undoing.take_back(office, decided)
    assert set(pairs(office, "employer")) == {frozenset((kept, twin))}
    assert findings(office) == []


def test_people_are_found_and_put_apart_again_without_losing_what_was_done_since(
    office: Workspace,
) -> None:
    unit = add(office, "employer", name="样禾五金有限公司")
    one = join(office, Typed("孙长林", NUMBER, PHONE), unit)
    without = Typed("孙长林", "", OTHER_PHONE, born_on="1995-08-17")
    done = signup.sign_up(office, SignupOrder(without, employer=unit, position="焊工"))
    twin = done.person
    edit(office, "person", twin, address="样路 7 号", sex="2")
    found = duplicating.candidates(office)
    assert [(candidate.pair, candidate.verdict.level) for candidate in found] == [
        (frozenset((one, twin)), Level.STRICT)
    ]
    assert duplicating.strict_count(office)["person"] == 1
    beside = side_by_side.compare(office, "person", one, twin)
    assert beside.kept == "one" and beside.taken("one") == ("address",)
    assert "会籍 1 份" in beside.other.hanging
    said = side_by_side.plan(office, "person", twin, one, ["address", "phone"])
    assert any("会籍只留" in sentence for sentence in said)
    merge = merging.merge(office, "person", twin, one, ["address", "phone"])
    assert (value(office, "person", one, "phone"), pairs(office, "person")) == (OTHER_PHONE, {})
    assert len(person_card.card(office, twin).standings) == 1
    # A week of work: the survivor gets another telephone, the duplicate's old paper an answer.
    edit(office, "person", one, phone=THIRD_PHONE, education="60")
    edit(office, "person", twin, native_place="样市")
    undone = undoing.take_back(office, merge)
    assert side_by_side.kept_words(undone) == ("手机号码",)
    told = {name: value(office, "person", one, name) for name in ("phone", "address", "education")}
    assert told == {"phone": THIRD_PHONE, "address": None, "education": "60"}
    assert value(office, "person", twin, "native_place") == "样市"
    assert value(office, "person", twin, "phone") == OTHER_PHONE
    assert [len(person_card.card(office, row).standings) for row in (one, twin)] == [1, 1]
    assert findings(office) == []


def test_a_merge_of_one_number_twice_is_taken_back_without_a_second_membership(
    office_template: Template, tmp_path: Path
) -> None:
    with two_laptops(office_template, tmp_path) as (copies, street):
        unit = street["二号试样饭店"]
        rows = [join(copy, Typed("孙长林", NUMBER, PHONE), unit) for copy in copies]
        exchange(copies[0].database, copies[1].database)
        here = copies[0]
        assert pairs(here, "person") == {frozenset(rows): Level.STRICT}
        merge = merging.merge(here, "person", rows[1], rows[0])
        assert len(person_card.card(here, rows[0]).standings) == 1
        # The other laptop did not know and wrote on.
        edit(copies[1], "person", rows[1], phone=OTHER_PHONE)
        exchange(copies[0].database, copies[1].database)
        (late,) = late_edits.found(here, "person")
        assert (late.kept, late.title, late.text) == (rows[0], "手机号码", "199****0127")
        assert value(here, "person", rows[0], "phone") == PHONE
        undone = undoing.take_back(here, merge)
        assert "一人只有一份会籍" in side_by_side.kept_words(undone)[0]
        assert value(here, "person", rows[1], "phone") == OTHER_PHONE
        assert late_edits.found(here, "person") == []
        # What the one laptop decided, the other knows.
        duplicating.distinct(here, "person", *rows)
        exchange(copies[0].database, copies[1].database)
        assert pairs(copies[1], "person") == {}
        assert findings(here) == findings(copies[1]) == []


def test_late_visits_and_edits_of_a_merged_unit_come_with_it_and_stay_when_it_is_undone(
    office_template: Template, tmp_path: Path
) -> None:
    with two_laptops(office_template, tmp_path) as (copies, street):
        here, there = copies
        kept, twin = street["九号试样里间"], street["九号试样外间"]
        merge = merging.merge(here, "employer", twin, kept)
        recording.record_visit(there, VisitOrder(twin, "1", {"staff_total": "7"}))
        edit(there, "employer", twin, phone=PHONE)
        exchange(here.database, there.database)
        assert recording.visit_count(here, kept) == 1
        (late,) = late_edits.found(here, "employer")
        late_edits.take(here, late)
        assert value(here, "employer", kept, "phone") == PHONE
        assert late_edits.found(here, "employer") == []
        edit(here, "employer", kept, remark="楼上")
        undoing.take_back(here, merge)
        assert recording.visit_count(here, kept) == 0
        assert recording.visit_count(here, twin) == 1
        told = [value(here, "employer", row, "phone") for row in (kept, twin)]
        assert told == [PHONE, PHONE] and value(here, "employer", kept, "remark") == "楼上"
        exchange(here.database, there.database)
        assert recording.visit_count(there, twin) == 1
        assert findings(here) == findings(there) == []


def test_unions_take_their_members_units_and_lower_unions_along(office: Workspace) -> None:
    def made(name: str, **values: str) -> bytes:
        return keeping.add(office, UnionOrder({"name": name, "org_type": "1", **values}, COMMUNITY))

    kept = made("样禾五金有限公司工会委员会")
    twin = made("沈阳市样禾五金有限责任公司工会", chairman="赵样")
    unit = add(office, "employer", name="样禾五金有限公司")
    covering.cover(office, [unit], twin, "1")
    order = SignupOrder(Typed("孙长林", NUMBER, PHONE), employer=unit, union_org=twin)
    membership = signup.sign_up(office, order).membership
    approve(office, [membership])
    assert pairs(office, "union_org") == {frozenset((kept, twin)): Level.REVIEW}
    merge = merging.merge(office, "union_org", twin, kept, ["chairman"])
    edit(office, "union_org", kept, phone=PHONE)
    (line,) = (one for one in keeping.lines(office) if one.id == kept)
    assert (line.members, line.units) == (1, 1)
    assert covering.covered(office, unit).union == kept
    held = office.database.read(lambda c: members.unreported(c))
    assert (
        held == {kept: 1} and len(office.database.read(lambda c: members.to_report(c, kept))) == 1
    )
    with pytest.raises(Conflict):
        keeping.close(office, kept)
    undoing.take_back(office, merge)
    rows = {one.id: (one.members, one.units) for one in keeping.lines(office)}
    assert (rows[kept], rows[twin]) == ((0, 0), (1, 1))
    assert [value(office, "union_org", kept, name) for name in ("chairman", "phone")] == [
        None,
        PHONE,
    ]
    # Nobody is merged into what stands below, and a fallback union is always needed again.
    keeping.put_under(office, kept, twin)
    with pytest.raises(Conflict) as refused:
        merging.merge(office, "union_org", twin, kept)
    assert "上级工会" in refused.value.sentence()
    fallback = covering.covered(office, add(office, "employer", name="样丙店")).union
    assert fallback is None or "兜底" in side_by_side.refusal(office, "union_org", fallback, twin)
    assert findings(office) == []


def test_who_may_not_review_settles_nothing_and_an_erased_person_is_no_candidate(
    office: Workspace,
) -> None:
    unit = add(office, "employer", name="样禾五金有限公司")
    rows = [
        join(office, Typed("孙长林", "", phone, born_on="1995-08-17"), unit)
        for phone in (PHONE, OTHER_PHONE)
    ]
    assert set(pairs(office, "person")) == {frozenset(rows)}
    for role, division in ((Role.COLLECTOR, ""), (Role.REVIEWER, "210106004")):
        account = replace(office.account, role=role, division_code=division)
        other = Workspace(office.database, account, office.office)
        with pytest.raises(NotAllowed):
            duplicating.distinct(other, "person", *rows)
    assert duplicating.candidates(other) == []
    erasing.erase_person(office, rows[0], "本人申请")
    assert pairs(office, "person") == {}


def test_places_that_were_merged_are_swept_and_visited_where_they_lead(office: Workspace) -> None:
    recording.open_round(office, "样例批次", date(2026, 1, 1), None)
    old, new = (door(office, name, "1号") for name in ("样旧街", "样新街"))
    streets = []
    for house in (old, new):
        found = office.database.read(lambda c, house=house: places.place_by_id(c, house))
        assert found is not None and found.parent is not None
        streets.append(found.parent)
    unit = add(office, "employer", name="样丁店")
    seat(office, unit, new)
    today = office.today.isoformat()
    reaching_out.record(office, OtherVisit("1", place=streets[0], next_on=today))
    merging.merge(office, "place", streets[0], streets[1])
    assert sweeping.record_nobody(office, streets[0]).name == "样新街"
    with pytest.raises(Conflict):
        sweeping.record_no_unit(office, streets[0])
    # Promised for the old spelling, kept at the new one.
    reaching_out.record(office, OtherVisit("1", place=streets[1]))
    assert reaching_out.due(office) == []
    assert status.status(office).total.units == 1
