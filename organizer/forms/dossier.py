"""会员档案: everything about one person on paper, as it stands on the day it is printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from organizer.domain.chapter import Chapter
from organizer.forms.fonts import FontSet
from organizer.forms.official_sheet import Column, OfficialSheet, drawn
from organizer.forms.page import FormCode
from organizer.i18n import show_date

FORM_ID = "HJ-06"
VERSION = 1

Pair = tuple[str, str]


@dataclass(frozen=True)
class Dossier:
    """A person's dossier; `facts` in pairs, two to a line."""

    office: str
    printed_on: date
    printed_by: str
    facts: Sequence[Pair]
    chapters: Sequence[Chapter]
    short_id: str


def dossier_sheet(dossier: Dossier, fonts: FontSet) -> bytes:
    """The dossier as PDF; a character that no font has is printed as 〓."""

    def fill(flow: OfficialSheet) -> None:
        facts = list(dossier.facts)
        if len(facts) % 2:
            facts.append(("", ""))
        flow.facts([facts[at : at + 2] for at in range(0, len(facts), 2)])
        for chapter in dossier.chapters:
            flow.heading(chapter.title)
            if chapter.rows:
                columns = [Column(title, share) for title, share in chapter.columns]
                flow.table(columns, chapter.rows)
            else:
                flow.note("没有。")
        day = show_date(dossier.printed_on)
        flow.note(f"{dossier.printed_by} 打印于 {day}。本件有完整的个人信息，用后归档或销毁。")

    code = FormCode(FORM_ID, VERSION, dossier.short_id)
    return drawn("会员档案", dossier.office, code, fonts, "A4", fill)
