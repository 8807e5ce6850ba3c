"""The whole program is killed while somebody signs a person up, and started again."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from organizer.paths import DataFolder
from tests.support.command_line import ROOT
from tests.support.offices import PASSWORD, Template, copy_office, raw

ID_NUMBER, NAME, HALF_A_PHONE = "219900199508173226", "Li", "1380"
MOST_LOOKS = 2000


@dataclass(frozen=True)
class Seen:
    """Where the cursor is, what stands there, and what can be read."""

    focus: str
    typed: str
    read: str


class Running:
    """The program in a process of its own, at whose keyboard one sits."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def do(self, **request: str) -> Seen:
        """Type or press something, or only look; what is seen a moment later."""
        assert self._process.stdin is not None and self._process.stdout is not None
        print(json.dumps(request), file=self._process.stdin, flush=True)
        return Seen(**json.loads(self._process.stdout.readline()))

    def until(self, so: Callable[[Seen], bool]) -> Seen:
        """Look until something is so."""
        for _look in range(MOST_LOOKS):
            seen = self.do()
            if so(seen):
                return seen
        pytest.fail(f"not in time: {seen}")

    def stands_at(self, field: str) -> Seen:
        """Look until the cursor is in this field."""
        return self.until(lambda seen: seen.focus == field)

    def enter(self, text: str, field: str) -> None:
        """Type into a field and press Enter."""
        self.stands_at(field)
        self.do(type=text)
        self.do(press="Key_Return")

    def kill(self) -> None:
        """SIGKILL."""
        self._process.kill()
        self._process.wait()


@contextmanager
def program(folder: Path) -> Iterator[Running]:
    """The program over an office, as it is started; killed at the end."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.remote_keyboard", "run", "--data", str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        running = Running(process)
        try:
            yield running
        finally:
            running.kill()


def draft_is_kept(folder: Path) -> bool:
    """Whether the half-typed telephone has reached the file."""
    connection = raw(DataFolder(folder))
    try:
        found = connection.execute("SELECT fields FROM draft WHERE screen = 'signup'").fetchone()
    finally:
        connection.close()
    return found is not None and json.loads(found[0])["values"]["phone"] == HALF_A_PHONE


def test_a_killed_program_opens_again_at_the_same_field_with_the_same_text(
    office_template: Template, tmp_path: Path
) -> None:
    folder = tmp_path / "office"
    copy_office(office_template.root, folder)
    with program(folder) as first:
        first.enter(PASSWORD, "password")
        first.until(lambda seen: "这里还没有单位" in seen.read)
        first.do(press="Key_4", **{"with": "AltModifier"})
        first.enter(ID_NUMBER, "id_number")
        first.enter(NAME, "name")
        first.stands_at("phone")
        first.do(type=HALF_A_PHONE)
        first.until(lambda seen: draft_is_kept(folder))
        first.kill()
    with program(folder) as second:
        second.enter(PASSWORD, "password")
        seen = second.until(lambda seen: "已恢复上次没有保存的内容" in seen.read)
        seen = second.stands_at("phone")
        assert seen.typed == HALF_A_PHONE
        assert NAME in seen.read.splitlines() and "219900 19950817 3226" in seen.read
        # The cursor stands behind what was typed: one goes on where one was.
        assert second.do(type="0245678").typed == f"{HALF_A_PHONE}0245678"
