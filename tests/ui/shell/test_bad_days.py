"""The window when the machine lets it down: a full disk, settings that cannot be written, a quick end."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from organizer import paths
from organizer.errors import DatabaseDamaged, StorageFull
from organizer.forms.proof import page_texts
from organizer.services import drafting, finding
from organizer.services.office import backing_up
from organizer.services.survey import recording
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.settings import remember
from organizer.ui.notices import Notices
from organizer.ui.shell.window import Window
from organizer.ui.signup.screen import SignupScreen
from tests.support.offices import open_office
from tests.ui.conftest import RecordingBar
from tests.ui.shell.conftest import Driver

FULL = StorageFull("store.full", file="x")
HELD = 20
"""Repeats that a key under a resting hand sends."""


def opened(driver: Driver) -> Window:
    driver.start()
    driver.unlock()
    assert driver.program.window is not None
    return driver.program.window


def boxes() -> list[QMessageBox]:
    return [
        one
        for one in QApplication.topLevelWidgets()
        if isinstance(one, QMessageBox) and one.isVisible()
    ]


@pytest.fixture
def notices(qtbot: QtBot, bar: RecordingBar) -> Notices:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    return Notices(bar, parent, lambda error: pytest.fail(str(error)))


def test_a_full_disk_met_by_many_jobs_is_one_dialog(notices: Notices) -> None:
    tried: list[str] = []
    notices.present(FULL)
    notices.present(FULL)
    assert len(boxes()) == 1
    notices.present(FULL, lambda: tried.append("again"))
    notices.present(FULL)
    (box,) = boxes()
    next(button for button in box.buttons() if button.text() == "重试").click()
    assert tried == ["again"] and boxes() == []
    notices.present(FULL)
    assert len(boxes()) == 1
    boxes()[0].close()


def test_what_nobody_waits_for_is_told_at_the_foot_but_damage_stands_in_the_way(
    notices: Notices, bar: RecordingBar
) -> None:
    notices.mention(FULL)
    assert boxes() == [] and "磁盘已满" in bar.said[-1]
    notices.mention(DatabaseDamaged("store.damaged", file="x"))
    (box,) = boxes()
    assert "从最近的备份恢复" in box.text()
    box.close()


def test_settings_that_cannot_be_written_keep_nobody_out(office_driver: Driver) -> None:
    paths.settings_file().with_suffix(".partial").mkdir(parents=True)
    window = opened(office_driver)
    office_driver.until(lambda: "设置" in window.toast.sentence)


def test_a_backup_that_cannot_even_be_noted_is_told_and_not_begun_over_and_over(
    office_driver: Driver, tmp_path: Path
) -> None:
    window = opened(office_driver)
    workspace = window.session.workspace
    remember(paths.settings_file(), backup_folder=str(tmp_path / "pulled stick"))
    unit = finding.find(workspace, "沈阳", table="employer")[0].id
    recording.record_visit(workspace, VisitOrder(unit, "2"))
    # As on a full disk, the file takes nothing more.
    workspace.database.local(lambda connection: connection.execute("PRAGMA query_only = ON"))
    window.session.touched.emit()
    office_driver.until(lambda: window.topbar.backup.text().startswith("备份没有成功"))
    office_driver.until(lambda: office_driver.program.runner.running == 0)
    assert "请插上 U 盘" in backing_up.state(workspace).failure


def test_what_was_typed_last_is_kept_although_a_save_was_under_way_at_the_end(
    office_driver: Driver,
) -> None:
    window = opened(office_driver)
    window.show_screen("signup")
    screen = window.current
    assert isinstance(screen, SignupScreen)
    form = screen.page.form
    office_driver.until(form.isEnabled)
    office_driver.until(lambda: office_driver.program.runner.running == 0)
    gate, root = threading.Event(), window.session.workspace.database.folder.root
    slow = threading.Thread(target=_hold, args=(window.session.workspace, gate))
    slow.start()
    form.name.line.setText("Li")
    screen.page.drafts.flush()
    form.phone.line.setText("13800001111")
    window.close()
    gate.set()
    office_driver.program.stop()
    slow.join()
    workspace = open_office(root)
    kept = drafting.resume(workspace, "signup")
    workspace.close()
    assert kept is not None
    assert (kept.values["name"], kept.values["phone"]) == ("Li", "13800001111")


def test_a_paper_on_its_way_to_the_printer_is_whole_although_the_window_is_closed(
    office_driver: Driver, tmp_path: Path
) -> None:
    window = opened(office_driver)
    window.show_screen("signup")
    screen = window.current
    assert isinstance(screen, SignupScreen)
    form, root = screen.page.form, window.session.workspace.database.folder.root
    office_driver.until(form.isEnabled)
    device = QPrinter(QPrinter.PrinterMode.HighResolution)
    device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    device.setOutputFileName(str(tmp_path / "paper.pdf"))
    screen.page.papers.device = device
    form.id_number.line.setText("219900199508173226")
    form.name.line.setText("王龚")
    with office_driver.bot.waitSignal(window.session.touched):
        screen.page.save_and_print()
    # Saved; the paper is being drawn.
    assert office_driver.program.runner.running > 0
    window.close()
    office_driver.program.stop()
    assert len(page_texts((tmp_path / "paper.pdf").read_bytes())) == 3
    workspace = open_office(root)
    count = "SELECT count(*) FROM paper"
    papers = workspace.database.read(lambda c: c.execute(count).fetchone())
    workspace.close()
    assert papers == (3,)


def test_a_key_held_down_presses_once(office_driver: Driver) -> None:
    window = opened(office_driver)
    workspace = window.session.workspace
    window.show_screen("signup")
    screen = window.current
    assert isinstance(screen, SignupScreen)
    form = screen.page.form
    office_driver.until(form.isEnabled)
    form.name.line.setFocus()
    hold(Qt.Key.Key_Return)
    assert form.phone.line.hasFocus()
    for unit in finding.find(workspace, "沈阳", table="employer")[:2]:
        recording.record_visit(workspace, VisitOrder(unit.id, "2"))
    hold(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    office_driver.until(lambda: "已撤销" in window.toast.sentence)
    office_driver.until(lambda: office_driver.program.runner.running == 0)
    assert visits(workspace) == 1


def hold(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key and let it repeat."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyPress(focused, key, modifier)
    for _repeat in range(HELD):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.simulateEvent(focused, True, key, modifier, "", True, -1)
    QTest.keyRelease(focused, key, modifier)


def visits(workspace: Workspace) -> int:
    query = "SELECT count(*) FROM visit WHERE retired_on IS NULL"
    return int(workspace.database.read(lambda c: c.execute(query).fetchone()[0]))


def _hold(workspace: Workspace, gate: threading.Event) -> None:
    workspace.database.local(lambda _connection: gate.wait(10))
