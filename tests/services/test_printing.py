"""A paper on record is a paper somebody has, and the other way round."""

from pathlib import Path

import pytest

from organizer.domain.signup import Typed
from organizer.errors import Conflict, DeviceMissing, OrganizerError
from organizer.services import finding
from organizer.services.members import signup
from organizer.services.members.printing import Printer, reads_back
from organizer.services.members.signup import SignupOrder
from organizer.services.workspace import Workspace
from tests.support.offices import findings


@pytest.fixture
def membership(office: Workspace) -> bytes:
    return signup.sign_up(office, SignupOrder(Typed("样例人", phone="19900838865"))).membership


def on_record(office: Workspace) -> int:
    """Papers and their contents."""
    (rows,) = office.database.read(lambda c: c.execute("SELECT count(*) FROM paper").fetchone())
    (kept,) = office.database.attach(lambda c: c.execute("SELECT count(*) FROM content").fetchone())
    return int(rows + kept)


def test_a_printed_paper_is_found_by_its_code(
    office: Workspace, membership: bytes, tmp_path: Path
) -> None:
    printed = Printer(office).print_signup(membership, tmp_path / "paper.pdf")
    assert reads_back(printed)
    assert finding.by_paper(office, f"ORG1:RH-01:1:{printed.short_id}").name == "样例人"
    with pytest.raises(Conflict):
        Printer(office).print_signup(membership, tmp_path / "paper.pdf")
    assert on_record(office) == 4


@pytest.mark.parametrize("name", ["nowhere/paper.pdf", "很长的名字" * 60 + ".pdf", "link.pdf"])
def test_a_file_that_cannot_be_written_leaves_no_record(
    office: Workspace, membership: bytes, tmp_path: Path, name: str
) -> None:
    (tmp_path / "link.pdf").symlink_to(tmp_path / "gone")
    with pytest.raises(OrganizerError) as refused:
        Printer(office).print_signup(membership, tmp_path / name)
    assert isinstance(refused.value, DeviceMissing | Conflict)
    assert on_record(office) == 0 and findings(office) == []


def test_a_record_that_cannot_be_made_leaves_no_paper(
    office: Workspace, membership: bytes, tmp_path: Path
) -> None:
    office.database.attach(lambda c: c.execute("ALTER TABLE content RENAME TO away"))
    with pytest.raises(Exception, match="content"):
        Printer(office).print_signup(membership, tmp_path / "paper.pdf")
    assert not (tmp_path / "paper.pdf").exists()
    office.database.attach(lambda c: c.execute("ALTER TABLE away RENAME TO content"))
    assert on_record(office) == 0
