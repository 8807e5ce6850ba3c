"""Tables that follow from the shared ones: kept with every write, rebuilt whole on request."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from organizer.domain.pinyin import PinyinTable
from organizer.store import changelog, facts, places, search
from organizer.store.changelog import Devices
from organizer.store.driver import Connection

INSERTED = ""
"""Stands among the touched fields of a row that the write added."""

Touches = Mapping[tuple[str, bytes], set[str]]


def refresh(connection: Connection, pinyin: PinyinTable, touches: Touches) -> None:
    """Bring everything derived from the touched rows up to date; part of the same transaction."""
    rows: defaultdict[str, list[bytes]] = defaultdict(list)
    for table, row in touches:
        rows[table].append(row)
    for table in search.TABLES:
        if rows[table]:
            search.index(connection, pinyin, table, rows[table])
    if rows["place"]:
        places.place_paths(connection, rows["place"])
    employers = _employers_of(connection, rows["fact"])
    for row in rows["employer"]:
        if "merged_into" in touches["employer", row]:
            employers |= {row, *changelog.redirects(connection, "employer", row)}
    if employers:
        facts.project(connection, employers)


def rebuild(connection: Connection, pinyin: PinyinTable, devices: Devices) -> None:
    """Empty and refill every derived table from the shared tables and the log."""
    search.clear(connection)
    for table in ("conflict", "fact_now", "place_path"):
        connection.execute(f"DELETE FROM {table}")
    for table in search.TABLES:
        search.index(connection, pinyin, table, _ids(connection, table))
    places.place_paths(connection, _ids(connection, "place"))
    facts.project(connection, _ids(connection, "employer"))
    contested = connection.execute(
        "SELECT tbl, row FROM change GROUP BY row HAVING count(DISTINCT device) > 1"
    ).fetchall()
    for table, row in contested:
        changelog.mark_conflicts(connection, devices, table, row)


def _employers_of(connection: Connection, rows: Iterable[bytes]) -> set[bytes]:
    found = set()
    for row in rows:
        (employer,) = connection.execute(
            "SELECT employer FROM fact WHERE id = ?", (row,)
        ).fetchone()
        if employer is not None:
            found.add(employer)
    return found


def _ids(connection: Connection, table: str) -> list[bytes]:
    return [row for (row,) in connection.execute(f"SELECT id FROM {table} ORDER BY n")]
