"""统计 by keyboard: from a number to its units, weeks back and on, a spot check answered by digits."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow
from pytestqt.qtbot import QtBot

from organizer.domain.access import Role
from organizer.domain.weekly import Week
from organizer.services import finding
from organizer.services.reports import spot_checking
from organizer.services.survey import recording
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.store.transaction import Write
from organizer.ui.reports.figures import COLUMNS, NAMES
from organizer.ui.reports.screen import ReportsScreen
from organizer.ui.reports.spot_page import SpotPage
from organizer.ui.session import Session
from tests.support import eyes

Key = Qt.Key
Show = Callable[..., ReportsScreen]


@pytest.fixture
def visited(session: Session) -> list[str]:
    """Four units visited in the sample's office, by name."""
    units = finding.find(session.workspace, "沈阳", 4, "employer")
    for number, unit in enumerate(units):
        facts = {"staff_total": str(number + 12), "union_state": "4"}
        recording.record_visit(session.workspace, VisitOrder(unit.id, "1", facts))
    return [unit.name for unit in units]


@pytest.fixture
def show(session: Session, qtbot: QtBot) -> Show:
    """The screen in a window that binds its actions, as the shell does."""
    window = QMainWindow()
    qtbot.addWidget(window)

    def made(record: object = None, width: int = 1366) -> ReportsScreen:
        screen = ReportsScreen(session)
        window.setCentralWidget(screen)
        for action in screen.actions_table():
            bound = QAction(action.text, window)
            bound.setShortcut(QKeySequence(action.shortcut))
            bound.triggered.connect(lambda _checked=False, run=action.run: run())
            window.addAction(bound)
        window.resize(width, 700)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        screen.arrive(record)
        return screen

    return made


def counted(qtbot: QtBot, screen: ReportsScreen) -> ReportsScreen:
    qtbot.waitUntil(lambda: screen.week.report is not None)
    return screen


def press(qtbot: QtBot, key: Qt.Key, *, ctrl: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key, held)


def read(screen: ReportsScreen) -> str:
    return eyes.read(screen)


def test_a_number_opens_its_units_and_esc_comes_back(
    qtbot: QtBot, session: Session, visited: list[str], show: Show
) -> None:
    screen = counted(qtbot, show())
    figures = screen.week.figures
    assert QApplication.focusWidget() is figures
    # From 应查 to the week's 已查, two columns on.
    press(qtbot, Key.Key_Right)
    press(qtbot, Key.Key_Right)
    here = figures.currentIndex()
    assert COLUMNS[here.column() - NAMES].measure.key == "reached" and here.data() == "4"
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: "合计　已查　本周：4" in read(screen))
    assert all(name in read(screen) for name in visited)
    # Where each of them is stands beside its name.
    listed = screen.week.behind.rows.rows
    assert all(listed.index(at, 1).data() for at in range(listed.rowCount()))
    with qtbot.waitSignal(screen.go) as gone:
        press(qtbot, Key.Key_Return)
    assert gone.args[0] == "employers" and isinstance(gone.args[1], bytes)
    press(qtbot, Key.Key_Escape)
    assert QApplication.focusWidget() is figures
    assert figures.currentIndex() == here


def test_weeks_grids_and_denominators(
    qtbot: QtBot, session: Session, visited: list[str], show: Show
) -> None:
    screen = counted(qtbot, show())
    week, this = screen.week, Week.of(session.workspace.today)
    assert not week.after.isEnabled()
    assert "应查＝全部在用单位" in read(screen)
    press(qtbot, Key.Key_G, ctrl=True)
    assert "没有划入网格" in read(screen) and "按街路看" in read(screen)
    week.denominator.setCurrentIndex(week.denominator.findData("ten"))
    week.denominator.activated.emit(week.denominator.currentIndex())
    qtbot.waitUntil(lambda: "不少于 10 人" in read(screen))
    assert week.figures.figures.lines[0].figure("due").total < 392
    # The round began today: the week before has no report, and the one in view stays.
    press(qtbot, Key.Key_PageUp, ctrl=True)
    qtbot.waitUntil(lambda: week._day == this.monday)
    assert week.report is not None and week.report.told.week == this


def test_a_past_week_and_on_again(
    qtbot: QtBot, session: Session, visited: list[str], show: Show
) -> None:
    workspace = session.workspace
    started = (workspace.today - timedelta(days=10)).isoformat()

    def begin(write: Write) -> None:
        (row,) = write.connection.execute("SELECT id FROM round").fetchone()
        write.set("round", row, {"starts_on": started})

    workspace.database.write(workspace.intent("round.edit"), begin)
    screen = counted(qtbot, show())
    this = Week.of(workspace.today)
    press(qtbot, Key.Key_PageUp, ctrl=True)
    qtbot.waitUntil(lambda: bool(screen.week.report and screen.week.report.told.week != this))
    assert screen.week.after.isEnabled()
    press(qtbot, Key.Key_PageDown, ctrl=True)
    qtbot.waitUntil(lambda: bool(screen.week.report and screen.week.report.told.week == this))


