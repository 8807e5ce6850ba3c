"""Officers: taken down, corrected, out of office, elected anew; and what a union's page says of it."""

from datetime import date, timedelta

import pytest

from organizer.domain.access import Role
from organizer.domain.member import Act
from organizer.errors import Conflict, InvalidInput, NotAllowed, NotFound
from organizer.services import undoing
from organizer.services.members import changing, erasing, signup
from organizer.services.members.signup import SignupOrder
from organizer.services.unions import covering, keeping, officers, union_card, union_listing
from organizer.services.unions.keeping import UnionOrder
from organizer.services.unions.officers import ReElection
from organizer.services.unions.union_listing import NAME as BY_NAME
from organizer.services.unions.union_listing import Order, UnionFilter
from organizer.services.workspace import Workspace
from organizer.store.accounts import Account
from organizer.store.transaction import Write
from tests.support.joiners import WITH_ID, approve
from tests.support.offices import findings

NAME = "沈阳样例五金商行工会委员会"
COMMUNITY = "210106003006"


def made(office: Workspace, name: str = NAME, **typed: str) -> bytes:
    return keeping.add(office, UnionOrder({"name": name, **typed}, COMMUNITY))


def posts(office: Workspace, union: bytes) -> dict[str, str]:
    return {one.name: one.post for one in union_card.card(office, union).officers}


