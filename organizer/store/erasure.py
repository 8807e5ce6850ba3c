"""Erasing a person from an append-only log: values are blanked in place, everywhere, for good.

The log and the audit cover salted digests, so both chains stay provable; with value and salt gone a
digest says nothing. An erasure entry travels with every exchange and is applied again to whatever
arrives late or comes back with an old backup. (个人信息保护法 第四十七条)
"""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from organizer import crypto
from organizer.domain.changes import VOCABULARY, SharedTable
from organizer.store import changelog
from organizer.store.driver import Connection
from organizer.store.transaction import Write

_PERSONAL = tuple(table for table in VOCABULARY.values() if table.person_link)


@dataclass(frozen=True)
class Subject:
    """Whose data: the person's rows (redirected duplicates too) and what names the person."""

    rows: tuple[bytes, ...]
    id_numbers: frozenset[str]
    words: frozenset[str]
    """Name, id number and phone: what to look for in drafts and file names."""


def subject(connection: Connection, person: bytes) -> Subject:
    """Everything under which a person is known here."""
    rows, waiting = [], [person]
    while waiting:
        row = waiting.pop()
        if row in rows:
            continue
        rows.append(row)
        same = connection.execute(
            "SELECT id FROM person WHERE merged_into = :row"
            " UNION SELECT merged_into FROM person WHERE id = :row AND merged_into IS NOT NULL"
            " UNION SELECT twin.id FROM person twin JOIN person own ON own.id_number = twin.id_number"
            " WHERE own.id = :row",
            {"row": row},
        )
        waiting += [found for (found,) in same]
    return Subject(tuple(rows), *_names(connection, rows))


def erase(write: Write, whose: Subject, *, on: str, salt: bytes, reason: str) -> list[bytes]:
    """Blank a person in tables, log, drafts and file names; returns attachments to remove."""
    connection = write.connection
    attachments = [digest for row in whose.rows for digest in _attachments(connection, row)]
    for row in whose.rows:
        blank(connection, row)
        write.settle("person", row, "erased_on", on)
        write.insert(
            "erasure",
            {
                "salt": salt,
                "row_hash": crypto.subject_hash(salt, row),
                "id_hash": _id_hash(salt, whose.id_numbers),
                "reason": reason,
            },
        )
    forget_words(connection, whose.words)
    return attachments


def blank(connection: Connection, person: bytes) -> None:
    """Blank every personal value of this person in the shared tables and in the log."""
    for table in _PERSONAL:
        for row in _rows_of(connection, table, person):
            names = sorted(table.personal)
            connection.execute(
                f"UPDATE {table.name} SET {', '.join(f'{name} = NULL' for name in names)}"
                " WHERE id = ?",
                (row,),
            )
            _blank_changes(connection, table, row)


def forget_words(connection: Connection, words: frozenset[str]) -> None:
    """Remove drafts, file names and audit details in which a name, id or phone stands."""
    for word in words:
        connection.execute("DELETE FROM draft WHERE instr(fields, ?) > 0", (word,))
        connection.execute(
            "UPDATE writes SET source = NULL, source_salt = NULL WHERE instr(source, ?) > 0",
            (word,),
        )
        connection.execute(
            "UPDATE audit SET detail = NULL, detail_salt = NULL WHERE instr(detail, ?) > 0", (word,)
        )
        connection.execute("UPDATE run SET tally = '{}' WHERE instr(tally, ?) > 0", (word,))


def erased_again(connection: Connection) -> list[bytes]:
    """Persons who were erased elsewhere or before, yet hold data here: late arrivals, old backups."""
    entries = connection.execute("SELECT DISTINCT salt, row_hash, id_hash FROM erasure").fetchall()
    by_salt: dict[bytes, set[bytes]] = {}
    for salt, *hashes in entries:
        by_salt.setdefault(salt, set()).update(found for found in hashes if found)
    if not by_salt:
        return []
    alive = connection.execute("SELECT id, id_number FROM person WHERE name IS NOT NULL")
    return [
        row
        for row, id_number in alive
        if any(
            crypto.subject_hash(salt, row) in known
            or (id_number and crypto.subject_hash(salt, id_number.encode()) in known)
            for salt, known in by_salt.items()
        )
    ]


def _names(connection: Connection, rows: list[bytes]) -> tuple[frozenset[str], frozenset[str]]:
    ids, words = set(), set()
    for row in rows:
        for change in connection.execute(
            "SELECT value FROM change WHERE row = ? AND value IS NOT NULL", (row,)
        ):
            value = msgspec.json.decode(change[0])
            words |= {value[key] for key in ("name", "phone", "original_writing") if value.get(key)}
            ids |= {value["id_number"]} if value.get("id_number") else set()
    return frozenset(ids), frozenset(words | ids)


def _id_hash(salt: bytes, id_numbers: frozenset[str]) -> bytes | None:
    number = next(iter(sorted(id_numbers)), None)
    return crypto.subject_hash(salt, number.encode()) if number else None


def _rows_of(connection: Connection, table: SharedTable, person: bytes) -> Iterator[bytes]:
    found = connection.execute(
        f"SELECT id FROM {table.name} WHERE {table.person_link} = ?", (person,)
    ).fetchall()
    return (row for (row,) in found)


def _attachments(connection: Connection, person: bytes) -> list[bytes]:
    rows = connection.execute(
        "SELECT sha256 FROM attachment WHERE person = ? AND sha256 IS NOT NULL AND sha256 NOT IN"
        " (SELECT sha256 FROM attachment WHERE person IS NOT ? AND sha256 IS NOT NULL)",
        (person, person),
    )
    return [digest for (digest,) in rows]


def _blank_changes(connection: Connection, table: SharedTable, row: bytes) -> None:
    changes = connection.execute(
        "SELECT device, seq, value FROM change WHERE row = ? AND value IS NOT NULL", (row,)
    ).fetchall()
    for device, seq, value in changes:
        fields = changelog.decode_value(table.name, value)
        if not table.personal & fields.keys():
            continue
        kept = {name: found for name, found in fields.items() if name not in table.personal}
        connection.execute(
            "UPDATE change SET value = ?, salt = NULL WHERE device = ? AND seq = ?",
            (changelog.encode_value(kept).decode() if kept else None, device, seq),
        )
