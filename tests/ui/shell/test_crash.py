import sys
import threading
import zipfile
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from organizer import log, paths
from organizer.services.office import crash_reports
from organizer.ui.shell import crash
from organizer.ui.shell.crash import CrashDialog, CrashNet

SECRET = "219900198708151297"


@pytest.fixture
def net(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[CrashNet]:
    """A net under everything, and the log it writes to; the desktop is not asked to open folders."""
    monkeypatch.setattr("organizer.ui.shell.crash.QDesktopServices.openUrl", lambda _url: True)
    before = sys.excepthook, threading.excepthook
    handler = log.start(paths.log_folder())
    made = CrashNet()
    hooks = crash.install(made)
    yield made
    hooks.remove()
    log.stop(handler)
    assert (sys.excepthook, threading.excepthook) == before
    for dialog in dialogs():
        shiboken6.delete(dialog)


def dialogs() -> list[CrashDialog]:
    return [part for part in QApplication.topLevelWidgets() if isinstance(part, CrashDialog)]


def fall(name: str = "盖国华") -> None:
    raise KeyError(f"{name} {SECRET}")


def test_the_same_bug_a_hundred_times_is_one_dialog(net: CrashNet, qtbot: QtBot) -> None:
    for _time in range(100):
        try:
            fall()
        except KeyError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    written = (paths.log_folder() / "organizer.log").read_text(encoding="utf-8")
    assert written.count("KeyError") < 10
    assert "100 times" in written


def test_a_report_tells_where_and_nothing_about_anybody(net: CrashNet, qtbot: QtBot) -> None:
    try:
        fall()
    except KeyError as error:
        net.catch(error)
    qtbot.waitUntil(lambda: bool(dialogs()))
    (dialog,) = dialogs()
    shown = dialog.findChild(QPlainTextEdit).toPlainText()
    assert "KeyError" in shown and "test_crash.py" in shown and "fall" in shown
    assert SECRET not in shown and "盖国华" not in shown
    dialog.findChild(QPushButton, "keep_report").click()
    (report,) = paths.reports_folder().glob("*.zip")
    with zipfile.ZipFile(report) as archive:
        assert sorted(archive.namelist()) == ["log.txt", "report.txt"]
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert SECRET not in everything and "盖国华" not in everything
    dialog.findChild(QPushButton, "go_on").click()
    assert not dialog.isVisible()


def test_a_bug_in_a_thread_reaches_the_window(net: CrashNet, qtbot: QtBot) -> None:
    thread = threading.Thread(target=fall)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(dialogs()))


def test_only_ten_reports_are_kept() -> None:
    for number in range(13):
        crash_reports.keep(f"report {number}")
    kept = sorted(paths.reports_folder().glob("*.zip"))
    assert len(kept) == 10
    with zipfile.ZipFile(kept[-1]) as archive:
        assert archive.read("report.txt") == b"report 12"


def test_a_sudden_end_is_known_at_the_next_start(qtbot: QtBot) -> None:
    state = paths.state_folder()
    state.mkdir(parents=True)
    (state / "fault.txt").write_text("Fatal Python error: Segmentation fault\n", encoding="utf-8")
    hooks = crash.install(CrashNet())
    try:
        assert hooks.fell_before is not None
        with zipfile.ZipFile(hooks.fell_before) as archive:
            assert b"Segmentation fault" in archive.read("report.txt")
    finally:
        hooks.remove()
    again = crash.install(CrashNet())
    again.remove()
    assert again.fell_before is None
