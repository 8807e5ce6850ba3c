"""What can be reported, what was, and the plain files that lie about until somebody clears them."""

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from organizer.errors import Cancelled, Conflict, DeviceMissing, NotAllowed, NotFound
from organizer.jobs import Job
from organizer.services import undoing
from organizer.services.batches import exporting, reporting
from organizer.services.batches.exporting import SealedFile
from organizer.services.batches.reporting import Whereabouts
from organizer.services.members import erasing
from organizer.services.workspace import Workspace
from tests.support.joiners import WITH_ID, WITHOUT_ID, join
from tests.support.literal_reader import read_members
from tests.support.offices import findings, open_office

REASON = "三月份报送"


def the_union(office: Workspace) -> bytes:
    (line,) = reporting.unions_waiting(office)
    return line.id


def export(office: Workspace, stick: Path, job: Job | None = None) -> SealedFile:
    chosen = exporting.profile(reporting.DEFAULT_PROFILE)
    (done,) = exporting.export_batch(office, the_union(office), chosen, stick, job, REASON)
    return done


def audited(office: Workspace, action: str) -> list[str]:
    return office.database.read(
        lambda c: [
            detail or ""
            for (detail,) in c.execute("SELECT detail FROM audit WHERE action = ?", (action,))
        ]
    )


def test_who_goes_and_who_does_not_is_known_without_exporting(office: Workspace) -> None:
    join(office, (*WITH_ID, WITHOUT_ID))
    (line,) = reporting.unions_waiting(office)
    assert line.waiting == 4
    seen = reporting.preview(office, line.id)
    assert [one.name for one in seen.going] == [name for name, *_ in WITH_ID]
    assert seen.going[0].id_number == "2199**********455X"
    assert "未经辽宁核实" in seen.profile_name
    assert (seen.going_count, seen.held_count) == (3, 1)
    (held,) = seen.held
    assert (held.name, held.papers_missing) == ("孙长林", True)
    assert "没有证件号码" in held.sentences[0]
    assert all(len(remark.names) >= 1 for remark in seen.remarks)
    assert reporting.batch_lines(office) == reporting.leftovers(office) == ()


def test_whoever_stops_waiting_for_the_preview_stops_it(office: Workspace) -> None:
    join(office)
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        reporting.preview(office, the_union(office), progress=job)


def test_a_batch_is_listed_and_its_plain_file_remembered(office: Workspace, stick: Path) -> None:
    join(office)
    done = export(office, stick)
    (line,) = reporting.batch_lines(office)
    assert (line.state, line.rows, line.by) == ("已封存", 3, office.account.name)
    assert done.sha256.startswith(line.sha256) and len(line.sha256) == 8
    (file,) = reporting.leftovers(office)
    assert (file.path, file.sealed, file.whereabouts) == (done.path, True, Whereabouts.THERE)
    told = json.loads(audited(office, "batch.export")[0])
    assert (told["reason"], told["file"]) == (REASON, str(done.path))
    assert reporting.unions_waiting(office) == ()
    assert findings(office) == []


def test_a_plain_file_is_cleared_only_when_it_is_gone(office: Workspace, stick: Path) -> None:
    join(office)
    done = export(office, stick)
    (file,) = reporting.leftovers(office)
    with pytest.raises(Conflict, match=r"batch\.file_there"):
        reporting.clear_export(office, file.id)
    done.path.unlink()
    assert reporting.leftovers(office)[0].whereabouts is Whereabouts.GONE
    reporting.clear_export(office, file.id)
    assert reporting.leftovers(office) == ()
    with pytest.raises(NotFound):
        reporting.clear_export(office, file.id)
    assert audited(office, "batch.clear") == [f"gone {done.path}"]


def test_a_plain_file_is_deleted_when_asked(office: Workspace, stick: Path) -> None:
    join(office)
    done = export(office, stick)
    reporting.clear_export(office, reporting.leftovers(office)[0].id, delete=True)
    assert list(stick.iterdir()) == [] and reporting.leftovers(office) == ()
    assert audited(office, "batch.clear") == [f"deleted {done.path}"]
    assert findings(office) == []


def test_a_file_on_a_pulled_stick_waits_for_it_or_for_a_word(
    office: Workspace, stick: Path
) -> None:
    join(office)
    export(office, stick)
    drawer = stick.rename(stick.with_name("抽屉"))
    (file,) = reporting.leftovers(office)
    assert file.whereabouts is Whereabouts.AWAY
    with pytest.raises(DeviceMissing, match=r"batch\.file_away"):
        reporting.clear_export(office, file.id, delete=True)
    drawer.rename(stick)
    assert reporting.leftovers(office)[0].whereabouts is Whereabouts.THERE
    shutil.rmtree(stick)
    reporting.clear_export(office, file.id, declared=True)
    assert audited(office, "batch.clear")[0].startswith("declared ")


class PulledStick(Job):
    """The stick is pulled while the file is being written."""

    def __init__(self, stick: Path) -> None:
        super().__init__()
        self.stick = stick

    def step(self, done: int, total: int, note: str = "") -> None:
        if list(self.stick.glob(".organizer-*.part")):
            shutil.rmtree(self.stick)


def test_a_stick_pulled_in_between_costs_nothing_but_the_export(
    office: Workspace, stick: Path
) -> None:
    join(office)
    with pytest.raises(DeviceMissing):
        export(office, stick, PulledStick(stick))
    assert reporting.batch_lines(office) == ()
    # Half a file may lie on that stick: it is not forgotten.
    (file,) = reporting.leftovers(office)
    assert (file.whereabouts, file.sealed) == (Whereabouts.AWAY, False)
    stick.mkdir()
    assert export(office, stick).rows == 3
    reporting.clear_export(office, file.id)
    assert findings(office) == []


