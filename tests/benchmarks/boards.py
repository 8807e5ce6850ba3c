"""What the street board costs the window: a township's houses drawn, scrolled, and walked by key.

All units stand in houses of their own along one street. Beside a bare list view of as many tiles
without lamps, counts or an encrypted file. A frame is one repaint of the board as it is scrolled;
a visit is a digit at a door until it is saved durably and the next door's card is in view.
"""

import os
import sys
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView

from organizer.domain.clears import Lamp
from organizer.services.survey import walking
from organizer.services.workspace import Workspace
from organizer.store import employers, places
from organizer.store.database import Database
from organizer.store.transaction import Write
from organizer.ui.survey.screen import SurveyScreen
from tests.benchmarks import measure
from tests.benchmarks.measure import Spread
from tests.benchmarks.scrolling import Bare, Desk, turn
from tests.support.made_up_office import COMMUNITIES

STEPS = 200
VISITS = 20
_SIZE = (1294, 716)
_AT_ONCE = 200
_STREET = "样长街"


def main(argv: Sequence[str] | None = None) -> list[str]:
    """Measure and return the lines of the report."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with (
        measure.arguments(__doc__, argv, count=STEPS) as given,
        measure.copied_office(given) as office,
    ):
        street = _one_street(office)
        app = QApplication.instance() or QApplication([])
        assert isinstance(app, QApplication)
        desk = Desk(app, office)
        try:
            return [
                f"The board beside {given.size}; {measure.machine()}",
                *_bare(desk, given.size.units, given.count),
                *_board(desk, street, given.count),
            ]
        finally:
            desk.close()


def _one_street(office: Workspace) -> bytes:
    """Seat every unit in a house of its own along a street."""
    rows = office.database.read(
        lambda c: c.execute("SELECT id FROM employer ORDER BY n").fetchall()
    )
    walk = b""

    def seat(write: Write, first: int) -> bytes:
        home = places.division_by_code(write.connection, COMMUNITIES[0])
        assert home is not None
        street = places.ensure(write, home, "street", _STREET)
        for number, (row,) in enumerate(rows[first : first + _AT_ONCE], start=first + 1):
            house = places.ensure(write, street, "building", f"{number}号")
            employers.occupy(write, row, house.id, office.today.isoformat())
        return street.id

    def steps(database: Database) -> Generator[None, None, None]:
        nonlocal walk
        for first in range(0, len(rows), _AT_ONCE):
            intent = office.intent("place.move")
            walk = database.write_step(intent, partial(seat, first=first))
            yield

    office.database.run(steps).result()
    return walk


def _bare(desk: Desk, houses: int, steps: int) -> list[str]:
    view = QListView()
    view.setFlow(QListView.Flow.LeftToRight)
    view.setGridSize(QSize(80, 60))
    view.setUniformItemSizes(True)
    view.resize(640, 240)
    started = time.perf_counter()
    view.setModel(Bare(houses, 1))
    view.show()
    turn(desk.app)
    drawn = time.perf_counter() - started
    return [
        f"  {f'bare list view, {houses:,} tiles':<36}drawn {drawn * 1000:7.1f} ms",
        measure.line("  a frame while it is scrolled", _scrolled(desk, view, steps)),
    ]


def _board(desk: Desk, street: bytes, steps: int) -> list[str]:
    screen = SurveyScreen(desk.session)
    screen.resize(*_SIZE)
    screen.show()
    screen.arrive()
    desk.wait(lambda: screen.finder.model.rowCount() > 0)
    read = _timed(lambda: walking.way(desk.session.workspace, street))
    way = walking.way(desk.session.workspace, street)
    pane = screen.street
    drawn = _timed(lambda: _draw(desk, screen, way))
    desk.wait(lambda: pane.board.isVisible())
    open_walk(desk, screen, street)
    lit = {door.employer: pane.model.lamps[door.employer] for door in way.doors}
    filled = _timed(lambda: _light(desk, screen, lit))
    frames = _scrolled(desk, pane.board, steps)
    keys = Spread.of([_timed(lambda: _key(desk, screen)) for _ in range(steps)])
    visits = Spread.of(
        [_timed(lambda: visit_door(desk, screen)) for _ in range(min(steps, VISITS))]
    )
    houses = len(pane.board.board.tiles)
    screen.close()
    return [
        f"  {f'the board, {houses:,} houses':<36}drawn {drawn * 1000:7.1f} ms   read from the file"
        f" {read * 1000:.1f} ms   all lamps shown {filled * 1000:.1f} ms",
        measure.line("  a frame while it is scrolled", frames),
        measure.line("  an arrow along the street", keys),
        measure.line("  a visit saved, next door shown", visits),
    ]


def _timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _draw(desk: Desk, screen: SurveyScreen, way: walking.Way) -> None:
    screen.street.show_way(way, None, desk.session.workspace.today, onward=True)
    screen.grab()


def _light(desk: Desk, screen: SurveyScreen, lit: Mapping[bytes, tuple[Lamp, ...]]) -> None:
    screen.street.model.show_lamps(lit)
    screen.street.board.repaint()


def open_walk(desk: Desk, screen: SurveyScreen, street: bytes) -> None:
    """Go there as the tree does, and wait until every lamp is known."""
    screen.finder.opened.emit(street)
    pane = screen.street
    desk.wait(lambda: pane.way is not None and pane.way.id == street and bool(pane.model.doors))
    desk.wait(lambda: all(door.employer in pane.model.lamps for door in pane.model.doors))


def _scrolled(desk: Desk, view: QAbstractItemView, steps: int) -> Spread:
    """Drag the handle from one end to the other; each repaint timed."""
    bar, seconds = view.horizontalScrollBar(), []
    if not bar.maximum():
        bar = view.verticalScrollBar()
    for step in range(steps + 1):
        started = time.perf_counter()
        bar.setValue(bar.maximum() * step // steps)
        view.viewport().repaint()
        seconds.append(time.perf_counter() - started)
    turn(desk.app)
    return Spread.of(seconds)


def _key(desk: Desk, screen: SurveyScreen) -> None:
    QTest.keyClick(screen.street.board, Qt.Key.Key_Right)
    screen.street.board.viewport().repaint()


def visit_door(desk: Desk, screen: SurveyScreen) -> None:
    """A digit at the door, until it is saved and the card of the next one is in view."""
    pane, card = screen.street, screen.card

    def shown() -> bool:
        door = pane.door
        return door is not None and card.card is not None and card.card.employer == door.employer

    desk.wait(shown)
    before = pane.door
    QTest.keyClicks(pane.doors, "2")
    desk.wait(lambda: pane.door != before and shown())


if __name__ == "__main__":
    print("\n".join(main(sys.argv[1:])))
