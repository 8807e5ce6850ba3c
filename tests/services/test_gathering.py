"""集中入会: one event, many people; what stands in somebody's way is said, the others go on."""

import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from organizer.domain.access import Role
from organizer.domain.approval import Meeting
from organizer.domain.gathering import Authority, Row
from organizer.domain.member import Act
from organizer.domain.signup import Typed
from organizer.errors import Cancelled, Conflict, InvalidInput, NotAllowed, UserError
from organizer.jobs import Job
from organizer.services import drafting, undoing
from organizer.services.members import (
    approving,
    changing,
    gathering,
    gathering_register,
    gathering_rows,
    person_card,
    signup,
)
from organizer.services.members.changing import ChangeOrder
from organizer.services.members.gathering import GatheringOrder
from organizer.services.members.gathering_rows import Plan, Verdict
from organizer.services.members.signup import SignupOrder
from organizer.services.workspace import Workspace
from organizer.store import members
from organizer.store.accounts import Account
from tests.support.crowds import made_id, made_phone, ordinary, pasted
from tests.support.offices import Template, TickingClock, add_unit, copy_office, open_office

LISTED = (
    *ordinary(4),
    ("李𠮷", made_id(30), made_phone(30)),
    ("周样重", made_id(1, date(1979, 3, 3)), made_phone(31)),
    ("郑样转", made_id(32), made_phone(32)),
    ("王样留", made_id(33), made_phone(33)),
    ("孙样补", "", made_phone(1)),
    ("冯样小", made_id(35, date(2015, 5, 5)), made_phone(35)),
    ("陈样错", made_id(36)[:-1] + ("1" if made_id(36)[-1] != "1" else "2"), made_phone(36)),
)


def union(office: Workspace, name: str) -> bytes:
    return office.database.write(
        office.intent("union.add"),
        lambda write: write.insert(
            "union_org", {"name": name, "org_type": "1", "division_code": "210106003"}
        ),
    )


def member(office: Workspace, who: tuple[str, str, str], where: bytes) -> bytes:
    """Somebody who is a member already."""
    made = signup.sign_up(office, SignupOrder(Typed(*who), union_org=where, workplace="样例站"))
    approving.approve(office, [made.membership])
    return made.membership


def state(office: Workspace, membership: bytes) -> str:
    found = office.database.read(lambda c: members.membership_by_id(c, membership))
    assert found is not None
    return found.record.text("state")


def verdicts(plans: Sequence[Plan]) -> dict[str, Verdict]:
    return {plan.row.text("name"): plan.verdict for plan in plans}


def rows_of(office: Workspace, event: bytes, people: Sequence[tuple[str, str, str]]) -> list[Row]:
    return list(gathering_rows.paste(office, event, [], pasted(list(people))).rows)


def allow(office: Workspace, event: bytes, most: int, **more: date) -> None:
    until = more.get("until", office.today)
    given = Authority("样工发〔2026〕7号", "样例工会委员会", until, most)
    gathering.authorise(office, event, given)


def test_good_rows_go_on_and_the_others_are_told(office: Workspace) -> None:
    ours, other = union(office, "样例快递联合工会"), union(office, "样例老工会")
    member(office, LISTED[6], other)
    kept = member(office, LISTED[7], ours)
    changing.change(office, [kept], ChangeOrder(Act.KEEP, "retired"))
    event = gathering.hold(office, GatheringOrder("快递员集中入会", union_org=ours))
    listed = [*LISTED, LISTED[1]]
    rows = rows_of(office, event, listed)
    plans = gathering_rows.check_rows(office, event, rows)
    assert verdicts(plans[:11]) == {
        **{one[0]: Verdict.JOINS for one in LISTED[:6]},
        "郑样转": Verdict.TRANSFERS,
        "王样留": Verdict.RESUMES,
        "孙样补": Verdict.JOINS,
        "冯样小": Verdict.STOPPED,
        "陈样错": Verdict.STOPPED,
    }
    by_name = {plan.row.text("name"): plan for plan in plans[:11]}
    assert "样例老工会" in by_name["郑样转"].remarks[0]
    assert "不满16周岁" in by_name["冯样小"].sentence
    assert by_name["陈样错"].field == "id_number" and made_id(36) in by_name["陈样错"].suggestions
    # A telephone of two people is worth a word and no more.
    assert any("手机号" in remark for remark in by_name["孙样补"].remarks)
    assert (plans[11].verdict, "第 2 行" in plans[11].sentence) == (Verdict.STOPPED, True)

    done = gathering_register.join(office, event, rows)
    assert [len(part) for part in (done.members, done.pending, done.transferred, done.resumed)] == [
        0, 7, 1, 1,
    ]  # fmt: skip
    assert [row.text("name") for row in done.left] == ["冯样小", "陈样错", LISTED[1][0]]
    assert state(office, kept) == "full"
    # The exceptions stay as a draft, the same list again adds nobody.
    draft = drafting.resume(office, gathering_rows.draft_name(event))
    left = gathering_rows.of_draft(draft)
    assert left == done.left
    again = gathering_rows.paste(office, event, left, pasted(listed))
    assert (again.new, again.known, list(again.rows)) == (0, 12, left)
    # All of it is one step, taken back as one.
    undoing.take_back(office, done.write)
    assert gathering.card(office, event).row.pending == 0
    assert state(office, kept) == "kept"
    assert verdicts(gathering_rows.check_rows(office, event, rows))["郑样转"] is Verdict.TRANSFERS


