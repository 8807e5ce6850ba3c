"""今日 in a window, and what lies behind it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from organizer.services.survey import recording, walking
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.today.screen import TodayScreen

Key = Qt.Key


@pytest.fixture
def screen(qtbot: QtBot, session: Session) -> TodayScreen:
    made = TodayScreen(session)
    qtbot.addWidget(made)
    made.resize(1294, 716)
    made.show()
    made.activateWindow()
    return made


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def lines(screen: TodayScreen) -> dict[str, int]:
    return {errand.key: errand.count for errand in screen.model.errands}


def doors(workspace: Workspace) -> list[bytes]:
    nodes = walking.tree(workspace).nodes
    street = max((node for node in nodes if node.kind == "street"), key=lambda node: node.units)
    return [door.employer for door in walking.way(workspace, street.id).doors]


def visit(workspace: Workspace, employer: bytes, outcome: str = "1", **facts: str) -> None:
    recording.record_visit(workspace, VisitOrder(employer, outcome, facts))


def everything(workspace: Workspace) -> list[bytes]:
    rows = workspace.database.read(
        lambda c: c.execute("SELECT id FROM employer WHERE retired_on IS NULL").fetchall()
    )
    return [row for (row,) in rows]
