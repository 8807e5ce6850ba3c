"""照表录入 by keyboard: a sheet typed in row by row, wrong codes, slips, drafts, corrections."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from organizer.domain import row_code
from organizer.services import drafting, finding, undoing
from organizer.services.paper import entering, paper_rows
from organizer.services.paper.paper_rows import PaperRow
from organizer.services.paper.sheet_printing import SheetOrder, SheetPrinter
from organizer.services.survey import walking
from organizer.services.workspace import Workspace
from organizer.store import facts, visits
from organizer.store.transaction import Write
from organizer.ui.session import Session
from organizer.ui.survey.paper_screen import ENTRY, PaperScreen

Key = Qt.Key


@pytest.fixture
def rows(session: Session) -> list[PaperRow]:
    """The rows of the walk sheets of a street of the sample."""
    tree = walking.tree(session.workspace)
    streets = (node for node in tree.nodes if node.kind == "street" and node.own > 4)
    street = min(streets, key=lambda node: node.own)
    printed = SheetPrinter(session.workspace).make_sheets(SheetOrder("walk", street.id))
    return [row for code in printed.sheets for row in paper_rows.look_up(session.workspace, code)]


@pytest.fixture
def screen(qtbot: QtBot, session: Session, rows: list[PaperRow]) -> Iterator[PaperScreen]:
    made = shown(qtbot, session)
    qtbot.waitUntil(made.entry.code.field.line.hasFocus)
    yield made


def shown(qtbot: QtBot, session: Session) -> PaperScreen:
    made = PaperScreen(session)
    qtbot.addWidget(made)
    made.resize(1294, 716)
    made.show()
    made.activateWindow()
    made.arrive(ENTRY)
    return made


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(qtbot: QtBot, text: str) -> None:
    """Keys into whatever has the cursor, Enter at the end: a hand on the number pad."""
    for key in text:
        qtbot.keyClicks(focused(), key)
    qtbot.keyClick(focused(), Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)


def enter_code(qtbot: QtBot, screen: PaperScreen, text: str, wanted: PaperRow) -> None:
    press(qtbot, text)
    qtbot.waitUntil(lambda: screen.entry.paper is not None and screen.entry.paper.id == wanted.id)


def saved(qtbot: QtBot, screen: PaperScreen, count: int) -> None:
    qtbot.waitUntil(lambda: len(screen.entry.list.rows) == count)
    qtbot.waitUntil(screen.entry.code.field.line.hasFocus)


def known(workspace: Workspace, row: PaperRow) -> dict[str, str]:
    assert row.employer is not None
    employer = row.employer
    found = workspace.database.read(lambda c: facts.current(c, employer, departments=False))
    return {name: fact.value for name, fact in found.items() if fact.source == "spoken"}


def outcomes(workspace: Workspace, row: PaperRow) -> list[str]:
    assert row.employer is not None
    employer = row.employer
    return [
        one.outcome for one in workspace.database.read(lambda c: visits.of_employer(c, employer))
    ]


def test_a_sheet_is_typed_in_with_one_hand(
    qtbot: QtBot, screen: PaperScreen, session: Session, rows: list[PaperRow]
) -> None:
    enter_code(qtbot, screen, rows[0].code.lower(), rows[0])
    assert screen.entry.fields.outcome.line.hasFocus()
    press(qtbot, "123")  # the outcome leads on by itself
    press(qtbot, "11")
    qtbot.keyClicks(focused(), "4")
    qtbot.keyClick(focused(), Key.Key_Enter)
    saved(qtbot, screen, 1)
    assert known(session.workspace, rows[0]) == {
        "operating_state": "normal", "staff_total": "23", "staff_women": "11", "union_state": "4",
    }  # fmt: skip
    qtbot.waitUntil(lambda: screen.entry.code.next == rows[1])
    # The next rows of the sheet come by Enter alone; where nobody was met there is nothing to count.
    for number, digit in ((1, "2"), (2, "3")):
        enter_code(qtbot, screen, "", rows[number])
        press(qtbot, digit)
        saved(qtbot, screen, number + 1)
        qtbot.waitUntil(lambda after=number + 1: screen.entry.code.next == rows[after])  # type: ignore[misc]
    assert outcomes(session.workspace, rows[1]) == ["2"]
    assert outcomes(session.workspace, rows[2]) == ["3"]
    assert [one.name for one in screen.entry.list.rows] == [row.name for row in rows[2::-1]]


def test_keys_typed_before_the_answer_are_not_lost(
    qtbot: QtBot, screen: PaperScreen, session: Session, rows: list[PaperRow]
) -> None:
    # All of it in one go, as a quick hand with a scanner does, before anything was looked up.
    for key in f"{row_code.scan_text(rows[3].id)}\n123\n11\n4\n":
        if key == "\n":
            qtbot.keyClick(focused(), Key.Key_Enter)
        else:
            qtbot.keyClicks(focused(), key)
    saved(qtbot, screen, 1)
    told = known(session.workspace, rows[3])
    assert (told["staff_total"], told["staff_women"], told["union_state"]) == ("23", "11", "4")


def test_a_wrong_check_character_is_told_at_the_field(
    qtbot: QtBot, screen: PaperScreen, rows: list[PaperRow]
) -> None:
    code = rows[0].code
    wrong = next(
        code[:3] + letter for letter in row_code.ALPHABET if not row_code.is_code(code[:3] + letter)
    )
    press(qtbot, wrong)
    line = screen.entry.code.field.line
    assert line.hasFocus() and line.selectedText() == wrong
    assert "校验不对" in line.accessibleDescription()
    assert screen.entry.paper is None
    # Typing goes right over it; a code of no sheet is told as well.
    unknown = next(one for one in row_code.CODES if one not in {row.code for row in rows})
    press(qtbot, unknown)
    qtbot.waitUntil(lambda: "不在本机打印过的表上" in line.accessibleDescription())
    qtbot.waitUntil(line.hasFocus)
    line.clear()
    press(qtbot, "")
    assert "编号还没有输入" in line.accessibleDescription()
    enter_code(qtbot, screen, code, rows[0])


def test_a_digit_without_meaning_and_a_slip_are_told_before_saving(
    qtbot: QtBot, screen: PaperScreen, session: Session, rows: list[PaperRow]
) -> None:
    enter_code(qtbot, screen, rows[0].code, rows[0])
    fields = screen.entry.fields
    qtbot.keyClicks(focused(), "9")
    assert fields.outcome.line.hasFocus()
    assert "不是这一格的数字" in fields.outcome.line.accessibleDescription()
    press(qtbot, "15")
    press(qtbot, "14")
    qtbot.keyClick(screen.entry.fields.remark.line, Key.Key_Return)
    women = next(field for field in fields if field.name == "staff_women")
    qtbot.waitUntil(women.line.hasFocus)
    assert "还多" in women.line.accessibleDescription() and not screen.entry.list.rows
    # It was meant so: once more and it is saved.
    screen.entry.save()
    saved(qtbot, screen, 1)
    assert known(session.workspace, rows[0])["staff_women"] == "14"


def test_a_blank_row_makes_a_unit(
    qtbot: QtBot, screen: PaperScreen, session: Session, rows: list[PaperRow]
) -> None:
    blank = next(row for row in rows if row.employer is None)
    enter_code(qtbot, screen, blank.code, blank)
    fields = screen.entry.fields
    qtbot.waitUntil(fields.name.line.hasFocus)
    fields.name.line.insert("试样新来小吃店")
    qtbot.keyClick(fields.name.line, Key.Key_Return)
    fields.door.line.insert("77号")
    qtbot.keyClick(fields.door.line, Key.Key_Return)
    press(qtbot, "16")
    screen.entry.save()
    saved(qtbot, screen, 1)
    made = finding.employer_by_name(session.workspace, "试样新来小吃店")
    (again,) = paper_rows.look_up(session.workspace, blank.code)
    assert made is not None and again.employer == made


def test_what_is_half_typed_comes_back(
    qtbot: QtBot, screen: PaperScreen, session: Session, rows: list[PaperRow]
) -> None:
    enter_code(qtbot, screen, rows[2].code, rows[2])
    press(qtbot, "131")
    qtbot.keyClicks(focused(), "7")
    screen.leave()
    qtbot.waitUntil(lambda: drafting.resume(session.workspace, entering.DRAFT) is not None)
    later = shown(qtbot, session)
    qtbot.waitUntil(lambda: later.entry.paper is not None)
    values = later.entry.fields.values()
    assert (values["outcome"], values["staff_total"], values["staff_women"]) == ("1", "31", "7")
    qtbot.waitUntil(lambda: focused().objectName() == "staff_women")
    later.entry.save()
    saved(qtbot, later, 1)
    qtbot.waitUntil(lambda: drafting.resume(session.workspace, entering.DRAFT) is None)
    assert known(session.workspace, rows[2])["staff_total"] == "31"


def test_a_row_typed_in_again_corrects_and_undo_takes_it_back(
    qtbot: QtBot, screen: PaperScreen, session: Session, rows: list[PaperRow]
) -> None:
    offered: list[str] = []
    screen.offer.connect(lambda said, _run: offered.append(said))
    for count in ("15", "16"):
        enter_code(qtbot, screen, rows[0].code, rows[0])
        press(qtbot, f"1{count}")
        screen.entry.save()
        qtbot.waitUntil(lambda wanted=count: [  # type: ignore[misc]
            one.count for one in screen.entry.list.rows] == [wanted])  # fmt: skip
        qtbot.waitUntil(screen.entry.code.field.line.hasFocus)
    assert outcomes(session.workspace, rows[0]) == ["1"]
    assert known(session.workspace, rows[0])["staff_total"] == "16"
    assert offered == [f"已录 {rows[0].name}：已访"] * 2
    undoing.take_back(session.workspace)
    assert known(session.workspace, rows[0])["staff_total"] == "15"


def test_the_day_of_the_sheet_holds_for_all_rows(
    qtbot: QtBot, screen: PaperScreen, session: Session, rows: list[PaperRow]
) -> None:
    day = screen.entry.day
    ahead = session.workspace.today.replace(year=session.workspace.today.year + 1)
    day.line.setText(ahead.isoformat())
    enter_code(qtbot, screen, rows[0].code, rows[0])
    press(qtbot, "2")
    qtbot.waitUntil(day.line.hasFocus)
    assert "还没有到" in day.line.accessibleDescription()
    day.line.setText(session.workspace.today.strftime("%m%d"))
    screen.entry.save()
    saved(qtbot, screen, 1)
    assert outcomes(session.workspace, rows[0]) == ["2"]


def test_several_rows_with_one_code_are_asked_about(
    qtbot: QtBot, screen: PaperScreen, session: Session, rows: list[PaperRow]
) -> None:
    first, other = rows[0], rows[1]

    def body(write: Write) -> None:
        row = write.connection.execute(
            "SELECT sheet, round FROM sheet_row WHERE id = ?", (first.id,)
        ).fetchone()
        values = {"sheet": row[0], "round": row[1], "employer": other.employer, "position": 99}
        write.insert("sheet_row", {**values, "code": first.code})

    # As it comes from another machine that had not exchanged anything.
    session.workspace.database.write(session.workspace.intent("sheet.print"), body)
    press(qtbot, first.code)
    qtbot.waitUntil(lambda: len(screen.entry.code.choices) == 2)
    qtbot.waitUntil(lambda: focused().objectName() == "choice-1")
    names = [one.name for one in screen.entry.code.choices]
    qtbot.keyClicks(focused(), "2")
    qtbot.waitUntil(lambda: screen.entry.paper is not None)
    assert screen.entry.paper is not None and screen.entry.paper.name == names[1]


def test_sheets_are_printed_and_workbooks_read_from_the_window(
    qtbot: QtBot,
    screen: PaperScreen,
    session: Session,
    rows: list[PaperRow],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # What opens files on this desktop is not ours.
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    said: list[str] = []
    screen.say.connect(said.append)
    (street,) = {node for node in walking.tree(session.workspace).nodes
                 if node.id == walking.locate(session.workspace, rows[0].employer or b"")[0]}  # fmt: skip
    screen.arrive((street.id, street.name))
    sheets = screen.sheets
    assert sheets.place.value == street.id
    out = tmp_path / "走访单.pdf"
    order = sheets._order()
    assert order is not None
    sheets._tray.write_file(lambda _workspace, path: sheets._write(order, path), out)
    qtbot.waitUntil(lambda: said == ["已存为 走访单.pdf"], timeout=15_000)
    assert out.read_bytes().startswith(b"%PDF")
    sheets.kind.setFocus()
    qtbot.keyClicks(sheets.kind.line, "6")
    assert not sheets.print_button.isVisible() and not sheets.size_.isVisible()
    book = tmp_path / "采集表.xlsx"
    wanted = sheets._order()
    assert wanted is not None
    sheets._tray.write_file(lambda _workspace, path: sheets._write(wanted, path), book)
    qtbot.waitUntil(book.exists, timeout=15_000)
    qtbot.waitUntil(lambda: len(said) == 2)
    filled = openpyxl.load_workbook(book)
    filled["采集表"]["F4"], filled["采集表"]["H4"] = "1已访", 23
    filled["采集表"]["F5"] = "9跑了"
    filled.save(book)
    screen.arrive("collect")
    screen.collect.day.line.setText(session.workspace.today.strftime("%m%d"))
    screen.collect.read(book)
    qtbot.waitUntil(lambda: screen.collect.list.isVisible(), timeout=15_000)
    assert screen.collect.sum.text().startswith("读回 1 行，更正 0 行")
    assert screen.collect.list.toPlainText() == (
        "第 5 行“走访结果”：“9跑了”不在这一列的选项里，请从下拉列表里选。"
    )
    screen.collect.read(tmp_path / "走访单.pdf")
    qtbot.waitUntil(lambda: not screen.collect.list.isVisible())
    qtbot.waitUntil(lambda: "请" in screen.collect.sum.text())
