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
    family = _family(connection, employer)
    marks = ", ".join("?" * len(family))
    rows = connection.execute(
        "SELECT id, field, value, source, observed_on FROM fact"
        f" WHERE employer IN ({marks}) AND retired_on IS NULL ORDER BY observed_on, n",
        family,
    )
    return [Fact(*row) for row in rows]


def survivor(connection: Connection, table: str, row: bytes) -> bytes:
    """Where a row's redirects lead; the row itself when it is not merged."""
    seen = {row}
    while True:
        found = connection.execute(
            f"SELECT merged_into FROM {table} WHERE id = ?", (row,)
        ).fetchone()
        if not found or found[0] is None or found[0] in seen:
            return row
        row = found[0]
        seen.add(row)


def project(connection: Connection, employers: Iterable[bytes]) -> None:
    """Bring the current values of these employers to what their facts say."""
    ranks = _source_ranks()
    for employer in {survivor(connection, "employer", row) for row in employers}:
        by_field: defaultdict[str, list[Fact]] = defaultdict(list)
        for observed in history(connection, employer):
            by_field[observed.field].append(observed)
        connection.execute("DELETE FROM fact_now WHERE employer = ?", (employer,))
        connection.executemany(
            "INSERT INTO fact_now (employer, field, fact) VALUES (?, ?, ?)",
            [(employer, name, newest(facts, ranks).id) for name, facts in by_field.items()],
        )


def shown_under(connection: Connection, employer: bytes) -> list[bytes]:
    """The employers under which this one's facts are shown now: its survivor so far."""
    rows = connection.execute(
        "SELECT DISTINCT w.employer FROM fact f JOIN fact_now w ON w.fact = f.id"
        " WHERE f.employer = ?",
        (employer,),
    )
    return [row[0] for row in rows]


@functools.cache
def _source_ranks() -> dict[str, int]:
    rows = resources.rows("codelists", "fact_source.csv")
    return {row["code"]: int(row["rank"]) for row in rows}


def _family(connection: Connection, employer: bytes) -> list[bytes]:
    family, waiting = [], [employer]
    while waiting:
        row = waiting.pop()
        if row in family:
            continue
        family.append(row)
        waiting.extend(
            found[0]
            for found in connection.execute("SELECT id FROM employer WHERE merged_into = ?", (row,))
        )
    return family
