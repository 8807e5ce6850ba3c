"""撤回同意书: somebody takes consents back, purpose by purpose (个人信息保护法 art. 15).

Another paper than 退会申请书: the membership stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from organizer.forms.fonts import FontSet
from organizer.forms.page import BLANK_DATE, Box, FormCode, Page, date_or_blank
from organizer.forms.pdf import PAGE_WIDTH, Sheet
from organizer.forms.printable import check_printable

FORM_ID = "RH-05"
VERSION = 1
MARGIN = 25.0
_WIDTH = PAGE_WIDTH - 2 * MARGIN
_RIGHT = MARGIN + _WIDTH
_SIZE, _LEADING = 14.0, 26.0
_LABELS = {"name": "姓名", "union_name": "所在工会", "employer": "工作单位"}


@dataclass(frozen=True)
class WithdrawalPaper:
    """Who takes what back; `purposes` are all there are, each with whether it is taken back.

    `follows` are the sentences that say what it means.
    """

    name: str
    union_name: str
    employer: str
    purposes: Sequence[tuple[str, bool]]
    follows: Sequence[str]
    short_id: str
    on: date | None = None


def withdrawal_paper(data: WithdrawalPaper, fonts: FontSet) -> bytes:
    """One page as PDF, to be signed; raises `InvalidInput` for a character that no font has."""
    texts = {name: getattr(data, name) for name in _LABELS}
    check_printable(texts, fonts, _LABELS)
    with Sheet("撤回同意书", fonts.chain("song")[0].font) as sheet:
        page = Page(sheet, fonts)
        _draw(page, data)
        return sheet.finish()


def _draw(page: Page, data: WithdrawalPaper) -> None:
    page.title(42, "撤回同意书")
    work = f"（工作单位：{data.employer}）" if data.employer else ""
    opening = (
        f"　　{data.union_name}：本人{data.name}{work}，决定撤回下列打勾各项对处理个人信息的同意。"
    )
    y = page.paragraph(Box(MARGIN, 56, _WIDTH, 0), opening, _SIZE, _LEADING) + 10
    for title, chosen in data.purposes:
        page.sheet.box(MARGIN + 7, y - 4.2, 4.6, 4.6, 0.9)
        if chosen:
            page.sheet.line(MARGIN + 7.8, y - 2.0, MARGIN + 9.0, y - 0.4, 1.4)
            page.sheet.line(MARGIN + 9.0, y - 0.4, MARGIN + 11.8, y - 4.8, 1.4)
        page.text(MARGIN + 15, y, title, _SIZE)
        y += 10
    told = "　　本人已经知道：" + "".join(data.follows)
    y = page.paragraph(Box(MARGIN, y, _WIDTH, 0), told, _SIZE, _LEADING) + 20
    page.signing_line(MARGIN + 70, y, "本人签名：", 60, _SIZE)
    page.text(_RIGHT, y + 14, date_or_blank(data.on), _SIZE, align="right")
    page.signing_line(MARGIN + 70, y + 36, "收件人签名：", 55, _SIZE)
    page.text(_RIGHT, y + 50, BLANK_DATE, _SIZE, align="right")
    page.footer(MARGIN, FormCode(FORM_ID, VERSION, data.short_id))
