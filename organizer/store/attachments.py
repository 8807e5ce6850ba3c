"""Papers and photos in an encrypted file of their own, found by the sha-256 of their content.

Stored durably before the row that names them; a content that no row names is swept by the check.
"""

import zlib
from typing import TYPE_CHECKING

from organizer import crypto
from organizer.store.driver import Connection
from organizer.store.transaction import Write

if TYPE_CHECKING:
    # The database sweeps attachments itself when an erasure arrives.
    from organizer.store.database import Database


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
