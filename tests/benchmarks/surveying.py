"""What the screens of a survey ask, once it has been walked, beside a bare count of the units.

A line is one question as its screen asks it, on the caller's side; a district has some thirty
thousand visits behind it. `QUESTIONS` takes more.
"""

import sys
import time
from collections.abc import Callable, Generator, Sequence
from datetime import date, timedelta
from functools import partial
from random import Random

from organizer.domain.visit import Outcome
from organizer.services import today
from organizer.services.reports import spot_checking, weekly
from organizer.services.survey import comparing, rounds, status, walking
from organizer.services.survey.rounds import RoundOrder
from organizer.services.workspace import Workspace
from organizer.store import employers
from organizer.store.database import Database
from organizer.store.transaction import Write
from tests.benchmarks import measure
from tests.benchmarks.measure import Spread
from tests.support.made_up_office import COMMUNITIES
from tests.support.walked import CLEAR

ASKED = 20
STREETS = 100
_AT_ONCE = 50
_ENDINGS = tuple(Outcome)[:6]
_WEIGHTS = (5, 3, 1, 1, 1, 1)
_AGO = (180, 30)
"""So many days ago the rounds began."""
_WHOLE = 0.5
"""The share of answers that leave no lamp dark."""
_PROMISED = 0.1
"""The share of answers with a promise and a next visit."""


def count_bare(workspace: Workspace) -> int:
    """Every unit looked at once."""
    sql = "SELECT count(*) FROM employer e WHERE e.name IS NOT NULL"
    (count,) = workspace.database.read(lambda c: c.execute(sql).fetchone())
    return int(count)


QUESTIONS: dict[str, Callable[[Workspace], object]] = {
    "what waits today": today.agenda_of_today,
    "the four clears, counted": today.standing_of_round,
    "the tree of the survey": walking.tree,
    "status, street by street": status.status,
    "this round beside the last": comparing.compare,
    "the weekly report": weekly.report,
    "review signals": spot_checking.review_signals,
}


def main(argv: Sequence[str] | None = None) -> list[str]:
    """Measure and return the lines of the report."""
    with measure.arguments(__doc__, argv, count=ASKED) as given:
        with measure.copied_office(given) as office:
            visits = walk_rounds(office)
            started = time.perf_counter()
            today.clears_of_round(office)
            settled = (time.perf_counter() - started) * 1000
            bare = spread(office, count_bare, given.count)
            asked = {name: spread(office, ask, given.count) for name, ask in QUESTIONS.items()}
            walks = len(status.status(office).walks)
            part(office, STREETS)
            asked[f"status of {STREETS} streets"] = spread(office, status.status, given.count)
        return [
            f"Surveying {given.size}, {visits:,} visits, {walks:,} walks; {measure.machine()}",
            f"  {'lamps of every unit, looked at once':<36}{settled:7.2f} ms",
            measure.line("a bare count of the units", bare),
            *(
                measure.line(name, one) + f"   p50 = {one.p50 / bare.p50:.1f} x bare"
                for name, one in asked.items()
            ),
        ]


def spread(office: Workspace, ask: Callable[[Workspace], object], count: int) -> Spread:
    """How long a question takes, asked again and again."""
    seconds = []
    for _ in range(count):
        started = time.perf_counter()
        ask(office)
        seconds.append(time.perf_counter() - started)
    return Spread.of(seconds)


def walk_rounds(office: Workspace) -> int:
    """A round a while ago and one now, every unit visited up to twice in each."""
    random = Random(1)
    return sum(_walk_round(office, office.today - timedelta(days=days), random) for days in _AGO)


def _walk_round(office: Workspace, start: date, random: Random) -> int:
    row = rounds.open_round(office, RoundOrder(f"{start}", start))
    seats = office.database.read(
        lambda c: c.execute(
            "SELECT e.id, o.place FROM employer e JOIN occupancy o ON o.employer = e.id"
        ).fetchall()
    )
    visits = [
        (*seat, start + timedelta(days=random.randrange(20)))
        for seat in seats
        for _ in range(random.randrange(3))
    ]

    def steps(database: Database) -> Generator[None, None, None]:
        for first in range(0, len(visits), _AT_ONCE):
            some = visits[first : first + _AT_ONCE]
            database.write_step(
                office.intent("visit.record"), partial(_visit, row=row, random=random, some=some)
            )
            yield

    office.database.run(steps).result()
    return len(visits)


def part(office: Workspace, wanted: int) -> list[bytes]:
    """Seat the units along so many streets of a community; returns these."""

    def body(write: Write) -> list[bytes]:
        (community, code) = write.connection.execute(
            "SELECT id, division_code FROM place WHERE kind = 'division' AND division_code = ?",
            (COMMUNITIES[0],),
        ).fetchone()
        values = {"parent": community, "kind": "street", "division_code": code}
        streets = [
            write.insert("place", {**values, "name": f"样{number}街"}) for number in range(wanted)
        ]
        rows = write.connection.execute("SELECT id FROM occupancy ORDER BY n").fetchall()
        for number, (row,) in enumerate(rows):
            write.set("occupancy", row, {"place": streets[number % wanted]})
        return streets

    streets = office.database.write(office.intent("place.move"), body)
    today.clears_of_round(office)
    return streets


def _visit(
    write: Write, row: bytes, random: Random, some: Sequence[tuple[bytes, bytes, date]]
) -> None:
    for employer, place, day in some:
        outcome = random.choices(_ENDINGS, _WEIGHTS)[0]
        values = {
            "round": row, "employer": employer, "place": place, "outcome": outcome,
            "visited_on": f"{day}", "visited_at": f"{day}T{random.randrange(1, 12):02}:00:00.000Z",
        }  # fmt: skip
        visit = write.insert("visit", values)
        if outcome is not Outcome.MET:
            continue
        told = {"staff_total": f"{random.randrange(1, 200)}", "union_state": "5"}
        if random.random() < _WHOLE:
            told |= CLEAR
        if random.random() < _PROMISED:
            told |= {"promise": "送宣传单", "next_visit_on": f"{day}"}
        employers.observe(write, employer, told, source="spoken", on=f"{day}", visit=visit)


if __name__ == "__main__":
    print("\n".join(main(sys.argv[1:])))
