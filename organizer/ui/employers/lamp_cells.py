"""The lamps of a row, painted in its cell; the cell's text reads 建清 位差 数未 进未."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QTableView

from organizer.domain.clears import Light
from organizer.services.employers.listing import light_word
from organizer.ui.theme import Theme
from organizer.ui.widgets.lamps import LampPictures
from organizer.ui.widgets.paging import Index
from organizer.ui.widgets.table import CellPainter


class LampCells(CellPainter):
    """Paints what the text says, so that copying and screen readers have words."""

    def __init__(self, theme: Theme, table: QTableView) -> None:
        super().__init__(table)
        self._theme = theme
        self._pictures = LampPictures(theme)
        self._lights = {light_word(light): light for light in Light}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the four lamps of a row."""
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, option.palette.highlight())
        size = self._theme.px(20)
        left = option.rect.left() + self._theme.px(8)
        top = option.rect.top() + (option.rect.height() - size) // 2
        for place, said in enumerate(str(index.data() or "").split()):
            corner = QPointF(left + place * (size + 4), top)
            self._pictures.paint(painter, corner, said[0], self._lights[said[1:]])
