"""A street of units for tests of what is printed, filled in and read back."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from organizer.services.survey import recording
from organizer.services.workspace import Workspace
from organizer.store import employers, places
from organizer.store.transaction import Write
from tests.support.offices import Template, copy_office, open_office

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
    recording.open_round(workspace, ROUND, workspace.today - timedelta(BEFORE), None)
    return ids


@contextmanager
def two_laptops(
    template: Template, folder: Path
) -> Iterator[tuple[list[Workspace], dict[str, bytes]]]:
    """Two copies of an office with the street that never met since; ids by name."""
    copy_office(template.root, folder / "one")
    first = open_office(folder / "one")
    street = lay_out(first)
    first.close()
    copy_office(folder / "one", folder / "two")
    copies = [open_office(folder / name) for name in ("one", "two")]
    try:
        yield copies, street
    finally:
        for copy in copies:
            copy.close()
