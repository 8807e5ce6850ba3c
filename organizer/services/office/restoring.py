"""Coming back from a backup: into a folder of its own, whole and looked at, before it takes its place.

What was there stays beside it under another name. Whoever was erased since the backup was made is
erased again, as far as the present data can still be read.
"""

import itertools
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from organizer import log, paths
from organizer.errors import DatabaseDamaged, DeviceMissing, NotFound, OrganizerError
from organizer.i18n import SHANGHAI
from organizer.jobs import Progress, Silent
from organizer.paths import DataFolder
from organizer.services.office import backing_up, opening
from organizer.services.office.backing_up import Line
from organizer.services.workspace import Workspace
from organizer.store import (
    attachments,
    audit,
    backup_notes,
    backups,
    copying,
    driver,
    erasure,
    incarnation,
    keyring,
    migrations,
)
from organizer.store.backup_notes import Note
from organizer.store.backups import Backup
from organizer.store.changelog import Devices, LoggedWrite
from organizer.store.copying import Open
from organizer.store.database import Clock, Database, held


@dataclass(frozen=True)
class Restored:
    """An office that is back, closed.

    `erased` people were erased again; None when the present data could not be asked who they are.
    `missing` attachments did not stand in the backup.
    """

    folder: Path
    line: Line
    aside: Path | None
    erased: int | None
    missing: int


def choices(at: Path) -> list[Line]:
    """The backups in a folder, of whichever office, newest first; it may itself be one.

    Raises `NotFound` when there is none.
    """
    found = backups.found(at)
    if not found:
        raise NotFound("backup.none", folder=at)
    return [backing_up.line_of(one) for one in found]


def account_names(backup: Path) -> tuple[str, ...]:
    """Whose password opens a backup: the accounts of its time."""
    return keyring.read(_backup(backup).files.keyring).names()


def restore(
    backup: Path,
    folder: DataFolder,
    name: str,
    password: str,
    progress: Progress | None = None,
    clock: Clock | None = None,
) -> Restored:
    """Bring a backup back as the office of `folder`, opened with an account and password of its time.

    Raises `NotFound` for no backup, `WrongPassword`, `DatabaseDamaged` for a bad backup,
    `DatabaseLocked` while a program has the present office open, `StorageFull`, `DeviceMissing`,
    `Cancelled`; nothing has changed then.
    """
    paths.refuse_unsafe_folder(folder.root)
    chosen = _backup(backup)
    key, account = keyring.read(chosen.files.keyring).unlock(name, password)
    coming = DataFolder(folder.root.with_name(f"{folder.root.name}-restoring"))
    with _left_alone(folder):
        try:
            missing = _lay_down(chosen, coming, key, progress or Silent())
            erased = _erase_again(coming, folder, key, account, chosen, clock)
        except BaseException:
            shutil.rmtree(coming.root, ignore_errors=True)
            raise
    aside = _take_place(coming.root, folder.root, chosen)
    return Restored(folder.root, backing_up.line_of(chosen), aside, erased, missing)


def restore_and_open(backup: Path, folder: DataFolder, name: str, password: str) -> Workspace:
    """Bring a backup back and open it, as `restore` and `unlock` do."""
    restore(backup, folder, name, password)
    return opening.unlock(folder, name, password)


def _backup(at: Path) -> Backup:
    """The newest backup in a folder, or the one the folder is."""
    found = backups.found(at)
    if not found:
        raise NotFound("backup.none", folder=at)
    return found[0]


@contextmanager
def _left_alone(folder: DataFolder) -> Iterator[None]:
    """While nobody has the present office open; there may be none."""
    if not folder.root.exists():
        yield
        return
    with held(folder):
        yield


