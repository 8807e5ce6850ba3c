"""What a record says: titled sections, and pairs of title and text with a remark."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from organizer.ui.theme import Theme
from organizer.ui.widgets.plain import column, holder, label, rule

TITLE_WIDTH = 104
_NOTE_WIDTH = 160


def section(title: str, *parts: QWidget) -> QWidget:
    """A titled part of the card, under a hairline."""
    head = label(title, "label")
    return holder(column(rule(), head, *parts, gap=8))


def told(text: str) -> QLabel:
    """A text that wraps and can be selected and copied."""
    made = label(text)
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def pairs(theme: Theme, rows: Iterable[tuple[str, QWidget, str]]) -> QWidget:
    """Rows of title, text and a remark at the right."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for place, (title, text, remark) in enumerate(rows):
        name = label(title, "mut")
        name.setFixedWidth(theme.px(TITLE_WIDTH))
        name.setBuddy(text)
        grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
        # The small title stands on the line of the text beside it.
        name.setContentsMargins(0, theme.px(2), 0, 0)
        grid.addWidget(text, place, 1, 1, 1 if remark else 2, Qt.AlignmentFlag.AlignTop)
        if remark:
            note = label(remark, "mut")
            note.setMinimumWidth(theme.px(_NOTE_WIDTH))
            note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            note.setContentsMargins(0, theme.px(2), 0, 0)
            grid.addWidget(note, place, 2, Qt.AlignmentFlag.AlignTop)
    return made
