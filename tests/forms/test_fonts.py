import subprocess
import sys

import pytest

from organizer.errors import InvalidInput
from organizer.forms.fonts import FontSet
from organizer.forms.pdf import to_unicode_cmap

# GB 18030-2022 level 3 by blocks: URO, Ext A, B, C, D, E, F and twelve in the compatibility block.
LEVEL_3 = [
    *range(0x4E00, 0x9FF0),
    *range(0x3400, 0x4DB6),
    *range(0x20000, 0x2A6D7),
    *range(0x2A700, 0x2B735),
    *range(0x2B740, 0x2B81E),
    *range(0x2B820, 0x2CEA2),
    *range(0x2CEB0, 0x2EBE1),
    *(0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14, 0xFA1F),
    *(0xFA21, 0xFA23, 0xFA24, 0xFA27, 0xFA28, 0xFA29),
]


def test_every_hanzi_of_gb18030_level_3_has_an_outline(fonts: FontSet) -> None:
    song, rare, _ = (face.font.face for face in fonts.chain("song"))
    without = []
    for code in LEVEL_3:
        face = song if code in song.charToGlyph else rare
        glyph = face.charToGlyph.get(code, 0)
        if not glyph or face.glyphPos[glyph + 1] <= face.glyphPos[glyph]:
            without.append(hex(code))
    assert len(LEVEL_3) == 87_887
    assert without == []


@pytest.mark.parametrize("style", ["song", "song-bold", "hei", "hei-bold"])
def test_a_name_is_split_by_the_font_that_draws_it(fonts: FontSet, style: str) -> None:
    name = "王䶮𠮷㐂𬭎\U00030edd明"
    runs = fonts.runs(name, style)
    assert "".join(part for _, part in runs) == name
    assert all(face.font.draws(character) for face, part in runs for character in part)
    assert runs[0][0] is fonts.chain(style)[0]
    assert "rare" in {face.name for face, _ in runs}


def test_ordinary_text_is_one_run_and_leaves_the_rare_font_unread() -> None:
    fresh = FontSet()
    assert [(face.name, part) for face, part in fresh.runs("王小明", "song")] == [
        ("song", "王小明")
    ]
    read = {face.name for face in fresh.chain("song") if "font" in vars(face)}
    assert read == {"song"}


def test_missing_characters_come_once_and_in_order(fonts: FontSet) -> None:
    assert fonts.missing_characters("姜\U0003105c华\U0002ebf0\U0003105c") == (
        "\U0003105c",
        "\U0002ebf0",
    )
    assert fonts.missing_characters("阿卜杜热西提·阿卜杜拉 Ⅲ级（A）") == ()


def test_a_run_never_hides_a_missing_character(fonts: FontSet) -> None:
    with pytest.raises(InvalidInput) as caught:
        fonts.runs("姜\U0003105c华", "song")
    assert caught.value.facts["codepoint"] == "U+3105C"


def test_a_full_width_character_is_as_wide_as_the_size(fonts: FontSet) -> None:
    assert fonts.width("王䶮𠮷", "song", 72) == pytest.approx(3 * 25.4)


def test_faces_have_names_of_their_own(fonts: FontSet) -> None:
    faces = [fonts.chain(style)[0] for style in ("song", "song-bold", "hei", "hei-bold")]
    faces.append(fonts.chain("song")[1])
    assert len({face.font.face.name for face in faces}) == 5


def test_map_back_to_text_uses_surrogates_and_short_blocks() -> None:
    cmap = to_unicode_cmap("Sample", [0, *range(0x4E00, 0x4E00 + 150), 0x20BB7])
    assert "<97> <D842DFB7>" in cmap
    assert "20BB7" not in cmap
    assert "<00> <0000>" not in cmap
    assert "100 beginbfchar" in cmap and "51 beginbfchar" in cmap


def test_the_package_alone_does_not_load_the_pdf_library() -> None:
    check = "import sys, organizer.forms; sys.exit('reportlab' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
