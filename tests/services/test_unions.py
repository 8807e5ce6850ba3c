"""Unions: made and edited at the field, one tree without circles, one coverage of each unit at a time."""

from datetime import date, timedelta

import pytest

from organizer.domain.access import Role
from organizer.domain.union_record import Due
from organizer.errors import Conflict, InvalidInput, NotAllowed, NotFound
from organizer.services import merging, undoing
from organizer.services.members import signup
from organizer.services.members.signup import SignupOrder
from organizer.services.unions import covering, keeping
from organizer.services.unions.keeping import UnionOrder
from organizer.services.workspace import Workspace
from organizer.store import members
from organizer.store.accounts import Account
from organizer.store.transaction import Write
from tests.support.joiners import WITH_ID, join
from tests.support.offices import findings

NAME = "沈阳样例五金商行工会委员会"
COMMUNITY = "210106003006"
OWN, JOINT, REGIONAL = "1", "2", "4"


def made(office: Workspace, name: str = NAME, **typed: str) -> bytes:
    return keeping.add(office, UnionOrder({"name": name, **typed}, COMMUNITY))


def fields(office: Workspace, union: bytes) -> dict[str, str]:
    found = office.database.read(lambda c: members.union_by_id(c, union))
    assert found is not None
    return {name: found.text(name) for name in found.fields}


@pytest.fixture
def units(office: Workspace) -> list[bytes]:
    def body(write: Write) -> list[bytes]:
        return [write.insert("employer", {"name": f"样例{n}号商行"}) for n in "一二三"]

    return office.database.write(office.intent("employer.add"), body)


def test_a_union_stands_under_its_community_and_keeps_what_its_papers_say(
    office: Workspace,
) -> None:
    union = made(
        office,
        org_type="单独基层工会",
        founded_on="2026.3.7",
        approval_no="样工〔2026〕3号",
        term_from="2026-03-07",
        term_years="5",
        women_committee="有",
        phone="（024）2345 6789",
    )
    told = fields(office, union)
    assert (told["founded_on"], told["term_until"], told["org_type"]) == (
        "2026-03-07", "2031-03-07", "1",
    )  # fmt: skip
    assert told["phone"] == "024-23456789"
    assert told["women_committee"] == "yes" and told["level"] == "村"
    listed = {one.id: one for one in keeping.lines(office)}
    parent = listed[union].parent
    # The small three tiers are complete above it.
    assert parent is not None and listed[parent].division_code == COMMUNITY
    above = listed[parent].parent
    assert above is not None
    write = keeping.edit(office, union, {"chairman": "王样", "approval_no": ""})
    assert fields(office, union)["chairman"] == "王样" and not fields(office, union)["approval_no"]
    undoing.take_back(office, write)
    assert fields(office, union) == told and findings(office) == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "样" * 61}, "name"),
        ({"org_type": "不认识的"}, "org_type"),
        ({"uscc": "91210106MA0000000X"}, "uscc"),
        ({"founded_on": "2999-01-01"}, "founded_on"),
        ({"founded_on": "去年"}, "founded_on"),
        ({"term_years": "3"}, "term_from"),
        ({"term_from": "2026-01-01", "term_years": "4"}, "term_years"),
        ({"term_from": "2026-01-01", "term_until": "2025-01-01"}, "term_until"),
        ({"term_until": "2027-01-01"}, "term_from"),
        ({"founded_on": "2026-01-01", "certificate_until": "2025-01-01"}, "certificate_until"),
        ({"women_committee": "大概"}, "women_committee"),
        ({"phone": "2345"}, "phone"),
        ({"colour": "红"}, "typed"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    office: Workspace, typed: dict[str, str], field: str
) -> None:
    before = keeping.lines(office)
    with pytest.raises(InvalidInput) as refused:
        made(office, **({"name": NAME} | typed))
    assert refused.value.field == field and refused.value.sentence().endswith("。")
    assert keeping.lines(office) == before


def test_a_name_is_taken_once(office: Workspace) -> None:
    union = made(office)
    with pytest.raises(Conflict):
        made(office)
    other = made(office, "另一个样例工会")
    with pytest.raises(Conflict):
        keeping.edit(office, other, {"name": NAME})
    keeping.edit(office, union, {"name": NAME})


def test_no_circle_of_unions(office: Workspace) -> None:
    first, second, third = (made(office, f"样例{n}工会") for n in "甲乙丙")
    keeping.put_under(office, second, first)
    keeping.put_under(office, third, second)
    for goal in (first, second, third):
        with pytest.raises(Conflict) as refused:
            keeping.put_under(office, first, goal)
        assert "上级" in refused.value.sentence()
    keeping.put_under(office, third, first)


