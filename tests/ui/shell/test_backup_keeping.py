"""Backups in the window: told at the top, made by themselves, chosen, and brought back."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QPushButton, QWidget

from organizer import paths, settings
from organizer.services import finding
from organizer.services.office import backing_up
from organizer.services.survey import recording
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.ui.shell.first_run import FirstRunPage
from organizer.ui.shell.restore_page import RestorePage
from organizer.ui.shell.trouble import FarewellPage
from organizer.ui.shell.unlock import UnlockPage
from organizer.ui.shell.window import Window
from tests.support.offices import PASSWORD
from tests.ui.shell.conftest import Driver

SENTENCE = "wo zhu zai hun he bei an"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def choose(place: Path) -> None:
    settings.remember(paths.settings_file(), backup_folder=str(place))


def picks(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """The folder a person picks in the system's own dialog."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args, **_named: str(folder))


def opened(driver: Driver) -> Window:
    driver.start()
    driver.unlock()
    assert driver.program.window is not None
    return driver.program.window


def press(place: QWidget, name: str) -> None:
    button = place.findChild(QPushButton, name)
    assert button is not None and button.isEnabled()
    button.click()


def said(place: QWidget) -> str:
    return " ".join(label.text() for label in place.findChildren(QLabel) if label.isVisible())


def work(workspace: Workspace) -> None:
    unit = finding.find(workspace, "沈阳", table="employer")[0].id
    recording.record_visit(workspace, VisitOrder(unit, "2"))


def backups(stick: Path) -> list[Path]:
    return sorted(stick.glob("organizer-*/2*"))


def top(window: Window) -> str:
    return window.topbar.backup.text()


def test_without_a_place_the_top_says_that_there_is_no_backup(office_driver: Driver) -> None:
    window = opened(office_driver)
    office_driver.until(lambda: top(window) == "尚未备份")


def test_the_first_backup_makes_itself_and_the_top_tells_it(
    office_driver: Driver, stick: Path
) -> None:
    choose(stick)
    window = opened(office_driver)
    office_driver.until(lambda: top(window).startswith("已备份"))
    assert len(backups(stick)) == 1
    assert window.topbar.backup.accessibleName() == window.topbar.backup.toolTip()


