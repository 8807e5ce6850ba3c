"""工会会员登记表: one page, kept by the union with the application (会籍管理办法 arts. 5, 11)."""

from dataclasses import dataclass
from datetime import date

from organizer.forms.page import BLANK_DATE, CELL_PADDING, Box, FormCode, Page, date_or_blank
from organizer.forms.pdf import PAGE_WIDTH
from organizer.forms.signup_paper import LABELS, SignupPaper
from organizer.i18n import show_date

FORM_ID = "RH-02"
VERSION = 1
MARGIN = 20.0
_WIDTH = PAGE_WIDTH - 2 * MARGIN
_ROW = 10.0
_LABEL = 20.0
_PHOTO = 28.0
_ID_DIGITS = 18

_Row = tuple[tuple[str, int, int], ...]

# Each row: (field, width of its label, width of its value) in millimetres.
_BESIDE_PHOTO: tuple[_Row, ...] = (
    (("name", 20, 38), ("sex", 18, 18), ("ethnic", 16, 32)),
    (("born_on", 20, 38), ("political", 18, 18), ("education", 16, 32)),
)
_BELOW_ID: _Row = (("household_kind", 20, 38), ("household_place", 22, 62))
_FULL_WIDTH: tuple[_Row, ...] = (
    (("native_place", 20, 38), ("address", 18, 94)),
    (("phone", 20, 38), ("started_work_on", 28, 30), ("skill_level", 20, 34)),
    (("employer", 20, 92), ("position", 20, 38)),
    (("title", 20, 38), ("group", 32, 80)),
    (("union_name", 20, 150),),
)
# Labels broken where the words part, for cells too narrow for one line.
_BROKEN = {
    "position": "岗　位\n（工种）",
    "remarks": "备　注\n（会籍变\n动记录）",
}


@dataclass(frozen=True)
class _Heights:
    resume: float
    family: float
    signature: float
    approval: float
    remarks: float


_USUAL = _Heights(resume=34, family=0, signature=15, approval=38, remarks=26)
_WITH_FAMILY = _Heights(resume=27, family=27, signature=14, approval=34, remarks=16)


def draw_registration(page: Page, data: SignupPaper, *, family: bool = False) -> None:
    """One page. `family` adds 家庭主要成员 for handwriting; left out by default, since only what
    is needed may be collected (个人信息保护法 art. 6).
    """
    heights = _WITH_FAMILY if family else _USUAL
    page.title(27, "工会会员登记表", 20)
    y = _draw_facts(page, data, 34)
    y = _draw_resume(page, data, y, heights.resume)
    if family:
        y = _draw_family(page, y, heights.family)
    y = _draw_signature(page, data, y, heights.signature)
    y = _draw_approvals(page, y, heights.approval)
    y = _draw_row(page, data, (("member_card_no", 20, 150),), y)
    place = Box(MARGIN, y, _LABEL, heights.remarks)
    page.label(place, _BROKEN["remarks"])
    beside = Box(MARGIN + _LABEL, y, _WIDTH - _LABEL, heights.remarks)
    page.value(beside, data.remarks, "remarks", LABELS["remarks"])
    note = "注：本表入会时填写，与入会申请书一并保存于所属工会基层组织。"
    page.text(MARGIN, y + heights.remarks + 5, note, 9)
    page.footer(MARGIN, FormCode(FORM_ID, VERSION, data.record_short_id))


def _draw_facts(page: Page, data: SignupPaper, y: float) -> float:
    page.sheet.box(MARGIN + _WIDTH - _PHOTO, y, _PHOTO, 4 * _ROW)
    photo = Box(MARGIN + _WIDTH - _PHOTO, y, _PHOTO, 4 * _ROW)
    page.lines(photo, ("照　片", "25mm×35mm"), 9, "song", centred=True)
    for row in _BESIDE_PHOTO:
        y = _draw_row(page, data, row, y)
    y = _draw_id_number(page, data, y)
    y = _draw_row(page, data, _BELOW_ID, y)
    for row in _FULL_WIDTH:
        y = _draw_row(page, data, row, y)
    return y


