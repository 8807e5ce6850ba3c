"""今日 takes over lists: offered by the keyboard or dragged in, reported, stopped, taken back."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from organizer import resources
from organizer.domain.access import Role
from organizer.services import undoing
from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.today.screen import TodayScreen
from tests.support.sitting import acting_as
from tests.ui.conftest import RecordingBar
from tests.ui.today.conftest import Key, everything, focused, lines


def drop(screen: TodayScreen, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    screen.dropEvent(event)


def take_everything_back(workspace: Workspace) -> None:
    """The sample's import and its round."""
    undoing.take_back(workspace)
    undoing.take_back(workspace)


def test_an_empty_office_begins_with_a_list(
    qtbot: QtBot, screen: TodayScreen, session: Session
) -> None:
    take_everything_back(session.workspace)
    screen.arrive()
    qtbot.waitUntil(screen.empty.isVisible)
    assert focused() is screen.start
    (sample,) = resources.path("sample").glob("01_*.xlsx")
    drop(screen, sample)
    assert not screen.empty.isVisible() and focused().objectName() == "begin-import"
    with qtbot.waitSignal(screen.import_panel.finished, timeout=20_000) as done:
        qtbot.keyClick(focused(), Key.Key_Return)
    assert done.args is not None and done.args[0].refused == 0
    assert focused().objectName() == "close-import"
    qtbot.keyClick(focused(), Key.Key_Return)
    assert not screen.import_panel.isVisible()
    qtbot.waitUntil(screen.begin.hasFocus)
    assert len(everything(session.workspace)) > 300 and not screen._done.isVisible()
    with qtbot.waitSignal(screen.go) as gone:
        qtbot.keyClick(focused(), Key.Key_Return)
    assert gone.args == ["survey", None]


def test_an_import_is_reported_cause_by_cause_and_taken_back(
    qtbot: QtBot, screen: TodayScreen, session: Session
) -> None:
    before = len(everything(session.workspace))
    (messy,) = resources.path("sample").glob("02_*.xls")
    screen.import_panel.offer(messy)
    with qtbot.waitSignal(screen.import_panel.finished, timeout=20_000):
        qtbot.keyClick(focused(), Key.Key_Return)
    texts = [part.text() for part in screen.import_panel._area.findChildren(QLabel)]
    assert any("未导入" in text and "第" in text for text in texts)
    assert any("再导入一次这个文件" in text for text in texts)
    sentences = [text for text in texts if text.endswith("。")]
    assert sentences and len(sentences) == len(set(sentences))
    qtbot.mouseClick(screen.import_panel._copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().startswith(texts[0])
    with qtbot.waitSignal(screen.import_panel.closed):
        qtbot.mouseClick(screen.import_panel._undo, Qt.MouseButton.LeftButton)
    assert len(everything(session.workspace)) == before


def pdf(folder: Path) -> Path:
    path = folder / "名单.xlsx"
    path.write_bytes(b"%PDF-1.7\nnot a list")
    return path


def nothing_in_it(folder: Path) -> Path:
    path = folder / "空.xlsx"
    path.write_bytes(b"")
    return path


def a_folder(folder: Path) -> Path:
    path = folder / "文件夹"
    path.mkdir()
    return path


def a_pipe(folder: Path) -> Path:
    path = folder / "管道.csv"
    os.mkfifo(path)
    return path


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (pdf, "PDF"),
        (nothing_in_it, "空"),
        (a_folder, "文件夹"),
        pytest.param(
            a_pipe,
            "不是存好的文件",
            marks=pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here"),
        ),
    ],
)
def test_a_wrong_file_dragged_in_gets_its_sentence(
    qtbot: QtBot, screen: TodayScreen, tmp_path: Path, make: Callable[[Path], Path], said: str
) -> None:
    drop(screen, make(tmp_path))
    qtbot.keyClick(focused(), Key.Key_Return)
    panel = screen.import_panel
    qtbot.waitUntil(panel._told.isVisible)
    assert said in panel._told.text() and panel._told.text().endswith("。")
    assert not panel.busy and focused().objectName() == "other-file"
    qtbot.keyClick(focused(), Key.Key_Escape)
    assert not panel.isVisible()


def test_who_may_not_take_over_lists_is_told_before_looking_for_a_file(
    qtbot: QtBot, session: Session, bar: RecordingBar
) -> None:
    with acting_as(session, Role.COLLECTOR):
        screen = TodayScreen(session)
        qtbot.addWidget(screen)
        screen.show()
        screen.arrive()
        qtbot.waitUntil(lambda: screen.model.rowCount() > 0)
        assert not screen.take_list.isVisible()
        drop(screen, next(resources.path("sample").glob("01_*.xlsx")))
        assert not screen.import_panel.isVisible() and "没有这项权限" in bar.said[-1]


def test_a_wrong_day_is_told_at_its_field(qtbot: QtBot, screen: TodayScreen) -> None:
    (sample,) = resources.path("sample").glob("01_*.xlsx")
    panel = screen.import_panel
    panel.offer(sample)
    panel._as_of.setFocus()
    panel._as_of.line.selectAll()
    qtbot.keyClicks(panel._as_of.line, "2026-13-40")
    qtbot.keyClick(panel._as_of.line, Key.Key_Return)
    assert "不存在" in panel._as_of.line.accessibleDescription() and not panel.busy


def test_a_stopped_import_shows_nothing_and_goes_on_with_the_same_file(
    qtbot: QtBot, screen: TodayScreen, session: Session, tmp_path: Path
) -> None:
    take_everything_back(session.workspace)
    screen.arrive()
    qtbot.waitUntil(screen.empty.isVisible)
    (sample,) = resources.path("sample").glob("01_*.xlsx")
    path = tmp_path / "名单.xlsx"
    shutil.copy(sample, path)
    panel = screen.import_panel
    panel.offer(path)
    panel.begin()
    qtbot.waitUntil(lambda: panel._job is not None and panel._job.report.done > 0, timeout=20_000)
    qtbot.keyClick(panel._stop, Key.Key_Return)
    assert not panel.busy and "已停下" in panel._told.text()
    qtbot.waitUntil(lambda: lines(screen).get("interrupted") == 1)
    panel.offer(path)
    with qtbot.waitSignal(panel.finished, timeout=20_000) as done:
        panel.begin()
    assert done.args is not None and done.args[0].resumed
    qtbot.waitUntil(lambda: "interrupted" not in lines(screen))
