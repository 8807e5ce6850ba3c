"""A town of a few doors with everything in it that makes counting hard, and three weeks of its life."""

from datetime import date

from organizer.services import merging, undoing
from organizer.services.places import gridding
from organizer.services.places.gridding import GridOrder
from organizer.services.survey import closing, recording
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.store.transaction import Write
from tests.support.joiners import approve
from tests.support.life import Life
from tests.support.offices import TickingClock

COMMUNITY = "210106003006"
CLEAR = {
    "union_state": "6", "no_union_reason": "1", "staff_total": "12", "staff_women": "3",
    "staff_migrant": "0", "staff_new_form": "0",
}  # fmt: skip
# Mondays of a made-up March.
FIRST, SECOND, THIRD = date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16)


class Town(Life):
    """Two streets and a tower in a community, one street in a grid, and a unit without a place."""

    def __init__(self, office: Workspace, clock: TickingClock) -> None:
        super().__init__(office, clock)
        self.at(date(2026, 2, 20))
        self.streets: dict[str, bytes] = {}
        office.database.write(office.intent("employer.add"), self._build)
        grid = gridding.add_grid(office, GridOrder(COMMUNITY, "001", "东片"))
        gridding.hang(office, grid, [self.streets["样一街"]])

    def _build(self, write: Write) -> None:
        (community,) = write.connection.execute(
            "SELECT id FROM place WHERE division_code = ? AND kind = 'division'", (COMMUNITY,)
        ).fetchone()
        for kind, name in (("street", "样一街"), ("street", "样二街"), ("tower", "样楼")):
            values = {"parent": community, "kind": kind, "name": name, "division_code": COMMUNITY}
            street = self.streets[name] = write.insert("place", values)
            for number in range(1, 6):
                door = write.insert(
                    "place",
                    {"parent": street, "kind": "building", "name": f"{number}号",
                     "division_code": COMMUNITY},
                )  # fmt: skip
                self.add(write, f"{name}{number}", door, "2026-02-20")
        self.add(write, "无址店", None, "")

    def add(self, write: Write, name: str, door: bytes | None, since: str) -> bytes:
        row = self.units[name] = write.insert("employer", {"name": name})
        if door:
            write.insert("occupancy", {"employer": row, "place": door, "since_on": since})
        return row


def lived(town: Town) -> None:
    """Three weeks of everything: reached, shut, closed, corrected, merged, moved, founded, joined."""
    town.at(FIRST)
    recording.open_round(town.office, "春季排查", FIRST, None)
    day = FIRST.replace
    town.visit("样一街1", "1", day(day=3), **CLEAR)
    town.visit("样一街2", "1", day(day=3), union_state="4", staff_total="36")
    town.visit("样一街3", "2", day(day=3))
    wrong = town.visit("样二街1", "1", day(day=4), union_state="5", staff_total="300")
    town.visit("样楼1", "5", day(day=5), union_state="4")
    town.visit("无址店", "1", day(day=5), union_state="1", union_name="无址店工会", staff_total="9",
               union_founded_on="2026-03-04")  # fmt: skip
    first, second, lost, _waits = (town.join("样一街2", day(day=d)) for d in (3, 4, 5, 6))
    town.at(day(day=6))
    approve(town.office, [first])
    # The second week: three tries and a closing, a correction, a merge, a founding.
    for when, hour in ((9, 9), (10, 15), (11, 19)):
        town.visit("样一街3", "2", day(day=when), hour)
        town.visit("样一街4", "2", day(day=when), hour)
    for name in ("样一街3", "样一街4"):
        closing.close_door(town.office, town.units[name])
    town.at(day(day=11), 20)
    order = VisitOrder(town.units["样二街1"], "1", {"union_state": "3"}, corrects=wrong)
    recording.record_visit(town.office, order)
    town.visit("样二街2", "3", day(day=12))
    town.visit("样一街2", "1", day(day=12), union_state="1", union_name="样一街2工会")
    merging.merge(town.office, "employer", town.units["样二街2"], town.units["样二街3"])
    approve(town.office, [second])
    town.refuse(lost, day(day=13))
    town.join("", day(day=13))
    # The third: a door closed opens again, one unit comes, one goes, one is clear, one forgets.
    town.visit("样一街4", "1", day(day=16), **CLEAR | {"grid": "001"})
    town.visit("样二街4", "1", day(day=17), union_state="4", staff_total="12")
    undone = town.visit("样二街5", "1", day(day=17))
    undoing.take_back(town.office)
    assert undone
    town.edit("样楼5", retired_on="2026-03-17")
    town.at(day(day=18))
    town.office.database.write(
        town.office.intent("employer.add"),
        lambda write: town.add(write, "新店", town.streets["样楼"], "2026-03-18"),
    )
    town.visit(
        "新店", "7", day(day=18), staff_total="25", union_state="2", covering_union="样社区工会"
    )
    town.visit("样一街1", "1", day(day=19), union_state="7")
