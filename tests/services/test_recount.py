"""Status, tree, weekly report and what waits to be reported, beside a recount by plain SQL on the sample."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from organizer import resources
from organizer.domain.weekly import STREET
from organizer.services import merging
from organizer.services.lists import importing
from organizer.services.places import gridding
from organizer.services.places.gridding import GridOrder
from organizer.services.reports import weekly
from organizer.services.survey import closing, recording, status, walking
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.store import members
from organizer.store.transaction import Write
from tests.support import walked
from tests.support.offices import Template, copy_office, open_office

# What hangs on which walk: upwards from the newest door of every unit, redirects followed.
_WALKS = """
    WITH RECURSIVE seat (unit, place) AS (
        SELECT e.id, (SELECT o.place FROM occupancy o WHERE o.employer = e.id
            AND o.retired_on IS NULL AND o.until_on IS NULL
            ORDER BY o.since_on DESC, o.n DESC LIMIT 1)
        FROM employer e WHERE e.retired_on IS NULL AND e.merged_into IS NULL
    ),
    up (unit, id, below) AS (
        SELECT unit, place, NULL FROM seat
        UNION ALL
        SELECT u.unit, coalesce(p.merged_into, p.parent),
            CASE WHEN p.merged_into IS NULL THEN p.id ELSE u.below END
        FROM up u JOIN place p ON p.id = u.id
        WHERE p.kind <> 'division' OR p.merged_into IS NOT NULL
    )
    SELECT u.unit, CASE WHEN b.kind IN ('street', 'crossing', 'tower', 'village_group')
        THEN b.id ELSE coalesce(p.id, x'') END
    FROM up u LEFT JOIN place p ON p.id = u.id LEFT JOIN place b ON b.id = u.below
    WHERE p.kind = 'division' AND p.merged_into IS NULL OR u.id IS NULL
"""
_FAMILY = "IN (SELECT d.id FROM employer d WHERE d.id = e.id OR d.merged_into = e.id)"
_REACHED = f"""EXISTS (SELECT 1 FROM visit v WHERE v.employer {_FAMILY} AND v.retired_on IS NULL
    AND v.outcome <> '2')"""
_CLOSED = f"EXISTS (SELECT 1 FROM effort c WHERE c.employer {_FAMILY} AND c.retired_on IS NULL)"
_CLEAR = "EXISTS (SELECT 1 FROM lamp_now l WHERE l.employer = e.id AND l.lights = 'cccc')"


@pytest.fixture(scope="module")
def surveyed(office_template: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample walked in part; some units moved, merged, without a place; a street merged away."""
    folder = tmp_path_factory.mktemp("recount") / "office"
    copy_office(office_template.root, folder)
    office = open_office(folder)
    for sample in resources.path("sample").glob("01_*.xlsx"):
        importing.import_list(office, sample)
    recording.open_round(office, "样例批次", office.today, None)
    walked.walk(office)
    street = walked.walk_of(office, walked.STREET)
    grid = gridding.add_grid(office, GridOrder(_code_of(office, street), "001", "东片"))
    gridding.hang(office, grid, [street])
    doors = walking.way(office, street).doors
    for twin, kept in ((doors[0], doors[-1]), (doors[-2], doors[1])):
        merging.merge(office, "employer", twin.employer, kept.employer)
    recording.record_visit(office, VisitOrder(doors[0].employer, "1", {"union_state": "1"}))
    refused = walking.way(office, street).doors[-4].employer
    recording.record_visit(office, VisitOrder(refused, "3"))
    closing.close_door(office, refused, refusal_confirmed=True)
    _move(office, [door.employer for door in doors[2:5]])
    office.close()
    return folder


def _code_of(office: Workspace, street: bytes) -> str:
    sql = "SELECT division_code FROM place WHERE id = ?"
    (code,) = office.database.read(lambda c: c.execute(sql, (street,)).fetchone())
    return str(code)


def _move(office: Workspace, units: list[bytes]) -> None:
    """One has a second, newer door in the tower, one lost its only door, one went out of use."""
    tower, today = walked.walk_of(office, walked.TOWER), office.today.isoformat()

    def body(write: Write) -> None:
        write.insert("occupancy", {"employer": units[0], "place": tower, "since_on": today})
        (seat,) = write.connection.execute(
            "SELECT id FROM occupancy WHERE employer = ?", (units[1],)
        ).fetchone()
        write.set("occupancy", seat, {"until_on": today})
        write.set("employer", units[2], {"retired_on": today})

    office.database.write(office.intent("employer.edit"), body)


