import pytest

from organizer.domain.answers import parse_yes_no
from organizer.errors import InvalidInput


@pytest.mark.parametrize(
    "value", ["是", "√", "✔", "1", 1, 1.0, "有", "Y", "ｙ", " 是 ", "Yes", True, "TRUE"]
)
def test_yes(value: str | float | bool) -> None:
    assert parse_yes_no(value) is True


@pytest.mark.parametrize("value", ["否", "×", "0", 0, 0.0, "无", "N", "n", "没 有", "X", False])
def test_no(value: str | float | bool) -> None:
    assert parse_yes_no(value) is False


@pytest.mark.parametrize("value", [None, "", " ", "/", "—", "－"])
def test_nothing_written(value: str | None) -> None:
    assert parse_yes_no(value) is None


@pytest.mark.parametrize("value", ["不清楚", "2", 2, "○", "筹建中"])
def test_anything_else_is_refused(value: str | float) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_yes_no(value, field="is_migrant")
    assert (refused.value.code, refused.value.field) == ("answer.unknown", "is_migrant")
