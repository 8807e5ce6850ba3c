"""宣誓卡: the oath in letters that can be read out from, for the one who leads and for those who repeat."""

from dataclasses import dataclass
from datetime import date

from organizer.forms.fonts import FontSet
from organizer.forms.page import Box, FormCode, Page
from organizer.forms.pdf import PAGE_WIDTH, Sheet
from organizer.forms.texts import VersionedText
from organizer.i18n import show_date

FORM_ID = "JR-02"
MARGIN = 26.0
_WIDTH = PAGE_WIDTH - 2 * MARGIN


@dataclass(frozen=True)
class OathCard:
    """What stands around the oath."""

    gathering: str
    union_name: str
    held_on: date | None
    oath_reader: str


def oath_card(data: OathCard, fonts: FontSet, text: VersionedText) -> bytes:
    """One page as PDF."""
    with Sheet("入会誓词", fonts.chain("song")[0].font) as sheet:
        page = Page(sheet, fonts)
        page.title(50, "入会誓词", 36)
        below = page.paragraph(Box(MARGIN, 76, _WIDTH, 0), "　　" + text.body, 26, 52, "song")
        y = below + 14
        for line in (f"领誓人：{data.oath_reader}", "宣誓人：（各报本人姓名）"):
            page.text(MARGIN + 12, y, line, 20)
            y += 16
        y = max(y + 8, 245)
        size = 12.0
        for line in (
            data.gathering,
            data.union_name,
            show_date(data.held_on) if data.held_on else "",
        ):
            while size > 8 and page.fonts.width(line, "song", size) > _WIDTH:
                size -= 0.5
            page.text(MARGIN + _WIDTH, y, line, size, align="right")
            y += 8
        page.text(MARGIN, y - 8, "面向会徽，举起右拳，随领誓人逐句宣读。", 10.5)
        page.footer(MARGIN, FormCode(FORM_ID, text.version, ""))
        return sheet.finish()
