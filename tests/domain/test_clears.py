"""The four clears: what lights a lamp, what keeps it dark, and that the definition is data."""

from datetime import date

import pytest

from organizer import resources
from organizer.domain.clears import Known, Light, Rules, lamps, read_rules
from organizer.domain.fact import Fact
from organizer.domain.round import Round

ROUND = Round(b"r", "2026年秋季排查", date(2026, 9, 1), None)
SEEN = date(2026, 11, 20)
CARD = {"name": "试样饺子馆", "place": "兴工街 16号", "community": "210106003001", "grid": "001"}
UNBUILT = {
    "union_state": "4",
    "staff_total": "36",
    "staff_women": "14",
    "staff_migrant": "0",
    "staff_new_form": "3",
    "employer_willing": "yes",
    "staff_willing": "yes",
    "no_union_reason": "5",
    "responsible": "网格员",
    "next_visit_on": "2026-12-01",
}


@pytest.fixture(scope="module")
def rules() -> Rules:
    return read_rules(resources.toml("rules", "lamps.toml"))


def facts(
    values: dict[str, str], *, on: str = "2026-11-20", source: str = "spoken"
) -> dict[str, Fact]:
    return {name: Fact(b"", name, value, source, on) for name, value in values.items()}


def lights(rules: Rules, known: Known, current: Round = ROUND) -> str:
    words = {Light.CLEAR: "清", Light.LACKING: "差", Light.UNSEEN: "未"}
    return "".join(lamp.rule.letter + words[lamp.light] for lamp in lamps(rules, known, current))


def test_a_unit_nobody_asked_is_dark(rules: Rules) -> None:
    assert lights(rules, Known({}, CARD, None)) == "建未位未数未进未"


def test_a_unit_without_union_that_told_everything_is_clear(rules: Rules) -> None:
    assert lights(rules, Known(facts(UNBUILT), CARD, SEEN)) == "建清位清数清进清"


@pytest.mark.parametrize(
    ("missing", "shown"),
    [
        ("staff_migrant", "建清位清数差进清"),
        ("next_visit_on", "建清位清数清进差"),
        ("union_state", "建未位清数清进清"),
    ],
)
def test_one_missing_answer_is_named(rules: Rules, missing: str, shown: str) -> None:
    told = {name: value for name, value in UNBUILT.items() if name != missing}
    known = Known(facts(told), CARD, SEEN)
    assert lights(rules, known) == shown
    assert missing in {name for lamp in lamps(rules, known, ROUND) for name in lamp.missing}


def test_to_be_verified_is_no_answer(rules: Rules) -> None:
    known = Known(facts({**UNBUILT, "union_state": "7"}), CARD, SEEN)
    assert lights(rules, known).startswith("建未")


def test_an_own_union_needs_its_name_and_day_and_its_members(rules: Rules) -> None:
    own = {**UNBUILT, "union_state": "1"}
    assert lights(rules, Known(facts(own), CARD, SEEN)) == "建差位清数清进未"
    full = {**own, "union_name": "试样工会", "union_founded_on": "2020-05-01"}
    full |= {"member_count": "30", "registered_members": "28"}
    assert lights(rules, Known(facts(full), CARD, SEEN)) == "建清位清数清进清"


def test_a_covered_unit_names_the_union_that_covers_it_either_way(rules: Rules) -> None:
    for name in ("covering_union", "union_name"):
        told = {**UNBUILT, "union_state": "2", name: "劳模社区联合工会"}
        assert lights(rules, Known(facts(told), CARD, SEEN)).startswith("建清")


def test_what_was_told_before_the_round_is_not_confirmed(rules: Rules) -> None:
    old = Known(facts(UNBUILT, on="2026-08-31"), CARD, SEEN)
    assert lights(rules, old) == "建未位清数未进未"


def test_a_tax_list_confirms_nothing(rules: Rules) -> None:
    assert lights(rules, Known(facts(UNBUILT, source="tax"), CARD, SEEN)) == "建未位清数未进未"


def test_a_card_seen_by_nobody_in_the_round_is_not_confirmed(rules: Rules) -> None:
    assert lights(rules, Known(facts(UNBUILT), CARD, date(2026, 8, 1)))[2:4] == "位未"


def test_without_a_community_the_place_is_not_clear(rules: Rules) -> None:
    assert lights(rules, Known(facts(UNBUILT), {**CARD, "community": None}, SEEN))[2:4] == "位差"


def test_an_office_sets_its_own_definition() -> None:
    own = read_rules(
        {
            "version": "own",
            "lamp": [
                {
                    "key": "counted",
                    "letter": "数",
                    "name": "职工数量清",
                    "need": [{"fields": ["staff_total"]}],
                }
            ],
        }
    )
    assert lights(own, Known(facts({"staff_total": "3"}), {}, None)) == "数清"
