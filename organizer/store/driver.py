"""The SQLCipher driver: opening a connection, and its errors in the program's own words.

sqlite-utils catches the standard library's errors unless a `pysqlite3` stands in for it, so
sqlcipher3 is registered under that name before sqlite-utils is ever imported.
"""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3
from sqlcipher3 import dbapi2

from organizer.errors import (
    DatabaseDamaged,
    DatabaseLocked,
    DeviceMissing,
    OutsideError,
    StorageFull,
)

sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", dbapi2)

if TYPE_CHECKING:
    # The driver mirrors the standard library's interface, whose types it lacks.
    import sqlite3

    Connection = sqlite3.Connection
    DriverError = sqlite3.Error
else:
    from sqlcipher3.dbapi2 import Connection
    from sqlcipher3.dbapi2 import Error as DriverError

# SQLite's backup raises errors with these texts and without a code.
_CODES = {
    "database is locked": 5,
    "attempt to write a readonly database": 8,
    "disk I/O error": 10,
    "database disk image is malformed": 11,
    "database or disk is full": 13,
    "unable to open database file": 14,
    "file is not a database": 26,
}
_WRITING_CACHE, _READING_CACHE = 65536, 24576
BUSY_MS = 5000
"""How long a connection waits for another one that holds the file."""
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26


def connect(
    file: Path, key: bytes, *, query_only: bool = False, journal: str = "WAL"
) -> Connection:
    """Open `file` with a raw 256-bit key, durable (synchronous=FULL), no implicit transactions.

    A file of which nothing is to stay beside it, like a copy, has the journal DELETE, not WAL.
    """
    with translated(file):
        if not query_only and str(file) != ":memory:":
            # SQLite would make it readable to others; its log and index take the file's mode.
            file.touch(mode=0o600)
        connection = dbapi2.connect(str(file), isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            connection.execute("PRAGMA cipher_compatibility = 4")
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if query_only:
                connection.execute("PRAGMA query_only = ON")
            else:
                connection.execute(f"PRAGMA journal_mode = {journal}")
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA secure_delete = ON")
                connection.execute("PRAGMA journal_size_limit = 67108864")
            # In KB: what is written again and again, and what is read once in a while.
            cache = _READING_CACHE if query_only else _WRITING_CACHE
            connection.execute(f"PRAGMA cache_size = -{cache}")
        except DriverError:
            connection.close()
            raise
    opened: Connection = connection
    return opened


@contextmanager
def translated(file: Path | None = None) -> Iterator[None]:
    """Turn driver errors that the world is to blame for into `OutsideError`s; bugs pass through."""
    try:
        yield
    except DriverError as error:
        known = _outside(error, file)
        if known is None:
            raise
        raise known from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise StorageFull("store.full", file=file) from error
        raise DeviceMissing("store.refused", file=file) from error


def _outside(error: DriverError, file: Path | None) -> OutsideError | None:
    code = (getattr(error, "sqlite_errorcode", None) or _CODES.get(str(error), 0)) & 0xFF
    match code:
        case c if c in (_BUSY, _LOCKED):
            return DatabaseLocked("store.busy", file=file)
        case c if c == _FULL:
            return StorageFull("store.full", file=file)
        case c if c == _CORRUPT:
            return DatabaseDamaged("store.damaged", file=file)
        case c if c == _NOTADB:
            return DatabaseDamaged("store.foreign", file=file)
        case c if c in (_READONLY, _IOERR, _CANTOPEN):
            return DeviceMissing("store.refused", file=file)
    return None
