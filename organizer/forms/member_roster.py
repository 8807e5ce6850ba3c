"""会员花名册: the members of a union, A4 across; whole for the archive, masked for the wall (domain: 3.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from organizer.forms.fonts import FontSet
from organizer.forms.official_sheet import Column, OfficialSheet, drawn
from organizer.forms.page import FormCode
from organizer.i18n import show_date

FORM_ID = "HJ-05"
VERSION = 1
_COLUMNS = (
    Column("序号", 9, "centre"), Column("姓名", 23), Column("性别", 9, "centre"),
    Column("民族", 12, "centre"), Column("出生年月", 14, "centre"), Column("身份证号", 34),
    Column("学历", 14), Column("政治面貌", 15), Column("工作单位、岗位", 36),
    Column("户籍", 11), Column("农民工", 11, "centre"), Column("手机号码", 21.5),
    Column("入会日期", 20, "centre"), Column("会员证号", 17), Column("会籍", 13),
    Column("备注", 11),
)  # fmt: skip
_POSTED = (
    Column("序号", 12, "centre"), Column("姓名", 40), Column("性别", 12, "centre"),
    Column("身份证号", 50), Column("工作单位", 90), Column("入会日期", 30, "centre"),
    Column("会籍", 24),
)  # fmt: skip


@dataclass(frozen=True)
class RosterLine:
    """A member, as texts."""

    name: str
    sex: str = ""
    ethnic: str = ""
    born: str = ""
    id_number: str = ""
    education: str = ""
    political: str = ""
    workplace: str = ""
    position: str = ""
    household: str = ""
    migrant: str = ""
    phone: str = ""
    joined_on: str = ""
    card_no: str = ""
    state: str = ""


@dataclass(frozen=True)
class Roster:
    """A roster with its sums; `masked` is the one that is posted."""

    union_name: str
    office: str
    made_on: date
    masked: bool
    lines: Sequence[RosterLine]
    women: int
    migrant: int
    new_form: int
    short_id: str


def roster_sheet(roster: Roster, fonts: FontSet) -> bytes:
    """The roster as PDF."""

    def fill(flow: OfficialSheet) -> None:
        flow.facts(((("工会名称", roster.union_name), ("填报日期", show_date(roster.made_on))),))
        columns = _POSTED if roster.masked else _COLUMNS
        cells = _posted if roster.masked else _whole
        lines = enumerate(roster.lines, start=1)
        flow.table(columns, [(str(number), *cells(line)) for number, line in lines])
        flow.note(
            f"合计 {len(roster.lines)} 人，其中女 {roster.women} 人、农民工 {roster.migrant} 人、"
            f"八大群体和新就业形态 {roster.new_form} 人。保留会籍的不计入会员数。"
        )
        if roster.masked:
            flow.note("本表供公示，证件号码已遮盖，不含电话；有出入请告诉工会。")
        else:
            flow.note("本表有证件号码和电话，归入会员档案，不张贴、不外传、不交用人单位。")
            flow.signatures(("制表人（签名）：", "审核人（签名）：", "工会（盖章）："))

    title = "会员花名册（公示）" if roster.masked else "会员花名册"
    code = FormCode(FORM_ID, VERSION, roster.short_id)
    return drawn(title, roster.office, code, fonts, "A4", fill, across=True)


def _whole(line: RosterLine) -> tuple[str, ...]:
    where = "　".join(filter(None, (line.workplace, line.position)))
    return (
        line.name, line.sex, line.ethnic, line.born, line.id_number, line.education,
        line.political, where, line.household, line.migrant, line.phone, line.joined_on,
        line.card_no, line.state, "",
    )  # fmt: skip


def _posted(line: RosterLine) -> tuple[str, ...]:
    return line.name, line.sex, line.id_number, line.workplace, line.joined_on, line.state
