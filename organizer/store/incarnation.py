"""Incarnations: a restored or copied file begins a new device id before its first write.

So that (device, seq) is never used twice. A copy shows by the machine and path it was last opened
at; a restored older file by the note of the last number, which lies outside the data folder. A
machine without that note is another one, whatever its name.
"""

import hashlib
import os
import platform
from pathlib import Path

from organizer import paths
from organizer.crypto import random_bytes
from organizer.domain.ids import HybridClock
from organizer.store.driver import Connection, translated
from organizer.store.transaction import Stamp

_MACHINE_FILES = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


def begin(connection: Connection, file: Path, at: str) -> Stamp:
    """The incarnation that writes from now on, and where its numbering stands."""
    here = fingerprint(file)
    kept = dict(connection.execute("SELECT key, value FROM this_file"))
    device = kept.get("device")
    seq = _last_seq(connection, device) if device else 0
    seen, latest = _latest(connection, device, kept.get("seen"))
    restored = device is not None and SequenceNote.last(device) != seq
    if device is None or kept.get("machine") != here or restored:
        device, seq = random_bytes(16), 0
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO device (id, started_at) VALUES (?, ?)", (device, at))
        connection.executemany(
            "REPLACE INTO this_file (key, value) VALUES (?, ?)",
            [("device", device), ("machine", here), ("seen", f"{seen} {latest}".encode("ascii"))],
        )
        connection.execute("COMMIT")
    return Stamp(device, seq, HybridClock(latest))


def leave(connection: Connection) -> None:
    """Let a file that comes back from a backup begin anew, wherever and whenever it is opened."""
    connection.execute("DELETE FROM this_file WHERE key IN ('device', 'machine')")


def fingerprint(file: Path) -> bytes:
    """What tells this file on this machine from a copy of it."""
    machine = platform.node()
    for source in _MACHINE_FILES:
        if source.exists():
            machine = source.read_text(encoding="ascii", errors="replace").strip()
            break
    return hashlib.sha256(f"{machine}\n{file.resolve()}".encode()).digest()


class SequenceNote:
    """The last number an incarnation used, kept apart from the file it watches over."""

    def __init__(self, device: bytes) -> None:
        file = _note_file(device)
        paths.make_folder(file.parent)
        with translated(file):
            self._handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)

    @staticmethod
    def last(device: bytes) -> int:
        """The number last noted for this incarnation; 0 when there is no note."""
        try:
            return int(_note_file(device).read_text(encoding="ascii") or 0)
        except (OSError, ValueError):
            return 0

    def keep(self, seq: int) -> None:
        """Note that `seq` is in use."""
        os.lseek(self._handle, 0, os.SEEK_SET)
        os.write(self._handle, f"{seq:020d}".encode("ascii"))

    def close(self) -> None:
        """Close the note's file."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def _note_file(device: bytes) -> Path:
    return paths.state_folder() / "sequence" / device.hex()


def _last_seq(connection: Connection, device: bytes) -> int:
    (last,) = connection.execute(
        "SELECT coalesce(max(seq), 0) FROM change"
        " WHERE device = (SELECT n FROM device WHERE id = ?)",
        (device,),
    ).fetchone()
    return int(last)


def _latest(connection: Connection, device: bytes | None, seen: bytes | None) -> tuple[int, int]:
    """The number of the last change in the log and the latest hybrid time of all.

    Our own last change is later than all logged before it. Until there is one, so is what the
    incarnation noted as `seen` when it began: a long log is not read again at each opening.
    """
    number, latest = map(int, seen.split()) if device and seen else (0, 0)
    own = (
        "SELECT n FROM change WHERE device = (SELECT n FROM device WHERE id = ?)"
        " ORDER BY seq DESC LIMIT 1"
    )
    last, later = connection.execute(
        f"SELECT coalesce(max(n), 0), coalesce(max(hlc), 0) FROM change"
        f" WHERE n >= max(?, coalesce(({own}), 0))",
        (number, device),
    ).fetchone()
    return max(number, int(last)), max(latest, int(later))
