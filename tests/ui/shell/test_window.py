"""The window's own work: palette, undo, shortcuts, what stands at the top."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from organizer.domain.signup import Typed
from organizer.services import finding
from organizer.services.members import printing, signup
from organizer.services.members.signup import SignupOrder
from organizer.settings import Settings
from organizer.ui.session import Session
from organizer.ui.settings.desk import Desk
from organizer.ui.shell.keys_page import KeysPage
from organizer.ui.shell.screens import entries
from organizer.ui.shell.window import Window
from organizer.ui.signup.screen import SignupScreen
from organizer.ui.today.screen import TodayScreen
from tests.support.model_watch import watch

WAIT_MS = 20_000
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(session: Session, qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    """An open window over the listed office."""
    desk = Desk(tmp_path / "settings.toml", Settings())
    made = Window(session, entries(desk), desk)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()
    shiboken6.delete(made)


def rows(window: Window) -> list[tuple[str, str]]:
    return [(row.kind, row.text) for row in window.palette_.rows]


def ask(window: Window, qtbot: QtBot, text: str) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    qtbot.waitUntil(window.topbar.search.hasFocus)
    qtbot.keyClicks(window.topbar.search, text)


def test_commands_stand_in_the_palette_and_are_found_by_initials(
    window: Window, qtbot: QtBot
) -> None:
    watch(window.palette_._popup.model)
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    assert ("命令", "锁定") in rows(window)
    qtbot.waitUntil(lambda: "锁定" in window.palette_._readings)
    qtbot.keyClicks(window.topbar.search, "dksz")
    assert rows(window)[0] == ("命令", "打开设置")
    qtbot.keyClick(window.topbar.search, Qt.Key.Key_Return)
    assert window.current.objectName() == "page"
    assert window.windowTitle().startswith("设置")


def test_the_grids_are_found_by_their_name_from_anywhere(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    qtbot.waitUntil(lambda: "网格" in window.palette_._readings)
    qtbot.keyClicks(window.topbar.search, "wg")
    assert rows(window)[0] == ("命令", "网格")
    qtbot.keyClick(window.topbar.search, Qt.Key.Key_Return)
    assert window.windowTitle().startswith("地点和网格")
    marked = [one.text() for one in window.findChildren(QToolButton) if one.isChecked()]
    assert marked == ["排查"]


def test_a_unit_is_found_by_initials_and_opened(window: Window, qtbot: QtBot) -> None:
    ask(window, qtbot, "syyh")
    qtbot.waitUntil(lambda: any(kind == "单位" for kind, _text in rows(window)))
    qtbot.keyClick(window.topbar.search, Qt.Key.Key_Return)
    assert window.windowTitle().startswith("单位")
    assert window.topbar.search.text() == ""


def test_enter_right_behind_the_text_waits_for_the_answer(window: Window, qtbot: QtBot) -> None:
    ask(window, qtbot, "gongrencun")
    qtbot.keyClick(window.topbar.search, Qt.Key.Key_Return)
    assert window.windowTitle().startswith("今日")
    qtbot.waitUntil(lambda: window.windowTitle().startswith("排查"), timeout=WAIT_MS)


def test_a_screen_that_loads_again_leaves_the_cursor_where_it_is(
    window: Window, session: Session, qtbot: QtBot
) -> None:
    today = window.current
    assert isinstance(today, TodayScreen)
    qtbot.waitUntil(today.errands.hasFocus, timeout=WAIT_MS)
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    assert window.topbar.search.hasFocus()
    order = SignupOrder(Typed("盖国华", "219900198708151297", "19900070119", {}))
    signup.sign_up(session.workspace, order)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    with qtbot.assertNotEmitted(app.focusChanged):
        session.touched.emit()
        qtbot.waitUntil(
            lambda: "pending" in [errand.key for errand in today.model.errands], timeout=WAIT_MS
        )


def test_escape_goes_back_to_where_the_cursor_was(window: Window, qtbot: QtBot) -> None:
    window.show_screen("settings", "lock")
    before = QApplication.focusWidget()
    ask(window, qtbot, "zzzz")
    qtbot.keyClick(window.topbar.search, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is before
    assert window.topbar.search.text() == ""


def test_enter_in_an_empty_box_opens_nothing_found_before(window: Window, qtbot: QtBot) -> None:
    ask(window, qtbot, "sysyba")
    qtbot.waitUntil(lambda: bool(window.palette_.rows))
    before = window.current
    qtbot.keyClick(window.topbar.search, Qt.Key.Key_Escape)
    window.topbar.search.setFocus()
    qtbot.keyClick(window.topbar.search, Qt.Key.Key_Return)
    assert window.current is before


def test_what_is_not_there_is_said(window: Window, qtbot: QtBot) -> None:
    ask(window, qtbot, "qqqqqq")
    said = window.palette_._popup.findChildren(QLabel)
    qtbot.waitUntil(lambda: any("没有找到" in label.text() for label in said))
    told = next(label for label in said if "没有找到" in label.text())
    assert told.height() >= told.heightForWidth(told.width())


def test_a_scanned_paper_leads_to_its_person(
    window: Window, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    workspace = session.workspace
    unit = finding.find(workspace, "syyh", table="employer")[0]
    made = signup.sign_up(
        workspace,
        SignupOrder(Typed("盖国华", "219900198708151297", "19900070119", {}), employer=unit.id),
    )
    printed = printing.Printer(workspace).print_signup(made.membership, tmp_path / "paper.pdf")
    ask(window, qtbot, f"org1:rh-01:3:{printed.short_id}".lower())
    qtbot.keyClick(window.topbar.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.windowTitle().startswith("人员"))
    qtbot.waitUntil(lambda: "盖国华" in [one.text() for one in window.findChildren(QLabel)])
    ask(window, qtbot, "ORG1:RH-01:3:2222ZZZZ")
    qtbot.keyClick(window.topbar.search, Qt.Key.Key_Return)
    bar = session.notices._bar
    qtbot.waitUntil(lambda: any("没有找到编号" in said for said in bar.said))


def test_undo_and_its_undo_over_saved_records(
    window: Window, session: Session, qtbot: QtBot
) -> None:
    workspace = session.workspace
    signup.sign_up(workspace, SignupOrder(Typed("盖国华", "219900198708151297", "19900070119", {})))
    session.touched.emit()
    qtbot.waitUntil(lambda: "1 人待审批" in window.topbar.state.text())
    # The cursor stands in an empty line, which has nothing of its own to take back.
    window.topbar.search.setFocus()
    qtbot.keyClick(window.topbar.search, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: window.toast.sentence == "已撤销：入会登记")
    qtbot.waitUntil(lambda: "待审批" not in window.topbar.state.text())
    qtbot.keyClick(window.topbar.search, Qt.Key.Key_Z, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: window.toast.sentence == "已恢复：入会登记")
    qtbot.waitUntil(lambda: "1 人待审批" in window.topbar.state.text())
    assert [hit.name for hit in finding.find(workspace, "盖国华")] == ["盖国华"]


def test_the_help_lists_every_shortcut(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: bool(window.findChildren(KeysPage)))
    (page,) = window.findChildren(KeysPage)
    told = [label.text() for label in page.findChildren(QLabel)]
    for action in window.actions_table():
        if action.shortcut:
            assert action.text in told
    page.close()


def test_every_screen_opens_by_its_digit(window: Window, qtbot: QtBot) -> None:
    for number, name in enumerate(
        ("今日", "排查", "单位", "工会", "会员", "入会", "上报", "统计", "设置"), start=1
    ):
        qtbot.keyClick(window, getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.AltModifier)
        assert window.windowTitle().startswith(name)


def test_no_screen_flashes_a_window_of_its_own(window: Window, qtbot: QtBot) -> None:
    for name in ("today", "survey", "employers", "signup", "batches", "reports", "settings"):
        window.show_screen(name)
        qtbot.waitUntil(lambda: window.session._runner.running == 0, timeout=20_000)
        assert QApplication.activeWindow() is window, name


def test_controls_of_the_settings_have_names(window: Window) -> None:
    for section in ("office", "accounts", "look", "lock", "texts", "about"):
        window.show_screen("settings", section)
        for part in window.current.findChildren(QPushButton):
            assert part.accessibleName() or part.text()


def test_a_person_is_found_completed_and_back_again(
    window: Window, session: Session, qtbot: QtBot
) -> None:
    signup.sign_up(session.workspace, SignupOrder(Typed("盖国华", phone="19900070119")))
    window.show_screen("batches")
    ask(window, qtbot, "ggh")
    qtbot.waitUntil(lambda: ("人员", "盖国华") in rows(window))
    while window.palette_._popup.current.text != "盖国华":
        qtbot.keyClick(window.topbar.search, Qt.Key.Key_Down)
    qtbot.keyClick(window.topbar.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.windowTitle().startswith("人员"))
    qtbot.waitUntil(lambda: _named("amend") == "补证件号")
    # A single person lies under what the rail has for people.
    assert [tab.text() for tab in window.findChildren(QToolButton) if tab.isChecked()] == ["会员"]
    qtbot.keyClick(window, Qt.Key.Key_B, CONTROL)
    assert window.windowTitle().startswith("入会")
    signing_up = window.current
    assert isinstance(signing_up, SignupScreen)
    qtbot.waitUntil(lambda: signing_up.amend is not None)
    page = signing_up.amend
    assert page is not None
    qtbot.waitUntil(page.form.id_number.line.hasFocus)
    qtbot.keyClicks(QApplication.focusWidget(), "219900198708151297")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: window.toast.sentence == "已补录盖国华的证件号")
    qtbot.waitUntil(lambda: window.windowTitle().startswith("人员"))
    qtbot.waitUntil(lambda: _named("amend") == "更正资料")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert window.windowTitle().startswith("上报")


def _named(name: str) -> str:
    """What the button of this name says, if it is in view."""
    found = (one for one in QApplication.allWidgets() if isinstance(one, QPushButton))
    said = (one.accessibleName() for one in found if one.objectName() == name and one.isVisible())
    return next(said, "")
