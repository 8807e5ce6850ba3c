"""上报 by keyboard: from the list of unions to a sealed file and its last trace."""

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMessageBox,
    QPushButton,
    QTableView,
)
from pytestqt.qtbot import QtBot

from organizer import paths, settings
from organizer.services.batches import reporting
from organizer.ui.batches.screen import BatchesScreen
from organizer.ui.session import Session
from tests.support.joiners import WITH_ID, WITHOUT_ID, join
from tests.support.literal_reader import read_members
from tests.support.model_watch import watch

Key = Qt.Key
Show = Callable[..., BatchesScreen]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "U盘"
    folder.mkdir()
    return folder


@pytest.fixture
def show(session: Session, qtbot: QtBot) -> Iterator[Show]:
    """The screen in a window that binds its actions, as the shell does."""
    window = QMainWindow()
    qtbot.addWidget(window)

    def made(record: object = None) -> BatchesScreen:
        screen = BatchesScreen(session)
        window.setCentralWidget(screen)
        for former in window.actions():
            window.removeAction(former)
        for action in screen.actions_table():
            if action.shortcut:
                bound = QAction(action.text, window)
                bound.setShortcut(QKeySequence(action.shortcut))
                bound.triggered.connect(lambda _checked=False, run=action.run: run())
                window.addAction(bound)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        screen.arrive(record)
        return screen

    yield made


def texts(screen: BatchesScreen) -> str:
    """Everything that can be read on the screen now."""
    parts = [*screen.findChildren(QLabel), *screen.findChildren(QPushButton)]
    return "\n".join(part.text() for part in parts if part.isVisible())


def reads(qtbot: QtBot, screen: BatchesScreen, *words: str) -> None:
    qtbot.waitUntil(lambda: all(word in texts(screen) for word in words))


def seen(screen: BatchesScreen, name: str) -> QPushButton | None:
    """The button of this name that is in view."""
    found = screen.findChildren(QPushButton, name)
    return next((one for one in found if one.isVisible()), None)


def press(qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key)


def type_in(qtbot: QtBot, text: str) -> None:
    """Type into whatever has the focus; hanzi come from an input method, as one text."""
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    line.selectAll()
    if text.isascii():
        qtbot.keyClicks(line, text)
    else:
        line.insert(text)


def ask(qtbot: QtBot, screen: BatchesScreen) -> None:
    qtbot.keyClick(screen, Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: QApplication.focusWidget().objectName() == "reason")


def export(qtbot: QtBot, screen: BatchesScreen, folder: Path) -> None:
    ask(qtbot, screen)
    type_in(qtbot, "三月份报送")
    press(qtbot, Key.Key_Return)
    type_in(qtbot, str(folder))
    press(qtbot, Key.Key_Return)


def offered(qtbot: QtBot, screen: BatchesScreen, count: int) -> None:
    reads(qtbot, screen, f"将导出 {count} 人")


