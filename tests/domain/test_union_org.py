"""Unions: the chain above them, the name of a fallback union, terms, the code of a legal person."""

from datetime import date

import pytest

from organizer.domain.union_org import (
    FEDERATION,
    REGIONAL,
    division_above,
    fallback_name,
    fallback_type,
    make_term,
    parse_union_uscc,
)
from organizer.errors import InvalidInput


@pytest.mark.parametrize(
    ("code", "above"),
    [
        ("210106003001", "210106003"),
        ("210106003", "210106"),
        ("210106", "2101"),
        ("2101", "21"),
        ("21", ""),
    ],
)
def test_each_union_has_one_above(code: str, above: str) -> None:
    assert division_above(code) == above


@pytest.mark.parametrize(
    ("division", "code", "name", "kind"),
    [
        ("工人村街道", "210106003", "工人村街道总工会", FEDERATION),
        ("工人村街道办事处", "210106003", "工人村街道总工会", FEDERATION),
        ("劳模社区", "210106003001", "劳模社区联合工会", REGIONAL),
        ("方巾牛村委会", "210181103201", "方巾牛村联合工会", REGIONAL),
    ],
)
def test_a_fallback_union_is_named_after_its_division(
    division: str, code: str, name: str, kind: str
) -> None:
    assert fallback_name(division, code) == name
    assert fallback_type(code) == kind


def test_a_term_is_three_or_five_years() -> None:
    assert make_term(date(2024, 2, 29), 3).ends_on == date(2027, 2, 28)
    assert make_term(date(2024, 2, 29), 5).ends_on == date(2029, 2, 28)
    with pytest.raises(InvalidInput) as refused:
        make_term(date(2024, 1, 1), 4)
    assert "三年或五年" in refused.value.sentence()


def test_only_a_union_has_a_union_code() -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_union_uscc("91219900100000403E")
    assert "81" in refused.value.sentence()
