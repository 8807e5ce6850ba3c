"""A key is written the same way wherever it is told."""

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

import organizer.ui
from organizer.ui.keys import shown_keys, with_keys
from organizer.ui.session import Session
from organizer.ui.widgets.keybutton import KeyButton

SOURCES = sorted(Path(organizer.ui.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize(
    ("bound", "shown"),
    [
        ("Ctrl+Return", "Ctrl+Enter"),
        ("Ctrl+PgDown", "Ctrl+PgDn"),
        ("Ctrl+Shift+Z", "Ctrl+Shift+Z"),
        ("Esc", "Esc"),
        ("", ""),
    ],
)
def test_keys_stand_as_on_the_keyboard_also_where_qt_speaks_chinese(
    chinese: None, bound: str, shown: str
) -> None:
    assert shown_keys(bound) == shown


def test_a_button_and_its_tooltip_say_the_same(qtbot: QtBot, session: Session) -> None:
    made = KeyButton(session.theme, "保存", lambda: None, shortcut="Ctrl+Return")
    qtbot.addWidget(made)
    assert made.toolTip() == with_keys("保存", "Ctrl+Return") == "保存 (Ctrl+Enter)"
    assert [part.text() for part in made.findChildren(QLabel)] == ["保存", "Ctrl+Enter"]


def test_no_screen_spells_keys_on_its_own() -> None:
    # "Ctrl 5", "Ctrl+Return" to be read, or Qt's own words, which are translated.
    own = re.compile(r"NativeText|Ctrl [A-Z0-9]\b|\b_\(\"[^\"]*(Return|PgDown)")
    assert [file.name for file in SOURCES if own.search(file.read_text("utf-8"))] == []
