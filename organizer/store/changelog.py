"""The append-only change log: who changed which field, having seen what.

A change names the heads of its field that its author saw (`bases`); a field with more than one head
is in conflict, and nothing is ever discarded. Values are covered by salted digests, so a value can be
erased in place while the chain over all writes stays provable.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import msgspec

from organizer import crypto
from organizer.domain.changes import STATE_DAYS, VOCABULARY, Change, Head, Op, default_head
from organizer.store.driver import Connection

_encode = msgspec.json.Encoder(order="deterministic").encode
SALT_LENGTH = 16


@dataclass(frozen=True)
class LoggedChange:
    """A change with what proves its value; `salt` is None once the value was erased."""

    change: Change
    salt: bytes | None
    digest: bytes


@dataclass(frozen=True)
class LoggedWrite:
    """A whole write as it travels: its head data and all its changes in order."""

    id: bytes
    device: bytes
    name: str
    actor: bytes | None
    at: str
    source: str | None
    source_salt: bytes | None
    source_digest: bytes
    undoes: bytes | None
    run: bytes | None
    vocabulary: int
    digest: bytes
    changes: tuple[LoggedChange, ...]


class Devices:
    """Ids of incarnations and their local numbers, which keep the log small."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._numbers: dict[bytes, int] = {}
        self._ids: dict[int, bytes] = {}
        for number, identity in connection.execute("SELECT n, id FROM device"):
            self._numbers[identity], self._ids[number] = number, identity

    def number(self, device: bytes, at: str) -> int:
        """The local number of an incarnation, which is made known if it is not yet."""
        if device not in self._numbers:
            self._connection.execute(
                "INSERT OR IGNORE INTO device (id, started_at) VALUES (?, ?)", (device, at)
            )
            (number,) = self._connection.execute(
                "SELECT n FROM device WHERE id = ?", (device,)
            ).fetchone()
            self._numbers[device], self._ids[number] = number, device
        return self._numbers[device]

    def identity(self, number: int) -> bytes:
        """The id of the incarnation with this local number."""
        return self._ids[number]

    def pack(self, heads: Iterable[Head]) -> str:
        """Heads as stored: `number:seq` separated by spaces."""
        return " ".join(f"{self._numbers[head.device]}:{head.seq}" for head in heads)

    def unpack(self, bases: str) -> tuple[Head, ...]:
        """The heads of a stored text."""
        pairs = (pair.split(":") for pair in bases.split())
        return tuple(Head(self._ids[int(number)], int(seq)) for number, seq in pairs)


def encode_value(value: Mapping[str, object]) -> bytes:
    """Canonical JSON of a change's fields: sorted keys, bytes as base64."""
    return _encode(value)


def decode_value(table: str, text: str | None) -> dict[str, object]:
    """The fields of a stored value; link fields and blobs come back as bytes."""
    if text is None:
        return {}
    fields: dict[str, object] = msgspec.json.decode(text)
    for name in BLOB_FIELDS[table]:
        if isinstance(written := fields.get(name), str):
            fields[name] = msgspec.convert(written, bytes, strict=False)
    return fields


_BLOB_VALUES = frozenset({"sha256", "salt", "row_hash", "id_hash"})
BLOB_FIELDS: Mapping[str, frozenset[str]] = {
    name: frozenset(table.links) | (_BLOB_VALUES & frozenset(table.values))
    for name, table in VOCABULARY.items()
}
"""Which fields of a table hold bytes rather than text."""


def write_digest(write: LoggedWrite) -> bytes:
    """The digest of a whole write: stays the same on every machine and after erasure."""
    head = _encode([write.name, write.at, write.vocabulary])
    links = (write.id, write.device, write.actor or b"", write.undoes or b"", write.run or b"")
    parts = [
        part for logged in write.changes for part in (change_frame(logged.change), logged.digest)
    ]
    return crypto.chain(b"write", head, *links, write.source_digest, *parts)


def change_frame(change: Change) -> bytes:
    """Everything of a change but its value, as covered by the digest of its write."""
    bases = b"".join(base.device + base.seq.to_bytes(8, "big") for base in sorted(change.bases))
    frame = f"{change.head.seq} {change.table} {change.op} {change.field} {change.hlc} "
    return frame.encode() + change.row + bases


