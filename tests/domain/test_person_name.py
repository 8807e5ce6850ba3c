"""Names stay as they stand on the card; what was changed is told, what cannot be is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer import resources
from organizer.domain.person_name import parse_name, pua_table, surname
from organizer.errors import InvalidInput

PUA = {"\ue863": "䶮", "\ue816": "𠂇"}


def refused(text: str) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        parse_name(text, pua=PUA)
    assert caught.value.field == "name"
    return caught.value


@pytest.mark.parametrize(
    "name",
    [
        "张三",
        "欧阳修文",
        "古丽·买买提",
        "𠮷田",
        "㛃䶮",
        "〇一",
        "\U00030edd三",
        "冮一",
        "王" * 25,
        "阿卜杜热合曼·" * 7 + "玉",
        "王" * 50,
    ],
)
def test_a_name_as_on_the_card_is_kept_as_it_is(name: str) -> None:
    found = parse_name(name, pua=PUA)
    assert (found.name, found.notes) == (name, ())


@pytest.mark.parametrize("mark", "•‧∙．.・")
def test_every_interpunct_becomes_the_standard_one_and_is_told(mark: str) -> None:
    found = parse_name(f"古丽{mark}买买提", pua=PUA)
    assert found.name == "古丽\u00b7买买提"
    assert [note.code for note in found.notes] == ["name.interpunct"]
    assert found.notes[0].facts == {"typed": f"古丽{mark}买买提", "name": "古丽·买买提"}


def test_several_interpuncts_with_blanks_around_them() -> None:
    found = parse_name("阿布 • 古丽 · 买买提", pua=PUA)
    assert found.name == "阿布·古丽·买买提"
    assert [note.code for note in found.notes] == ["name.interpunct", "name.spaces"]


@pytest.mark.parametrize(
    "typed", ["王 芳", "王　芳", " 王   芳 ", "王\u00a0芳", "王\t芳", "王芳　"]
)
def test_alignment_blanks_go_and_are_told(typed: str) -> None:
    found = parse_name(typed, pua=PUA)
    assert found.name == "王芳"
    assert [note.code for note in found.notes] == ["name.spaces"]


def test_invisible_characters_go_and_are_told() -> None:
    found = parse_name("\ufeff王\u200b芳", pua=PUA)
    assert found.name == "王芳"
    assert [note.code for note in found.notes] == ["name.invisible"]


def test_private_characters_of_old_systems_are_mapped_and_told() -> None:
    found = parse_name("王\ue863", pua=PUA)
    assert found.name == "王䶮"
    (note,) = found.notes
    assert (note.code, note.facts) == (
        "name.private_use",
        {"codepoint": "U+E863", "character": "䶮"},
    )


@pytest.mark.parametrize(
    ("character", "codepoint"),
    [
        ("\ue000", "U+E000"),
        ("\uf8ff", "U+F8FF"),
        ("\U000f0001", "U+F0001"),
        ("\U00100000", "U+100000"),
    ],
)
def test_an_unknown_private_character_is_refused_by_its_code_point(
    character: str, codepoint: str
) -> None:
    error = refused("王" + character)
    assert (error.code, error.facts["codepoint"]) == ("name.private_use", codepoint)


@pytest.mark.parametrize(
    ("typed", "characters"),
    [
        ("王?", "?"),
        ("王？", "？"),
        ("王*芳", "*"),
        ("王\ufffd", "\ufffd"),
        ("王\x00芳", "U+0000"),
        ("王\x1b芳", "U+001B"),
        ("王\n芳", "U+000A"),
        ("王\ud83d", "U+D83D"),
        ("王LONG", "LONG"),
        ("王 long", "long"),
        ("王(王+乐)", "(+)"),
        ("张三1", "1"),
        ("⽂玉", "⽂"),
        ("·王芳", "·"),
        ("王··芳", "·"),
        ("?", "?"),
        ("Иван", "Иван"),
    ],
)
def test_what_cannot_stand_on_a_card_is_refused(typed: str, characters: str) -> None:
    error = refused(typed)
    assert error.code == "name.not_as_on_card"
    assert error.facts["characters"] == characters


@pytest.mark.parametrize("typed", ["", " ", "\u3000", "\u200b"])
def test_an_empty_name_is_refused(typed: str) -> None:
    assert refused(typed).code == "name.empty"


def test_length_is_counted_in_characters_not_in_utf_16() -> None:
    assert parse_name("𠮷" * 50, pua=PUA).name == "𠮷" * 50
    error = refused("𠮷" * 51)
    assert (error.code, error.facts["length"]) == ("name.too_long", 51)


@pytest.mark.parametrize("name", ["JOHN SMITH", "Müller-Lüdenscheidt, J.", "O'Brien", "NGUYỄN VĂN"])
def test_latin_names_of_foreigners_pass_with_a_note(name: str) -> None:
    found = parse_name(name, pua=PUA)
    assert found.name == name
    assert [note.code for note in found.notes] == ["name.latin_only"]


def test_the_bundled_table_maps_the_private_characters_of_gbk() -> None:
    table = pua_table(resources.rows("codelists", "gbk_pua_to_standard.csv"))
    assert len(table) == 80
    assert parse_name("王\ue863", pua=table).name == "王䶮"
    assert parse_name("王\ue81e", pua=table).name == "王\u9fb4"


@pytest.mark.parametrize(
    ("name", "expected"), [("张三丰", "张"), ("欧阳锋", "欧阳"), ("欧阳", "欧"), ("𠮷田", "𠮷")]
)
def test_surnames(name: str, expected: str) -> None:
    assert surname(name) == expected


hanzi = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF) | st.characters(
    min_codepoint=0x20000, max_codepoint=0x2A6DF
)


@given(st.lists(st.text(hanzi, min_size=1, max_size=8), min_size=1, max_size=4))
def test_any_hanzi_name_survives_and_a_second_reading_changes_nothing(parts: list[str]) -> None:
    found = parse_name("．".join(parts), pua=PUA)
    assert found.name == "·".join(parts)
    again = parse_name(found.name, pua=PUA)
    assert (again.name, again.notes) == (found.name, ())
