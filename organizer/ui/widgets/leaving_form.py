"""What forms beside a list or board have in common: Esc goes back, what is half typed is kept."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame


class LeavingForm(QFrame):
    """`left` asks to go back; `keep` is called whenever the form goes out of view."""

    left = Signal()

    def keep(self) -> None:
        """Save what is half typed; nothing where there is no draft."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves; what is typed stays."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """What is half typed is kept."""
        self.keep()
        super().hideEvent(event)
