"""Backups on disk: a folder for each office and machine in it, in it one folder for each backup.

    PLACE/organizer-210106003-1a2b3c4d/20261121-140533/   office.db keyring.json backup.json
    PLACE/organizer-210106003-1a2b3c4d/attachments.db     what the backups beside it name, each once

Names tell no person and no secret. What is being made or removed is called `*.part`; only a folder
that got its own name counts.
"""

import contextlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from organizer import paths
from organizer.domain.backup import superseded
from organizer.errors import DatabaseDamaged, OrganizerError, StorageFull
from organizer.i18n import SHANGHAI
from organizer.jobs import Progress
from organizer.paths import DataFolder
from organizer.store import attachments, driver, incarnation, keyring
from organizer.store.accounts import Office
from organizer.store.copying import Open, Standing
from organizer.store.database import Database

VERSION = 1
_NAME = re.compile(r"\d{8}-\d{6}(-\d+)?")
_HOMES = "organizer-*"
_ROOM = 16 << 20
"""Bytes that stay free beside a backup."""


@dataclass(frozen=True)
class About:
    """What `backup.json` says of the backup it lies in; `file` is the id of the office's file."""

    file: str
    office: str
    division: str
    made_at: datetime
    standing: Standing
    size: int
    version: int = VERSION


@dataclass(frozen=True)
class Backup:
    """A whole backup: where it lies and what it says of itself."""

    folder: Path
    about: About

    @property
    def files(self) -> DataFolder:
        """Its database and keyring; its attachments lie in the folder above."""
        return DataFolder(self.folder)

    @property
    def attachments(self) -> Path:
        """The contents that it and its neighbours name."""
        return self.folder.parent / "attachments.db"


@dataclass(frozen=True)
class Made:
    """A new backup, verified; `missing` attachments are damaged or lost in the office itself."""

    backup: Backup
    missing: int
    removed: int


def home(place: Path, office: Office, folder: DataFolder) -> Path:
    """Where this office on this machine keeps its backups: others thin out their own."""
    here = incarnation.fingerprint(folder.database).hex()[:8]
    return place / f"organizer-{office.division_code}-{here}"


def make(database: Database, place: Path, office: Office, progress: Progress) -> Made:
    """Make a backup, verify it, then remove the old ones it makes superfluous.

    Raises `DatabaseDamaged` for a damaged office, `StorageFull`, `DeviceMissing`, `Cancelled`; the
    backups before are untouched then.
    """
    kept = home(place, office, database.folder)
    paths.make_folder(kept)
    made_at = datetime.fromtimestamp(database.now_ms // 1000, SHANGHAI)
    with driver.translated(kept):
        _sweep(kept)
        _refuse_lack_of_room(kept, database.folder)
        part = kept / f"{made_at:%Y%m%d-%H%M%S}.part"
        part.mkdir(mode=0o700)
        try:
            backup, missing = _filled(database, part, office, made_at, progress)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    return Made(backup, missing, _thin(database, kept))


def found(place: Path) -> list[Backup]:
    """The backups in a place, or in one office's folder, or the one in a backup's own; newest first.

    What is no whole backup of this version is passed over.
    """
    folders = (place, *_children(place), *(inner for home in place.glob(_HOMES)
               for inner in _children(home)))  # fmt: skip
    backups = {folder: about for folder in folders if (about := _about(folder))}
    return [
        Backup(folder, about)
        for folder, about in sorted(
            backups.items(), key=lambda item: (item[1].made_at, item[0].name), reverse=True
        )
    ]


def _filled(
    database: Database, part: Path, office: Office, made_at: datetime, progress: Progress
) -> tuple[Backup, int]:
    files = DataFolder(part)
    ring = keyring.read(database.folder.keyring)
    standing = database.copy(files.database, progress)
    with closing(database.open_copy(files.database)) as copied:
        wanted = attachments.named(copied)
    missing = _keep_contents(database, part.parent / "attachments.db", wanted, progress)
    keyring.write(files.keyring, ring)
    size = files.database.stat().st_size
    about = About(ring.file.hex(), office.name, office.division_code, made_at, standing, size)
    _write_synced(part / "backup.json", msgspec.json.format(msgspec.json.encode(about), indent=1))
    folder = _free_name(part.with_suffix(""))
    keyring.sync_folder(part)
    part.rename(folder)
    keyring.sync_folder(folder.parent)
    return Backup(folder, about), missing


def _keep_contents(database: Database, file: Path, wanted: set[bytes], progress: Progress) -> int:
    if not wanted:
        return 0
    try:
        return _take_contents(database, file, wanted, progress)
    except DatabaseDamaged:
        # A stick pulled at a bad moment: begun anew beside it, every content is copied again.
        file.replace(_free_name(file.with_suffix(".damaged")))
        return _take_contents(database, file, wanted, progress)


def _take_contents(database: Database, file: Path, wanted: set[bytes], progress: Progress) -> int:
    with (
        driver.translated(file),
        closing(database.open_copy(file)) as kept,
        closing(database.open_contents()) as source,
    ):
        return attachments.take_over(source, kept, wanted, progress)


def _thin(database: Database, kept: Path) -> int:
    """Remove what newer backups supersede; what cannot be removed now is tried again next time."""
    backups = {_made(folder): folder for folder in _children(kept) if _about(folder)}
    gone = superseded(backups)
    with contextlib.suppress(OSError, driver.DriverError, OrganizerError):
        for at in gone:
            part = backups[at].with_suffix(".part")
            backups[at].rename(part)
            shutil.rmtree(part)
        if gone:
            _drop_contents(database.open_copy, kept, set(backups.values()))
    return len(gone)


def _drop_contents(open_: Open, kept: Path, folders: Iterable[Path]) -> None:
    """Remove the attachments that no backup names any more."""
    file = kept / "attachments.db"
    if not file.exists():
        return
    named: set[bytes] = set()
    for folder in folders:
        if folder.exists():
            with closing(open_(DataFolder(folder).database)) as copied:
                named |= attachments.named(copied)
    with closing(open_(file)) as contents:
        attachments.keep_only(contents, named)


def _about(folder: Path) -> About | None:
    try:
        about = msgspec.json.decode((folder / "backup.json").read_bytes(), type=About)
    except (OSError, msgspec.MsgspecError):
        return None
    whole = all(file.exists() for file in (DataFolder(folder).database, DataFolder(folder).keyring))
    return about if whole and about.version <= VERSION else None


def _children(folder: Path) -> Iterator[Path]:
    # A place that is gone has none.
    with contextlib.suppress(OSError):
        yield from sorted(child for child in folder.iterdir() if _NAME.fullmatch(child.name))


def _made(folder: Path) -> datetime:
    return datetime.strptime(folder.name[:15], "%Y%m%d-%H%M%S").replace(
        tzinfo=SHANGHAI, microsecond=int(folder.name[16:] or 0)
    )


def _sweep(kept: Path) -> None:
    """Remove what was begun and never finished."""
    for part in kept.glob("*.part"):
        if _NAME.fullmatch(part.stem):
            shutil.rmtree(part, ignore_errors=True)


def _refuse_lack_of_room(kept: Path, folder: DataFolder) -> None:
    if shutil.disk_usage(kept).free < folder.database.stat().st_size + _ROOM:
        raise StorageFull("store.full", file=kept)


def _free_name(wanted: Path) -> Path:
    """The wanted name, or with a number where another backup of the same second has it."""
    names = [wanted, *(wanted.with_name(f"{wanted.name}-{n}") for n in range(2, 100))]
    return next((name for name in names if not name.exists()), names[0])


def _write_synced(file: Path, content: bytes) -> None:
    with file.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
