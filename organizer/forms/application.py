"""中华全国总工会入会申请书: the sentence, the place to sign, and who it is."""

from organizer.forms.page import Box, FormCode, Page, date_or_blank
from organizer.forms.pdf import PAGE_WIDTH
from organizer.forms.signup_paper import LABELS, SignupPaper
from organizer.forms.texts import VersionedText

FORM_ID = "RH-01"
MARGIN = 25.0
_WIDTH = PAGE_WIDTH - 2 * MARGIN
_RIGHT = MARGIN + _WIDTH
_ROW = 12.0
_LABEL = 30.0


def draw_application(page: Page, data: SignupPaper, text: VersionedText) -> None:
    """One page; `text` is the sentence in force, its version goes into the footer."""
    page.title(42, "中华全国总工会入会申请书")
    body = Box(MARGIN, 56, _WIDTH, 0)
    below = page.paragraph(body, "　　" + text.body, 16, 32)
    _draw_signature(page, data, below + 16)
    _draw_person(page, data, below + 62)
    page.footer(MARGIN, FormCode(FORM_ID, text.version, data.record_short_id))


def _draw_signature(page: Page, data: SignupPaper, y: float) -> None:
    if data.name:
        line = f"申请人：{data.name}"
        size = 14 * min(1.0, _WIDTH / page.fonts.width(line, "song", 14))
        page.text(_RIGHT, y, line, size, align="right")
    label = "申请人签名："
    width = page.fonts.width(label, "song", 14)
    page.signing_line(_RIGHT - 45 - width, y + 14, label, 45, 14)
    page.text(_RIGHT, y + 28, date_or_blank(data.applied_on), 14, align="right")


def _draw_person(page: Page, data: SignupPaper, y: float) -> None:
    _draw_field(page, data, "name", MARGIN, y, 110)
    _draw_field(page, data, "sex", MARGIN + 110, y, _WIDTH - 110, 22)
    for field in ("id_number", "employer", "union_name"):
        y += _ROW
        _draw_field(page, data, field, MARGIN, y, _WIDTH)


def _draw_field(
    page: Page,
    data: SignupPaper,
    field: str,
    x: float,
    y: float,
    width: float,
    label_width: float = _LABEL,
) -> None:
    page.label(Box(x, y, label_width, _ROW), LABELS[field], 12)
    place = Box(x + label_width, y, width - label_width, _ROW)
    page.value(place, getattr(data, field), field, LABELS[field], largest=12)
