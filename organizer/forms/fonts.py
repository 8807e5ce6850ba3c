"""The fonts that ship, and text split into runs by which of them draws each character.

A font is read (about 0.1 s and 25 MB) only when a character needs it; the font of rare hanzi stays
unread until a name asks for it. Whoever prints builds one `FontSet` and keeps it.
"""

import unicodedata
from collections.abc import Iterator
from functools import cached_property
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import Literal
from weakref import WeakValueDictionary

from organizer import resources
from organizer.errors import InvalidInput
from organizer.forms.pdf import EmbeddedFont

Style = Literal["song", "song-bold", "hei", "hei-bold"]

_FILES = {
    "song": "NotoSerifSC_400Regular.ttf",
    "song-bold": "NotoSerifSC_700Bold.ttf",
    "hei": "NotoSansSC_400Regular.ttf",
    "hei-bold": "NotoSansSC_700Bold.ttf",
    "rare": "OrganizerRareHan.ttf",
}
# The last resort of every chain is a face that draws what is in no other: the two 宋 faces hold the
# same characters, and so do the two 黑 faces.
_CHAINS: dict[Style, tuple[str, ...]] = {
    "song": ("song", "rare", "hei"),
    "song-bold": ("song-bold", "rare", "hei-bold"),
    "hei": ("hei", "song", "rare"),
    "hei-bold": ("hei-bold", "song-bold", "rare"),
}
# Control, private use, surrogate, unassigned and invisible format characters (Unicode categories);
# a name that holds one is damaged even where a font claims a glyph.
_UNPRINTABLE = frozenset({"Cc", "Co", "Cs", "Cf", "Zl", "Zp"})


# Only what is in use: the fonts are far larger than what a window should hold at rest.
_OPEN: WeakValueDictionary[Path, EmbeddedFont] = WeakValueDictionary()
_READING = Lock()


class Face:
    """One font file that ships; read when first asked about a character."""

    def __init__(self, name: str, file: Path) -> None:
        self.name = name
        self.file = file

    @cached_property
    def font(self) -> EmbeddedFont:
        """The font, with a name that no other font in the process has.

        Whoever prints while somebody else has it open shares it: reading one takes longer than a page.
        """
        with _READING:
            found = _OPEN.get(self.file)
            if found is None:
                found = _OPEN[self.file] = EmbeddedFont(f"organizer-{self.name}", self.file)
            return found

    def __repr__(self) -> str:
        return f"Face({self.name!r})"


class FontSet:
    """The faces that ship under `resources/fonts` (or another folder with the same files)."""

    def __init__(self, folder: Path | None = None) -> None:
        place = folder or resources.path("fonts")
        self._faces = {name: Face(name, place / file) for name, file in _FILES.items()}
        self._chosen: dict[tuple[Style, str], Face | None] = {}

    def chain(self, style: Style) -> tuple[Face, ...]:
        """The faces asked one after another for a character of this style."""
        return tuple(self._faces[name] for name in _CHAINS[style])

    def face_for(self, character: str, style: Style) -> Face | None:
        """The face that draws the character; None when no shipped font does."""
        key = (style, character)
        if key not in self._chosen:
            drawing = (face for face in self.chain(style) if face.font.draws(character))
            self._chosen[key] = None if is_unprintable(character) else next(drawing, None)
        return self._chosen[key]

    def runs(self, text: str, style: Style) -> list[tuple[Face, str]]:
        """Split text into stretches drawn by one face each.

        Raises `InvalidInput("form.missing_glyph")` for a character no face draws; callers show the
        better sentence of `check_printable` first.
        """
        return [
            (face, "".join(character for _, character in stretch))
            for face, stretch in groupby(self._drawn(text, style), key=lambda pair: pair[0])
        ]

    def _drawn(self, text: str, style: Style) -> Iterator[tuple[Face, str]]:
        for character in text:
            face = self.face_for(character, style)
            if face is None:
                raise InvalidInput(
                    "form.missing_glyph",
                    field="text",
                    label=text,
                    character=character,
                    codepoint=codepoint(character),
                )
            yield face, character

    def width(self, text: str, style: Style, size: float) -> float:
        """Width in millimetres at `size` points."""
        return sum(face.font.width(part, size) for face, part in self.runs(text, style))

    def missing_characters(self, text: str) -> tuple[str, ...]:
        """The characters that cannot be printed, each once, in the order they stand."""
        lacking = (c for c in text if self.face_for(c, "song") is None)
        return tuple(dict.fromkeys(lacking))


def is_unprintable(character: str) -> bool:
    """Whether a character may never be printed, whatever the fonts: control, private use, ..."""
    return unicodedata.category(character) in _UNPRINTABLE


def codepoint(character: str) -> str:
    """The code point as people write it: U+2CB4E."""
    return f"U+{ord(character):04X}"
