"""What every paper is made of: styled text, cells, dates to fill by hand, the footer with its code.

Lengths are millimetres from the top left corner of the page; sizes are points.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from organizer.errors import InvalidInput
from organizer.forms.fonts import FontSet, Style
from organizer.forms.pdf import MM, Sheet
from organizer.forms.qr import qr_matrix
from organizer.forms.wrapping import wrap
from organizer.i18n import show_date

# 小四 to below 小五 on one line; else several lines, down to a size an office can still read.
ONE_LINE_SIZES = (12.0, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5)
WRAPPED_SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5)
LEADING = 1.25
CELL_PADDING = 1.5
# A hanzi stands from 0.12 em below to 0.88 em above its baseline; half of that lies here.
_MIDDLE = 0.38
USUAL_SIZE = 10.5
BLANK_DATE = "　　　　年　　月　　日"


@dataclass(frozen=True)
class Box:
    """A rectangle: top left corner, width, height."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class FormCode:
    """What ties a sheet of paper to its record: form, version of its text, short record id."""

    form_id: str
    version: int
    short_id: str

    def line(self) -> str:
        """The footer for people: RH-01 v3 · 7K2M."""
        name = f"{self.form_id} v{self.version}"
        return f"{name} · {self.short_id}" if self.short_id else name

    def qr(self) -> str:
        """The footer for a camera: ORG1:RH-01:3:7K2M."""
        return f"ORG1:{self.form_id}:{self.version}:{self.short_id}"


def date_or_blank(day: date | None) -> str:
    """A date as written, or its place for writing it by hand."""
    return show_date(day) if day else BLANK_DATE


class Page:
    """Draws with the fonts that ship; a character none of them has was refused before."""

    def __init__(self, sheet: Sheet, fonts: FontSet) -> None:
        self.sheet = sheet
        self.fonts = fonts

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        style: Style = "song",
        align: Literal["left", "centre", "right"] = "left",
        spread: float = 0.0,
    ) -> None:
        """One line with its baseline at y; x is its left edge, middle or right edge."""
        width = self.fonts.width(text, style, size) + spread * max(len(text) - 1, 0)
        x -= {"left": 0.0, "centre": width / 2, "right": width}[align]
        for face, part in self.fonts.runs(text, style):
            self.sheet.text(face.font, size, x, y, part, spread)
            x += face.font.width(part, size) + spread * len(part)

    def lines(
        self, box: Box, lines: Sequence[str], size: float, style: Style, centred: bool
    ) -> None:
        """Lines one under another, in the middle of the box's height."""
        step = size * LEADING / MM
        y = box.y + box.height / 2 - step * (len(lines) - 1) / 2 + size * _MIDDLE / MM
        for line in lines:
            if centred:
                self.text(box.x + box.width / 2, y, line, size, style, "centre")
            else:
                self.text(box.x + CELL_PADDING, y, line, size, style)
            y += step

    def label(self, box: Box, label: str, size: float = USUAL_SIZE) -> None:
        """A cell with what the form asks for, on as many lines as it needs."""
        self.sheet.box(box.x, box.y, box.width, box.height)
        lines = self.wrapped(label, box.width - CELL_PADDING, size)
        self.lines(box, lines, size, "song", centred=True)

    def value(
        self, box: Box, text: str, field: str, label: str, largest: float = USUAL_SIZE
    ) -> None:
        """A cell with a value: shrunk to one line, else wrapped and shrunk, never cut.

        Raises `InvalidInput("form.does_not_fit")` when the smallest size is not small enough.
        """
        self.sheet.box(box.x, box.y, box.width, box.height)
        fitted = self.fitted(box, text.split("\n"), largest)
        if fitted is None:
            raise InvalidInput("form.does_not_fit", field=field, label=label)
        size, lines = fitted
        self.lines(box, lines, size, "song", centred=False)

    def fitted(
        self, box: Box, paragraphs: list[str], largest: float
    ) -> tuple[float, list[str]] | None:
        """The largest size at which text goes into a box, and its lines; None when none does."""
        width = box.width - 2 * CELL_PADDING
        for size in (size for size in ONE_LINE_SIZES if size <= largest):
            widest = max(self.fonts.width(line, "song", size) for line in paragraphs)
            if widest <= width and self._holds(box, len(paragraphs), size):
                return size, paragraphs
        for size in (size for size in WRAPPED_SIZES if size <= largest):
            lines = self.wrapped("\n".join(paragraphs), width, size)
            if self._holds(box, len(lines), size):
                return size, lines
        return None

    @staticmethod
    def _holds(box: Box, lines: int, size: float) -> bool:
        return lines == 1 or lines * size * LEADING / MM <= box.height - 1

    def wrapped(self, text: str, width: float, size: float, style: Style = "song") -> list[str]:
        """The text as lines of at most `width`; its own line breaks stay."""
        lines: list[str] = []
        for paragraph in text.split("\n"):
            lines += wrap(paragraph, width, lambda t: self.fonts.width(t, style, size)) or [""]
        return lines

    def paragraph(
        self, box: Box, text: str, size: float, leading: float, style: Style = "song"
    ) -> float:
        """Running text set to both edges from the top of the box; gives the y below its last line.

        `leading` is the distance of baselines in points. The box's height is not a limit.
        """
        lines = self.wrapped(text, box.width, size, style)
        y = box.y + size * 0.88 / MM
        for number, line in enumerate(lines):
            rest = box.width - self.fonts.width(line, style, size)
            ends = number == len(lines) - 1 or len(line) < 2
            spread = 0.0 if ends or rest > size / MM * 3 else rest / (len(line) - 1)
            self.text(box.x, y, line, size, style, spread=spread)
            y += leading / MM
        return y - size * 0.88 / MM

    def title(self, y: float, title: str, size: float = 22.0) -> None:
        """The title of a form, in the middle of the page."""
        self.text(self.sheet.width / 2, y, title, size, "song-bold", "centre", spread=0.8)

    def signing_line(self, x: float, y: float, label: str, width: float, size: float) -> None:
        """A label followed by a line to sign on."""
        self.text(x, y, label, size)
        start = x + self.fonts.width(label, "song", size)
        self.sheet.line(start, y + 1, start + width, y + 1)

    def footer(self, margin: float, code: FormCode) -> None:
        """The form's code in words at the left and as a QR code at the right."""
        self.text(margin, self.sheet.height - 14, code.line(), 8)
        self.qr(self.sheet.width - margin - 14, self.sheet.height - 12 - 14, 14, code.qr())

    def qr(self, x: float, y: float, size: float, text: str) -> None:
        """A QR code, `size` millimetres square; the white around it is left to the caller."""
        rows = qr_matrix(text)
        module = size / len(rows)
        self.sheet.fill(
            (x + column * module, y + row * module, module, module)
            for row, cells in enumerate(rows)
            for column, black in enumerate(cells)
            if black
        )
