"""(device, seq) is never used twice, however files are copied, moved and put back."""

import shutil
from pathlib import Path

import pytest

from organizer.domain.changes import Head
from organizer.services.workspace import Workspace
from organizer.store.transaction import Write
from tests.support import offices
from tests.support.offices import Template, TickingClock, open_office, writes_of


@pytest.fixture
def home(office_template: Template, tmp_path: Path) -> Path:
    """A closed office that was opened and written in where it lies."""
    offices.copy_office(office_template.root, tmp_path / "office")
    work(tmp_path / "office", "始")
    return tmp_path / "office"


def work(home: Path, name: str, writes: int = 2) -> dict[Head, bytes]:
    """Open, write a little, close; returns every change in the log with what proves its value."""
    workspace = open_office(home)
    for _number in range(writes):
        workspace.database.write(
            workspace.intent("employer.add"),
            lambda write: write.insert("employer", {"name": f"{name}样例商行", "phone": "1"}),
        )
    told = log(workspace)
    assert offices.findings(workspace) == []
    workspace.close()
    return told


def log(workspace: Workspace) -> dict[Head, bytes]:
    return {
        logged.change.head: logged.digest
        for write in writes_of(workspace.database)
        for logged in write.changes
    }


def devices(told: dict[Head, bytes]) -> set[bytes]:
    return {head.device for head in told}


def assert_no_number_was_used_twice(*logs: dict[Head, bytes]) -> None:
    everything: dict[Head, bytes] = {}
    for told in logs:
        for head, digest in told.items():
            assert everything.setdefault(head, digest) == digest
        for device in devices(told):
            numbers = sorted(head.seq for head in told if head.device == device)
            assert numbers == list(range(1, len(numbers) + 1))


def test_a_file_that_stays_where_it_is_stays_the_same_incarnation(home: Path) -> None:
    before = work(home, "甲")
    after = work(home, "乙")
    assert devices(after) == devices(before)
    assert_no_number_was_used_twice(before, after)


def test_opening_without_writing_uses_no_number_and_changes_no_incarnation(home: Path) -> None:
    before = work(home, "甲")
    for _time in range(3):
        assert devices(work(home, "看", writes=0)) == devices(before)
    assert devices(work(home, "乙")) == devices(before)


def test_a_copy_opened_elsewhere_begins_anew_and_both_go_on(home: Path, tmp_path: Path) -> None:
    offices.copy_office(home, tmp_path / "copy")
    here, there = work(home, "此处"), work(tmp_path / "copy", "彼处")
    (fresh,) = devices(there) - devices(here)
    assert [head.seq for head in there if head.device == fresh] == [1, 2]
    assert_no_number_was_used_twice(here, there, work(home, "再"), work(tmp_path / "copy", "再"))


def test_a_copy_whose_clock_is_slow_still_writes_later_than_all_it_holds(
    home: Path, tmp_path: Path
) -> None:
    long_ago = TickingClock(1_000_000_000_000)
    offices.copy_office(home, tmp_path / "copy")
    open_office(tmp_path / "copy", clock=long_ago.clock()).close()
    workspace = open_office(tmp_path / "copy", clock=long_ago.clock())
    latest = times(workspace)[-1]
    workspace.database.write(
        workspace.intent("employer.add"), lambda write: write.insert("employer", {"name": "样例"})
    )
    assert times(workspace)[-1] > latest
    workspace.close()


def times(workspace: Workspace) -> list[int]:
    """The hybrid time of every change, as they were written."""
    return [
        logged.change.hlc for write in writes_of(workspace.database) for logged in write.changes
    ]


def test_a_moved_folder_begins_anew_also_when_it_comes_back(home: Path, tmp_path: Path) -> None:
    first = work(home, "甲")
    moved = home.rename(tmp_path / "moved")
    second = work(moved, "乙")
    moved.rename(home)
    third = work(home, "丙")
    assert len(devices(first)) < len(devices(second)) < len(devices(third))
    assert_no_number_was_used_twice(first, second, third)


def test_an_older_backup_put_back_begins_anew(home: Path, tmp_path: Path) -> None:
    before = work(home, "备份前")
    backup = shutil.copytree(home, tmp_path / "backup")
    lost = work(home, "备份后")
    assert devices(lost) == devices(before)
    shutil.rmtree(home)
    shutil.copytree(backup, home)
    after = work(home, "恢复后")
    assert len(devices(after)) == len(devices(before)) + 1
    assert_no_number_was_used_twice(before, lost, after)
    # Put back a second time, after the restored file was written in: a third incarnation.
    shutil.rmtree(home)
    shutil.copytree(backup, home)
    again = work(home, "再恢复")
    assert_no_number_was_used_twice(before, lost, after, again)


def test_only_the_database_file_put_back_begins_anew(home: Path, tmp_path: Path) -> None:
    before = work(home, "备份前")
    shutil.copy(home / "office.db", tmp_path / "office.db")
    lost = work(home, "备份后")
    shutil.copy(tmp_path / "office.db", home / "office.db")
    after = work(home, "恢复后")
    assert_no_number_was_used_twice(before, lost, after)
    assert len(devices(after)) == len(devices(before)) + 1


def test_a_backup_of_now_put_back_goes_on_where_it_stands(home: Path, tmp_path: Path) -> None:
    before = work(home, "备份前")
    shutil.copytree(home, tmp_path / "backup")
    shutil.rmtree(home)
    shutil.copytree(tmp_path / "backup", home)
    after = work(home, "恢复后")
    assert devices(after) == devices(before)
    assert_no_number_was_used_twice(before, after)


def test_a_machine_of_the_same_name_and_path_begins_anew(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cloned machines look alike; what a clone of the folder does not bring is the note."""
    backup = shutil.copytree(home, tmp_path / "stick")
    here = work(home, "此处")
    shutil.rmtree(home)
    shutil.copytree(backup, home)
    monkeypatch.setenv("ORGANIZER_STATE", str(tmp_path / "state of the other machine"))
    there = work(home, "彼处")
    assert devices(there) != devices(here)
    assert_no_number_was_used_twice(here, there)


def test_a_write_that_failed_uses_no_number(home: Path) -> None:
    workspace = open_office(home)

    def fails(write: Write) -> None:
        write.insert("employer", {"name": "半途样例商行"})
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        workspace.database.write(workspace.intent("employer.add"), fails)
    workspace.close()
    assert_no_number_was_used_twice(work(home, "后"))
