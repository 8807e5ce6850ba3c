"""What work is done on: a street of units, and a stick to write to."""

from pathlib import Path

import pytest

from organizer.services.paper import collecting
from organizer.services.workspace import Workspace
from tests.support.streets import STREET, lay_out


@pytest.fixture
def street(office: Workspace) -> dict[str, bytes]:
    """The street of `streets` in the office; ids by name."""
    return lay_out(office)


@pytest.fixture
def book(office: Workspace, street: dict[str, bytes], tmp_path: Path) -> Path:
    """The collection workbook of the street as it is handed out."""
    out = tmp_path / "采集表.xlsx"
    made = collecting.make(office, street[STREET], out)
    assert (made.name, made.units, made.blanks) == (STREET, 4, 20)
    return out


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder as on a stick, its name in hanzi."""
    folder = tmp_path / "U盘"
    folder.mkdir()
    return folder
