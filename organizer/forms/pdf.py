"""The only door to reportlab: fonts that embed and copy right, and a sheet to draw on.

Lengths are millimetres from the top left corner of the page; font sizes are points.
"""

import threading
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

MM = 72 / 25.4
PAGE_WIDTH = 210.0
PAGE_HEIGHT = 297.0
PaperSize = tuple[float, float]
A4: PaperSize = (PAGE_WIDTH, PAGE_HEIGHT)
A4_ACROSS: PaperSize = (PAGE_HEIGHT, PAGE_WIDTH)
A5: PaperSize = (148.0, 210.0)
"""Width and height of the paper as it lies before the reader."""

# reportlab keeps one registry of fonts per process and its font files hold a read position, so two
# documents are never drawn at once.
_ONE_DOCUMENT = threading.Lock()
# ISO 32000-1, 9.10.3 with Adobe's CMap rules: at most 100 entries in one bfchar block.
_BLOCK = 100


def to_unicode_cmap(name: str, codes: Sequence[int]) -> str:
    """The map from the bytes of a font subset back to text (ISO 32000-1, 9.10.3).

    `codes[n]` is the character drawn by byte n, 0 for none. Characters above U+FFFF are written as
    UTF-16BE surrogate pairs; written otherwise they copy and search as something else.
    """
    entries = [
        f"<{byte:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>"
        for byte, code in enumerate(codes)
        if code
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for start in range(0, len(entries), _BLOCK):
        block = entries[start : start + _BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


class EmbeddedFont(TTFont):  # type: ignore[misc]  # reportlab has no types
    """A TrueType font whose used glyphs are embedded and whose text can be copied and searched."""

    def __init__(self, name: str, file: Path) -> None:
        super().__init__(name, str(file), asciiReadable=False, shapable=False)

    def draws(self, character: str) -> bool:
        """Whether the font has a glyph for the character."""
        return bool(self.face.charToGlyph.get(ord(character)))

    def width(self, text: str, size: float) -> float:
        """Width of the text in millimetres at `size` points."""
        units = sum(self.face.getCharWidth(ord(character)) for character in text)
        return float(units) * size / 1000 / MM

    def addObjects(self, doc: Any) -> None:
        """Called by reportlab when the document closes; puts right its map back to text."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        names = [self.getSubsetInternalName(n, doc)[1:] for n in range(len(subsets))]
        super().addObjects(doc)
        for name, codes in zip(names, subsets, strict=True):
            subset_name = doc.idToObject["BasicFonts"].dict[name].BaseFont
            stream = doc.idToObject[f"toUnicodeCMap:{subset_name}"]
            stream.content = to_unicode_cmap(subset_name, codes)


class Sheet:
    """A document under construction, used in a `with` block; `finish` gives its bytes. A4 unless said.

    The same drawing gives the same bytes: no clock, no random id. No name of a person is in the
    document's properties.
    """

    def __init__(self, title: str, first_font: EmbeddedFont, size: PaperSize = A4) -> None:
        self.width, self.height = size
        self._title = title
        self._first_font = first_font
        self._fonts: dict[str, EmbeddedFont] = {}

    def __enter__(self) -> Self:
        _ONE_DOCUMENT.acquire()
        self._use(self._first_font)
        self._buffer = BytesIO()
        self._canvas = Canvas(
            self._buffer,
            pagesize=(self.width * MM, self.height * MM),
            invariant=1,
            pageCompression=1,
            # Without a first font of ours an unembedded Helvetica is listed.
            initialFontName=self._first_font.fontName,
            lang="zh-CN",
        )
        self._canvas.setTitle(self._title)
        self._canvas.setAuthor("")
        self._canvas.setSubject("")
        self._canvas.setKeywords("")
        self._canvas.setCreator("organizer")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for font in self._fonts.values():
            font.unregister()
        _ONE_DOCUMENT.release()

    def _use(self, font: EmbeddedFont) -> None:
        if font.fontName not in self._fonts:
            pdfmetrics.registerFont(font)
            self._fonts[font.fontName] = font

    def text(
        self, font: EmbeddedFont, size: float, x: float, y: float, text: str, spread: float = 0.0
    ) -> None:
        """Draw text with its baseline at y; `spread` is extra space after each character."""
        self._use(font)
        self._canvas.setFont(font.fontName, size)
        self._canvas.drawString(
            x * MM, (self.height - y) * MM, text, charSpace=spread * MM if spread else 0
        )

    def line(
        self, x1: float, y1: float, x2: float, y2: float, weight: float = 0.5, dotted: bool = False
    ) -> None:
        """A black line of `weight` points, dotted for writing on."""
        self._stroke(weight, dotted)
        self._canvas.line(x1 * MM, (self.height - y1) * MM, x2 * MM, (self.height - y2) * MM)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        weight: float = 0.5,
        dotted: bool = False,
    ) -> None:
        """The outline of a rectangle whose top left corner is (x, y)."""
        self._stroke(weight, dotted)
        bottom = self.height - y - height
        self._canvas.rect(x * MM, bottom * MM, width * MM, height * MM)

    def fill(self, boxes: Iterable[tuple[float, float, float, float]]) -> None:
        """Fill rectangles (x, y, width, height) black as one shape, so no seams show."""
        path = self._canvas.beginPath()
        for x, y, width, height in boxes:
            path.rect(x * MM, (self.height - y - height) * MM, width * MM, height * MM)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def picture(self, x: float, y: float, width: float, height: float, png: bytes) -> None:
        """A picture inside a rectangle whose top left corner is (x, y), its shape kept."""
        self._canvas.drawImage(
            ImageReader(BytesIO(png)),
            x * MM,
            (self.height - y - height) * MM,
            width * MM,
            height * MM,
            mask="auto",
            preserveAspectRatio=True,
            anchor="sw",
        )

    def _stroke(self, weight: float, dotted: bool) -> None:
        self._canvas.setLineWidth(weight)
        self._canvas.setDash([1, 2] if dotted else [])

    def next_page(self) -> None:
        """Close the page; what is drawn after it begins a new one."""
        self._canvas.showPage()

    def finish(self) -> bytes:
        """Close the last page and the document, and give its bytes."""
        self._canvas.save()
        return self._buffer.getvalue()
