"""A command typed by its initials is done, however late its reading is known."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from organizer.ui.actions import Action
from organizer.ui.session import Session
from organizer.ui.shell.palette import Palette

WANTED, INITIALS = "打开样例清单", "dkylqd"
HANZI = "样例单位街道排查入会上报统计设置"
MANY = 6000


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    QVBoxLayout(made).addWidget(QLineEdit(made))
    made.resize(600, 400)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    shiboken6.delete(made)


def test_enter_waits_for_the_names_of_the_commands(
    page: QWidget, session: Session, qtbot: QtBot
) -> None:
    done: list[str] = []
    box = page.findChild(QLineEdit)
    # So many that the records are looked up before their names are read.
    names = [f"{HANZI[n % 16 :]}{HANZI}{n}" for n in range(MANY)]
    table = [Action(name, name, lambda: done.append("another")) for name in names]
    table.append(Action("wanted", WANTED, lambda: done.append("wanted")))
    palette = Palette(session, box, page, lambda: table, lambda _found: done.append("record"))
    palette.begin()
    qtbot.keyClicks(box, INITIALS)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(done))
    assert done == ["wanted"]
