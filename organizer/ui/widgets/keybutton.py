"""A button that shows the key that presses it as a small key cap."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from organizer.ui.keys import shown_keys, with_keys
from organizer.ui.theme import Theme
from organizer.ui.widgets.plain import label


class KeyButton(QPushButton):
    """Text and key cap. The screen's table of actions binds the key; `bound` binds it here instead."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        run: Callable[[], object],
        *,
        shortcut: str,
        kind: str = "",
        name: str = "",
        bound: bool = False,
    ) -> None:
        super().__init__()
        self._theme = theme
        # Enter presses it as well, not the space bar alone.
        self.setAutoDefault(True)
        self.setToolTip(with_keys(text, shortcut))
        if bound:
            self.setShortcut(QKeySequence(shortcut))
        if kind:
            self.setProperty("kind", kind)
        if name:
            self.setObjectName(name)
        self._text = QLabel(text)
        self._cap = label(shown_keys(shortcut), "key")
        layout = self._parts = QHBoxLayout(self)
        layout.setSpacing(8)
        layout.addStretch(1)
        for part in (self._text, self._cap):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch(1)
        self.setAccessibleName(text)
        self.clicked.connect(lambda: run())
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def say(self, text: str) -> None:
        """Change the text."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as its parts."""
        return QSize(self._parts.sizeHint().width(), self._theme.px(36))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def _on_theme(self) -> None:
        side = self._theme.px(14)
        self._parts.setContentsMargins(side, 0, side, 0)
        self.updateGeometry()
