"""Backups as people meet them: where, when, what is said of them, and the way back."""

import os
import re
import shutil
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from organizer import paths, settings
from organizer.domain.signup import Typed
from organizer.errors import (
    Conflict,
    DatabaseDamaged,
    DeviceMissing,
    NotFound,
    OrganizerError,
    StorageFull,
)
from organizer.jobs import Job
from organizer.paths import DataFolder
from organizer.services import finding
from organizer.services import today as today_service
from organizer.services.members import person_card, signup
from organizer.services.members.signup import SignupOrder
from organizer.services.office import backing_up, practising, staffing
from organizer.services.workspace import Workspace
from organizer.store import backups
from tests.support import offices
from tests.support.joiners import approve
from tests.support.offices import CHEAP, Template, TickingClock, add_unit
from tests.support.small_disk import small_disk

MINUTE = 60_000


@pytest.fixture
def clock() -> TickingClock:
    # The office was made a moment before.
    return TickingClock(time.time_ns() // 1_000_000)


@pytest.fixture
def timed(office_template: Template, tmp_path: Path, clock: TickingClock) -> Iterator[Workspace]:
    """An office whose time the test sets, with a unit."""
    offices.copy_office(office_template.root, tmp_path / "timed")
    workspace = offices.open_office(tmp_path / "timed", clock=clock.clock())
    add_unit(workspace)
    yield workspace
    workspace.close()


def choose(place: Path) -> None:
    settings.remember(paths.settings_file(), backup_folder=str(place))


def refusal(kind: type[OrganizerError], workspace: Workspace, place: Path) -> str:
    with pytest.raises(kind) as refused:
        backing_up.make(workspace, place)
    return refused.value.sentence()


def told(workspace: Workspace) -> str:
    return backing_up.state(workspace).sentence()


def on_todays_list(workspace: Workspace) -> list[str]:
    errands = today_service.agenda_of_today(workspace).errands
    return [errand.detail for errand in errands if errand.key == "backup"]


# What is said


def test_the_state_is_told_in_words(timed: Workspace, stick: Path, clock: TickingClock) -> None:
    assert told(timed) == "尚未备份"
    choose(stick)
    backing_up.make(timed)
    assert told(timed) == "已备份，就在刚才"
    clock.at += 4 * MINUTE
    assert told(timed) == "已备份 4 分钟前"
    clock.at += 3 * 60 * MINUTE
    assert told(timed) == "已备份 3 小时前"
    clock.at += 2 * 24 * 60 * MINUTE
    assert told(timed) == "已备份 2 天前"
    clock.at -= 400 * 24 * 60 * MINUTE
    assert re.fullmatch(r"已备份 \d{4}-\d\d-\d\d \d\d:\d\d", told(timed))


def test_a_failure_is_told_until_a_backup_succeeds(timed: Workspace, stick: Path) -> None:
    choose(stick)
    backing_up.make(timed)
    shutil.rmtree(stick)
    with pytest.raises(DeviceMissing):
        backing_up.make(timed)
    assert told(timed).startswith("备份没有成功：找不到备份位置")
    assert on_todays_list(timed) == [told(timed)]
    stick.mkdir()
    backing_up.make(timed)
    assert told(timed).startswith("已备份")
    assert on_todays_list(timed) == []


def test_after_three_days_of_work_without_a_backup_today_says_so(
    timed: Workspace, stick: Path, clock: TickingClock
) -> None:
    assert on_todays_list(timed) == []
    clock.at += 3 * 24 * 60 * MINUTE + 10_000
    assert on_todays_list(timed) == ["尚未备份，请插上 U 盘备份"]
    backing_up.make(timed, stick)
    clock.at += 4 * 24 * 60 * MINUTE
    assert on_todays_list(timed) == []  # nothing was written since
    add_unit(timed)
    (line,) = on_todays_list(timed)
    assert line.startswith("已备份 20")


def test_the_passport_of_a_person_says_whether_a_backup_has_it(
    timed: Workspace, stick: Path
) -> None:
    joined = signup.sign_up(timed, SignupOrder(Typed("麴夔翀", phone="19987650001")))
    assert person_card.card(timed, joined.person).passport.startswith("已录入 → 待审批")
    backing_up.make(timed, stick)
    assert person_card.card(timed, joined.person).passport.startswith("已录入 → 已备份 → 待审批")
    approve(timed, [joined.membership])
    assert person_card.card(timed, joined.person).passport.startswith("已录入 → 已批准")


def test_a_record_stands_in_a_backup_until_it_changes(timed: Workspace, stick: Path) -> None:
    unit = add_unit(timed)
    assert not backing_up.is_backed_up(timed, unit)
    backing_up.make(timed, stick)
    assert backing_up.is_backed_up(timed, unit)
    timed.database.write(
        timed.intent("employer.edit"), lambda w: w.set("employer", unit, {"name": "改名商行"})
    )
    assert not backing_up.is_backed_up(timed, unit)


# When


def test_a_backup_is_due_only_after_work_and_half_an_hour(
    timed: Workspace, stick: Path, clock: TickingClock
) -> None:
    assert not backing_up.state(timed).is_due(leaving=True)  # no place
    choose(stick)
    assert backing_up.keep_up(timed) is not None
    clock.at += 31 * MINUTE
    assert backing_up.keep_up(timed) is None  # nothing written
    add_unit(timed)
    assert backing_up.keep_up(timed) is not None
    add_unit(timed)
    clock.at += 10 * MINUTE
    assert backing_up.keep_up(timed) is None
    assert backing_up.keep_up(timed, leaving=True) is not None
    assert len(backing_up.lines(timed)) == 3


def test_a_changed_password_and_a_changed_place_are_worth_a_backup(
    timed: Workspace, stick: Path, tmp_path: Path
) -> None:
    choose(stick)
    backing_up.make(timed)
    assert not backing_up.state(timed).behind
    staffing.set_password(timed, timed.account.id, "another-password")
    assert backing_up.state(timed).behind
    backing_up.make(timed)
    (tmp_path / "other stick").mkdir()
    choose(tmp_path / "other stick")
    assert backing_up.state(timed).behind


def test_the_practice_office_is_never_backed_up(tmp_path: Path, stick: Path) -> None:
    choose(stick)
    practice = practising.begin(DataFolder(tmp_path / "data"), cost=CHEAP)
    state = backing_up.state(practice)
    assert (state.sentence(), state.is_due(leaving=True), state.stale) == ("", False, False)
    assert on_todays_list(practice) == []
    practice.close()


# Where


def test_without_a_place_the_way_to_one_is_told(timed: Workspace) -> None:
    with pytest.raises(NotFound) as refused:
        backing_up.make(timed)
    assert "请先选一个文件夹" in refused.value.sentence()


def test_the_data_folder_is_no_place_for_backups(timed: Workspace) -> None:
    data = timed.database.folder.root
    (data / "inside").mkdir()
    for place in (data, data / "inside", data / "inside" / ".." / "inside"):
        assert "数据文件夹里" in refusal(Conflict, timed, place)
    assert list(data.rglob("organizer-*")) == []


def test_a_folder_that_is_gone_is_not_made_anew(timed: Workspace, stick: Path) -> None:
    """Where a stick is mounted when it is in: its folder made on the hard disk would fool everybody."""
    assert "插上 U 盘" in refusal(DeviceMissing, timed, stick / "mounted" / "here")
    assert list(stick.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder nobody can write to")
def test_a_place_that_refuses_writing(timed: Workspace) -> None:
    assert "写不进去" in refusal(DeviceMissing, timed, Path("/proc/self"))


def test_a_stick_pulled_half_way_costs_this_backup_only(timed: Workspace, stick: Path) -> None:
    backing_up.make(timed, stick)
    add_unit(timed, "拔出前样例商行")

    class Pulled(Job):
        def step(self, done: int, total: int, note: str = "") -> None:
            if done > total // 2 and stick.exists():
                stick.rename(stick.with_name("in a pocket"))
            super().step(done, total, note)

    with pytest.raises(DeviceMissing) as refused:
        backing_up.make(timed, stick, Pulled())
    assert "找不到备份位置" in refused.value.sentence()
    assert finding.find(timed, "拔出前")
    stick.with_name("in a pocket").rename(stick)
    (before,) = backing_up.lines(timed, stick)
    assert before.employers == 1
    backing_up.make(timed, stick)
    assert [line.employers for line in backing_up.lines(timed, stick)] == [2, 1]
    assert list(stick.rglob("*.part")) == []


@pytest.fixture
def small_stick(stick: Path) -> Iterator[Path]:
    with small_disk(stick, 80):
        yield stick


@pytest.mark.parametrize("when", ["before", "half way"])
def test_a_full_stick_costs_this_backup_only(
    timed: Workspace, small_stick: Path, when: str
) -> None:
    backing_up.make(timed, small_stick)
    add_unit(timed)

    def fill() -> None:
        free = shutil.disk_usage(small_stick).free
        (small_stick / "filler").write_bytes(bytes(free - 2 * os.sysconf("SC_PAGE_SIZE")))

    class FilledMeanwhile(Job):
        def step(self, done: int, total: int, note: str = "") -> None:
            if done and not (small_stick / "filler").exists():
                fill()
            super().step(done, total, note)

    if when == "before":
        fill()
    with pytest.raises(StorageFull) as refused:
        backing_up.make(timed, small_stick, FilledMeanwhile())
    assert "放不下这份备份，以前的备份都在" in refused.value.sentence()
    assert len(backing_up.lines(timed, small_stick)) == 1
    (small_stick / "filler").unlink()
    backing_up.make(timed, small_stick)
    assert len(backing_up.lines(timed, small_stick)) == 2


def test_damaged_data_are_told_as_such_and_not_blamed_on_the_stick(
    timed: Workspace, stick: Path
) -> None:
    backing_up.make(timed, stick)
    file = timed.database.folder.database
    timed.database.shrink()
    with file.open("r+b") as data:
        data.seek(file.stat().st_size - 4000)
        data.write(b"rot")
    assert refusal(DatabaseDamaged, timed, stick).startswith("数据文件有损坏，这次没有备份")
    assert len(backing_up.lines(timed, stick)) == 1


def test_the_days_are_shanghais(timed: Workspace, stick: Path, clock: TickingClock) -> None:
    clock.at += int(timedelta(hours=1).total_seconds()) * 1000
    made = backing_up.make(timed, stick).backup
    assert made.folder.name == f"{made.about.made_at:%Y%m%d-%H%M%S}"
    assert made.about.made_at.utcoffset() == timedelta(hours=8)
    assert backups.found(stick)[0].about == made.about