def _draw_row(page: Page, data: SignupPaper, row: _Row, y: float) -> float:
    x = MARGIN
    for field, label_width, value_width in row:
        page.label(Box(x, y, label_width, _ROW), _BROKEN.get(field, LABELS[field]))
        place = Box(x + label_width, y, value_width, _ROW)
        page.value(place, _shown(getattr(data, field)), field, LABELS[field])
        x += label_width + value_width
    return y + _ROW


def _shown(value: str | date | None) -> str:
    if isinstance(value, date):
        return show_date(value)
    return value or ""


def _draw_id_number(page: Page, data: SignupPaper, y: float) -> float:
    page.label(Box(MARGIN, y, _LABEL, _ROW), LABELS["id_number"])
    width = _WIDTH - _PHOTO - _LABEL
    place = Box(MARGIN + _LABEL, y, width, _ROW)
    if data.id_number and len(data.id_number) != _ID_DIGITS:
        page.value(place, data.id_number, "id_number", LABELS["id_number"])
        return y + _ROW
    page.sheet.box(place.x, place.y, place.width, place.height)
    step = width / _ID_DIGITS
    for number in range(_ID_DIGITS):
        x = place.x + number * step
        if number:
            page.sheet.line(x, y, x, y + _ROW)
        digit = Box(x, y, step, _ROW)
        page.lines(digit, (data.id_number[number : number + 1],), 12, "song", centred=True)
    return y + _ROW


def _draw_resume(page: Page, data: SignupPaper, y: float, height: float) -> float:
    page.label(Box(MARGIN, y, _LABEL, height), LABELS["resume"])
    place = Box(MARGIN + _LABEL, y, _WIDTH - _LABEL, height)
    page.value(place, "\n".join(data.resume), "resume", LABELS["resume"])
    if not data.resume:
        _rule(page, place, 4)
    return y + height


def _rule(page: Page, place: Box, lines: int) -> None:
    step = place.height / lines
    for number in range(1, lines):
        y = place.y + number * step
        page.sheet.line(
            place.x + CELL_PADDING, y, place.x + place.width - CELL_PADDING, y, 0.4, dotted=True
        )


def _draw_family(page: Page, y: float, height: float) -> float:
    page.label(Box(MARGIN, y, _LABEL, height), "家庭主要\n成员及其\n工作单位")
    place = Box(MARGIN + _LABEL, y, _WIDTH - _LABEL, height)
    page.sheet.box(place.x, place.y, place.width, place.height)
    _rule(page, place, 3)
    return y + height


def _draw_signature(page: Page, data: SignupPaper, y: float, height: float) -> float:
    page.label(Box(MARGIN, y, _LABEL, height), "申请人\n签　名")
    page.sheet.box(MARGIN + _LABEL, y, _WIDTH - _LABEL, height)
    day = date_or_blank(data.applied_on)
    page.text(MARGIN + _WIDTH - 5, y + height / 2 + 1.4, day, 10.5, align="right")
    return y + height


def _draw_approvals(page: Page, y: float, height: float) -> float:
    half = _WIDTH / 2
    for number, (label, seal) in enumerate(
        (("工会小组\n意　　见", ""), ("基层工会\n审批意见", "（盖章）"))
    ):
        x = MARGIN + number * half
        page.label(Box(x, y, _LABEL, height), label)
        page.sheet.box(x + _LABEL, y, half - _LABEL, height)
        right = x + half - 3
        page.text(x + _LABEL + 3, y + height - 12, "签名：", 10.5)
        if seal:
            page.text(right - 4, y + height - 12, seal, 10.5, align="right")
        page.text(right, y + height - 4, BLANK_DATE, 10.5, align="right")
    return y + height
