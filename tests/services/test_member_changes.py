"""What becomes of memberships: kept, left, expelled, sent, received; each told and never lost."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from organizer.domain.access import Role
from organizer.domain.member import Act, State
from organizer.domain.signup import Typed
from organizer.errors import Conflict, InvalidInput, NotAllowed, NotFound
from organizer.services import merging, undoing
from organizer.services.batches import reporting
from organizer.services.members import changing, erasing, person_card, signup, transferring
from organizer.services.members.changing import ChangeOrder
from organizer.services.members.signup import SignupOrder
from organizer.services.members.transferring import Letter
from organizer.services.workspace import Workspace
from organizer.store import members, undo
from organizer.store.accounts import Account
from organizer.store.transaction import Write
from tests.support.joiners import WITH_ID, WITHOUT_ID, approve, join
from tests.support.offices import Template, exchange, findings
from tests.support.streets import two_laptops


@pytest.fixture
def joined(office: Workspace) -> list[bytes]:
    return join(office)


def state(office: Workspace, membership: bytes) -> str:
    found = office.database.read(lambda c: members.membership_by_id(c, membership))
    assert found is not None
    return found.record.text("state")


def person(office: Workspace, membership: bytes) -> bytes:
    found = office.database.read(lambda c: members.membership_by_id(c, membership))
    assert found is not None
    return found.person.id


def story(office: Workspace, membership: bytes) -> list[str]:
    return [event.what for event in person_card.card(office, person(office, membership)).events]


def new_union(office: Workspace, name: str = "沈阳样例五金商行工会委员会") -> bytes:
    def body(write: Write) -> bytes:
        values = {"name": name, "org_type": "1", "division_code": office.office.division_code}
        return write.insert("union_org", values)

    return office.database.write(office.intent("union.add"), body)


def application(office: Workspace) -> bytes:
    order = SignupOrder(Typed(*WITH_ID[0]), workplace="沈阳样例五金商行")
    return signup.sign_up(office, order).membership


@pytest.mark.parametrize(
    ("order", "after", "told"),
    [
        (ChangeOrder(Act.KEEP, "retired"), State.KEPT, "变为保留会籍"),
        (ChangeOrder(Act.LEAVE, "5"), State.LEFT, "变为退会"),
        (ChangeOrder(Act.LEAVE, "lapsed"), State.LEFT, "变为退会"),
        (ChangeOrder(Act.EXPEL, paper_no="样工〔2026〕3号"), State.EXPELLED, "变为除名"),
        (ChangeOrder(Act.DIE), State.DIED, "变为死亡注销"),
    ],
)
def test_a_change_is_told_on_the_persons_page_and_taken_back(
    office: Workspace, joined: list[bytes], order: ChangeOrder, after: State, told: str
) -> None:
    done = changing.change(office, joined[:2], order)
    assert done.count == 2
    assert [state(office, row) for row in joined] == [after, after, State.TEMPORARY]
    newest = story(office, joined[0])[0]
    assert told in newest and order.paper_no in newest
    if order.reason:
        assert office.codes("membership_reason").label(order.reason) in newest
    if order.act is not Act.KEEP:
        (union,) = reporting.unions_waiting(office)
        assert reporting.preview(office, union.id).going_count == 1
    undoing.take_back(office, done.write)
    assert {state(office, row) for row in joined} == {State.TEMPORARY}
    assert findings(office) == []


def test_an_application_is_refused_with_a_reason_and_may_come_again(office: Workspace) -> None:
    row = application(office)
    with pytest.raises(InvalidInput) as missing:
        changing.change(office, [row], ChangeOrder(Act.REFUSE, words=" "))
    assert missing.value.field == "words" and state(office, row) == State.PENDING
    changing.change(office, [row], ChangeOrder(Act.REFUSE, words="不是本辖区的职工"))
    assert state(office, row) == State.REFUSED and "不是本辖区的职工" in story(office, row)[0]
    again = application(office)
    assert again != row and person(office, again) == person(office, row)


@pytest.mark.parametrize(
    ("order", "field"),
    [
        (ChangeOrder(Act.KEEP), "reason"),
        (ChangeOrder(Act.KEEP, "5"), "reason"),
        (ChangeOrder(Act.EXPEL, "6"), "paper_no"),
        (ChangeOrder(Act.LEAVE, "5", on=date(2999, 1, 1)), "on"),
        (ChangeOrder(Act.LEAVE, "5", on=date(2000, 1, 1)), "on"),
        (ChangeOrder(Act.SEND), "act"),
    ],
)
def test_what_is_missing_or_wrong_is_told_at_its_field(
    office: Workspace, joined: list[bytes], order: ChangeOrder, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        changing.change(office, joined, order)
    assert refused.value.field == field and refused.value.sentence().endswith("。")
    assert {state(office, row) for row in joined} == {State.TEMPORARY}


def test_of_many_none_is_changed_when_one_cannot_be(office: Workspace, joined: list[bytes]) -> None:
    changing.change(office, joined[2:], ChangeOrder(Act.DIE))
    with pytest.raises(Conflict) as refused:
        changing.change(office, joined, ChangeOrder(Act.LEAVE, "5"))
    assert "死亡注销" in refused.value.sentence() and WITH_ID[2][0] in refused.value.sentence()
    assert [state(office, row) for row in joined[:2]] == [State.TEMPORARY] * 2


def test_who_is_kept_is_not_signed_up_again_but_resumed(
    office: Workspace, joined: list[bytes]
) -> None:
    changing.change(office, joined[:1], ChangeOrder(Act.KEEP, "3"))
    with pytest.raises(Conflict) as refused:
        application(office)
    assert "恢复会籍" in refused.value.sentence()
    changing.change(office, joined[:1], ChangeOrder(Act.RESUME))
    assert state(office, joined[0]) == State.FULL


def test_an_expulsion_waits_until_it_is_filed_above(office: Workspace, joined: list[bytes]) -> None:
    changing.change(office, joined[:1], ChangeOrder(Act.EXPEL, paper_no="样工〔2026〕3号"))
    (waiting,) = changing.unfiled(office)
    assert waiting.membership == joined[0] and waiting.paper_no == "样工〔2026〕3号"
    changing.file(office, joined[0])
    assert changing.unfiled(office) == []
    with pytest.raises(NotFound):
        changing.file(office, joined[0])


def test_only_who_reviews_changes_a_standing(office: Workspace, joined: list[bytes]) -> None:
    account = Account(office.account.id, "采集样", Role.COLLECTOR, "")
    collector = Workspace(office.database, account, office.office)
    with pytest.raises(NotAllowed):
        changing.change(collector, joined, ChangeOrder(Act.LEAVE, "5"))


def test_a_letter_goes_and_the_receipt_comes(office: Workspace, joined: list[bytes]) -> None:
    sent = transferring.send(office, joined[0], "样例市产业工会", Letter(paid_until="2026-10"))
    (open_,) = transferring.under_way(office)
    assert (open_.id, open_.to_name, open_.letter_no) == (
        sent.transfer, "样例市产业工会", sent.number,
    )  # fmt: skip
    assert date.fromisoformat(open_.valid_until) == office.today + timedelta(60)
    with pytest.raises(Conflict):
        application(office)
    transferring.confirm(office, sent.transfer)
    assert state(office, joined[0]) == State.MOVED and transferring.under_way(office) == []
    with pytest.raises(Conflict):
        transferring.recall(office, sent.transfer)
    # Who has gone may come again one day.
    assert application(office)


@pytest.mark.parametrize("kept", [False, True])
def test_a_transfer_recalled_leaves_everything_as_it_was(
    office: Workspace, joined: list[bytes], kept: bool
) -> None:
    if kept:
        changing.change(office, joined[:1], ChangeOrder(Act.KEEP, "3"))
    before = state(office, joined[0])
    sent = transferring.send(office, joined[0], "样例市产业工会", Letter())
    transferring.recall(office, sent.transfer, "本人不走了")
    assert state(office, joined[0]) == before and transferring.under_way(office) == []
    assert "本人不走了" in story(office, joined[0])[0]


@pytest.mark.parametrize(
    ("to", "letter", "field"),
    [
        ("", Letter(), "to_union"),
        ("样例市产业工会", Letter(paid_until="十月"), "paid_until"),
        ("样例市产业工会", Letter(paid_until="2026-13"), "paid_until"),
        ("样例市产业工会", Letter(reason="6"), "reason"),
        ("样例市产业工会", Letter(on=date(2000, 1, 1)), "on"),
    ],
)
def test_a_letter_that_cannot_be_is_told_at_its_field(
    office: Workspace, joined: list[bytes], to: str, letter: Letter, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        transferring.send(office, joined[0], to, letter)
    assert refused.value.field == field and state(office, joined[0]) == State.TEMPORARY


def test_nobody_is_sent_to_where_he_is(office: Workspace, joined: list[bytes]) -> None:
    found = office.database.read(lambda c: members.membership_by_id(c, joined[0]))
    assert found is not None
    here = found.record.link("union_org")
    with pytest.raises(InvalidInput) as refused:
        transferring.send(office, joined[0], found.union_name, Letter())
    assert refused.value.field == "to_union"
    assert here is not None
    with pytest.raises(InvalidInput):
        transferring.bring(office, joined, here, None, Letter())


def test_who_brings_a_letter_joins_without_a_second_application(office: Workspace) -> None:
    order = SignupOrder(Typed(*WITH_ID[0]), workplace="沈阳样例五金商行")
    done = transferring.receive(
        office, order, "外省样例工会", Letter("外工转 7 号", paid_until="2026-09")
    )
    assert state(office, done.membership) == State.FULL
    assert signup.waiting(office) == []
    with pytest.raises(Conflict):
        transferring.receive(office, order, "外省样例工会", Letter())
    with pytest.raises(InvalidInput) as refused:
        transferring.receive(office, SignupOrder(Typed(*WITH_ID[1])), " ", Letter())
    assert refused.value.field == "from_union"


def test_inside_the_file_one_step_moves_all_and_keeps_the_day_of_joining(
    office: Workspace, joined: list[bytes]
) -> None:
    goal = new_union(office)
    assert transferring.bring(office, joined, goal, None, Letter()) == 3
    assert {state(office, row) for row in joined} == {State.MOVED}
    card = person_card.card(office, person(office, joined[0]))
    assert card.current is not None and card.current.union_name == "沈阳样例五金商行工会委员会"
    assert card.current.since == office.today.isoformat() and len(card.standings) == 2
    (union,) = reporting.unions_waiting(office)
    assert union.id == goal and reporting.preview(office, goal).going_count == 3


def test_who_goes_to_another_unit_works_there(office: Workspace, joined: list[bytes]) -> None:
    def body(write: Write) -> bytes:
        return write.insert("employer", {"name": "沈阳样例药房"})

    unit = office.database.write(office.intent("employer.add"), body)
    transferring.bring(office, joined[:1], new_union(office), unit, Letter())
    current = person_card.card(office, person(office, joined[0])).current
    assert current is not None and current.workplace == "沈阳样例药房"


def test_when_a_unit_founds_its_union_its_temporary_members_follow_in_one_step(
    office: Workspace,
) -> None:
    def body(write: Write) -> bytes:
        return write.insert("employer", {"name": "沈阳样例五金商行"})

    unit = office.database.write(office.intent("employer.add"), body)
    goal = new_union(office)
    with pytest.raises(NotFound):
        transferring.settle(office, unit, goal)
    rows = [
        signup.sign_up(office, SignupOrder(Typed(*one), employer=unit)).membership
        for one in (*WITH_ID, WITHOUT_ID)
    ]
    approve(office, rows)
    changing.change(office, rows[:1], ChangeOrder(Act.LEAVE, "5"))
    assert transferring.settle(office, unit, goal) == 3
    assert [state(office, row) for row in rows] == [State.LEFT, *[State.MOVED] * 3]
    assert findings(office) == []


def test_of_somebody_signed_up_twice_the_approved_membership_stays(
    office: Workspace, joined: list[bytes]
) -> None:
    order = SignupOrder(Typed(*WITHOUT_ID), workplace="沈阳样例五金商行")
    again = signup.sign_up(office, order)
    one = person(office, joined[0])
    # Merged the wrong way round, what is approved still stands.
    merging.merge(office, "person", one, again.person)
    card = person_card.card(office, one)
    assert card.id == again.person
    assert [standing.membership for standing in card.standings] == [joined[0]]
    assert any("临时会员" in event.what for event in card.events)
    undoing.take_back(office, office.database.read(lambda c: undo.latest(c, office.account.id)))
    assert state(office, again.membership) == State.PENDING
    assert len(person_card.card(office, again.person).standings) == 1
    assert findings(office) == []


def test_who_is_on_the_way_elsewhere_is_not_merged_with_another_member(
    office: Workspace, joined: list[bytes]
) -> None:
    sent = transferring.send(office, joined[1], "样例市产业工会", Letter())
    one, other = person(office, joined[0]), person(office, joined[1])
    with pytest.raises(Conflict) as refused:
        merging.merge(office, "person", other, one)
    assert "一人只有一份会籍" in refused.value.sentence()
    transferring.confirm(office, sent.transfer)
    merging.merge(office, "person", other, one)
    assert len(person_card.card(office, other).standings) == 2


def test_an_undo_never_leaves_two_memberships(office: Workspace, joined: list[bytes]) -> None:
    left = changing.change(office, joined[:1], ChangeOrder(Act.LEAVE, "5"))
    again = application(office)
    with pytest.raises(Conflict):
        undoing.take_back(office, left.write)
    assert (state(office, joined[0]), state(office, again)) == (State.LEFT, State.PENDING)


def test_whom_two_laptops_signed_up_is_settled_by_ending_one(
    office_template: Template, tmp_path: Path
) -> None:
    with two_laptops(office_template, tmp_path) as (copies, _street):
        rows = [application(copy) for copy in copies]
        exchange(copies[0].database, copies[1].database)
        with pytest.raises(Conflict):
            application(copies[0])
        changing.change(copies[0], rows[1:], ChangeOrder(Act.REFUSE, words="重复登记"))
        assert [state(copies[0], row) for row in rows] == [State.PENDING, State.REFUSED]
        approve(copies[0], rows[:1])


def test_who_is_erased_leaves_no_transfer_behind(office: Workspace, joined: list[bytes]) -> None:
    transferring.send(office, joined[0], "样例市产业工会", Letter())
    erasing.erase_person(office, person(office, joined[0]), "本人要求")
    assert transferring.under_way(office) == []
    assert findings(office) == []


def test_a_sign_up_taken_back_is_no_membership_any_more(office: Workspace) -> None:
    row = application(office)
    undoing.take_back(office)
    for act in (
        lambda: approve(office, [row]),
        lambda: changing.change(office, [row], ChangeOrder(Act.REFUSE, words="样例")),
        lambda: transferring.send(office, row, "样例市产业工会", Letter()),
    ):
        with pytest.raises(NotFound):
            act()
    assert findings(office) == []


def test_who_answers_for_another_division_merges_nobody_here(
    office: Workspace, joined: list[bytes]
) -> None:
    account = Account(office.account.id, "邻样", Role.REVIEWER, "210106004")
    neighbour = Workspace(office.database, account, office.office)
    one, other = person(office, joined[0]), person(office, joined[1])
    with pytest.raises(NotAllowed):
        merging.merge(neighbour, "person", other, one)
