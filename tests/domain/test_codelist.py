from pathlib import Path

import pytest

from organizer import resources
from organizer.domain.codelist import TITLES, CodeList
from organizer.errors import InvalidInput


def load(name: str) -> CodeList:
    synonyms = resources.rows("codelists", "synonyms.csv")
    return CodeList.from_rows(name, resources.rows("codelists", f"{name}.csv"), synonyms)


@pytest.mark.parametrize("name", TITLES)
def test_every_list_has_distinct_codes_known_parents_and_a_version(name: str) -> None:
    codes = load(name)
    found = [entry.code for entry in codes.entries]
    assert found
    assert len(found) == len(set(found))
    assert all(entry.label and entry.version for entry in codes.entries)
    for entry in codes.entries:
        assert not entry.parent or entry.parent in codes
        assert not entry.same_as or codes.entry(entry.same_as).same_as == entry.code


@pytest.mark.parametrize("name", TITLES)
def test_the_short_list_has_one_entry_per_place_and_leads_the_full_one(name: str) -> None:
    codes = load(name)
    places = [entry.order for entry in codes.short_list() if entry.order is not None]
    assert len(places) == len(set(places))
    assert codes.offered()[: len(codes.short_list())] == codes.short_list()
    assert len(codes.offered()) == len(codes.entries)


def test_the_files_and_the_titles_name_the_same_lists() -> None:
    others = {"synonyms", "header_synonyms", "gbk_pua_to_standard"}
    files = {Path(file).stem for file in resources.path("codelists").glob("*.csv")}
    assert files - others == set(TITLES)


def test_every_synonym_points_to_a_code_and_hides_no_label() -> None:
    lists = {name: load(name) for name in TITLES}
    for row in resources.rows("codelists", "synonyms.csv"):
        codes = lists[row["list"]]
        assert row["code"] in codes, row
        match = codes.code_of(row["written"])
        assert row["code"] in match.candidates, row
        assert match.kind == ("ask" if row["ask"] else "synonym"), row


def test_a_synonym_with_several_codes_always_asks() -> None:
    for name in TITLES:
        for word, (codes, ask) in load(name).synonyms.items():
            assert ask or len(codes) == 1, (name, word)


@pytest.mark.parametrize(
    ("name", "count"), [("ethnic", 58), ("education", 40), ("political", 13), ("industry", 1971)]
)
def test_the_lists_are_as_long_as_their_standards(name: str, count: int) -> None:
    assert len(load(name).entries) == count


def test_industry_has_its_four_levels() -> None:
    industry = load("industry")
    lengths = [len(entry.code) for entry in industry.entries if entry.code.isdigit()]
    assert len(industry.children("")) == 20
    assert [lengths.count(length) for length in (2, 3, 4)] == [97, 473, 1381]
    assert [entry.code for entry in industry.ancestors("0111")] == ["011", "01", "A"]


@pytest.mark.parametrize(
    ("name", "written", "code"),
    [
        ("ethnic", "汉", "01"),
        ("ethnic", "满族", "11"),
        ("sex", "男", "1"),
        ("sex", "2", "2"),
        ("education", "高中", "61"),
        ("employment_state", "待（下）岗", "2"),
        ("political", "群 众", "13"),
        ("group", "货车司机", "H1"),
        ("industry", "房地产业", "K"),
        ("industry", "5212", "5212"),
    ],
)
def test_labels_short_labels_and_standard_codes_are_exact(
    name: str, written: str, code: str
) -> None:
    match = load(name).code_of(written)
    assert (match.code, match.kind) == (code, "exact")


@pytest.mark.parametrize(
    ("name", "written", "code"),
    [
        ("political", "党员", "01"),
        ("political", "民革会员", "04"),
        ("political", "中国共产主义青年团团员", "03"),
        ("education", "专科", "31"),
        ("household_kind", "居民", "1"),
        ("employment_state", "离岗", "7"),
        ("group", "骑手", "N4"),
        ("unit_nature", "民企", "150"),
        ("econ_type", "个体户", "175"),
        ("industry", "交通运输、仓储及邮政业", "G"),
    ],
)
def test_what_people_write_is_understood(name: str, written: str, code: str) -> None:
    match = load(name).code_of(written)
    assert (match.code, match.kind) == (code, "synonym")


def test_a_word_that_leaves_a_choice_is_asked_about() -> None:
    match = load("political").code_of("民主党派")
    assert match.kind == "ask"
    assert match.candidates == ("04", "05", "06", "07", "08", "09", "10", "11")
    assert load("group").code_of("导购").kind == "ask"


def test_a_digit_of_an_own_list_is_never_trusted() -> None:
    # Another system's 2 may be something else.
    assert load("engagement").code_of("2").kind == "ask"


def test_the_same_group_is_found_under_both_names() -> None:
    group = load("group")
    assert group.entry("H6").same_as == "N4"
    assert group.entry(group.entry("N1").same_as).label == "货车司机"


def test_two_entries_of_one_label_that_are_not_the_same_thing_are_asked_about() -> None:
    rows = [{"code": "1", "label": "分会"}, {"code": "2", "label": "分会"}]
    match = CodeList.from_rows("union_type", rows).code_of("分会")
    assert (match.kind, match.candidates) == ("ask", ("1", "2"))


def test_a_retired_entry_keeps_its_label_but_is_not_offered() -> None:
    rows = [{"code": "1", "label": "甲"}, {"code": "2", "label": "乙", "retired": "2026-01"}]
    codes = CodeList.from_rows("sex", rows)
    assert codes.label("2") == "乙"
    assert [entry.code for entry in codes.offered()] == ["1"]


def test_an_unknown_word_names_the_list_the_value_and_the_field() -> None:
    with pytest.raises(InvalidInput) as caught:
        load("ethnic").code_of("火星族", field="民族列")
    assert caught.value.code == "codelist.unknown"
    assert caught.value.field == "民族列"
    assert caught.value.facts == {"value": "火星族", "list": "民族"}


@pytest.mark.parametrize("written", ["", "　"])
def test_nothing_is_not_a_code(written: str) -> None:
    with pytest.raises(InvalidInput):
        load("sex").code_of(written)


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        load("sex").label("7")
    assert caught.value.code == "codelist.no_code"