@pytest.fixture
def office(surveyed: Path, tmp_path: Path) -> Iterator[Workspace]:
    copy_office(surveyed, tmp_path / "office")
    opened = open_office(tmp_path / "office")
    yield opened
    opened.close()


def recounted(office: Workspace) -> dict[bytes, tuple[int, int, int, int]]:
    """Units, reached, closed and clear of every walk."""
    recording.settle_lamps(office)
    sql = f"SELECT e.id, {_REACHED}, {_CLOSED}, {_CLEAR} FROM employer e"
    units = {row: told for row, *told in office.database.read(lambda c: c.execute(sql).fetchall())}
    counts: dict[bytes, Counter[int]] = {}
    for unit, walk in office.database.read(lambda c: c.execute(_WALKS).fetchall()):
        count = counts.setdefault(walk, Counter())
        count.update([0])
        count.update({at: lit for at, lit in enumerate(units[unit], start=1) if lit})
    return {walk: tuple(count[at] for at in range(4)) for walk, count in counts.items()}  # type: ignore[misc]


def test_status_tree_and_weekly_report_are_a_recount_by_plain_sql(office: Workspace) -> None:
    wanted = recounted(office)
    assert sum(one[0] for one in wanted.values()) > 300
    assert all(sum(column) for column in zip(*wanted.values(), strict=True))
    shown = {
        one.place: (one.units, one.reached, one.closed, one.clear)
        for one in status.status(office).walks
        if one.units
    }
    assert shown == wanted
    nodes = {node.id: node for node in walking.tree(office).nodes}
    walks = {row for row in wanted if row in nodes and nodes[row].kind != "division"}
    assert {row: nodes[row].units for row in walks} == {row: wanted[row][0] for row in walks}
    assert {row: nodes[row].reached for row in walks} == {row: wanted[row][1] for row in walks}
    told = {
        line.key: tuple(line.figure(key).total for key in ("due", "reached", "closed", "clear"))
        for line in weekly.report(office).told.tables[STREET]
    }
    assert told == wanted


def test_grids_together_are_the_walks_together(office: Workspace) -> None:
    walks, grids = status.status(office).total, status.by_grid(office).total
    assert (grids.units, grids.reached, grids.closed, grids.clear, grids.lamps) == (
        walks.units, walks.reached, walks.closed, walks.clear, walks.lamps
    )  # fmt: skip
    hung = next(one for one in status.by_grid(office).walks if one.place)
    street = walked.walk_of(office, walked.STREET)
    of_street = next(one for one in status.status(office).walks if one.place == street)
    assert (hung.units, hung.reached, hung.clear) == (
        of_street.units, of_street.reached, of_street.clear
    )  # fmt: skip


def test_what_waits_to_be_reported_is_a_recount(office: Workspace) -> None:
    """Members in a sealed batch, out of use, or erased are not waiting; those of a draft are."""
    union = b"u" * 16

    def body(write: Write) -> None:
        write.insert("union_org", {"name": "样工会"}, union)
        sealed, draft = (write.insert("batch", {"state": one}) for one in ("sealed", "draft"))
        for number in range(8):
            person = write.insert("person", {"name": f"样某{number}"})
            state = "pending" if number == 6 else "full"
            values = {"person": person, "union_org": union, "state": state}
            membership = write.insert("membership", values)
            item = {"membership": membership, "person": person}
            if number in (0, 1, 2, 3):
                write.insert("batch_item", {**item, "batch": sealed if number < 3 else draft})
            if number in (2, 4):
                write.retire("membership", membership, "2026-11-01")
            if number == 5:
                write.retire("person", person, "2026-11-01")

    office.database.write(office.intent("signup.add"), body)
    # Of eight: three sealed (one of them out of use as well), one more out of use, one person
    # gone, one not approved.
    assert office.database.read(members.unreported) == {union: 2}
    assert len(office.database.read(lambda c: members.to_report(c, union))) == 2
