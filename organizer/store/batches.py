"""Batches for the registry (报送批次), and where their plain files lie on this machine."""

from dataclasses import dataclass
from typing import Any

from organizer.store.driver import Connection

_BATCH = (
    "SELECT b.id, b.union_org, u.name, u.division_code, b.profile, b.profile_sha256, b.state,"
    " b.row_count, b.file_name, b.sha256, w.at, b.sealed_at, a.name FROM batch b"
    " LEFT JOIN union_org u ON u.id = b.union_org"
    " LEFT JOIN change c ON c.row = b.id AND c.op = 'insert'"
    " LEFT JOIN writes w ON w.n = c.write_n LEFT JOIN account a ON a.id = w.actor"
    " WHERE b.retired_on IS NULL"
)
_FILE = (
    "SELECT f.id, f.batch, f.path, f.made_at, f.cleared_at, u.name, b.state = 'sealed'"
    " FROM export_file f JOIN batch b ON b.id = f.batch"
    " LEFT JOIN union_org u ON u.id = b.union_org"
)


@dataclass(frozen=True)
class Batch:
    """A batch as it stands; instants as stored, `by` is the account that made it."""

    id: bytes
    union_org: bytes
    union_name: str
    division_code: str | None
    profile: str
    profile_sha256: str
    state: str
    rows: int
    file_name: str
    sha256: bytes | None
    made_at: str
    sealed_at: str | None
    by: str


@dataclass(frozen=True)
class ExportFile:
    """A plain file that was, or was about to be, written for a batch on this machine."""

    id: bytes
    batch: bytes
    path: str
    made_at: str
    cleared_at: str | None
    union_name: str
    sealed: bool


def batches(connection: Connection) -> list[Batch]:
    """Every batch, newest first."""
    rows = connection.execute(f"{_BATCH} ORDER BY b.n DESC").fetchall()
    return [_batch(row) for row in rows]


def batch_by_id(connection: Connection, row: bytes) -> Batch | None:
    """The batch with this id, unless it came to nothing."""
    found = connection.execute(f"{_BATCH} AND b.id = ?", (row,)).fetchone()
    return _batch(found) if found else None


def rows(connection: Connection, batch: bytes) -> list[str | None]:
    """The cells of a batch as they were rendered, in their order; None of who was erased since."""
    found = connection.execute(
        "SELECT cells FROM batch_item WHERE batch = ? AND retired_on IS NULL ORDER BY position",
        (batch,),
    )
    return [cells for (cells,) in found]


def _batch(row: tuple[Any, ...]) -> Batch:
    identity, union, name, code, profile, fingerprint, state, count, file_name, sha256, *end = row
    made_at, sealed_at, by = end
    return Batch(
        identity, union, name or "", code, profile or "", fingerprint or "", state or "",
        count or 0, file_name or "", sha256, made_at or "", sealed_at, by or "",
    )  # fmt: skip


def track(connection: Connection, row: bytes, batch: bytes, path: str, at: str) -> bytes:
    """Remember a plain file of a batch under a new id, before a byte of it is written."""
    connection.execute(
        "INSERT INTO export_file (id, batch, path, made_at) VALUES (?, ?, ?, ?)",
        (row, batch, path, at),
    )
    return row


def export_file(connection: Connection, row: bytes) -> ExportFile | None:
    """The plain file tracked under this id."""
    found = connection.execute(f"{_FILE} WHERE f.id = ?", (row,)).fetchone()
    return _file(found) if found else None


def standing_files(connection: Connection) -> list[ExportFile]:
    """The plain files nobody has marked as cleared, oldest first."""
    rows = connection.execute(f"{_FILE} WHERE f.cleared_at IS NULL ORDER BY f.id").fetchall()
    return [_file(row) for row in rows]


def _file(row: tuple[Any, ...]) -> ExportFile:
    identity, batch, path, made_at, cleared_at, union, sealed = row
    return ExportFile(identity, batch, path, made_at, cleared_at, union or "", bool(sealed))


def left_drafts(connection: Connection, union: bytes) -> list[bytes]:
    """Drafts of a union that this machine began and never sealed: what a kill leaves behind."""
    rows = connection.execute(
        "SELECT DISTINCT b.id FROM batch b JOIN export_file f ON f.batch = b.id"
        " WHERE b.union_org = ? AND b.state = 'draft' AND b.retired_on IS NULL",
        (union,),
    )
    return [row for (row,) in rows]


def clear(connection: Connection, row: bytes, at: str) -> None:
    """Note that a plain file is no more."""
    connection.execute(
        "UPDATE export_file SET cleared_at = ? WHERE id = ? AND cleared_at IS NULL", (at, row)
    )
