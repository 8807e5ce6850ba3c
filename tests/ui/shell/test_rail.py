"""The rail in a window too low for icons and words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from organizer.settings import Settings
from organizer.ui.session import Session
from organizer.ui.settings.desk import Desk
from organizer.ui.shell.rail import Rail
from organizer.ui.shell.screens import entries


def test_where_it_is_low_the_words_stay(qtbot: QtBot, session: Session) -> None:
    session.theme.choose(scale=1.75)
    desk = Desk(session.workspace.database.folder.root / "settings.toml", Settings())
    rail = Rail(session.theme, entries(desk), lambda _name: None)
    qtbot.addWidget(rail)
    rail.resize(rail.width(), 480)
    rail.show()
    buttons = rail.findChildren(QToolButton)
    style = Qt.ToolButtonStyle
    assert {made.toolButtonStyle() for made in buttons} == {style.ToolButtonTextOnly}
    needed = rail.layout().minimumSize().height()
    assert needed <= 700
    rail.resize(rail.width(), 1100)
    assert {made.toolButtonStyle() for made in buttons} == {style.ToolButtonTextUnderIcon}