def _lay_down(chosen: Backup, coming: DataFolder, key: bytes, progress: Progress) -> int:
    """A whole office from a backup, verified; returns how many attachments are missing."""
    open_: Open = partial(driver.connect, key=key, journal="DELETE")
    shutil.rmtree(coming.root, ignore_errors=True)
    paths.make_folder(coming.root)
    with _told_of_backup(chosen):
        _copy_file(chosen.files.database, coming.database, progress)
        copying.verify(coming.database, open_, chosen.about.standing, progress)
    with driver.translated(coming.root), closing(open_(coming.database)) as database:
        # Its numbers go on as those of another device, and its backups were made by another.
        incarnation.leave(database)
        backup_notes.note(database, Note())
        wanted = attachments.named(database)
    missing = _bring_contents(chosen, coming, open_, wanted, progress)
    # The keyring comes last: without it the folder does not count as an office.
    keyring.write(coming.keyring, keyring.read(chosen.files.keyring))
    return missing


def _bring_contents(
    chosen: Backup, coming: DataFolder, open_: Open, wanted: set[bytes], progress: Progress
) -> int:
    with driver.translated(coming.attachments), closing(open_(coming.attachments)) as contents:
        contents.execute(migrations.ATTACHMENTS)
        if not wanted or not chosen.attachments.exists():
            return len(wanted)
        try:
            source = open_(chosen.attachments)
        except OrganizerError as error:
            # The records are worth having without their papers.
            log.area("restore").warning("%s", log.facts_line(error.code, error.facts))
            return len(wanted)
        with closing(source):
            return attachments.take_over(source, contents, wanted, progress)


@contextmanager
def _told_of_backup(chosen: Backup) -> Iterator[None]:
    try:
        yield
    except (DatabaseDamaged, DeviceMissing) as error:
        raise DatabaseDamaged("backup.gone", folder=chosen.folder) from error


def _copy_file(source: Path, target: Path, progress: Progress) -> None:
    with driver.translated(target), source.open("rb") as reading, target.open("xb") as writing:
        target.chmod(0o600)
        total, done = source.stat().st_size, 0
        while chunk := reading.read(1 << 20):
            writing.write(chunk)
            done += len(chunk)
            progress.step(done, total)


def _erase_again(
    coming: DataFolder,
    present: DataFolder,
    key: bytes,
    account: bytes,
    chosen: Backup,
    clock: Clock | None,
) -> int | None:
    """Open the office for the first time, tell it of later erasures and note where it came from."""
    known = _erasures(present, key) if present.database.exists() else []
    database = Database(coming, key, clock, mending=True)
    try:
        new = database.receive(known or [])
        detail = chosen.about.made_at.isoformat()
        database.record(audit.Entry("office.restore", account, detail=detail))
    finally:
        database.close()
    return None if known is None else new


def _erasures(present: DataFolder, key: bytes) -> list[LoggedWrite] | None:
    """The erasures the present office knows of; None when it is another office or cannot be read."""
    try:
        with (
            driver.translated(present.database),
            closing(driver.connect(present.database, key, query_only=True)) as connection,
        ):
            return erasure.writes(connection, Devices(connection))
    except (OrganizerError, driver.DriverError) as error:
        log.area("restore").warning("present data not read: %s", error)
        return None


def _take_place(coming: Path, root: Path, chosen: Backup) -> Path | None:
    """Put the new folder where the present one is, which stays beside it under another name."""
    aside = None
    try:
        if root.exists() and any(file.name != "office.lock" for file in root.iterdir()):
            aside = _free_name(root, chosen)
            root.rename(aside)
        elif root.exists():
            shutil.rmtree(root)
        coming.rename(root)
    except OSError as error:
        if aside is not None and not root.exists():
            aside.rename(root)
        shutil.rmtree(coming, ignore_errors=True)
        raise DeviceMissing("paths.folder_refused", folder=root) from error
    keyring.sync_folder(root.parent)
    return aside


def _free_name(root: Path, chosen: Backup) -> Path:
    stamp = f"{chosen.about.made_at.astimezone(SHANGHAI):%Y%m%d-%H%M}"
    first = root.with_name(f"{root.name}-before-{stamp}")
    names = itertools.chain(
        [first], (first.with_name(f"{first.name}-{n}") for n in itertools.count(2))
    )
    return next(name for name in names if not name.exists())
