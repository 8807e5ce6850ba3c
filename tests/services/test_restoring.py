"""A backup comes back: on an empty machine, over what was there, or not at all."""

from collections.abc import Callable
from pathlib import Path

import pytest

from organizer.domain.signup import Typed
from organizer.errors import (
    DatabaseDamaged,
    DatabaseLocked,
    NotFound,
    OrganizerError,
    WrongPassword,
)
from organizer.paths import DataFolder
from organizer.services import finding
from organizer.services.members import erasing, signup
from organizer.services.members.signup import SignupOrder
from organizer.services.office import backing_up, restoring
from organizer.services.workspace import Workspace
from tests.support import offices, plain_pages
from tests.support.offices import ACCOUNT, PASSWORD, add_unit

NAME, PHONE = "麴夔翀", "19987650001"


def restored(backup: Path, folder: DataFolder, password: str = PASSWORD) -> restoring.Restored:
    return restoring.restore(backup, folder, ACCOUNT, password)


def test_a_backup_comes_back_on_an_empty_machine(
    office: Workspace, stick: Path, tmp_path: Path
) -> None:
    add_unit(office, "归来样例商行")
    made = backing_up.make(office, stick)
    office.close()
    new = DataFolder(tmp_path / "new machine" / "data")
    done = restored(stick, new)
    assert (done.aside, done.erased, done.missing) == (None, 0, 0)
    assert done.line.folder == made.backup.folder
    again = offices.open_office(new.root)
    assert [hit.name for hit in finding.find(again, "归来")] == ["归来样例商行"]
    assert offices.findings(again) == []
    assert backing_up.state(again).sentence() == "尚未备份"  # from here on its backups are its own
    again.close()
    assert list(new.root.parent.iterdir()) == [new.root]


def test_what_was_there_stays_beside_and_opens(office: Workspace, stick: Path) -> None:
    folder = office.database.folder
    backing_up.make(office, stick)
    add_unit(office, "备份后样例商行")
    before = offices.writes_of(office.database)
    office.close()
    done = restored(stick, folder)
    assert done.aside is not None and done.aside.parent == folder.root.parent
    here, there = offices.open_office(folder.root), offices.open_office(done.aside)
    assert finding.find(here, "备份后") == []
    assert finding.find(there, "备份后") != []
    # Both go on, and no number is used twice: they can be brought together.
    add_unit(here, "此处样例商行")
    add_unit(there, "彼处样例商行")
    offices.exchange(here.database, there.database)
    for workspace in (here, there):
        assert len(offices.writes_of(workspace.database)) == len(before) + 2
        assert offices.findings(workspace) == []
        workspace.close()


def test_whoever_was_erased_since_is_erased_again(
    office: Workspace, stick: Path, tmp_path: Path
) -> None:
    joined = signup.sign_up(office, SignupOrder(Typed(NAME, phone=PHONE)))
    folder = office.database.folder
    backing_up.make(office, stick)
    erasing.erase_person(office, joined.person, "本人要求")
    office.close()
    done = restored(stick, folder)
    assert done.erased == 1
    again = offices.open_office(folder.root)
    assert finding.find(again, NAME) == []
    assert offices.findings(again) == []
    again.close()
    texts = plain_pages.everything(folder, tmp_path / "state")
    assert [word for word in (NAME[:2], NAME[1:], PHONE) if plain_pages.where(texts, word)] == []


def test_where_the_present_data_cannot_be_read_it_says_so(office: Workspace, stick: Path) -> None:
    folder = office.database.folder
    backing_up.make(office, stick)
    office.close()
    folder.database.write_bytes(b"\0" * 8192)
    done = restored(stick, folder)
    assert done.erased is None
    assert done.aside is not None and (done.aside / "office.db").stat().st_size == 8192
    offices.open_office(folder.root).close()


def harm_nothing(folder: DataFolder) -> None:
    pass


def harm_database(folder: DataFolder) -> None:
    with folder.database.open("r+b") as data:
        data.seek(4096 * 20 + 7)
        data.write(b"rot")


def harm_length(folder: DataFolder) -> None:
    with folder.database.open("r+b") as data:
        data.truncate(folder.database.stat().st_size // 2 // 4096 * 4096)


@pytest.mark.parametrize(
    ("harm", "password", "kind"),
    [
        (harm_nothing, "not the password", WrongPassword),
        (harm_database, PASSWORD, DatabaseDamaged),
        (harm_length, PASSWORD, DatabaseDamaged),
    ],
)
def test_a_restore_that_cannot_be_leaves_everything_as_it_was(
    office: Workspace,
    stick: Path,
    harm: Callable[[DataFolder], None],
    password: str,
    kind: type[OrganizerError],
) -> None:
    folder = office.database.folder
    made = backing_up.make(office, stick)
    add_unit(office, "备份后样例商行")
    office.close()
    harm(made.backup.files)
    with pytest.raises(kind):
        restored(stick, folder, password)
    assert sorted(file.name for file in folder.root.parent.glob("office*")) == ["office"]
    again = offices.open_office(folder.root)
    assert finding.find(again, "备份后") != []
    again.close()


def test_nothing_is_restored_over_an_open_office(office: Workspace, stick: Path) -> None:
    backing_up.make(office, stick)
    with pytest.raises(DatabaseLocked):
        restored(stick, office.database.folder)
    assert office.database.folder.keyring.exists()


def test_a_folder_without_backups_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as refused:
        restored(tmp_path, DataFolder(tmp_path / "data"))
    assert "没有找到备份" in refused.value.sentence()
