"""A page of entries under each other: sentences at the left, what can be done at the right."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from organizer.ui.theme import SPACE
from organizer.ui.widgets.plain import card, column, holder, label, row, rule

MOST_SHOWN = 60
"""Entries a page builds; a person works through fewer at a time."""


class Entries(QScrollArea):
    """Scrolls upright only; longer texts wrap."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_entries(self, entries: Iterable[QWidget], foot: str = "") -> None:
        """Show these in place of what was there; `foot` is a remark below."""
        inside = QWidget()
        layout = QVBoxLayout(inside)
        parts: list[QWidget] = []
        for entry in entries:
            parts += [rule(), entry] if parts else [entry]
        column(*([card(*parts, gap=12)] if parts else []), into=layout)
        if foot:
            layout.addWidget(label(foot, "mut"))
        layout.addStretch(1)
        self.setWidget(inside)


def entry(head: QLabel, lines: Iterable[str], buttons: Iterable[QPushButton] = ()) -> QWidget:
    """One entry: a head, lines in smaller type below it, buttons at the right."""
    head.setWordWrap(True)
    texts = holder(column(head, *(label(line, "mut") for line in lines if line), gap=SPACE // 2))
    acts = list(buttons)
    whole = row(texts, *acts, gap=SPACE)
    whole.setStretch(0, 1)
    for act in acts:
        whole.setAlignment(act, Qt.AlignmentFlag.AlignVCenter)
    return holder(whole)
