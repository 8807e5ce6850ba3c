"""Thirty papers through a scanner without touching the mouse; what is missing, told and printed."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from organizer.domain.paper_trail import Stage
from organizer.services.paper import missing_sheet
from organizer.services.paper.missing import Asked, Lack
from organizer.ui.session import Session
from organizer.ui.signup.paper_trail import PaperTrailScreen
from tests.support.joiners import approve
from tests.support.papers import OnPaper, printed
from tests.support.sitting import show


def scan(qtbot: QtBot, code: str) -> None:
    """What a scanner types, wherever the cursor is."""
    qtbot.keyClicks(QApplication.focusWidget(), code)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def front(one: OnPaper) -> str:
    return f"ORG1:RH-01:1:{one.short_id}"


def test_papers_are_scanned_in_a_row(session: Session, qtbot: QtBot) -> None:
    people = [printed(session.workspace, f"样例{letter}") for letter in "甲乙丙"]
    screen = show(qtbot, PaperTrailScreen(session))
    page = screen.scan

    def done() -> list[str]:
        return [f"{one.name} {one.done} {one.place}".strip() for one in page.lines]

    # All at once, faster than the disk: each is told, an unknown and a doubled one apart.
    for code in (*map(front, people), "ORG1:RH-01:1:2222ZZZZ", front(people[0])):
        scan(qtbot, code)
    qtbot.waitUntil(lambda: len(page.lines) == 5)
    assert done()[:3] == ["样例甲 已签字", "样例乙 已签字", "样例丙 已签字"]
    assert [one.done for one in page.lines[3:]] == ["没有记", "没有记"]
    assert page.told.text() == "没有记下" and "已经记过签字" in page.detail.text()
    assert page.detail.property("kind") == "warn"
    assert page.count.text() == "这次已记 3 份"
    assert page.code.line.hasFocus() and page.code.text == ""

    # The last one is taken back by a key, and scanned again.
    page.take_back()
    qtbot.waitUntil(lambda: done()[2] == "样例丙 已撤回")
    scan(qtbot, front(people[2]))
    qtbot.waitUntil(lambda: done()[-1] == "样例丙 已签字")
    assert page.detail.property("kind") == "good" and page.told.text() == "样例丙"
    assert "请接着扫" in page.detail.text()

    # Filing: 3, the box, then paper after paper; the pages follow by themselves.
    scan(qtbot, "3")
    assert page.stage is Stage.FILED and page.box.line.hasFocus()
    scan(qtbot, front(people[0]))
    assert page.lines[-1].done == "没有记" and page.box.text == ""
    scan(qtbot, "12-")
    assert "缺页号" in page.box.line.accessibleDescription()
    page.box.line.clear()
    scan(qtbot, "12-7")
    assert page.code.line.hasFocus()
    for one in people[:2]:
        scan(qtbot, front(one))
    qtbot.waitUntil(lambda: done()[-2:] == ["样例甲 已归档 12-7", "样例乙 已归档 12-8"])
    assert page.box.text == "12" and page.code.line.hasFocus()
    assert "12-9" in page.box.line.accessibleDescription()

    # Both sides at once.
    scan(qtbot, "4")
    scan(qtbot, "1")
    assert page.whole.isChecked() and page.stage is Stage.SIGNED
    scan(qtbot, f"ORG1:RH-02:1:{people[1].short_id}")
    qtbot.waitUntil(lambda: page.lines[-1].done == "已签字")


def test_what_is_missing_is_listed_told_and_printed(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    workspace = session.workspace
    people = [printed(workspace, name) for name in ("样例甲", "样例乙")]
    approve(workspace, [one.membership for one in people])
    screen = show(qtbot, PaperTrailScreen(session), "untold")
    page = screen.missing
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    index = page.model.index(0, 0)
    qtbot.waitUntil(lambda: page.model.data(index) == "样例甲")
    offered: list[str] = []
    screen.offer.connect(lambda said, _undo: offered.append(said))
    went: list[object] = []
    screen.go.connect(lambda name, row: went.append((name, row)))

    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert went == [("people", people[0].person)]
    qtbot.keyClick(page.table, "2")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert offered == ["已记 1 人告知（电话）"]
    page.day.set_text("2030-01-01")
    page.table.selectRow(0)
    qtbot.waitUntil(lambda: page.model.data(page.model.index(0, 0)) == "样例乙")
    page.tell()
    qtbot.waitUntil(lambda: page.day.line.property("state") == "wrong")
    assert page.model.rowCount() == 1

    qtbot.mouseClick(
        page.findChild(type(page._lists[Lack.UNSIGNED]), "unsigned"), Qt.MouseButton.LeftButton
    )
    qtbot.waitUntil(lambda: page.model.rowCount() == 4)
    out = tmp_path / "list.pdf"
    missing_sheet.write(workspace, Asked(Lack.UNSIGNED), "", out)
    texts = session.draughtsman.texts(out.read_bytes())
    assert "样例甲" in texts[0] and people[1].short_id in texts[0]
