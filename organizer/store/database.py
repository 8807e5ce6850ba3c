"""One office's file: opened once, written on one lane, read on a few, closed in order."""

import threading
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock, Timeout

from organizer import resources
from organizer.crypto import Cost
from organizer.domain.pinyin import PinyinTable
from organizer.errors import DatabaseLocked, DeviceMissing
from organizer.i18n import SHANGHAI
from organizer.jobs import Progress
from organizer.paths import DataFolder
from organizer.store import (
    attachments,
    audit,
    changelog,
    copying,
    derived,
    driver,
    erasure,
    incarnation,
    keyring,
    lamps,
    migrations,
    one_membership,
    search,
)
from organizer.store.changelog import Devices, LoggedWrite
from organizer.store.driver import Connection
from organizer.store.erasure import Returned
from organizer.store.keyring import Slot
from organizer.store.lane import Lane
from organizer.store.transaction import Intent, Write

T = TypeVar("T")

_READERS = 2
_LONG_LOG = 1000
"""Pages (4 KB) in the write-ahead log from which on it is brought into the file."""
_HUGE_LOG = 65_536
"""Pages from which on readers wait until it begins anew: who reads all the time lets it grow for ever."""
_MOST_SECONDS_HELD = 1.0
_TRY_MS = 50


@dataclass(frozen=True)
class Clock:
    """Where instants come from; tests hand in their own."""

    now_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000


