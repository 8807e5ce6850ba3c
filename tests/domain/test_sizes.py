"""Bands of head counts, and sizes estimated from them."""

import pytest

from organizer import resources
from organizer.domain import fact, scale, staff_band
from organizer.domain.scale import Scale


@pytest.mark.parametrize(
    ("staff", "band"),
    [
        (0, "-9"), (9, "-9"), (10, "10-24"), (24, "10-24"), (25, "25-99"), (99, "25-99"),
        (100, "100-199"), (199, "100-199"), (200, "200-"), (999999, "200-"),
    ],
)  # fmt: skip
def test_every_head_count_is_in_one_band(staff: int, band: str) -> None:
    assert staff_band.band(staff) == band


@pytest.mark.parametrize(
    ("staff", "industry", "size"),
    [
        (1000, ("1310", "131", "13", "C"), Scale.LARGE),
        (999, ("C",), Scale.MEDIUM),
        (19, ("C",), Scale.MICRO),
        (20, ("51", "F"), Scale.MEDIUM),
        (4, ("51", "F"), Scale.MICRO),
        (50, ("52", "F"), Scale.MEDIUM),
        (99, ("61", "H"), Scale.SMALL),
        (300, ("7020", "702", "70", "K"), Scale.MEDIUM),
        (10, ("80", "O"), Scale.SMALL),
        # Revenue and assets alone decide, or the branch is too coarse to tell.
        (5000, ("A",), None),
        (5000, ("47", "E"), None),
        (5000, ("7010", "701", "70", "K"), None),
        (50, ("F",), None),
        (50, ("",), None),
    ],
)
def test_sizes_follow_the_staff_of_the_industry(
    staff: int, industry: tuple[str, ...], size: Scale | None
) -> None:
    assert scale.estimate(staff, industry) == size


def test_every_field_has_a_title_and_one_block() -> None:
    texts = resources.toml("texts", "fields.toml")
    assert len(set(fact.FIELDS)) == len(fact.FIELDS)
    assert set(fact.FIELDS) <= set(texts["fact"])
    assert set(texts["also"].values()) <= set(fact.FIELDS)
    groups = {row["code"] for row in resources.rows("codelists", "group.csv") if not row["same_as"]}
    eight = {f"H{number}" for number in range(1, 9)}
    assert {name.removeprefix("group_").upper() for name in fact.GROUPS} == eight | groups


def test_parts_are_compared_with_their_whole_and_large_counts_are_asked_about() -> None:
    told = {"member_women": "9", "group_h2": "50", "staff_insured": "80"}
    known = {"member_count": "8", "staff_total": "40"}
    odd = fact.larger_than_whole(told, known)
    assert odd == {"member_women": "member_count", "group_h2": "staff_total"}
    assert fact.uncommonly_many({"staff_total": "9999", "member_count": "10000"}) == (
        "member_count",
    )