def read_writes(
    connection: Connection, devices: Devices, after: int = 0, upto: int | None = None
) -> Iterator[LoggedWrite]:
    """The writes with local number greater than `after` (and at most `upto`), in local order."""
    rows = connection.execute(
        "SELECT id, device, first_seq, last_seq, name, actor, at, source, source_salt,"
        " source_digest, undoes, run, vocabulary, digest FROM writes WHERE n > ? AND n <= ?"
        " ORDER BY n",
        (after, upto if upto is not None else 2**62),
    )
    for identity, device, first, last, *rest in rows:
        *head, digest = rest
        name, actor, at, source, salt, source_digest, undoes, run, vocabulary = head
        changes = tuple(_changes_of(connection, devices, (device, first, last), identity))
        yield LoggedWrite(
            identity, devices.identity(device), name, actor, at, source, salt, source_digest,
            undoes, run, vocabulary, digest, changes,
        )  # fmt: skip


def _changes_of(
    connection: Connection, devices: Devices, numbers: tuple[int, int, int], write: bytes
) -> Iterator[LoggedChange]:
    rows = connection.execute(
        "SELECT device, seq, tbl, row, op, field, value, salt, digest, bases, hlc"
        " FROM change WHERE device = ? AND seq BETWEEN ? AND ? ORDER BY seq",
        numbers,
    )
    for device, seq, table, row, op, name, value, salt, digest, bases, hlc in rows:
        change = Change(
            Head(devices.identity(device), seq), write, table, row, Op(op), name,
            decode_value(table, value), devices.unpack(bases), hlc,
        )  # fmt: skip
        yield LoggedChange(change, salt, digest)


@dataclass(frozen=True)
class FieldState:
    """What the log says about one field of one row."""

    value: object
    heads: tuple[Head, ...]
    conflict: bool


def row_changes(connection: Connection, devices: Devices, row: bytes) -> list[Change]:
    """Every change of a row, unordered."""
    rows = connection.execute(
        "SELECT c.device, c.seq, w.id, c.tbl, c.op, c.field, c.value, c.bases, c.hlc"
        " FROM change c JOIN writes w ON w.n = c.write_n WHERE c.row = ?",
        (row,),
    )
    return [_read(devices, row, *change) for change in rows]


def field_heads(
    connection: Connection, devices: Devices, row: bytes, name: str
) -> tuple[Head, ...]:
    """The heads of one field of a row."""
    # Which write a change belongs to does not matter here, and looking it up costs a page.
    rows = connection.execute(
        "SELECT device, seq, x'', tbl, op, field, value, bases, hlc"
        " FROM change WHERE row = ? AND (op = 'insert' OR field = ?)",
        (row, name),
    )
    return field_state([_read(devices, row, *change) for change in rows], name).heads


def _read(
    devices: Devices,
    row: bytes,
    device: int,
    seq: int,
    write: bytes,
    table: str,
    op: str,
    name: str,
    value: str | None,
    bases: str,
    hlc: int,
) -> Change:
    head, fields = Head(devices.identity(device), seq), decode_value(table, value)
    return Change(head, write, table, row, Op(op), name, fields, devices.unpack(bases), hlc)


def field_state(changes: Iterable[Change], name: str) -> FieldState:
    """Resolve one field from the changes of its row; an insert is the base of all its fields.

    An insert speaks only of the fields it names: what one list leaves out another may know. A list
    read on several machines inserts the same row several times; an edit made over one of these
    inserts is made over all that say the same.
    """
    candidates = {
        change.head: change for change in changes if change.op is Op.INSERT or change.field == name
    }
    seen = {base for change in candidates.values() for base in change.bases}
    edited = {_said(candidates[head], name) for head in seen if _is_insert(candidates.get(head))}
    heads = {
        head: change
        for head, change in candidates.items()
        if head not in seen and not (_is_insert(change) and _said(change, name) in edited)
    }
    telling = {head: change for head, change in heads.items() if _tells(change, name)} or heads
    if not heads:
        return FieldState(None, (), False)
    winner = telling[default_head({head: change.hlc for head, change in telling.items()})]
    distinct = {_said(change, name) for change in telling.values()}
    return FieldState(winner.value.get(name), tuple(sorted(heads)), len(distinct) > 1)


def _is_insert(change: Change | None) -> bool:
    return change is not None and change.op is Op.INSERT


def _tells(change: Change, name: str) -> bool:
    return change.op is not Op.INSERT or name in change.value


def _said(change: Change, name: str) -> bytes:
    value = change.value.get(name)
    # Two who took a row out of use on different days do not contradict each other.
    return msgspec.json.encode(value if name not in STATE_DAYS else value is not None)


