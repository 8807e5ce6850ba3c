"""Tables about members for paper: who is behind with dues, members by group, an employer's numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from organizer.forms.fonts import FontSet
from organizer.forms.official_sheet import Column, OfficialSheet, drawn
from organizer.forms.page import FormCode

VERSION = 1


@dataclass(frozen=True)
class TablePaper:
    """A titled table: facts at its head, rows, remarks and who signs below."""

    form_id: str
    title: str
    office: str
    facts: Sequence[Sequence[tuple[str, str]]]
    columns: Sequence[tuple[str, float, bool]]
    """Title, share of the width, whether it stands in the middle."""
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()
    signatures: Sequence[str] = ()
    across: bool = False


def table_paper(paper: TablePaper, fonts: FontSet) -> bytes:
    """The table as PDF."""

    def fill(flow: OfficialSheet) -> None:
        flow.facts(paper.facts)
        columns = [
            Column(title, share, "centre" if middle else "left")
            for title, share, middle in paper.columns
        ]
        flow.table(columns, paper.rows)
        for note in paper.notes:
            flow.note(note)
        if paper.signatures:
            flow.signatures(paper.signatures)

    code = FormCode(paper.form_id, VERSION, "")
    return drawn(paper.title, paper.office, code, fonts, "A4", fill, across=paper.across)