def test_officers_come_go_and_are_elected_anew(office: Workspace) -> None:
    today = office.today
    begun, renewed = (today - timedelta(days) for days in (1000, 5))
    union = made(office, founded_on=begun.isoformat(), chairman="旧样")
    # Until an officer is on record, what the papers said is shown.
    assert ("主席", "旧样") in {
        (one.title, one.text) for one in union_card.card(office, union).lines
    }
    for name, post in (("甲样", "主席"), ("乙样", "3")):
        typed = {"name": name, "post": post, "since_on": begun.isoformat(), "engaged": "兼职"}
        officers.appoint(office, union, typed)
    for typed, told in (
        ({"name": "丙样", "post": "主席"}, "一个工会只有一位"),
        ({"name": "乙样", "post": "委员"}, "不用再登记"),
    ):
        with pytest.raises(Conflict) as refused:
            officers.appoint(office, union, typed)
        assert told in refused.value.sentence()
    card = union_card.card(office, union)
    assert [(one.name, one.post, one.engaged) for one in card.officers] == [
        ("甲样", "主席", "兼职"), ("乙样", "委员", "兼职"),
    ]  # fmt: skip
    assert card.elected == "主席 甲样 委员 乙样" and "主席" not in {one.title for one in card.lines}
    order = ReElection(renewed.isoformat(), "3", "主席：乙样 委员 甲样、丁样；组织员 戊样")
    write = officers.re_elect(office, union, order)
    card = union_card.card(office, union)
    assert posts(office, union) == {
        "乙样": "主席",
        "甲样": "委员",
        "丁样": "委员",
        "戊样": "组织员",
    }
    assert {(one.name, one.until_on) for one in card.former} == {
        ("甲样", renewed.isoformat()), ("乙样", renewed.isoformat()),
    }  # fmt: skip
    assert card.typed["term_until"] == renewed.replace(year=renewed.year + 3).isoformat()
    undoing.take_back(office, write)
    assert posts(office, union) == {"甲样": "主席", "乙样": "委员"}
    assert union_card.card(office, union).typed["term_until"] == ""
    first = union_card.card(office, union).officers[0]
    officers.end(office, first.id, renewed)
    with pytest.raises(Conflict):
        officers.end(office, first.id)
    assert posts(office, union) == {"乙样": "委员"}
    assert findings(office) == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"post": "主席"}, "name"),
        ({"name": "王?", "post": "主席"}, "name"),
        ({"name": "王样"}, "post"),
        ({"name": "王样", "post": "董事长"}, "post"),
        ({"name": "王样", "post": "主席", "engaged": "挂名"}, "engaged"),
        ({"name": "王样", "post": "主席", "since_on": "2099-01-01"}, "since_on"),
        ({"name": "王样", "post": "主席", "since_on": "去年"}, "since_on"),
        ({"name": "王样", "post": "1", "since_on": "2026-02-01", "until_on": "2026-01-01"}, "until_on"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_officer_is_told_at_its_field(
    office: Workspace, typed: dict[str, str], field: str
) -> None:
    union = made(office)
    with pytest.raises(InvalidInput) as refused:
        officers.appoint(office, union, typed)
    assert refused.value.field == field and refused.value.sentence().endswith("。")
    assert posts(office, union) == {}


def test_an_election_that_cannot_be_changes_nothing(office: Workspace) -> None:
    union = made(office)
    officers.appoint(office, union, {"name": "甲样", "post": "主席", "since_on": "2026-01-10"})
    whole = ReElection("2026-02-01", "3", "主席 乙样")
    for order, field in (
        (ReElection("", "3", whole.officers), "term_from"),
        (ReElection("2099-02-01", "3", whole.officers), "term_from"),
        (ReElection("2026-01-01", "3", whole.officers), "term_from"),
        (ReElection("2026-02-01", "4", whole.officers), "term_years"),
        (ReElection("2026-02-01", "", whole.officers), "term_years"),
        (ReElection("2026-02-01", "3", ""), "officers"),
        (ReElection("2026-02-01", "3", "乙样 主席"), "officers"),
        (ReElection("2026-02-01", "3", "主席 乙样 丙样"), "officers"),
        (ReElection("2026-02-01", "3", "委员 乙样 乙样"), "officers"),
        (ReElection("2026-02-01", "3", "主席 乙?"), "officers"),
    ):
        with pytest.raises(InvalidInput) as refused:
            officers.re_elect(office, union, order)
        assert refused.value.field == field and refused.value.sentence().endswith("。"), order
    assert posts(office, union) == {"甲样": "主席"}


def test_a_member_who_is_linked_is_forgotten_with_the_person(office: Workspace) -> None:
    union = made(office)
    joined = signup.sign_up(office, SignupOrder(signup.Typed(*WITH_ID[0]), union_org=union))
    assert officers.offered(office, WITH_ID[0][0]) == []
    approve(office, [joined.membership])
    (hit,) = officers.offered(office, WITH_ID[0][0])
    assert hit.id == joined.person and WITH_ID[0][1] not in hit.detail
    officers.appoint(office, union, {"name": hit.name, "post": "主席"}, hit.id)
    (one,) = union_card.card(office, union).officers
    assert (one.name, one.person) == (WITH_ID[0][0], joined.person)
    # Another name written over it is another person's.
    amended = officers.amend(office, one.id, {"name": "别样", "engaged": "专职"})
    (other,) = union_card.card(office, union).officers
    assert (other.name, other.person, other.engaged) == ("别样", None, "专职")
    undoing.take_back(office, amended)
    order = ReElection(office.today.isoformat(), "5", f"委员 {WITH_ID[0][0]}")
    officers.re_elect(office, union, order)
    assert [one.person for one in union_card.card(office, union).officers] == [joined.person]
    erasing.erase_person(office, joined.person, "本人要求")
    card = union_card.card(office, union)
    assert WITH_ID[0][0] not in str(card) and findings(office) == []


def test_the_page_of_a_union_tells_all_that_is_known(office: Workspace) -> None:
    def body(write: Write) -> list[bytes]:
        return [write.insert("employer", {"name": f"样例{n}号商行"}) for n in "一二"]

    units = office.database.write(office.intent("employer.add"), body)
    today = office.today
    soon = (today + timedelta(20)).isoformat()
    union = made(
        office, "样例联合工会", org_type="2", org_form="联合工会委员会", founded_on="2023-03-07",
        certificate_no="工法证样字1号", certificate_until=soon, phone="13900001111",
    )  # fmt: skip
    below = made(office)
    keeping.put_under(office, below, union)
    people = [
        signup.sign_up(
            office, SignupOrder(signup.Typed(*one), employer=units[0], union_org=union)
        ).membership
        for one in WITH_ID
    ]
    approve(office, people[:2])
    changing.change(office, people[:1], changing.ChangeOrder(Act.KEEP, reason="retired"))
    covering.cover(office, units, union, "2")
    card = union_card.card(office, union)
    assert (card.kind, card.division) == ("联合基层工会", "劳模社区")
    assert ("工会形式", "联合工会委员会") in {(one.title, one.text) for one in card.lines}
    assert "139****1111" in {one.text for one in card.lines} and "13900001111" not in str(card)
    assert [one[:9] for one in card.due] == ["法人资格证书 20"]
    # Kept memberships are told apart: they are not counted.
    counts = card.counts
    assert (counts.members, counts.kept, counts.pending) == (1, 1, 1)
    assert [one.name for one in card.below] == [NAME]
    names = [one.name for one in card.above]
    assert names[0] == "辽宁省总工会" and names[-1] == "劳模社区联合工会" and len(names) == 5
    assert [(one.name, one.kind, one.members) for one in card.units] == [
        ("样例一号商行", "联合", 1), ("样例二号商行", "联合", 0),
    ]  # fmt: skip
    assert (
        "主席" in card.lacks and "批复文号" in card.lacks and "至少两家成员单位" not in card.lacks
    )
    assert any("样例一号商行" in one.what for one in card.events) and card.may_edit
    assert union_card.reveal_phone(office, union) == "13900001111"
    (entry,) = office.database.read(
        lambda c: c.execute("SELECT subject FROM audit WHERE action = 'union.reveal'").fetchall()
    )
    assert entry == (union,)
    gaps = {one.name: one.gaps for one in union_listing.lacking(office)}
    assert gaps["样例联合工会"] == card.lacks and "沈阳市总工会" not in gaps


def test_the_list_is_the_tree_until_it_is_sorted_or_filtered(office: Workspace) -> None:
    union = made(office, org_type="单独基层工会", term_from="2026-01-05", term_years="3")
    made(office, "乙样例联合工会", org_type="2", term_from="2020-01-05", term_years="5")

    def shown(wanted: UnionFilter, order: Order, office: Workspace = office) -> list[str]:
        numbers = union_listing.union_numbers(office, wanted, order)
        rows = union_listing.union_rows(office, numbers.rows, ["name"], numbers.depths)
        return [rows[n][1][0] for n in numbers.rows]

    tree = [name.count("\N{EM SPACE}") for name in shown(UnionFilter(), Order(BY_NAME))]
    assert tree == [0, 1, 2, 3, 4, 5, 5]
    by_term = shown(UnionFilter(), Order("term_until"))
    assert by_term[:2] == ["乙样例联合工会", NAME]
    assert shown(UnionFilter(), Order("term_until", True))[:2] == by_term[:2][::-1]
    assert shown(UnionFilter("syylwj"), Order(BY_NAME)) == [NAME]
    assert shown(UnionFilter("没有的"), Order("members")) == []
    assert shown(UnionFilter(org_type="2"), Order(BY_NAME)) == ["乙样例联合工会"]
    assert shown(UnionFilter(due=True), Order(BY_NAME)) == ["乙样例联合工会"]
    # Of a division only its own, beginning at the margin.
    account = Account(office.account.id, "某人", Role.COLLECTOR, COMMUNITY)
    own = Workspace(office.database, account, office.office)
    assert shown(UnionFilter(), Order(BY_NAME), own)[0] == "劳模社区联合工会"
    with pytest.raises(NotAllowed):
        officers.appoint(own, union, {"name": "甲样", "post": "主席"})
    keeping.close(office, union)
    assert union_listing.number_of(office, union) is None
    with pytest.raises(NotFound):
        union_card.card(office, union)


def test_a_unit_is_not_covered_from_below_its_own_union_nor_twice_at_a_time(
    office: Workspace,
) -> None:
    unit = office.database.write(
        office.intent("employer.add"), lambda w: w.insert("employer", {"name": "样例一号商行"})
    )
    own, below = made(office), made(office, "样例分工会", org_type="7")
    keeping.put_under(office, below, own)
    covering.cover(office, [unit], own, "1", date(2026, 1, 10))
    with pytest.raises(Conflict) as circle:
        covering.cover(office, [unit], below, "4")
    assert "不能反过来覆盖" in circle.value.sentence()
    covering.uncover(office, unit, date(2026, 2, 1))
    other = made(office, "样例区域工会", org_type="4")
    for kind, units, day, field in (
        ("4", [unit], date(2026, 1, 20), "on"),
        ("", [unit], None, "kind"),
        ("4", [], None, "units"),
    ):
        with pytest.raises(InvalidInput) as refused:
            covering.cover(office, units, other, kind, day)
        assert refused.value.field == field and refused.value.sentence().endswith("。")
    covering.cover(office, [unit], other, "4", date(2026, 2, 1))
    assert covering.covered(office, unit).union == other


def test_a_code_belongs_to_one_union(office: Workspace) -> None:
    code = "81210106MC0000000"
    made(office, national_code="LN-000001")
    for typed, field in (
        ({"national_code": "LN-000001"}, "national_code"),
        ({"uscc": code}, "uscc"),
    ):
        with pytest.raises(InvalidInput) as refused:
            made(office, "另一个样例工会", **typed)
        assert refused.value.field == field
