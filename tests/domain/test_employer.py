"""A row of a list as an employer: one wrong field never costs the row, a wrong identity does."""

from collections.abc import Callable

import pytest

from organizer import resources
from organizer.domain.codelist import CodeList
from organizer.domain.division import Divisions
from organizer.domain.employer import Listed, Reference, read_employer
from organizer.domain.place import Kind

Read = Callable[..., Listed]


@pytest.fixture(scope="module")
def read() -> Read:
    divisions = Divisions.from_rows(resources.rows("divisions", "liaoning_2023.csv"))

    def codes(name: str) -> CodeList:
        rows = resources.rows("codelists", f"{name}.csv")
        return CodeList.from_rows(name, rows, resources.rows("codelists", "synonyms.csv"))

    reference = Reference(divisions, codes, {"\ue863": "䶮"}, "210106003")
    return lambda **cells: read_employer(cells, reference)


def steps(listed: Listed) -> list[tuple[Kind, str]]:
    return [(step.kind, step.name) for step in listed.address.steps]


def refusals(listed: Listed) -> list[str]:
    return [problem.error.sentence() for problem in listed.problems if problem.refused]


def test_a_good_row_gives_fields_facts_and_a_place(read: Read) -> None:
    listed = read(
        name="沈阳例金机械制造有限公司",
        uscc="91219900100000403E",
        unit_type="个体户",
        phone="199 0055 6427",
        address="沈阳市铁西区兴工街16号3-2-1",
        village="劳模社区",
        staff_total=36.0,
        union_state="有",
    )
    assert not listed.problems
    assert listed.values["uscc"] == "91219900100000403E"
    assert listed.values["unit_type"] == "2"
    assert listed.values["phone"] == "19900556427"
    assert listed.facts == {"staff_total": "36", "union_claimed": "yes"}
    assert steps(listed) == [("street", "兴工街"), ("building", "16号"), ("door", "3-2-1")]
    assert listed.division_code.startswith("210106003")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"name": ""}, "没有单位名称"),
        ({"name": "沈阳?样商店"}, "看不出的字"),
        ({"name": "沈阳\ue5e5商店"}, "U+E5E5"),
        ({"name": "样" * 121}, "120"),
        ({"name": "样商店", "uscc": "91219900100000404E"}, "校验"),
        ({"name": "样商店", "uscc": 9.1219900100000403e17}, "无法恢复"),
    ],
)
def test_a_row_without_identity_is_refused_with_a_sentence(
    read: Read, cells: dict[str, object], said: str
) -> None:
    listed = read(**cells)
    assert listed.refused
    assert said in "".join(refusals(listed))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("staff_total", "约135"),
        ("staff_women", "-3"),
        ("phone", "不详"),
        ("unit_type", "宇宙公司"),
        ("union_state", "也许"),
        ("union_founded_on", "1990年3月"),
    ],
)
def test_a_wrong_value_is_left_out_and_told(read: Read, field: str, value: str) -> None:
    listed = read(name="样商店", **{field: value})
    assert not listed.refused
    assert [problem.field for problem in listed.problems] == [field]
    assert field not in listed.values and field not in listed.facts


def test_a_licence_number_in_the_column_of_its_successor_is_kept_as_what_it_is(read: Read) -> None:
    listed = read(name="样商店", uscc="110108000000016")
    assert "uscc" not in listed.values
    assert listed.values["registration_no"] == "110108000000016"


def test_a_stall_without_licence_is_no_mistake(read: Read) -> None:
    listed = read(name="样豆腐摊", uscc="无照")
    assert not listed.problems
    assert "uscc" not in listed.values


def test_an_old_private_use_character_is_mapped_and_told(read: Read) -> None:
    listed = read(name="李\ue863小吃")
    assert listed.name == "李䶮小吃"
    assert [note.code for note in listed.notes if note.code.startswith("employer")] == [
        "employer.mapped_characters"
    ]


def test_columns_of_divisions_win_over_the_line_and_say_so(read: Read) -> None:
    listed = read(name="样商店", county="新民市", town="大民屯镇", address="沈阳市铁西区兴工街1号")
    assert listed.division_code.startswith("210181")
    assert "employer.division_conflict" in {note.code for note in listed.notes}
