"""Erasing a person from an append-only log: values are blanked in place, everywhere, for good.

The log and the audit cover salted digests, so both chains stay provable; with value and salt gone a
digest says nothing. An erasure entry travels with every exchange and is applied again to whatever
arrives late or comes back with an old backup. (个人信息保护法 第四十七条)
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from organizer import crypto
from organizer.domain.changes import VOCABULARY, SharedTable
from organizer.store import changelog
from organizer.store.changelog import Devices, LoggedWrite
from organizer.store.driver import Connection
from organizer.store.transaction import Write

_STRUCK = "***"
_TELLING = tuple(table for table in VOCABULARY.values() if table.told)
_PERSONAL = tuple(table for table in VOCABULARY.values() if table.person_link)


@dataclass(frozen=True)
class Subject:
    """Whose data: the person's rows (redirected duplicates too) and what names the person."""

    rows: tuple[bytes, ...]
    id_numbers: frozenset[str]
    words: frozenset[str]
    """Name, id number and phone: what to look for in drafts and file names."""

    @property
    def names(self) -> frozenset[str]:
        """The words that others may bear too."""
        return frozenset(word for word in self.words if not any(map(str.isdigit, word)))


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
    attachments = forget(write.connection, write.devices, whose)
    for row in whose.rows:
        write.settle("person", row, "erased_on", on)
    for row, number in itertools.zip_longest(whose.rows, sorted(whose.id_numbers)):
        entry = {
            "salt": salt,
            "row_hash": crypto.subject_hash(salt, row) if row else None,
            "id_hash": crypto.subject_hash(salt, number.encode()) if number else None,
            "reason": without(reason, whose.words),
        }
        write.insert("erasure", entry)
    return attachments


def forget(connection: Connection, devices: Devices, whose: Subject) -> list[bytes]:
    """Blank every personal value and every text that names the person; returns attachments."""
    attachments = _attachments(connection, whose.rows)
    for person in whose.rows:
        for table in _PERSONAL:
            for row in _rows_of(connection, table, person):
                _blank_row(connection, table, row)
                _blank_changes(connection, table, row)
                changelog.mark_conflicts(connection, devices, table.name, row)
    _forget_words(connection, whose.words)
    _forget_telling(connection, whose)
    return attachments


def without(text: str, words: Iterable[str]) -> str:
    """A text in which nothing of these words is left."""
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, _STRUCK)
    return text


@dataclass(frozen=True)
class Returned:
    """Data of a person erased before that came back: a late arrival, an old backup."""

    whose: Subject
    salt: bytes
    marked: bool
    """Whether the record says of itself that it was erased."""


def returned(connection: Connection, touched: Iterable[tuple[str, bytes]]) -> list[Returned]:
    """Whose data came back with these rows, or are still here while their erasure came."""
    known = _entries(connection)
    if not known:
        return []
    persons: set[bytes] = set()
    for table, row in touched:
        if table == "erasure":
            persons.update(row for (row,) in connection.execute("SELECT id FROM person"))
        elif link := VOCABULARY[table].person_link:
            found = connection.execute(f"SELECT {link} FROM {table} WHERE id = ?", (row,))
            persons.update(person for (person,) in found if person)
    gone = (_returned(connection, known, person) for person in sorted(persons))
    return [one for one in gone if one]


def mark(write: Write, gone: Iterable[Returned], on: str) -> None:
    """Say in the log that these records were erased, so that every copy knows them by their id."""
    for one in gone:
        for row in one.whose.rows:
            write.settle("person", row, "erased_on", on)
            row_hash = crypto.subject_hash(one.salt, row)
            write.insert("erasure", {"salt": one.salt, "row_hash": row_hash})


def latest(connection: Connection) -> int:
    """When the newest erasure known here was made (hybrid time); 0 when nobody was erased."""
    (at,) = connection.execute(
        "SELECT coalesce(max(c.hlc), 0) FROM erasure e JOIN change c ON c.row = e.id"
    ).fetchone()
    return int(at)


def writes(connection: Connection, devices: Devices) -> list[LoggedWrite]:
    """The writes that erased somebody, as they travel."""
    numbers = connection.execute(
        "SELECT DISTINCT c.write_n FROM erasure e JOIN change c ON c.row = e.id ORDER BY 1"
    ).fetchall()
    found = (changelog.read_writes(connection, devices, n - 1, n) for (n,) in numbers)
    return list(itertools.chain.from_iterable(found))


def forget_source(connection: Connection, write: bytes) -> None:
    """Drop the file name of a write that is older than an erasure known when it arrived.

    The name of the erased person may stand in it, and nobody here can tell any more.
    """
    connection.execute("UPDATE writes SET source = NULL, source_salt = NULL WHERE id = ?", (write,))


