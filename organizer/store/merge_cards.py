"""What two records say field by field before they become one, and what hangs on each."""

from collections.abc import Mapping
from dataclasses import dataclass

from organizer.domain.changes import VOCABULARY, Op
from organizer.store import facts
from organizer.store.driver import Connection

_HANGING: Mapping[str, tuple[str, ...]] = {
    "person": (
        "membership", "visit", "paper", "consent", "attachment", "officer", "candidate",
        "transfer", "batch_item",
    ),
    "employer": (
        "visit", "fact", "membership", "coverage", "occupancy", "attachment", "founding",
    ),
    "union_org": (
        "membership", "coverage", "union_org", "officer", "gathering", "approval_list", "batch",
    ),
}  # fmt: skip
"""Tables whose rows come along when a record of this kind is merged."""


def values(connection: Connection, table: str, row: bytes) -> dict[str, object] | None:
    """The fields of a live record by name, links left out; None for one out of use or merged."""
    names = [*VOCABULARY[table].values]
    live = "retired_on IS NULL AND merged_into IS NULL"
    if "erased_on" in names:
        live += " AND erased_on IS NULL"
    found = connection.execute(
        f"SELECT {', '.join(names)} FROM {table} WHERE id = ? AND {live}", (row,)
    ).fetchone()
    return dict(zip(names, found, strict=True)) if found else None


def hanging(connection: Connection, table: str, row: bytes) -> dict[str, int]:
    """How many rows of which table name a record or one of its duplicates; nothing is left out."""
    family = facts.with_duplicates(connection, row, table)
    marks = ", ".join("?" * len(family))
    counts = {}
    for name in _HANGING[table]:
        links = [link for link, to in VOCABULARY[name].links.items() if to == table]
        field = "parent" if name == table else links[0]
        (counts[name],) = connection.execute(
            f"SELECT count(*) FROM {name} WHERE {field} IN ({marks}) AND retired_on IS NULL", family
        ).fetchone()
    return counts


@dataclass(frozen=True)
class Settled:
    """A pair that was merged, or found to be two (`merged` False); who did it, in which write."""

    table: str
    one: bytes
    other: bytes
    merged: bool
    write: bytes
    at: str
    actor: str


_BY = (
    " JOIN writes w ON w.n = c.write_n LEFT JOIN account a ON a.id = w.actor WHERE c.write_n ="
    " (SELECT max(x.write_n) FROM change x WHERE x.row = {row}.id AND x.field = '{field}')"
    " AND c.field = '{field}'"
)


def settled(connection: Connection) -> list[Settled]:
    """Every merge and every 不是同一个 that stands, newest first."""
    found = []
    for table in _HANGING:
        rows = connection.execute(
            "SELECT d.id, d.merged_into, w.id, w.at, coalesce(a.name, '')"
            f" FROM {table} d JOIN change c ON c.row = d.id"
            f"{_BY.format(row='d', field='merged_into')} AND d.merged_into IS NOT NULL"
        )
        found += [
            Settled(table, one, other, True, write, at, actor)
            for one, other, write, at, actor in rows
        ]
    rows = connection.execute(
        "SELECT p.kind, p.one, p.other, w.id, w.at, coalesce(a.name, '') FROM distinct_pair p"
        " JOIN change c ON c.row = p.id JOIN writes w ON w.n = c.write_n"
        " LEFT JOIN account a ON a.id = w.actor WHERE p.retired_on IS NULL AND c.write_n ="
        " (SELECT max(x.write_n) FROM change x WHERE x.row = p.id)"
    )
    found += [
        Settled(kind, bytes.fromhex(one), bytes.fromhex(other), False, write, at, actor)
        for kind, one, other, write, at, actor in rows
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def name_of(connection: Connection, table: str, row: bytes) -> str:
    """The name of a record, whatever became of it; "" for none."""
    found = connection.execute(f"SELECT name FROM {table} WHERE id = ?", (row,)).fetchone()
    return str(found[0] or "") if found else ""


@dataclass(frozen=True)
class LateEdit:
    """A field of a merged record that was changed after the merge: its name and what it says now."""

    table: str
    row: bytes
    field: str
    value: object


def late_edits(connection: Connection, table: str) -> list[LateEdit]:
    """What was changed on merged records after they were merged, and still differs from the survivor.

    Another laptop may not have known of the merge.
    """
    rows = connection.execute(
        f"SELECT d.id, c.field FROM {table} d JOIN change m ON m.row = d.id"
        " AND m.field = 'merged_into' AND m.hlc = (SELECT max(x.hlc) FROM change x"
        " WHERE x.row = d.id AND x.field = 'merged_into')"
        " JOIN change c ON c.row = d.id AND c.op = ? AND c.field <> 'merged_into'"
        " AND (c.write_n > m.write_n OR c.hlc > m.hlc)"
        " WHERE d.merged_into IS NOT NULL AND d.retired_on IS NULL GROUP BY d.id, c.field",
        (Op.SET,),
    ).fetchall()
    found = []
    for row, field in rows:
        kept = facts.survivor(connection, table, row)
        sql = f"SELECT {field} FROM {table} WHERE id = ?"
        (now,) = connection.execute(sql, (row,)).fetchone()
        (shown,) = connection.execute(sql, (kept,)).fetchone()
        if now is not None and now != shown and field in VOCABULARY[table].values:
            found.append(LateEdit(table, row, field, now))
    return found
