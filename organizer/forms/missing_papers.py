"""缺材料清单: what a union or unit still has to bring, to be ticked off by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from organizer.forms.fonts import FontSet
from organizer.forms.official_sheet import Column, OfficialSheet, drawn
from organizer.forms.page import FormCode
from organizer.i18n import show_date

FORM_ID = "CL-1"
VERSION = 1


@dataclass(frozen=True)
class MissingSheet:
    """One list: its title, of whom, and rows of name, paper, detail, union, since."""

    office: str
    title: str
    area: str
    printed_on: date
    printed_by: str
    whole: int
    rows: Sequence[tuple[str, str, str, str, str]]
    detail: str
    since: str


def missing_sheet(listed: MissingSheet, fonts: FontSet) -> bytes:
    """The list as PDF."""
    columns = (
        Column("序号", 9, "centre"),
        Column("姓名、单位", 30),
        Column("材料", 34),
        Column(listed.detail, 30),
        Column("工会", 40),
        Column(listed.since, 22, "centre"),
        Column("办好打√", 15, "centre"),
    )

    def fill(flow: OfficialSheet) -> None:
        day = show_date(listed.printed_on)
        flow.facts(
            (
                (("清单", listed.title), ("范围", listed.area)),
                (("打印日期", day), ("打印人", listed.printed_by)),
            )
        )
        flow.heading(f"{listed.title}（{listed.whole} 份）")
        flow.table(
            columns, [(str(number), *one, "") for number, one in enumerate(listed.rows, start=1)]
        )
        if len(listed.rows) < listed.whole:
            rest = listed.whole - len(listed.rows)
            flow.note(f"还有 {rest} 份没有列出，请按工会或单位分开打印。")

    return drawn("缺材料清单", listed.office, FormCode(FORM_ID, VERSION, ""), fonts, "A4", fill)
