"""A unit is found from whatever part of its name somebody types first."""

import pytest

from organizer.services import finding
from organizer.services.office import checking
from organizer.services.workspace import Workspace

NAME = "沈阳市铁西区样禾供应链管理有限公司（工人村店）"
SIGN = "沈阳小禾烤肉"
UNION = "沈阳市铁西区工人村街道样禾联合工会"


@pytest.fixture
def named(office: Workspace) -> Workspace:
    intent = office.intent("employer.add")
    office.database.write(intent, lambda w: w.insert("employer", {"name": NAME, "signboard": SIGN}))
    office.database.write(
        office.intent("union.add"), lambda w: w.insert("union_org", {"name": UNION})
    )
    return office


@pytest.mark.parametrize(
    "typed",
    ["sys", "txqyh", "yhgyl", "yanghegong", "grcd", "xhkr", "syxhkr", "xiaohekao", "样禾", "烤肉"],
)
def test_a_unit_is_found_behind_its_places_in_brackets_and_by_its_sign(
    named: Workspace, typed: str
) -> None:
    assert NAME in [hit.name for hit in finding.find(named, typed, table="employer")]


@pytest.mark.parametrize("typed", ["sys", "txq", "grcjd", "yhlhgh"])
def test_a_union_is_found_from_each_place_in_its_name(named: Workspace, typed: str) -> None:
    assert UNION in [hit.name for hit in finding.find(named, typed, table="union_org")]


def test_a_part_in_the_middle_of_a_word_is_no_beginning(named: Workspace) -> None:
    assert finding.find(named, "hgylgl", table="employer") == []


def test_the_index_with_the_parts_of_names_is_in_order(named: Workspace) -> None:
    row = finding.find(named, "yhgyl", table="employer")[0].id
    intent = named.intent("employer.edit")
    named.database.write(intent, lambda w: w.set("employer", row, {"name": "样谷餐饮"}))
    assert finding.find(named, "grcd", table="employer") == []
    assert [hit.name for hit in finding.find(named, "xhkr")] == ["样谷餐饮"]
    assert checking.check(named).findings == ()
