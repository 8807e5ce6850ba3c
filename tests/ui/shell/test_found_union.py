"""A union found from anywhere opens on its page; the rail's commands know the screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from organizer.services.unions import keeping
from organizer.services.unions.keeping import UnionOrder
from organizer.settings import Settings
from organizer.ui.session import Session
from organizer.ui.settings.desk import Desk
from organizer.ui.shell.screens import entries
from organizer.ui.shell.window import Window
from organizer.ui.unions.screen import UnionsScreen

NAME = "样例商圈联合工会"


@pytest.fixture
def window(session: Session, qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    desk = Desk(tmp_path / "settings.toml", Settings())
    made = Window(session, entries(desk), desk)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()
    shiboken6.delete(made)


def test_a_found_union_opens_its_page_and_its_acts_are_undone(
    window: Window, session: Session, qtbot: QtBot
) -> None:
    union = keeping.add(session.workspace, UnionOrder({"name": NAME}))
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.topbar.search.hasFocus)
    qtbot.keyClicks(window.topbar.search, "ylsq")
    qtbot.waitUntil(lambda: ("工会", NAME) in [(r.kind, r.text) for r in window.palette_.rows])
    qtbot.keyClick(window.topbar.search, Qt.Key.Key_Return)
    assert window.windowTitle().startswith("工会")
    screen = window.current
    assert isinstance(screen, UnionsScreen)
    qtbot.waitUntil(lambda: screen.page.card is not None and screen.page.card.id == union)
    # F2 is the screen's own key; Esc and Ctrl+Z belong to the window.
    qtbot.keyClick(window, Qt.Key.Key_F2)
    form = screen.page.edit_form
    qtbot.waitUntil(lambda: screen.page.form is form)
    form.by_name["approval_no"].line.setText("样工〔2026〕9号")
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: screen.page.form is None)
    qtbot.waitUntil(
        lambda: screen.page.card is not None and bool(screen.page.card.typed["approval_no"])
    )
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(
        lambda: screen.page.card is not None and not screen.page.card.typed["approval_no"]
    )
