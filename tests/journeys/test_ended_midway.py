"""The program ends while a batch is written: by its cross, by the desktop, by a kill; nothing is lost."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from organizer.services.batches import reporting
from organizer.services.batches.reporting import Whereabouts
from tests.support.joiners import WITH_ID, join
from tests.support.offices import PASSWORD, Template, copy_office, open_office
from tests.support.running_program import Running, program

LONGEST_EXPORT = 60.0


@pytest.fixture
def folder(office_template: Template, tmp_path: Path) -> Path:
    """An office with three people to report."""
    made = tmp_path / "office"
    copy_office(office_template.root, made)
    workspace = open_office(made)
    join(workspace)
    workspace.close()
    return made


def begin_export(running: Running, stick: Path) -> None:
    """Export to a folder; comes back as soon as the first byte is on it."""
    running.enter(PASSWORD, "password")
    running.until(lambda seen: "待报送" in seen.read)
    running.do(press="Key_7", **{"with": "AltModifier"})
    running.until(lambda seen: "将导出 3 人" in seen.read)
    running.do(press="Key_E", **{"with": "ControlModifier"})
    running.enter("March", "reason")
    running.stands_at("folder")
    running.do(type=str(stick))
    running.do(press="Key_Return")
    began = time.monotonic()
    while not any(stick.iterdir()):
        assert time.monotonic() - began < LONGEST_EXPORT


def waiting(folder: Path) -> int:
    """How many are still to be reported, and that everything else fits together."""
    workspace = open_office(folder)
    try:
        seen = reporting.overview(workspace)
    finally:
        workspace.close()
    sealed = [batch for batch in seen.batches if batch.sealed]
    there = [one for one in seen.leftovers if one.whereabouts is Whereabouts.THERE]
    if sealed:
        # Written to the end: then the file is whole, and known.
        assert sum(batch.rows for batch in sealed) == len(WITH_ID) and len(there) == 1
    return seen.waiting


@pytest.mark.parametrize("end", [Running.close, Running.terminate, Running.kill])
def test_a_batch_that_was_being_written_is_whole_or_leaves_nobody_out(
    folder: Path, tmp_path: Path, end: Callable[[Running], object]
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with program(folder) as first:
        begin_export(first, stick)
        end(first)
    left = waiting(folder)
    assert left in (0, len(WITH_ID))
    with program(folder) as second:
        second.enter(PASSWORD, "password")
        second.until(lambda seen: "上报" in seen.read)
        second.do(press="Key_7", **{"with": "AltModifier"})
        if not left:
            second.until(lambda seen: "已封存 1 批" in seen.read)
            return
        seen = second.until(lambda seen: "可报送 3 人" in seen.read)
        if any(stick.iterdir()):
            # What was half written is known and shown in red, never offered for upload.
            seen = second.until(lambda seen: "明文文件还在：1 份" in seen.read)
            assert "草稿 1 批" in seen.read
