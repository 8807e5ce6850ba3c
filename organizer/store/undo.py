"""The one undo: a new write of inverse changes, for a save, an import or a merge.

A field is put back only while its head is still ours; a row that others built on stays. Whatever
stays is reported, nothing is forced.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from organizer.domain.changes import FINAL_WRITES, VOCABULARY, Change, Head, Op
from organizer.errors import Conflict, NotFound
from organizer.store import changelog
from organizer.store.changelog import Devices
from organizer.store.driver import Connection
from organizer.store.transaction import Write


@dataclass(frozen=True)
class Undone:
    """What an undo did: rows taken back, and (table, row, field) that others changed since."""

    rows: int
    kept: tuple[tuple[str, bytes, str], ...]


def writes_of(connection: Connection, target: bytes) -> list[bytes]:
    """The writes an undo of `target` covers: one save, or every chunk of a run.

    Raises `NotFound` for an unknown id and `Conflict` for what is final or already undone.
    """
    rows = connection.execute(
        "SELECT id, name FROM writes WHERE id = ? OR run = ? ORDER BY n DESC", (target, target)
    ).fetchall()
    if not rows:
        raise NotFound("undo.unknown_write")
    if rows[0][1] in FINAL_WRITES:
        raise Conflict("undo.final", name=rows[0][1])
    undone = connection.execute(
        "SELECT 1 FROM writes WHERE undoes = ? AND id NOT IN (SELECT undoes FROM writes"
        " WHERE undoes IS NOT NULL)",
        (target,),
    ).fetchone()
    if undone:
        raise Conflict("undo.already")
    return [identity for identity, _name in rows]


def latest(connection: Connection, actor: bytes) -> bytes:
    """The newest thing this account did that can still be taken back: a run counts as one."""
    rows = connection.execute(
        "SELECT id, coalesce(run, id), name FROM writes w WHERE actor = ? AND undoes IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM writes u WHERE u.undoes IN (w.id, w.run)) ORDER BY n DESC",
        (actor,),
    )
    for _identity, target, name in rows:
        if name not in FINAL_WRITES:
            return bytes(target)
    raise NotFound("undo.nothing")


def take_back(write: Write, targets: Iterable[bytes], on: str) -> Undone:
    """Write the inverse of the given writes (newest first) into `write`."""
    rows, kept, devices = 0, list[tuple[str, bytes, str]](), write.devices
    ours = _heads(write.connection, devices, targets)
    for (table, row), names in _by_row(write.connection, devices, ours).items():
        changes = changelog.row_changes(write.connection, devices, row)
        inserted = any(change.op is Op.INSERT and change.head in ours for change in changes)
        if inserted:
            blocking = _built_on(write.connection, table, row, changes, ours)
            if blocking:
                kept += [(table, row, name) for name in blocking]
            else:
                write.retire(table, row, on)
                rows += 1
            continue
        stuck = [n for n in names if not _put_back(write, changes, ours, table, row, n)]
        kept += [(table, row, name) for name in stuck]
        if len(stuck) < len(names):
            rows += 1
    return Undone(rows, tuple(kept))


def _heads(connection: Connection, devices: Devices, targets: Iterable[bytes]) -> set[Head]:
    found = set()
    for target in targets:
        rows = connection.execute(
            "SELECT c.device, c.seq FROM change c JOIN writes w ON w.n = c.write_n WHERE w.id = ?",
            (target,),
        )
        found |= {Head(devices.identity(device), seq) for device, seq in rows}
    return found


def _by_row(
    connection: Connection, devices: Devices, ours: set[Head]
) -> dict[tuple[str, bytes], list[str]]:
    grouped: dict[tuple[str, bytes], list[str]] = {}
    # Newest first: what was built last is taken away first, so that links do not block it.
    for head in sorted(ours, key=lambda head: head.seq, reverse=True):
        table, row, name = connection.execute(
            "SELECT tbl, row, field FROM change WHERE device = ? AND seq = ?",
            (devices.number(head.device, ""), head.seq),
        ).fetchone()
        names = grouped.setdefault((table, row), [])
        if name not in names:
            names.append(name)
    return grouped


def _put_back(
    write: Write, changes: list[Change], ours: set[Head], table: str, row: bytes, name: str
) -> bool:
    heads = changelog.field_state(changes, name).heads
    if not set(heads) <= ours:
        return False
    before = [change for change in changes if change.head not in ours]
    write.settle(table, row, name, changelog.field_state(before, name).value)
    return True


def _built_on(
    connection: Connection, table: str, row: bytes, changes: list[Change], ours: set[Head]
) -> list[str]:
    """Fields others changed on a row that is to be taken back, or tables whose live rows need it."""
    edited = [change.field for change in changes if change.head not in ours]
    linked = []
    for name, shared in VOCABULARY.items():
        for field, to in shared.links.items():
            if to == table and _indexed(name, field):
                found = connection.execute(
                    f"SELECT 1 FROM {name} WHERE {field} = ? AND retired_on IS NULL LIMIT 1", (row,)
                ).fetchone()
                linked += [name] if found else []
    return edited + linked


def _indexed(table: str, field: str) -> bool:
    return (table, field) not in {("visit", "visitor"), ("visit", "round"), ("visit", "corrects")}


def authors(connection: Connection, writes: Iterable[bytes]) -> set[bytes]:
    """The accounts that made these writes."""
    found = set()
    for identity in writes:
        (actor,) = connection.execute(
            "SELECT actor FROM writes WHERE id = ?", (identity,)
        ).fetchone()
        found |= {actor} if actor else set()
    return found
