"""集中入会 by keyboard: an event, a list, what stands in the way of whom, all others at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from organizer.services.members import approving, gathering
from organizer.settings import Settings
from organizer.ui.session import Session
from organizer.ui.settings.desk import Desk
from organizer.ui.shell.rail import ScreenEntry
from organizer.ui.shell.window import Window
from organizer.ui.signup.gathering_screen import GatheringsScreen
from tests.support.crowds import made_id, made_phone, ordinary, pasted
from tests.ui.signup.conftest import Hands

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk_window(session: Session, tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    entry = ScreenEntry("gatherings", "集中入会", "signup", GatheringsScreen)
    made = Window(session, [entry], Desk(tmp_path / "settings.toml", Settings()))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()
    shiboken6.delete(made)


@pytest.fixture
def gatherings(desk_window: Window) -> GatheringsScreen:
    found = desk_window.current
    assert isinstance(found, GatheringsScreen)
    return found


def focus() -> str:
    found = QApplication.focusWidget()
    return found.objectName() if found else ""


def begin(screen: GatheringsScreen, hands: Hands, qtbot: QtBot) -> None:
    """A new event: its name, and Enter through the rest."""
    qtbot.waitUntil(lambda: focus() == "new-gathering")
    hands.enter()
    qtbot.waitUntil(lambda: focus() == "name")
    hands.hanzi("工人村快递员集中入会")
    for _field in range(6):
        hands.enter()
    qtbot.waitUntil(lambda: screen.page.card is not None)
    qtbot.waitUntil(lambda: focus() == "name" and screen.page.isVisible())


def told(screen: GatheringsScreen) -> list[str]:
    rows = screen.page.table.rows
    last = rows.columnCount() - 1
    return [str(rows.index(at, last).data()) for at in range(rows.rowCount())]


def checked(screen: GatheringsScreen) -> bool:
    return bool(screen.page.rows) and not any("正在核对" in one for one in told(screen))


def test_a_list_is_pasted_mended_registered_and_taken_back(
    gatherings: GatheringsScreen, hands: Hands, qtbot: QtBot, session: Session
) -> None:
    screen = gatherings
    begin(screen, hands, qtbot)
    wrong = made_id(20)[:-1] + ("1" if made_id(20)[-1] != "1" else "2")
    people = [*ordinary(3), ("李𠮷", made_id(21), made_phone(21)), ("陈样错", wrong, "")]
    QGuiApplication.clipboard().setText(pasted(people))
    hands.press(Key.Key_V, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: len(screen.page.rows) == 5 and checked(screen))
    assert ["待审批" in one for one in told(screen)] == [True] * 4 + [False]
    assert "生僻字" in told(screen)[3] and "有问题" in told(screen)[4]
    # The same list again adds nobody.
    with qtbot.waitSignal(screen.say) as heard:
        hands.press(Key.Key_V, CONTROL | SHIFT)
    assert "没有重复加" in heard.args[0] and len(screen.page.rows) == 5
    # The suggestion for the wrong digit is taken by one key.
    hands.press(Key.Key_End)
    hands.press(Key.Key_R, CONTROL)
    qtbot.waitUntil(lambda: checked(screen) and "有问题" not in told(screen)[4])
    hands.press(Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: not screen.page.rows)
    (event,) = gathering.held(session.workspace)
    assert (event.members, event.pending) == (0, 5)
    hands.press(Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: gathering.held(session.workspace)[0].pending == 0)


def test_rows_are_typed_fast_and_survive(
    gatherings: GatheringsScreen, hands: Hands, qtbot: QtBot, session: Session
) -> None:
    screen = gatherings
    begin(screen, hands, qtbot)
    hands.hanzi("孙样补")
    hands.enter()
    hands.data(made_id(5)[:-2])
    field = screen.page.entry.fields["id_number"]
    qtbot.waitUntil(lambda: field.line.property("state") == "wrong")
    assert "18" in field.line.accessibleDescription()
    hands.data(made_id(5)[-2:])
    hands.enter()
    hands.data(made_phone(5))
    for _field in range(4):
        hands.enter()
    qtbot.waitUntil(lambda: len(screen.page.rows) == 1 and focus() == "name")
    hands.hanzi("王样半")
    hands.enter()
    screen.page.keep()
    kept = gatherings.page.card
    assert kept is not None
    screen._to_events()
    qtbot.waitUntil(lambda: focus() == "gatherings")
    hands.enter()
    qtbot.waitUntil(lambda: len(screen.page.rows) == 2)
    assert [row.text("name") for row in screen.page.rows] == ["孙样补", "王样半"]


def test_what_the_committee_allows_makes_members_at_once(
    gatherings: GatheringsScreen,
    hands: Hands,
    qtbot: QtBot,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = gatherings
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.fileName()))
    begin(screen, hands, qtbot)
    hands.press(Key.Key_U, CONTROL)
    qtbot.waitUntil(lambda: focus() == "authority_no")
    hands.hanzi("样工发〔2026〕7号")
    for _field in range(3):
        hands.enter()
    hands.data("2")
    hands.enter()
    qtbot.waitUntil(lambda: screen.page.card is not None and screen.page.card.places == 2)
    qtbot.waitUntil(screen.page.isVisible)
    QGuiApplication.clipboard().setText(pasted(ordinary(3)))
    hands.press(Key.Key_V, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: len(screen.page.rows) == 3 and checked(screen))
    hands.press(Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: len(shown) == 1)
    hands.press(Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: not screen.page.rows)
    (event,) = gathering.held(session.workspace)
    assert (event.members, event.pending) == (2, 1)
    (listed,) = approving.approval_lists(session.workspace)
    assert listed.count == 2