def test_a_place_chosen_in_the_settings_is_used_at_once(
    office_driver: Driver, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(office_driver)
    window.show_screen("settings", "backup")
    office_driver.until(lambda: "数据就都没有了" in said(window))
    picks(monkeypatch, window.session.workspace.database.folder.root)
    press(window, "choose_backup_folder")
    assert "就在数据文件夹里" in said(window)
    picks(monkeypatch, stick)
    press(window, "choose_backup_folder")
    office_driver.until(lambda: "392 户" in said(window))
    office_driver.until(lambda: top(window).startswith("已备份"))
    assert settings.read(paths.settings_file()).backup_folder == str(stick)
    press(window, "back_up_now")
    office_driver.until(lambda: len(backups(stick)) == 2)
    office_driver.until(lambda: said(window).count("392 户") == 2)


def test_a_pulled_stick_is_told_at_the_top_and_in_the_list_of_the_day(
    office_driver: Driver, stick: Path
) -> None:
    choose(stick)
    window = opened(office_driver)
    office_driver.until(lambda: top(window).startswith("已备份"))
    shutil.rmtree(stick)
    window.show_screen("settings", "backup")
    office_driver.until(lambda: window.findChild(QPushButton, "back_up_now").isEnabled())
    press(window, "back_up_now")
    office_driver.until(lambda: top(window).startswith("备份没有成功"))
    assert "请插上 U 盘" in window.topbar.backup.toolTip()
    office_driver.until(lambda: "上一份好的备份" in said(window))
    window.show_screen("today")
    model = window.current.model
    office_driver.until(lambda: model.errands and model.errands[0].key == "backup")
    window.current.errands.setCurrentIndex(model.index(0))
    office_driver.bot.keyClick(window.current.errands, Qt.Key.Key_Return)
    stick.mkdir()
    office_driver.until(lambda: window.findChild(QPushButton, "back_up_now").isEnabled())
    press(window, "back_up_now")
    office_driver.until(lambda: top(window).startswith("已备份"))


def test_closing_backs_up_what_was_written_and_then_goes(
    office_driver: Driver, stick: Path
) -> None:
    choose(stick)
    window = opened(office_driver)
    office_driver.until(lambda: top(window).startswith("已备份"))
    work(window.session.workspace)
    window.session.touched.emit()
    keeper = window.keeper
    office_driver.until(lambda: keeper.state is not None and keeper.state.behind)
    window.close()
    assert isinstance(office_driver.page, FarewellPage)
    assert not window.isVisible()
    office_driver.until(lambda: office_driver.ended)
    assert len(backups(stick)) == 2


def test_nobody_has_to_wait_at_closing(office_driver: Driver, stick: Path) -> None:
    choose(stick)
    window = opened(office_driver)
    window.session.touched.emit()
    keeper = window.keeper
    office_driver.until(lambda: keeper.state is not None)
    work(window.session.workspace)
    window.session.touched.emit()
    office_driver.until(lambda: keeper.state is not None and keeper.state.behind)
    window.close()
    press(office_driver.page, "quit_now")
    assert office_driver.ended
    office_driver.program.stop()
    assert list(stick.rglob("*.part")) == []


def test_with_nothing_written_closing_closes(office_driver: Driver, stick: Path) -> None:
    choose(stick)
    window = opened(office_driver)
    office_driver.until(lambda: top(window).startswith("已备份"))
    assert window.close()
    assert len(backups(stick)) == 1


def test_locking_backs_up_what_was_written(office_driver: Driver, stick: Path) -> None:
    choose(stick)
    window = opened(office_driver)
    office_driver.until(lambda: top(window).startswith("已备份"))
    work(window.session.workspace)
    office_driver.program.lock()
    assert isinstance(office_driver.page, UnlockPage)
    office_driver.until(lambda: len(backups(stick)) == 2)
    office_driver.until(lambda: office_driver.program.session is None)


def test_the_first_run_asks_for_a_place(
    driver: Driver, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.start()
    page = driver.page
    assert isinstance(page, FirstRunPage)
    page._place.take(None)  # whatever drives this machine has
    assert "电脑坏了，数据就没有了" in said(page)
    picks(monkeypatch, stick)
    press(page, "backup_folder")
    assert str(stick) in said(page)
    driver.until(lambda: driver.focus_name() == "office_name")
    driver.enter("启工街道总工会")
    driver.type("qigong")
    driver.until(lambda: page._division.popup.isVisible())
    driver.press(Qt.Key.Key_Return)
    driver.enter("李明")
    driver.enter(SENTENCE)
    driver.enter(SENTENCE)
    driver.until(lambda: driver.focus_name() == "sheet_done")
    driver.press(Qt.Key.Key_Space)
    driver.until(lambda: driver.program.window is not None)
    driver.until(lambda: len(backups(stick)) == 1)


def test_a_backup_comes_back_in_the_window(
    office_driver: Driver, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(stick)
    window = opened(office_driver)
    office_driver.until(lambda: top(window).startswith("已备份"))
    work(window.session.workspace)
    office_driver.program.lock()
    office_driver.until(lambda: office_driver.program.session is None)
    (older, _newer) = backups(stick)
    press(office_driver.page, "restore_backup")
    page = office_driver.page
    assert isinstance(page, RestorePage)
    picks(monkeypatch, older)
    press(page, "choose_backup")
    assert [box.currentText() for box in page.findChildren(QComboBox)][1] == "张管理"
    office_driver.until(lambda: office_driver.focus_name() == "password")
    office_driver.enter("not the password")
    office_driver.until(lambda: "密码不对" in said(page))
    office_driver.type(PASSWORD)
    office_driver.press(Qt.Key.Key_Return)
    office_driver.until(lambda: office_driver.program.window is not None)
    again = office_driver.program.window
    assert again is not None
    workspace = again.session.workspace
    unit = finding.find(workspace, "沈阳", table="employer")[0].id
    assert recording.visit_count(workspace, unit) == 0
    assert len(list(workspace.database.folder.root.parent.glob("data-before-*"))) == 1
    assert backing_up.place() == stick
