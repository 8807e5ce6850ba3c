"""`database check`: is every page readable, every digest true, and does the log tell the same story?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from organizer import crypto
from organizer.domain.changes import VOCABULARY, Op
from organizer.domain.pinyin import PinyinTable
from organizer.store import (
    audit,
    changelog,
    derived,
    driver,
    facts,
    lamps,
    migrations,
    places,
    search,
)
from organizer.store.changelog import Devices, LoggedChange
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
        *_replay(connection, devices),
        *_derived(connection),
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
            places.seed_divisions(copy, places.bundled_divisions())
        others = Devices(copy)
        for write in changelog.read_writes(connection, devices):
            changelog.apply_write(copy, others, write)
        copy.execute("COMMIT")
        yield copy
    finally:
        copy.close()


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
        if not all(_proven(logged) for logged in write.changes):
            yield Finding("check.value", str(number))
        if changelog.write_digest(write) != write.digest:
            yield Finding("check.write", str(number))


def _proven(logged: LoggedChange) -> bool:
    change = logged.change
    if logged.salt:
        value = changelog.encode_value(change.value)
        return crypto.salted_digest(logged.salt, value) == logged.digest
    # Only an erasure takes a salt away, and nothing personal is left where it did; of what was told
    # about something else only the name was struck out.
    table = VOCABULARY[change.table]
    erasable = table.personal | table.told
    named = change.op is Op.INSERT or change.field in erasable
    return bool(erasable) and named and not (table.personal - table.told) & change.value.keys()


def _audit(connection: Connection) -> Iterator[Finding]:
    broken = audit.first_break(connection)
    if broken is not None:
        yield Finding("check.audit", str(broken))
    own = "(SELECT d.n FROM device d JOIN this_file t ON t.key = 'device' AND t.value = d.id)"
    (silent,) = connection.execute(
        "SELECT count(*) FROM writes w LEFT JOIN audit a"
        " ON a.subject = w.id AND a.detail_digest = w.digest"
        f" WHERE w.device = {own} AND a.n IS NULL"
    ).fetchone()
    if silent:
        yield Finding("check.unaudited", str(silent))
    (gap,) = connection.execute(
        f"SELECT coalesce(max(seq), 0) - count(*) FROM change WHERE device = {own}"
    ).fetchone()
    if gap:
        yield Finding("check.gap", str(gap))


def _replay(connection: Connection, devices: Devices) -> Iterator[Finding]:
    with replayed(connection, devices) as copy:
        told, kept = fingerprints(copy), fingerprints(connection)
        for table in VOCABULARY:
            if told[table] != kept[table]:
                yield Finding("check.replay", table)
        facts.project(copy, [row for (row,) in copy.execute("SELECT id FROM employer")])
        for code, table in (("check.facts", "fact_now"), ("check.conflict", "conflict")):
            astray = set(copy.execute(f"SELECT * FROM {table}")) ^ set(
                connection.execute(f"SELECT * FROM {table}")
            )
            if astray:
                yield Finding(code, str(len(astray)))


def _derived(connection: Connection) -> Iterator[Finding]:
    index = search.faults(connection)
    if index:
        yield Finding("check.index", str(index))
    (paths,) = connection.execute(
        "SELECT count(*) FROM place p LEFT JOIN place_path x ON x.place = p.id"
        " LEFT JOIN place_path up ON up.place = p.parent"
        " LEFT JOIN place_path kept ON kept.place = p.merged_into"
        " WHERE x.path IS NOT coalesce(kept.path, CASE WHEN instr(up.path, '/' || p.n || '/')"
        " THEN '/' ELSE coalesce(up.path, '/') END || p.n || '/')"
    ).fetchone()
    if paths:
        yield Finding("check.paths", str(paths))
    lit = lamps.faults(connection)
    if lit:
        yield Finding("check.lamps", str(lit))
