"""Taking over a list of another office: good rows go in, bad ones are reported, nothing twice.

A long run in small durable steps: killed, it goes on where it stopped when the same file comes
again, and no unit or place it adds is seen before it is complete. What it tells of units already in
sight is seen at once, a row of the list at a time: such a fact has a source and a day of its own,
stands beside the others and is true alone. Undone as a whole, also when it was stopped.
"""

import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from organizer import crypto, resources
from organizer.domain import employer
from organizer.domain.access import Permission
from organizer.domain.employer import Listed, Reference
from organizer.domain.note import Note
from organizer.domain.person_name import pua_table
from organizer.domain.place import Kind
from organizer.errors import Cancelled, InvalidInput
from organizer.jobs import Progress, Silent
from organizer.services.workspace import Workspace, check_source
from organizer.sheets import contents
from organizer.sheets.lines import Reason, Row, Skipped
from organizer.sheets.listing import SheetList, read_list
from organizer.sheets.synonyms import header_synonyms
from organizer.store import employers, places, runs, search
from organizer.store.database import Database
from organizer.store.places import PlaceRow
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


@dataclass(frozen=True)
class _Line:
    position: int
    sheet: str
    row: Row | Skipped


class _Step:
    """One durable step of a run: what it writes, has looked up already, and met that can be found."""

    def __init__(self, write: Write) -> None:
        self.write = write
        self.met: set[bytes] = set()
        self._divisions: dict[str, PlaceRow | None] = {}
        self._places: dict[tuple[bytes, Kind, str], PlaceRow] = {}

    def place(self, listed: Listed) -> bytes | None:
        """The place a row of the list names, made when missing."""
        code = listed.division_code
        if code not in self._divisions:
            self._divisions[code] = places.division_by_code(self.write.connection, code)
        place = self._divisions[code]
        if place is None:
            return None
        for step in listed.address.steps:
            key = place.id, step.kind, step.name
            if key not in self._places:
                self._places[key] = places.ensure(self.write, place, *key[1:], listed.address.raw)
            place = self._places[key]
            if place.kind not in search.UNSEARCHED_PLACES:
                self.met.add(place.id)
        return place.id


