"""集中入会登记表: the collective application, everybody signs in a row of it (domain: 3.10).

A list that everybody signs is a written application (会籍管理办法 art. 5). The sentence of the
application and what each consents to stand once above it; each consent has a column of its own to
sign in (个人信息保护法 arts. 14, 23, 29).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from organizer.forms.fonts import FontSet
from organizer.forms.official_sheet import Column, OfficialSheet, drawn
from organizer.forms.page import FormCode
from organizer.forms.texts import VersionedText
from organizer.i18n import show_date

FORM_ID = "JR-01"
VERSION = 1
BLANK_ROWS = 15
_SIGNED_ROW = 10.0
_COLUMNS = (
    Column("序号", 9, "centre"), Column("姓名", 27), Column("性别", 9, "centre"),
    Column("身份证号", 34), Column("手机号码", 22), Column("群体", 18), Column("平台、单位", 38),
    Column("户籍类型", 17, "centre"), Column("①本人签名", 33), Column("②本人签名", 33),
    Column("③本人签名", 33),
)  # fmt: skip


@dataclass(frozen=True)
class GatheringLine:
    """One person, as texts."""

    name: str
    sex: str = ""
    id_number: str = ""
    phone: str = ""
    group: str = ""
    workplace: str = ""
    household: str = ""


@dataclass(frozen=True)
class GatheringForm:
    """The event and who joins; what is empty is left for handwriting."""

    office: str
    name: str
    held_on: date | None
    venue: str
    union_name: str
    employer: str
    oath_reader: str
    authority: str
    receivers: str
    lines: Sequence[GatheringLine]
    short_id: str


def gathering_form(
    data: GatheringForm,
    fonts: FontSet,
    text: VersionedText,
    notice: VersionedText,
    consents: Sequence[VersionedText],
) -> bytes:
    """The form as PDF, A4 across, the headings again on every page; without lines a blank one.

    `text` is the sentence of the application, `notice` what is told about personal data, `consents`
    are the three wordings in their order.
    """

    def fill(flow: OfficialSheet) -> None:
        held = show_date(data.held_on) if data.held_on else ""
        flow.facts(
            (
                (("活动名称", data.name), ("日期", held), ("地点", data.venue)),
                (
                    ("拟加入工会", data.union_name),
                    ("工作单位", data.employer),
                    ("领誓人", data.oath_reader),
                ),
            )
        )
        flow.note(f"以下人员均为本人自愿申请：{text.body}")
        flow.note(f"告知：{_filled(notice.body, data.union_name)}")
        for mark, one in zip("①②③", consents, strict=True):
            flow.note(mark + one.body.replace("{receivers}", data.receivers or "＿＿＿＿＿＿"))
        flow.gap(2.0)
        lines = data.lines or [GatheringLine("")] * BLANK_ROWS
        flow.table(
            _COLUMNS,
            [(str(place), *_cells(line)) for place, line in enumerate(lines, 1)],
            least=_SIGNED_ROW,
        )
        if data.lines:
            flow.note(f"以上共 {len(data.lines)} 人。{data.authority}")
        flow.signatures(
            ("现场组织人（签名）：", "工会小组意见（签名）：", "基层工会审批意见（盖章）：")
        )

    code = FormCode(FORM_ID, text.version, data.short_id)
    return drawn("集中入会登记表", data.office, code, fonts, "A4", fill, across=True)


def _filled(body: str, union_name: str) -> str:
    for name, value in (("union", union_name), ("address", ""), ("phone", "")):
        body = body.replace(f"{{{name}}}", value or "＿＿＿＿＿＿＿＿")
    return body


def _cells(line: GatheringLine) -> tuple[str, ...]:
    return (
        line.name, line.sex, line.id_number, line.phone, line.group, line.workplace,
        line.household, "", "", "",
    )  # fmt: skip
