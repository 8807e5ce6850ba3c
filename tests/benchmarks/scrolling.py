"""What a list of 300,000 rows costs the window: opening it and scrolling through it.

Beside a bare table view over the same texts in memory. A gap is the time between two turns of the
event loop; nothing the person does is answered within it.
"""

import os
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from organizer.services.employers import listing
from organizer.services.employers.listing import Numbers, Order, UnitFilter
from organizer.services.workspace import Workspace
from organizer.store.driver import Connection
from organizer.ui.employers.columns import USUAL, columns
from organizer.ui.notices import Notices
from organizer.ui.runner import Runner
from organizer.ui.session import Session
from organizer.ui.theme import Theme
from organizer.ui.widgets.paging import PagedModel, Row
from organizer.ui.widgets.table import PagedTable
from tests.benchmarks import measure
from tests.support.pulse import Pulse

STEPS = 400
_MOST_SECONDS = 120


class Bare(QAbstractTableModel):
    """As many rows as wanted, each text made on the spot."""

    def __init__(self, rows: int, width: int) -> None:
        super().__init__()
        self._rows, self._width = rows, width

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return self._rows

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return self._width

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        return f"单位{index.row()}" if role == Qt.ItemDataRole.DisplayRole else None


class Desk:
    """A session over a made-up office, and waiting on it."""

    def __init__(self, app: QApplication, workspace: Workspace) -> None:
        self.app = app
        self._parent = QWidget()
        self._failed: list[BaseException] = []
        notices = Notices(self, self._parent, self._failed.append)
        self._runner = Runner(self._failed.append)
        self.session = Session(workspace, self._runner, Theme(app, 1.0, "light"), notices)

    def say(self, sentence: str, *, kind: str = "info") -> None:
        """Nobody reads it."""

    def wait(self, until: Callable[[], bool]) -> None:
        """Turn the loop until something is so."""
        ends = time.perf_counter() + _MOST_SECONDS
        while not until():
            turn(self.app)
            if self._failed:
                raise self._failed[0]
            if time.perf_counter() > ends:
                raise TimeoutError

    def close(self) -> None:
        """Let the threads go."""
        self._runner.shut_down()


def turn(app: QApplication) -> None:
    """One turn of the loop: of a benchmark only, never of the program."""
    app.sendPostedEvents()
    app.processEvents()


def main(argv: Sequence[str] | None = None) -> list[str]:
    """Measure and return the lines of the report."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with (
        measure.arguments(__doc__, argv, count=STEPS) as given,
        measure.copied_office(given) as office,
    ):
        app = QApplication.instance() or QApplication([])
        assert isinstance(app, QApplication)
        desk = Desk(app, office)
        try:
            return [
                f"Scrolling beside {given.size}; {measure.machine()}",
                *_bare(desk, given.size.members, given.count),
                *_people(desk, given.count),
                *_employers(desk, given.count),
            ]
        finally:
            desk.close()


def _bare(desk: Desk, rows: int, steps: int) -> list[str]:
    view = QTableView()
    model = Bare(rows, len(USUAL))
    started = time.perf_counter()
    view.setModel(model)
    view.resize(1200, 600)
    view.show()
    turn(desk.app)
    opened = time.perf_counter() - started
    return [_line(f"bare table view, {rows:,} rows", opened, _scrolled(desk, view, steps), 0)]


def _people(desk: Desk, steps: int) -> list[str]:
    """Every member, sorted by pinyin, from the encrypted file."""

    def numbers(workspace: Workspace) -> Numbers:
        def query(connection: Connection) -> Numbers:
            found = connection.execute(
                "SELECT p.n FROM search_entry s JOIN person p ON p.id = s.row"
                " WHERE s.tbl = 'person' ORDER BY s.spoken"
            )
            return Numbers([n for (n,) in found], 0, "")

        return workspace.database.read(query)

    def rows(workspace: Workspace, wanted: Sequence[int]) -> dict[int, Row]:
        marks = ", ".join("?" * len(wanted))
        found = workspace.database.read(
            lambda c: c.execute(
                f"SELECT n, id, name, sex, born_on FROM person WHERE n IN ({marks})", tuple(wanted)
            ).fetchall()
        )
        return {n: (row, [name, sex, born, "", "", ""]) for n, row, name, sex, born in found}

    return _listed(desk, steps, "list of members", numbers, rows)


def _employers(desk: Desk, steps: int) -> list[str]:
    """The list of units as the screen shows it."""
    return _listed(
        desk,
        steps,
        "list of units",
        lambda w: listing.employer_numbers(w, UnitFilter(), Order()),
        lambda w, wanted: listing.employer_rows(w, wanted, USUAL),
    )


def _listed(
    desk: Desk,
    steps: int,
    what: str,
    numbers: Callable[[Workspace], Numbers],
    rows: Callable[[Workspace, Sequence[int]], dict[int, Row]],
) -> list[str]:
    session, asked = desk.session, 0

    def fetch(wanted: Sequence[int], answer: Callable[[Mapping[int, Row]], None]) -> None:
        nonlocal asked
        asked += 1
        kept = list(wanted)
        session.ask(table, lambda workspace: rows(workspace, kept), answer)

    shown = tuple(column for column in columns() if column.key in USUAL)
    model = PagedModel(shown, fetch)
    table = PagedTable(model, what, 32)
    table.choose_columns(USUAL)
    table.resize(1200, 600)
    table.show()
    turn(desk.app)
    memory = _memory()
    pulse = Pulse()
    started = time.perf_counter()
    session.ask(table, numbers, lambda found: table.show_numbers(found.rows))
    desk.wait(lambda: bool(model.rowCount() and model.index(0, 0).data()))
    opened = time.perf_counter() - started
    blocked = pulse.longest
    gap = _scrolled(desk, table, steps)
    last = model.rowCount() - 1
    started = time.perf_counter()
    table.scrollTo(model.index(last, 0))
    desk.wait(lambda: bool(model.index(last, 0).data()))
    there = time.perf_counter() - started
    return [
        _line(f"{what}, {model.rowCount():,} rows", opened, gap, _memory() - memory),
        f"    longest gap while opening {blocked * 1000:.1f} ms; texts at the end of the list after"
        f" {there * 1000:.0f} ms; {asked} pages asked for in {steps} jumps",
    ]


def _scrolled(desk: Desk, view: QTableView, steps: int) -> float:
    """Drag the handle from the top to the foot; the longest gap of the loop."""
    pulse = Pulse()
    bar = view.verticalScrollBar()
    for step in range(steps + 1):
        bar.setValue(bar.maximum() * step // steps)
        turn(desk.app)
    return pulse.longest


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _line(what: str, opened: float, gap: float, memory: float) -> str:
    more = f"   memory +{memory:.0f} MB" if memory else ""
    return f"  {what:<36}open {opened * 1000:7.0f} ms   longest gap {gap * 1000:6.1f} ms{more}"


if __name__ == "__main__":
    print("\n".join(main(sys.argv[1:])))