def test_the_committee_allows_so_many_until_a_day(office: Workspace) -> None:
    ours = union(office, "样例快递联合工会")
    unit = add_unit(office, "样例快递有限公司")
    order = GatheringOrder("集中入会", union_org=ours, employer=unit)
    event = gathering.hold(office, order)
    people = [
        *ordinary(5),
        ("孙样补", "", made_phone(40)),
        ("吴样少", young(office), made_phone(41)),
    ]
    rows = rows_of(office, event, people)
    allow(office, event, 3)
    plans = gathering_rows.check_rows(office, event, rows)
    assert [plan.at_once for plan in plans] == [True, True, True, False, False, False, False]
    done = gathering_register.join(office, event, rows[3:])
    # Whom the committee has to look at first waits, whatever is allowed.
    assert (len(done.members), len(done.pending)) == (2, 2)
    assert {state(office, one) for one in done.members} == {"full"}
    rest = gathering_register.join(office, event, rows[:3])
    assert (len(rest.members), len(rest.pending)) == (1, 2)
    card = gathering.card(office, event)
    assert (card.used, card.places) == (3, 0)
    (on_the_spot,) = approving.approval_lists(office)
    assert (on_the_spot.count, on_the_spot.paper_no) == (3, "样工发〔2026〕7号")
    with pytest.raises(InvalidInput) as refused:
        allow(office, event, 2)
    assert (refused.value.code, refused.value.field) == ("authority.too_few", "authorised_most")
    allow(office, event, 10)
    undoing.take_back(office, rest.write)
    assert gathering.card(office, event).places == 8


def young(office: Workspace) -> str:
    return made_id(42, office.today - timedelta(days=17 * 365))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"until": -1}, "authority.past"),
        ({"held": 3, "until": 2}, "authority.before_event"),
        ({"most": 0}, "authority.nobody"),
    ],
)
def test_an_authorisation_that_cannot_be(
    office: Workspace, changes: dict[str, int], code: str
) -> None:
    held_on = office.today + timedelta(days=changes.get("held", 0))
    event = gathering.hold(office, GatheringOrder("集中入会", held_on))
    with pytest.raises(InvalidInput) as refused:
        allow(
            office, event, changes.get("most", 5),
            until=office.today + timedelta(days=changes.get("until", 0)),
        )  # fmt: skip
    assert refused.value.code == code
    assert refused.value.sentence().endswith("。")


def test_what_is_over_or_still_to_come(office_template: Template, tmp_path: Path) -> None:
    """An authorisation past its day makes nobody a member; before the day nobody is registered."""
    copy_office(office_template.root, tmp_path / "office")
    ticking = TickingClock(round(time.time() * 1000))
    office_at = open_office(tmp_path / "office", clock=ticking.clock())
    tomorrow = office_at.today + timedelta(days=1)
    event = gathering.hold(office_at, GatheringOrder("集中入会", tomorrow))
    allow(office_at, event, 5, until=tomorrow)
    rows = rows_of(office_at, event, ordinary(2))
    with pytest.raises(InvalidInput) as refused:
        gathering_register.join(office_at, event, rows)
    assert refused.value.code == "gathering.not_yet"
    ticking.at += 2 * 86_400_000
    done = gathering_register.join(office_at, event, rows)
    assert (len(done.members), len(done.pending)) == (0, 2)
    with pytest.raises(InvalidInput) as future:
        approving.approve(
            office_at, done.pending, Meeting("委员会", office_at.today + timedelta(days=1))
        )
    assert (future.value.code, future.value.field) == ("approval.future_meeting", "met_on")
    with pytest.raises(InvalidInput) as early:
        approving.approve(office_at, done.pending, Meeting("委员会", tomorrow - timedelta(days=1)))
    assert early.value.code == "approval.before_application"
    office_at.close()


