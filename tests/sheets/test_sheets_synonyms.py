"""The table of header words."""

import pytest

from organizer import resources
from organizer.sheets import header_synonyms
from organizer.sheets.synonyms import Labels, plain

EMPLOYER = Labels(header_synonyms("employer"))
PERSON = Labels(header_synonyms("person"))


@pytest.mark.parametrize("list_name", ["employer", "person", "union"])
def test_no_word_means_two_things(list_name: str) -> None:
    seen: dict[str, str] = {}
    for row in resources.rows("codelists", "header_synonyms.csv"):
        if row["list"] == list_name:
            word = plain(row["label"])
            assert word not in seen, (row["label"], row["field"], seen[word])
            seen[word] = row["field"]


def test_fields_of_the_survey_list_are_all_there() -> None:
    expected = (
        "name signboard uscc registration_no unit_type nature econ_type industry legal_person "
        "contact phone address registered_address county town village grid staff_total staff_women "
        "staff_migrant staff_dispatched staff_new_form union_state union_name union_founded_on "
        "member_count remark seq"
    )
    assert set(header_synonyms("employer")) == set(expected.split())


def test_best_label_comes_first() -> None:
    assert header_synonyms("person")["name"][:2] == ("姓名", "名字")
    assert header_synonyms("nothing") == {}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("单 位 名 称", "name"),
        ("*企业名称（必填）", "name"),
        ("3、统一社会信用代码（18位）", "uscc"),
        ("统一社会信用代码/注册号", "uscc"),
        ("基本情况/名称", "name"),
        ("所在位置/经营地址", "address"),
        ("职工情况/其中：女职工", "staff_women"),
        ("职工人数（女）", "staff_women"),
        ("职工人数(人)", "staff_total"),
        ("街道/乡镇", "town"),
        ("工会主席/电话", None),
        ("上级单位/名称", None),
        ("女会员/人数", None),
        ("人数", "staff_total"),
        ("品名", None),
    ],
)
def test_employer_headers(header: str, field: str | None) -> None:
    found = EMPLOYER.field(header)
    assert (found[0] if found else None) == field


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("公民身份号码", "id_number"),
        ("手机号(11位)", "phone"),
        ("紧急联系人/电话", None),
        ("配偶/姓名", None),
        ("本人情况/姓名", "name"),
        ("所在单位", "employer"),
    ],
)
def test_person_headers(header: str, field: str | None) -> None:
    found = PERSON.field(header)
    assert (found[0] if found else None) == field
