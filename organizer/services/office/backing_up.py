"""Backups: made while people work, told of truly, due by themselves."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from organizer import crypto, paths, settings
from organizer.domain import backup
from organizer.domain.access import Permission
from organizer.errors import (
    Cancelled,
    Conflict,
    DatabaseDamaged,
    DeviceMissing,
    NotFound,
    OrganizerError,
    StorageFull,
)
from organizer.i18n import _, show_instant
from organizer.jobs import Progress, Silent
from organizer.services.office import practising
from organizer.services.workspace import Workspace
from organizer.store import backup_notes, backups
from organizer.store.backup_notes import Note
from organizer.store.backups import Backup, Made
from organizer.store.driver import Connection

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class State:
    """How it stands with the backups of this office on this machine."""

    place: Path | None
    made_at: datetime | None
    begun_at: datetime
    """When the office was made."""
    behind: bool
    """Whether something was written since, or it lies in a place chosen before."""
    failed_at: datetime | None
    failure: str
    now: datetime
    practice: bool

    @property
    def stale(self) -> bool:
        """Whether more than three days of work stand in no backup."""
        since = self.made_at or self.begun_at
        return not self.practice and backup.is_stale(self.now, since, written=self.behind)

    def sentence(self) -> str:
        """The state in words, for the top of the window: 已备份 4 分钟前; "" while practising."""
        if self.practice:
            return ""
        if self.failure:
            return _("备份没有成功：{why}").format(why=self.failure)
        if self.made_at is None:
            return _("尚未备份")
        if -_MINUTE < self.now - self.made_at < _MINUTE:
            return _("已备份，就在刚才")
        return _("已备份 {when}").format(when=ago(self.now - self.made_at, self.made_at))

    def is_due(self, *, leaving: bool = False) -> bool:
        """Whether it is time for the next one, or worth one before the file is locked or closed."""
        if self.place is None or self.practice:
            return False
        return backup.is_due(
            self.now, self.made_at, self.failed_at, written=self.behind, leaving=leaving
        )


@dataclass(frozen=True)
class Line:
    """A backup in a list."""

    folder: Path
    made_at: datetime
    size: int
    office: str
    writes: int
    employers: int
    people: int


def state(workspace: Workspace) -> State:
    """How it stands now."""
    workspace.require(Permission.LOOK)
    note, (writes, begun) = workspace.database.read(
        lambda connection: (backup_notes.noted(connection), backup_notes.written(connection))
    )
    folder, chosen = workspace.database.folder, place()
    now = (writes, _keyring_digest(folder), str(chosen or note.place))
    failed_at, failure = workspace.failed_backup or (note.failed_at, note.failure)
    return State(
        chosen,
        _instant(note.made_at),
        datetime.fromisoformat(begun),
        now != (note.writes, note.keyring, note.place),
        _instant(failed_at),
        failure,
        _now(workspace),
        practising.is_practice(folder),
    )


def make(workspace: Workspace, into: Path | None = None, progress: Progress | None = None) -> Made:
    """Make a backup in `into`, or in the chosen place; while it runs everybody can work.

    Raises `NotFound` without a place, `Conflict` for an unfit one, `DatabaseDamaged` when there is
    nothing sound to back up, `StorageFull`, `DeviceMissing`, `Cancelled`. Earlier backups stay.
    """
    workspace.require(Permission.LOOK)
    chosen = into or place()
    if chosen is None:
        raise NotFound("backup.no_place")
    try:
        check_place(chosen, workspace.database.folder.root)
        with _in_plain_words(chosen):
            ring = _keyring_digest(workspace.database.folder)
            made = backups.make(workspace.database, chosen, workspace.office, progress or Silent())
        about = made.backup.about
        note = Note(_stored(about.made_at), about.standing.rows["writes"], ring, str(chosen))
        workspace.database.local(lambda connection: backup_notes.note(connection, note))
    except OrganizerError as error:
        if not isinstance(error, Cancelled):
            _note_failure(workspace, error)
        raise
    workspace.failed_backup = None
    return made


def keep_up(
    workspace: Workspace, progress: Progress | None = None, *, leaving: bool = False
) -> Made | None:
    """Make a backup if it is time for one, or worth one before leaving; raises as `make` does."""
    now = state(workspace)
    return make(workspace, None, progress) if now.is_due(leaving=leaving) else None


def lines(workspace: Workspace, at: Path | None = None) -> list[Line]:
    """The backups of this office in a place (the chosen one), newest first."""
    workspace.require(Permission.LOOK)
    chosen = at or place()
    if chosen is None:
        return []
    mine = backups.home(chosen, workspace.office, workspace.database.folder)
    return [line_of(one) for one in backups.found(mine)]


def is_backed_up(workspace: Workspace, row: bytes) -> bool:
    """Whether a record, as it is now, stands in a backup: 已录入 becomes 已备份."""
    workspace.require(Permission.LOOK)
    return workspace.database.read(
        lambda connection: backup_notes.stands_in(connection, row, backup_notes.noted(connection))
    )


def place() -> Path | None:
    """Where this machine keeps its backups; None while nobody chose."""
    chosen = settings.read(paths.settings_file()).backup_folder
    return Path(chosen) if chosen else None


def check_place(chosen: Path, data: Path) -> None:
    """Raises `Conflict` for a place in the data folder, `DeviceMissing` for one that is not there or
    refuses writing."""
    where = chosen.expanduser().resolve()
    if where.is_relative_to(data.resolve()):
        raise Conflict("backup.place_is_data", folder=chosen)
    if not where.is_dir():
        raise DeviceMissing("backup.place_gone", folder=chosen)
    try:
        trial = where / ".organizer-trial.part"
        trial.write_bytes(b"")
        trial.unlink()
    except OSError as error:
        raise DeviceMissing("backup.place_refused", folder=chosen) from error


def suggested_place(data: Path) -> Path | None:
    """A folder on another drive than the data's, where there is one."""
    return next(iter(paths.other_drives(data)), None)