def test_the_report_is_saved_and_copied(
    qtbot: QtBot,
    session: Session,
    visited: list[str],
    show: Show,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    screen = counted(qtbot, show())
    for keys, name in ((Key.Key_E, "周报.xlsx"), (Key.Key_P, "周报.pdf")):
        press(qtbot, keys, ctrl=True)
        qtbot.waitUntil(lambda: bool(screen.findChildren(QFileDialog)))
        dialog = screen.findChildren(QFileDialog)[-1]
        with qtbot.waitSignal(screen.say) as said:
            dialog.fileSelected.emit(str(tmp_path / name))
        dialog.close()
        qtbot.waitUntil(lambda: not screen.findChildren(QFileDialog))
        screen.window().activateWindow()
        qtbot.waitUntil(screen.window().isActiveWindow)
        screen.week.figures.setFocus()
        assert said.args == [f"已存为 {name}"]
    assert len(opened) == 2 and (tmp_path / "周报.pdf").read_bytes().startswith(b"%PDF")
    assert load_workbook(tmp_path / "周报.xlsx")["按街路"]["C3"].value == "街路（楼宇、村民组）"
    screen.week.figures.setFocus()
    press(qtbot, Key.Key_C, ctrl=True)
    head, first, *_rest = QGuiApplication.clipboard().text().split("\n")
    assert head.startswith("社区（村）\t街路、楼宇、村民组\t应查现数") and first.startswith(
        "\t合计\t392"
    )


def test_without_a_round_the_screen_says_where_to_begin(
    qtbot: QtBot, session: Session, show: Show
) -> None:
    workspace = session.workspace

    def end(write: Write) -> None:
        (row,) = write.connection.execute("SELECT id FROM round").fetchone()
        write.retire("round", row, workspace.today.isoformat())

    workspace.database.write(workspace.intent("round.retire"), end)
    screen = show()
    qtbot.waitUntil(lambda: "请先开一个批次" in read(screen))
    with qtbot.waitSignal(screen.go) as gone:
        screen.week._begin.click()
    assert gone.args == ["survey", None]
    press(qtbot, Key.Key_2, ctrl=True)
    qtbot.waitUntil(lambda: "请先开一个批次" in read(screen))


def test_the_round_beside_the_one_before(
    qtbot: QtBot, session: Session, visited: list[str], show: Show
) -> None:
    screen = show("compare")
    qtbot.waitUntil(lambda: screen.compare.found is not None)
    assert "是第一个批次" in read(screen) and "建会状态变化" in read(screen)
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: "新增：0" in read(screen))
    press(qtbot, Key.Key_Escape)
    assert QApplication.focusWidget() is screen.compare.kinds


def spot(screen: ReportsScreen) -> SpotPage:
    page = screen._pages["spot"]
    assert isinstance(page, SpotPage)
    return page


def test_a_check_is_drawn_and_answered_by_digits(
    qtbot: QtBot, session: Session, visited: list[str], show: Show
) -> None:
    screen = show("spot")
    page = spot(screen)
    assert QApplication.focusWidget() is page.wanted.line
    # Fewer than is usual: what can be drawn is proposed.
    qtbot.waitUntil(lambda: page.wanted.text == "4" and "能抽的有 4 户" in read(screen))
    page.wanted.line.selectAll()
    qtbot.keyClicks(page.wanted.line, "20")
    press(qtbot, Key.Key_Return, ctrl=True)
    qtbot.waitUntil(lambda: "能抽查的只有 4 户" in read(screen))
    page.wanted.line.setText("3")
    with qtbot.waitSignal(screen.say) as said:
        press(qtbot, Key.Key_Return, ctrl=True)
    assert said.args == ["从 4 户里抽了 3 户"]
    qtbot.waitUntil(lambda: page.items.rows.rowCount() == 3)
    assert QApplication.focusWidget() is page.items
    press(qtbot, Key.Key_1)
    qtbot.waitUntil(lambda: page.items.currentIndex().row() == 1)
    press(qtbot, Key.Key_2)
    qtbot.waitUntil(lambda: "哪一项不一致" in read(screen))
    press(qtbot, Key.Key_C)
    qtbot.waitUntil(lambda: page.items.currentIndex().row() == 2)
    # Esc takes a 2 back.
    press(qtbot, Key.Key_2)
    press(qtbot, Key.Key_Escape)
    assert "按数字记结果" in read(screen)
    press(qtbot, Key.Key_3)
    qtbot.waitUntil(lambda: "没联系上" in read(screen).replace("3 没联系上", ""))
    qtbot.waitUntil(lambda: "联系上 2 户，一致 1 户（50%）" in read(screen))
    assert "不一致（职工总数）" in read(screen)
    (check,) = spot_checking.checks(session.workspace)
    assert check.agreement.waiting == 0


def test_what_is_worth_another_look(
    qtbot: QtBot, session: Session, visited: list[str], show: Show
) -> None:
    screen = show("spot")
    page = spot(screen)
    qtbot.waitUntil(lambda: "值得复核" in read(screen))
    press(qtbot, Key.Key_G, ctrl=True)
    qtbot.waitUntil(lambda: "回到回访" in read(screen))
    if page.signals.found:
        with qtbot.waitSignal(screen.go) as gone:
            press(qtbot, Key.Key_Return)
        assert gone.args[0] == "survey"
    press(qtbot, Key.Key_G, ctrl=True)
    assert "按数字记结果" in read(screen) or "从走访过的单位里抽签" in read(screen)


def test_who_collects_sees_no_checks(
    qtbot: QtBot, session: Session, visited: list[str], show: Show
) -> None:
    whole = session.workspace
    account = replace(whole.account, role=Role.COLLECTOR)
    session.workspace = Workspace(whole.database, account, whole.office)
    screen = counted(qtbot, show())
    assert "抽查" not in read(screen) and "周报" in read(screen)
    session.workspace = whole


@pytest.mark.parametrize(("scale", "width"), [(1.0, 1294), (1.75, 1240), (1.75, 900)])
def test_nothing_scrolls_sideways(
    qtbot: QtBot, session: Session, visited: list[str], show: Show, scale: float, width: int
) -> None:
    session.theme.choose(scale=scale)
    screen = counted(qtbot, show(width=width))
    figures = screen.week.figures
    qtbot.waitUntil(lambda: figures.horizontalHeader().length() <= figures.viewport().width())
    assert not figures.isColumnHidden(1)
