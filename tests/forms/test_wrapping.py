from hypothesis import given
from hypothesis import strategies as st

from organizer.forms.wrapping import wrap

WORDS = st.text(alphabet="我自愿加入工会，。、（）《》「」“”A1·＿ ", max_size=60)


def columns(text: str) -> float:
    """Two columns a full-width character, one a Latin letter or digit."""
    return sum(1 if character.isascii() else 2 for character in text)


@given(text=WORDS, width=st.integers(min_value=2, max_value=40))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = wrap(text, width, columns)
    assert "".join(lines) == text
    assert all(line and columns(line) <= width for line in lines)


@given(
    words=st.lists(
        st.sampled_from(["我自愿，", "（工会）", "加入。", "2026年", "实现"]), max_size=30
    )
)
def test_no_line_begins_or_ends_with_a_forbidden_mark(words: list[str]) -> None:
    lines = wrap("".join(words), 16, columns)
    assert not any(line[0] in "，。）" for line in lines)
    assert not any(line[-1] in "（" for line in lines[:-1])


def test_a_mark_takes_its_character_along() -> None:
    assert wrap("我自愿加入，", 10, columns) == ["我自愿加", "入，"]


def test_a_number_is_not_broken() -> None:
    assert wrap("电话13800245678号", 14, columns) == ["电话", "13800245678号"]


def test_a_word_wider_than_the_line_is_cut() -> None:
    assert wrap("A" * 25, 10, columns) == ["A" * 10, "A" * 10, "A" * 5]
