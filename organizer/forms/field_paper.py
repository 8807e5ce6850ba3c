"""What the papers of a survey share: the mark of a row, boxes for digits, cells that refuse nothing.

A walk sheet of 300 units must come out of the printer whatever one of their names is like: a
character no font has is printed as 〓 and a name too long for its cell ends in ….
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from organizer.errors import InvalidInput
from organizer.forms.fonts import FontSet, Style
from organizer.forms.page import USUAL_SIZE, Box, Page
from organizer.forms.pdf import A4, A5, PaperSize
from organizer.i18n import show_date

LACKING = "〓"
"""Stands for a character that no shipped font draws (字符缺字符号)."""

PAPERS: dict[str, PaperSize] = {"A4": A4, "A5": A5}


@dataclass(frozen=True)
class Mark:
    """What leads from paper to a record: a code for people, a text for cameras."""

    code: str
    qr: str


UNMARKED = Mark("", "")


@dataclass(frozen=True)
class Heading:
    """What stands at the head of every sheet; anything empty is left for handwriting."""

    office: str = ""
    place: str = ""
    above: str = ""
    round_name: str = ""
    grid: str = ""
    responsible: str = ""
    phone: str = ""
    printed_on: date | None = None

    @property
    def printed(self) -> str:
        """The day of printing in words."""
        return show_date(self.printed_on) if self.printed_on else ""


def readable(fonts: FontSet, text: str) -> str:
    """The text with 〓 for every character that no font draws; where a line ends it still does."""
    for character in fonts.missing_characters(text.replace("\n", "")):
        text = text.replace(character, LACKING)
    return text


class FieldPage(Page):
    """A page whose cells take any text."""

    def text_cell(
        self, box: Box, text: str, largest: float = USUAL_SIZE, *, framed: bool = True
    ) -> None:
        """A cell with a value: shrunk, wrapped, and at last cut with …."""
        text = readable(self.fonts, text)
        if framed:
            self.sheet.box(box.x, box.y, box.width, box.height)
        while True:
            fitted = self.fitted(box, text.split("\n"), largest)
            if fitted is not None:
                size, lines = fitted
                self.lines(box, lines, size, "song", centred=False)
                return
            text = text.rstrip("…")[: -max(1, len(text) // 20)] + "…"

    def said(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        style: Style = "song",
        *,
        room: float,
    ) -> None:
        """One line of at most `room` millimetres, shrunk and at last cut."""
        text = readable(self.fonts, text)
        while self.fonts.width(text, style, size) > room and size > 7:
            size -= 0.5
        while len(text) > 1 and self.fonts.width(text, style, size) > room:
            text = text.rstrip("…")[:-1] + "…"
        self.text(x, y, text, size, style)

    def mark(self, box: Box, mark: Mark, size: float = 11.0) -> None:
        """A cell with the QR code of a row at the left and its four characters beside it."""
        self.sheet.box(box.x, box.y, box.width, box.height)
        side = min(box.height - 1.8, 10.0)
        gap = (box.height - side) / 2
        self.qr(box.x + gap, box.y + gap, side, mark.qr)
        left = box.x + gap + side
        rest = Box(left, box.y, box.x + box.width - left, box.height)
        self.lines(rest, (mark.code,), size, "hei-bold", centred=True)

    def digits(self, box: Box, count: int, width: float) -> None:
        """A cell with `count` boxes, `width` millimetres each, for one digit in each."""
        self.sheet.box(box.x, box.y, box.width, box.height)
        height = box.height - 2.4
        left = box.x + (box.width - count * width) / 2
        for number in range(count):
            self.sheet.box(left + number * width, box.y + 1.2, width, height, 0.3)

    def options(self, box: Box, options: Sequence[tuple[str, bool]], size: float = 9.0) -> None:
        """A cell of choices to tick, those already known ticked; on as many lines as they need."""
        self.sheet.box(box.x, box.y, box.width, box.height)
        while size > 6:
            placed = self._placed(options, box.width - 3, size)
            lines = placed[-1][1] + 1 if placed else 1
            step = size * 1.4 / 72 * 25.4
            if lines * step <= box.height - 0.5:
                break
            size -= 0.5
        top = box.y + box.height / 2 - step * (lines - 1) / 2 + size * 0.38 / 72 * 25.4
        for (text, ticked), (x, line) in zip(options, placed, strict=True):
            left, y = box.x + 1.5 + x, top + line * step
            self.text(left, y, f"□{text}", size)
            if ticked:
                self.text(left + 0.1, y - 0.1, "√", size, "hei-bold")

    def _placed(
        self, options: Sequence[tuple[str, bool]], width: float, size: float
    ) -> list[tuple[float, int]]:
        """Where each choice begins: from the left, and on which line."""
        placed: list[tuple[float, int]] = []
        x, line = 0.0, 0
        for text, _ticked in options:
            wide = self.fonts.width(f"□{text}", "song", size)
            if x and x + wide > width:
                x, line = 0.0, line + 1
            placed.append((x, line))
            x += wide + size * 0.35
        return placed


def paper_size(name: str) -> PaperSize:
    """The paper called A4 or A5; raises `InvalidInput`."""
    if name.upper() not in PAPERS:
        raise InvalidInput("sheet.unknown_size", field="size", value=name)
    return PAPERS[name.upper()]
