"""The one undo: a new write of inverse changes, for a save, an import or a merge.

A field is put back only while its head is still ours; a row that others built on stays. Whatever
stays is reported, nothing is forced.
"""

import functools
from collections.abc import Iterable
from dataclasses import dataclass, replace

from organizer.domain.changes import FINAL_WRITES, VOCABULARY, Change, Head, Op
from organizer.errors import Conflict, NotFound
from organizer.store import changelog, places
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
    if _undone(connection, target):
        raise Conflict("undo.already")
    return [identity for identity, _name in rows]


def _undone(connection: Connection, target: bytes) -> bool:
    """Whether an undo of `target` stands, that is, was not taken back itself."""
    undoing = connection.execute("SELECT id FROM writes WHERE undoes = ?", (target,)).fetchall()
    return any(not _undone(connection, identity) for (identity,) in undoing)


def latest(connection: Connection, actor: bytes) -> bytes:
    """The newest thing this account did that can still be taken back: a run counts as one."""
    rows = connection.execute(
        "SELECT coalesce(run, id) AS target, name FROM writes WHERE actor = ? AND undoes IS NULL"
        " GROUP BY target ORDER BY max(n) DESC",
        (actor,),
    )
    for target, name in rows:
        if name not in FINAL_WRITES and not _undone(connection, target):
            return bytes(target)
    raise NotFound("undo.nothing")


def step_name(connection: Connection, target: bytes) -> str:
    """What the write or run was called; "" for none."""
    found = connection.execute(
        "SELECT name FROM writes WHERE id = ? OR run = ? ORDER BY n DESC LIMIT 1", (target, target)
    ).fetchone()
    return str(found[0]) if found else ""


def latest_undo(connection: Connection, actor: bytes) -> tuple[bytes, bytes]:
    """This account's newest undo that still stands, and what it undid; nothing newer was done since.

    Raises `NotFound` when there is none to take back.
    """
    rows = connection.execute(
        "SELECT w.id, w.undoes, u.undoes FROM writes w LEFT JOIN writes u ON u.id = w.undoes"
        " WHERE w.actor = ? ORDER BY w.n DESC",
        (actor,),
    )
    for identity, undone, of_undo in rows:
        if undone is None:
            break
        if of_undo is None and not _undone(connection, identity):
            return bytes(identity), bytes(undone)
    raise NotFound("undo.nothing_back")


def take_back(write: Write, targets: Iterable[bytes], on: str) -> Undone:
    """Write the inverse of the given writes (newest first) into `write`."""
    rows, kept, devices = 0, list[tuple[str, bytes, str]](), write.devices
    ours, by_row = _changed_by(write.connection, devices, targets)
    for (table, row), names in sorted(by_row.items(), key=lambda one: _turn(one[0][0])):
        changes = _standing(
            write.connection, changelog.row_changes(write.connection, devices, row), ours
        )
        inserted = any(change.op is Op.INSERT and change.head in ours for change in changes)
        if inserted:
            blocking = _built_on(write.connection, table, row, changes, ours)
            if blocking:
                kept += [(table, row, name) for name in blocking]
            elif not _tells_of(table, changes, {row for _table, row, _name in kept}):
                write.retire(table, row, on)
                rows += 1
            continue
        stuck = [n for n in names if not _put_back(write, changes, ours, table, row, n)]
        kept += [(table, row, name) for name in stuck]
        if len(stuck) < len(names):
            rows += 1
    return Undone(rows, tuple(kept))


def _turn(table: str) -> tuple[bool, int]:
    """When a table's rows are taken back: what points elsewhere before what it points to, so that
    nothing of the same step holds it; what tells of a change last: it stays with what stays."""
    return _is_history(table), -_depth(table)


@functools.cache
def _depth(table: str) -> int:
    """How many tables stand behind this one's links, one behind the other."""
    others = set(VOCABULARY[table].links.values()) - {table}
    return max((1 + _depth(other) for other in others), default=0)


def _is_history(table: str) -> bool:
    return bool(VOCABULARY[table].history_of)


def _tells_of(table: str, changes: list[Change], rows: set[bytes]) -> bool:
    """Whether a row is the history of one of these."""
    link = VOCABULARY[table].history_of
    return any(change.op is Op.INSERT and change.value.get(link) in rows for change in changes)


def _standing(connection: Connection, changes: list[Change], ours: set[Head]) -> list[Change]:
    """The changes of a row without those that an undo has put back, and without that undo's own.

    So that steps can be taken back one after the other: what was undone stands in nobody's way.
    """
    if all(change.head in ours for change in changes):
        return changes
    targets = _undoing(connection, {change.write for change in changes})
    gone: dict[Head, Change] = {}
    for undoing in sorted(changes, key=lambda change: (change.hlc, change.head), reverse=True):
        if undoing.write not in targets or undoing.head in gone or undoing.head in ours:
            continue
        put_back = [
            change
            for change in changes
            if change.field == undoing.field and change.write in targets[undoing.write]
        ]
        if put_back:
            gone |= {change.head: change for change in (undoing, *put_back)}
    standing = [change for change in changes if change.head not in gone]
    return [replace(change, bases=tuple(_before(change.bases, gone))) for change in standing]


