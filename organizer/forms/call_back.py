"""抽查回访单: the list from which a reviewer calls, the only place where the telephones are written out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from organizer.forms.fonts import FontSet
from organizer.forms.official_sheet import Column, OfficialSheet, drawn
from organizer.forms.page import FormCode
from organizer.i18n import show_date

FORM_ID = "PC-7"
VERSION = 1
_COLUMNS = (
    Column("序号", 9, "centre"),
    Column("单位、地址", 45),
    Column("联系人、电话", 30),
    Column("走访", 31),
    Column("当时所记", 28),
    Column("回访结果", 29),
)
_NOTES = (
    "回访结果写数字：1 一致；2 不一致（写明哪一项：a 没有人来过、b 走访结果、c 职工总数、d 建会状态、e 地址、f 其他）；3 没联系上。",
    "回访只为核对记录，不追究单位；问完道谢。不一致多半是口头数字有出入，先核对再说。",
    "本单有电话号码，用后交回审核员销毁，不拍照、不外传。",
)


@dataclass(frozen=True)
class CallLine:
    """A unit to call."""

    position: int
    name: str
    place: str
    contact: str
    phone: str
    visited: str
    noted: str


@dataclass(frozen=True)
class CallBack:
    """A call-back list."""

    office: str
    round_name: str
    area: str
    seed: int
    drawn_on: date
    printed_by: str
    lines: Sequence[CallLine]
    short_id: str


def call_back_sheet(listed: CallBack, fonts: FontSet) -> bytes:
    """The list as PDF."""

    def fill(flow: OfficialSheet) -> None:
        flow.facts(
            (
                (("排查批次", listed.round_name), ("范围", listed.area)),
                (("抽取日期", show_date(listed.drawn_on)), ("抽签号", str(listed.seed))),
                (("打印人", listed.printed_by), ("户数", str(len(listed.lines)))),
            )
        )
        flow.heading(f"回访名单（{len(listed.lines)} 户）")
        flow.table(_COLUMNS, [_row(line) for line in listed.lines])
        for note in _NOTES:
            flow.note(note)
        flow.signatures(("回访人（签名）：", "审核员（签名）："))

    code = FormCode(FORM_ID, VERSION, listed.short_id)
    return drawn("抽查回访单", listed.office, code, fonts, "A4", fill)


def _row(line: CallLine) -> tuple[str, ...]:
    return (
        str(line.position),
        "　".join(filter(None, (line.name, line.place))),
        "　".join(filter(None, (line.contact, line.phone or "没有登记电话"))),
        line.visited,
        line.noted,
        "",
    )
