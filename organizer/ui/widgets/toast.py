"""A sentence at the foot of the window for a few seconds, with 撤销 where something can be undone."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from organizer.i18n import _
from organizer.ui.keys import shown_keys

SHOWN_MS = 6000
_MARGIN = 24


class Toast(QFrame):
    """Shown over its parent; the newest sentence replaces the one before.

    It stands where the work begins, on the left: the buttons that go on are on the right.
    """

    def __init__(self, parent: QWidget, beside: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._beside = beside
        self.setObjectName("toast")
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._undo = QPushButton(f"{_('撤销')}  {shown_keys('Ctrl+Z')}")
        self._undo.setAccessibleName(_("撤销"))
        self._undo.setAutoDefault(True)
        layout = QHBoxLayout(self)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._undo)
        self._undo.clicked.connect(self._on_undo)
        self._run: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is shown."""
        return self._text.text()

    def say(
        self, sentence: str, *, kind: str = "info", undo: Callable[[], None] | None = None
    ) -> None:
        """Show a sentence for six seconds, warnings for twelve."""
        self._text.setText(sentence)
        self._run = undo
        self._undo.setVisible(undo is not None)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(SHOWN_MS * 2 if kind == "warn" else SHOWN_MS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot of the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _on_undo(self) -> None:
        self.hide()
        if self._run is not None:
            self._run()

    def _place(self) -> None:
        left = self._beside.mapTo(self._over, QPoint(_MARGIN, 0)).x()
        width = min(640, self._over.width() - left - _MARGIN)
        self.setFixedWidth(width)
        self.adjustSize()
        self.move(left, self._over.height() - self.height() - _MARGIN)
