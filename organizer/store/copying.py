"""A copy of an open office's file: of one moment, while others write, and looked at before it counts.

SQLite's backup between two SQLCipher files of one key copies pages, and a page that fails its check
arrives as zeros without an error; so every page of the source and of the copy is checked as well.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from organizer.errors import Cancelled, DatabaseDamaged, DeviceMissing
from organizer.jobs import Progress
from organizer.store import driver
from organizer.store.driver import Connection, DriverError

Open = Callable[[Path], Connection]
"""Opens a file of the same key that nobody else has open, with nothing beside it."""

_COUNTED = ("writes", "change", "audit", "employer", "person", "membership", "visit", "attachment")
_PAGES = 256
_SYNC_EVERY = 4
"""Steps of 1 MB after which they are brought to the disk, so that no save waits for many of them."""
_LONGEST_WAIT = 200
"""How often a step looks whether a save still waits, every 5 ms."""
_CHUNK = 1 << 20
_OPERATIONS = 20_000
"""SQLite's steps between two looks at whether to stop."""


@dataclass(frozen=True)
class Standing:
    """What stands in a file at one moment: rows of its tables, and the newest link of the audit."""

    rows: dict[str, int]
    audit_head: str


def standing(connection: Connection) -> Standing:
    """What stands in the file now."""
    rows = {
        table: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
        for table in _COUNTED
    }
    head = connection.execute("SELECT link FROM audit ORDER BY n DESC LIMIT 1").fetchone()
    return Standing(rows, bytes(head[0]).hex() if head else "")


def copy(
    reading: Connection,
    files: tuple[Path, Path],
    open_: Open,
    progress: Progress,
    pressed: Callable[[], bool],
) -> Standing:
    """Copy a file as it stands at this moment, from the first of `files` to the second.

    `reading` is a connection of its own to the first; `pressed` tells when a save waits. Raises
    `DatabaseDamaged` for a damaged source, `StorageFull` or `DeviceMissing` for the target,
    `Cancelled`.
    """
    source, target = files
    _refuse_damage(reading, source)
    with driver.translated(source):
        # From the first row read on, this connection sees one moment, whoever writes.
        reading.execute("BEGIN")
        told = standing(reading)
    with driver.translated(target), closing(open_(target)) as writing:
        _copy_pages(reading, writing, target, _Considerate(progress, pressed))
    return told


def verify(copied: Path, open_: Open, told: Standing, progress: Progress) -> None:
    """Read a copy back and compare it with what its source held.

    Raises `DeviceMissing` when the disk gives back something else, `DatabaseDamaged` when the copy is
    true and what it copied was damaged, `Cancelled`.
    """
    _read_back(copied, progress)
    with (
        driver.translated(copied),
        closing(open_(copied)) as looking,
        _stoppable(looking, progress),
    ):
        if looking.execute("PRAGMA cipher_integrity_check").fetchall():
            raise DeviceMissing("backup.unlike", folder=copied.parent)
        if looking.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
            raise DatabaseDamaged("store.damaged", file=copied)
        if standing(looking) != told:
            raise DeviceMissing("backup.unlike", folder=copied.parent)


def _refuse_damage(reading: Connection, source: Path) -> None:
    # It reads the file beside those who write into it, so only what is wrong twice is wrong.
    for _look in range(2):
        with driver.translated(source):
            if not reading.execute("PRAGMA cipher_integrity_check").fetchall():
                return
    raise DatabaseDamaged("store.damaged", file=source)


@dataclass(frozen=True)
class _Considerate:
    """Progress that lets a waiting save go first."""

    progress: Progress
    pressed: Callable[[], bool]

    def step(self, done: int, total: int, note: str = "") -> None:
        self.progress.step(done, total, note)
        for _look in range(_LONGEST_WAIT):
            if not self.pressed():
                return
            time.sleep(0.005)


def _copy_pages(reading: Connection, writing: Connection, target: Path, told: Progress) -> None:
    # It counts when it is whole and synced; what is cut short is thrown away.
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -2048"):
        writing.execute(f"PRAGMA {pragma}").fetchall()
    # Its first page says WAL like the source's; alone with it, that needs no files beside.
    writing.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
    handle = os.open(target, os.O_RDWR)
    steps = 0

    def step(_status: int, left: int, total: int) -> None:
        nonlocal steps
        steps += 1
        if steps % _SYNC_EVERY == 0:
            os.fsync(handle)
        told.step(total - left, total)

    try:
        reading.backup(writing, pages=_PAGES, progress=step)
        writing.execute("PRAGMA journal_mode = DELETE").fetchall()
        os.fsync(handle)
    finally:
        os.close(handle)


def _read_back(copied: Path, progress: Progress) -> None:
    """Read a file through, from the disk itself where the system lets one ask for that."""
    with driver.translated(copied), copied.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while file.read(_CHUNK):
            progress.step(0, 0)


@contextmanager
def _stoppable(connection: Connection, progress: Progress) -> Iterator[None]:
    """Let a long statement be stopped like any other step."""
    stopped: list[Cancelled] = []

    def look() -> int:
        try:
            progress.step(0, 0)
        except Cancelled as error:
            stopped.append(error)
        return len(stopped)

    connection.set_progress_handler(look, _OPERATIONS)
    try:
        yield
    except DriverError:
        if stopped:
            raise stopped[0] from None
        raise
    finally:
        connection.set_progress_handler(None, 0)
