"""Whoever types paper in is faster than the disk, and holds a scanner in the other hand."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from organizer.domain import row_code

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_BEGINS = "ORG1"
"""How everything begins that a scanner reads from our papers."""


class QuickHand(QObject):
    """Watches the boxes of a row.

    Keys pressed while a row is being saved are kept for where the cursor is afterwards. A scan that
    came into a box is `scanned`, with the boxes as they were before it.
    """

    scanned = Signal(str, object)

    def __init__(
        self, boxes: Iterable[QWidget], values: Callable[[], Mapping[str, str]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._values = values
        self._holding = False
        self._held: list[QKeyEvent] = []
        self._typed: list[tuple[str, Mapping[str, str]]] = []
        """Each character since the last Enter, with the boxes as they were before it."""
        for box in boxes:
            box.installEventFilter(self)

    def hold(self) -> None:
        """The row is being saved: nothing that is typed now belongs to it."""
        self._holding = True

    def let_go(self, *, onward: bool) -> None:
        """It is saved: what was typed meanwhile goes where the cursor is; else it is dropped."""
        held, self._held, self._holding = self._held, [], False
        for event in held if onward else ():
            at = QApplication.focusWidget()
            if at is not None:
                QApplication.sendEvent(at, event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold a key back, or see a scan come to its end."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if self._holding:
            self._held.append(event.clone())
            return True
        if event.key() in _ENTER:
            return self._on_enter()
        if event.text().isprintable() and event.text():
            self._typed.append((event.text(), self._values()))
        elif event.key() != Qt.Key.Key_Shift:
            self._typed.clear()
        return False

    def _on_enter(self) -> bool:
        typed, self._typed = self._typed, []
        text = "".join(char for char, _before in typed)
        begins = text.upper().rfind(_BEGINS)
        if begins < 0 or row_code.read_scan(text[begins:]) is None:
            return False
        self.scanned.emit(text[begins:], typed[begins][1])
        return True