class FileManager(QObject):
    """Stands where the system's file manager would open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def show_folder(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


@pytest.fixture
def file_manager() -> Iterator[FileManager]:
    made = FileManager()
    QDesktopServices.setUrlHandler("file", made, "show_folder")
    yield made
    QDesktopServices.unsetUrlHandler("file")


def test_a_batch_is_exported_by_keyboard_and_its_folder_opened(
    session: Session, show: Show, qtbot: QtBot, stick: Path, file_manager: FileManager
) -> None:
    join(session.workspace)
    screen = show()
    offered(qtbot, screen, 3)
    reads(qtbot, screen, "可报送 3 人", "草稿 0 批", "已封存 0 批", "未经辽宁核实")
    export(qtbot, screen, stick)
    reads(qtbot, screen, "已导出并逐格核对 3 人")
    (file,) = stick.iterdir()
    assert [one.name for one in read_members(file)] == [name for name, *_ in WITH_ID]

    press(qtbot, Key.Key_Space)
    assert file_manager.opened == [str(stick)]
    press(qtbot, Key.Key_Tab)
    press(qtbot, Key.Key_Space)
    assert QGuiApplication.clipboard().text() == str(file)
    reads(qtbot, screen, "可报送 0 人", "已封存 1 批", "明文文件还在：1 份")
    assert settings.read(paths.settings_file()).export_folder == str(stick)


def test_the_folder_is_remembered_and_the_reason_is_asked_anew(
    session: Session, show: Show, qtbot: QtBot, stick: Path
) -> None:
    join(session.workspace, WITH_ID[:2])
    screen = show()
    offered(qtbot, screen, 2)
    export(qtbot, screen, stick)
    reads(qtbot, screen, "已导出并逐格核对 2 人")
    join(session.workspace, WITH_ID[2:])
    again = show()
    offered(qtbot, again, 1)
    ask(qtbot, again)
    folder = again.findChild(QLineEdit, "folder")
    assert folder is not None
    assert folder.text() == str(stick)
    press(qtbot, Key.Key_Return)
    press(qtbot, Key.Key_Return)
    reads(qtbot, again, "还没有填导出事由")
    assert QApplication.focusWidget().objectName() == "reason"
    assert len(list(stick.iterdir())) == 1


def test_esc_leaves_and_what_was_typed_is_still_there(
    session: Session, show: Show, qtbot: QtBot
) -> None:
    join(session.workspace)
    screen = show()
    offered(qtbot, screen, 3)
    ask(qtbot, screen)
    type_in(qtbot, "三月份报送")
    press(qtbot, Key.Key_Escape)
    offered(qtbot, screen, 3)
    ask(qtbot, screen)
    reason = QApplication.focusWidget()
    assert isinstance(reason, QLineEdit) and reason.text() == "三月份报送"


def test_who_is_kept_off_is_named_with_the_way_on(
    session: Session, show: Show, qtbot: QtBot
) -> None:
    *_others, waiting = join(session.workspace, (*WITH_ID, WITHOUT_ID))
    screen = show()
    reads(qtbot, screen, "将导出 3 人，1 人不入批次", "未入 1 人")
    tab = screen.findChild(QPushButton, "tab-held")
    assert tab is not None
    tab.setFocus()
    press(qtbot, Key.Key_Space)
    reads(qtbot, screen, "孙长林", "没有证件号码", "证件后补")
    mend = screen.findChild(QPushButton, "mend")
    assert mend is not None
    with qtbot.waitSignal(screen.go) as gone:
        qtbot.keyClick(mend, Key.Key_Space)
    name, mending = gone.args
    assert (name, mending.membership, mending.fields[0]) == ("signup", waiting, "id_number")


def test_an_empty_office_is_told_what_this_is_for(
    session: Session, show: Show, qtbot: QtBot
) -> None:
    screen = show()
    reads(qtbot, screen, "没有待报送的会员", "省平台")
    qtbot.waitUntil(lambda: QApplication.focusWidget().objectName() == "to-signup")
    with qtbot.waitSignal(screen.go) as gone:
        press(qtbot, Key.Key_Space)
    assert gone.args == ["signup", None]


def dialog() -> QMessageBox | None:
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox)]
    return next((one for one in found if one.isVisible()), None)


def test_a_missing_folder_is_told_and_tried_again(
    session: Session, show: Show, qtbot: QtBot, stick: Path
) -> None:
    join(session.workspace)
    screen = show()
    offered(qtbot, screen, 3)
    shutil.rmtree(stick)
    export(qtbot, screen, stick)
    qtbot.waitUntil(lambda: dialog() is not None)
    box = dialog()
    assert box is not None and "找不到文件夹" in box.text()
    stick.mkdir()
    (retry,) = (one for one in box.buttons() if one.text() == "重试")
    qtbot.keyClick(retry, Key.Key_Space)
    reads(qtbot, screen, "已导出并逐格核对 3 人")
    assert len(list(stick.iterdir())) == 1


def test_an_export_is_stopped_and_leaves_nothing(
    session: Session, show: Show, qtbot: QtBot, stick: Path
) -> None:
    join(session.workspace)
    screen = show()
    offered(qtbot, screen, 3)
    free = threading.Event()
    for _ in range(3):  # every thread of the runner is busy, so that the export waits
        session.ask(screen, lambda _workspace: free.wait(30), lambda _nothing: None)
    export(qtbot, screen, stick)
    qtbot.waitUntil(lambda: QApplication.focusWidget().objectName() == "stop")
    press(qtbot, Key.Key_Space)
    reads(qtbot, screen, "正在停止")
    free.set()
    reads(qtbot, screen, "已停止，没有留下文件")
    assert list(stick.iterdir()) == []
    reads(qtbot, screen, "可报送 3 人", "草稿 0 批")


def test_a_plain_file_stays_in_red_until_it_is_deleted(
    session: Session, show: Show, qtbot: QtBot, stick: Path
) -> None:
    join(session.workspace)
    screen = show()
    offered(qtbot, screen, 3)
    export(qtbot, screen, stick)
    reads(qtbot, screen, "明文文件还在：1 份")
    (file,) = stick.iterdir()

    screen = show("files")
    reads(qtbot, screen, f"明文文件还在：{file}")
    clear = screen.findChild(QPushButton, "clear")
    assert clear is not None
    qtbot.keyClick(clear, Key.Key_Space)
    assert clear.text() == "再按一次删除" and file.exists()
    with qtbot.waitSignal(screen.say) as said:
        qtbot.keyClick(clear, Key.Key_Space)
    assert "已清除" in said.args[0] and not file.exists()
    qtbot.waitUntil(lambda: "明文文件还在" not in texts(screen))


def test_a_file_removed_by_hand_is_marked_as_cleared(
    session: Session, show: Show, qtbot: QtBot, stick: Path
) -> None:
    join(session.workspace)
    screen = show()
    offered(qtbot, screen, 3)
    export(qtbot, screen, stick)
    reads(qtbot, screen, "已导出并逐格核对 3 人")
    next(stick.iterdir()).unlink()
    screen = show("files")
    reads(qtbot, screen, "文件已经不在", "标为已清除")
    clear = screen.findChild(QPushButton, "clear")
    assert clear is not None
    qtbot.keyClick(clear, Key.Key_Space)
    qtbot.waitUntil(lambda: reporting.leftovers(session.workspace) == ())


def test_sealed_batches_are_listed_with_their_facts(
    session: Session, show: Show, qtbot: QtBot, stick: Path
) -> None:
    join(session.workspace)
    screen = show()
    offered(qtbot, screen, 3)
    export(qtbot, screen, stick)
    reads(qtbot, screen, "已封存 1 批")
    step = screen.findChild(QPushButton, "step-sealed")
    assert step is not None
    qtbot.keyClick(step, Key.Key_Space)
    reads(qtbot, screen, "已逐格核对 · 校验码", "打开文件夹")
    table = QApplication.focusWidget()
    assert isinstance(table, QTableView)
    shown = [table.model().index(0, column).data() for column in range(6)]
    assert shown[2:4] == ["3", "已封存 · 明文未清"] and shown[5] == session.workspace.account.name


def test_a_lost_file_is_made_again_by_keyboard(
    session: Session, show: Show, qtbot: QtBot, stick: Path, file_manager: FileManager
) -> None:
    join(session.workspace)
    screen = show()
    offered(qtbot, screen, 3)
    export(qtbot, screen, stick)
    reads(qtbot, screen, "已封存 1 批")
    (file,) = stick.iterdir()
    before = read_members(file)
    screen = show()
    step = screen.findChild(QPushButton, "step-sealed")
    assert step is not None
    qtbot.keyClick(step, Key.Key_Space)
    reads(qtbot, screen, "打开文件夹")
    assert seen(screen, "make-again") is None
    file.unlink()
    session.touched.emit()
    qtbot.waitUntil(lambda: seen(screen, "make-again") is not None)
    qtbot.keyClick(seen(screen, "make-again"), Key.Key_Space)
    reads(qtbot, screen, "照封存的内容重新生成")
    type_in(qtbot, "U盘丢失")
    press(qtbot, Key.Key_Return)
    press(qtbot, Key.Key_Return)
    reads(qtbot, screen, "已重新生成并逐格核对 3 人", "明文文件还在：")
    assert read_members(file) == before
    press(qtbot, Key.Key_Space)
    assert file_manager.opened == [str(stick)]
    press(qtbot, Key.Key_Escape)
    qtbot.waitUntil(lambda: "已重新生成" not in texts(screen))
    qtbot.waitUntil(lambda: seen(screen, "make-again") is None)


def test_who_goes_to_another_page_is_asked_no_more_about_the_old_batch(
    session: Session, show: Show, qtbot: QtBot, stick: Path
) -> None:
    join(session.workspace, WITH_ID[:2])
    screen = show()
    offered(qtbot, screen, 2)
    export(qtbot, screen, stick)
    reads(qtbot, screen, "已导出并逐格核对 2 人")
    next(stick.iterdir()).unlink()
    join(session.workspace, WITH_ID[2:])
    screen = show("sealed")
    qtbot.waitUntil(lambda: seen(screen, "make-again") is not None)
    qtbot.keyClick(seen(screen, "make-again"), Key.Key_Space)
    reads(qtbot, screen, "照封存的内容重新生成")
    step = screen.findChild(QPushButton, "step-ready")
    assert step is not None
    qtbot.keyClick(step, Key.Key_Space)
    offered(qtbot, screen, 1)
    export(qtbot, screen, stick)
    reads(qtbot, screen, "已导出并逐格核对 1 人")
    assert len(reporting.batch_lines(session.workspace)) == 2


def test_models_are_sound(session: Session, show: Show, qtbot: QtBot, stick: Path) -> None:
    join(session.workspace)
    screen = show()
    tables = screen.findChildren(QTableView)
    assert len(tables) == 4
    for table in tables:
        watch(table.model())
    offered(qtbot, screen, 3)
    export(qtbot, screen, stick)
    reads(qtbot, screen, "已封存 1 批")


def test_every_control_has_a_name_for_screen_readers(
    session: Session, show: Show, qtbot: QtBot
) -> None:
    join(session.workspace, (*WITH_ID, WITHOUT_ID))
    screen = show()
    offered(qtbot, screen, 3)
    controls = [*screen.findChildren(QPushButton), *screen.findChildren(QTableView)]
    assert [one.objectName() for one in controls if not one.accessibleName()] == []


def test_the_largest_type_fits_a_small_screen(session: Session, show: Show, qtbot: QtBot) -> None:
    join(session.workspace, (*WITH_ID, WITHOUT_ID))
    session.theme.choose(scale=1.75)
    screen = show()
    offered(qtbot, screen, 3)
    ask(qtbot, screen)
    rail, bar = session.theme.px(72), session.theme.px(52)
    least = screen.minimumSizeHint()
    assert least.width() <= 1366 - rail and least.height() <= 768 - bar