def import_list(
    workspace: Workspace,
    path: Path,
    *,
    source: str = "market",
    as_of: date | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Take over a list of employers; `as_of` is the day the list speaks of (default today).

    Raises `UnreadableFile` for what is no list. The same list again adds nothing.
    """
    workspace.require(Permission.IMPORT, workspace.office.division_code)
    check_source(source)
    sheets = read_list(path, fields=header_synonyms("employer"), required=frozenset({"name"}))
    run, day, resumed = _begin(workspace, f"{contents.digest(path)} {source}", as_of)
    importer = _Importer(workspace, sheets, run, source, day, progress or Silent())
    importer.result.resumed = resumed
    return workspace.database.run(importer.steps).result()


def _begin(workspace: Workspace, key: str, as_of: date | None) -> tuple[Run, date, bool]:
    database = workspace.database
    for old in database.read(runs.unfinished):
        same, _space, begun = old.digest.rpartition(" ")
        # Begun yesterday, it goes on as of yesterday; else it would never come to its end.
        if (old.name, same) == ("import", key) and as_of in (None, date.fromisoformat(begun)):
            return old, date.fromisoformat(begun), True
    day = as_of or workspace.today
    run = Run(crypto.random_bytes(16), "import", f"{key} {day.isoformat()}", "running", 0, {})
    database.local(lambda c: runs.begin(c, run, workspace.now))
    return run, day, False


class _Importer:
    """One run over one file."""

    def __init__(
        self,
        workspace: Workspace,
        sheets: SheetList,
        run: Run,
        source: str,
        day: date,
        progress: Progress,
    ) -> None:
        self._workspace = workspace
        self._sheets = sheets
        self._run = run
        self._source = source
        self._day = day.isoformat()
        self._progress = progress
        self._reached = 0
        self._rows = _FIRST_ROWS
        self._taken = 0
        self._reference = Reference(
            workspace.divisions,
            workspace.codes,
            pua_table(resources.rows("codelists", "gbk_pua_to_standard.csv")),
            workspace.office.division_code,
        )
        tally = run.tally
        self.result = Imported(
            run.id, tally.get("added", 0), tally.get("known", 0), 0, tally.get("new_facts", 0)
        )

    def steps(self, database: Database) -> Generator[None, None, Imported]:
        """The run, a durable step at a time."""
        lines = self._lines()
        total = self._sheets.row_count
        intent = self._workspace.intent(
            "list.import", source=self._sheets.path.name, run=self._run.id
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

    def _lines(self) -> Iterator[_Line]:
        position = 0
        for sheet in self._sheets.sheets:
            for row in sheet.lines():
                position += 1
                yield _Line(position, sheet.name, row)

    def _pace(self, seconds: float) -> None:
        """Take as many rows in the next step as this machine writes in the time a step has."""
        if self._taken == self._rows:
            fitting = int(self._rows * _STEP_SECONDS / max(seconds, 1e-6))
            self._rows = max(_FEWEST_ROWS, min(fitting, 2 * self._rows, _MOST_ROWS))

    def _take_some(self, database: Database, write: Write, lines: Iterator[_Line]) -> bool:
        step, more = _Step(write), False
        for self._taken, line in enumerate(lines, start=1):
            self._reached = max(line.position, self._run.position)
            self._take(step, line)
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
        tally = {
            "added": self.result.added,
            "known": self.result.known,
            "new_facts": self.result.new_facts,
        }
        if not runs.advance(write.connection, self._run.id, self._reached, tally):
            # Somebody took the run back while it went on: what it would add now stays out.
            raise Cancelled("job.cancelled")

    def _take(self, step: _Step, line: _Line) -> None:
        if isinstance(line.row, Skipped):
            self.result.skipped.append((line.sheet, line.row.number, line.row.reason))
            return
        cells = {name: cell.value for name, cell in line.row.cells.items()}
        listed = employer.read_employer(cells, self._reference)
        self._report(line, listed)
        if listed.refused:
            self.result.refused += 1
        elif line.position > self._run.position:
            self._write(step, line, listed)

    def _report(self, line: _Line, listed: Listed) -> None:
        number = line.row.number
        self.result.reports += [
            RowReport(line.sheet, number, problem.field, problem.error, problem.refused)
            for problem in listed.problems
        ]
        self.result.notes += [RowNote(line.sheet, number, note) for note in listed.notes]

    def _write(self, step: _Step, line: _Line, listed: Listed) -> None:
        write, place = step.write, step.place(listed)
        known = listed.values.get("uscc"), place, listed.name
        row = employers.listed_id(write.connection, *known)
        new = write.add("employer", row, listed.values)
        found = None if new else employers.standing(write, row)
        if found is not None:
            row = self._meet(write, line, listed, found, place)
        if found is None or found.retired:
            self.result.added += 1
        else:
            self.result.known += 1
        step.met.add(row)
        if place is not None and (found is None or found.place is None):
            employers.occupy(write, row, place, self._day)
        self.result.new_facts += employers.observe(
            write, row, listed.facts, source=self._source, on=self._day, row_number=line.row.number
        )

    def _meet(
        self,
        write: Write,
        line: _Line,
        listed: Listed,
        found: employers.Standing,
        place: bytes | None,
    ) -> bytes:
        """A unit that is here already: empty fields are filled, differences are only told."""
        if found.retired:
            write.settle("employer", found.id, "retired_on", None)
        write.set(
            "employer",
            found.id,
            {name: value for name, value in listed.values.items() if not found.fields.get(name)},
        )
        notes = self.result.notes
        if found.fields.get("name") != listed.name:
            facts = {"kept": found.fields.get("name"), "listed": listed.name}
            notes.append(RowNote(line.sheet, line.row.number, Note("employer.other_name", facts)))
        if place is not None and found.place not in (None, place):
            note = Note("employer.other_place", {"name": listed.name})
            notes.append(RowNote(line.sheet, line.row.number, note))
        return found.id
