"""The sign-up screen in a real window, and hands that count their keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from organizer.settings import Settings
from organizer.ui.session import Session
from organizer.ui.settings.desk import Desk
from organizer.ui.shell.rail import ScreenEntry
from organizer.ui.shell.window import Window
from organizer.ui.signup.page import SignupPage
from organizer.ui.signup.screen import SignupScreen

ID_NUMBER = "219900199508173226"
PHONE = "13800245678"
EMPLOYER, LETTERS = "沈阳试远保安服务有限公司", "sysyba"


class Hands:
    """Types as a person does; `keys` counts what was pressed beyond the data itself."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.keys = 0

    @property
    def place(self) -> QWidget:
        """Where the cursor is."""
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def data(self, text: str) -> None:
        """Type Latin letters and digits."""
        self._qtbot.keyClicks(self.place, text)

    def hanzi(self, text: str) -> None:
        """Type through an input method."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self.place, event)

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press one key, or one together with Ctrl or Shift."""
        self.keys += 1
        self._qtbot.keyClick(self.place, key, modifier)

    def enter(self) -> None:
        """Go on."""
        self.press(Qt.Key.Key_Return)

    def digit(self, digit: int) -> None:
        """Take an entry of a short list."""
        self.keys += 1
        self._qtbot.keyClicks(self.place, str(digit))

    def save(self) -> None:
        """Ctrl+Enter."""
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    return Hands(qtbot)


@pytest.fixture
def window(session: Session, tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    entry = ScreenEntry("signup", "入会", "signup", SignupScreen)
    made = Window(session, [entry], Desk(tmp_path / "settings.toml", Settings()))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()
    shiboken6.delete(made)


@pytest.fixture
def screen(window: Window, qtbot: QtBot) -> SignupScreen:
    """Ready to be typed in."""
    found = window.current
    assert isinstance(found, SignupScreen)
    qtbot.waitUntil(found.page.form.isEnabled)
    qtbot.waitUntil(found.page.form.id_number.line.hasFocus)
    return found


@pytest.fixture
def page(screen: SignupScreen) -> SignupPage:
    return screen.page
