"""排查任务单: what one person goes through, until when, with a line for both to sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from organizer.forms.fonts import FontSet
from organizer.forms.official_sheet import Column, OfficialSheet, drawn
from organizer.forms.page import FormCode
from organizer.i18n import show_date

FORM_ID = "PC-5"
VERSION = 1
_COLUMNS = (
    Column("序号", 9, "centre"),
    Column("地点", 44),
    Column("所在", 30),
    Column("门牌", 13, "centre"),
    Column("户数", 15, "centre"),
    Column("已查", 13, "centre"),
    Column("完成日期", 22),
    Column("备注", 26),
)
_PROMISES = (
    "1. 逐户走访，当日录入或填写走访单；无人的换时段再去，三次以上仍见不到的按“已尽责”办理。",
    "2. 税务、社保等部门的数字不带到门上，不向用人单位出示。",
    "3. 本单和走访单用后交回，不拍照、不外传。",
)


@dataclass(frozen=True)
class SlipLine:
    """A place to go through."""

    name: str
    above: str
    houses: int
    units: int
    reached: int
    remark: str = ""


@dataclass(frozen=True)
class Slip:
    """A slip; what is empty is left for handwriting."""

    office: str
    assignee: str
    round_name: str
    grids: str
    assigned_on: date
    until_on: date | None
    lines: Sequence[SlipLine]
    remark: str
    short_id: str


def slip_sheet(slip: Slip, fonts: FontSet, size: str = "A4") -> bytes:
    """The slip as PDF, A4 or A5; raises `InvalidInput` for another size."""

    def fill(flow: OfficialSheet) -> None:
        until = show_date(slip.until_on) if slip.until_on else ""
        flow.facts(
            (
                (("承担人", slip.assignee), ("排查批次", slip.round_name)),
                (("派单日期", show_date(slip.assigned_on)), ("完成期限", until)),
                (("网格", slip.grids),),
                *(((("要求", slip.remark),),) if slip.remark else ()),
            )
        )
        flow.heading(f"排查范围（{len(slip.lines)} 处）")
        flow.table(_COLUMNS, [*_rows(slip.lines), _total(slip.lines)])
        for promise in _PROMISES:
            flow.note(promise)
        flow.signatures(("派单人（签名、盖章）：", "承担人（签名）："))

    code = FormCode(FORM_ID, VERSION, slip.short_id)
    return drawn("排查任务单", slip.office, code, fonts, size, fill)


def _rows(lines: Sequence[SlipLine]) -> list[tuple[str, ...]]:
    return [
        (
            str(number), line.name, line.above, str(line.houses or ""), str(line.units),
            str(line.reached), "", line.remark,
        )
        for number, line in enumerate(lines, 1)
    ]  # fmt: skip


def _total(lines: Sequence[SlipLine]) -> tuple[str, ...]:
    houses, units, reached = (
        sum(getattr(line, name) for line in lines) for name in ("houses", "units", "reached")
    )
    return ("", "合计", "", str(houses or ""), str(units), str(reached), "", "")
