"""Lists of a founding: 筹备组名单, 候选人名单（公示）, 选举结果报告单; blank ones have rows to write in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from organizer.forms.fonts import FontSet
from organizer.forms.official_sheet import Column, OfficialSheet, drawn
from organizer.forms.page import FormCode

FORM_IDS: Mapping[str, str] = {
    "founding_group": "JH-01",
    "founding_candidates": "JH-04",
    "founding_report": "JH-05",
}
VERSION = 1
_WHO = (
    Column("序号", 10, "centre"),
    Column("姓名", 26, "centre"),
    Column("性别", 11, "centre"),
    Column("民族", 15, "centre"),
    Column("出生年月", 21, "centre"),
    Column("政治面貌", 20, "centre"),
    Column("学历", 15, "centre"),
    Column("单位职务", 28),
)
_NOBODY = ("",) * (len(_WHO) - 1)


@dataclass(frozen=True)
class Who:
    """Somebody on a list, in words; "" where it is written by hand."""

    name: str = ""
    sex: str = ""
    ethnic: str = ""
    born: str = ""
    political: str = ""
    education: str = ""
    position: str = ""
    role: str = ""
    votes: str = ""
    elected: str = ""
    post: str = ""
    """The code of what one stands for."""

    @property
    def cells(self) -> tuple[str, ...]:
        """What every list tells of somebody."""
        return (
            self.name, self.sex, self.ethnic, self.born, self.political, self.education,
            self.position,
        )  # fmt: skip


@dataclass(frozen=True)
class FoundingSheet:
    """A list to be drawn. `facts` are titles and texts line by line, `notes` sentences below."""

    form: str
    office: str
    facts: Sequence[Sequence[tuple[str, str]]]
    people: Sequence[Who]
    notes: Sequence[str] = ()
    bodies: Sequence[tuple[str, str]] = field(default_factory=tuple)
    short_id: str = ""


def founding_sheet(data: FoundingSheet, fonts: FontSet) -> bytes:
    """The list as PDF on A4."""
    fill, title = {
        "founding_group": (_group, "建会筹备组名单"),
        "founding_candidates": (_candidates, "工会候选人名单（公示）"),
        "founding_report": (_report, "选举结果报告单"),
    }[data.form]
    code = FormCode(FORM_IDS[data.form], VERSION, data.short_id)
    return drawn(title, data.office, code, fonts, "A4", lambda flow: fill(flow, data))


def _group(flow: OfficialSheet, data: FoundingSheet) -> None:
    flow.facts(data.facts)
    flow.heading("筹备组成员（3 至 5 人）")
    columns = (*_WHO, Column("筹备组职务", 22, "centre"), Column("签名", 22, "centre"))
    flow.table(columns, _rows(data.people, 5, lambda one: (_role(one.role), "")))
    for note in data.notes:
        flow.note(note)
    flow.signatures(("单位（盖章）：", "上一级工会（盖章）："))


def _candidates(flow: OfficialSheet, data: FoundingSheet) -> None:
    flow.facts(data.facts)
    flow.heading("候选人")
    columns = (*_WHO, Column("拟任职务", 28, "centre"))
    flow.table(columns, _rows(data.people, 8, lambda one: (one.role,)))
    for note in data.notes:
        flow.note(note)
    flow.signatures(("单位党组织意见（盖章）：", "筹备组（签名）：", "上一级工会意见（盖章）："))


def _report(flow: OfficialSheet, data: FoundingSheet) -> None:
    flow.facts(data.facts)
    flow.heading("得票和当选")
    columns = (*_WHO, Column("得票", 13, "centre"), Column("当选职务", 28, "centre"))
    flow.table(columns, _rows(data.people, 6, lambda one: (one.votes, one.elected)))
    flow.heading("选举产生")
    flow.facts([[one] for one in data.bodies])
    for note in data.notes:
        flow.note(note)
    flow.note(
        "总监票人（签名）：＿＿＿＿＿＿　监票人（签名）：＿＿＿＿＿＿　计票人（签名）：＿＿＿＿＿＿"
    )
    flow.signatures(("单位党组织意见（盖章）：", "上一级工会意见（盖章）："))


def _rows(
    people: Sequence[Who], least: int, more: Callable[[Who], tuple[str, ...]]
) -> list[tuple[str, ...]]:
    """A row for everybody, and empty ones up to `least` where nobody is known."""
    rows = [(str(number), *one.cells, *more(one)) for number, one in enumerate(people, 1)]
    if not rows:
        rows = [(str(number), *_NOBODY, *more(Who())) for number in range(1, least + 1)]
    return rows


def _role(role: str) -> str:
    return role.removeprefix("筹备组")
