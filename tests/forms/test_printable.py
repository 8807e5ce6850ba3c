import pytest

from organizer.errors import InvalidInput
from organizer.forms.fonts import FontSet
from organizer.forms.printable import check_printable


@pytest.mark.parametrize(
    ("text", "code", "codepoint"),
    [
        ("姜\U0003105c华", "form.missing_glyph", "U+3105C"),
        ("王☑", "form.missing_glyph", "U+2611"),
        ("王\ue863", "form.private_use", "U+E863"),
        ("王\U000f0000", "form.private_use", "U+F0000"),
        ("王\u200b明", "form.control_character", "U+200B"),
        ("王\t明", "form.control_character", "U+0009"),
        ("王\n明", "form.control_character", "U+000A"),
    ],
)
def test_what_cannot_print_is_refused_by_name(
    fonts: FontSet, text: str, code: str, codepoint: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_printable({"phone": "138", "name": text}, fonts, {"name": "姓名"})
    error = caught.value
    assert (error.code, error.field) == (code, "name")
    assert error.facts["label"] == "姓名"
    assert error.facts["codepoint"] == codepoint
    assert error.facts["character"] in text


def test_names_of_all_kinds_pass(fonts: FontSet) -> None:
    check_printable({"name": "王䶮𠮷㐂𬭎", "employer": "沈阳试样（集团）有限公司 A-1"}, fonts)
