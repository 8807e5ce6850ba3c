"""The weekly report and the call-back list as files: PDF for paper, xlsx to go on calculating with."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from organizer.domain import ids
from organizer.domain.access import Permission
from organizer.errors import InvalidInput
from organizer.forms.call_back import CallBack, CallLine, call_back_sheet
from organizer.forms.fonts import FontSet
from organizer.forms.proof import page_count
from organizer.forms.weekly import weekly_sheet
from organizer.i18n import _
from organizer.services.reports import spot_checking
from organizer.services.reports.weekly import Report
from organizer.services.workspace import Workspace, refuse_taken, write_new
from organizer.sheets.weekly_book import weekly_book
from organizer.store.audit import Entry


@dataclass(frozen=True)
class Written:
    """A file that was written; `pages` is 0 for a workbook."""

    path: Path
    pages: int


def file_name(shown: Report, suffix: str) -> str:
    """What the file of a report is called unless somebody says otherwise; `suffix` pdf or xlsx."""
    week = shown.told.week
    return _("排查周报 {monday} 至 {sunday}").format(monday=week.monday, sunday=week.sunday) + (
        f".{suffix}"
    )


def write_report(workspace: Workspace, shown: Report, out: Path) -> Written:
    """Write the report as .pdf or .xlsx, by the name of the file.

    Raises `InvalidInput` for another ending, `Conflict` when the file exists, `DeviceMissing` for a
    folder that is not there.
    """
    workspace.require(Permission.PRINT)
    kind = out.suffix.lower()
    if kind not in (".pdf", ".xlsx"):
        raise InvalidInput("weekly.file_kind", field="out", name=out.name)
    refuse_taken(out)
    made = weekly_sheet(shown.told, FontSet()) if kind == ".pdf" else weekly_book(shown.told)
    write_new(out, made)
    return Written(out, page_count(made) if kind == ".pdf" else 0)


def report_pdf(workspace: Workspace, shown: Report) -> bytes:
    """The same for a printer; no file is written."""
    workspace.require(Permission.PRINT)
    return weekly_sheet(shown.told, FontSet())


def write_call_back(workspace: Workspace, check: bytes, out: Path) -> Written:
    """Write the call-back list of a check with its telephones, once the audit says who did.

    Raises `InvalidInput` for a name that does not end in .pdf, `Conflict`, `DeviceMissing`.
    """
    check_target(workspace, out)
    made = call_back_pdf(workspace, check)
    write_new(out, made)
    return Written(out, page_count(made))


def check_target(workspace: Workspace, out: Path) -> None:
    """Whether a call-back list can be written there, before anything is drawn; raises the same."""
    workspace.require(Permission.PRINT)
    if out.suffix.lower() != ".pdf":
        raise InvalidInput("spot_check.not_pdf", field="out", name=out.name)
    refuse_taken(out)


def call_back_pdf(workspace: Workspace, check: bytes) -> bytes:
    """The same for a printer; who prints is in the audit first."""
    workspace.require(Permission.REVIEW)
    found = spot_checking.check_by_id(workspace, check)
    rows, named = workspace.database.read(lambda c: spot_checking.placed(c, check))
    entry = Entry("spot_check.print", workspace.account.id, check, f"phones {len(rows)}")
    workspace.database.record(entry)
    lines = [
        CallLine(
            row.position,
            row.name,
            named[row.id],
            row.contact,
            row.phone,
            spot_checking.visited_words(workspace, row),
            spot_checking.noted_words(workspace, row),
        )
        for row in rows
    ]
    listed = CallBack(
        workspace.office.name,
        found.round_name,
        found.area or workspace.office.name,
        found.seed,
        date.fromisoformat(found.drawn_on),
        workspace.account.name,
        lines,
        ids.short_id(check),
    )
    return call_back_sheet(listed, FontSet())
