"""The hash-chained audit: every write, and every look at what is masked, export, print and unlock.

Details lie under salted digests, so an erased person's traces can be blanked without breaking the
chain. Kept at least six months (网络安全法 第二十一条).
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from organizer import crypto
from organizer.store.driver import Connection

_START = b"organizer audit 1"
_SALT_LENGTH = 16


@dataclass(frozen=True)
class Entry:
    """What was done, by whom, to which row; `detail` may hold personal data."""

    action: str
    actor: bytes | None
    subject: bytes | None = None
    detail: str | None = None


def instant(at_ms: int) -> str:
    """An instant as stored: UTC, ISO 8601, milliseconds."""
    stamp = datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds")
    return stamp.replace("+00:00", "Z")


def seal(text: str | None) -> tuple[bytes | None, bytes]:
    """Salt and digest of a text that may have to be erased later."""
    if text is None:
        return None, crypto.digest(b"")
    salt = crypto.random_bytes(_SALT_LENGTH)
    return salt, crypto.salted_digest(salt, text.encode())


def append(connection: Connection, entry: Entry, at: str, digest: bytes | None = None) -> None:
    """Add a link. `digest` stands for the detail when that is kept elsewhere (a write's log)."""
    salt, own = seal(entry.detail)
    covered = digest or own
    connection.execute(
        "INSERT INTO audit (at, actor, action, subject, detail, detail_salt, detail_digest, link)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            at, entry.actor, entry.action, entry.subject, entry.detail, salt, covered,
            _link(_last(connection), at, entry.actor, entry.action, entry.subject, covered),
        ),
    )  # fmt: skip


def first_break(connection: Connection) -> int | None:
    """The number of the first link that does not follow from the ones before; None if all do."""
    previous, expected = _START, 1
    rows = connection.execute(
        "SELECT n, at, actor, action, subject, detail, detail_salt, detail_digest, link"
        " FROM audit ORDER BY n"
    )
    for n, at, actor, action, subject, detail, salt, digest, link in rows:
        whole = n == expected and link == _link(previous, at, actor, action, subject, digest)
        if detail is not None:
            whole = whole and digest == crypto.salted_digest(salt, detail.encode())
        if not whole:
            return int(n)
        previous, expected = link, n + 1
    return None


def _last(connection: Connection) -> bytes:
    row = connection.execute("SELECT link FROM audit ORDER BY n DESC LIMIT 1").fetchone()
    return bytes(row[0]) if row else _START


def _link(
    previous: bytes, at: str, actor: bytes | None, action: str, subject: bytes | None, digest: bytes
) -> bytes:
    head = f"{at} {action}".encode()
    return crypto.chain(previous, head, actor or b"", subject or b"", digest)
