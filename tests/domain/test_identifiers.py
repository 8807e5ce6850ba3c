"""Typed codes are cleaned with notes, damaged cells refused, and every sentence exists."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

import organizer.domain.identifiers
from organizer import resources
from organizer.domain.identifiers import (
    clean_code,
    code_from_cell,
    parse_spreadsheet_id,
    refuse_damaged_number,
    shortlist,
    single_edits,
)
from organizer.errors import InvalidInput

MODULES = ("resident_id", "uscc", "phone", "other_paper", "person_name", "identifiers")
AREAS = "id uscc registration phone paper name"


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("２１９９", "id.fullwidth"),
        ("2 1 99", "id.spaces"),
        ("2199\t", "id.spaces"),
        ("\u202d2199\u202c", "id.spaces"),
        ("\u300021\u00a099", "id.spaces"),
        ("'2199", "id.apostrophe"),
        ("’2199", "id.apostrophe"),
        ("21-99", "id.hyphens"),
        ("21–99", "id.hyphens"),
    ],
)
def test_each_kind_of_dirt_is_removed_with_its_note(typed: str, note: str) -> None:
    cleaned = clean_code(typed, "id")
    assert cleaned.text == "2199"
    assert note in [n.code for n in cleaned.notes]


def test_clean_text_gives_no_note() -> None:
    assert clean_code("2199", "id").notes == ()


@pytest.mark.parametrize(
    "value",
    [
        210102199003074514,
        2.10102199003074e17,
        2101021990030745.0,
        -210102199003074514,
        10**15,
        float("nan"),
        float("inf"),
        "2.10102E+17",
        " 2.10102199003074e+17 ",
        "２.１E+17",
        "1.38123E+10",
    ],
)
def test_a_number_cut_by_a_spreadsheet_is_refused(value: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        refuse_damaged_number(value, "registration_no")
    assert refused.value.code == "id.damaged_number"
    assert refused.value.field == "registration_no"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("210102199003074514", "210102199003074514"),
        (210102900307451, "210102900307451"),
        (13812345678.0, "13812345678"),
        (None, ""),
        ("E12345678", "E12345678"),
        ("5E12", "5E12"),
    ],
)
def test_other_cells_keep_their_text(value: object, text: str) -> None:
    assert code_from_cell(value, "phone") == text


def test_a_damaged_id_cell_is_shown_at_the_id() -> None:
    assert parse_spreadsheet_id("219900199003074516") == "219900199003074516"
    with pytest.raises(InvalidInput) as refused:
        parse_spreadsheet_id(2.10102199003074e17)
    assert refused.value.field == "id_number"


def test_single_edits_are_all_different_and_ranked() -> None:
    edits = list(single_edits("1103", "0123456789"))
    codes = [code for _, code in edits]
    assert len(codes) == len(set(codes)) == 2 + 4 * 9
    assert {rank for rank, code in edits if code in ("1013", "1130")} == {0}
    assert (1, "7103") in edits
    assert (1, "1109") in edits
    assert (2, "9103") in edits


def test_a_rank_that_does_not_fit_is_left_out_whole() -> None:
    many = [(2, str(n)) for n in range(5)]
    assert shortlist([(1, "b"), (0, "a"), *many]) == ("a", "b")
    assert shortlist(many) == ("0", "1", "2", "3", "4")
    assert shortlist([*many, (2, "5")]) == ()


def _error_sentences() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(resources.path("texts", "errors.toml").read_text(encoding="utf-8"))


def _codes(call: str) -> set[str]:
    """The codes that follow a call in the sources of the identifiers."""
    folder = Path(organizer.domain.identifiers.__file__).parent
    sources = "".join((folder / f"{name}.py").read_text(encoding="utf-8") for name in MODULES)
    areas = AREAS.replace(" ", "|")
    if call == "note":
        pattern = rf'(?:Note\(\s*|^    \()"((?:{areas})\.[a-z_]+)"'
        return set(re.findall(pattern, sources, re.MULTILINE))
    return set(re.findall(rf'"((?:{areas})\.[a-z_]+)"', sources)) - _codes("note")


def test_every_error_code_has_a_sentence_that_says_what_to_do() -> None:
    sentences = _error_sentences()
    codes = _codes("error") | {"name.private_use"}
    assert len(codes) > 35
    for code in codes:
        area, _, name = code.partition(".")
        assert "请" in sentences[area][name], code


def test_every_note_code_has_a_sentence() -> None:
    cleaning = {
        f"{area}.{dirt}"
        for area in ("id", "uscc", "registration", "paper")
        for dirt in ("fullwidth", "spaces", "apostrophe", "hyphens")
    }
    facts = dict.fromkeys(
        ("area", "department", "typed", "number", "count", "name", "codepoint", "character"), "…"
    )
    codes = _codes("note") | cleaning
    assert len(codes) > 25
    for code in codes:
        assert resources.sentence("notes", code, facts)
