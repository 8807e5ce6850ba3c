"""A list taken over as a long run of small durable steps.

Killed, it goes on where it stopped when the same file comes again; what it adds is not found before
it is complete; undone as a whole, also when it was stopped.
"""

import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import date

from organizer import crypto
from organizer.domain.access import Permission
from organizer.domain.note import Note
from organizer.errors import Cancelled, InvalidInput
from organizer.jobs import Progress
from organizer.services.workspace import Workspace
from organizer.sheets.lines import Reason, Row, Skipped
from organizer.sheets.listing import SheetList
from organizer.store import runs
from organizer.store.database import Database
from organizer.store.runs import Run
from organizer.store.transaction import Write

_STEP_SECONDS = 0.035
"""How long a step should take, all of it: rows, log, index and commit. A waiting save ends it."""
_FEWEST_ROWS, _FIRST_ROWS, _MOST_ROWS = 10, 20, 500
_SWEEP_ROWS = 1500
_COMES_INTO_SIGHT = frozenset({"", "retired_on"})
"""Marks of a row that was added or came back."""


@dataclass(frozen=True)
class RowReport:
    """Something to tell about a row of the file; `refused` rows did not go in."""

    sheet: str
    row: int
    field: str
    error: InvalidInput
    refused: bool


@dataclass(frozen=True)
class RowNote:
    """A remark about a row that went in."""

    sheet: str
    row: int
    note: Note


@dataclass
class Imported:
    """What came of a list; what an undo had taken out of sight and now comes back counts as added."""

    run: bytes
    added: int = 0
    known: int = 0
    refused: int = 0
    new_facts: int = 0
    resumed: bool = False
    reports: list[RowReport] = field(default_factory=list)
    notes: list[RowNote] = field(default_factory=list)
    skipped: list[tuple[str, int, Reason]] = field(default_factory=list)

    @property
    def tally(self) -> dict[str, int]:
        """What is counted over all sittings of a run."""
        return {"added": self.added, "known": self.known, "new_facts": self.new_facts}


@dataclass(frozen=True)
class Line:
    """A row of the file and its place in the whole."""

    position: int
    sheet: str
    row: Row | Skipped


class Step:
    """One durable step of a run: what it writes, and has met that can be found."""

    def __init__(self, write: Write) -> None:
        self.write = write
        self.met: set[bytes] = set()


def begin(workspace: Workspace, name: str, key: str, as_of: date | None) -> tuple[Run, date, bool]:
    """The run over a file: a new one, or the one that was interrupted; its day, and which it is."""
    workspace.require(Permission.IMPORT, workspace.office.division_code)
    database = workspace.database
    for old in database.read(runs.unfinished):
        same, _space, begun = old.digest.rpartition(" ")
        # Begun yesterday, it goes on as of yesterday; else it would never come to its end.
        if (old.name, same) == (name, key) and as_of in (None, date.fromisoformat(begun)):
            return old, date.fromisoformat(begun), True
    day = as_of or workspace.today
    run = Run(crypto.random_bytes(16), name, f"{key} {day.isoformat()}", "running", 0, {})
    database.local(lambda c: runs.begin(c, run, workspace.now))
    return run, day, False


class ListRun:
    """One run over one file; lists differ in what `take` makes of a row."""

    def __init__(
        self, workspace: Workspace, sheets: SheetList, run: Run, write_name: str, progress: Progress
    ) -> None:
        self.workspace = workspace
        self._sheets = sheets
        self._run = run
        self._write_name = write_name
        self._progress = progress
        self._reached = 0
        self._rows = _FIRST_ROWS
        self._taken = 0
        tally = run.tally
        self.result = Imported(
            run.id, tally.get("added", 0), tally.get("known", 0), 0, tally.get("new_facts", 0)
        )

    def steps(self, database: Database) -> Generator[None, None, Imported]:
        """The run, a durable step at a time."""
        lines = self._lines()
        total = self._sheets.row_count
        intent = self.workspace.intent(
            self._write_name, source=self._sheets.path.name, run=self._run.id
        )
        more = True
        while more:
            began = time.monotonic()
            more = database.write_step(
                intent, lambda write: self._take_some(database, write, lines)
            )
            self._pace(time.monotonic() - began)
            self._progress.step(self._reached, total)
            yield
        database.local_step(lambda c: runs.settle(c, self._run.id, "complete"))
        while database.local_step(lambda c: runs.sweep(c, self._run.id, _SWEEP_ROWS)):
            yield
        return self.result

    def new_step(self, write: Write) -> Step:
        """What a step keeps in hand."""
        return Step(write)

    def take(self, step: Step, line: Line, row: Row, *, fresh: bool) -> None:
        """Take a row over; `fresh` unless an earlier sitting of the run wrote it."""
        raise NotImplementedError

    def _lines(self) -> Iterator[Line]:
        position = 0
        for sheet in self._sheets.sheets:
            for row in sheet.lines():
                position += 1
                yield Line(position, sheet.name, row)

    def _pace(self, seconds: float) -> None:
        """Take as many rows in the next step as this machine writes in the time a step has."""
        if self._taken == self._rows:
            fitting = int(self._rows * _STEP_SECONDS / max(seconds, 1e-6))
            self._rows = max(_FEWEST_ROWS, min(fitting, 2 * self._rows, _MOST_ROWS))

    def _take_some(self, database: Database, write: Write, lines: Iterator[Line]) -> bool:
        step, more = self.new_step(write), False
        for self._taken, line in enumerate(lines, start=1):
            self._reached = max(line.position, self._run.position)
            if isinstance(line.row, Skipped):
                self.result.skipped.append((line.sheet, line.row.number, line.row.reason))
            else:
                self.take(step, line, line.row, fresh=line.position > self._run.position)
            if self._taken == self._rows or database.pressed:
                more = True
                break
        self._keep_place(write, step.met)
        return more

    def _keep_place(self, write: Write, met: set[bytes]) -> None:
        made = {
            row
            for (_table, row), names in write.touches.items()
            if row in met and names & _COMES_INTO_SIGHT
        }
        runs.hide(write.connection, self._run.id, made)
        runs.take_over(write.connection, self._run.id, met - made)
        if not runs.advance(write.connection, self._run.id, self._reached, self.result.tally):
            # Somebody took the run back while it went on: what it would add now stays out.
            raise Cancelled("job.cancelled")
