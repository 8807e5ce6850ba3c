"""A short list under a box in which somebody types: two lines a row, walked with the arrows."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from organizer.ui.theme import Theme
from organizer.ui.widgets.items import ITEM, Index, ItemModel
from organizer.ui.widgets.plain import label

MOST_SHOWN = 8


@dataclass(frozen=True)
class Result:
    """A row: what it stands for, its text, a second line, a word before it, keys behind it."""

    key: object
    text: str
    detail: str = ""
    kind: str = ""
    keys: str = ""

    def spoken(self) -> str:
        """All of it in one line."""
        return " ".join(filter(None, (self.kind, self.text, self.detail, self.keys)))


class _Painted(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.px(46))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found: Result = index.data(ITEM)
        theme, state = self._theme, option.state
        box: QRect = option.rect
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("sel"))
            painter.drawRoundedRect(box.adjusted(2, 1, -2, -1), 6, 6)
        inner = box.adjusted(theme.px(12), 0, -theme.px(12), 0)
        if found.keys:
            inner.setRight(self._paint_keys(painter, inner, found.keys) - theme.px(8))
        if found.kind:
            self._write(painter, inner, found.kind, "mut", 12)
            inner.setLeft(inner.left() + theme.px(44))
        if not found.detail:
            self._write(painter, inner, found.text, "ink", 14, bold=chosen)
        else:
            middle = box.top() + theme.px(25)
            above = QRect(inner.left(), box.top() + theme.px(3), inner.width(), theme.px(22))
            self._write(painter, above, found.text, "ink", 14, bold=chosen)
            below = QRect(inner.left(), middle - theme.px(1), inner.width(), theme.px(18))
            self._write(painter, below, found.detail, "mut", 12)
        painter.restore()

    def _write(
        self, painter: QPainter, box: QRect, text: str, role: str, size: int, bold: bool = False
    ) -> None:
        font = self._theme.font(size, bold=bold)
        painter.setFont(font)
        painter.setPen(self._theme.color(role))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_keys(self, painter: QPainter, box: QRect, keys: str) -> int:
        font = self._theme.font(12)
        width = QFontMetrics(font).horizontalAdvance(keys) + self._theme.px(10)
        height = self._theme.px(20)
        top = box.center().y() - height // 2
        cap = QRect(box.right() - width, top, width, height)
        painter.setPen(self._theme.color("line"))
        painter.setBrush(self._theme.color("card"))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setFont(font)
        painter.setPen(self._theme.color("mut"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, keys)
        return cap.left()


class ResultPopup(QFrame):
    """Stands over its window under a box; never takes the focus from it."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, over: QWidget, title: str) -> None:
        super().__init__(over)
        self.setObjectName("popup")
        self._over = over
        self._theme = theme
        self.model = ItemModel[Result](lambda one: one.text, Result.spoken, self)
        self._list = QListView()
        self._list.setObjectName("results")
        self._list.setModel(self.model)
        self._list.setItemDelegate(_Painted(theme, self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setAccessibleName(title)
        self._list.clicked.connect(lambda index: self._choose(index.row()))
        self._list.entered.connect(self._list.setCurrentIndex)
        self._said = label("", "mut")
        self._said.setMargin(theme.px(8))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.setSpacing(0)
        layout.addWidget(self._list)
        layout.addWidget(self._said)
        self.hide()

    @property
    def current(self) -> Result | None:
        """The row the arrows stand on."""
        return self.model.at(self._list.currentIndex().row())

    def show_rows(self, rows: Sequence[Result], under: QWidget, *, nothing: str = "") -> None:
        """Show rows below a widget, the first chosen; without rows the sentence, or nothing."""
        self.model.show(rows)
        self._said.setText(nothing)
        self._said.setVisible(not rows and bool(nothing))
        self._list.setVisible(bool(rows))
        if not rows and not nothing:
            self.hide()
            return
        if rows:
            self._list.setCurrentIndex(self.model.index(0))
        self._place(len(rows), under)
        self.show()
        self.raise_()

    def walk(self, step: int) -> None:
        """Move the choice up (-1) or down (1), around the ends."""
        count = self.model.rowCount()
        if count:
            row = (self._list.currentIndex().row() + step) % count
            self._list.setCurrentIndex(self.model.index(row))

    def stand_at(self, wanted: Result) -> None:
        """Back to a row that was shown before, where it is shown again."""
        for row, found in enumerate(self.model.items):
            if (found.kind, found.text) == (wanted.kind, wanted.text):
                self._list.setCurrentIndex(self.model.index(row))

    def choose_current(self) -> bool:
        """Choose the row the arrows stand on; False when there is none."""
        return self._choose(self._list.currentIndex().row())

    def _choose(self, row: int) -> bool:
        found = self.model.at(row)
        if found is not None:
            self.hide()
            self.chosen.emit(found)
        return found is not None

    def _place(self, rows: int, under: QWidget) -> None:
        corner = under.mapTo(self._over, under.rect().bottomLeft())
        room = self._over.height() - corner.y() - 12
        width = max(under.width(), min(self._theme.px(420), self._over.width() - corner.x() - 12))
        said = max(self._said.heightForWidth(width - 8), self._theme.px(34))
        height = (min(rows, MOST_SHOWN) * self._theme.px(46) if rows else said) + 12
        self.setGeometry(corner.x(), corner.y() + 4, width, min(height, room))