def test_stopped_nothing_is_written_and_who_may_not_does_not(office: Workspace) -> None:
    other = union(office, "样例老工会")
    member(office, LISTED[6], other)
    event = gathering.hold(office, GatheringOrder("集中入会", venue="样例广场", oath_reader="王样"))
    rows = rows_of(office, event, [*ordinary(3), LISTED[6]])
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        gathering_register.join(office, event, rows, job)
    assert not gathering.taken_in(office, event)
    (number,) = office.database.read(lambda c: c.execute("SELECT count(*) FROM person").fetchone())
    assert number == 1

    collector = acting(office, Role.COLLECTOR)
    plans = gathering_rows.check_rows(collector, event, rows)
    # Transfers are for the reviewer; the others need not wait for that.
    assert verdicts(plans)["郑样转"] is Verdict.STOPPED
    assert "审核员" in plans[3].sentence
    assert gathering_register.join(collector, event, rows).count == 3
    for act in (
        lambda: allow(collector, event, 3),
        lambda: approving.approve(collector, []),
        lambda: gathering.hold(acting(office, Role.AUDITOR), GatheringOrder("x")),
        lambda: gathering.hold(acting(office, Role.COLLECTOR, "210102"), GatheringOrder("x")),
    ):
        with pytest.raises(NotAllowed):
            act()


def acting(office: Workspace, role: Role, division: str = "210106003") -> Workspace:
    return Workspace(
        office.database, Account(office.account.id, "别人", role, division), office.office
    )


def test_what_has_to_be_seen_is_seen_once_for_each_person(office: Workspace) -> None:
    ours = union(office, "样例快递联合工会")
    unit = add_unit(office, "样例快递有限公司")
    event = gathering.hold(office, GatheringOrder("集中入会", union_org=ours, employer=unit))
    people = [*ordinary(2), ("孙样补", "", made_phone(40))]
    done = gathering_register.join(office, event, rows_of(office, event, people))
    meeting = Meeting("样例工会委员会", office.today, "样工〔2026〕3号")
    with pytest.raises(Conflict) as refused:
        approving.approve(office, done.pending, meeting)
    assert "孙样补" in refused.value.sentence()
    opened = approving.opened(office, done.pending[2])
    assert (opened.name, opened.news) == ("孙样补", True)
    assert "证件号" in opened.told[0]
    approving.see(office, done.pending[2])
    assert not approving.opened(office, done.pending[2]).news
    # Another of that name turns up: that was not seen yet.
    twin = signup.sign_up(
        office,
        SignupOrder(Typed("孙样补", made_id(50), made_phone(50)), employer=unit, union_org=ours),
    )
    with pytest.raises(Conflict):
        approving.approve(office, done.pending, meeting)
    for membership in (done.pending[2], twin.membership):
        approving.see(office, membership)
    approved = approving.approve(office, [*done.pending, twin.membership], meeting)
    (listed,) = approving.approval_lists(office)
    assert (listed.count, listed.committee, listed.paper_no) == (
        4, "样例工会委员会", "样工〔2026〕3号",
    )  # fmt: skip
    assert [listed.id] == list(approved.lists)
    shown = person_card.card(office, person_of(office, done.pending[0]))
    assert shown.current is not None
    undoing.take_back(office, approved.write)
    assert state(office, done.pending[0]) == "pending"
    assert approving.approval_lists(office) == []


def person_of(office: Workspace, membership: bytes) -> bytes:
    found = office.database.read(lambda c: members.membership_by_id(c, membership))
    assert found is not None
    return found.person.id


@pytest.mark.parametrize("text", ["", "\n\n", "1\t2\n3\t4"])
def test_what_is_no_list_of_people(office: Workspace, text: str) -> None:
    event = gathering.hold(office, GatheringOrder("集中入会"))
    with pytest.raises(UserError) as refused:
        gathering_rows.paste(office, event, [], text)
    assert refused.value.sentence().endswith("。")
