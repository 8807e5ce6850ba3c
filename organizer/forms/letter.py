"""Letters of an office in the layout of GB/T 9704-2012: title, addressee, body, signature, page number.

A4 with 37 mm above and 28 mm at the left, 22 lines of 28 characters of 3号 (16 pt), the title 2号 (22 pt).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from organizer.forms.field_paper import readable
from organizer.forms.fonts import FontSet, Style
from organizer.forms.page import FormCode, Page
from organizer.forms.pdf import A4, MM, Sheet

_TOP, _LEFT, _HEIGHT = 37.0, 28.0, 225.0
_BODY, _TITLE, _NUMBER = 16.0, 22.0, 14.0
_LINES, _MOST_LINES = 22, 25
"""Lines of a page; so many are set closer rather than leave a signature alone on the next."""

_EM = _BODY / MM
_WIDTH = 28 * _EM
_FOOTER = 20.0
INDENT = "　　"


@dataclass(frozen=True)
class Letter:
    """What a letter says; `number` is 发文字号, `note` the line in brackets below the date."""

    title: str
    addressee: str
    body: Sequence[str]
    attachments: Sequence[str]
    signed_by: str
    dated: str
    code: FormCode
    number: str = ""
    note: str = ""


@dataclass(frozen=True)
class _Line:
    text: str
    size: float = _BODY
    style: Style = "song"
    align: str = "left"
    spread: bool = False
    kept: int = 0
    """So many lines after it must stand on the same page."""


def letter(data: Letter, fonts: FontSet) -> bytes:
    """The letter as PDF."""
    with Sheet(data.title, fonts.chain("song")[0].font, A4) as sheet:
        page = Page(sheet, fonts)
        lines = _lines(page, data)
        room = len(lines) if _LINES < len(lines) <= _MOST_LINES else _LINES
        step = _HEIGHT / room
        number, place = 1, 0
        for line in lines:
            if place + line.kept >= room:
                _foot(page, data.code, number)
                sheet.next_page()
                number, place = number + 1, 0
            _draw(page, line, _TOP + place * step + step * 0.72)
            place += 1
        _foot(page, data.code, number)
        return sheet.finish()


def _lines(page: Page, data: Letter) -> list[_Line]:
    told: list[_Line] = []
    if data.number:
        told += [_Line(_clean(page, data.number), align="centre"), _Line("")]
    for text in _balanced(page, _clean(page, data.title)):
        told.append(_Line(text, _TITLE, "song-bold", "centre"))
    told += [_Line(""), *_paragraph(page, f"{data.addressee}：")]
    for text in data.body:
        told += _paragraph(page, INDENT + text)
    told += _attachments(page, data.attachments)
    organ = page.wrapped(_clean(page, data.signed_by), _WIDTH - 6 * _EM, _BODY)
    told.append(_Line("", kept=len(organ) + 1))
    for at, text in enumerate(organ):
        told.append(_Line(text, align="signed", kept=len(organ) - at))
    told.append(_Line(data.dated, align="dated"))
    if data.note:
        told += [_Line(""), *_paragraph(page, INDENT + data.note)]
    return told


def _balanced(page: Page, title: str) -> list[str]:
    """A title on as few lines as it needs, each about as long as the others."""
    lines = page.wrapped(title, _WIDTH, _TITLE, "song-bold")
    if len(lines) < 2:
        return lines
    whole = page.fonts.width(title, "song-bold", _TITLE)
    narrow = whole / len(lines) + _TITLE / MM
    while narrow < _WIDTH:
        tried = page.wrapped(title, narrow, _TITLE, "song-bold")
        if len(tried) == len(lines):
            return tried
        narrow += _TITLE / MM
    return lines


def _attachments(page: Page, names: Sequence[str]) -> list[_Line]:
    if not names:
        return []
    found = [_Line("")]
    for number, name in enumerate(names, 1):
        head = "附件：" if number == 1 else INDENT + "　"
        told = f"{head}{number}. {name}" if len(names) > 1 else f"{head}{name}"
        found += _paragraph(page, INDENT + told)
    return found


def _paragraph(page: Page, text: str) -> list[_Line]:
    lines = page.wrapped(_clean(page, text), _WIDTH, _BODY)
    last = len(lines) - 1
    return [_Line(one, spread=at < last) for at, one in enumerate(lines)]


def _clean(page: Page, text: str) -> str:
    return readable(page.fonts, text)


def _draw(page: Page, line: _Line, y: float) -> None:
    if not line.text:
        return
    wide = page.fonts.width(line.text, line.style, line.size)
    right = _LEFT + _WIDTH
    x = {
        "left": _LEFT,
        "centre": _LEFT + (_WIDTH - wide) / 2,
        # The organ stands in the middle above its date, four characters from the edge.
        "signed": max(min(right - 8 * _EM - wide / 2, right - 2 * _EM - wide), _LEFT),
        "dated": right - 4 * _EM - wide,
    }[line.align]
    rest = _WIDTH - wide
    spread = rest / (len(line.text) - 1) if line.spread and 0 < rest < 3 * _EM else 0.0
    page.text(x, y, line.text, line.size, line.style, spread=spread)


def _foot(page: Page, code: FormCode, number: int) -> None:
    y = _TOP + _HEIGHT + 6.5
    if number % 2:
        page.text(_LEFT + _WIDTH - 5, y, f"— {number} —", _NUMBER, align="right")
    else:
        page.text(_LEFT + 5, y, f"— {number} —", _NUMBER)
    page.footer(_FOOTER, code)
