"""照表录入 by a quick hand and with a scanner: nothing typed while a row is saved is lost."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from organizer.domain import row_code
from organizer.services.paper.paper_rows import PaperRow
from organizer.ui.session import Session
from organizer.ui.survey.paper_screen import PaperScreen
from tests.ui.survey.test_paper_entry import (
    enter_code,
    focused,
    known,
    outcomes,
    press,
    rows,
    saved,
    screen,
)

Key = Qt.Key
__all__ = ["rows", "screen"]


def at(qtbot: QtBot, page: PaperScreen, row: PaperRow) -> None:
    qtbot.waitUntil(lambda: page.entry.paper is not None and page.entry.paper.id == row.id)


def test_the_next_code_typed_while_a_row_is_saved(
    qtbot: QtBot, screen: PaperScreen, session: Session, rows: list[PaperRow]
) -> None:
    enter_code(qtbot, screen, rows[0].code, rows[0])
    press(qtbot, "2")
    # The disk has not answered; the hand is at the next row already.
    press(qtbot, rows[1].code)
    at(qtbot, screen, rows[1])
    assert outcomes(session.workspace, rows[0]) == ["2"]
    press(qtbot, "3")
    saved(qtbot, screen, 2)
    assert outcomes(session.workspace, rows[1]) == ["3"]


def test_a_scan_into_the_remark_saves_the_row_and_opens_the_next(
    qtbot: QtBot, screen: PaperScreen, session: Session, rows: list[PaperRow]
) -> None:
    enter_code(qtbot, screen, rows[0].code, rows[0])
    qtbot.keyClicks(focused(), "2")
    assert focused().objectName() == "remark"
    qtbot.keyClicks(focused(), "guanmen")
    press(qtbot, row_code.scan_text(rows[1].id))
    at(qtbot, screen, rows[1])
    assert outcomes(session.workspace, rows[0]) == ["2"]
    told = session.workspace.database.read(
        lambda c: c.execute("SELECT remark FROM visit").fetchone()[0]
    )
    assert told == "guanmen"
    assert not any(screen.entry.fields.values().values())


def test_a_scan_into_an_untouched_row_only_opens_the_next(
    qtbot: QtBot, screen: PaperScreen, session: Session, rows: list[PaperRow]
) -> None:
    enter_code(qtbot, screen, rows[0].code, rows[0])
    press(qtbot, row_code.scan_text(rows[1].id))
    at(qtbot, screen, rows[1])
    assert not any(screen.entry.fields.values().values())
    assert outcomes(session.workspace, rows[0]) == []


def test_a_scan_into_a_row_without_outcome_leaves_it_open(
    qtbot: QtBot, screen: PaperScreen, session: Session, rows: list[PaperRow]
) -> None:
    enter_code(qtbot, screen, rows[0].code, rows[0])
    fields = screen.entry.fields
    fields.boxes[0].setFocus()
    qtbot.keyClicks(focused(), "23")
    press(qtbot, row_code.scan_text(rows[1].id))
    qtbot.waitUntil(lambda: not session._runner.running)
    assert screen.entry.paper == rows[0]
    assert fields.boxes[0].text == "23" and fields.outcome.line.hasFocus()
    assert "staff_total" not in known(session.workspace, rows[0])
