"""A file with rotten pages: whatever is done with it works or says that the file is damaged."""

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from organizer.errors import DatabaseDamaged
from organizer.services import finding
from organizer.services.lists import importing
from organizer.services.office import checking
from organizer.services.survey import recording
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from tests.support.command_line import sample, sampled
from tests.support.offices import Template, copy_office, open_office

PAGE = 4096
ACTS: tuple[Callable[[Workspace], object], ...] = (
    lambda w: finding.find(w, "沈阳"),
    lambda w: recording.record_visit(w, VisitOrder(finding.find(w, "yhgyl")[0].id, "2")),
    lambda w: importing.import_list(w, sample("02_*.xls")),
)


@pytest.fixture(scope="module")
def whole(office_template: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ORGANIZER_STATE", str(home / "state"))
        return sampled(office_template, home)


def rot(file: Path, chance: Random, pages: int) -> None:
    data = bytearray(file.read_bytes())
    for _ in range(pages):
        start = chance.randrange(1, len(data) // PAGE) * PAGE
        data[start + 10 : start + 60] = chance.randbytes(50)
    file.write_bytes(bytes(data))


@pytest.mark.parametrize("seed", range(8))
def test_rotten_pages_are_called_damage_and_nothing_else(
    whole: Path, tmp_path: Path, seed: int
) -> None:
    folder = copy_office(whole, tmp_path / "rotten")
    rot(folder.database, Random(seed), pages=(1, 5, 40, 400)[seed % 4])
    told = 0
    try:
        opened = open_office(folder.root)
    except DatabaseDamaged as error:
        told += "备份" in error.sentence()
    else:
        for act in ACTS:
            try:
                act(opened)
            except DatabaseDamaged as error:
                told += "备份" in error.sentence()
        # The check looks at every page, also at those that nothing else needs.
        try:
            told += len(checking.check(opened).findings)
        except DatabaseDamaged as error:
            told += "备份" in error.sentence()
        opened.close()
    assert told > 0

    # The file from the backup opens in the same program: nothing was left held.
    shutil.copyfile(whole / "office.db", folder.database)
    for log in folder.root.glob("office.db-*"):
        log.unlink()
    restored = open_office(folder.root)
    assert finding.find(restored, "yhgyl")
    restored.close()
