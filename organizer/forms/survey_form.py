"""用人单位排查登记表: one unit on one A4 page, blocks A to G, blank or filled with what is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from organizer.forms.field_paper import FieldPage, Heading, Mark
from organizer.forms.fonts import FontSet
from organizer.forms.page import Box, FormCode
from organizer.forms.pdf import PAGE_WIDTH, Sheet

FORM_ID = "PC-2"
VERSION = 1
MARGIN = 14.0
_WIDTH = PAGE_WIDTH - 2 * MARGIN
_BLOCK = 7.0
_ROW = 7.2
_USCC = 18

Choices = Sequence[tuple[str, bool]]


@dataclass(frozen=True)
class FormData:
    """One page: texts by field, choices by field with those known ticked; the rest stays blank.

    Figures that tax or social insurance gave never stand in it.
    """

    heading: Heading
    mark: Mark
    values: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Choices] = field(default_factory=dict)


@dataclass(frozen=True)
class _Cell:
    """A label and what stands beside it; widths in millimetres, `kind` text, tick or boxes."""

    label: str
    wide: float
    field: str
    room: float
    kind: str = "text"


@dataclass(frozen=True)
class _Row:
    cells: tuple[_Cell, ...]
    height: float = _ROW


def _row(*cells: tuple[str, float, str, float], height: float = _ROW) -> _Row:
    return _Row(tuple(_Cell(*cell) for cell in cells), height)


def _ticks(label: str, wide: float, name: str, room: float) -> _Cell:
    return _Cell(label, wide, name, room, "tick")


_HEAD = (
    _row(("县（市、区）", 22, "county", 24), ("街道（乡镇）", 24, "town", 30),
         ("社区（村）", 20, "community", 34), ("网　格", 14, "grid", 14)),
    _row(("街/路/巷", 22, "street", 40), ("门牌号", 18, "number", 24),
         ("楼宇、层、室", 24, "tower", 54)),
    _row(("排查人", 22, "", 40), ("陪同人", 18, "", 40), ("排查日期", 20, "", 42)),
)  # fmt: skip

_A = (
    _row(("单位全称\n（营业执照）", 22, "name", 88), ("招牌名\n（简称）", 16, "signboard", 49),
         height=8.4),
    _Row((_Cell("统一社会\n信用代码", 22, "uscc", 108, "boxes"),
          _Cell("无照或\n旧注册号", 18, "registration_no", 27)), 8.4),
    _row(("法定代表人\n（负责人）", 22, "legal_person", 30), ("联系人\n（职务）", 18, "contact", 44),
         ("电　话", 14, "phone", 47), height=8.4),
    _Row((_Cell("成立日期", 22, "founded_on", 30), _ticks("经营状态", 18, "operating_state", 105))),
    _row(("注册地址", 22, "registered_address", 153)),
    _row(("实际经营\n地　　址", 22, "address", 108), ("区划代码", 18, "division_code", 27),
         height=8.4),
)  # fmt: skip
_B = (
    _Row((_ticks("单位类型", 22, "unit_type", 153),)),
    _row(("单位性质", 22, "nature", 34), ("经济类型", 18, "econ_type", 36),
         ("所属行业", 18, "industry", 47)),
    _Row((_ticks("企业规模", 22, "size", 34), _ticks("三新领域", 18, "three_new", 24),
          _Cell("平台（加盟）\n及站点", 24, "platform", 53)), 8.4),
    _Row((_ticks("重点标签", 22, "labels", 153),)),
)  # fmt: skip
_C = (
    _row(("职工总数", 22, "staff_total", 13), ("女职工", 16, "staff_women", 12),
         ("农民工", 16, "staff_migrant", 12), ("党　员", 16, "party_members", 12),
         ("签订合同", 16, "contracts_signed", 12), ("新就业形态", 17, "staff_new_form", 11)),
    _row(("劳务派入", 22, "staff_dispatched", 13), ("劳务派出", 16, "staff_sent_out", 12),
         ("灵活用工", 16, "staff_flexible", 12), ("货车司机", 16, "group_h1", 12),
         ("快递员", 16, "group_h2", 12), ("护工护理", 17, "group_h3", 11)),
    _row(("家政服务员", 22, "group_h4", 13), ("商场信息", 16, "group_h5", 12),
         ("网约送餐", 16, "group_h6", 12), ("房产中介", 16, "group_h7", 12),
         ("保安员", 16, "group_h8", 12), ("网约车", 17, "group_n2", 11)),
    _Row((_ticks("人数来源", 22, "count_source", 67), _Cell("截至日期", 20, "count_on", 29),
          _Cell("其他群体", 17, "group_n9", 20))),
)  # fmt: skip
_D = (
    _Row((_ticks("建会状态", 22, "union_state", 153),), 9.6),
    _row(("工会名称", 22, "union_name", 96), ("建会日期", 18, "union_founded_on", 39)),
    _row(("覆盖工会\n（联合工会）", 22, "covering_union", 60), ("批复文号", 18, "approval_no", 24),
         ("工会代码", 16, "union_uscc", 35), height=8.4),
    _row(("主　席", 22, "chair", 26), ("电话", 12, "chair_phone", 34),
         ("届满日期", 18, "chair_term_ends_on", 24), ("筹备组成立", 19, "preparatory_on", 20)),
    _Row((_Cell("会员数", 22, "member_count", 13), _Cell("女会员", 14, "member_women", 12),
          _Cell("实名录入", 16, "registered_members", 12),
          _ticks("工会经费", 18, "dues_state", 68))),
    _Row((_ticks("已有的打√", 22, "civic", 153),), 9.6),
)  # fmt: skip
_E = (
    _Row((_Cell("宣传日期", 22, "publicity_on", 30), _ticks("宣传方式", 18, "publicity_way", 105))),
    _Row((_ticks("单位意愿", 22, "employer_willing", 34),
          _ticks("职工意愿", 18, "staff_willing", 34),
          _Cell("拟入会人数", 22, "intended_members", 12), _Cell("办理阶段", 16, "founding_stage", 17))),
    _Row((_ticks("未建会原因", 22, "no_union_reason", 153),), 9.6),
    _row(("承　诺", 22, "promise", 40), ("承诺建会时间", 22, "promised_on", 22),
         ("责任干部", 16, "responsible", 18), ("下次走访", 16, "next_visit_on", 19)),
)  # fmt: skip
_F = (
    _row(("单位需求\n和困难", 22, "employer_needs", 153), height=10.5),
    _row(("职工诉求", 22, "", 153), height=10.5),
)
_BLOCKS: tuple[tuple[str, tuple[_Row, ...]], ...] = (
    ("Ａ\n单\n位\n身\n份", _A),
    ("Ｂ\n分\n类", _B),
    ("Ｃ\n职\n工", _C),
    ("Ｄ\n建\n会", _D),
    ("Ｅ\n推\n进", _E),
    ("Ｆ\n需\n求", _F),
)
_NOTE = (
    "注：印出的内容是以前登记的，请当面核对，有变的划掉改写；"
    "人数不含税务、社保部门数据。一家单位一张，当天交回。"
)


def survey_forms(forms: Sequence[FormData], fonts: FontSet) -> bytes:
    """One page for each unit, as one PDF."""
    with Sheet("用人单位排查登记表", fonts.chain("song")[0].font) as sheet:
        for number, data in enumerate(forms):
            if number:
                sheet.next_page()
            _draw(FieldPage(sheet, fonts), data.heading, data)
        return sheet.finish()


def _draw(page: FieldPage, heading: Heading, data: FormData) -> None:
    page.text(PAGE_WIDTH / 2, 18, "用人单位排查登记表", 19, "song-bold", "centre", spread=0.8)
    right = MARGIN + _WIDTH
    page.qr(right - 13, 8, 13, data.mark.qr)
    page.text(right - 15, 12, data.mark.code, 13, "hei-bold", "right")
    page.said(MARGIN, 12, heading.office, 9, room=52)
    page.said(MARGIN, 25.5, f"排查批次：{heading.round_name}", 10, room=110)
    page.text(right - 16, 25.5, f"表号：{data.mark.code}", 10, align="right")
    y = 28.0
    for row in _HEAD:
        y = _draw_row(page, row, data, MARGIN, y)
    for title, rows in _BLOCKS:
        below = y
        for row in rows:
            below = _draw_row(page, row, data, MARGIN + _BLOCK, below)
        page.label(Box(MARGIN, y, _BLOCK, below - y), title, 9.5)
        y = below
    y = _draw_signatures(page, y)
    page.said(MARGIN, y + 4.5, _NOTE, 8.5, room=_WIDTH)
    code = FormCode(FORM_ID, VERSION, data.mark.code).line()
    page.text(right, y + 9, f"{code}　打印 {heading.printed}", 7.5, align="right")


def _draw_row(page: FieldPage, row: _Row, data: FormData, x: float, y: float) -> float:
    for cell in row.cells:
        page.label(Box(x, y, cell.wide, row.height), cell.label, _label_size(page, cell))
        box = Box(x + cell.wide, y, cell.room, row.height)
        if cell.kind == "tick":
            page.options(box, data.choices.get(cell.field, ()))
        elif cell.kind == "boxes":
            _draw_boxes(page, box, data.values.get(cell.field, ""))
        else:
            page.text_cell(box, data.values.get(cell.field, ""), 10)
        x += cell.wide + cell.room
    return y + row.height


def _label_size(page: FieldPage, cell: _Cell) -> float:
    """At most 9 points, 8.5 on two lines, less where a line would not fit."""
    lines = cell.label.split("\n")
    size = 9.0 if len(lines) == 1 else 8.5
    while size > 6 and any(page.fonts.width(x, "song", size) > cell.wide - 1.6 for x in lines):
        size -= 0.5
    return size


def _draw_boxes(page: FieldPage, box: Box, text: str) -> None:
    if text and len(text) != _USCC:
        page.text_cell(box, text, 10)
        return
    page.sheet.box(box.x, box.y, box.width, box.height)
    step = box.width / _USCC
    for number in range(_USCC):
        x = box.x + number * step
        if number:
            page.sheet.line(x, box.y, x, box.y + box.height, 0.3)
        if text:
            page.lines(Box(x, box.y, step, box.height), (text[number],), 11, "song", centred=True)


def _draw_signatures(page: FieldPage, y: float) -> float:
    height, third = 19.0, (_WIDTH - _BLOCK) / 3
    page.label(Box(MARGIN, y, _BLOCK, height), "Ｇ\n签\n章", 9.5)
    for number, title in enumerate(("被访人签字", "排查人签字", "社区（村）盖章")):
        x = MARGIN + _BLOCK + number * third
        page.sheet.box(x, y, third, height)
        page.text(x + 2, y + 5, title, 9.5)
        page.text(x + third - 2, y + height - 2.5, "　　年　月　日", 9.5, align="right")
    page.text(MARGIN + _BLOCK + 2, y + height - 2.5, "门头照片 □已拍", 8)
    return y + height
