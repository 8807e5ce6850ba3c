"""Backups by command: made, listed, brought back; and killed in the middle of it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from organizer import settings
from tests.support.command_line import CommandLine, assert_plain

KILLED = """
import sys
from pathlib import Path
from organizer.services.office import backing_up
from tests.support.offices import open_office

class Told:
    def step(self, done, total, note=""):
        print("step", flush=True)
        sys.stdin.read(1)

opened = open_office(Path(sys.argv[1]))
backing_up.make(opened, Path(sys.argv[2]), Told())
"""
"""Makes a backup, and before each step waits to be told to go on."""


@pytest.fixture
def stick(survey_line: CommandLine) -> Path:
    (survey_line.home / "stick").mkdir()
    return survey_line.home / "stick"


def test_a_backup_is_made_listed_and_brought_back(survey_line: CommandLine, stick: Path) -> None:
    line = survey_line
    made = line.do("backup", "make", "--to", stick)
    assert Path(made["folder"]).is_relative_to(stick)
    assert (made["missing"], made["removed"]) == (0, 0)
    line.do("round", "open", "备份后的批次")
    (listed,) = line.do("backup", "list", "--at", stick, ORGANIZER_PASSWORD=None)["backups"]
    assert listed["folder"] == made["folder"]
    assert listed["employers"] == 392

    done = line.do("backup", "restore", stick)
    assert (done["erased"], done["missing"]) == (0, 0)
    assert Path(done["aside"]).parent == line.data.parent
    assert line.do("database", "check")["findings"] == []
    assert "已开批次" in line.run("round", "open", "备份后的批次").out  # it is not there any more


def test_the_chosen_place_is_used_and_what_was_done_is_said_plainly(
    survey_line: CommandLine, stick: Path
) -> None:
    line = survey_line
    assert "还没有选备份位置" in line.refused("backup", "make")
    assert "还没有选备份位置" in line.refused("backup", "list")
    settings.remember(line.settings, backup_folder=str(stick))
    for words in (("backup", "make"), ("backup", "list")):
        answer = line.run(*words)
        assert (answer.code, answer.err) == (0, "")
        assert "工人村街道总工会 392 户" in answer.out


def test_exit_codes_tell_who_can_help(survey_line: CommandLine, stick: Path) -> None:
    line = survey_line
    line.refused("backup", "make", "--to", line.data)
    line.refused("backup", "make", "--to", line.home / "no stick", code=2)
    line.refused("backup", "list", "--at", stick)
    line.refused("backup", "restore", stick)
    line.refused("backup", "restore", code=64)
    line.do("backup", "make", "--to", stick)
    line.refused("backup", "restore", stick, ORGANIZER_PASSWORD="not the password")
    opened = line.open()
    line.refused("backup", "restore", stick, code=2)
    opened.close()
    refused = line.run("backup", "restore", line.home / "no stick", "--json")
    assert (refused.code, refused.json["code"]) == (1, "backup.none")
    assert_plain(refused.json["sentence"])


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("steps", [1, 9, 20])
def test_killed_in_the_middle_the_old_backup_is_whole_and_the_half_one_swept(
    survey_line: CommandLine, stick: Path, steps: int
) -> None:
    line = survey_line
    before = line.do("backup", "make", "--to", stick)["folder"]
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(line.data), str(stick)],
        env=line.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
    )
    assert process.stdin is not None and process.stdout is not None
    for _step in range(steps):
        assert process.stdout.read(5) == b"step\n"
        process.stdin.write(b".")
    assert process.stdout.read(5) == b"step\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert len(list(stick.rglob("*.part"))) == 1

    (listed,) = line.do("backup", "list", "--at", stick)["backups"]
    assert listed["folder"] == before
    line.do("backup", "restore", stick)
    assert line.do("database", "check")["findings"] == []
    # The next one sweeps what was left.
    line.do("backup", "make", "--to", stick)
    assert list(stick.rglob("*.part")) == []
    assert len(line.do("backup", "list", "--at", stick)["backups"]) == 2
