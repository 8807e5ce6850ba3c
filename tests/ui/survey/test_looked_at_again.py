"""What somebody is about to type or read stays as it is while the screen is read again beside."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from organizer.domain.access import Role
from organizer.ui.session import Session
from organizer.ui.survey.screen import SurveyScreen
from tests.support.sitting import acting_as
from tests.ui.survey.test_survey_screen import names, open_street, shown, stands_at


@pytest.fixture
def screen(qtbot: QtBot, session: Session) -> Iterator[SurveyScreen]:
    yield from shown(qtbot, session)


def editor(screen: SurveyScreen, field: str) -> QLineEdit:
    found = next(row.editor for row in screen.card.rows if row.question.field == field)
    assert isinstance(found, QLineEdit)
    found.setFocus()
    return found


def test_the_cursor_stays_in_the_middle_of_an_answer(qtbot: QtBot, screen: SurveyScreen) -> None:
    open_street(qtbot, screen)
    line = editor(screen, "remark")
    qtbot.keyClicks(line, "men kai ")
    line.setCursorPosition(3)
    screen.recording._on_stood(screen.street.door)
    qtbot.waitUntil(lambda: not screen.session._runner.running)
    assert (line.text(), line.cursorPosition()) == ("men kai ", 3)


def test_cells_pasted_into_an_answer_are_one_line(qtbot: QtBot, screen: SurveyScreen) -> None:
    open_street(qtbot, screen)
    line = editor(screen, "remark")
    QGuiApplication.clipboard().setText("\n".join(f"第{n}行" for n in range(10_000)))
    qtbot.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QGuiApplication.clipboard().clear()
    assert line.text().startswith("第0行 第1行 第2行") and len(line.text()) <= 500


def test_the_wheel_over_the_filter_changes_nothing(qtbot: QtBot, screen: SurveyScreen) -> None:
    open_street(qtbot, screen)
    before, box = names(screen), screen.finder.units.box
    middle = QPointF(box.rect().center())
    none = Qt.KeyboardModifier.NoModifier
    turn = QWheelEvent(
        middle, QPointF(box.mapToGlobal(middle)), QPoint(), QPoint(0, -120),
        Qt.MouseButton.NoButton, none, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, turn)
    qtbot.waitUntil(lambda: not screen.session._runner.running and stands_at(screen) != "")
    assert box.currentIndex() == 0 and names(screen) == before


def test_a_collector_is_not_offered_the_sources_he_does_not_see(
    qtbot: QtBot, session: Session
) -> None:
    with acting_as(session, Role.COLLECTOR):
        screen = next(shown(qtbot, session))
        open_street(qtbot, screen)
        qtbot.keyClicks(editor(screen, "staff_total"), "36")
        row = next(one for one in screen.card.rows if one.question.field == "staff_total")
        told = set()
        for _press in range(8):
            qtbot.keyClick(row.editor, Qt.Key.Key_F6)
            told.add(row.source)
    assert told == {"spoken", "seen", "paper", "roster"}
