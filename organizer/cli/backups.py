"""Backups: made, listed, brought back."""

import argparse
from pathlib import Path

from organizer import paths
from organizer.cli import secrets
from organizer.cli.office import workspace
from organizer.cli.output import Outcome, Progress
from organizer.errors import NotFound
from organizer.i18n import _, show_instant
from organizer.services.office import backing_up, restoring
from organizer.services.office.backing_up import Line
from organizer.services.office.restoring import Restored


def backup_make(arguments: argparse.Namespace) -> Outcome:
    """Make a backup in the chosen place, or in the one named."""
    with workspace(arguments) as opened, Progress() as progress:
        made = backing_up.make(opened, arguments.to and arguments.to.absolute(), progress)
    line = backing_up.line_of(made.backup)
    lines = [_told(line)]
    if made.missing:
        lines.append(
            _("有 {count} 份附件在数据里已经读不出来，没有备份。").format(count=made.missing)
        )
    return Outcome(
        "backup.made",
        _("已备份并核对：{folder}").format(folder=line.folder),
        {**_facts(line), "missing": made.missing, "removed": made.removed},
        tuple(lines),
    )


def backup_list(arguments: argparse.Namespace) -> Outcome:
    """The backups in a place, of whichever office; no password is needed."""
    at = arguments.at.absolute() if arguments.at else backing_up.place()
    if at is None:
        raise NotFound("backup.no_place")
    found = restoring.choices(at)
    return Outcome(
        "backup.listed",
        _("共 {count} 份备份。").format(count=len(found)),
        {"backups": [_facts(line) for line in found]},
        tuple(_told(line) for line in found),
    )


def backup_restore(arguments: argparse.Namespace) -> Outcome:
    """Bring a backup back into the data folder."""
    folder, backup = paths.data_folder(arguments.data), arguments.folder.absolute()
    name = arguments.account or next(iter(restoring.account_names(backup)), "")
    password = secrets.password(arguments.password_file)
    with Progress() as progress:
        done = restoring.restore(backup, folder, name, password, progress)
    return Outcome(
        "backup.restored",
        _("已恢复到 {at} 的状态：{folder}").format(
            at=show_instant(done.line.made_at), folder=done.folder
        ),
        {
            **_facts(done.line),
            "data": done.folder,
            "aside": done.aside,
            "erased": done.erased,
            "missing": done.missing,
        },
        tuple(_remarks(done)),
    )


def _remarks(done: Restored) -> list[str]:
    lines = []
    if done.aside:
        lines.append(_("原来的数据没有动，改名放在 {folder}").format(folder=done.aside))
    if done.erased:
        lines.append(
            _("备份以后清除过的个人信息，已重新清除 {count} 次。").format(count=done.erased)
        )
    if done.erased is None:
        lines.append(_("原来的数据读不出来，备份以后清除过的个人信息请重新清除。"))
    if done.missing:
        lines.append(_("有 {count} 份附件不在备份里。").format(count=done.missing))
    return lines


def _told(line: Line) -> str:
    return _("{at} {office} {employers} 户 {people} 人 {size} MB {folder}").format(
        at=show_instant(line.made_at), office=line.office, employers=line.employers,
        people=line.people, size=round(line.size / 1e6, 1), folder=line.folder,
    )  # fmt: skip


def _facts(line: Line) -> dict[str, object]:
    folder: Path = line.folder
    return {
        "folder": folder, "made_at": line.made_at, "size": line.size, "office": line.office,
        "writes": line.writes, "employers": line.employers, "people": line.people,
    }  # fmt: skip
