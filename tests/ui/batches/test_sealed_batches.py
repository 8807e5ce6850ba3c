"""上报, what was sealed: its plain file until it is gone, its facts, a lost file made again."""

from pathlib import Path

from PySide6.QtWidgets import (
    QApplication,
    QPushButton,
    QTableView,
)
from pytestqt.qtbot import QtBot

from organizer.services.batches import reporting
from organizer.ui.session import Session
from tests.support.joiners import WITH_ID, join
from tests.support.literal_reader import read_members
from tests.ui.batches.conftest import (
    FileManager,
    Key,
    Show,
    export,
    offered,
    press,
    reads,
    seen,
    texts,
    type_in,
)


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
