"""A list of the registry is looked at before anything goes in; then taken over, or taken back."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from organizer.services import finding
from organizer.ui.session import Session
from organizer.ui.signup.stock import StockScreen
from tests.support.sitting import show

UNIONS = (
    "工会名称,工会编码,建会日期\n样例甲工会委员会,LN0001,2015-03-04\n样例甲工会委员会,LN0002,\n"
)
MEMBERS = (
    "姓名,证件号码,移动电话,所属工会,会籍变化类型,入会日期\n"
    "样例人,219900199210193646,19900838865,样例甲工会委员会,入会,2019-05-06\n"
    "样例坏,2.1E+17,19900838866,样例甲工会委员会,入会,2019-05-06\n"
)


def test_a_list_is_looked_at_first(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    screen = show(qtbot, StockScreen(session), "unions")
    panel = screen.panel

    def take(name: str, content: str) -> None:
        file = tmp_path / name
        file.write_text(content, encoding="utf-8-sig")
        panel.offer(file)
        panel.begin()
        qtbot.waitUntil(lambda: panel.take.isVisible())

    take("工会.csv", UNIONS)
    assert panel._sum.text() == "预检：将新增 1，已有 0，要人处理 1。还没有导入。"
    assert "同名" in panel._copied
    assert finding.union_by_name(session.workspace, "样例甲工会委员会") is None
    qtbot.waitUntil(lambda: panel.take.hasFocus())
    qtbot.keyClick(panel.take, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel._sum.text().startswith("新增 1"))
    assert finding.union_by_name(session.workspace, "样例甲工会委员会") is not None

    screen.arrive("members")
    assert panel.kind == "members" and panel.union.isVisibleTo(panel._pages.widget(0))
    take("会员.csv", MEMBERS)
    assert "要人处理 1" in panel._sum.text() and "第 3 行" in panel._copied
    panel.take_over()
    qtbot.waitUntil(lambda: panel._undo.isVisible())
    assert [hit.name for hit in finding.find(session.workspace, "样例人", table="person")] == [
        "样例人"
    ]
    panel._take_back()
    qtbot.waitUntil(lambda: panel.isHidden())
    assert finding.find(session.workspace, "样例人", table="person") == []
