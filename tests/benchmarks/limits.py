"""What a survey has to keep to, at a township and at a district of ten of them, each beside its limit.

Both have the same streets, two rounds behind them and the same questions; a visit is a digit at a door
of the third until it is saved durably and the next door's card is in view.
"""

import os
import sys
import time
from collections.abc import Sequence

from PySide6.QtWidgets import QApplication

from organizer.services.reports import weekly
from organizer.services.survey import rounds, status
from organizer.services.survey.rounds import RoundOrder
from organizer.services.workspace import Workspace
from organizer.ui.survey.screen import SurveyScreen
from tests.benchmarks import boards, measure, surveying
from tests.benchmarks.measure import Arguments, Spread
from tests.benchmarks.scrolling import Desk
from tests.support.big_office import Size

ASKED = 20
LIMITS = {
    "status of the streets": 200.0,
    "weekly report": 1000.0,
    "visit saved, next door shown": 100.0,
}
"""At most so many milliseconds, nineteen times of twenty."""
_TIMES = 10
_UNITS_A_STREET = 20


def main(argv: Sequence[str] | None = None) -> list[str]:
    """Measure and return the lines of the report."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with measure.arguments(__doc__, argv, count=ASKED) as given:
        app = QApplication.instance() or QApplication([])
        assert isinstance(app, QApplication)
        small = Size(given.size.units // _TIMES, given.size.members // _TIMES)
        sizes = (small, given.size)
        told = [_measured(app, Arguments(given.folder, one, given.count)) for one in sizes]
    lines = [f"A survey within its limits; {measure.machine()}"]
    for name, most in LIMITS.items():
        for size, one in zip(sizes, told, strict=True):
            of_limit = one[name].p95 / most
            label = f"{name}, {size.units:,} units"
            lines.append(f"  {label:<44}{one[name]}   p95 = {of_limit:.2f} of {most:.0f} ms")
        grown = told[1][name].p50 / told[0][name].p50
        lines.append(f"    p50 with {_TIMES} times the units = {grown:.2f} x")
    return lines


def _measured(app: QApplication, given: Arguments) -> dict[str, Spread]:
    with measure.copied_office(given) as office:
        surveying.walk_rounds(office)
        count = max(1, min(surveying.STREETS, given.size.units // _UNITS_A_STREET))
        streets = surveying.part(office, count)
        return dict(
            zip(
                LIMITS,
                (
                    surveying.spread(office, status.status, given.count),
                    surveying.spread(office, weekly.report, given.count),
                    _visits(app, office, streets[0], given.count),
                ),
                strict=True,
            )
        )


def _visits(app: QApplication, office: Workspace, street: bytes, count: int) -> Spread:
    """A digit at every door but the last of a street, in a round that begins."""
    rounds.open_round(office, RoundOrder("样末批次", office.today))
    desk = Desk(app, office)
    try:
        screen = SurveyScreen(desk.session)
        screen.show()
        screen.arrive()
        desk.wait(lambda: screen.finder.model.rowCount() > 0)
        boards.open_walk(desk, screen, street)
        seconds = []
        for _ in range(min(count, len(screen.street.model.doors) - 1)):
            started = time.perf_counter()
            boards.visit_door(desk, screen)
            seconds.append(time.perf_counter() - started)
        screen.close()
        return Spread.of(seconds)
    finally:
        desk.close()


if __name__ == "__main__":
    print("\n".join(main(sys.argv[1:])))
