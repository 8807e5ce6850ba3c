"""Visits, rounds, access, facts, ids and sign-ups: the rules in one line each."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.domain import ids
from organizer.domain.access import Permission, Role, covers, grants
from organizer.domain.fact import Fact, larger_than_whole, newest
from organizer.domain.round import Round, check_span
from organizer.domain.signup import Typed, read_applicant
from organizer.domain.visit import Outcome, check_day, operating_state, parse_outcome
from organizer.errors import InvalidInput

TODAY = date(2026, 11, 20)
BORN_1995 = "21990019950817322"


def applicant(**typed: str) -> dict[str, object]:
    found = read_applicant(Typed(**typed), today=TODAY, known_areas=frozenset(), pua={})
    return {**found.values, "notes": [note.code for note in found.notes]}


def with_check(body: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


@pytest.mark.parametrize("text", ["0", "8", "", "已访"])
def test_an_unknown_outcome_is_refused_with_the_list(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_outcome(text)
    assert "7 新增" in refused.value.sentence()


def test_nobody_at_home_shows_no_operating_state() -> None:
    assert operating_state(Outcome.NOBODY) is None
    assert operating_state(Outcome.CLOSED) == "closed"


def test_a_visit_lies_neither_ahead_nor_before_its_round() -> None:
    assert check_day(TODAY, today=TODAY, round_starts=TODAY) == TODAY
    for day, starts in ((date(2026, 11, 21), None), (date(2026, 8, 1), date(2026, 9, 1))):
        with pytest.raises(InvalidInput):
            check_day(day, today=TODAY, round_starts=starts)


def test_a_round_ends_after_it_begins() -> None:
    check_span(TODAY, None)
    with pytest.raises(InvalidInput):
        check_span(TODAY, date(2026, 11, 19))
    assert not Round(b"", "", TODAY, TODAY).holds(date(2026, 11, 21))


def test_roles_hold_what_they_are_for() -> None:
    assert not grants(Role.COLLECTOR, Permission.EXPORT)
    assert not grants(Role.ADMINISTRATOR, Permission.AUDIT)
    assert grants(Role.AUDITOR, Permission.AUDIT)


def test_a_scope_covers_what_lies_below_it() -> None:
    assert covers("210106", "210106003001")
    assert covers("", "210106")
    assert not covers("210106003", "210106004001")


RANKS = {"spoken": 40, "tax": 30}


def fact(on: str, source: str, identity: bytes = b"") -> Fact:
    return Fact(identity, "staff_total", "1", source, on)


def test_last_years_tax_list_never_hides_yesterdays_visit() -> None:
    visit, tax = fact("2026-11-19", "spoken"), fact("2025-12-31", "tax")
    assert newest([tax, visit], RANKS) == visit
    assert newest([fact("2026-11-19", "tax"), visit], RANKS) == visit


@given(st.permutations([fact("2026-01-01", "tax", b"a"), fact("2026-01-01", "tax", b"b")]))
def test_the_fact_shown_does_not_depend_on_their_order(facts: list[Fact]) -> None:
    assert newest(facts, RANKS).id == b"b"


def test_ids_of_people_follow_time_and_ids_of_paths_do_not_change() -> None:
    assert ids.new_id(1) < ids.new_id(2)
    assert ids.new_id(1)[6] >> 4 == 7
    assert ids.derived_id("division", "210106").hex() == ids.derived_id("division", "210106").hex()
    assert ids.derived_id("a", "bc") != ids.derived_id("ab", "c")


@given(st.lists(st.integers(min_value=0, max_value=2**40), min_size=2, max_size=20))
def test_hybrid_time_never_stands_still(instants: list[int]) -> None:
    clock = ids.HybridClock()
    times = [clock.tick(now) for now in instants]
    assert times == sorted(set(times))


def test_an_id_number_tells_sex_and_birthday() -> None:
    found = applicant(name="王䶮", id_number=with_check(BORN_1995), phone="13800245678")
    assert (found["sex"], found["born_on"], found["paper_kind"]) == (
        "2",
        "1995-08-17",
        "resident_id",
    )
    assert found["notes"] == []


@pytest.mark.parametrize("born", ["20101121", "20111119"])
def test_nobody_under_sixteen_joins(born: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        applicant(name="张样", id_number=with_check(f"219900{born}123"), phone="13800245678")
    assert "不满16周岁" in refused.value.sentence()


@pytest.mark.parametrize(
    ("born", "told"), [("20101120", True), ("20081121", True), ("20081120", False)]
)
def test_under_eighteen_is_told(born: str, told: bool) -> None:
    found = applicant(name="张样", id_number=with_check(f"219900{born}123"), phone="13800245678")
    assert found["notes"] == (["signup.minor"] if told else [])


def test_without_an_id_number_a_phone_is_needed_and_the_registry_is_out_of_reach() -> None:
    assert applicant(name="孙样", phone="13800245678")["notes"] == ["signup.no_id_number"]
    with pytest.raises(InvalidInput) as refused:
        applicant(name="孙样")
    assert refused.value.field == "phone"


@pytest.mark.parametrize(
    ("answered", "known", "odd"),
    [
        ({"staff_total": "1", "staff_women": "14"}, {}, {"staff_women": "staff_total"}),
        ({"staff_women": "14"}, {"staff_total": "12"}, {"staff_women": "staff_total"}),
        ({"staff_women": "14"}, {"staff_total": "14"}, {}),
        ({"staff_women": "14"}, {}, {}),
        ({"staff_total": "20"}, {"staff_women": "30"}, {}),
        ({"staff_total": "zwölf", "staff_women": "14"}, {}, {}),
        (
            {"registered_members": "9", "member_count": "8"},
            {"staff_total": "3"},
            {"registered_members": "member_count"},
        ),
    ],
)
def test_a_part_larger_than_its_whole_is_noticed(
    answered: dict[str, str], known: dict[str, str], odd: dict[str, str]
) -> None:
    assert larger_than_whole(answered, known) == odd
