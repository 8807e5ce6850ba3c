"""The program in a process of its own, timed from the start of that process.

`window_host.py FOLDER BEGUN [LIST]`: the unlock page, the password, a word typed, a rest, and, with a
list, its import while somebody works. `window_host.py BARE BEGUN`: an empty window of the same size.
Prints one JSON object of seconds and megabytes. BEGUN is the monotonic second it was asked for.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from organizer.app import Program
    from organizer.ui.shell.window import Window

BARE = "BARE"
TYPED = "yanghe"
_MOST_SECONDS = 1200
_REST = 2.0
_BETWEEN_KEYS = 0.3
_BETWEEN_ACTS = 1.0
"""Somebody at work looks at a screen for a second before the next search or change of screen."""
_LIMIT = 0.1
_LOOK_MS = 2
_HELD = 1
_BEAT_MS = 5


class Host:
    """An application and what was measured of it."""

    def __init__(self, begun: float) -> None:
        from PySide6.QtWidgets import QApplication

        self.app = QApplication([])
        self.begun = begun
        self.told: dict[str, float] = {}

    def wait(self, until: Callable[[], object]) -> float:
        """Let the loop run until something is so; the seconds it took."""
        from PySide6.QtCore import QEventLoop, Qt, QTimer

        loop, timer, started = QEventLoop(), QTimer(), time.monotonic()

        def look() -> None:
            if until():
                loop.exit(_HELD)
            elif time.monotonic() - started > _MOST_SECONDS:
                loop.exit()

        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(look)
        timer.start(_LOOK_MS)
        held = loop.exec() == _HELD
        timer.stop()
        if not held:
            raise TimeoutError
        return time.monotonic() - started

    def rest(self, seconds: float) -> None:
        """Let the program do what it does when nobody touches it."""
        ends = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() > ends)

    def shown(self) -> None:
        """The first page is painted."""
        self.app.processEvents()
        self.told["start"] = time.monotonic() - self.begun

    def note_memory(self, name: str = "memory") -> None:
        """What the process holds of the machine's memory."""
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        self.told[name] = pages * resource.getpagesize() / 2**20


def bare(host: Host) -> None:
    """An empty window, for comparison."""
    from PySide6.QtWidgets import QLabel, QMainWindow

    window = QMainWindow()
    window.setCentralWidget(QLabel("空"))
    window.resize(1366, 768)
    window.show()
    host.shown()
    host.rest(_REST)
    host.note_memory()


def whole(host: Host, folder: str, listed: str | None) -> None:
    """The program from its start to its rest."""
    from organizer import app, paths

    program = app.Program(host.app, paths.data_folder(folder))
    try:
        program.start()
        host.shown()
        window = _unlock(host, program)
        _find(host, window)
        host.rest(_REST)
        host.note_memory()
        if listed is not None:
            _work_beside_import(host, window, Path(listed))
        # The program opens again where it was left.
        window.show_screen("today")
    finally:
        program.stop()


def _unlock(host: Host, program: Program) -> Window:
    """From Enter behind the password until 今日 tells what is to do."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QLineEdit

    from organizer.ui.today.screen import TodayScreen
    from tests.support.big_office import PASSWORD

    line = program.front.findChild(QLineEdit)
    assert line is not None
    QTest.keyClicks(line, PASSWORD)

    def usable() -> bool:
        screen = program.window and program.window.current
        return isinstance(screen, TodayScreen) and bool(screen._day.text())

    started = time.monotonic()
    QTest.keyClick(line, Qt.Key.Key_Return)
    host.wait(usable)
    host.app.processEvents()
    host.told["unlock"] = time.monotonic() - started
    assert program.window is not None
    return program.window


def _find(host: Host, window: Window) -> None:
    """Letter by letter; of each letter until records are on offer. The slowest counts."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from organizer.services.finding import Found

    palette, box = window.palette_, window.topbar.search
    palette.begin()
    seconds = []
    for letter in TYPED:
        host.rest(_BETWEEN_KEYS)
        started = time.monotonic()
        QTest.keyClick(box, letter)
        host.wait(lambda: any(isinstance(one.key, Found) for one in palette.rows))
        host.app.processEvents()
        seconds.append(time.monotonic() - started)
    host.told["find"] = max(seconds)
    QTest.keyClick(box, Qt.Key.Key_Escape)


def _work_beside_import(host: Host, window: Window, listed: Path) -> None:
    """Import in the background, typing and changing screens all the while; the longest gap."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from organizer.ui.today.screen import TodayScreen
    from tests.support.pulse import Pulse
    from tests.support.standstill import Standstill

    screens = ("today", "survey", "employers", "signup", "batches")
    for name in screens:
        # A screen is built when it is first shown: that is not the import's doing.
        window.show_screen(name)
        host.rest(_REST)
    window.show_screen("today")
    today = window.current
    assert isinstance(today, TodayScreen)
    pulse = Pulse(_BEAT_MS)
    host.rest(_REST)
    host.told["gap_before"] = pulse.longest
    today.import_panel.offer(listed)
    pulse.reset()
    started = time.monotonic()
    today.import_panel.begin()
    gaps: list[tuple[float, float]] = []
    machine = Standstill()
    turn = 0
    while today.import_panel.busy:
        window.show_screen(screens[turn % len(screens)])
        host.rest(_BETWEEN_ACTS)
        window.palette_.begin()
        QTest.keyClicks(window.topbar.search, TYPED[: 2 + turn % 4])
        host.rest(_BETWEEN_ACTS)
        QTest.keyClick(window.topbar.search, Qt.Key.Key_Escape)
        turn += 1
        gaps.append((pulse.longest, pulse.ended))
        pulse.reset()
    host.told |= {"import": time.monotonic() - started, "turns": turn}
    host.note_memory("memory_beside")
    stood = machine.times()
    own = [gap for gap in gaps if not any(_is_within(*gap, *still) for still in stood)]
    host.told |= {
        "gap": max(seconds for seconds, _ended in own),
        "gaps_over": sum(seconds > _LIMIT for seconds, _ended in own),
        "gap_of_machine": max((seconds for seconds, _ended in set(gaps) - set(own)), default=0.0),
    }


def _is_within(seconds: float, ended: float, begun: float, over: float) -> bool:
    """Whether most of a gap is a time in which the machine itself stood still."""
    return min(ended, over) - max(ended - seconds, begun) > seconds / 2


def main(folder: str, begun: str, listed: str | None = None) -> None:
    """Measure and print."""
    host = Host(float(begun))
    if folder == BARE:
        bare(host)
    else:
        whole(host, folder, listed)
    print(json.dumps(host.told))


if __name__ == "__main__":
    main(*sys.argv[1:])
