"""What the sign-up papers print: strings and dates only; anything empty is left for handwriting."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

LABELS: Mapping[str, str] = {
    "name": "姓名",
    "sex": "性别",
    "ethnic": "民族",
    "born_on": "出生日期",
    "political": "政治面貌",
    "education": "学历",
    "id_number": "身份证号",
    "household_kind": "户籍类型",
    "household_place": "户籍所在地",
    "native_place": "籍贯",
    "address": "现住址",
    "phone": "手机号码",
    "employer": "工作单位",
    "position": "岗位（工种）",
    "started_work_on": "参加工作时间",
    "skill_level": "技能等级",
    "title": "职称",
    "group": "新就业形态群体",
    "union_name": "加入工会",
    "resume": "工作简历",
    "remarks": "备注（会籍变动记录）",
    "member_card_no": "会员证号",
    "applied_on": "申请日期",
    "record_short_id": "表号",
    "union_address": "工会地址",
    "union_phone": "工会电话",
    "receivers": "上级工会",
}


@dataclass(frozen=True)
class SignupPaper:
    """One person's sign-up as it goes on paper (工会会员登记表, 会籍管理办法 art. 5).

    Values are labels as people read them (汉族, not a code). `resume` holds one line an entry;
    `remarks` may hold line breaks. `record_short_id` ties the paper to the record; it should be
    upper-case letters and digits.
    """

    name: str = ""
    sex: str = ""
    ethnic: str = ""
    born_on: date | None = None
    political: str = ""
    education: str = ""
    id_number: str = ""
    household_kind: str = ""
    household_place: str = ""
    native_place: str = ""
    address: str = ""
    phone: str = ""
    employer: str = ""
    position: str = ""
    started_work_on: date | None = None
    skill_level: str = ""
    title: str = ""
    group: str = ""
    union_name: str = ""
    resume: tuple[str, ...] = ()
    remarks: str = ""
    member_card_no: str = ""
    applied_on: date | None = None
    record_short_id: str = ""
    union_address: str = ""
    union_phone: str = ""
    receivers: str = ""

    def texts(self) -> dict[str, str]:
        """The fields that hold text, for the check before printing; those of `remarks` and
        `resume` are joined over their line breaks.
        """
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        found = {name: value for name, value in values.items() if isinstance(value, str)}
        joined = {"resume": "".join(self.resume), "remarks": self.remarks.replace("\n", "")}
        return {**found, **joined}
