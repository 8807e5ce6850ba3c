import gc
import threading
import weakref

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu

from organizer.jobs import Job
from organizer.services.office.short_code import ShortCode
from organizer.services.workspace import Workspace
from organizer.ui.shell.lock import LockPage
from organizer.ui.shell.unlock import UnlockPage
from tests.support import offices
from tests.support.offices import CHEAP, PASSWORD
from tests.ui.shell.conftest import Driver

CONTROL = Qt.KeyboardModifier.ControlModifier


def texts(driver: Driver) -> str:
    return " ".join(label.text() for label in driver.page.findChildren(QLabel))


def test_a_wrong_password_is_told_and_the_right_one_opens(office_driver: Driver) -> None:
    office_driver.start()
    office_driver.until(lambda: office_driver.focus_name() == "password")
    office_driver.enter("not this one")
    office_driver.until(lambda: "密码不对" in texts(office_driver))
    office_driver.unlock()
    assert office_driver.program.desk.settings.account == offices.ACCOUNT


def test_capitals_that_are_locked_are_noticed(office_driver: Driver) -> None:
    office_driver.start()
    office_driver.until(lambda: office_driver.focus_name() == "password")
    # Typed without the shift key.
    office_driver.bot.keyClick(office_driver.app.focusWidget(), "A")
    assert "大写锁定" in texts(office_driver)


def test_locking_without_a_short_code_closes_the_file(office_driver: Driver) -> None:
    driver = office_driver
    driver.start()
    driver.unlock()
    driver.press(Qt.Key.Key_L, CONTROL)
    driver.until(lambda: isinstance(driver.page, UnlockPage) and driver.program.session is None)
    # Another program can have the folder now.
    driver.until(lambda: driver.program.runner.running == 0)
    offices.open_office(driver.program.folder.root).close()
    driver.unlock()


def test_the_memory_of_a_closed_sitting_is_given_back(office_driver: Driver) -> None:
    driver = office_driver
    driver.start()
    driver.unlock()
    assert driver.program.window is not None and driver.program.session is not None
    sitting = weakref.ref(driver.program.session)
    # What the window holds is put aside from the collector once it has settled.
    gc.freeze()
    driver.press(Qt.Key.Key_L, CONTROL)
    driver.until(lambda: isinstance(driver.page, UnlockPage) and driver.program.session is None)
    driver.until(lambda: driver.program.runner.running == 0)

    def given_back() -> bool:
        gc.collect()
        return sitting() is None

    driver.until(given_back)


def test_a_short_code_brings_the_same_window_back(office_driver: Driver) -> None:
    driver = office_driver
    driver.start()
    driver.unlock()
    program, window = driver.program, driver.program.window
    assert window is not None
    program.desk.short_code = ShortCode.of("2580", CHEAP)
    window.topbar.search.setText("half a word")
    driver.press(Qt.Key.Key_L, CONTROL)
    driver.until(lambda: isinstance(driver.page, LockPage) and not window.isVisible())
    driver.until(lambda: driver.focus_name() == "code")
    driver.enter("1379")
    driver.until(lambda: "还可以试 4 次" in texts(driver))
    driver.enter("2580")
    driver.until(window.isVisible)
    assert program.window is window
    assert window.topbar.search.text() == "half a word"


def test_five_wrong_short_codes_ask_for_the_password(office_driver: Driver) -> None:
    driver = office_driver
    driver.start()
    driver.unlock()
    driver.program.desk.short_code = ShortCode.of("2580", CHEAP)
    driver.press(Qt.Key.Key_L, CONTROL)
    for left in (4, 3, 2, 1):
        driver.until(lambda: driver.focus_name() == "code")
        driver.enter("1379")
        driver.until(lambda left=left: f"还可以试 {left} 次" in texts(driver))
    driver.enter("1379")
    driver.until(lambda: isinstance(driver.page, UnlockPage))
    assert driver.program.desk.short_code is None
    driver.unlock()


def test_nobody_there_for_a_while_locks(office_driver: Driver) -> None:
    driver = office_driver
    driver.start()
    driver.unlock()
    window = driver.program.window
    assert window is not None
    assert window._idle.interval() == 10 * 60_000
    driver.program.desk.choose(idle_minutes=2)
    assert window._idle.interval() == 2 * 60_000
    window._idle.timeout.emit()
    driver.until(lambda: isinstance(driver.page, UnlockPage) and not window.isVisible())


def test_locking_during_a_job_lets_it_end_and_the_same_person_come_back(
    office_driver: Driver,
) -> None:
    driver = office_driver
    driver.start()
    driver.unlock()
    session, window = driver.program.session, driver.program.window
    assert session is not None and window is not None
    enough, ended = threading.Event(), []

    def work(workspace: Workspace, job: Job) -> str:
        while not enough.wait(0.005):
            job.step(0, 0)
        return workspace.office.name

    session.change(window, work, ended.append)
    driver.press(Qt.Key.Key_L, CONTROL)
    driver.until(lambda: isinstance(driver.page, UnlockPage) and not window.isVisible())
    driver.unlock()
    assert driver.program.window is window
    enough.set()
    driver.until(lambda: ended)


def test_closing_during_a_job_stops_it_at_its_next_step(office_driver: Driver) -> None:
    driver = office_driver
    driver.start()
    driver.unlock()
    session, window = driver.program.session, driver.program.window
    assert session is not None and window is not None
    begun, never = threading.Event(), threading.Event()

    def work(workspace: Workspace, job: Job) -> None:
        begun.set()
        while not never.wait(0.005):
            job.step(0, 0)

    session.change(window, work)
    driver.until(begun.is_set)
    window.close()
    driver.program.stop()
    offices.open_office(driver.program.folder.root).close()


def test_a_second_window_is_told_who_holds_the_folder(office_driver: Driver) -> None:
    driver = office_driver
    holder = offices.open_office(driver.program.folder.root)
    try:
        driver.start()
        driver.until(lambda: driver.focus_name() == "password")
        driver.enter(PASSWORD)
        driver.until(lambda: "另一个程序正开着" in texts(driver))
        assert driver.program.window is None
    finally:
        holder.close()
    driver.unlock()


@pytest.mark.usefixtures("chinese")
def test_qt_speaks_chinese_in_the_menu_of_a_line(office_driver: Driver) -> None:
    line = QLineEdit("text")
    office_driver.bot.addWidget(line)
    menu = line.createStandardContextMenu()
    assert isinstance(menu, QMenu)
    assert any(action.text().startswith("复制") for action in menu.actions())
    menu.deleteLater()