class Stopped(Job):
    """Stopped while the file is being written."""

    def step(self, done: int, total: int, note: str = "") -> None:
        self.cancel()
        if total == 2 * len(WITH_ID):
            super().step(done, total, note)


def test_a_stopped_export_leaves_nothing(office: Workspace, stick: Path) -> None:
    join(office)
    with pytest.raises(Cancelled):
        export(office, stick, Stopped())
    assert reporting.overview(office).batches == () and reporting.leftovers(office) == ()
    assert list(stick.iterdir()) == []
    assert export(office, stick).rows == 3


def test_a_folder_with_an_endless_name_is_told_and_leaves_no_draft(
    office: Workspace, tmp_path: Path
) -> None:
    join(office)
    with pytest.raises(DeviceMissing) as refused:
        export(office, tmp_path / ("很" * 300))
    assert "找不到文件夹" in refused.value.sentence()
    assert reporting.overview(office).batches == ()
    assert reporting.overview(office).leftovers == ()


def test_a_file_of_somebody_else_under_the_name_is_left_alone(
    office: Workspace, stick: Path
) -> None:
    join(office)

    class Rival(Job):
        def step(self, done: int, total: int, note: str = "") -> None:
            for batch in office.database.read(
                lambda c: c.execute("SELECT file_name FROM batch").fetchall()
            ):
                (stick / batch[0]).write_text("别人的文件", encoding="utf-8")

    with pytest.raises(Conflict):
        export(office, stick, Rival())
    (left,) = stick.iterdir()
    assert left.read_text("utf-8") == "别人的文件"
    assert reporting.leftovers(office) == ()


KILLED = """
import os, signal, sys
from pathlib import Path
from organizer.jobs import Silent
from organizer.services.batches import exporting, reporting
from tests.support.offices import open_office

when, folder, stick = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
die = lambda: os.kill(os.getpid(), signal.SIGKILL)

class Progress(Silent):
    def step(self, done, total, note=""):
        if when == "half" and list(stick.glob(".organizer-*.part")):
            die()

def watch(event, arguments):
    # The folder is opened once the file bears its name.
    if when == "named" and event == "open" and str(arguments[0]) == str(stick):
        die()

office = open_office(folder)
(line,) = reporting.unions_waiting(office)
sys.addaudithook(watch)
exporting.export_batch(office, line.id, exporting.profile("ref-20col"), stick, Progress())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills by a signal of POSIX")
@pytest.mark.parametrize("when", ["half", "named"])
def test_a_killed_export_is_known_afterwards(
    office: Workspace, stick: Path, tmp_path: Path, when: str
) -> None:
    join(office)
    office.close()
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, when, tmp_path / "office", stick],
        env=os.environ | {"PYTHONPATH": str(root)},
    )
    assert done.returncode == -signal.SIGKILL
    (left,) = stick.iterdir()
    assert left.suffix == (".part" if when == "half" else ".xlsx")

    again = open_office(tmp_path / "office")
    try:
        (file,) = reporting.leftovers(again)
        assert (file.whereabouts, file.sealed) == (Whereabouts.THERE, False)
        assert [line.state for line in reporting.batch_lines(again)] == ["草稿"]
        whole = export(again, stick)
        assert len(read_members(whole.path)) == 3
        # The draft came to nothing; what it left stays to be cleared.
        assert [line.state for line in reporting.batch_lines(again)] == ["已封存"]
        reporting.clear_export(again, file.id, delete=True)
        assert list(stick.iterdir()) == [whole.path]
        assert findings(again) == []
    finally:
        again.close()


def test_what_was_sealed_is_not_taken_back_by_its_draft(office: Workspace, stick: Path) -> None:
    join(office)
    export(office, stick)
    (draft,) = office.database.read(
        lambda c: c.execute("SELECT id FROM writes WHERE name = 'batch.draft'").fetchone()
    )
    with pytest.raises(Conflict, match=r"undo\.final"):
        undoing.take_back(office, draft)
    assert reporting.unions_waiting(office) == ()


def test_erasing_names_the_plain_file_that_holds_the_person(office: Workspace, stick: Path) -> None:
    join(office)
    done = export(office, stick)
    (person,) = office.database.read(
        lambda c: c.execute("SELECT id FROM person WHERE name = '翟海涛'").fetchone()
    )
    assert erasing.erase_person(office, person, "本人撤回同意").handed_out == (str(done.path),)


def test_only_the_own_division_and_only_with_permission(office: Workspace, stick: Path) -> None:
    join(office)
    export(office, stick)
    join(office, (("曾佳琪", "219900198708151297", "19900070119"),))
    elsewhere = Workspace(
        office.database, replace(office.account, division_code="210102"), office.office
    )
    assert reporting.overview(elsewhere).unions == reporting.batch_lines(elsewhere) == ()
    with pytest.raises(NotAllowed):
        reporting.preview(elsewhere, the_union(office))
    collector = Workspace(office.database, replace(office.account, role="collector"), office.office)
    with pytest.raises(NotAllowed):
        reporting.overview(collector)
    (file,) = reporting.leftovers(collector)
    with pytest.raises(NotAllowed):
        reporting.clear_export(collector, file.id, delete=True)
