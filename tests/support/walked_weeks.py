"""A street, a tower and a village of the sample over four weeks and two rounds, with all that may happen."""

from datetime import date
from itertools import cycle

from organizer.domain.visit import Outcome
from organizer.services import merging, undoing
from organizer.services.employers import adding
from organizer.services.employers.adding import NewUnit
from organizer.services.lists import importing
from organizer.services.members import signup
from organizer.services.places import gridding
from organizer.services.places.gridding import GridOrder
from organizer.services.survey import closing, confirming, recording, rounds, walking
from organizer.services.survey.recording import VisitOrder
from organizer.services.survey.rounds import RoundOrder
from organizer.services.workspace import Workspace
from organizer.store import employers
from tests.support.command_line import sample
from tests.support.joiners import approve
from tests.support.life import Life
from tests.support.offices import TickingClock
from tests.support.walked import CLEAR, STREET, TOWER, VILLAGE, walk_of

MONDAYS = tuple(date(2026, 3, day) for day in (2, 9, 16, 23))
"""Three weeks of the first round, and one of the second."""

_BEFORE = date(2026, 2, 20)
_PART = {"union_state": "4", "staff_total": "12", "employer_willing": "yes"}
_FOUNDED = {
    "union_state": "1", "union_name": "样例工会", "union_founded_on": "2026-03-10",
    "member_count": "30", "registered_members": "28", "staff_total": "40", "staff_women": "11",
    "staff_migrant": "3", "staff_new_form": "0", "grid": "001",
}  # fmt: skip


class Walk(Life):
    """Units by where they are met: 街1, 街2, …, 楼1, …, 村1, …; the street and the tower each in a grid."""

    def __init__(self, office: Workspace, clock: TickingClock) -> None:
        super().__init__(office, clock)
        self.at(_BEFORE)
        importing.import_list(office, sample("01_*.xlsx"), as_of=_BEFORE)
        self.walks = {
            letter: walk_of(office, wanted)
            for letter, wanted in (("街", STREET), ("楼", TOWER), ("村", VILLAGE))
        }
        for letter, row in self.walks.items():
            doors = walking.way(office, row, groups=True).doors
            self.units |= {f"{letter}{n}": door.employer for n, door in enumerate(doors, 1)}
        self._hang("街", "001", "东片")
        self._hang("楼", "002", "西片")

    def _hang(self, letter: str, number: str, name: str) -> None:
        community = self.office.database.read(
            lambda c: c.execute(
                "SELECT division_code FROM place WHERE id = ?", (self.walks[letter],)
            ).fetchone()[0]
        )
        grid = gridding.add_grid(self.office, GridOrder(community, number, name))
        gridding.hang(self.office, grid, [self.walks[letter]])

    def told(self, name: str, source: str, on: date, **facts: str) -> None:
        """What stands of a unit in another list."""
        row = self.units[name]
        self.office.database.write(
            self.office.intent("employer.import"),
            lambda write: employers.observe(write, row, facts, source=source, on=on.isoformat()),
        )


def first_week(walk: Walk) -> None:
    """Some doors of each walk with every outcome; four apply, one is approved."""
    day = MONDAYS[0].replace
    walk.at(day(day=2))
    rounds.open_round(walk.office, RoundOrder("三月排查", MONDAYS[0], ways=("door", "phone")))
    digits = cycle("1234561")
    for n in range(1, 15):
        for letter in walk.walks:
            digit = next(digits)
            facts = _PART if digit == "1" and n % 2 else CLEAR if digit == "1" else {}
            walk.visit(f"{letter}{n}", digit, day(day=2 + n % 5), 9 + n % 8, **facts)
    applied = [walk.join(name, day(day=4)) for name in ("街1", "街1", "楼2", "村3")]
    walk.join("", day(day=5))
    walk.at(day(day=6))
    approve(walk.office, applied[:1])
    walk.refuse(applied[1], day(day=7))


def second_week(walk: Walk) -> None:
    """Unions are founded, doors closed, a slip corrected, a unit merged; a tax list comes in."""
    day = MONDAYS[0].replace
    for when, hour in ((9, 9), (10, 15), (11, 19)):
        for name in ("街20", "楼20", "村20"):
            walk.visit(name, Outcome.NOBODY, day(day=when), hour)
    for name in ("街20", "楼20", "村20"):
        closing.close_door(walk.office, walk.units[name])
    walk.visit("楼21", Outcome.REFUSED, day(day=11))
    closing.close_door(walk.office, walk.units["楼21"], refusal_confirmed=True)
    walk.visit("街21", Outcome.MET, day(day=12), **_FOUNDED)
    walk.visit("村21", Outcome.MET, day(day=12), union_state="4", staff_total="26")
    wrong = walk.visit("楼22", Outcome.MET, day(day=12), union_state="5", staff_total="300")
    walk.at(day(day=13))
    recording.record_visit(walk.office, VisitOrder(walk.units["楼22"], "1", CLEAR, corrects=wrong))
    # The duplicate was visited, the one that is kept was not.
    walk.visit("街22", Outcome.MET, day(day=13), **CLEAR)
    merging.merge(walk.office, "employer", walk.units["街22"], walk.units["街23"])
    walk.told("楼22", "tax", day(day=14), staff_total="80")
    approve(walk.office, signup.waiting(walk.office)[:1])


def third_week(walk: Walk) -> None:
    """A closed door opens, one unit goes and one comes, a call confirms, a visit is taken back."""
    day = MONDAYS[0].replace
    walk.visit("街20", Outcome.MET, day(day=16), **CLEAR)
    walk.visit("村21", Outcome.MET, day(day=17), union_state="2", covering_union="样村工会")
    walk.visit("楼23", Outcome.MET, day(day=17), **CLEAR)
    undoing.take_back(walk.office)
    walk.visit("街21", Outcome.MET, day(day=18), union_state="7")
    walk.edit("村5", retired_on=day(day=18).isoformat())
    walk.at(day(day=19))
    order = NewUnit(walk.walks["街"], "新样小店", door="999号")
    walk.units["新"] = adding.add_unit(walk.office, order).employer
    confirming.confirm_unchanged(walk.office, [walk.units["村21"]])
    walk.refuse(walk.join("新", day(day=20)), day(day=20))


def fourth_week(walk: Walk) -> None:
    """A second round: all is asked again."""
    day = MONDAYS[0].replace
    walk.at(day(day=22))
    rounds.close_round(walk.office)
    walk.at(day(day=23))
    recording.open_round(walk.office, "三月下旬复查", MONDAYS[3], None)
    walk.visit("街20", Outcome.MET, day(day=23), **CLEAR)
    walk.visit("楼24", Outcome.NOBODY, day(day=24))
    walk.visit("村24", Outcome.MET, day(day=25), **_FOUNDED | {"union_founded_on": "2026-03-24"})
    walk.join("楼24", day(day=25))


def live(walk: Walk) -> None:
    """All four weeks; it is the Wednesday of the last."""
    for week in (first_week, second_week, third_week, fourth_week):
        week(walk)
