"""The small parts: labels by kind, buttons with their key shown, cards, rules."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from organizer.ui.theme import SPACE


def label(text: str = "", kind: str = "") -> QLabel:
    """A label; kinds are title, head, large, mut, hint, label, error, key, chip, warn, info, good."""
    made = QLabel(text)
    if kind:
        made.setProperty("kind", kind)
    if kind in ("warn", "info", "good", "hint", "error", "mut"):
        made.setWordWrap(True)
    return made


def button(text: str, run: Callable[[], object], *, kind: str = "", name: str = "") -> QPushButton:
    """A button without a key of its own; one with a key is a `KeyButton`."""
    made = QPushButton(text)
    # Enter presses it as well, not the space bar alone.
    made.setAutoDefault(True)
    made.setAccessibleName(text)
    if kind:
        made.setProperty("kind", kind)
    if name:
        made.setObjectName(name)
    made.clicked.connect(lambda: run())
    return made


def card(*parts: QWidget | QLayout, margin: int = 2 * SPACE, gap: int = SPACE) -> QFrame:
    """A white panel with rounded corners around parts set under each other."""
    frame = QFrame()
    frame.setProperty("kind", "card")
    column(*parts, into=QVBoxLayout(frame), margin=margin, gap=gap)
    return frame


def rule() -> QFrame:
    """A hairline."""
    frame = QFrame()
    frame.setProperty("kind", "rule")
    return frame


def column(
    *parts: "QWidget | QLayout | None",
    into: QBoxLayout | None = None,
    margin: int = 0,
    gap: int = SPACE,
) -> QBoxLayout:
    """Parts under each other; None is space that stretches."""
    return _fill(into or QVBoxLayout(), parts, margin, gap)


def row(*parts: "QWidget | QLayout | None", margin: int = 0, gap: int = SPACE) -> QBoxLayout:
    """Parts side by side; None is space that stretches."""
    return _fill(QHBoxLayout(), parts, margin, gap)


def holder(layout: QLayout, name: str = "") -> QWidget:
    """A widget around a layout."""
    widget = QWidget()
    if name:
        widget.setObjectName(name)
        widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    widget.setLayout(layout)
    return widget


def scrolled(inside: QWidget) -> QScrollArea:
    """A part that may be taller than its room; never wider."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a dynamic property and let the style sheet look again, where it says something new."""
    if (widget.property(name) or "") == value:
        # Looking again costs a millisecond, and a card has many parts.
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _fill(
    layout: QBoxLayout, parts: "tuple[QWidget | QLayout | None, ...]", margin: int, gap: int
) -> QBoxLayout:
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(gap)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
    return layout
