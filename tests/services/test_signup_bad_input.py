"""What people type at a sign-up: one sentence at the field, nothing lost, nothing decided too early."""

from datetime import date, timedelta

import pytest

from organizer.domain.member import Act
from organizer.domain.signup import Typed
from organizer.errors import InvalidInput
from organizer.services import finding, picking
from organizer.services.members import amending, changing, duplicates, signup
from organizer.services.members.changing import ChangeOrder
from organizer.services.members.duplicates import Asked
from organizer.services.members.proofing import Proofreader
from organizer.services.members.signup import SignupOrder
from organizer.services.notes import note_sentence
from organizer.services.workspace import Workspace
from organizer.store import members
from organizer.store.members import Record
from tests.domain.test_small_rules import with_check
from tests.support.offices import add_unit

NUMBER, PHONE = "219900199508173226", "13800245678"


def refused_at(office: Workspace, typed: Typed, **more: object) -> InvalidInput:
    with pytest.raises(InvalidInput) as refused:
        signup.sign_up(office, SignupOrder(typed, **more))  # type: ignore[arg-type]
    return refused.value


def person(office: Workspace, row: bytes) -> Record:
    found = office.database.read(lambda c: members.person_by_id(c, row))
    assert found is not None
    return found


def test_numbers_that_are_none_are_told_at_the_field_with_a_repair(office: Workspace) -> None:
    wrong = refused_at(office, Typed("王龚", "219900199508173227"))
    assert wrong.field == "id_number" and NUMBER in wrong.sentence()
    old = refused_at(office, Typed("王龚", "219900950817322"))
    assert old.field == "id_number" and "15" in old.sentence()
    young = refused_at(office, Typed("王小明", "219900201508173226"))
    assert young.sentence().startswith("不满16周岁不能入会")
    for word in ("12351", "人社", "童工", "草稿"):
        assert word in young.sentence()
    later = refused_at(office, Typed("王小明", phone=PHONE, born_on="2015-08-17"))
    assert (later.field, later.code) == ("born_on", "signup.too_young")
    assert signup.waiting(office) == [] and finding.find(office, "王小明") == []


def test_cards_of_others_are_taken_and_told_apart(office: Workspace) -> None:
    for number, kind, place, sex in (
        (with_check("81000019880102346"), "hmt_permit", "香港特别行政区", "2"),
        (with_check("82000019880102346"), "hmt_permit", "澳门特别行政区", "2"),
        (with_check("83000019880102346"), "hmt_permit", "台湾省", "2"),
        (with_check("92184019880102346"), "foreigner_card", "", "2"),
    ):
        made = signup.sign_up(office, SignupOrder(Typed("李样", number, PHONE)))
        found = person(office, made.person)
        assert (found.text("paper_kind"), found.text("native_place")) == (kind, place)
        assert found.text("born_on") == "1988-01-02" and found.text("sex") == sex


def test_the_number_tells_sex_birth_age_and_native_place(office: Workspace) -> None:
    reader = Proofreader(office)
    proof = reader.id_number("210106199508171234"[:17] + with_check("21010619950817123")[-1])
    assert proof.native_place == "辽宁省沈阳市铁西区" and "铁西区" in proof.line
    away = reader.id_number(with_check("37010219950817322"))
    assert away.native_place == "山东省" and "山东省" in away.line
    young = reader.id_number(with_check("21990020100105322"))
    assert "未成年工" in young.line
    retired = reader.id_number(with_check("21990019500817321"))
    assert "退休" in retired.line and "会籍由原单位工会保留" in retired.line
    made = signup.sign_up(
        office, SignupOrder(Typed("李样", with_check("37010219950817322"), PHONE))
    )
    assert person(office, made.person).text("native_place") == "山东省"
    # What somebody says counts for more than the number.
    typed = Typed(
        "李样",
        with_check("37010219950817322"),
        PHONE,
        {},
        {"native_place": "山东历城"},
    )
    amending.amend(office, made.membership, typed)
    assert person(office, made.person).text("native_place") == "山东历城"


def test_a_retired_person_is_warned_of_and_not_stopped(office: Workspace) -> None:
    typed = Typed("李样", with_check("21990019500817321"), PHONE)
    made = signup.sign_up(office, SignupOrder(typed))
    (note,) = [one for one in made.notes if one.code == "signup.retired"]
    assert "返聘" in note_sentence(note) and signup.waiting(office) == [made.membership]


