"""What the list of members costs: opened, filtered, sorted, a page of it, beside the bare query."""

import sys
import time
from array import array
from collections.abc import Callable, Sequence
from itertools import chain

from organizer.domain.member_filter import COUNTED, MemberFilter
from organizer.services.members import member_counts, member_listing
from organizer.services.members.member_listing import Order
from organizer.services.workspace import Workspace
from organizer.ui.members.columns import USUAL
from organizer.ui.widgets.paging import PAGE
from tests.benchmarks import measure
from tests.benchmarks.measure import Spread

TIMES = 10
OPENS_MS = 300


def main(argv: Sequence[str] | None = None) -> list[str]:
    """Measure and return the lines of the report."""
    with (
        measure.arguments(__doc__, argv, count=TIMES) as given,
        measure.copied_office(given) as office,
    ):
        numbers = member_listing.member_numbers(office, MemberFilter(), Order())
        asked: dict[str, Callable[[], object]] = {
            f"opened, {len(numbers):,} rows": _listed(office, MemberFilter(), Order()),
            "only those counted": _listed(office, MemberFilter(state=COUNTED), Order()),
            "with wang in the name": _listed(office, MemberFilter(text="wang"), Order()),
            "without an id number": _listed(office, MemberFilter(lack="id_number"), Order()),
            "without a consent": _listed(office, MemberFilter(lack="consent"), Order()),
            "sorted by name": _listed(office, MemberFilter(), Order("name")),
            "a page of texts": lambda: member_listing.member_rows(office, numbers[:PAGE], USUAL),
            "counted by group": lambda: member_counts.counts(office),
        }
        bare = _spread(lambda: office.database.read(_bare), given.count)
        report = [
            f"The list of members beside {given.size}; {measure.machine()}",
            measure.line("bare query of the numbers", bare),
        ]
        for what, act in asked.items():
            limit = f"   of {OPENS_MS} ms" if what.startswith("opened") else ""
            report.append(measure.line(what, _spread(act, given.count), bare) + limit)
        return report


def _bare(connection: object) -> object:
    rows = connection.execute(  # type: ignore[attr-defined]
        "SELECT n FROM membership WHERE retired_on IS NULL ORDER BY n DESC"
    )
    return array("q", chain.from_iterable(rows))


def _listed(office: Workspace, wanted: MemberFilter, order: Order) -> Callable[[], object]:
    return lambda: member_listing.member_numbers(office, wanted, order)


def _spread(act: Callable[[], object], times: int) -> Spread:
    seconds = []
    for _time in range(max(times, 2)):
        started = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - started)
    return Spread.of(seconds)


if __name__ == "__main__":
    print("\n".join(main(sys.argv[1:])))
