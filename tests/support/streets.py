"""A street of units for tests of what is printed, filled in and read back."""

from collections.abc import Iterable
from datetime import timedelta

from organizer.services import survey
from organizer.services.workspace import Workspace
from organizer.store import employers, places
from organizer.store.transaction import Write

COMMUNITY = "210106003006"
STREET = "试样街"
ROUND = "试样批次"
BEFORE = 20
"""So many days ago the round began."""

Unit = tuple[str, str, str]
"""House, door ("" for none) and name."""

UNITS: tuple[Unit, ...] = (
    ("10号", "", "十号试样饭店"),
    ("9号", "102室", "九号试样里间"),
    ("9号", "101室", "九号试样外间"),
    ("2号", "", "二号试样饭店"),
)


def lay_out(workspace: Workspace, units: Iterable[Unit] = UNITS) -> dict[str, bytes]:
    """A street with units and a round that began some days ago; ids by name."""
    ids: dict[str, bytes] = {}

    def body(write: Write) -> None:
        home = places.division_by_code(write.connection, COMMUNITY)
        assert home is not None
        way = places.ensure(write, home, "street", STREET)
        ids[STREET], ids["社区"] = way.id, home.id
        for house, door, name in units:
            place = places.ensure(write, way, "building", house)
            place = places.ensure(write, place, "door", door) if door else place
            ids[name] = write.insert("employer", {"name": name})
            employers.occupy(write, ids[name], place.id, "2026-01-01")

    workspace.database.write(workspace.intent("employer.add"), body)
    survey.open_round(workspace, ROUND, workspace.today - timedelta(BEFORE), None)
    return ids