_Entries = dict[bytes, dict[bytes, int]]
"""For each salt the hashes of rows and id numbers that were erased, and when (hybrid time)."""


def _entries(connection: Connection) -> _Entries:
    known: _Entries = {}
    rows = connection.execute(
        "SELECT e.salt, e.row_hash, e.id_hash, c.hlc FROM erasure e JOIN change c ON c.row = e.id"
        " WHERE c.op = 'insert'"
    )
    for salt, row_hash, id_hash, hlc in rows:
        for found in filter(None, (row_hash, id_hash)):
            hashes = known.setdefault(salt, {})
            hashes[found] = max(hlc, hashes.get(found, 0))
    return known


def _returned(connection: Connection, known: _Entries, person: bytes) -> Returned | None:
    id_number, erased_on = connection.execute(
        "SELECT id_number, erased_on FROM person WHERE id = ?", (person,)
    ).fetchone()
    for salt, hashes in known.items():
        gone = crypto.subject_hash(salt, person) in hashes
        if not gone and id_number:
            at = hashes.get(crypto.subject_hash(salt, id_number.encode()), 0)
            # Who came back after the erasure and joined anew is meant to be known.
            gone = at > 0 and _first_told(connection, person) < at
        if gone:
            whose = Subject((person,), *_names(connection, [person]))
            return Returned(whose, salt, erased_on is not None)
    return None


def _first_told(connection: Connection, row: bytes) -> int:
    (first,) = connection.execute("SELECT min(hlc) FROM change WHERE row = ?", (row,)).fetchone()
    return int(first)


def _forget_words(connection: Connection, words: frozenset[str]) -> None:
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


def _forget_telling(connection: Connection, whose: Subject) -> None:
    """Strike the person out of what was written at doors.

    Id number and phone wherever they stand; the name, which others may bear, where the person works.
    """
    numbers = whose.words - whose.names
    marks = ", ".join("?" * len(whose.rows))
    at_work = f"employer IN (SELECT employer FROM membership WHERE person IN ({marks}))"
    for table in _TELLING:
        for field in table.told:
            for word, where, values in (
                *((number, "1", ()) for number in numbers),
                *((name, at_work, whose.rows) for name in whose.names),
            ):
                rows = connection.execute(
                    f"SELECT id FROM {table.name} WHERE instr({field}, ?) > 0 AND {where}",
                    (word, *values),
                ).fetchall()
                for (row,) in rows:
                    _strike(connection, table.name, row, field, word)


def _strike(connection: Connection, table: str, row: bytes, field: str, word: str) -> None:
    connection.execute(
        f"UPDATE {table} SET {field} = replace({field}, ?, ?) WHERE id = ?", (word, _STRUCK, row)
    )
    connection.execute(
        "UPDATE change SET value = replace(value, ?, ?), salt = NULL"
        " WHERE row = ? AND instr(value, ?) > 0",
        (word, _STRUCK, row, word),
    )


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


def _rows_of(connection: Connection, table: SharedTable, person: bytes) -> list[bytes]:
    found = connection.execute(
        f"SELECT id FROM {table.name} WHERE {table.person_link} = ?", (person,)
    )
    return [row for (row,) in found]


def _attachments(connection: Connection, persons: Sequence[bytes]) -> list[bytes]:
    """The contents only these persons' records name."""
    marks = ", ".join("?" * len(persons))
    rows = connection.execute(
        f"SELECT DISTINCT sha256 FROM attachment WHERE person IN ({marks}) AND sha256 IS NOT NULL"
        " EXCEPT SELECT sha256 FROM attachment"
        f" WHERE (person IS NULL OR person NOT IN ({marks})) AND sha256 IS NOT NULL",
        (*persons, *persons),
    )
    return [digest for (digest,) in rows]


def _blank_row(connection: Connection, table: SharedTable, row: bytes) -> None:
    if not table.personal:
        # Consents tell nothing of the person but that they were given.
        return
    if not table.personal:
        return
    blanks = ", ".join(f"{name} = NULL" for name in sorted(table.personal))
    connection.execute(f"UPDATE {table.name} SET {blanks} WHERE id = ?", (row,))


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


def forgotten(connection: Connection, id_number: str) -> bool:
    """Whether somebody with this id number was erased: a list shall not bring the person back."""
    rows = connection.execute("SELECT salt, id_hash FROM erasure WHERE id_hash IS NOT NULL")
    return any(crypto.subject_hash(salt, id_number.encode()) == known for salt, known in rows)
