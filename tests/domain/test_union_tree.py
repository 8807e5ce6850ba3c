"""The order in which unions are drawn, whatever their links say; and what a meeting elected."""

import pytest

from organizer import resources
from organizer.domain.codelist import CodeList
from organizer.domain.officer import Elected, read_elected
from organizer.domain.union_record import missing
from organizer.domain.union_tree import Node, ordered
from organizer.errors import InvalidInput

POSTS = CodeList.from_rows("officer_post", resources.rows("codelists", "officer_post.csv"))


def node(n: int, parent: int | None, rank: str = "") -> Node:
    return Node(n, bytes([n]), None if parent is None else bytes([parent]), (rank or str(n),))


def test_those_below_stand_right_after_the_one_above() -> None:
    nodes = [node(1, None), node(2, 4), node(3, 1, "b"), node(4, 1, "a"), node(5, 99)]
    assert ordered(nodes) == [(1, 0), (4, 1), (2, 2), (3, 1), (5, 0)]
    assert ordered([]) == []


def test_a_ring_of_unions_is_shown_once_each() -> None:
    ring = [node(1, 3), node(2, 1), node(3, 2), node(4, 4), node(5, None)]
    walked = ordered(ring)
    assert sorted(n for n, _depth in walked) == [1, 2, 3, 4, 5] and walked[0] == (5, 0)


@pytest.mark.parametrize(
    "text",
    [
        "主席 甲样 副主席 乙样 委员 丙样、丁样",
        "工会主席：甲样；副主席：乙样；委员：丙样，丁样",
        "主席\t甲样\n副主席\t乙样\n委员\t丙样\n委员\t丁样",
    ],
)
def test_a_list_of_the_elected_is_read_however_it_is_parted(text: str) -> None:
    assert read_elected(text, POSTS, {}) == [
        Elected("1", "甲样"), Elected("2", "乙样"), Elected("3", "丙样"), Elected("3", "丁样"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["", "甲样", "甲样 主席", "主席 甲样 乙样", "委员 甲样 甲样", "主席 甲?"]
)
def test_a_list_nobody_can_mean_is_refused_at_its_field(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_elected(text, POSTS, {})
    assert refused.value.field == "officers" and refused.value.sentence().endswith("。")


@pytest.mark.parametrize(
    ("record", "women", "units", "lacks"),
    [
        ({"women_committee": "no"}, 9, 2, False),
        ({"women_committee": "no"}, 10, 2, True),
        ({"women_committee": "yes"}, 10, 2, False),
        ({}, 0, 2, True),
    ],
)
def test_ten_women_members_make_a_committee_missed(
    record: dict[str, str], women: int, units: int, lacks: bool
) -> None:
    whole = {"org_type": "2", **record}
    assert ("women_committee" in missing(whole, chaired=True, women=women, units=units)) == lacks


def test_a_joint_union_has_two_units_and_a_federation_lacks_nothing() -> None:
    assert "units" in missing({"org_type": "2"}, chaired=True, women=0, units=1)
    assert "units" not in missing({"org_type": "2"}, chaired=True, women=0, units=2)
    assert "chairman" in missing({"org_type": "1"}, chaired=False, women=0, units=1)
    assert "chairman" not in missing(
        {"org_type": "1", "chairman": "甲样"}, chaired=False, women=0, units=1
    )
    assert missing({"org_type": "9"}, chaired=False, women=0, units=0) == []