class Database:
    """The open file. Every method may be called from any thread.

    Lost attachments are refused (`NotFound`), unless somebody opens it for `mending`.
    """

    def __init__(
        self, folder: DataFolder, key: bytes, clock: Clock | None = None, *, mending: bool = False
    ) -> None:
        self.folder = folder
        self._key = key
        self._clock = clock or Clock()
        with ExitStack() as undo, driver.translated(folder.database):
            self._lock = _hold(folder)
            undo.callback(self._lock.release)
            self._connection = driver.connect(folder.database, key)
            undo.callback(self._connection.close)
            migrations.migrate(self._connection, folder.database)
            self._connection.execute("PRAGMA wal_autocheckpoint = 0")
            if not mending:
                attachments.refuse_lost(self._connection, folder.attachments)
            self._attachments = driver.connect(folder.attachments, key)
            undo.callback(self._attachments.close)
            self._attachments.execute(migrations.ATTACHMENTS)
            self._stamp = incarnation.begin(
                self._connection, folder.database, audit.instant(self._clock.now_ms())
            )
            self._note = incarnation.SequenceNote(self._stamp.device)
            self._devices = Devices(self._connection)
            undo.pop_all()
        self._pinyin: PinyinTable | None = None
        self._lane = Lane("writer")
        self._shortening = False
        self._begins_anew_at = _HUGE_LOG
        self._may_read = threading.Event()
        self._may_read.set()
        self._copying = threading.Lock()
        self._local = threading.local()
        self._reading: list[Connection] = []
        self._readers = ThreadPoolExecutor(_READERS, "reader")

    def write(self, intent: Intent, body: Callable[[Write], T]) -> T:
        """Run `body` as one write, durably, before any waiting long run; returns its result."""
        return self._lane.save(lambda: self._written(intent, body))

    def run(self, steps: "Callable[[Database], Generator[None, None, T]]") -> "Future[T]":
        """Run a generator on the lane; each of its steps writes with `write_step`, then yields."""
        return self._lane.run(steps(self))

    @property
    def pressed(self) -> bool:
        """Whether somebody waits for a save; the step of a long run then takes no more rows."""
        return self._lane.pressed

    def write_step(self, intent: Intent, body: Callable[[Write], T]) -> T:
        """One write inside a long run; only for generators handed to `run`."""
        return self._written(intent, body)

    def read(self, query: Callable[[Connection], T]) -> T:
        """Run a query on a reading connection, at the newest committed state."""
        if getattr(self._local, "connection", None) is not None:
            # Already on a reading thread: waiting for another could be waiting for oneself.
            return self._queried(query)
        return self._readers.submit(lambda: self._queried(query)).result()

    def local(self, change: Callable[[Connection], T]) -> T:
        """Change local tables (drafts, runs) in a transaction of their own."""
        return self._lane.save(lambda: self._changed(change))

    def local_step(self, change: Callable[[Connection], T]) -> T:
        """Like `local`, inside a long run."""
        return self._changed(change)

    def attach(self, change: Callable[[Connection], T]) -> T:
        """Read or change the attachments file on the writer lane."""
        return self._lane.save(lambda: self._attached(change))

    def record(self, entry: audit.Entry) -> None:
        """Note an act that changes no record (unlock, reveal, print) in the audit."""
        at = audit.instant(self._clock.now_ms())
        self.local(lambda connection: audit.append(connection, entry, at))

    def receive(self, writes: list[LoggedWrite]) -> int:
        """Take over writes made elsewhere; returns how many were new.

        Whoever was erased stays erased: what comes back of them is blanked before it is seen.
        """
        new, gone, papers = self.local(lambda connection: self._received(connection, writes))
        unmarked = [one for one in gone if not one.marked]
        if unmarked:
            today = datetime.fromtimestamp(self.now_ms / 1000, SHANGHAI).date().isoformat()
            intent = Intent("person.erase", None)
            self.write(intent, lambda write: erasure.mark(write, unmarked, today))
        if gone:
            attachments.remove(self, papers)
            self.local(search.optimize)
            self.shrink()
        return new

    def exclusive(self, work: Callable[[Connection, Devices, PinyinTable], T]) -> T:
        """Work on the whole file in one transaction on the lane: erase, rebuild, check."""
        return self._lane.save(
            lambda: self._changed(lambda connection: work(connection, self._devices, self.pinyin))
        )

    def shrink(self) -> None:
        """Bring the write-ahead logs into their files, leaving no old page in them."""
        # A copy under way reads from the log; waiting for it on the lane would stop every save.
        with self._copying:
            for connection in (self._connection, self._attachments):
                self._lane.save(partial(_truncate_log, connection))

    def copy(self, target: Path, progress: Progress) -> copying.Standing:
        """Copy the file as it stands now, while others write, and verify the copy.

        Raises `DatabaseDamaged`, `StorageFull`, `DeviceMissing`, `Cancelled`.
        """
        file = self.folder.database
        with self._copying, closing(driver.connect(file, self._key, query_only=True)) as reading:
            told = copying.copy(
                reading, (file, target), self.open_copy, progress, lambda: self.pressed
            )
        copying.verify(target, self.open_copy, told, progress)
        return told

    def open_contents(self) -> Connection:
        """The attachments, to read them beside those who write."""
        return driver.connect(self.folder.attachments, self._key, query_only=True)

    def open_copy(self, file: Path) -> Connection:
        """A file under this office's key that nobody else has open."""
        return driver.connect(file, self._key, journal="DELETE")

    def slot(self, account: bytes, name: str, password: str, cost: Cost | None = None) -> Slot:
        """A way into this file for an account; the key itself is handed to nobody."""
        return keyring.make_slot("password", account, name, self._key, password, cost)

    @property
    def now_ms(self) -> int:
        """The present instant in milliseconds."""
        return self._clock.now_ms()

    @property
    def pinyin(self) -> PinyinTable:
        """Readings of hanzi, loaded when the first row is indexed."""
        if self._pinyin is None:
            self._pinyin = PinyinTable.from_rows(
                resources.rows("pinyin", "readings.csv"),
                resources.rows("pinyin", "surnames.csv"),
                resources.rows("pinyin", "phrases.csv"),
            )
        return self._pinyin

    def close(self) -> None:
        """Finish what is queued, close every connection and let other programs in."""
        self._lane.close()
        self._readers.shutdown(wait=True)
        for connection in (*self._reading, self._attachments, self._connection):
            connection.close()
        self._note.close()
        self._lock.release()

    def _written(self, intent: Intent, body: Callable[[Write], T]) -> T:
        with self._transaction() as connection:
            write = Write(connection, self._devices, self._stamp, intent, self._clock.now_ms())
            result = body(write)
            write.finish()
            touches = write.touches
            one_membership.check(connection, touches)
            derived.refresh(connection, self.pinyin, touches)
            # Before the commit: a number may be noted and unused, but never used and not noted.
            self._note.keep(write.last_seq)
        self._stamp.seq = write.last_seq
        return result

    def _changed(self, change: Callable[[Connection], T]) -> T:
        with self._transaction() as connection:
            return change(connection)

    def _attached(self, change: Callable[[Connection], T]) -> T:
        with _transaction(self._attachments, self.folder.attachments) as connection:
            return change(connection)

    def _received(
        self, connection: Connection, writes: list[LoggedWrite]
    ) -> tuple[int, list[Returned], list[bytes]]:
        new, touched = 0, set[tuple[str, bytes]]()
        erased_at = erasure.latest(connection)
        for write in writes:
            if changelog.apply_write(connection, self._devices, write):
                touches = changelog.touches(write)
                derived.refresh(connection, self.pinyin, touches)
                touched.update(touches)
                latest = max(logged.change.hlc for logged in write.changes)
                if latest < erased_at:
                    erasure.forget_source(connection, write.id)
                self._stamp.clock.observe(latest)
                new += 1
        lamps.forget_all(connection)
        papers: list[bytes] = []
        gone = erasure.returned(connection, touched)
        for one in gone:
            papers += erasure.forget(connection, self._devices, one.whose)
            search.index(connection, self.pinyin, "person", one.whose.rows)
        return new, gone, papers

    def _queried(self, query: Callable[[Connection], T]) -> T:
        self._may_read.wait()
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = driver.connect(self.folder.database, self._key, query_only=True)
            self._local.connection = connection
            self._reading.append(connection)
        with driver.translated(self.folder.database):
            return query(connection)

    @contextmanager
    def _transaction(self) -> Any:
        try:
            with _transaction(self._connection, self.folder.database) as connection:
                yield connection
        except BaseException:
            # A device made known in the rolled-back transaction is unknown again; a damaged file
            # must not hide what went wrong.
            with suppress(driver.DriverError):
                self._devices = Devices(self._connection)
            raise
        self._watch_log()

    def _watch_log(self) -> None:
        """Have a long log brought into the file once no save waits: no save shall pay for it."""
        log, brought = 0, 0
        # What is committed is saved, whatever becomes of the log.
        with suppress(driver.DriverError):
            log, brought = _log_pages(self._connection)
        if log - brought > _LONG_LOG and not self._shortening:
            self._shortening = True
            self._lane.run(self._shorten_log())

    def _shorten_log(self) -> Iterator[None]:
        self._shortening = False
        _checkpoint(self._connection, "PASSIVE")
        log, _brought = _log_pages(self._connection)
        if log > self._begins_anew_at:
            self._begin_log_anew(log)
        yield

    def _begin_log_anew(self, log: int) -> None:
        """Write the log from its start again once nobody reads it; a waiting save ends the attempt."""
        ends = time.monotonic() + _MOST_SECONDS_HELD
        self._may_read.clear()
        self._connection.execute(f"PRAGMA busy_timeout = {_TRY_MS}")
        try:
            while not self.pressed:
                if _checkpoint(self._connection, "RESTART"):
                    self._begins_anew_at = _HUGE_LOG
                    return
                if time.monotonic() > ends:
                    # Somebody copies the whole file, say.
                    self._begins_anew_at = log + _HUGE_LOG
                    return
        finally:
            self._connection.execute(f"PRAGMA busy_timeout = {driver.BUSY_MS}")
            self._may_read.set()


@contextmanager
def _transaction(connection: Connection, file: Path) -> Any:
    with driver.translated(file):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            # A full disk may have rolled back already; a second rollback would hide the cause.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _checkpoint(connection: Connection, kind: str) -> bool:
    """Bring the log into the file; returns whether nobody stood in the way."""
    busy, _log, _brought = connection.execute(f"PRAGMA wal_checkpoint({kind})").fetchone()
    return not busy


def _log_pages(connection: Connection) -> tuple[int, int]:
    """How many pages the write-ahead log has, and how many of them are in the file already."""
    _busy, log, brought = connection.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
    return log, brought


def _truncate_log(connection: Connection) -> None:
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


@contextmanager
def held(folder: DataFolder) -> Iterator[None]:
    """Keep every other program off a folder for a moment; raises `DatabaseLocked`."""
    lock = _hold(folder)
    try:
        yield
    finally:
        lock.release()


def _hold(folder: DataFolder) -> FileLock:
    # Held by the program, not by the thread that opened: another may close.
    lock = FileLock(folder.lock, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise DatabaseLocked("store.two_programs", folder=folder.root) from error
    except OSError as error:
        raise DeviceMissing("store.refused", file=folder.lock) from error
    return lock
