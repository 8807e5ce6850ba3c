"""The list of members, dues, counts, letters that wait: filters, masks, scope, and what is refused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from organizer.domain.access import Role
from organizer.domain.member import Act, State
from organizer.domain.member_filter import ACTIVE, COUNTED, UNKNOWN, Lack, MemberFilter
from organizer.domain.signup import Typed
from organizer.errors import Conflict, InvalidInput, NotAllowed, NotFound
from organizer.services import today, undoing
from organizer.services.members import (
    changing,
    consenting,
    dues_keeping,
    member_counts,
    member_listing,
    open_letters,
    signup,
    transferring,
)
from organizer.services.members.act_checking import acts_of, told
from organizer.services.members.changing import ChangeOrder
from organizer.services.members.member_listing import Order
from organizer.services.members.signup import SignupOrder
from organizer.services.members.transferring import Letter
from organizer.services.workspace import Workspace
from organizer.store import members
from organizer.store.transaction import Write
from tests.support.joiners import WITH_ID, WITHOUT_ID, approve, join

NEWEST = Order()
UNION = "沈阳样例五金商行工会委员会"


@pytest.fixture
def joined(office: Workspace) -> list[bytes]:
    """Three with an id number, one courier without."""
    courier = SignupOrder(Typed(*WITHOUT_ID, {"group_code": "N3"}), workplace="样例快递站")
    late = signup.sign_up(office, courier).membership
    approve(office, [late])
    return [*join(office), late]


def found(office: Workspace, order: Order = NEWEST, **wanted: object) -> list[str]:
    numbers = member_listing.member_numbers(office, MemberFilter(**wanted), order)
    rows = member_listing.member_rows(office, numbers, ("name",))
    return [rows[n][1][0] for n in numbers]


def own_union(office: Workspace) -> bytes:
    def body(write: Write) -> bytes:
        values = {"name": UNION, "org_type": "1", "division_code": office.office.division_code}
        return write.insert("union_org", values)

    return office.database.write(office.intent("union.add"), body)


def record(office: Workspace, membership: bytes, name: str) -> str:
    known = office.database.read(lambda c: members.membership_by_id(c, membership))
    assert known is not None
    return known.record.text(name)


def elsewhere(office: Workspace, role: Role = Role.REVIEWER) -> Workspace:
    account = replace(office.account, role=role, division_code="210283")
    return Workspace(office.database, account, office.office)


def test_the_list_is_filtered_sorted_and_masked(office: Workspace, joined: list[bytes]) -> None:
    names = [name for name, *_rest in WITH_ID]
    assert found(office) == [*reversed(names), WITHOUT_ID[0]]
    assert found(office, Order("name")) == ["阿依古丽·买买提热合曼", "孙长林", "王㛃", "翟海涛"]
    assert found(office, Order("name", descending=True))[0] == "翟海涛"
    assert found(office, text="zht") == found(office, text="455x") == ["翟海涛"]
    assert found(office, text="快递站") == ["孙长林"]
    assert found(office, lack=Lack.ID_NUMBER) == ["孙长林"]
    # A courier is found under either list of groups, and with the whole list.
    assert found(office, group="H2") == found(office, group="N3") == ["孙长林"]
    assert found(office, group="新就业形态") == ["孙长林"]
    assert len(found(office, group=UNKNOWN)) == 3
    changing.change(office, joined[:1], ChangeOrder(Act.LEAVE, "5"))
    changing.change(office, joined[1:2], ChangeOrder(Act.KEEP, "retired"))
    assert found(office, state=State.LEFT) == [names[0]]
    assert len(found(office, state=COUNTED)) == 2 and len(found(office, state=ACTIVE)) == 3
    rows = member_listing.member_rows(
        office, member_listing.member_numbers(office, MemberFilter(text="王㛃"), Order()),
        ("id_number", "phone", "state", "consent", "papers"),
    )  # fmt: skip
    ((_row, cells),) = rows.values()
    assert WITH_ID[1][1] not in cells and cells[0].endswith("3646") and "****" in cells[1]
    assert cells[2:] == ["保留", "有", "缺"]
    assert member_listing.member_numbers(elsewhere(office), MemberFilter(), Order()).__len__() == 0


def test_who_took_consent_back_is_found_as_lacking_it(
    office: Workspace, joined: list[bytes]
) -> None:
    assert found(office, lack=Lack.CONSENT) == []
    person = member_listing.person_of(office, joined[0])
    assert person is not None
    consenting.withdraw(office, person, consenting.ALL)
    assert found(office, lack=Lack.CONSENT) == [WITH_ID[0][0]]
    assert len(found(office, lack=Lack.PAPERS)) == 4


def test_dues_are_noted_counted_and_taken_back(office: Workspace, joined: list[bytes]) -> None:
    this = office.today
    old = f"{this.year - 1}-{this.month:02d}"
    done = dues_keeping.pay(office, joined[:2], old)
    assert {one.name for one in dues_keeping.behind(office)} == {WITH_ID[0][0], WITH_ID[1][0]}
    assert dues_keeping.behind(office)[0].months == 11
    assert sorted(found(office, lack=Lack.DUES)) == sorted([WITH_ID[0][0], WITH_ID[1][0]])
    dues_keeping.pay(office, joined[:1], f"{this:%Y-%m}")
    assert [one.name for one in dues_keeping.behind(office)] == [WITH_ID[1][0]]
    changing.change(office, joined[1:2], ChangeOrder(Act.KEEP, "retired"))
    assert dues_keeping.behind(office) == [] and dues_keeping.behind(elsewhere(office)) == []
    # Nobody leaves by being behind.
    assert record(office, joined[0], "state") == State.TEMPORARY
    undoing.take_back(office, done.write)
    assert record(office, joined[1], "paid_until") == ""


@pytest.mark.parametrize("month", ["", "2026-13", "2999-01", "上个月"])
def test_a_wrong_month_of_dues_changes_nobody(
    office: Workspace, joined: list[bytes], month: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        dues_keeping.pay(office, joined, month)
    assert refused.value.field == "paid_until"
    assert {record(office, row, "paid_until") for row in joined} == {""}


def test_a_retired_member_pays_no_dues_and_is_not_kept_twice(
    office: Workspace, joined: list[bytes]
) -> None:
    changing.change(office, joined[:1], ChangeOrder(Act.KEEP, "retired"))
    with pytest.raises(Conflict) as refused:
        dues_keeping.pay(office, joined, f"{office.today:%Y-%m}")
    assert WITH_ID[0][0] in refused.value.sentence() and "保留会籍" in refused.value.sentence()
    assert record(office, joined[1], "paid_until") == ""
    with pytest.raises(Conflict):
        changing.change(office, joined[:1], ChangeOrder(Act.KEEP, "retired"))
    with pytest.raises(Conflict):
        told(office, joined, Act.KEEP)
    assert set(acts_of(office, joined[0])) == {"resume", "leave", "expel", "die", "send", "bring"}
    looking = Workspace(office.database, replace(office.account, role=Role.AUDITOR), office.office)
    assert acts_of(looking, joined[0]) == []


def test_what_was_taken_back_knows_no_act(office: Workspace, joined: list[bytes]) -> None:
    gone = SignupOrder(Typed("样不在", phone="19900838866"), workplace="样例快递站")
    row = signup.sign_up(office, gone).membership
    undoing.take_back(office)
    with pytest.raises(NotFound):
        dues_keeping.pay(office, [row], f"{office.today:%Y-%m}")
    assert "样不在" not in found(office)


def test_many_leave_together_and_come_back_together(office: Workspace, joined: list[bytes]) -> None:
    paid = f"{office.today:%Y-%m}"
    sent = transferring.send_all(office, joined[:3], UNION, Letter(paid_until=paid))
    assert len({one.number for one in sent}) == 3
    assert record(office, joined[0], "paid_until") == paid
    assert [one.late for one in open_letters.waiting(office)] == [0, 0, 0]
    letters = [one.id for one in transferring.open_of(office, joined[:2])]
    transferring.confirm_all(office, letters)
    assert record(office, joined[0], "state") == State.MOVED
    with pytest.raises(Conflict):
        transferring.open_of(office, joined[:1])
    (last,) = transferring.open_of(office, joined[2:3])
    transferring.recall_all(office, [last.id], "没有去")
    assert record(office, joined[2], "state") == State.TEMPORARY
    assert open_letters.waiting(office) == []


def test_a_letter_that_ran_out_waits_today(office: Workspace, joined: list[bytes]) -> None:
    transferring.send(office, joined[0], UNION, Letter(valid_days=30))
    errands = {one.key for one in today.agenda_of_today(office).errands}
    assert "letters" not in errands
    (row,) = open_letters.waiting(office)
    ended = (office.today - timedelta(3)).isoformat()
    office.database.write(
        office.intent("transfer.send"),
        lambda write: write.set("transfer", row.transfer, {"valid_until": ended}),
    )
    assert [one.late for one in open_letters.waiting(office)] == [3]
    (errand,) = [one for one in today.agenda_of_today(office).errands if one.key == "letters"]
    assert errand.count == 1 and WITH_ID[0][0] in errand.detail
    assert [one.key for one in today.agenda_of_today(elsewhere(office)).errands] == []


def test_expulsions_not_filed_wait_today_and_are_filed_together(
    office: Workspace, joined: list[bytes]
) -> None:
    order = ChangeOrder(Act.EXPEL, paper_no="样工〔2026〕3号")
    changing.change(office, joined[:2], order)
    (errand,) = [one for one in today.agenda_of_today(office).errands if one.key == "unfiled"]
    assert errand.count == 2 and "file" in acts_of(office, joined[0])
    with pytest.raises(NotFound):
        changing.file_all(office, joined[:3])
    assert len(changing.unfiled(office)) == 2
    changing.file_all(office, joined[:2])
    assert changing.unfiled(office) == [] and "file" not in acts_of(office, joined[0])


def test_a_transfer_that_cannot_be_is_refused_at_its_field(
    office: Workspace, joined: list[bytes]
) -> None:
    here = record_union(office, joined[0])
    future = Letter(on=office.today + timedelta(1))
    early = Letter(on=date(2001, 1, 1))
    for to, letter, field in (
        (here, Letter(), "to_union"),
        ("", Letter(), "to_union"),
        (UNION, Letter(paid_until="2026-13"), "paid_until"),
        (UNION, Letter(paid_until="2999-01"), "paid_until"),
        (UNION, future, "on"),
        (UNION, early, "on"),
        (UNION, Letter(number="7"), "number"),
        (UNION, Letter(reason="5"), "reason"),
    ):
        with pytest.raises(InvalidInput) as refused:
            transferring.send_all(office, joined, to, letter)
        assert refused.value.field == field
    order = SignupOrder(Typed("样远来", phone="19900838867"), workplace="样例快递站")
    with pytest.raises(InvalidInput) as refused:
        transferring.receive(office, order, here, Letter())
    assert refused.value.field == "from_union"
    assert {record(office, row, "state") for row in joined} == {State.TEMPORARY}
    assert "样远来" not in found(office)


def record_union(office: Workspace, membership: bytes) -> str:
    known = office.database.read(lambda c: members.membership_by_id(c, membership))
    assert known is not None
    return known.union_name


def test_dues_go_along_to_another_union(office: Workspace, joined: list[bytes]) -> None:
    goal, paid = own_union(office), f"{office.today:%Y-%m}"
    dues_keeping.pay(office, joined[:1], paid)
    transferring.bring(office, joined[:2], goal, None, Letter())
    assert sorted(found(office, union_org=goal)) == sorted([WITH_ID[0][0], WITH_ID[1][0]])
    wanted = MemberFilter(union_org=goal, text=WITH_ID[0][0])
    (n,) = member_listing.member_numbers(office, wanted, Order())
    (arrived,) = member_listing.chosen(office, [n])
    assert record(office, arrived, "paid_until") == paid


def test_members_are_counted_by_group_once(office: Workspace, joined: list[bytes]) -> None:
    table = member_counts.counts(office)
    assert (table.total.members, len(table.lines)) == (4, 1)
    kinds = {kind: table.total.of_kind(table.groups, kind) for kind in table.kinds}
    assert kinds == {"八大群体": 1, "新就业形态": 1}
    changing.change(office, joined[:1], ChangeOrder(Act.KEEP, "retired"))
    assert member_counts.counts(office).total.members == 3
    by_place = member_counts.counts(office, member_counts.BY_PLACE)
    assert [line.members for line in by_place.lines] == [3]
    assert by_place.lines[0].name == office.divisions.get(office.office.division_code).name
    assert member_counts.counts(elsewhere(office)).lines == []


def test_who_may_not_review_changes_nothing(office: Workspace, joined: list[bytes]) -> None:
    account = replace(office.account, role=Role.COLLECTOR)
    collector = Workspace(office.database, account, office.office)
    for act in (
        lambda: dues_keeping.pay(collector, joined, "2026-01"),
        lambda: transferring.send_all(collector, joined, UNION, Letter()),
        lambda: transferring.confirm_all(collector, []),
        lambda: transferring.recall_all(collector, []),
        lambda: changing.file_all(collector, joined),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert len(found(collector)) == 4
