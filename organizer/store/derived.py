"""Tables that follow from the shared ones: kept with every write, rebuilt whole on request."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import islice

from organizer.domain.pinyin import PinyinTable
from organizer.store import changelog, facts, lamps, places, search
from organizer.store.changelog import Devices
from organizer.store.driver import Connection

_AT_ONCE = 50

Touches = Mapping[tuple[str, bytes], set[str]]


def refresh(connection: Connection, pinyin: PinyinTable, touches: Touches) -> None:
    """Bring everything derived from the touched rows up to date; part of the same transaction."""
    rows: defaultdict[str, list[bytes]] = defaultdict(list)
    for table, row in touches:
        rows[table].append(row)
    for table, shown in search.FIELDS.items():
        said = [row for row in rows[table] if touches[table, row] & shown]
        search.index(connection, pinyin, table, said)
    if rows["place"]:
        places.place_paths(connection, rows["place"])
    employers = _employers_of(connection, rows["fact"])
    for row in rows["employer"]:
        if "merged_into" in touches["employer", row]:
            employers |= {row, *changelog.redirects(connection, "employer", row)}
    projected = facts.project(connection, employers) if employers else set()
    lamps.forget(connection, touches, projected)


def rebuild(connection: Connection, pinyin: PinyinTable, devices: Devices) -> None:
    """Empty and refill every derived table from the shared tables and the log."""
    search.clear(connection)
    for table in ("conflict", "fact_now", "lamp_now", "place_path"):
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
    found: set[bytes] = set()
    waiting = iter(rows)
    while some := list(islice(waiting, _AT_ONCE)):
        marks = ", ".join("?" * len(some))
        employers = connection.execute(
            f"SELECT DISTINCT employer FROM fact WHERE id IN ({marks}) AND employer IS NOT NULL",
            some,
        )
        found.update(employer for (employer,) in employers)
    return found


def _ids(connection: Connection, table: str) -> list[bytes]:
    return [row for (row,) in connection.execute(f"SELECT id FROM {table} ORDER BY n")]
