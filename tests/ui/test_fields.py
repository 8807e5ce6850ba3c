"""A form field keeps to what people expect of a line."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from organizer.ui.widgets.fields import Field

LONG_NAME = "阿卜杜热合曼·买买提依明江·艾力亚森江买买提吐尔逊江肉孜"


def test_of_a_long_name_the_beginning_is_seen_once_the_field_is_left(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    name, other = Field("name", "姓名"), Field("phone", "手机")
    layout = QVBoxLayout(page)
    layout.addWidget(name)
    layout.addWidget(other)
    page.setFixedWidth(160)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    name.setFocus()
    name.line.insert(LONG_NAME)
    assert name.line.cursorPosition() == len(LONG_NAME)
    other.setFocus()
    qtbot.waitUntil(other.line.hasFocus)
    assert (name.line.cursorPosition(), name.text) == (0, LONG_NAME)


@pytest.mark.parametrize(
    ("copied", "pasted"),
    [
        ("王龚\n", "王龚"),
        ("王龚\r\n", "王龚"),
        ("沈阳样禾\n有限公司", "沈阳样禾 有限公司"),
        ("王龚\t13800001111\n李明\t13800002222\n", "王龚 13800001111 李明 13800002222"),
    ],
)
def test_what_is_copied_from_cells_becomes_one_line(qtbot: QtBot, copied: str, pasted: str) -> None:
    name = Field("name", "姓名")
    qtbot.addWidget(name)
    name.show()
    QGuiApplication.clipboard().setText(copied)
    with qtbot.waitSignal(name.edited) as told:
        qtbot.keyClick(name.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert told.args == [pasted] and name.line.text() == pasted
    assert name.line.cursorPosition() == len(pasted)
