"""A page of the settings: a title, cards under each other, nothing wider than it reads well."""

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from organizer.ui.session import Session
from organizer.ui.widgets.plain import label

WIDEST = 720
"""Pixels at 100 %."""


class SettingsPage(QWidget):
    """One section; `arrive` brings it up to date when it comes into view."""

    def __init__(self, session: Session, title: str) -> None:
        super().__init__()
        self.session = session
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 8, 24, 24)
        self._column.setSpacing(16)
        self._column.addWidget(label(title, "title"))
        session.theme.changed.connect(self._on_theme)
        self._on_theme()

    def fill(self, *parts: "QWidget | QLayout") -> None:
        """Set the cards under each other; called once."""
        for part in parts:
            if isinstance(part, QWidget):
                self._column.addWidget(part)
            else:
                self._column.addLayout(part)
        self._column.addStretch(1)

    def arrive(self) -> None:
        """The page comes into view."""

    def leave(self) -> None:
        """The page goes out of view."""

    def _on_theme(self) -> None:
        self.setMaximumWidth(self.session.theme.px(WIDEST))
