"""A backup is a whole office of one moment, or it is none; and never worse than the one before."""

import os
import shutil
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from organizer.errors import Cancelled, DatabaseDamaged, DeviceMissing
from organizer.jobs import Job, Silent
from organizer.paths import DataFolder
from organizer.services.workspace import Workspace
from organizer.store import attachments, backups, copying
from organizer.store.backups import Made
from organizer.store.transaction import Write
from tests.support import offices

PAGE = 4096
PHOTO = "样例照片".encode() * 100


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def make(office: Workspace, stick: Path) -> Made:
    return backups.make(office.database, stick, office.office, Silent())


def add_unit(office: Workspace, name: str = "样例商行") -> None:
    office.database.write(
        office.intent("employer.add"), lambda w: w.insert("employer", {"name": name})
    )


def keep_photo(office: Workspace, content: bytes) -> bytes:
    digest = attachments.put(office.database, content)

    def name(write: Write) -> None:
        person = write.insert("person", {"name": "样例人"})
        attachments.name(write, digest, "image/png", len(content), "照片.png", person)

    office.database.write(office.intent("paper.keep"), name)
    return digest


def kept_contents(office: Workspace, made: Made) -> set[bytes]:
    connection = office.database.open_copy(made.backup.attachments)
    found = {digest for (digest,) in connection.execute("SELECT sha256 FROM content")}
    connection.close()
    return found


def opened(backup: Path, at: Path) -> Workspace:
    shutil.copytree(backup, at)
    return offices.open_office(at)


def test_a_backup_opens_as_the_office_it_was_made_of(
    office: Workspace, stick: Path, tmp_path: Path
) -> None:
    add_unit(office, "备份前样例商行")
    made = make(office, stick)
    add_unit(office, "备份后样例商行")
    assert sorted(file.name for file in made.backup.folder.iterdir()) == [
        "backup.json", "keyring.json", "office.db",
    ]  # fmt: skip
    again = opened(made.backup.folder, tmp_path / "again")
    names = again.database.read(lambda c: c.execute("SELECT name FROM employer").fetchall())
    assert names == [("备份前样例商行",)]
    assert offices.findings(again) == []
    again.close()


def test_nothing_readable_stands_in_a_backup_or_its_names(office: Workspace, stick: Path) -> None:
    add_unit(office, "样例机密商行")
    keep_photo(office, PHOTO)
    make(office, stick)
    for file in stick.rglob("*"):
        assert str(file.relative_to(stick)).isascii()
        if file.is_file():
            assert "样例机密".encode() not in file.read_bytes()
            assert office.account.name not in str(file)


def test_saves_go_on_while_a_backup_is_made(office: Workspace, stick: Path, tmp_path: Path) -> None:
    job, saved = Job(), 0
    made: list[Made] = []
    thread = threading.Thread(
        target=lambda: made.append(backups.make(office.database, stick, office.office, job))
    )
    thread.start()
    while thread.is_alive():
        add_unit(office, f"第{saved}样例商行")
        saved += 1
    thread.join()
    inside = made[0].backup.about.standing.rows["employer"]
    assert 0 <= inside <= saved
    again = opened(made[0].backup.folder, tmp_path / "again")
    assert offices.findings(again) == []
    again.close()


def test_only_new_attachments_are_copied_and_none_twice(office: Workspace, stick: Path) -> None:
    first = keep_photo(office, PHOTO)
    make(office, stick)
    second = keep_photo(office, PHOTO * 2)
    made = make(office, stick)
    assert kept_contents(office, made) == {first, second}
    assert len(list(stick.rglob("attachments.db"))) == 1


def test_a_damaged_attachment_is_counted_and_stops_nothing(office: Workspace, stick: Path) -> None:
    digest = keep_photo(office, PHOTO)
    office.database.attach(
        lambda c: c.execute("UPDATE content SET bytes = zeroblob(length(bytes))")
    )
    made = make(office, stick)
    assert made.missing == 1
    assert digest not in kept_contents(office, made)


def test_attachments_damaged_on_the_stick_are_copied_anew(office: Workspace, stick: Path) -> None:
    digest = keep_photo(office, PHOTO)
    made = make(office, stick)
    made.backup.attachments.write_bytes(b"\0" * 3 * PAGE)
    assert kept_contents(office, make(office, stick)) == {digest}


