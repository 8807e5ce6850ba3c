"""上报 in a window by keyboard, a stick, and the file manager of the system."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from organizer.ui.batches.screen import BatchesScreen
from organizer.ui.session import Session

Key = Qt.Key


Show = Callable[..., BatchesScreen]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "U盘"
    folder.mkdir()
    return folder


@pytest.fixture
def show(session: Session, qtbot: QtBot) -> Iterator[Show]:
    """The screen in a window that binds its actions, as the shell does."""
    window = QMainWindow()
    qtbot.addWidget(window)

    def made(record: object = None) -> BatchesScreen:
        screen = BatchesScreen(session)
        window.setCentralWidget(screen)
        for former in window.actions():
            window.removeAction(former)
        for action in screen.actions_table():
            if action.shortcut:
                bound = QAction(action.text, window)
                bound.setShortcut(QKeySequence(action.shortcut))
                bound.triggered.connect(lambda _checked=False, run=action.run: run())
                window.addAction(bound)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        screen.arrive(record)
        return screen

    yield made


def texts(screen: BatchesScreen) -> str:
    """Everything that can be read on the screen now."""
    parts = [*screen.findChildren(QLabel), *screen.findChildren(QPushButton)]
    return "\n".join(part.text() for part in parts if part.isVisible())


def reads(qtbot: QtBot, screen: BatchesScreen, *words: str) -> None:
    qtbot.waitUntil(lambda: all(word in texts(screen) for word in words))


def seen(screen: BatchesScreen, name: str) -> QPushButton | None:
    """The button of this name that is in view."""
    found = screen.findChildren(QPushButton, name)
    return next((one for one in found if one.isVisible()), None)


def press(qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key)


def type_in(qtbot: QtBot, text: str) -> None:
    """Type into whatever has the focus; hanzi come from an input method, as one text."""
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    line.selectAll()
    if text.isascii():
        qtbot.keyClicks(line, text)
    else:
        line.insert(text)


def ask(qtbot: QtBot, screen: BatchesScreen) -> None:
    qtbot.keyClick(screen, Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: QApplication.focusWidget().objectName() == "reason")


def export(qtbot: QtBot, screen: BatchesScreen, folder: Path) -> None:
    ask(qtbot, screen)
    type_in(qtbot, "三月份报送")
    press(qtbot, Key.Key_Return)
    type_in(qtbot, str(folder))
    press(qtbot, Key.Key_Return)


def offered(qtbot: QtBot, screen: BatchesScreen, count: int) -> None:
    reads(qtbot, screen, f"将导出 {count} 人")


class FileManager(QObject):
    """Stands where the system's file manager would open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def show_folder(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


@pytest.fixture
def file_manager() -> Iterator[FileManager]:
    made = FileManager()
    QDesktopServices.setUrlHandler("file", made, "show_folder")
    yield made
    QDesktopServices.unsetUrlHandler("file")
