"""入会审批名单: whom the base committee approved at one meeting, for its stamp (会籍管理办法 art. 5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from organizer.forms.fonts import FontSet
from organizer.forms.official_sheet import Column, OfficialSheet, drawn
from organizer.forms.page import BLANK_DATE, FormCode
from organizer.i18n import show_date

FORM_ID = "JR-04"
VERSION = 1
_COLUMNS = (
    Column("序号", 10, "centre"), Column("姓名", 32), Column("性别", 10, "centre"),
    Column("身份证号", 47), Column("工作单位", 40), Column("申请日期", 24, "centre"),
    Column("备注", 30),
)  # fmt: skip


@dataclass(frozen=True)
class ApprovalLine:
    """One person, as texts."""

    name: str
    sex: str = ""
    id_number: str = ""
    workplace: str = ""
    applied_on: str = ""
    remark: str = ""


@dataclass(frozen=True)
class ApprovalPaper:
    """A meeting and whom it approved; what is empty is left for handwriting."""

    office: str
    union_name: str
    committee: str
    met_on: date | None
    number: str
    lines: Sequence[ApprovalLine]
    short_id: str


def approval_paper(data: ApprovalPaper, fonts: FontSet) -> bytes:
    """The list as PDF on A4, the headings again on every page."""

    def fill(flow: OfficialSheet) -> None:
        met = show_date(data.met_on) if data.met_on else BLANK_DATE.strip("　")
        committee = data.committee or f"{data.union_name}委员会"
        flow.facts(
            (
                (("工会名称", data.union_name), ("文号", data.number)),
                (("审批的委员会", committee), ("会议日期", met)),
            )
        )
        flow.heading(f"批准入会的人员（{len(data.lines)} 人）")
        flow.table(
            _COLUMNS,
            [
                (
                    str(place), line.name, line.sex, line.id_number or "证件后补", line.workplace,
                    line.applied_on, line.remark,
                )
                for place, line in enumerate(data.lines, 1)
            ],
        )  # fmt: skip
        flow.note(f"经会议讨论，同意以上 {len(data.lines)} 人加入工会，自会议之日起为会员。")
        flow.signatures(("主持人（签名）：", "委员（签名）：", "工会（盖章）："))

    code = FormCode(FORM_ID, VERSION, data.short_id)
    return drawn("入会审批名单", data.office, code, fonts, "A4", fill)
