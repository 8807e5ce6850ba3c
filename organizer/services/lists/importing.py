"""Taking over a list of another office: good rows go in, bad ones are reported, nothing twice.

A long run in small durable steps: killed, it goes on where it stopped when the same file comes
again, and no unit or place it adds is seen before it is complete. What it tells of units already in
sight is seen at once, a row of the list at a time: such a fact has a source and a day of its own,
stands beside the others and is true alone. Undone as a whole, also when it was stopped.
"""

from datetime import date
from pathlib import Path

from organizer import resources
from organizer.domain import employer
from organizer.domain.access import Permission
from organizer.domain.employer import Listed, Reference
from organizer.domain.note import Note
from organizer.domain.person_name import pua_table
from organizer.domain.place import Kind
from organizer.jobs import Progress, Silent
from organizer.services.lists import list_run
from organizer.services.lists.list_run import Imported, Line, ListRun, RowNote, RowReport, Step
from organizer.services.workspace import Workspace, check_source
from organizer.sheets import contents
from organizer.sheets.lines import Row
from organizer.sheets.listing import SheetList, read_list
from organizer.sheets.synonyms import header_synonyms
from organizer.store import employers, places, search
from organizer.store.places import PlaceRow
from organizer.store.runs import Run
from organizer.store.transaction import Write

__all__ = ["Imported", "RowNote", "RowReport", "import_list"]


class _UnitStep(Step):
    """Knows besides what it has looked up already."""

    def __init__(self, write: Write) -> None:
        super().__init__(write)
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
    run, day, resumed = list_run.begin(
        workspace, "import", f"{contents.digest(path)} {source}", as_of
    )
    importer = _Importer(workspace, sheets, run, source, day, progress or Silent())
    importer.result.resumed = resumed
    return workspace.database.run(importer.steps).result()


class _Importer(ListRun):
    """One run over one list of employers."""

    def __init__(
        self,
        workspace: Workspace,
        sheets: SheetList,
        run: Run,
        source: str,
        day: date,
        progress: Progress,
    ) -> None:
        super().__init__(workspace, sheets, run, "list.import", progress)
        self._source = source
        self._day = day.isoformat()
        self._reference = Reference(
            workspace.divisions,
            workspace.codes,
            pua_table(resources.rows("codelists", "gbk_pua_to_standard.csv")),
            workspace.office.division_code,
        )

    def new_step(self, write: Write) -> _UnitStep:
        """A step that looks nothing up twice."""
        return _UnitStep(write)

    def take(self, step: Step, line: Line, row: Row, *, fresh: bool) -> None:
        """An employer of the list, with what the list says of it."""
        cells = {name: cell.value for name, cell in row.cells.items()}
        listed = employer.read_employer(cells, self._reference)
        self._report(line, listed)
        if listed.refused:
            self.result.refused += 1
        elif fresh and isinstance(step, _UnitStep):
            self._write(step, line, listed)

    def _report(self, line: Line, listed: Listed) -> None:
        number = line.row.number
        self.result.reports += [
            RowReport(line.sheet, number, problem.field, problem.error, problem.refused)
            for problem in listed.problems
        ]
        self.result.notes += [RowNote(line.sheet, number, note) for note in listed.notes]

    def _write(self, step: _UnitStep, line: Line, listed: Listed) -> None:
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
        line: Line,
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