def _undoing(connection: Connection, writes: set[bytes]) -> dict[bytes, set[bytes]]:
    """Which of these writes undo which others of them."""
    marks = ", ".join("?" * len(writes))
    rows = connection.execute(
        f"SELECT id, run, undoes FROM writes WHERE id IN ({marks})", tuple(writes)
    ).fetchall()
    return {
        identity: {other for other, run, _undoes in rows if target in (other, run)}
        for identity, _run, target in rows
        if target is not None
    }


def _before(bases: Iterable[Head], gone: dict[Head, Change]) -> Iterable[Head]:
    """The heads that were there before what is gone."""
    for base in bases:
        if base in gone:
            yield from _before(gone[base].bases, gone)
        else:
            yield base


def _changed_by(
    connection: Connection, devices: Devices, targets: Iterable[bytes]
) -> tuple[set[Head], dict[tuple[str, bytes], list[str]]]:
    """The changes of these writes, and which fields of which rows they are about, newest first.

    What was built last is taken away first, so that links do not block it.
    """
    heads: set[Head] = set()
    by_row: dict[tuple[str, bytes], list[str]] = {}
    for target in targets:
        rows = connection.execute(
            "SELECT c.device, c.seq, c.tbl, c.row, c.field FROM change c"
            " JOIN writes w ON c.device = w.device AND c.seq BETWEEN w.first_seq AND w.last_seq"
            " WHERE w.id = ? ORDER BY c.seq DESC",
            (target,),
        )
        for device, seq, table, row, name in rows:
            heads.add(Head(devices.identity(device), seq))
            names = by_row.setdefault((table, row), [])
            if name not in names:
                names.append(name)
    return heads, by_row


def sealed_since(connection: Connection, targets: Iterable[bytes]) -> dict[bytes, list[str]]:
    """The batches sealed after these writes with people whom the writes are about, and their names.

    That is: their sign-up, the state of their membership, or what is known of the person. A print
    changes nothing that was reported.
    """
    found: dict[bytes, list[str]] = {}
    for target in targets:
        rows = connection.execute(
            "WITH touched (row) AS (SELECT c.row FROM writes w JOIN change c"
            " ON c.device = w.device AND c.seq BETWEEN w.first_seq AND w.last_seq WHERE w.id = ?"
            " AND (c.tbl = 'person' OR c.tbl = 'membership' AND c.field IN ('', 'state')))"
            " SELECT DISTINCT b.id, coalesce(p.name, '') FROM touched t JOIN batch_item i"
            " ON i.id IN (SELECT id FROM batch_item WHERE membership = t.row"
            " UNION SELECT id FROM batch_item WHERE person = t.row)"
            " JOIN batch b ON b.id = i.batch LEFT JOIN person p ON p.id = i.person"
            " WHERE i.retired_on IS NULL AND b.retired_on IS NULL AND b.state <> 'draft'"
            " AND b.sealed_at >= (SELECT at FROM writes WHERE id = ?) ORDER BY b.n, i.position",
            (target, target),
        )
        for batch, name in rows:
            names = found.setdefault(batch, [])
            if name not in names:
                names.append(name)
    return found


def _put_back(
    write: Write, changes: list[Change], ours: set[Head], table: str, row: bytes, name: str
) -> bool:
    heads = changelog.field_state(changes, name).heads
    if not set(heads) <= ours:
        return False
    before = [change for change in changes if change.head not in ours]
    state = changelog.field_state(before, name)
    # Bundled divisions are in no log; what they said stands in the resource.
    value = state.value if state.heads else places.bundled_value(row, name)
    write.settle(table, row, name, value)
    return True


def _built_on(
    connection: Connection, table: str, row: bytes, changes: list[Change], ours: set[Head]
) -> list[str]:
    """Fields others changed on a row that is to be taken back, or tables whose live rows need it."""
    edited = [change.field for change in changes if change.head not in ours]
    linked = []
    for name, shared in VOCABULARY.items():
        for field, to in shared.links.items():
            # History holds no row; whoever did more with one has changed the row itself.
            if to == table and not shared.history_of:
                found = connection.execute(
                    f"SELECT 1 FROM {name} WHERE {field} = ? AND retired_on IS NULL LIMIT 1", (row,)
                ).fetchone()
                linked += [name] if found else []
    return edited + linked


def authors(connection: Connection, writes: Iterable[bytes]) -> set[bytes]:
    """The accounts that made these writes."""
    found = set()
    for identity in writes:
        (actor,) = connection.execute(
            "SELECT actor FROM writes WHERE id = ?", (identity,)
        ).fetchone()
        found |= {actor} if actor else set()
    return found
