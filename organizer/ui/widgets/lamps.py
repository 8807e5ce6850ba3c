"""The four lamps (四清): a hanzi in each, so that colour is never the only sign."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from organizer.domain.clears import Lamp, Light
from organizer.i18n import listed
from organizer.services.employers.listing import light_word
from organizer.ui.theme import Theme

__all__ = ["LampPictures", "Lamps", "light_word", "paint_lamp"]

_ROLES = {Light.CLEAR: ("ok", "oks"), Light.LACKING: ("warn", "warns"), Light.UNSEEN: ("no", "nos")}


def paint_lamp(painter: QPainter, theme: Theme, box: QRectF, letter: str, light: Light) -> None:
    """One lamp: a rounded box of 20 px with its hanzi."""
    ink, ground = _ROLES[light]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(ground))
    painter.drawRoundedRect(box, theme.px(5), theme.px(5))
    painter.setPen(theme.color(ink))
    painter.setFont(theme.font(12, bold=light is Light.CLEAR))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)


class LampPictures:
    """Lamps drawn once for each look: a list shows hundreds, and drawing text is slow."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._known: dict[tuple[str, Light, float], QPixmap] = {}
        theme.changed.connect(self._known.clear)

    def paint(self, painter: QPainter, corner: QPointF, letter: str, light: Light) -> None:
        """Paint a lamp with its upper left corner here."""
        ratio = painter.device().devicePixelRatioF()
        key = letter, light, ratio
        if key not in self._known:
            self._known[key] = self._drawn(*key)
        painter.drawPixmap(corner, self._known[key])

    def _drawn(self, letter: str, light: Light, ratio: float) -> QPixmap:
        size = self._theme.px(20)
        picture = QPixmap(QSize(size, size) * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_lamp(painter, self._theme, QRectF(0, 0, size, size), letter, light)
        painter.end()
        return picture


class Lamps(QWidget):
    """A row of lamps; screen readers hear 建清 位差 数未 进未."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lamps: tuple[Lamp, ...] = ()
        theme.changed.connect(self.updateGeometry)

    def show_lamps(self, lamps: Sequence[Lamp]) -> None:
        """Show these lamps."""
        self._lamps = tuple(lamps)
        said = listed(f"{lamp.rule.name}{light_word(lamp.light)}" for lamp in lamps)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Four lamps of 20 px with gaps of 4."""
        size = self._theme.px(20)
        count = max(len(self._lamps), 4)
        return QSize(count * (size + 4) - 4, size)

    def minimumSizeHint(self) -> QSize:
        """Lamps are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the row."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = self._theme.px(20)
        for place, lamp in enumerate(self._lamps):
            box = QRectF(place * (size + 4), 0, size, size)
            paint_lamp(painter, self._theme, box, lamp.rule.letter, lamp.light)
