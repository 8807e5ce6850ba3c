"""上报 by keyboard: from the list of unions to a sealed file and its last trace."""

import shutil
import threading
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTableView,
)
from pytestqt.qtbot import QtBot

from organizer import paths, settings
from organizer.ui.session import Session
from tests.support.joiners import WITH_ID, WITHOUT_ID, join
from tests.support.literal_reader import read_members
from tests.support.model_watch import watch
from tests.ui.batches.conftest import (
    FileManager,
    Key,
    Show,
    ask,
    export,
    offered,
    press,
    reads,
    type_in,
)


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
