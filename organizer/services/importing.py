"""Taking over a list of another office: good rows go in, bad ones are reported, nothing twice.

A long run in small durable steps: killed, it goes on where it stopped when the same file comes
again, and nothing of it is seen before it is complete. Undone as a whole.
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
from organizer.errors import InvalidInput
from organizer.i18n import listed
from organizer.jobs import Progress, Silent
from organizer.services.workspace import Workspace
from organizer.sheets import contents
from organizer.sheets.lines import Reason, Row, Skipped
from organizer.sheets.listing import SheetList, read_list
from organizer.sheets.synonyms import header_synonyms
from organizer.store import employers, places, runs
from organizer.store.database import Database
from organizer.store.runs import Run
from organizer.store.transaction import Write

_STEP_SECONDS = 0.025
_SWEEP_ROWS = 1500


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
    """What came of a list."""

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
    workspace.require(Permission.IMPORT)
    known = {row["code"]: row["label"] for row in resources.rows("codelists", "fact_source.csv")}
    if source not in known:
        raise InvalidInput(
            "import.unknown_source", field="source", value=source, known=listed(known)
        )
    sheets = read_list(path, fields=header_synonyms("employer"), required=frozenset({"name"}))
    day = as_of or workspace.today
    run, resumed = _begin(workspace, path, source, day)
    importer = _Importer(workspace, sheets, run, source, day, progress or Silent())
    importer.result.resumed = resumed
    return workspace.database.run(importer.steps).result()


def _begin(workspace: Workspace, path: Path, source: str, day: date) -> tuple[Run, bool]:
    digest = f"{contents.digest(path)} {source} {day.isoformat()}"
    database = workspace.database
    old = database.read(lambda c: runs.by_digest(c, "import", digest))
    if old is not None and old.state == "running":
        return old, True
    run = Run(crypto.random_bytes(16), "import", digest, "running", 0, {})
    database.local(lambda c: runs.begin(c, run, workspace.now))
    return run, False


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
            more = database.write_step(intent, lambda write: self._take_some(write, lines))
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

    def _take_some(self, write: Write, lines: Iterator[_Line]) -> bool:
        ends = time.monotonic() + _STEP_SECONDS
        hidden: list[bytes] = []
        for line in lines:
            self._reached = line.position
            self._take(write, line, hidden)
            if time.monotonic() >= ends:
                self._keep_place(write, hidden)
                return True
        self._keep_place(write, hidden)
        return False

    def _keep_place(self, write: Write, hidden: list[bytes]) -> None:
        runs.hide(write.connection, self._run.id, hidden)
        tally = {
            "added": self.result.added,
            "known": self.result.known,
            "new_facts": self.result.new_facts,
        }
        runs.advance(write.connection, self._run.id, self._reached, tally)

    def _take(self, write: Write, line: _Line, hidden: list[bytes]) -> None:
        if isinstance(line.row, Skipped):
            self.result.skipped.append((line.sheet, line.row.number, line.row.reason))
            return
        cells = {name: cell.value for name, cell in line.row.cells.items()}
        listed = employer.read_employer(cells, self._reference)
        self._report(line, listed)
        if listed.refused:
            self.result.refused += 1
        elif line.position > self._run.position:
            self._write(write, line, listed, hidden)

    def _report(self, line: _Line, listed: Listed) -> None:
        number = line.row.number
        self.result.reports += [
            RowReport(line.sheet, number, problem.field, problem.error, problem.refused)
            for problem in listed.problems
        ]
        self.result.notes += [RowNote(line.sheet, number, note) for note in listed.notes]

    def _write(self, write: Write, line: _Line, listed: Listed, hidden: list[bytes]) -> None:
        place = self._place(write, listed)
        row = employers.employer_id(listed.values.get("uscc"), place, listed.name)
        found = employers.standing(write, row)
        if found is None:
            write.insert("employer", listed.values, row)
            hidden.append(row)
            self.result.added += 1
        else:
            row = self._meet(write, line, listed, found, place)
            self.result.known += 1
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

    def _place(self, write: Write, listed: Listed) -> bytes | None:
        if not listed.division_code:
            return None
        place = places.division_by_code(write.connection, listed.division_code)
        if place is None:
            return None
        for step in listed.address.steps:
            place = places.ensure(write, place, step.kind, step.name, listed.address.raw)
        return place.id
