import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.domain.employer_name import (
    CITIES,
    fold_name,
    inner_words,
    significant_words,
)


@pytest.mark.parametrize(
    "written",
    [
        "样禾五金有限公司",
        "沈阳样禾五金有限公司",
        "沈阳市样禾五金（辽宁）有限责任公司",
        "样禾五金（沈阳）有限公司",
        "辽宁省沈阳市样禾 五金股份有限公司",
        "样禾五金",
    ],
)
def test_ways_to_write_one_name_fold_alike(written: str) -> None:
    assert fold_name(written) == "样禾五金"


def test_a_branch_is_not_its_parent() -> None:
    assert fold_name("沈阳样禾有限公司铁西分公司") == "样禾铁西分公司"
    assert fold_name("沈阳样禾有限公司") != fold_name("沈阳样禾有限公司铁西分公司")


@pytest.mark.parametrize("name", ["朝阳街面馆", "大连路样禾超市"])
def test_a_street_named_after_a_city_stays_in_the_name(name: str) -> None:
    assert fold_name(name) == name


def test_brackets_and_width_do_not_matter_but_their_words_do() -> None:
    assert fold_name("样禾（集团）Ａ１") == fold_name("样禾(集团)a1") == "样禾集团a1"


@pytest.mark.parametrize("name", ["沈阳公司", "朝阳", "公司"])
def test_a_name_of_nothing_but_place_and_form_stays(name: str) -> None:
    assert fold_name(name) == name


@given(st.text(st.sampled_from("样禾五金沈阳市辽宁省有限责任公司分集团（）()· a1"), max_size=14))
def test_a_readable_name_never_folds_to_nothing(name: str) -> None:
    assert bool(fold_name(name)) == any(char.isalnum() for char in name)
    assert bool(significant_words(name)) == any(char.isalnum() for char in name)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("辽宁样禾五金商店（集团）有限公司", ("样禾五金",)),
        ("样禾商店", ("样禾",)),
        ("沈阳样禾有限公司铁西分公司", ("样禾", "铁西")),
        ("公司", ("公司",)),
        ("商店 超市", ("商店", "超市")),
    ],
)
def test_words_of_company_form_are_left_out_when_others_stand(
    name: str, words: tuple[str, ...]
) -> None:
    assert significant_words(name) == words


def test_there_are_fourteen_cities() -> None:
    assert len(set(CITIES)) == 14


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("沈阳市铁西区样禾五金有限公司", ("铁西区样禾五金", "样禾五金")),
        ("样禾五金（工人村店）", ("工人村店",)),
        ("新民市大民屯镇样禾合作社", ("大民屯镇样禾合作社", "样禾合作社")),
        ("沈阳经济技术开发区样禾热电有限公司", ("样禾热电",)),
        ("沈阳市小商品市场", ("小商品市场",)),
        ("工人村街道总工会", ("总工会",)),
        ("样禾五金有限公司", ()),
        ("沈阳市", ()),
    ],
)
def test_a_name_is_typed_from_behind_its_places_and_brackets(
    name: str, words: tuple[str, ...]
) -> None:
    assert inner_words(name) == words