@pytest.mark.parametrize("where", ["middle", "last"])
def test_of_a_damaged_office_no_backup_is_made_and_the_old_one_stays(
    office: Workspace, stick: Path, tmp_path: Path, where: str
) -> None:
    """Also where only the page's seal shows the damage: SQLCipher reads such a page as zeros."""
    add_unit(office)
    before = make(office, stick).backup
    file = office.database.folder.database
    office.database.shrink()
    pages = file.stat().st_size // PAGE
    with file.open("r+b") as data:
        data.seek(PAGE * (pages // 2 if where == "middle" else pages - 1) + 99)
        data.write(b"rot")
    with pytest.raises(DatabaseDamaged):
        make(office, stick)
    assert [one.folder for one in backups.found(stick)] == [before.folder]
    assert list(stick.rglob("*.part")) == []
    again = opened(before.folder, tmp_path / "again")
    assert offices.findings(again) == []
    again.close()


def test_what_the_disk_gives_back_otherwise_is_no_backup(office: Workspace, stick: Path) -> None:
    target = stick / "copy.db"
    told = office.database.copy(target, Silent())
    with target.open("r+b") as data:
        data.seek(PAGE * 7 + 50)
        data.write(b"rot")
    with pytest.raises(DeviceMissing) as refused:
        copying.verify(target, office.database.open_copy, told, Silent())
    assert refused.value.code == "backup.unlike"


def test_a_copy_that_holds_less_than_its_source_is_no_backup(
    office: Workspace, stick: Path
) -> None:
    target = stick / "copy.db"
    told = office.database.copy(target, Silent())
    connection = office.database.open_copy(target)
    connection.execute("DELETE FROM audit WHERE n = (SELECT max(n) FROM audit)")
    connection.close()
    with pytest.raises(DeviceMissing):
        copying.verify(target, office.database.open_copy, told, Silent())


@pytest.mark.parametrize("steps", [0, 3, 20])
def test_a_stopped_backup_leaves_nothing(office: Workspace, stick: Path, steps: int) -> None:
    class StoppedThere(Job):
        taken = 0

        def step(self, done: int, total: int, note: str = "") -> None:
            self.taken += 1
            if self.taken > steps:
                self.cancel()
            super().step(done, total, note)

    with pytest.raises(Cancelled):
        backups.make(office.database, stick, office.office, StoppedThere())
    assert [file for file in stick.rglob("*") if file.is_file()] == []
    add_unit(office)
    assert make(office, stick).backup.about.standing.rows["employer"] == 1


def test_what_was_cut_short_counts_for_nothing_and_is_swept(office: Workspace, stick: Path) -> None:
    whole = make(office, stick).backup
    half = whole.folder.with_name("20200101-000000.part")
    shutil.copytree(whole.folder, half)
    own = whole.folder.with_name("my photos.part")
    own.mkdir()
    assert [one.folder for one in backups.found(stick)] == [whole.folder]
    make(office, stick)
    assert not half.exists()
    assert own.exists()  # not ours


def test_old_backups_make_room_with_the_attachments_only_they_name(
    office: Workspace, stick: Path
) -> None:
    base = make(office, stick).backup.folder
    days = [datetime(2020, 1, 1, 12) + timedelta(days=number) for number in range(60)]
    for day in days:
        # As if made then; the files themselves need not be copied for that.
        shutil.copytree(base, base.with_name(f"{day:%Y%m%d-%H%M%S}"), copy_function=os.link)
    gone = keep_photo(office, PHOTO)
    make(office, stick).backup.folder.rename(base.with_name(f"{days[30]:%Y%m%d}-080000"))
    office.database.local(lambda c: c.execute("UPDATE attachment SET sha256 = NULL"))
    stays = keep_photo(office, PHOTO * 2)
    made = make(office, stick)
    left = {one.folder.name for one in backups.found(stick)}
    assert made.removed == 1
    assert len(left) < 40
    assert {base.name, made.backup.folder.name, f"{days[-1]:%Y%m%d-%H%M%S}"} <= left
    assert f"{days[30]:%Y%m%d}-080000" not in left
    assert kept_contents(office, made) == {stays}
    assert gone not in kept_contents(office, made)


def test_another_machine_thins_out_and_sweeps_only_its_own(
    office: Workspace, stick: Path, office_template: offices.Template, tmp_path: Path
) -> None:
    make(office, stick)
    offices.copy_office(office_template.root, tmp_path / "other")
    other = offices.open_office(tmp_path / "other")
    make(other, stick)
    assert len({one.folder.parent for one in backups.found(stick)}) == 2
    other.close()


def test_a_place_that_is_gone_has_no_backups(tmp_path: Path) -> None:
    assert backups.found(tmp_path / "nowhere") == []
    (tmp_path / "20200101-000000").mkdir()
    (tmp_path / "20200101-000000" / "backup.json").write_text("{}")
    assert backups.found(tmp_path) == []
    assert not DataFolder(tmp_path).database.exists()
