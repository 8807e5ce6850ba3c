"""Which signs make two records one: a number decides, a telephone never does."""

from dataclasses import replace

import pytest
from rapidfuzz import fuzz

from organizer import resources
from organizer.domain import matching
from organizer.domain.matching import (
    Level,
    PersonTraits,
    Rules,
    UnionTraits,
    UnitTraits,
    Verdict,
)

TABLE = resources.toml("rules", "duplicates.toml")
SIMPLIFIED = matching.simplifier(TABLE["simplified"])
SHOP, HOUSE = b"s" * 16, b"h" * 16
PERSON = PersonTraits("孙长林", sex="1", born_on="1976-12-01", employers=frozenset({SHOP}))
UNIT = UnitTraits("沈阳市铁西区样禾五金有限公司", simplified=SIMPLIFIED)
UNION = UnionTraits(
    "沈阳样禾五金有限公司工会委员会", division_code="210106003006", simplified=SIMPLIFIED
)


def people(one: PersonTraits, other: PersonTraits) -> Verdict:
    rules = Rules.from_table(TABLE["person"])
    found = matching.compare_people(one, other, rules, fuzz.ratio)
    assert found.score == matching.compare_people(other, one, rules, fuzz.ratio).score
    assert found.score == sum(sign.counts for sign in found.signs)
    return found


def units(one: UnitTraits, other: UnitTraits) -> Verdict:
    rules = Rules.from_table(TABLE["employer"])
    found = matching.compare_units(one, other, rules, fuzz.ratio)
    assert found.score == matching.compare_units(other, one, rules, fuzz.ratio).score
    return found


def unions(one: UnionTraits, other: UnionTraits) -> Verdict:
    return matching.compare_unions(one, other, Rules.from_table(TABLE["union_org"]), fuzz.ratio)


def told(verdict: Verdict) -> set[str]:
    return {f"{'+' if sign.agrees else '-'}{sign.key}" for sign in verdict.signs}


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (PERSON, PERSON, Level.STRICT),
        (replace(PERSON, employers=frozenset()), PERSON, Level.REVIEW),
        (replace(PERSON, born_on=""), PERSON, Level.REVIEW),
        (replace(PERSON, born_on="1977-12-01"), PERSON, Level.NEW),
        (replace(PERSON, sex="2"), PERSON, Level.NEW),
        (replace(PERSON, name="孙 长林"), PERSON, Level.STRICT),
        (replace(PERSON, name="孙?林", former="孙长林"), PERSON, Level.STRICT),
        (replace(PERSON, name="孙常林"), PERSON, Level.REVIEW),
    ],
)
def test_people_without_numbers(one: PersonTraits, other: PersonTraits, level: Level) -> None:
    assert people(one, other).level is level


def test_numbers_of_people() -> None:
    number, old = "219900197612010013", "219900761201001"
    known = replace(PERSON, id_number=number)
    assert people(known, replace(PersonTraits("孙长林"), id_number=number)).level is Level.STRICT
    assert people(known, PersonTraits("孙长林", id_number=old)).level is Level.STRICT
    # One number under two names is for a person to look at.
    assert people(known, PersonTraits("赵样", id_number=number)).level is Level.REVIEW
    other = replace(PERSON, id_number="219900197612010021")
    found = people(known, other)
    assert found.level is Level.NEW and "-id_number" in told(found)
    # A passport that was renewed is another number of the same person.
    pass_one = replace(PERSON, id_number="E12345678", resident=False)
    assert people(pass_one, replace(pass_one, id_number="E87654321")).level is Level.STRICT


def test_a_telephone_never_decides() -> None:
    phone = "19900823557"
    alone = people(PersonTraits("甲样", phone=phone), PersonTraits("乙样", phone=phone))
    assert alone.level is Level.NEW and "+phone" in told(alone)
    named = people(PersonTraits("甲样", phone=phone), PersonTraits("甲样", phone=phone))
    assert named.level is Level.REVIEW
    almost = replace(PERSON, employers=frozenset(), phone=phone)
    assert people(almost, almost).score >= TABLE["person"]["strict"]
    assert people(almost, almost).level is Level.REVIEW
    shop = replace(UNIT, phones=frozenset({phone}))
    other = UnitTraits("样达餐饮店", phones=frozenset({phone}))
    assert units(shop, other).level is Level.NEW


@pytest.mark.parametrize(
    "spelt",
    [
        "样禾五金有限责任公司",
        "样禾五金（辽宁）有限公司",
        "沈阳樣禾五金有限公司",
        "ＹＨ",
        "辽宁省沈阳市铁西区样禾五金公司",
    ],
)
def test_names_of_units_are_compared_without_what_surrounds_them(spelt: str) -> None:
    first = UNIT if spelt != "ＹＨ" else replace(UNIT, name="yh有限公司")
    found = units(first, replace(UNIT, name=spelt))
    assert (found.level, told(found)) == (Level.REVIEW, {"+name"})


def test_units() -> None:
    here = replace(UNIT, place=SHOP, legal_person="赵样")
    assert units(here, here).level is Level.STRICT
    assert units(replace(here, uscc="1"), replace(here, uscc="2")).level is Level.NEW
    assert units(replace(UNIT, uscc="1"), UnitTraits("样达", uscc="1")).level is Level.REVIEW
    assert units(here, replace(UNIT, place=HOUSE)).level is Level.NEW
    # Two branches of one chain behind one door of a market are two units.
    for branch in ("沈阳样禾五金有限公司第二分店", "沈阳样禾五金有限公司铁西分公司"):
        found = units(here, replace(here, name=branch))
        assert found.level is Level.NEW, found
    sign = UnitTraits("沈阳样达商贸有限公司", signboard="样禾五金", place=SHOP)
    assert units(replace(UNIT, place=SHOP), sign).level is Level.REVIEW


def test_unions() -> None:
    again = replace(UNION, name="沈阳市样禾五金有限责任公司工会")
    assert "+name" in told(unions(UNION, again))
    assert unions(UNION, again).level is Level.REVIEW
    unit = frozenset({SHOP})
    assert unions(replace(UNION, units=unit), replace(again, units=unit)).level is Level.STRICT
    assert unions(replace(UNION, uscc="1"), replace(again, uscc="2")).level is Level.NEW
    elsewhere = replace(again, division_code="210303001")
    assert unions(UNION, elsewhere).level is Level.NEW
    assert unions(UNION, replace(again, name="样达餐饮店工会")).level is Level.NEW
