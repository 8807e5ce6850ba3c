"""Lamps are kept for counting: whatever changes a unit's lamps, the count is that of the cards."""

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from organizer.domain import ids
from organizer.services import today
from organizer.services.places import gridding
from organizer.services.places.gridding import GridOrder
from organizer.services.survey import recording
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.store import integrity, lamps
from organizer.store.transaction import Write
from tests.support import offices

DAY = date(2026, 1, 5)
TOLD = {"staff_total": "12", "staff_women": "3", "staff_migrant": "0", "staff_new_form": "0"}


@pytest.fixture
def street(office: Workspace) -> dict[str, bytes]:
    """Two units behind a door of a street in a community, a round open."""

    def body(write: Write) -> dict[str, bytes]:
        (community,) = write.connection.execute(
            "SELECT id FROM place WHERE division_code LIKE '210106003%' AND"
            " division_code NOT LIKE '%000' LIMIT 1"
        ).fetchone()
        code = "210106003001"
        street = write.insert(
            "place",
            {"parent": community, "kind": "street", "name": "样街", "division_code": code},
        )
        door = write.insert(
            "place", {"parent": street, "kind": "building", "name": "1号", "division_code": code}
        )
        made = {"street": street, "door": door}
        for name in ("甲", "乙"):
            made[name] = write.insert("employer", {"name": f"样{name}店"})
            write.insert(
                "occupancy", {"employer": made[name], "place": door, "since_on": "2026-01-01"}
            )
        return made

    made = office.database.write(office.intent("employer.add"), body)
    recording.open_round(office, "样例批次", DAY, None)
    return made


def of_cards(office: Workspace) -> Counter[str]:
    """What the cards show, each looked at on its own."""
    rows = office.database.read(
        lambda c: c.execute(
            "SELECT id FROM employer WHERE retired_on IS NULL AND merged_into IS NULL"
        ).fetchall()
    )
    return Counter(lamps.lights(recording.lamps_of(office, row)) for (row,) in rows)


def counted(office: Workspace) -> Counter[str]:
    today.clears_of_round(office)
    return office.database.read(lambda c: lamps.counted(c, ""))


def visit(office: Workspace, made: dict[str, bytes]) -> None:
    recording.record_visit(office, VisitOrder(made["甲"], "1", TOLD, on=office.today))


def change(
    table: str, row: str, **values: str | bytes
) -> Callable[[Workspace, dict[str, bytes]], None]:
    def act(office: Workspace, made: dict[str, bytes]) -> None:
        office.database.write(
            office.intent("place.edit"), lambda write: write.set(table, made[row], values)
        )

    return act


def leave(office: Workspace, made: dict[str, bytes]) -> None:
    row = office.database.read(
        lambda c: c.execute("SELECT id FROM occupancy WHERE employer = ?", (made["甲"],)).fetchone()
    )[0]
    office.database.write(
        office.intent("employer.edit"),
        lambda write: write.set("occupancy", row, {"until_on": "2026-02-01"}),
    )


def hang(office: Workspace, made: dict[str, bytes]) -> None:
    grid = gridding.add_grid(office, GridOrder("210106003", "001"))
    gridding.hang(office, grid, [made["street"]])


def merge(office: Workspace, made: dict[str, bytes]) -> None:
    office.database.write(
        office.intent("employer.merge"),
        lambda write: write.set("employer", made["甲"], {"merged_into": made["乙"]}),
    )


def next_round(office: Workspace, _made: dict[str, bytes]) -> None:
    recording.open_round(office, "下一批次", office.today, None)


@pytest.mark.parametrize(
    "act",
    [
        visit,
        change("employer", "甲", name="样甲新店"),
        change("employer", "乙", retired_on="2026-02-01"),
        hang,
        change("place", "door", parent=ids.derived_id("none")),
        leave,
        merge,
        next_round,
    ],
)
def test_the_count_follows_every_change(
    office: Workspace,
    street: dict[str, bytes],
    act: Callable[[Workspace, dict[str, bytes]], None],
) -> None:
    visit(office, street)
    before = counted(office)
    assert before == of_cards(office) and before.total() == 2 and len(before) == 2
    act(office, street)
    # The change alone, then all that it made count anew.
    assert not offices.findings(office)
    assert counted(office) == of_cards(office)
    assert not offices.findings(office)


def test_a_wrong_light_is_found_and_mended(office: Workspace, street: dict[str, bytes]) -> None:
    visit(office, street)
    right = counted(office)
    office.database.local(lambda c: c.execute("UPDATE lamp_now SET lights = 'cccc'"))
    assert offices.findings(office) == ["check.lamps"]
    office.database.exclusive(integrity.rebuild)
    assert counted(office) == right
