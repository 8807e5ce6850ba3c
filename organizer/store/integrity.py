"""`database check`: is every page readable, every digest true, and does the log tell the same story?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from organizer import crypto, resources
from organizer.domain.changes import VOCABULARY
from organizer.domain.pinyin import PinyinTable
from organizer.store import audit, changelog, derived, driver, migrations, places
from organizer.store.changelog import Devices
from organizer.store.driver import Connection


@dataclass(frozen=True)
class Finding:
    """Something a check found wrong; `code` names the sentence, `where` the table or number."""

    code: str
    where: str


def check(connection: Connection, devices: Devices) -> list[Finding]:
    """Everything wrong with the file; an empty list is a clean bill."""
    return [
        *_pages(connection),
        *_digests(connection, devices),
        *_audit(connection),
        *_tables(connection, devices),
        *_index(connection),
    ]


def rebuild(connection: Connection, devices: Devices, pinyin: PinyinTable) -> None:
    """Build every derived table anew."""
    derived.rebuild(connection, pinyin, devices)


@contextmanager
def replayed(connection: Connection, devices: Devices) -> Iterator[Connection]:
    """An empty file in memory into which the whole log was replayed."""
    copy = driver.connect(Path(":memory:"), crypto.new_key())
    try:
        for statement in migrations.split(migrations.schema()):
            copy.execute(statement)
        copy.execute("BEGIN")
        if connection.execute("SELECT 1 FROM office").fetchone():
            places.seed_divisions(copy, bundled_divisions())
        others = Devices(copy)
        for write in changelog.read_writes(connection, devices):
            changelog.apply_write(copy, others, write)
        copy.execute("COMMIT")
        yield copy
    finally:
        copy.close()


def bundled_divisions() -> Iterator[tuple[str, str, str]]:
    """Code, name and parent code of every bundled division, parents first."""
    rows = resources.rows("divisions", "liaoning_2023.csv")
    return ((row["code"], row["name"], row["parent_code"]) for row in rows)


def fingerprints(connection: Connection) -> dict[str, int]:
    """The ledger: for each shared table the sum modulo 2^256 of its rows' hashes."""
    return {name: _table_hash(connection, name) for name in VOCABULARY}


def _table_hash(connection: Connection, table: str) -> int:
    names = ("id", *VOCABULARY[table].fields)
    total = 0
    for row in connection.execute(f"SELECT {', '.join(names)} FROM {table}"):
        known = {name: value for name, value in zip(names, row, strict=True) if value is not None}
        total += int.from_bytes(crypto.digest(changelog.encode_value(known)), "big")
    return total % 2**256


def _pages(connection: Connection) -> Iterator[Finding]:
    for (line,) in connection.execute("PRAGMA cipher_integrity_check"):
        yield Finding("check.cipher", line)
    for (line,) in connection.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield Finding("check.pages", line)


def _digests(connection: Connection, devices: Devices) -> Iterator[Finding]:
    for number, write in enumerate(changelog.read_writes(connection, devices), start=1):
        for logged in write.changes:
            value = changelog.encode_value(logged.change.value)
            if logged.salt and crypto.salted_digest(logged.salt, value) != logged.digest:
                yield Finding("check.value", str(number))
        if changelog.write_digest(write) != write.digest:
            yield Finding("check.write", str(number))


def _audit(connection: Connection) -> Iterator[Finding]:
    broken = audit.first_break(connection)
    if broken is not None:
        yield Finding("check.audit", str(broken))
    (silent,) = connection.execute(
        "SELECT count(*) FROM writes w JOIN device d ON d.n = w.device"
        " WHERE NOT EXISTS (SELECT 1 FROM audit a WHERE a.subject = w.id)"
        " AND d.id IN (SELECT value FROM this_file WHERE key = 'device')"
    ).fetchone()
    if silent:
        yield Finding("check.unaudited", str(silent))


def _tables(connection: Connection, devices: Devices) -> Iterator[Finding]:
    with replayed(connection, devices) as copy:
        told, kept = fingerprints(copy), fingerprints(connection)
        for table in VOCABULARY:
            if told[table] != kept[table]:
                yield Finding("check.replay", table)


def _index(connection: Connection) -> Iterator[Finding]:
    missing = connection.execute(
        "SELECT count(*) FROM employer e WHERE e.retired_on IS NULL AND e.name IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM search_entry s WHERE s.row = e.id)"
    ).fetchone()[0]
    missing += connection.execute(
        "SELECT count(*) FROM person p WHERE p.retired_on IS NULL AND p.name IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM search_entry s WHERE s.row = p.id)"
    ).fetchone()[0]
    stray = connection.execute(
        "SELECT count(*) FROM search_term t"
        " WHERE NOT EXISTS (SELECT 1 FROM search_entry s WHERE s.n = t.entry)"
    ).fetchone()[0]
    if missing or stray:
        yield Finding("check.index", str(missing + stray))
    facts = connection.execute(
        "SELECT count(*) FROM fact f JOIN employer e ON e.id = f.employer"
        " WHERE f.retired_on IS NULL AND e.merged_into IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM fact_now w WHERE w.employer = f.employer AND w.field = f.field)"
    ).fetchone()[0]
    if facts:
        yield Finding("check.facts", str(facts))
