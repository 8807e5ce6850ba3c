"""Papers and photos in an encrypted file of their own, found by the sha-256 of their content.

Stored durably before the row that names them; a content that no row names is swept by the check.
"""

import zlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from organizer import crypto
from organizer.errors import NotFound
from organizer.jobs import Progress
from organizer.store import migrations
from organizer.store.driver import Connection, DriverError
from organizer.store.transaction import Write

if TYPE_CHECKING:
    # The database sweeps attachments itself when an erasure arrives.
    from organizer.store.database import Database

_AT_ONCE = 64
"""Contents copied in one transaction."""


def refuse_lost(connection: Connection, file: Path) -> None:
    """Raises `NotFound` when contents are on record and their file is gone.

    Else an empty file would take its place, and nobody would look for the old one.
    """
    if file.exists() and file.stat().st_size:
        return
    if connection.execute("SELECT 1 FROM attachment WHERE sha256 IS NOT NULL LIMIT 1").fetchone():
        raise NotFound("office.no_attachments", file=file)


def put(database: "Database", content: bytes) -> bytes:
    """Keep a content; returns its sha-256. Keeping it twice takes no more room."""
    digest = crypto.digest(content)

    def store(connection: Connection) -> None:
        connection.execute(
            "INSERT OR IGNORE INTO content (sha256, bytes) VALUES (?, ?)",
            (digest, zlib.compress(content, 6)),
        )

    database.attach(store)
    return digest


def get(database: "Database", digest: bytes) -> bytes | None:
    """A kept content; None when it was erased or is not here."""

    def load(connection: Connection) -> bytes | None:
        row = connection.execute("SELECT bytes FROM content WHERE sha256 = ?", (digest,)).fetchone()
        return zlib.decompress(row[0]) if row else None

    return database.attach(load)


def name(write: Write, digest: bytes, kind: str, size: int, file_name: str, person: bytes) -> bytes:
    """Add the row by which a kept content belongs to a person."""
    values = {
        "person": person,
        "sha256": digest,
        "kind": kind,
        "size": size,
        "file_name": file_name,
    }
    return write.insert("attachment", values)


def remove(database: "Database", digests: list[bytes]) -> None:
    """Delete contents for good, pages overwritten."""

    def delete(connection: Connection) -> None:
        connection.executemany(
            "DELETE FROM content WHERE sha256 = ?", [(digest,) for digest in digests]
        )

    if digests:
        database.attach(delete)
        database.shrink()


def sweep(database: "Database") -> tuple[int, int]:
    """Delete contents no row names; returns (swept, named by a live row but missing)."""
    rows = database.read(
        lambda connection: connection.execute(
            "SELECT sha256, retired_on IS NULL FROM attachment WHERE sha256 IS NOT NULL"
        ).fetchall()
    )
    here = database.attach(
        lambda connection: {row[0] for row in connection.execute("SELECT sha256 FROM content")}
    )
    # A retired row may come back by undo, so its content stays.
    stray = list(here - {digest for digest, _live in rows})
    remove(database, stray)
    return len(stray), len({digest for digest, live in rows if live} - here)


def named(connection: Connection) -> set[bytes]:
    """The contents an office's rows name."""
    rows = connection.execute("SELECT DISTINCT sha256 FROM attachment WHERE sha256 IS NOT NULL")
    return {digest for (digest,) in rows}


def take_over(
    source: Connection, target: Connection, wanted: set[bytes], progress: Progress
) -> int:
    """Copy wanted contents that are not there yet; returns how many could not be had whole."""
    target.execute(migrations.ATTACHMENTS)
    new = sorted(wanted - {digest for (digest,) in target.execute("SELECT sha256 FROM content")})
    missing = 0
    for start in range(0, len(new), _AT_ONCE):
        target.execute("BEGIN")
        for number, digest in enumerate(new[start : start + _AT_ONCE], start):
            progress.step(number, len(new))
            packed = _whole(source, digest)
            missing += packed is None
            if packed is not None:
                target.execute(
                    "INSERT INTO content (sha256, bytes) VALUES (?, ?)", (digest, packed)
                )
        target.execute("COMMIT")
    return missing


def keep_only(connection: Connection, named: set[bytes]) -> None:
    """Delete every content of a copy that is not named."""
    here = {digest for (digest,) in connection.execute("SELECT sha256 FROM content")}
    connection.executemany(
        "DELETE FROM content WHERE sha256 = ?", [(digest,) for digest in here - named]
    )


def _whole(connection: Connection, digest: bytes) -> bytes | None:
    """A content as it is kept; None when it is not here or is no longer what it was."""
    # A page that fails its check may be read as zeros, without an error.
    with suppress(DriverError, zlib.error):
        row = connection.execute("SELECT bytes FROM content WHERE sha256 = ?", (digest,)).fetchone()
        if row and crypto.digest(zlib.decompress(row[0])) == digest:
            return bytes(row[0])
    return None
