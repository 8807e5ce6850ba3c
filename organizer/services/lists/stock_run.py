"""What the lists of the registry share: a look first that writes nothing, then the run itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Generic, TypeVar

from organizer.domain.list_cells import Problem
from organizer.domain.note import Note
from organizer.errors import InvalidInput
from organizer.services.lists.list_run import Imported, Line, ListRun, RowNote, RowReport, Step
from organizer.sheets.lines import Row
from organizer.store.driver import Connection

_LOOKED_AT = 200
"""Rows that are looked at in one read, so that no snapshot is held long."""

T = TypeVar("T")
V = TypeVar("V")


@dataclass(frozen=True)
class Read(Generic[T]):
    """A row as it was read."""

    listed: T
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]


class StockRun(ListRun, Generic[T, V]):
    """One run over one list of the registry; lists differ in how a row is read, judged, written."""

    def read(self, row: Row) -> Read[T]:
        """A row of the list; never raises."""
        raise NotImplementedError

    def judge(self, connection: Connection, listed: T) -> tuple[V, list[Note]]:
        """What a row means beside what is here, and the differences to be told.

        Raises `InvalidInput` for a row that is to be settled by a person.
        """
        raise NotImplementedError

    def known(self, verdict: V) -> bool:
        """Whether the record is here already."""
        raise NotImplementedError

    def write(self, step: Step, listed: T, verdict: V) -> None:
        """Write what is new."""
        raise NotImplementedError

    def remember(self, listed: T, verdict: V) -> None:
        """A row that would have been written, for what stands further down in the same list."""
        raise NotImplementedError

    def look(self) -> Imported:
        """What would come of the list; nothing is written."""
        database, lines = self.workspace.database, self._lines()
        while some := list(islice(lines, _LOOKED_AT)):
            database.read(partial(self._look_at, lines=some))
            self._progress.step(some[-1].position, self._sheets.row_count)
        return self.result

    def take(self, step: Step, line: Line, row: Row, *, fresh: bool) -> None:
        """Take a row over, unless it is known or to be settled by a person."""
        found = self._judged(step.write.connection, line, row)
        if found is None or not fresh:
            return
        listed, verdict = found
        self._count(verdict)
        self.write(step, listed, verdict)

    def _look_at(self, connection: Connection, lines: list[Line]) -> None:
        for line in lines:
            if not isinstance(line.row, Row):
                self.result.skipped.append((line.sheet, line.row.number, line.row.reason))
            elif found := self._judged(connection, line, line.row):
                listed, verdict = found
                self._count(verdict)
                self.remember(listed, verdict)

    def _count(self, verdict: V) -> None:
        if self.known(verdict):
            self.result.known += 1
        else:
            self.result.added += 1

    def _judged(self, connection: Connection, line: Line, row: Row) -> tuple[T, V] | None:
        """A row with its verdict; None, told, for one that does not go in."""
        found = self.read(row)
        self.result.reports += [
            RowReport(line.sheet, row.number, one.field, one.error, one.refused)
            for one in found.problems
        ]
        notes = list(found.notes)
        try:
            if any(one.refused for one in found.problems):
                self.result.refused += 1
                return None
            verdict, differences = self.judge(connection, found.listed)
        except InvalidInput as error:
            self.result.refused += 1
            self.result.reports.append(
                RowReport(line.sheet, row.number, error.field, error, refused=True)
            )
            return None
        self.result.notes += self._noted(line, [*notes, *differences])
        return found.listed, verdict

    def _noted(self, line: Line, notes: list[Note]) -> Iterator[RowNote]:
        return (RowNote(line.sheet, line.row.number, note) for note in notes)