def redirects(connection: Connection, table: str, row: bytes) -> set[bytes]:
    """Every row that this one was ever redirected to, here or in another copy."""
    rows = connection.execute(
        "SELECT value FROM change WHERE row = ? AND field = 'merged_into'", (row,)
    )
    said = (decode_value(table, value).get("merged_into") for (value,) in rows)
    return {kept for kept in said if isinstance(kept, bytes)}


def append(connection: Connection, devices: Devices, write: LoggedWrite, digest: bytes) -> None:
    """Add a write and its changes to the log; the tables are the caller's business."""
    number = devices.number(write.device, write.at)
    for logged in write.changes:
        for base in logged.change.bases:
            devices.number(base.device, write.at)
    numbers = [logged.change.head.seq for logged in write.changes]
    cursor = connection.execute(
        "INSERT INTO writes (id, device, name, actor, at, source, source_salt, source_digest,"
        " undoes, run, vocabulary, digest, first_seq, last_seq)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            write.id, number, write.name, write.actor, write.at, write.source, write.source_salt,
            write.source_digest, write.undoes, write.run, write.vocabulary, digest,
            min(numbers, default=0), max(numbers, default=0),
        ),
    )  # fmt: skip
    write_n = cursor.lastrowid or 0
    connection.executemany(
        "INSERT INTO change (device, seq, write_n, tbl, row, op, field, value, salt, digest,"
        " bases, hlc) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [_stored(devices, number, write_n, logged) for logged in write.changes],
    )


def apply_write(connection: Connection, devices: Devices, write: LoggedWrite) -> bool:
    """Take over a write made elsewhere, whole or not at all; False if it is already here.

    The order in which writes arrive is irrelevant. The caller holds the transaction and refreshes
    what is derived from the touched rows.
    """
    if connection.execute("SELECT 1 FROM writes WHERE id = ?", (write.id,)).fetchone():
        return False
    append(connection, devices, write, write.digest)
    for (table, row), names in touches(write).items():
        settle(connection, devices, table, row, names - {""})
    return True


def touches(write: LoggedWrite) -> dict[tuple[str, bytes], set[str]]:
    """Which fields of which rows a write is about; an insert is about all and adds the mark ""."""
    fields: defaultdict[tuple[str, bytes], set[str]] = defaultdict(set)
    for logged in write.changes:
        change = logged.change
        inserted = change.op is Op.INSERT
        names = VOCABULARY[change.table].fields if inserted else ()
        fields[change.table, change.row].update(names, {change.field})
    return dict(fields)


def _stored(
    devices: Devices, device: int, write_n: int, logged: LoggedChange
) -> tuple[object, ...]:
    change = logged.change
    erased = logged.salt is None
    value = None if erased and not change.value else encode_value(change.value).decode()
    return (
        device, change.head.seq, write_n, change.table, change.row, change.op.value, change.field,
        value, logged.salt, logged.digest, devices.pack(change.bases), change.hlc,
    )  # fmt: skip


def settle(
    connection: Connection, devices: Devices, table: str, row: bytes, names: Iterable[str]
) -> None:
    """Bring a shared row and its conflict marks to what the log says about the named fields."""
    changes = row_changes(connection, devices, row)
    if len(changes) == 1:
        # By far the most rows are told of once: nothing to resolve.
        values = {name: changes[0].value.get(name) for name in names}
    else:
        states = {name: field_state(changes, name) for name in names}
        values = {name: state.value for name, state in states.items()}
        for name, state in states.items():
            _mark(connection, table, row, name, state.conflict)
    connection.execute(f"INSERT OR IGNORE INTO {table} (id) VALUES (?)", (row,))
    assignments = ", ".join(f"{name} = ?" for name in values)
    connection.execute(f"UPDATE {table} SET {assignments} WHERE id = ?", (*values.values(), row))


def mark_conflicts(connection: Connection, devices: Devices, table: str, row: bytes) -> None:
    """Mark every field of a row on which its changes disagree."""
    changes = row_changes(connection, devices, row)
    for name in VOCABULARY[table].fields:
        _mark(connection, table, row, name, field_state(changes, name).conflict)


def _mark(connection: Connection, table: str, row: bytes, name: str, conflict: bool) -> None:
    if conflict and name not in VOCABULARY[table].unasked:
        connection.execute(
            "INSERT OR IGNORE INTO conflict (tbl, row, field) VALUES (?, ?, ?)", (table, row, name)
        )
    else:
        connection.execute("DELETE FROM conflict WHERE row = ? AND field = ?", (row, name))
