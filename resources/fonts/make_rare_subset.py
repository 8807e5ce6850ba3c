"""Make `OrganizerRareHan.ttf`: the hanzi of personal names that Noto Serif SC lacks, and no more.

Run once when a source font changes; the product ships the result, not the sources:

    python resources/fonts/make_rare_subset.py --serif NotoSerifSC_400Regular.ttf \
        --hana HanaMinB.ttf --wenkai LXGWWenKai-Regular.ttf --out OrganizerRareHan.ttf

Same inputs and same fontTools give the same bytes: time stamps are fixed, hints and layout tables
are dropped. Repertoire: GB 18030-2022 level 3 (87,887 hanzi, which holds all 8,105 of the
通用规范汉字表) from HanaMinB; of the later extensions whatever LXGW WenKai draws, U+30EDD among it.
"""

import argparse
from collections.abc import Iterable
from pathlib import Path

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._n_a_m_e import table__n_a_m_e

NAME = "OrganizerRareHan"
# Seconds since 1904-01-01, the epoch of the head table: 2026-01-01 00:00 UTC.
FIXED_TIME = 3_850_070_400

LEVEL_3 = (
    (0x4E00, 0x9FEF),
    (0x3400, 0x4DB5),
    (0x20000, 0x2A6D6),
    (0x2A700, 0x2B734),
    (0x2B740, 0x2B81D),
    (0x2B820, 0x2CEA1),
    (0x2CEB0, 0x2EBE0),
)
# The twelve unified ideographs that sit in the compatibility block.
LEVEL_3_SINGLE = (
    *(0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14, 0xFA1F),
    *(0xFA21, 0xFA23, 0xFA24, 0xFA27, 0xFA28, 0xFA29),
)
LATER = (
    (0x4DB6, 0x4DBF),
    (0x9FF0, 0x9FFF),
    (0x2A6D7, 0x2A6DF),
    (0x2B735, 0x2B739),
    (0x2EBF0, 0x2EE5D),
    (0x30000, 0x33479),
)
COPYRIGHT = (
    "Rare hanzi of HanaMinB, (c) 2008-2011 GlyphWiki Project, "
    "and of LXGW WenKai, (c) 2021-2023 LXGW, (c) 2020 The Klee Project Authors"
)
LICENCE = "This Font Software is licensed under the SIL Open Font License, Version 1.1."


def code_points(ranges: Iterable[tuple[int, int]]) -> set[int]:
    """All code points of inclusive ranges."""
    return {code for first, last in ranges for code in range(first, last + 1)}


def reduced(path: Path, wanted: set[int]) -> TTFont:
    """The font with outlines of `wanted` only: no hints, no layout, no vertical metrics."""
    font = TTFont(path, recalcTimestamp=False)
    options = Options(
        hinting=False,
        layout_features=[],
        glyph_names=False,
        notdef_outline=True,
        drop_tables=["BASE", "GDEF", "GPOS", "GSUB", "FFTM", "vhea", "vmtx", "gasp", "STAT"],
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    return font


def add_glyphs(target: TTFont, source: TTFont) -> None:
    """Copy every mapped glyph of `source` into `target`, scaled to its units per em."""
    scale = target["head"].unitsPerEm / source["head"].unitsPerEm
    glyphs = source.getGlyphSet()
    order = target.getGlyphOrder()
    cmap = {}
    for code, source_name in sorted(source.getBestCmap().items()):
        recording = DecomposingRecordingPen(glyphs)
        glyphs[source_name].draw(recording)
        pen = TTGlyphPen(None)
        recording.replay(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
        bounds = BoundsPen(None)
        recording.replay(bounds)
        name = f"u{code:X}.k"
        order.append(name)
        target["glyf"].glyphs[name] = pen.glyph()
        left = round(bounds.bounds[0] * scale) if bounds.bounds else 0
        target["hmtx"][name] = (round(glyphs[source_name].width * scale), left)
        cmap[code] = name
    target.setGlyphOrder(order)
    target["glyf"].setGlyphOrder(order)
    target["maxp"].numGlyphs = len(order)
    for table in target["cmap"].tables:
        if table.format == 12:
            table.cmap.update(cmap)


def rename(font: TTFont) -> None:
    """Give the font a name of its own; the names of its sources are reserved."""
    names: table__n_a_m_e = newTable("name")
    names.names = []
    entries = {0: COPYRIGHT, 1: NAME, 2: "Regular", 3: f"{NAME} 1.0", 4: NAME, 5: "Version 1.0"}
    for name_id, text in {**entries, 6: NAME, 13: LICENCE}.items():
        names.setName(text, name_id, 3, 1, 0x409)
    font["name"] = names
    font["head"].created = font["head"].modified = FIXED_TIME
    font["head"].fontRevision = 1.0


def main() -> None:
    """Read the three fonts, write the subset, and print what it holds."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    for option in ("--serif", "--hana", "--wenkai", "--out"):
        parser.add_argument(option, type=Path, required=True)
    options = parser.parse_args()
    present = set(TTFont(options.serif, lazy=True).getBestCmap())
    level_3 = code_points(LEVEL_3) | set(LEVEL_3_SINGLE)
    font = reduced(options.hana, level_3 - present)
    lacking = level_3 - present - set(font.getBestCmap())
    if lacking:
        raise SystemExit(f"{len(lacking)} level-3 hanzi are in no font: {sorted(lacking)[:5]}")
    add_glyphs(font, reduced(options.wenkai, code_points(LATER) - present))
    rename(font)
    font.save(options.out)
    print(f"{len(font.getBestCmap())} hanzi, {options.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
