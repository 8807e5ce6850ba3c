"""Printing a list of what is missing, for those who go and get it."""

from dataclasses import dataclass
from pathlib import Path

from organizer.domain.access import Permission
from organizer.forms.fonts import FontSet
from organizer.forms.missing_papers import MissingSheet
from organizer.forms.missing_papers import missing_sheet as drawn
from organizer.i18n import _
from organizer.services.paper import missing
from organizer.services.paper.missing import Asked, Lack
from organizer.services.workspace import Workspace, refuse_taken, write_new

MOST_ROWS = 1000
"""More is for nobody to carry about; the rest is told on the sheet."""


@dataclass(frozen=True)
class Listed:
    """The words above a list's columns."""

    detail: str
    since: str


def headings(lack: Lack) -> Listed:
    """What the last columns of a list hold."""
    detail = {
        Lack.UNSIGNED: _("表号"),
        Lack.UNSTAMPED: _("表号"),
        Lack.UNFILED: _("表号"),
        Lack.FOUNDING: _("步骤"),
        Lack.UNTOLD: _("手机号码"),
    }.get(lack, _("工作单位"))
    since = {
        Lack.UNSIGNED: _("打印日期"),
        Lack.UNSTAMPED: _("签字日期"),
        Lack.UNFILED: _("办完日期"),
        Lack.FOUNDING: _("办理日期"),
        Lack.UNTOLD: _("批准日期"),
    }.get(lack, _("入会日期"))
    return Listed(detail, since)


def make(workspace: Workspace, asked: Asked, area: str = "") -> bytes:
    """A list of what is missing as PDF; `area` says of which union or unit."""
    workspace.require(Permission.PRINT)
    numbers = missing.numbers(workspace, asked)
    shown = numbers[:MOST_ROWS]
    lines = missing.page(workspace, asked, shown)
    words = headings(asked.lack)
    sheet = MissingSheet(
        workspace.office.name,
        missing.title(asked.lack),
        area or workspace.office.name,
        workspace.today,
        workspace.account.name,
        len(numbers),
        tuple(
            (
                one.name,
                one.paper or missing.title(asked.lack),
                one.detail,
                one.union_name,
                one.since,
            )
            for n in shown
            if (one := lines.get(n))
        ),
        words.detail,
        words.since,
    )
    return drawn(sheet, FontSet())


def write(workspace: Workspace, asked: Asked, area: str, out: Path) -> Path:
    """The same into a new file; raises `Conflict` when it exists."""
    refuse_taken(out)
    write_new(out, make(workspace, asked, area))
    return out
