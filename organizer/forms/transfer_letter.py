"""会员组织关系转移介绍信: stub, letter and receipt on one sheet, to be cut along the dotted lines.

The official way is the page 工会组织关系接转 of the member's card (会籍管理办法 art. 12); a letter in three
parts is common practice, and so is this wording.
"""

from dataclasses import dataclass
from datetime import date

from organizer.forms.field_paper import FieldPage, readable
from organizer.forms.fonts import FontSet
from organizer.forms.page import Box, FormCode, Page, date_or_blank
from organizer.forms.pdf import PAGE_WIDTH, Sheet
from organizer.forms.printable import check_printable

FORM_ID = "HJ-01"
VERSION = 1
_MARGIN = 25.0
_WIDTH = PAGE_WIDTH - 2 * _MARGIN
_RIGHT = _MARGIN + _WIDTH
_STUB, _LETTER, _RECEIPT = 16.0, 92.0, 204.0
_LABELS = {
    "name": "姓名",
    "id_number": "身份证号",
    "card_no": "会员证号",
    "from_union": "原工会",
    "to_union": "转往工会",
    "reason": "原因",
    "number": "介绍信号",
}


@dataclass(frozen=True)
class LetterPaper:
    """A letter; texts that are empty leave a line to write on. `paid_until` as 2026-10."""

    number: str
    name: str
    sex: str
    id_number: str
    card_no: str
    from_union: str
    to_union: str
    reason: str
    paid_until: str
    sent_on: date | None
    valid_days: int
    operator: str
    phone: str
    short_id: str


def transfer_letter(letter: LetterPaper, fonts: FontSet) -> bytes:
    """The sheet as PDF; raises `InvalidInput` for a character that no font has."""
    check_printable({name: getattr(letter, name) for name in _LABELS}, fonts, _LABELS)
    title = "工会会员组织关系转移介绍信"
    with Sheet(title, fonts.chain("song")[0].font) as sheet:
        page = FieldPage(sheet, fonts)
        _stub(page, letter)
        _cut(page, _LETTER - 10, letter.number)
        _letter(page, letter, title)
        _cut(page, _RECEIPT - 10, letter.number)
        _receipt(page, letter)
        page.footer(_MARGIN, FormCode(FORM_ID, VERSION, letter.short_id))
        return sheet.finish()


def _stub(page: FieldPage, letter: LetterPaper) -> None:
    _head(page, _STUB + 8, "介绍信存根", letter.number, 16)
    rows = (
        (("姓名", letter.name), ("性别", letter.sex)),
        (("身份证号", letter.id_number), ("会员证号", letter.card_no)),
        (("原工会", letter.from_union), ("转往工会", letter.to_union)),
        (("会费交至", month_words(letter.paid_until)), ("原因", letter.reason)),
        (("经办人", letter.operator), ("日期", date_or_blank(letter.sent_on))),
    )
    y, half, label, high = _STUB + 13, _WIDTH / 2, 20.0, 9.4
    for pair in rows:
        for place, (title, text) in enumerate(pair):
            left = _MARGIN + place * half
            page.label(Box(left, y, label, high), title, 10.5)
            page.text_cell(Box(left + label, y, half - label, high), text, 10.5)
        y += high


def _letter(page: FieldPage, letter: LetterPaper, title: str) -> None:
    _head(page, _LETTER + 8, title, letter.number, 18)
    y = _LETTER + 22
    page.said(_MARGIN, y, f"{_told(letter.to_union, 14)}：", 14, room=_WIDTH)
    body = (
        f"　　兹有{_told(letter.name, 5)}同志（{letter.sex or '男/女'}，身份证号"
        f"{_told(letter.id_number, 9)}，会员证号{_told(letter.card_no, 6)}），系我工会会员，因"
        f"{_told(letter.reason, 8)}，现转往你处，请接转其工会组织关系。"
        f"会费已交至{month_words(letter.paid_until)}。"
    )
    below = page.paragraph(Box(_MARGIN, y + 5, _WIDTH, 0), readable(page.fonts, body), 14, 25)
    page.text(_MARGIN, below + 6, f"（有效期{letter.valid_days}天）", 12)
    _seal(page, below + 16, letter.from_union, date_or_blank(letter.sent_on))


def _receipt(page: FieldPage, letter: LetterPaper) -> None:
    _head(page, _RECEIPT + 8, "介绍信回执", letter.number, 16)
    y = _RECEIPT + 19
    page.said(_MARGIN, y, f"{_told(letter.from_union, 14)}：", 13, room=_WIDTH)
    body = f"　　你处转来{_told(letter.name, 5)}同志的工会组织关系已于＿＿＿＿年＿＿月＿＿日接收。"
    below = page.paragraph(Box(_MARGIN, y + 4, _WIDTH, 0), readable(page.fonts, body), 13, 23)
    page.text(_MARGIN, below + 4, "　　联系人：＿＿＿＿＿＿　电话：＿＿＿＿＿＿＿＿＿", 13)
    _seal(page, below + 14, letter.to_union, date_or_blank(None), size=12)


def _head(page: Page, y: float, title: str, number: str, size: float) -> None:
    page.title(y, title, size)
    page.text(_RIGHT, y, f"第 {number or '　　　　　　'} 号", 10.5, align="right")


def _seal(page: FieldPage, y: float, union: str, day: str, size: float = 14.0) -> None:
    name = f"{_told(union, 12)}（盖章）"
    room = min(_WIDTH, page.fonts.width(name, "song", size))
    page.said(_RIGHT - room, y, readable(page.fonts, name), size, room=_WIDTH)
    page.text(_RIGHT, y + 9, day, size, align="right")


def _cut(page: Page, y: float, number: str) -> None:
    page.sheet.line(12, y, PAGE_WIDTH - 12, y, 0.5, dotted=True)
    told = f"（裁开）　{number}　骑缝盖章"
    page.text(PAGE_WIDTH / 2, y - 1.6, told, 8, align="centre")


def _told(text: str, blanks: int) -> str:
    return text or "＿" * blanks


def month_words(month: str) -> str:
    """A month as people write it: 2026年10月; a blank to fill for none."""
    if not month:
        return "＿＿＿＿年＿＿月"
    year, number = month.split("-")
    return f"{year}年{int(number)}月"
