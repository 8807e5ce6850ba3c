"""单位 in a window, and how one finds and reads things there."""

from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from organizer.services import finding
from organizer.ui.employers.screen import EmployersScreen
from organizer.ui.session import Session

UNIT = "沈阳样禾供应链管理有限公司"


Kind = TypeVar("Kind", bound=QWidget)


INITIALS = "syyhgylglyxgs"


@pytest.fixture
def screen(qtbot: QtBot, session: Session) -> EmployersScreen:
    return shown(qtbot, session)


def shown(qtbot: QtBot, session: Session, width: int = 1294, height: int = 716) -> EmployersScreen:
    made = EmployersScreen(session)
    qtbot.addWidget(made)
    made.resize(width, height)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.arrive()
    qtbot.waitUntil(lambda: made.model.rowCount() > 0 or not made._empty.isHidden())
    return made


def employer(session: Session) -> bytes:
    found = finding.employer_by_name(session.workspace, UNIT)
    assert found is not None
    return found


def wait_for_card(qtbot: QtBot, screen: EmployersScreen, name: str = UNIT) -> None:
    def here() -> bool:
        card = screen.card_panel.card
        return card is not None and card.name == name and screen.card_panel.isVisible()

    qtbot.waitUntil(here)


def opened(qtbot: QtBot, screen: EmployersScreen) -> None:
    """Find the unit by its initials and open it, as a person does."""
    qtbot.keyClicks(screen.filter_bar.line, INITIALS)
    qtbot.waitUntil(lambda: screen.model.rowCount() == 1)
    qtbot.keyClick(screen.filter_bar.line, Qt.Key.Key_Return)
    assert screen.table.hasFocus()
    qtbot.waitUntil(lambda: screen.model.id_at(0) is not None)
    qtbot.keyClick(screen.table, Qt.Key.Key_Return)
    wait_for_card(qtbot, screen)


def part(screen: QWidget, kind: type[Kind], name: str) -> Kind:
    found = screen.findChild(kind, name)
    assert found is not None, name
    return found


def texts(screen: QWidget) -> str:
    return "\n".join(made.text() for made in screen.findChildren(QLabel))


def compose(widget: QWidget, text: str) -> None:
    """Type hanzi as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)
