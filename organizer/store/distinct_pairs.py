"""Pairs of records that somebody found not to be one (不是同一个): the decision travels with the office."""

from organizer.domain import ids
from organizer.store import facts
from organizer.store.driver import Connection
from organizer.store.transaction import Write


def decide(write: Write, table: str, one: bytes, other: bytes) -> None:
    """Say of two records that they are not one; the same on every machine."""
    first, second = sorted((one.hex(), other.hex()))
    row = ids.derived_id("distinct_pair", table, first, second)
    if not write.add("distinct_pair", row, {"kind": table, "one": first, "other": second}):
        write.set("distinct_pair", row, {"retired_on": None})


def decided(connection: Connection, table: str) -> set[frozenset[bytes]]:
    """All such pairs of a table; where one was merged since, of what it leads to."""
    rows = connection.execute(
        "SELECT one, other FROM distinct_pair WHERE kind = ? AND retired_on IS NULL", (table,)
    ).fetchall()
    return {
        frozenset(facts.survivor(connection, table, bytes.fromhex(row)) for row in pair)
        for pair in rows
    }
