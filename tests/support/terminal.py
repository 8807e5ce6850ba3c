"""A command on a terminal: what it shows there, what is typed there, Ctrl-C."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.support.command_line import CommandLine


class OnTerminal:
    """A running command whose input and standard error are a terminal; output goes to a pipe."""

    def __init__(self, line: CommandLine, *words: str | Path, **changes: str | None) -> None:
        self._screen, theirs = os.openpty()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "organizer", *map(str, words)],
            env=line.environment(**changes),
            cwd=line.home,
            stdin=theirs,
            stdout=subprocess.PIPE,
            stderr=theirs,
            start_new_session=True,
            # Whoever runs the tests in the background has Ctrl-C ignored, and children inherit it.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        os.close(theirs)
        self.shown = ""

    def wait_for(self, text: str) -> None:
        """Read the screen until this stands on it; fails when the command ends before."""
        while text not in self.shown:
            more = self._read()
            assert more, f"{text!r} never came: {self.shown!r}"

    def type(self, text: str) -> None:
        os.write(self._screen, f"{text}\n".encode())

    def interrupt(self) -> None:
        self._process.send_signal(signal.SIGINT)

    def end(self) -> tuple[int, str]:
        """The exit code and standard output; what was on the screen stays in `shown`."""
        while self._read():
            pass
        os.close(self._screen)
        out, _err = self._process.communicate(timeout=60)
        return self._process.returncode, out.decode("utf-8")

    def _read(self) -> str:
        try:
            more = os.read(self._screen, 4096).decode("utf-8", "replace")
        except OSError:  # the other side has closed the terminal
            more = ""
        self.shown += more
        return more
