"""Assignments: which grid or place a person goes through until a day, in a round."""

from collections.abc import Iterable
from dataclasses import dataclass

from organizer.store import facts, places
from organizer.store.driver import Connection


@dataclass(frozen=True)
class AssignmentRow:
    """An assignment as stored; `place` is where its place's redirects lead, `told` as it was given."""

    id: bytes
    round: bytes
    grid: bytes | None
    told: bytes | None
    assignee: str
    assigned_on: str
    until_on: str
    ended_on: str | None
    remark: str
    place: bytes | None = None


_FIELDS = (
    "id, round, grid, place, coalesce(assignee, ''), coalesce(assigned_on, ''),"
    " coalesce(until_on, ''), ended_on, coalesce(remark, '')"
)


def of_round(connection: Connection, current: bytes) -> list[AssignmentRow]:
    """All assignments of a round, the one that ends first first."""
    return _rows(connection, "round = ? ORDER BY until_on, n", (current,))


def by_ids(connection: Connection, rows: Iterable[bytes]) -> list[AssignmentRow]:
    """These assignments in the given order; those that are not there are left out."""
    found = (_rows(connection, "id = ?", (row,)) for row in rows)
    return [one for some in found for one in some]


def open_for(
    connection: Connection, current: bytes, *, grid: bytes | None = None, place: bytes | None = None
) -> list[AssignmentRow]:
    """The open assignments of one grid, or of one place or its duplicates."""
    if grid is not None:
        return _rows(connection, "round = ? AND ended_on IS NULL AND grid = ?", (current, grid))
    stems = places.family(connection, place) if place else []
    marks = ", ".join("?" * len(stems))
    where = f"round = ? AND ended_on IS NULL AND place IN ({marks}) ORDER BY until_on, n"
    return _rows(connection, where, (current, *stems))


def _rows(connection: Connection, where: str, values: tuple[object, ...]) -> list[AssignmentRow]:
    rows = connection.execute(
        f"SELECT {_FIELDS} FROM assignment WHERE retired_on IS NULL AND {where}", values
    ).fetchall()
    found = []
    for row in rows:
        kept = facts.survivor(connection, "place", row[3]) if row[3] else None
        found.append(AssignmentRow(*(*row, kept)))
    return found
