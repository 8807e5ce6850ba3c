"""网格交接单: what is open in a grid when another person takes it over, signed by both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from organizer.forms.fonts import FontSet
from organizer.forms.official_sheet import Column, OfficialSheet, drawn
from organizer.forms.page import FormCode
from organizer.i18n import show_date

FORM_ID = "PC-6"
VERSION = 1


@dataclass(frozen=True)
class RelayPart:
    """One kind of open thing: its heading, the columns (title, share) and the rows."""

    title: str
    columns: Sequence[tuple[str, float]]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class RelaySheet:
    """A hand-over of a grid; what is empty is left for handwriting."""

    office: str
    grid: str
    division: str
    boundary: str
    giver: str
    taker: str
    phone: str
    round_name: str
    progress: str
    on_day: date
    remark: str
    parts: Sequence[RelayPart]
    short_id: str


def relay_sheet(data: RelaySheet, fonts: FontSet) -> bytes:
    """The sheet as PDF on A4; a part without rows says so in its heading."""

    def fill(flow: OfficialSheet) -> None:
        flow.facts(
            (
                (("网格", data.grid), ("所在区划", data.division)),
                (("移交人", data.giver), ("接收人", data.taker)),
                (("接收人电话", data.phone), ("交接日期", show_date(data.on_day))),
                (("排查批次", data.round_name), ("进度", data.progress)),
                *(((("四至范围", data.boundary),),) if data.boundary else ()),
                *(((("说明", data.remark),),) if data.remark else ()),
            )
        )
        for number, part in enumerate(data.parts, 1):
            count = f"{len(part.rows)} 项" if part.rows else "无"
            flow.heading(f"{_ORDINALS[number]}、{part.title}：{count}")
            if part.rows:
                columns = [Column("序号", 9, "centre"), *(Column(*one) for one in part.columns)]
                flow.table(columns, [(str(n), *row) for n, row in enumerate(part.rows, 1)])
        flow.note("以上事项已逐项交接清楚。本单一式两份，移交人、接收人各执一份。")
        flow.signatures(("移交人（签名）：", "接收人（签名）：", "监交人（签名、盖章）："))

    code = FormCode(FORM_ID, VERSION, data.short_id)
    return drawn("网格交接单", data.office, code, fonts, "A4", fill)


_ORDINALS = "〇一二三四五六七八九十"