def test_a_union_with_members_is_not_closed(office: Workspace) -> None:
    join(office, WITH_ID[:1])
    (union,) = (one.id for one in keeping.lines(office) if one.members)
    with pytest.raises(Conflict) as refused:
        keeping.close(office, union)
    assert "会员 1 人" in refused.value.sentence()
    empty = made(office)
    below = made(office, "样例下级工会")
    keeping.put_under(office, below, empty)
    with pytest.raises(Conflict) as refused:
        keeping.close(office, empty)
    assert "下级工会 1 个" in refused.value.sentence()
    keeping.close(office, below)
    keeping.close(office, empty)
    assert empty not in {one.id for one in keeping.lines(office)}
    with pytest.raises(NotFound):
        keeping.edit(office, empty, {"chairman": "王样"})


def test_what_is_due_comes_soonest_first(office: Workspace) -> None:
    today = office.today
    soon, later = (today + timedelta(days) for days in (20, 50))
    founded = (today - timedelta(900)).isoformat()
    made(office, "甲工会", founded_on=founded, certificate_until=soon.isoformat())
    made(office, "乙工会", founded_on=founded, certificate_until=later.isoformat())
    made(office, "丙工会", term_from=founded, term_until=(today + timedelta(100)).isoformat())
    made(office, "丁工会", founded_on=today.isoformat())
    made(office, "戊工会", certificate_until=(today + timedelta(400)).isoformat())
    assert [(one.name, one.reminder.due) for one in keeping.due(office)] == [
        ("甲工会", Due.RENEW_NOW),
        ("乙工会", Due.RENEW),
        ("丁工会", Due.REGISTER),
        ("丙工会", Due.RE_ELECT),
    ]


def test_a_unit_falls_back_on_its_community_until_somebody_covers_it(
    office: Workspace, units: list[bytes]
) -> None:
    assert covering.covered(office, units[0]).kind == covering.FALLBACK
    joint = made(office, "样例联合工会", org_type="2")
    assert covering.cover(office, units[:2], joint, JOINT) == 2
    assert covering.cover(office, units[:2], joint, JOINT) == 0
    assert [row.employer for row in covering.units(office, joint)] == units[:2]
    own = made(office)
    assert covering.cover(office, units[:1], own, OWN) == 1
    now = covering.covered(office, units[0])
    assert (now.union_name, now.kind) == (NAME, OWN)
    # The move keeps its history.
    assert [(row.union_name, bool(row.until_on)) for row in now.history] == [
        (NAME, False),
        ("样例联合工会", True),
    ]
    assert [row.employer for row in covering.units(office, joint)] == units[1:2]
    covering.uncover(office, units[0])
    assert covering.covered(office, units[0]).kind == covering.FALLBACK
    with pytest.raises(NotFound):
        covering.uncover(office, units[0])
    assert findings(office) == []


def test_the_union_of_one_unit_covers_no_second_one(office: Workspace, units: list[bytes]) -> None:
    own = made(office)
    covering.cover(office, units[:1], own, OWN)
    with pytest.raises(Conflict) as refused:
        covering.cover(office, units, own, OWN)
    assert "样例一号商行" in refused.value.sentence()
    assert [row.employer for row in covering.units(office, own)] == units[:1]


@pytest.mark.parametrize("day", [date(2999, 1, 1), date(2000, 1, 1)])
def test_a_coverage_does_not_end_before_it_began(
    office: Workspace, units: list[bytes], day: date
) -> None:
    regional = made(office, "样例区域工会", org_type="4")
    covering.cover(office, units, regional, REGIONAL)
    with pytest.raises(InvalidInput) as refused:
        covering.uncover(office, units[0], day)
    assert refused.value.field == "on"
    assert covering.covered(office, units[0]).kind == REGIONAL


def test_a_merged_unit_is_covered_with_the_one_that_stays(
    office: Workspace, units: list[bytes]
) -> None:
    regional = made(office, "样例区域工会", org_type="4")
    covering.cover(office, units[:1], regional, REGIONAL)
    merging.merge(office, "employer", units[0], units[1])
    assert covering.covered(office, units[1]).union_name == "样例区域工会"


def test_only_who_reviews_makes_unions(office: Workspace) -> None:
    account = Account(office.account.id, "采集样", Role.COLLECTOR, "")
    collector = Workspace(office.database, account, office.office)
    with pytest.raises(NotAllowed):
        made(collector)


def test_members_join_a_union_of_the_tree(office: Workspace) -> None:
    union = made(office)
    order = SignupOrder(signup.Typed(*WITH_ID[0]), union_org=union)
    assert signup.sign_up(office, order).union_name == NAME
