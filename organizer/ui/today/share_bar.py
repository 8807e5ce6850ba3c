"""A quiet bar: shares of a whole."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from organizer.ui.theme import Theme


class ShareBar(QWidget):
    """Parts of one bar in colours; the words beside it say the same."""

    def __init__(self, theme: Theme, height: int = 10) -> None:
        super().__init__()
        self._theme = theme
        self._height = height
        self._parts: tuple[tuple[str, float], ...] = ()

    def show_parts(self, parts: tuple[tuple[str, float], ...], said: str) -> None:
        """Show parts as (colour role, share of the whole)."""
        self._parts = parts
        self.setAccessibleName(said)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as wanted, at any width."""
        return QSize(self._theme.px(120), self._theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        """Never lower."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        clip = QPainterPath()
        clip.addRoundedRect(whole, whole.height() / 2, whole.height() / 2)
        painter.setClipPath(clip)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(whole, self._theme.color("nos"))
        left = 0.0
        for role, share in self._parts:
            width = whole.width() * share
            painter.fillRect(QRectF(left, 0, width, whole.height()), self._theme.color(role))
            left += width
