"""Founding a union in steps: what is next, late, missed; what goes against advice; what cannot be."""

from datetime import date, timedelta

import pytest

from organizer import resources
from organizer.domain import founding
from organizer.domain.codelist import CodeList
from organizer.domain.founding import (
    Body,
    Figures,
    Kind,
    Rules,
    Standing,
    State,
    StepTold,
    Vote,
    candidate_hints,
    check_figures,
    kind_hints,
    order_hints,
    results,
    slate_hints,
    stand,
)
from organizer.errors import InvalidInput

RULES = Rules.read(resources.toml("rules", "founding.toml"))
DAY = date(2026, 3, 2)


def done(**days: int) -> dict[str, StepTold]:
    """Steps done so many days after the first: s1=0, s2=3."""
    return {
        name.removeprefix("s"): StepTold(DAY + timedelta(days=later))
        for name, later in days.items()
    }


def states(told: dict[str, StepTold], today: date, *papers: str) -> str:
    found = stand(RULES, told, papers, DAY, today)
    letters = {
        State.DONE: "d", State.LACKING: "l", State.NEXT: "n", State.LATE: "!",
        State.MISSED: "m", State.WAITING: ".",
    }  # fmt: skip
    return "".join(letters[one.state] for one in found)


def keys(hints: object) -> list[str]:
    return [one.key for one in hints]  # type: ignore[attr-defined]


def test_the_rules_tell_every_step_of_the_list_and_name_papers_and_steps_that_exist() -> None:
    stages = CodeList.from_rows("x", resources.rows("codelists", "founding_stage.csv"))
    forms = {row["code"] for row in resources.rows("codelists", "paper_form.csv")}
    codes = [one.code for one in RULES.steps]
    assert codes == [one.code for one in stages.entries]
    for place, rule in enumerate(RULES.steps):
        assert set(rule.needs) <= set(codes[:place]) and set(rule.papers) <= forms
        assert rule.who and rule.does and rule.article and rule.usual_days > 0
    roles = {row["code"] for row in resources.rows("codelists", "candidate_role.csv")}
    posts = {row["code"] for row in resources.rows("codelists", "officer_post.csv")}
    assert set(founding.BODY_OF) == roles
    assert {code for code, body in founding.BODY_OF.items() if body is not Body.GROUP} <= posts


def test_one_step_is_next_and_late_once_its_day_has_passed() -> None:
    assert states({}, DAY) == "n.........."
    assert states(done(s1=0), DAY) == "dn........."
    assert states(done(s1=0), DAY + timedelta(14)) == "dn........."
    assert states(done(s1=0), DAY + timedelta(15)) == "d!........."
    # A day of its own counts before the usual one.
    told = {**done(s1=0), "2": StepTold(due_on=DAY + timedelta(40))}
    assert states(told, DAY + timedelta(40)) == "dn........."
    assert states(told, DAY + timedelta(41)) == "d!........."


def test_a_step_left_out_is_missed_and_a_paper_that_is_not_there_is_lacking() -> None:
    told = done(s1=0, s2=1, s4=9)
    assert states(told, DAY) == "dlmln......"
    assert states(told, DAY, "founding_group") == "ddmln......"
    told["4"] = StepTold(DAY, paper_no="样工〔2026〕3号")
    assert states(told, DAY, "founding_group") == "ddmdn......"
    everything = {one.code: StepTold(DAY, paper_no="1") for one in RULES.steps}
    assert states(everything, DAY + timedelta(900)) == "d" * 11
    assert founding.next_of(stand(RULES, everything, (), DAY, DAY)) is None


def test_a_step_before_the_one_it_needs_is_a_hint_with_its_article() -> None:
    (hint,) = order_hints(RULES, done(s1=0, s2=1, s3=2), "5", DAY)
    assert hint.key == "before" and hint.facts["need"] == "4" and hint.facts["article"]
    assert keys(order_hints(RULES, done(s1=0, s2=5), "3", DAY)) == ["day_before"]
    assert keys(order_hints(RULES, done(s4=0, s6=10), "7", DAY + timedelta(12))) == ["shown"]
    assert keys(order_hints(RULES, done(s4=0, s6=10), "7", DAY + timedelta(17))) == []
    assert keys(order_hints(RULES, {}, "7", None)) == []
    with pytest.raises(InvalidInput):
        RULES.step("12")


