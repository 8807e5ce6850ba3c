"""The one write path: rows, change log, audit chain and derived tables in one transaction."""

import functools
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from organizer import crypto
from organizer.domain import ids
from organizer.domain.changes import VOCABULARY, VOCABULARY_VERSION, Change, Head, Op
from organizer.store import audit, changelog
from organizer.store.changelog import Devices, LoggedChange, LoggedWrite
from organizer.store.driver import Connection


@dataclass(frozen=True)
class Intent:
    """Why something is written: what it is called, who does it, and where the data came from."""

    name: str
    actor: bytes | None
    source: str | None = None
    """The file an import reads; may hold a person's name, so it is salted like a value."""
    run: bytes | None = None
    undoes: bytes | None = None


@dataclass
class Stamp:
    """The identity of this incarnation of the file and where its numbering stands."""

    device: bytes
    seq: int
    clock: ids.HybridClock


class Write:
    """One write in the making. Reads through `connection` see what was written so far."""

    def __init__(
        self, connection: Connection, devices: Devices, stamp: Stamp, intent: Intent, at_ms: int
    ) -> None:
        self.connection = connection
        self.id = ids.new_id(at_ms)
        self.at_ms = at_ms
        self.intent = intent
        self.devices = devices
        self._stamp = stamp
        self._seq = stamp.seq
        self._hlc = stamp.clock.tick(at_ms)
        self._changes: list[LoggedChange] = []
        self._own: dict[tuple[bytes, str], Head] = {}

    @property
    def touches(self) -> dict[tuple[str, bytes], set[str]]:
        """Which fields of which rows were changed so far; the mark "" stands for an insert."""
        fields: defaultdict[tuple[str, bytes], set[str]] = defaultdict(set)
        for logged in self._changes:
            change = logged.change
            fields[change.table, change.row].add(change.field)
        return fields

    @property
    def device(self) -> bytes:
        """The incarnation of the file that writes."""
        return self._stamp.device

    @property
    def last_seq(self) -> int:
        """The number of this write's last change."""
        return self._seq

    def new_id(self) -> bytes:
        """An id for something a person creates."""
        return ids.new_id(self.at_ms)

    def insert(self, table: str, values: Mapping[str, Any], identity: bytes | None = None) -> bytes:
        """Add a row; fields left out stay empty. Returns its id."""
        row = identity or self.new_id()
        if not self.add(table, row, values):
            raise KeyError(f"{table} has this row")
        return row

    def add(self, table: str, row: bytes, values: Mapping[str, Any]) -> bool:
        """Add a row whose id follows from shared data; False when it is here already."""
        kept = {name: value for name, value in values.items() if value is not None}
        done = self.connection.execute(_insert_sql(table, tuple(kept)), (row, *kept.values()))
        if done.rowcount == 0:
            return False
        self._own[row, ""] = self._log(table, row, Op.INSERT, "", kept, ())
        return True

    def set(self, table: str, row: bytes, values: Mapping[str, Any]) -> bool:
        """Change fields of a row; False when every field had its value already and is left alone."""
        if not values:
            return False
        names = _known(table, tuple(values))
        current = self.connection.execute(
            f"SELECT {', '.join(names)} FROM {table} WHERE id = ?", (row,)
        ).fetchone()
        changed = [name for name, old in zip(names, current, strict=True) if old != values[name]]
        for name in changed:
            self._change(table, row, Op.SET, name, values[name])
        return bool(changed)

    def retire(self, table: str, row: bytes, on: str) -> None:
        """Take a row out of use; it stays, with its history."""
        self._change(table, row, Op.RETIRE, "retired_on", on)

    def settle(self, table: str, row: bytes, name: str, value: Any) -> None:
        """Set a field even if it already shows `value`: the decision of a conflict."""
        self._change(table, row, Op.SET, name, value)

    def exists(self, table: str, row: bytes) -> bool:
        """Whether a shared row with this id is here."""
        found = self.connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", (row,)).fetchone()
        return found is not None

    def heads(self, row: bytes, name: str) -> tuple[Head, ...]:
        """The heads of a field, this write's own changes included."""
        own = self._own.get((row, name)) or self._own.get((row, ""))
        if own:
            return (own,)
        return changelog.field_heads(self.connection, self.devices, row, name)

    def finish(self) -> None:
        """Append the write, its changes and its audit entry; the caller commits."""
        if not self._changes:
            return
        at = audit.instant(self.at_ms)
        salt, digest = audit.seal(self.intent.source)
        write = LoggedWrite(
            self.id, self._stamp.device, self.intent.name, self.intent.actor, at,
            self.intent.source, salt, digest, self.intent.undoes, self.intent.run,
            VOCABULARY_VERSION, b"", tuple(self._changes),
        )  # fmt: skip
        digest = changelog.write_digest(write)
        changelog.append(self.connection, self.devices, write, digest)
        entry = audit.Entry(self.intent.name, self.intent.actor, self.id)
        audit.append(self.connection, entry, at, digest)

    def _change(self, table: str, row: bytes, op: Op, name: str, value: Any) -> None:
        _known(table, (name,))
        bases = self.heads(row, name)
        self.connection.execute(f"UPDATE {table} SET {name} = ? WHERE id = ?", (value, row))
        if len(bases) > 1:
            self.connection.execute("DELETE FROM conflict WHERE row = ? AND field = ?", (row, name))
        self._own[row, name] = self._log(table, row, op, name, {name: value}, bases)

    def _log(
        self,
        table: str,
        row: bytes,
        op: Op,
        name: str,
        value: Mapping[str, Any],
        bases: tuple[Head, ...],
    ) -> Head:
        self._seq += 1
        head = Head(self._stamp.device, self._seq)
        salt = crypto.random_bytes(changelog.SALT_LENGTH)
        digest = crypto.salted_digest(salt, changelog.encode_value(value))
        change = Change(head, self.id, table, row, op, name, value, bases, self._hlc)
        self._changes.append(LoggedChange(change, salt, digest))
        return head


def _known(table: str, names: tuple[str, ...]) -> tuple[str, ...]:
    unknown = set(names) - set(VOCABULARY[table].fields)
    if unknown:
        raise KeyError(f"{table} has no field {', '.join(sorted(unknown))}")
    return names


@functools.cache
def _insert_sql(table: str, names: tuple[str, ...]) -> str:
    columns = ", ".join(("id", *_known(table, names)))
    marks = ", ".join("?" * (len(names) + 1))
    return f"INSERT INTO {table} ({columns}) VALUES ({marks}) ON CONFLICT (id) DO NOTHING"
