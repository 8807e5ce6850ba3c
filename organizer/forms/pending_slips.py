"""待审批单: a slip for everybody whose application waits, four on a page to be cut apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from organizer.forms.field_paper import FieldPage
from organizer.forms.fonts import FontSet
from organizer.forms.page import Box
from organizer.forms.pdf import PAGE_HEIGHT, PAGE_WIDTH, Sheet
from organizer.i18n import show_date

FORM_ID = "JR-03"
MARGIN = 15.0
_WIDTH = PAGE_WIDTH - 2 * MARGIN
_ON_A_PAGE = 4
_HEIGHT = PAGE_HEIGHT / _ON_A_PAGE


@dataclass(frozen=True)
class PendingSlip:
    """One application that waits; `short_id` finds it again."""

    name: str
    applied_on: date | None
    union_name: str
    office: str
    phone: str
    without_number: bool
    short_id: str


def pending_slips(slips: Sequence[PendingSlip], fonts: FontSet) -> bytes:
    """The slips as PDF; none make one empty page."""
    with Sheet("入会待审批单", fonts.chain("song")[0].font) as sheet:
        for place, slip in enumerate(slips):
            if place and place % _ON_A_PAGE == 0:
                sheet.next_page()
            _draw(FieldPage(sheet, fonts), slip, place % _ON_A_PAGE * _HEIGHT)
            if place % _ON_A_PAGE:
                top = place % _ON_A_PAGE * _HEIGHT
                for start in range(8, int(PAGE_WIDTH) - 8, 4):
                    sheet.line(start, top, start + 2, top, 0.3)
        return sheet.finish()


def _draw(page: FieldPage, slip: PendingSlip, top: float) -> None:
    page.title(top + 13, "入会申请待审批单", 16)
    y = top + 17
    page.text_cell(Box(MARGIN, y, _WIDTH, 10), f"{slip.name}　同志：", 14, framed=False)
    applied = show_date(slip.applied_on) if slip.applied_on else "＿＿年＿月＿日"
    told = (
        f"您于{applied}提出的入会申请已经收到，正在等“{slip.union_name}”的委员会审批。"
        "批准以后，工会会告诉您；批准之日起为会员。"
    )
    if slip.without_number:
        told += "您的证件号还没有登记，请带身份证来补，补齐以前不能录入全省实名系统。"
    text = "　　" + told
    below = page.paragraph(Box(MARGIN, y + 11, _WIDTH - 26, 0), text, 11.5, 19)
    contact = f"联系电话：{slip.phone or '＿＿＿＿＿＿＿＿'}"
    page.text(MARGIN, max(below + 3, top + 55), f"编号：{slip.short_id}　　{contact}", 10)
    page.said(MARGIN, top + 62, slip.office, 10, room=_WIDTH - 30)
    page.qr(MARGIN + _WIDTH - 20, top + 28, 18, f"ORG1:{FORM_ID}:1:{slip.short_id}")