@pytest.mark.parametrize(
    ("kind", "members", "units", "found"),
    [
        (Kind.SINGLE, 25, 1, []),
        (Kind.SINGLE, 24, 1, ["may_all"]),
        (Kind.ORGANISER, 24, 1, []),
        (Kind.ORGANISER, 25, 1, ["should_committee"]),
        (Kind.JOINT, 24, 2, []),
        (Kind.JOINT, 30, 1, ["should_own", "joint_alone"]),
    ],
)
def test_what_the_law_says_to_the_kind(
    kind: Kind, members: int, units: int, found: list[str]
) -> None:
    assert keys(kind_hints(kind, members, units)) == found


def test_several_units_found_a_joint_union() -> None:
    founding.check_kind(Kind.JOINT, 2)
    founding.check_kind(Kind.SINGLE, 1)
    with pytest.raises(InvalidInput) as refused:
        founding.check_kind(Kind.SINGLE, 2)
    assert refused.value.field == "kind"


@pytest.mark.parametrize(
    ("one", "found"),
    [
        (Standing("甲", "1"), []),
        (Standing("甲", "3", "1"), ["barred"]),
        (Standing("甲", "5", "4"), ["barred"]),
        (Standing("王样", "3"), ["barred"]),
        (Standing("甲", "1", "6"), ["barred_chair"]),
        (Standing("甲", "3", "6"), []),
        (Standing("甲", "3", "", False), ["no_member"]),
        (Standing("王样", "22", "1", False), []),
    ],
)
def test_who_may_not_stand_is_a_hint(one: Standing, found: list[str]) -> None:
    assert keys(candidate_hints(one, "王样")) == found


def test_what_a_list_of_candidates_lacks() -> None:
    group = [Standing("甲", "21"), Standing("乙", "22")]
    assert keys(slate_hints(RULES, Kind.SINGLE, group, 12)) == ["group_size"]
    assert keys(slate_hints(RULES, Kind.SINGLE, [Standing("乙", "22")] * 3, 0)) == ["no_leader"]
    lone = [Standing("甲", "3")]
    assert keys(slate_hints(RULES, Kind.SINGLE, lone, 10)) == [
        "no_chair", "no_audit", "women_committee",
    ]  # fmt: skip
    whole = [Standing("甲", "1"), Standing("乙", "4"), Standing("丙", "8")]
    assert keys(slate_hints(RULES, Kind.SINGLE, whole, 9)) == []
    assert keys(slate_hints(RULES, Kind.ORGANISER, [Standing("甲", "9")], 0)) == []


@pytest.mark.parametrize(
    ("figures", "votes", "field"),
    [
        (Figures(0, 0, 3), {}, "due_count"),
        (Figures(20, 21, 3), {}, "present_count"),
        (Figures(20, 18, 3), {"甲": 19}, "votes"),
        (Figures(20, 18, 3, 19), {}, "ballots_out"),
        (Figures(20, 18, 3, 18, 19), {}, "ballots_back"),
        (Figures(20, 18, 3, 18, 17, 18), {}, "ballots_void"),
        (Figures(20, 18, 3, 18, 17, 1), {"甲": 17}, "votes"),
    ],
)
def test_numbers_that_cannot_be_are_refused_at_their_field(
    figures: Figures, votes: dict[str, int], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_figures(figures, votes)
    assert refused.value.field == field and refused.value.sentence().endswith("。")


def test_a_term_is_three_or_five_years() -> None:
    assert founding.check_term(5, DAY).ends_on == date(2031, 3, 2)
    with pytest.raises(InvalidInput) as refused:
        founding.check_term(4, DAY)
    assert refused.value.field == "term_years"


def test_each_body_is_elected_for_itself() -> None:
    figures = Figures(30, 24, 2)
    check_figures(figures, {"甲": 24})
    votes = [
        Vote("甲", "1", 24), Vote("乙", "3", 20), Vote("丙", "3", 17), Vote("丁", "4", 16),
        Vote("戊", "5", 15), Vote("己", "8", None), Vote("庚", "21", 24),
    ]  # fmt: skip
    found = results(figures, votes)
    assert found[Body.COMMITTEE].elected == ["甲", "乙"]
    assert found[Body.AUDIT].elected == ["丁"]
    assert Body.WOMEN not in found and Body.GROUP not in found
