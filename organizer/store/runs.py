"""Runs: long writes that go on where they stopped, and show nothing until they are complete."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from organizer.store.driver import Connection


@dataclass(frozen=True)
class Run:
    """A long write: which file (by digest), how far it got (`position`), what it counted."""

    id: bytes
    name: str
    digest: str
    state: str
    position: int
    tally: dict[str, int]


def unfinished(connection: Connection) -> list[Run]:
    """Runs that were interrupted, newest first."""
    rows = connection.execute(
        "SELECT id, name, digest, state, position, tally FROM run WHERE state = 'running'"
        " ORDER BY started_at DESC"
    )
    return [
        Run(identity, name, digest, state, position, json.loads(tally))
        for identity, name, digest, state, position, tally in rows
    ]


def begin(connection: Connection, run: Run, at: str) -> None:
    """Remember a run from its first step on."""
    connection.execute(
        "REPLACE INTO run (id, name, digest, state, position, tally, started_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (run.id, run.name, run.digest, run.state, run.position, json.dumps(run.tally), at),
    )


def advance(connection: Connection, run: bytes, position: int, tally: dict[str, int]) -> bool:
    """Note how far a run got, in the same transaction as what it wrote; False if it was undone."""
    noted = connection.execute(
        "UPDATE run SET position = ?, tally = ? WHERE id = ? AND state = 'running'",
        (position, json.dumps(tally), run),
    )
    return noted.rowcount > 0


def hide(connection: Connection, run: bytes, rows: Iterable[bytes]) -> None:
    """Keep rows out of sight until their run is complete."""
    connection.executemany(
        "REPLACE INTO unfinished (row, run) VALUES (?, ?)", [(row, run) for row in rows]
    )


def take_over(connection: Connection, run: bytes, rows: Iterable[bytes]) -> None:
    """Let rows that an interrupted run left out of sight be seen when this run is complete.

    Marks of a run that ended are only waiting to be swept: those rows are in sight and stay there.
    """
    connection.executemany(
        "UPDATE unfinished SET run = ? WHERE row = ?"
        " AND run IN (SELECT id FROM run WHERE state = 'running')",
        [(run, row) for row in rows],
    )


def settle(connection: Connection, run: bytes, state: str) -> None:
    """End a run: "complete" makes all it wrote visible at once, "undone" follows its undo."""
    connection.execute("UPDATE run SET state = ? WHERE id = ?", (state, run))


def sweep(connection: Connection, run: bytes, limit: int = 2000) -> bool:
    """Clear the marks of an ended run a piece at a time; False when none is left."""
    return (
        connection.execute(
            "DELETE FROM unfinished WHERE row IN (SELECT row FROM unfinished WHERE run = ? LIMIT ?)",
            (run, limit),
        ).rowcount
        > 0
    )
