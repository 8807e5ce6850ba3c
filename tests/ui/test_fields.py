"""A form field keeps to what people expect of a line."""

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
