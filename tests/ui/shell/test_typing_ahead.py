"""Fingers faster than the answer, and more text than a field is for."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from organizer.services import finding
from organizer.settings import Settings
from organizer.ui.session import Session
from organizer.ui.settings.desk import Desk
from organizer.ui.shell.screens import entries
from organizer.ui.shell.window import Window
from tests.support.pulse import Pulse

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
FIRST, MEANT = "syyhgyl", "sysyba"
LINES = "\n".join(f"沈阳样例第{number}号商行" for number in range(10_000))
LONGEST_GAP = 1.0


@pytest.fixture
def window(session: Session, qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    desk = Desk(tmp_path / "settings.toml", Settings())
    made = Window(session, entries(desk), desk)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    qtbot.waitUntil(lambda: session._runner.running == 0)
    yield made
    made.close()
    shiboken6.delete(made)


@contextmanager
def slow_answers(session: Session, window: Window) -> Iterator[None]:
    """Every thread of the runner is held up, as by work on a slow disk."""
    gate = threading.Event()
    for _thread in range(3):
        session.ask(window, lambda _workspace: gate.wait(20), lambda _done: None)
    try:
        yield
    finally:
        gate.set()


def test_enter_means_what_is_typed_not_what_was_asked_before(
    window: Window, session: Session, qtbot: QtBot
) -> None:
    (meant,) = finding.find(session.workspace, MEANT, table="employer")
    box, palette = window.topbar.search, window.palette_
    window.palette_.begin()
    with slow_answers(session, window):
        qtbot.keyClicks(box, FIRST)
        qtbot.waitUntil(lambda: not palette._pause.isActive())
        # The answer to the first text arrives under the second, before that one is asked.
        palette._pause.setInterval(60_000)
        box.selectAll()
        qtbot.keyClicks(box, MEANT)
    qtbot.waitUntil(lambda: session._runner.running == 0)
    assert [row.text for row in palette.rows if row.kind == "单位"] == []
    with qtbot.waitSignal(palette._popup.chosen) as chosen:
        qtbot.keyClick(box, Key.Key_Return)
    assert chosen.args is not None and chosen.args[0].key.id == meant.id


def test_the_arrows_stay_on_their_row_when_the_records_arrive(
    window: Window, session: Session, qtbot: QtBot
) -> None:
    box, palette = window.topbar.search, window.palette_
    palette.begin()
    qtbot.waitUntil(lambda: "锁定" in palette._readings)
    with slow_answers(session, window):
        qtbot.keyClicks(box, "dk")
        before = palette.rows
        assert len(before) > 1
        qtbot.keyClick(box, Key.Key_Down)
    qtbot.waitUntil(lambda: not palette._waiting)
    current = palette._popup.current
    assert current is not None and current.text == before[1].text


def test_ten_thousand_lines_pasted_stop_nobody(
    window: Window, session: Session, qtbot: QtBot
) -> None:
    QGuiApplication.clipboard().setText(LINES)
    pulse = Pulse()
    for screen, field in (
        ("today", "search"),
        ("signup", "name"),
        ("signup", "id_number"),
        ("signup", "employer"),
    ):
        window.show_screen(screen)
        qtbot.waitUntil(lambda: session._runner.running == 0)
        line = window.findChild(QLineEdit, field)
        assert line is not None
        line.setFocus()
        qtbot.keyClick(line, Key.Key_V, CONTROL)
        assert 0 < len(line.text()) <= 2000 and "\n" not in line.text()
        qtbot.keyClick(line, Key.Key_Return)
        qtbot.waitUntil(lambda: session._runner.running == 0)
        if field == "search":
            qtbot.keyClick(line, Key.Key_Escape)
    assert pulse.longest < LONGEST_GAP
    assert QApplication.focusWidget() is not None
    started = time.monotonic()
    assert finding.find(session.workspace, LINES) == []
    assert time.monotonic() - started < LONGEST_GAP