def test_another_persons_phone_is_told_and_decides_nothing(office: Workspace) -> None:
    unit = add_unit(office, "样例配送站")
    made = signup.sign_up(office, SignupOrder(Typed("李样", NUMBER, PHONE), employer=unit))
    reader = Proofreader(office)
    assert "李样" in reader.phone(PHONE).doubt
    assert reader.phone(PHONE, made.person).doubt == "", "one's own"
    assert reader.phone("13800245679").doubt == ""
    # The same phone at the same unit, born on the same day: another name is another person.
    asked = Asked(name="王样", employer=unit, born_on="1995-08-17", phone=PHONE)
    assert duplicates.look(office, asked) is None
    # With the name it is worth a look, point by point.
    found = duplicates.look(office, Asked(name="李样", phone=PHONE))
    assert found is not None and not found.blocks and found.score == 60
    assert "姓名相同 +40" in found.sentence and "手机号码相同 +20" in found.sentence


def test_names_as_they_are_pasted(office: Workspace) -> None:
    worn = refused_at(office, Typed("王?", NUMBER))
    assert worn.field == "name"
    made = signup.sign_up(
        office,
        SignupOrder(Typed("阿依古丽•买买提", NUMBER, PHONE, {}, {"original_writing": "阿依古力?"})),
    )
    found = person(office, made.person)
    assert found.text("name") == "阿依古丽\u00b7买买提"
    assert any("间隔号" in note_sentence(note) for note in made.notes)
    assert found.text("original_writing") == "阿依古力?"
    longest = "阿" * 24 + "·" + "买" * 25
    again = signup.sign_up(
        office, SignupOrder(Typed(longest, phone="13800245670", born_on="1990-01-01"))
    )
    assert person(office, again.person).text("name") == longest
    assert refused_at(office, Typed(longest + "提", phone=PHONE)).field == "name"
    # The alias of a former system is a sign that it is the same person.
    twin = duplicates.look(office, Asked(name="阿依古力?", born_on="1995-08-17", phone=PHONE))
    assert twin is not None and "原系统写法" in twin.sentence


def test_without_a_number_one_has_to_be_found_again(office: Workspace) -> None:
    nowhere = signup.sign_up(office, SignupOrder(Typed("李样", phone=PHONE)))
    assert "signup.no_station" in {note.code for note in nowhere.notes}
    there = Typed(
        "王样", phone="13800245670", texts={"station": "铁西二站", "platform": "样例速递"}
    )
    made = signup.sign_up(office, SignupOrder(there, engagement="7"))
    assert {note.code for note in made.notes} == {"signup.no_id_number"}
    found = person(office, made.person)
    assert (found.text("station"), found.text("platform")) == ("铁西二站", "样例速递")
    assert amending.entry(office, made.membership).engagement == "7"
    assert refused_at(office, Typed("陈样")).field == "phone"


def test_an_application_older_than_a_refusal_is_not_a_new_one(office: Workspace) -> None:
    made = signup.sign_up(office, SignupOrder(Typed("李样", NUMBER, PHONE)))
    changing.change(office, [made.membership], ChangeOrder(Act.REFUSE, words="单位不对"))
    old = refused_at(office, Typed("李样", NUMBER, PHONE), applied_on=office.today - timedelta(30))
    assert old.field == "applied_on" and "不予批准" in old.sentence()
    ahead = refused_at(office, Typed("李样", NUMBER, PHONE), applied_on=date(2999, 1, 1))
    assert ahead.field == "applied_on"
    assert signup.waiting(office) == []
    again = signup.sign_up(office, SignupOrder(Typed("李样", NUMBER, PHONE)))
    assert again.person == made.person


@pytest.mark.parametrize("typed", ["遼寧（liáo níng）試樣機械廠", "辽宁(liáo níng)试样机械厂"])
def test_a_unit_pasted_in_traditional_with_glosses_is_found(office: Workspace, typed: str) -> None:
    add_unit(office, "辽宁试样机械厂")
    (offer,) = picking.offered_employers(office, typed)
    assert offer.name == "辽宁试样机械厂"
    assert picking.readable_name("样例（铁西）商行") == "样例（铁西）商行"
