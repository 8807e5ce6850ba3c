"""The whole program in a process of its own, at whose keyboard a test sits."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.command_line import ROOT

MOST_LOOKS = 2000
LONGEST_END = 60


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

    def close(self) -> int:
        """Close the window as its cross does; the exit code of the program."""
        assert self._process.stdin is not None
        print(json.dumps({"close": "window"}), file=self._process.stdin, flush=True)
        return self._process.wait(timeout=LONGEST_END)

    def terminate(self) -> None:
        """SIGTERM, as at the end of a session of the desktop."""
        self._process.terminate()
        self._process.wait(timeout=LONGEST_END)


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
