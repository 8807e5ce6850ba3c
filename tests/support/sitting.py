"""What tests of screens do alike: show one as the window does, sit there in another role."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar

from pytestqt.qtbot import QtBot

from organizer.domain.access import Role
from organizer.services.workspace import Workspace
from organizer.ui.screen import Screen
from organizer.ui.session import Session

S = TypeVar("S", bound=Screen)
HEIGHT = 716


def show(qtbot: QtBot, screen: S, record: object = None, width: int = 1294) -> S:
    """The screen at the size it has in a window of 1366 by 768, with a record to show."""
    qtbot.addWidget(screen)
    screen.resize(width, HEIGHT)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    screen.arrive(record)
    return screen


@contextmanager
def acting_as(session: Session, role: Role) -> Iterator[None]:
    """Another role at the same desk."""
    workspace = session.workspace
    account = replace(workspace.account, role=role)
    session.workspace = Workspace(workspace.database, account, workspace.office)
    try:
        yield
    finally:
        session.workspace = workspace
