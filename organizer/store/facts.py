"""The projection of append-only facts to the current values of an employer."""

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from organizer import resources
from organizer.domain.access import DEPARTMENTS
from organizer.domain.fact import Fact, newest
from organizer.store.driver import Connection

_AT_ONCE = 200


NOW = {True: "w.fact", False: "w.told"}
"""Which fact of `fact_now w` is shown: with the figures of other departments, or without them."""


def current(connection: Connection, employer: bytes, *, departments: bool) -> dict[str, Fact]:
    """The facts shown for an employer, by field.

    Without `departments` as those who collect see them: figures of tax and social insurance stay
    hidden, what was told before them is shown. Walk sheets are always printed so.
    """
    return current_of_many(connection, [employer], departments=departments)[employer]


def current_of_many(
    connection: Connection, employers: Sequence[bytes], *, departments: bool
) -> dict[bytes, dict[str, Fact]]:
    """The facts shown for these employers, by field."""
    found: dict[bytes, dict[str, Fact]] = {row: {} for row in employers}
    for start in range(0, len(employers), _AT_ONCE):
        some = employers[start : start + _AT_ONCE]
        rows = connection.execute(
            "SELECT w.employer, f.id, f.field, f.value, f.source, f.observed_on FROM fact_now w"
            f" JOIN fact f ON f.id = {NOW[departments]} WHERE w.employer IN ({_marks(some)})",
            some,
        )
        for employer, *fact in rows:
            found[employer][fact[1]] = Fact(*fact)
    return found


def by_source(connection: Connection, employer: bytes) -> dict[str, list[Fact]]:
    """The newest fact of each source, by field, best first: where figures can be compared."""
    ranks = source_ranks()
    newest_of: dict[tuple[str, str], Fact] = {}
    for fact in history(connection, employer):
        newest_of[fact.field, fact.source] = fact
    found: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in sorted(newest_of.values(), key=lambda fact: -ranks.get(fact.source, 0)):
        found[fact.field].append(fact)
    return dict(found)


def history(connection: Connection, employer: bytes) -> list[Fact]:
    """Every live fact of an employer, oldest first, redirected duplicates included."""
    return _of_family(connection, with_duplicates(connection, employer))


def _of_family(connection: Connection, family: list[bytes]) -> list[Fact]:
    rows = connection.execute(
        "SELECT id, field, value, source, observed_on FROM fact"
        f" WHERE employer IN ({_marks(family)}) AND retired_on IS NULL ORDER BY observed_on, n",
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


def merged(connection: Connection) -> dict[bytes, bytes]:
    """The employer each merged one leads to."""
    rows = connection.execute("SELECT id FROM employer WHERE merged_into IS NOT NULL").fetchall()
    return {row: survivor(connection, "employer", row) for (row,) in rows}


def in_use(connection: Connection, table: str, row: bytes) -> bool | None:
    """Whether a row is in use; None for an unknown one."""
    found = connection.execute(
        f"SELECT retired_on IS NULL FROM {table} WHERE id = ?", (row,)
    ).fetchone()
    return bool(found[0]) if found else None


def survivors(connection: Connection, employers: Iterable[bytes]) -> set[bytes]:
    """Where the redirects of these employers lead; those not merged stand for themselves."""
    rows = set(employers)
    if not _any_redirected(connection):
        return rows
    return {survivor(connection, "employer", row) for row in rows}


def project(connection: Connection, employers: Iterable[bytes]) -> set[bytes]:
    """Bring the current values of these employers to what their facts say.

    Returns them with those they are redirected to.
    """
    ranks = source_ranks()
    rows, redirected = set(employers), _any_redirected(connection)
    kept = survivors(connection, rows)
    connection.executemany(
        "DELETE FROM fact_now WHERE employer = ?", [(row,) for row in rows | kept]
    )
    for employer in kept:
        by_field: defaultdict[str, list[Fact]] = defaultdict(list)
        family = with_duplicates(connection, employer) if redirected else [employer]
        for observed in _of_family(connection, family):
            by_field[observed.field].append(observed)
        connection.executemany(
            "INSERT INTO fact_now (employer, field, fact, told) VALUES (?, ?, ?, ?)",
            [(employer, name, *_shown(facts, ranks)) for name, facts in by_field.items()],
        )
    return rows | kept


def _any_redirected(connection: Connection) -> bool:
    found = connection.execute("SELECT 1 FROM employer WHERE merged_into IS NOT NULL LIMIT 1")
    return found.fetchone() is not None


def _shown(facts: Sequence[Fact], ranks: Mapping[str, int]) -> tuple[bytes, bytes | None]:
    """The newest fact, and the newest that no other department gave."""
    best = newest(facts, ranks)
    if best.source not in DEPARTMENTS:
        return best.id, best.id
    told = [fact for fact in facts if fact.source not in DEPARTMENTS]
    return best.id, newest(told, ranks).id if told else None


@functools.cache
def source_ranks() -> dict[str, int]:
    """How far each source of facts is trusted, by its code: the higher wins on the same day."""
    rows = resources.rows("codelists", "fact_source.csv")
    return {row["code"]: int(row["rank"]) for row in rows}


def with_duplicates(connection: Connection, row: bytes, table: str = "employer") -> list[bytes]:
    """A row and the duplicates redirected to it, of employers unless another table is named."""
    found, waiting = [], [row]
    while waiting:
        row = waiting.pop()
        if row in found:
            continue
        found.append(row)
        waiting.extend(
            other
            for (other,) in connection.execute(
                f"SELECT id FROM {table} WHERE merged_into = ?", (row,)
            )
        )
    return found


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
