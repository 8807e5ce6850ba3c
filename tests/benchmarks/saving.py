"""What a durable save costs beside a bare commit, alone and while a list is imported.

A save is row, change log, search index and audit in one transaction, timed from the caller's side.
"""

import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from organizer.domain.visit import Outcome
from organizer.errors import Cancelled
from organizer.jobs import Job
from organizer.services.lists import importing
from organizer.services.survey import recording
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.store import employers
from organizer.store.transaction import Write
from tests.benchmarks import measure
from tests.benchmarks.measure import Arguments, BareCommits, Spread
from tests.support import big_office

IMPORTED_ROWS = 100_000
_PAUSE = 0.1
_FACTS = {"operating_state": "normal", "staff_total": "36", "staff_women": "14"}


@dataclass
class Saves:
    """Saves of an office and the seconds each took."""

    workspace: Workspace
    random: Random = field(default_factory=lambda: Random(1))
    visits: list[float] = field(default_factory=list)
    edits: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        rows = self.workspace.database.read(
            lambda c: c.execute("SELECT id FROM employer ORDER BY n").fetchall()
        )
        self._employers: list[bytes] = [row for (row,) in rows]

    def commit_bare(self, bare: BareCommits) -> None:
        """The row of a visit alone."""
        bare.commit(self.random.choice(self._employers), self._visit())

    def save_visit(self) -> None:
        """A visit with three facts: the write alone."""
        employer, visit = self.random.choice(self._employers), self._visit()
        today = visit["visited_on"]

        def body(write: Write) -> None:
            row = write.insert("visit", {"employer": employer, **visit})
            employers.observe(write, employer, _FACTS, source="spoken", on=today, visit=row)

        intent = self.workspace.intent("visit.record")
        self._time(self.visits, lambda: self.workspace.database.write(intent, body))

    def save_edit(self) -> None:
        """Another telephone number for a unit."""
        employer = self.random.choice(self._employers)
        phone = f"1992{self.random.randrange(10**7):07d}"
        intent = self.workspace.intent("employer.edit")

        def body(write: Write) -> None:
            write.set("employer", employer, {"phone": phone})

        self._time(self.edits, lambda: self.workspace.database.write(intent, body))

    def record_visit(self) -> None:
        """A visit as a person makes it: looked up, checked, saved, the lamps shown anew."""
        order = VisitOrder(self.random.choice(self._employers), Outcome.MET, _FACTS)
        self._time(self.whole, lambda: recording.record_visit(self.workspace, order))

    def _visit(self) -> dict[str, Any]:
        now = self.workspace.now
        return {
            "visitor": self.workspace.account.id, "visited_at": now, "outcome": Outcome.MET,
            "visited_on": now[:10], "person_met": "王样",
        }  # fmt: skip

    @staticmethod
    def _time(seconds: list[float], act: Callable[[], object]) -> None:
        started = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - started)


def main(argv: Sequence[str] | None = None) -> list[str]:
    """Measure and return the lines of the report."""
    with (
        measure.arguments(__doc__, argv, count=400) as given,
        measure.copied_office(given) as office,
    ):
        bare = BareCommits(office)
        return [
            f"Saving beside {given.size}; {measure.machine()}",
            *_report(_alone(office, bare, given.count), bare),
            *_during_import(office, bare, given),
        ]


def _alone(office: Workspace, bare: BareCommits, count: int) -> Saves:
    saves = Saves(office)
    for _ in range(count):
        saves.commit_bare(bare)
        saves.save_visit()
        saves.save_edit()
        saves.record_visit()
    return saves


def _during_import(office: Workspace, bare: BareCommits, given: Arguments) -> list[str]:
    rows = min(IMPORTED_ROWS, given.size.units * 5)
    path = big_office.market_list(given.folder, rows, seed=7)
    job = Job()
    importer = threading.Thread(target=_import, args=(office, path, job))
    importer.start()
    while not job.report.done and importer.is_alive():
        time.sleep(_PAUSE)
    saves = Saves(office)
    bare.seconds.clear()
    # At least two: a short list may be through before the first.
    while len(saves.visits) < min(given.count, 2) or (
        importer.is_alive() and len(saves.visits) < given.count
    ):
        saves.save_visit()
        time.sleep(saves.random.uniform(0, _PAUSE))
        saves.save_edit()
        time.sleep(saves.random.uniform(0, _PAUSE))
    done = job.report.done
    job.cancel()
    importer.join()
    title = f"  while {rows:,} rows are imported (stopped at row {done:,}, {len(saves.visits)} saves each)"
    lines = [measure.line("visit with 3 facts", Spread.of(saves.visits))]
    return [title, *lines, measure.line("edit of a unit", Spread.of(saves.edits))]


def _import(office: Workspace, path: object, job: Job) -> None:
    try:
        importing.import_list(office, path, as_of=big_office.LISTED_ON, progress=job)
    except Cancelled:
        return


def _report(saves: Saves, bare: BareCommits) -> list[str]:
    machine = Spread.of(bare.seconds)
    return [
        f"  alone ({len(saves.visits)} of each, in turn)",
        measure.line("bare commit of a visit's row", machine),
        measure.line("visit with 3 facts", Spread.of(saves.visits), machine),
        measure.line("edit of a unit", Spread.of(saves.edits), machine),
        measure.line("visit with look-up and lamps", Spread.of(saves.whole), machine),
    ]


if __name__ == "__main__":
    print("\n".join(main(sys.argv[1:])))