def is_on_same_drive(chosen: Path, data: Path) -> bool:
    """Whether one broken disk would take the data and the backups together."""
    return paths.drive_of(chosen) == paths.drive_of(data)


def ago(passed: timedelta, at: datetime) -> str:
    """How long something is past, in the words of a glance: 4 分钟前, 2 小时前, else the day."""
    if passed < -_MINUTE:
        # The clock was set back since: the day it was made is true all the same.
        return show_instant(at)
    if passed < _HOUR:
        return _("{count} 分钟前").format(count=int(passed / _MINUTE))
    if passed < _DAY:
        return _("{count} 小时前").format(count=int(passed / _HOUR))
    if passed < 3 * _DAY:
        return _("{count} 天前").format(count=passed.days)
    return show_instant(at)


def line_of(one: Backup) -> Line:
    """A backup as a list shows it."""
    about, rows = one.about, one.about.standing.rows
    return Line(
        one.folder, about.made_at, about.size, about.office,
        rows["writes"], rows["employer"], rows["person"],
    )  # fmt: skip


@contextlib.contextmanager
def _in_plain_words(chosen: Path) -> Iterator[None]:
    """Errors of the place and of the data in sentences that say which of the two it was."""
    try:
        yield
    except DatabaseDamaged as error:
        raise DatabaseDamaged("backup.source_damaged") from error
    except StorageFull as error:
        raise StorageFull("backup.full", folder=chosen) from error
    except DeviceMissing as error:
        there = Path(str(error.facts.get("file") or error.facts["folder"]))
        if error.code == "backup.unlike" or not there.is_relative_to(chosen):
            raise
        gone = "backup.place_refused" if chosen.is_dir() else "backup.place_gone"
        raise DeviceMissing(gone, folder=chosen) from error


def _note_failure(workspace: Workspace, error: OrganizerError) -> None:
    now, sentence = workspace.now, error.sentence()
    workspace.failed_backup = now, sentence

    def fail(connection: Connection) -> None:
        note = backup_notes.noted(connection)
        failed = msgspec.structs.replace(note, failed_at=now, failure=sentence)
        backup_notes.note(connection, failed)

    # A damaged file or a full disk refuses the note as well; the sitting remembers it all the same.
    with contextlib.suppress(OrganizerError):
        workspace.database.local(fail)


def _keyring_digest(folder: paths.DataFolder) -> str:
    try:
        return crypto.digest(folder.keyring.read_bytes()).hex()
    except OSError:
        return ""


def _now(workspace: Workspace) -> datetime:
    return datetime.fromisoformat(workspace.now)


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _stored(at: datetime) -> str:
    return at.isoformat()
