"""How long it takes to approve many applications at once, and to check a long list of a gathering.

All of a batch is one write: warnings looked for, state, history, list and search index of everybody.
"""

import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from organizer.domain.approval import Meeting
from organizer.domain.gathering import Row
from organizer.services.members import approving, gathering, gathering_register, gathering_rows
from organizer.services.members.gathering import GatheringOrder
from organizer.services.workspace import Workspace
from tests.benchmarks import measure
from tests.support.crowds import made_id, made_phone

LIMIT_SECONDS = 5.0
BATCH = 500


def main(argv: Sequence[str] | None = None) -> list[str]:
    """Measure and return the lines of the report."""
    with (
        measure.arguments(__doc__, argv, count=BATCH) as given,
        measure.copied_office(given) as office,
    ):
        rows = _people(given.count)
        event = gathering.hold(office, GatheringOrder("集中入会"))
        checked = _timed(lambda: gathering_rows.check_rows(office, event, rows))
        done = gathering_register.join(office, event, rows)
        joined = _timed(lambda: _join_again(office, event, len(rows)))
        approved = _timed(
            lambda: approving.approve(office, done.pending, Meeting("样例委员会", office.today))
        )
        return [
            f"Approving beside {given.size}; {measure.machine()}",
            f"  {len(rows)} rows of a list checked {checked:7.2f} s",
            f"  {len(rows)} people registered      {joined:7.2f} s",
            f"  {len(done.pending)} approved in one write    {approved:7.2f} s"
            f" of {LIMIT_SECONDS:.0f} s",
        ]


def _people(count: int, years: int = 0) -> list[Row]:
    first = date(1980 - years, 1, 1)
    return [
        Row(
            str(n),
            {
                "name": f"赵样{chr(0x4E00 + n % 2000)}",
                "id_number": made_id(n % 400 + 1, first + timedelta(days=n // 400)),
                "phone": made_phone(n),
            },
        )
        for n in range(1, count + 1)
    ]


def _join_again(office: Workspace, event: bytes, count: int) -> None:
    gathering_register.join(office, event, _people(count, years=5))


def _timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


if __name__ == "__main__":
    print("\n".join(main(sys.argv[1:])))
