"""One list read in two offices that never met: the same ids, and nothing twice when they do meet."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from organizer import resources
from organizer.services.lists import importing
from organizer.services.workspace import Workspace
from organizer.store import accounts, integrity
from organizer.store.driver import Connection
from tests.support import offices

FROM_LISTS = ("place", "employer", "occupancy", "fact")
LISTS = ("01_*.xlsx", "02_*.xls")


def sample(pattern: str) -> Path:
    (found,) = resources.path("sample").glob(pattern)
    return found


def take(workspace: Workspace, *patterns: str, on: date = date(2026, 3, 2)) -> None:
    for pattern in patterns:
        imported = importing.import_list(workspace, sample(pattern), as_of=on)
        assert imported.added + imported.known > 20


def ids_of(workspace: Workspace) -> dict[str, set[bytes]]:
    def query(connection: Connection) -> dict[str, set[bytes]]:
        return {
            table: {row for (row,) in connection.execute(f"SELECT id FROM {table}")}
            for table in FROM_LISTS
        }

    return workspace.database.read(query)


def ledger(workspace: Workspace) -> dict[str, int]:
    told = workspace.database.read(integrity.fingerprints)
    return {table: told[table] for table in FROM_LISTS}


def conflicts(workspace: Workspace) -> list[tuple[str, str]]:
    return workspace.database.read(
        lambda c: sorted(c.execute("SELECT DISTINCT tbl, field FROM conflict"))
    )


@pytest.fixture
def strangers(office: Workspace, tmp_path: Path) -> Iterator[tuple[Workspace, Workspace]]:
    """Two offices made separately: other key, device, account and office row."""
    other = offices.make_office(
        tmp_path / "other", name="另一样例总工会", account="另管理"
    ).workspace
    yield office, other
    other.close()


def test_the_same_lists_make_the_same_ids_and_nothing_is_twice(
    strangers: tuple[Workspace, Workspace],
) -> None:
    one, other = strangers
    assert one.database.folder.keyring.read_bytes() != other.database.folder.keyring.read_bytes()
    for workspace in strangers:
        take(workspace, *LISTS)
    assert ids_of(one) == ids_of(other)
    assert ledger(one) == ledger(other)
    before = ids_of(one)
    offices.exchange(one.database, other.database)
    assert ids_of(one) == ids_of(other) == before
    assert ledger(one) == ledger(other)
    assert conflicts(one) == conflicts(other) == []
    # An office met by exchange does not take the place of the file's own.
    for workspace in strangers:
        assert workspace.database.read(accounts.office) == workspace.office
    assert [offices.findings(workspace) for workspace in strangers] == [[], []]


def test_the_same_lists_in_another_order_and_on_another_day_agree(
    strangers: tuple[Workspace, Workspace],
) -> None:
    one, other = strangers
    take(one, *LISTS)
    take(other, *LISTS[::-1], on=date(2026, 3, 9))
    units, places = ids_of(one)["employer"], ids_of(one)["place"]
    assert ids_of(other)["employer"] == units
    assert ids_of(other)["place"] == places
    offices.exchange(one.database, other.database)
    assert ids_of(one)["employer"] == units
    assert ids_of(one)["place"] == places
    assert ledger(one) == ledger(other)
    assert conflicts(one) == conflicts(other) == []
    assert [offices.findings(workspace) for workspace in strangers] == [[], []]
