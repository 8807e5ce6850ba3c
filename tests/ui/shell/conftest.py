"""The whole program over real folders, driven by its keys."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from organizer.app import Program
from organizer.paths import DataFolder
from tests.support.offices import PASSWORD, Template, copy_office


class Driver:
    """A person at the keyboard in front of the program."""

    def __init__(self, bot: QtBot, folder: DataFolder) -> None:
        self.bot = bot
        self.opened: list[Path] = []
        self.crashes: list[BaseException] = []
        self.app = QApplication.instance()
        assert isinstance(self.app, QApplication)
        self.ended = False
        self.program = Program(self.app, folder, self.crashes.append, self.opened.append, self._end)

    def _end(self) -> None:
        """What quits the program; the tests' application goes on."""
        self.ended = True

    def start(self) -> None:
        """Open the program."""
        self.program.start()
        self.look_at(self.program.front)

    def look_at(self, window: QWidget) -> None:
        """Wait until a window can be typed into."""
        window.activateWindow()
        self.until(lambda: self.app.focusWidget() is not None and window.isVisible())

    def until(self, so: Callable[[], object]) -> None:
        """Wait until something is so."""
        self.bot.waitUntil(lambda: bool(so()))

    def type(self, text: str) -> None:
        """Type; what no key has comes from an input method."""
        if text.isascii():
            for letter in text:
                self.bot.keyClicks(self._keyed, letter)
        else:
            committed = QInputMethodEvent()
            committed.setCommitString(text)
            self.app.sendEvent(self._keyed, committed)

    def press(
        self,
        key: Qt.Key,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Press a key where the cursor is."""
        self.bot.keyClick(self._keyed, key, modifier)

    def enter(self, text: str) -> None:
        """Type and go to the next field."""
        self.type(text)
        self.press(Qt.Key.Key_Return)

    def unlock(self, password: str = PASSWORD) -> None:
        """Type the password and wait for the window."""
        self.until(lambda: self.focus_name() == "password")
        self.enter(password)
        self.until(lambda: self.program.window is not None and self.program.window.isVisible())
        window = self.program.window
        assert window is not None
        self.look_at(window)

    def focus_name(self) -> str:
        """The object name of what has the focus."""
        focused = self.app.focusWidget()
        return focused.objectName() if focused is not None else ""

    @property
    def _keyed(self) -> QWidget:
        """What a key goes to: an open list or menu first, then what has the focus."""
        found = self.app.activePopupWidget() or self.app.focusWidget()
        assert found is not None
        return found

    @property
    def page(self) -> QWidget:
        """The page in front of the window."""
        shown = self.program.front.currentWidget()
        assert shown is not None
        return shown

    def close(self) -> None:
        """End the program and take its windows away."""
        self.program.stop()
        window = self.program.window
        for part in (window, self.program.front, self.program.runner, self.program.theme):
            if part is not None and shiboken6.isValid(part):
                shiboken6.delete(part)


@pytest.fixture
def driver(
    qtbot: QtBot, chinese: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Driver]:
    """The program over an empty data folder; a bug fails the test."""
    (tmp_path / "home").mkdir()
    monkeypatch.setattr("organizer.paths.papers_folder", lambda: tmp_path / "home")
    made = Driver(qtbot, DataFolder(tmp_path / "data"))
    yield made
    made.close()
    if made.crashes:
        raise made.crashes[0]


@pytest.fixture
def office_driver(
    qtbot: QtBot,
    chinese: None,
    listed_template: Template,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Driver]:
    """The program over an office with the sample list."""
    (tmp_path / "home").mkdir()
    monkeypatch.setattr("organizer.paths.papers_folder", lambda: tmp_path / "home")
    copy_office(listed_template.root, tmp_path / "data")
    made = Driver(qtbot, DataFolder(tmp_path / "data"))
    yield made
    made.close()
    if made.crashes:
        raise made.crashes[0]
