"""周报: every number is that of a recount by plain SQL, in a town with everything that makes counting hard."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from organizer.domain.signup import Typed
from organizer.domain.weekly import GRID, MEASURES, STREET, Week, total
from organizer.errors import InvalidInput, NotFound
from organizer.i18n import SHANGHAI
from organizer.services import merging, undoing
from organizer.services.members import signup
from organizer.services.members.signup import SignupOrder
from organizer.services.places import gridding
from organizer.services.places.gridding import GridOrder
from organizer.services.reports import weekly
from organizer.services.survey import closing, recording
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.store.transaction import Write
from tests.support import offices
from tests.support.offices import Template, TickingClock, copy_office, open_office

COMMUNITY = "210106003006"
CLEAR = {
    "union_state": "6", "no_union_reason": "1", "staff_total": "12", "staff_women": "3",
    "staff_migrant": "0", "staff_new_form": "0",
}  # fmt: skip
# Mondays of a made-up March.
FIRST, SECOND, THIRD = date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16)
PHONES = (f"199000{number:05d}" for number in range(99))


class Town:
    """Two streets and a tower in a community, one street in a grid, and a unit without a place."""

    def __init__(self, office: Workspace, clock: TickingClock) -> None:
        self.office, self._clock = office, clock
        self.at(date(2026, 2, 20))
        self.units: dict[str, bytes] = {}
        self.streets: dict[str, bytes] = {}
        office.database.write(office.intent("employer.add"), self._build)
        grid = gridding.add_grid(office, GridOrder(COMMUNITY, "001", "东片"))
        gridding.hang(office, grid, [self.streets["样一街"]])

    def at(self, day: date, hour: int = 9) -> None:
        instant = datetime(day.year, day.month, day.day, hour, 30, tzinfo=SHANGHAI)
        self._clock.at = int(instant.timestamp() * 1000)

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

    def visit(self, name: str, outcome: str, day: date, hour: int = 9, /, **facts: str) -> bytes:
        self.at(day, hour)
        order = VisitOrder(self.units[name], outcome, facts)
        return recording.record_visit(self.office, order).visit

    def join(self, name: str, day: date) -> bytes:
        self.at(day)
        typed = Typed("样某", phone=next(PHONES))
        order = SignupOrder(typed, employer=self.units[name] if name else None)
        return signup.sign_up(self.office, order).membership

    def refuse(self, membership: bytes, day: date) -> None:
        self.at(day)

        def body(write: Write) -> None:
            write.set("membership", membership, {"state": "refused"})
            step = {"membership": membership, "from_state": "pending", "to_state": "refused"}
            write.insert("membership_step", {**step, "on_day": day.isoformat()})

        self.office.database.write(self.office.intent("signup.refuse"), body)

    def edit(self, name: str, **values: object) -> None:
        row = self.units[name]
        self.office.database.write(
            self.office.intent("employer.edit"), lambda write: write.set("employer", row, values)
        )


@pytest.fixture
def town(office_template: Template, tmp_path: Path) -> Iterator[Town]:
    copy_office(office_template.root, tmp_path / "town")
    clock = TickingClock()
    office = open_office(tmp_path / "town", clock=clock.clock())
    made = Town(office, clock)
    yield made
    assert offices.findings(office) == []
    office.close()


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
    signup.approve(town.office, [first])
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
    signup.approve(town.office, [second])
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


# The recount: one plain statement for each measure, of a unit's facts the newest of the best source.
NEWEST = """(SELECT f.value FROM fact f WHERE f.employer IN (SELECT x.id FROM employer x
    WHERE x.id = e.id OR x.merged_into = e.id) AND f.field = '{}' AND f.retired_on IS NULL
    AND f.observed_on <= :day ORDER BY f.observed_on DESC, f.id DESC LIMIT 1)"""
FAMILY = "(SELECT x.id FROM employer x WHERE x.id = e.id OR x.merged_into = e.id)"
HERE = """e.merged_into IS NULL AND (e.retired_on IS NULL OR e.retired_on > :day) AND NOT EXISTS
    (SELECT 1 FROM occupancy o WHERE o.employer = e.id AND o.since_on > :day)"""
REACHED = f"""EXISTS (SELECT 1 FROM visit v WHERE v.employer IN {FAMILY} AND v.retired_on IS NULL
    AND v.outcome <> '2' AND v.visited_on <= :day)"""
CLOSED = f"""EXISTS (SELECT 1 FROM effort c WHERE c.employer = e.id AND substr(c.closed_at, 1, 10)
    <= :day AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.employer IN {FAMILY} AND v.retired_on
    IS NULL AND v.outcome NOT IN ('2', '3') AND v.visited_at > c.closed_at AND v.visited_on <= :day))"""
UNFOUNDED = f"""{NEWEST.format("union_state")} IN ('3', '4', '5') AND
    coalesce({NEWEST.format("operating_state")}, '') NOT IN ('moved', 'closed', 'unfound')"""
STREETS = """SELECT e.id, coalesce(s.name, '没有地址的单位'), coalesce(g.code, '') FROM employer e
    LEFT JOIN occupancy o ON o.employer = e.id LEFT JOIN place d ON d.id = o.place
    LEFT JOIN place s ON s.id = CASE d.kind WHEN 'building' THEN d.parent ELSE d.id END
    LEFT JOIN grid g ON g.id = s.grid"""


def recounted(office: Workspace, condition: str, day: date) -> set[bytes]:
    sql = f"SELECT e.id FROM employer e WHERE {condition}"
    rows = office.database.read(lambda c: c.execute(sql, {"day": day.isoformat()}).fetchall())
    return {row for (row,) in rows}


def steps(office: Workspace, states: Sequence[str], first: date, last: date) -> set[bytes]:
    marks = ", ".join("?" * len(states))
    rows = office.database.read(
        lambda c: c.execute(
            f"SELECT membership FROM membership_step WHERE to_state IN ({marks})"
            " AND on_day BETWEEN ? AND ? AND retired_on IS NULL",
            (*states, first.isoformat(), last.isoformat()),
        ).fetchall()
    )
    return {row for (row,) in rows}


def figures(shown: weekly.Report, table: str, key: str) -> dict[str, tuple[int, int, int]]:
    found = {line.name: line.figure(key) for line in shown.told.tables[table]}
    return {
        name: (one.total, one.week, one.before)
        for name, one in found.items()
        if (one.total, one.week, one.before) != (0, 0, 0)
    }


def by_name(
    office: Workspace, sets: tuple[set[bytes], ...], place: int
) -> dict[str, tuple[int, ...]]:
    names = {row: names[place] for row, *names in office.database.read(
        lambda c: c.execute(STREETS).fetchall())}  # fmt: skip
    counts = [Counter(names[row] for row in one) for one in sets]
    found = {name: tuple(count[name] for count in counts) for count in counts for name in count}
    if place:
        found = {f"{name} 东片" if name else "没有划入网格": one for name, one in found.items()}
    return found


@pytest.mark.parametrize("monday", [FIRST, SECOND, THIRD])
def test_every_number_is_that_of_a_recount_by_plain_sql(town: Town, monday: date) -> None:
    lived(town)
    shown = weekly.report(town.office, monday)
    ends = [Week(monday).shifted(-back).sunday for back in range(3)]
    here = [recounted(town.office, HERE, day) for day in ends]

    def flow(condition: str) -> tuple[set[bytes], ...]:
        now, last, earlier = (recounted(town.office, condition, day) & here[0] for day in ends)
        return now, now - last, last - earlier

    wanted = {
        "due": (here[0], set(), here[1]),
        "reached": flow(REACHED),
        "closed": flow(CLOSED),
        "unfounded": (
            recounted(town.office, UNFOUNDED, ends[0]) & here[0],
            set[bytes](),
            recounted(town.office, UNFOUNDED, ends[1]) & here[1],
        ),
    }
    for place, table in enumerate((STREET, GRID)):
        for key, sets in wanted.items():
            assert figures(shown, table, key) == by_name(town.office, sets, place), (table, key)
    for key, states in (("joined", ("full", "temporary")), ("returned", ("refused",))):
        spans = [(FIRST, ends[0]), (monday, ends[0]), (Week(monday).shifted(-1).monday, ends[1])]
        counted = [len(steps(town.office, states, *span)) for span in spans]
        for table in (STREET, GRID):
            whole = total(shown.told.tables[table]).figure(key)
            assert [whole.total, whole.week, whole.before] == counted, (table, key)


def test_what_three_weeks_brought(town: Town) -> None:
    """The same town told in numbers that can be followed by hand."""
    lived(town)
    told = {
        monday: {
            key: total(weekly.report(town.office, monday).told.tables[STREET]).figure(key)
            for key in ("due", "clear", "closed", "founded", "joined", "pending", "returned")
        }
        for monday in (FIRST, SECOND, THIRD)
    }

    def numbers(key: str) -> list[tuple[int, int, int]]:
        return [(one[key].total, one[key].week, one[key].before) for one in told.values()]

    # Sixteen, two of them merged; in the third week one retired and one came.
    assert numbers("due") == [(15, 0, 15), (15, 0, 15), (15, 0, 15)]
    # 样一街1 was clear from the first week on, until somebody said that its union is to be verified.
    assert numbers("clear") == [(1, 1, 0), (1, 0, 1), (1, 1, 0)]
    assert numbers("closed") == [(0, 0, 0), (2, 2, 0), (1, 0, 2)]
    # 无址店 on the day it says; 样一街2 on the day 有 was first told after 无. 新店 was covered before.
    assert numbers("founded") == [(1, 1, 0), (2, 1, 1), (2, 0, 1)]
    assert numbers("joined") == [(1, 1, 0), (2, 1, 1), (2, 0, 1)]
    assert numbers("pending") == [(3, 0, 0), (2, 0, 3), (2, 0, 2)]
    assert numbers("returned") == [(0, 0, 0), (1, 1, 0), (1, 0, 1)]


def test_the_week_under_way_is_that_of_the_lamps(town: Town) -> None:
    lived(town)
    shown = weekly.report(town.office)
    assert shown.told.week == Week(THIRD) and shown.told.is_running
    recording.settle_lamps(town.office)
    (clear,) = town.office.database.read(
        lambda c: c.execute("SELECT count(*) FROM lamp_now WHERE lights = 'cccc'").fetchone()
    )
    assert total(shown.told.tables[STREET]).figure("clear").total == clear == 1


def test_every_number_opens_its_rows(town: Town) -> None:
    lived(town)
    shown = weekly.report(town.office)
    for table, lines in shown.told.tables.items():
        for line in lines:
            for measure, figure in zip(MEASURES, line.figures, strict=True):
                for part in ("total", "week", "before"):
                    rows = weekly.behind(town.office, shown, table, line.key, measure.key, part)
                    assert len(rows) == getattr(figure, part)
    closed = weekly.behind(town.office, shown, STREET, None, "closed")
    assert [one.name for one in closed] == ["样一街3"]
    joined = weekly.behind(town.office, shown, STREET, None, "joined")
    assert all(one.person and one.name == "样某" for one in joined)


@pytest.mark.parametrize(("denominator", "due"), [("ten", 5), ("twenty_five", 2), ("all", 15)])
def test_the_office_chooses_of_which_units_shares_are_counted(
    town: Town, denominator: str, due: int
) -> None:
    lived(town)
    told = weekly.report(town.office, denominator=denominator).told
    whole = total(told.tables[STREET])
    assert (told.denominator, whole.figure("due").total) == (denominator, due)
    # People count whatever the size of their unit.
    assert whole.figure("joined").total == 2
    assert all(whole.figure(key).total <= due for key in ("reached", "clear", "closed", "founded"))
    # The round's own choice stands when nothing else is asked for.
    town.office.database.write(
        town.office.intent("round.edit"),
        lambda write: write.set("round", _round(write), {"denominator": denominator}),
    )
    assert weekly.report(town.office).told == told


def _round(write: Write) -> bytes:
    (row,) = write.connection.execute("SELECT id FROM round").fetchone()
    return bytes(row)


def test_what_cannot_be_reported_is_said_in_one_sentence(town: Town) -> None:
    town.at(FIRST)
    with pytest.raises(NotFound) as none:
        weekly.report(town.office)
    assert "请先开一个批次" in none.value.sentence()
    recording.open_round(town.office, "春季排查", FIRST, None)
    with pytest.raises(InvalidInput) as ahead:
        weekly.report(town.office, SECOND)
    assert "2026-03-09 那一周还没有开始" in ahead.value.sentence()
    with pytest.raises(InvalidInput) as early:
        weekly.report(town.office, date(2026, 2, 20))
    assert "还没有排查批次" in early.value.sentence()


def test_an_office_without_a_unit_has_a_report_of_noughts(office: Workspace) -> None:
    recording.open_round(office, "春季排查", office.today, None)
    told = weekly.report(office).told
    assert told.tables == {STREET: (), GRID: ()}
    assert total(told.tables[STREET]).share("reached") is None
