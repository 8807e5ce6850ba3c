"""A disk that is full in the middle of a restore: the office stays as it was, and one is told."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from organizer.errors import StorageFull
from organizer.jobs import Job
from organizer.paths import DataFolder
from organizer.services import finding
from organizer.services.office import backing_up, restoring
from organizer.services.workspace import Workspace
from tests.support import offices
from tests.support.offices import ACCOUNT, PASSWORD, Template
from tests.support.small_disk import small_disk

EARLIER, LATER = "备份前样例商行", "备份后样例商行"


def add_unit(workspace: Workspace, name: str) -> None:
    intent = workspace.intent("employer.add")
    workspace.database.write(intent, lambda w: w.insert("employer", {"name": name}))


def units(folder: DataFolder) -> list[str]:
    """The units of the office, opened as always."""
    workspace = offices.open_office(folder.root)
    try:
        return [hit.name for hit in finding.find(workspace, "样例商行", table="employer")]
    finally:
        workspace.close()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", 60) as made:
        yield made


def prepared(template: Template, folder: Path, stick: Path) -> DataFolder:
    """An office with a backup, and a unit more than the backup has."""
    stick.mkdir()
    office = offices.copy_office(template.root, folder)
    workspace = offices.open_office(folder)
    add_unit(workspace, EARLIER)
    backing_up.make(workspace, stick)
    add_unit(workspace, LATER)
    workspace.close()
    return office


@pytest.mark.parametrize("when", ["before", "half way"])
def test_a_full_disk_leaves_the_office_as_it_was(
    office_template: Template, disk: Path, tmp_path: Path, when: str
) -> None:
    stick = tmp_path / "stick"
    office = prepared(office_template, disk / "office", stick)
    filler = disk / "filler"

    def fill() -> None:
        free = shutil.disk_usage(disk).free
        filler.write_bytes(bytes(free - 2 * os.sysconf("SC_PAGE_SIZE")))

    class FilledMeanwhile(Job):
        def step(self, done: int, total: int, note: str = "") -> None:
            if done and not filler.exists():
                fill()
            super().step(done, total, note)

    if when == "before":
        fill()
    with pytest.raises(StorageFull) as refused:
        restoring.restore(stick, office, ACCOUNT, PASSWORD, FilledMeanwhile())
    assert "磁盘" in refused.value.sentence() and refused.value.sentence().endswith("。")
    assert sorted(one.name for one in disk.iterdir()) == ["filler", "office"]
    filler.unlink()
    assert units(office) == [EARLIER, LATER]
    restoring.restore(stick, office, ACCOUNT, PASSWORD)
    assert units(office) == [EARLIER]


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files")
def test_a_file_that_may_not_grow_leaves_the_office_as_it_was(
    office_template: Template, tmp_path: Path
) -> None:
    import resource

    stick = tmp_path / "stick"
    office = prepared(office_template, tmp_path / "office", stick)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (office.database.stat().st_size // 2, before[1]))
    try:
        with pytest.raises(StorageFull) as refused:
            restoring.restore(stick, office, ACCOUNT, PASSWORD)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert refused.value.sentence().endswith("。")
    assert not (tmp_path / "office-restoring").exists()
    assert units(office) == [EARLIER, LATER]
