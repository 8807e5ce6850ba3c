"""The projection of append-only facts to the current values of an employer."""

import functools
from collections import defaultdict
from collections.abc import Iterable

from organizer import resources
from organizer.domain.fact import Fact, newest
from organizer.store.driver import Connection


def current(connection: Connection, employer: bytes) -> dict[str, Fact]:
    """The facts shown for an employer, by field."""
    rows = connection.execute(
        "SELECT f.id, f.field, f.value, f.source, f.observed_on"
        " FROM fact_now w JOIN fact f ON f.id = w.fact WHERE w.employer = ?",
        (employer,),
    )
    return {row[1]: Fact(*row) for row in rows}


def history(connection: Connection, employer: bytes) -> list[Fact]:
    """Every live fact of an employer, oldest first, redirected duplicates included."""
    return _of_family(connection, with_duplicates(connection, employer))


def _of_family(connection: Connection, family: list[bytes]) -> list[Fact]:
    marks = ", ".join("?" * len(family))
    rows = connection.execute(
        "SELECT id, field, value, source, observed_on FROM fact"
        f" WHERE employer IN ({marks}) AND retired_on IS NULL ORDER BY observed_on, n",
        family,
    )
    return [Fact(*row) for row in rows]


def survivor(connection: Connection, table: str, row: bytes) -> bytes:
    """Where a row's redirects lead; the row itself when it is not merged."""
    seen = [row]
    while True:
        found = connection.execute(
            f"SELECT merged_into FROM {table} WHERE id = ?", (row,)
        ).fetchone()
        if not found or found[0] is None:
            return row
        if found[0] in seen:
            # Two copies redirected the two to each other: every copy has to choose the same one.
            return min(seen[seen.index(found[0]) :])
        row = found[0]
        seen.append(row)


def project(connection: Connection, employers: Iterable[bytes]) -> set[bytes]:
    """Bring the current values of these employers to what their facts say.

    Returns them with those they are redirected to.
    """
    ranks = _source_ranks()
    rows = set(employers)
    redirected = connection.execute(
        "SELECT 1 FROM employer WHERE merged_into IS NOT NULL LIMIT 1"
    ).fetchone()
    survivors = {survivor(connection, "employer", row) for row in rows} if redirected else rows
    connection.executemany(
        "DELETE FROM fact_now WHERE employer = ?", [(row,) for row in rows | survivors]
    )
    for employer in survivors:
        by_field: defaultdict[str, list[Fact]] = defaultdict(list)
        family = with_duplicates(connection, employer) if redirected else [employer]
        for observed in _of_family(connection, family):
            by_field[observed.field].append(observed)
        connection.executemany(
            "INSERT INTO fact_now (employer, field, fact) VALUES (?, ?, ?)",
            [(employer, name, newest(facts, ranks).id) for name, facts in by_field.items()],
        )
    return rows | survivors


@functools.cache
def _source_ranks() -> dict[str, int]:
    rows = resources.rows("codelists", "fact_source.csv")
    return {row["code"]: int(row["rank"]) for row in rows}


def with_duplicates(connection: Connection, employer: bytes) -> list[bytes]:
    """An employer and the duplicates redirected to it."""
    found, waiting = [], [employer]
    while waiting:
        row = waiting.pop()
        if row in found:
            continue
        found.append(row)
        waiting.extend(
            other
            for (other,) in connection.execute(
                "SELECT id FROM employer WHERE merged_into = ?", (row,)
            )
        )
    return found
