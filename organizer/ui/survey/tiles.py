"""The houses of a street as tiles: one block for each side, each tile filled as its doors are done."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListView,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from organizer.i18n import _
from organizer.services.walking import Stop
from organizer.ui.survey.places import bar
from organizer.ui.theme import Theme
from organizer.ui.widgets.plain import label

Index = QModelIndex | QPersistentModelIndex
_WIDTH, _HEIGHT, _GAP = 94, 38, 6


class StopModel(QAbstractListModel):
    """The houses of one side."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stops: list[Stop] = []

    def show_stops(self, stops: Sequence[Stop]) -> None:
        """Show these houses; the same houses only get new counts."""
        if [stop.id for stop in stops] == [stop.id for stop in self.stops] and stops:
            self.stops = list(stops)
            self.dataChanged.emit(self.index(0), self.index(len(stops) - 1))
            return
        self.beginResetModel()
        self.stops = list(stops)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many houses."""
        return 0 if parent is not None and parent.isValid() else len(self.stops)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The house number; for screen readers with its counts."""
        if not index.isValid() or index.row() >= len(self.stops):
            return None
        stop = self.stops[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return stop.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return _("{name}　共 {units} 户，已查 {reached} 户").format(
                name=stop.name, units=stop.units, reached=stop.reached
            )
        return stop if role == Qt.ItemDataRole.UserRole else None


class StopPainter(QStyledItemDelegate):
    """A tile: number, how many units, 走完 when somebody was at all of them."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One tile and the gap after it."""
        return QSize(self._theme.px(_WIDTH + _GAP), self._theme.px(_HEIGHT + _GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the tile."""
        theme, stop = self._theme, index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(0, 0, -theme.px(_GAP), -theme.px(_GAP))
        done, begun = stop.reached == stop.units, stop.reached > 0
        ink = "ok" if done else "warn" if begun else "no"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(f"{ink}s"))
        if option.state & QStyle.StateFlag.State_Selected:
            standing = bool(option.state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QPen(theme.color("acc" if standing else "ink"), theme.px(2)))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme.px(6), theme.px(6))
        inner = box.adjusted(theme.px(8), theme.px(5), -theme.px(8), -theme.px(5))
        self._texts(painter, inner, stop, ink)
        bar(painter, theme, inner, stop.reached / stop.units)
        painter.restore()

    def _texts(self, painter: QPainter, box: QRectF, stop: Stop, ink: str) -> None:
        theme = self._theme
        top = Qt.AlignmentFlag.AlignTop
        painter.setFont(theme.font(12))
        painter.setPen(theme.color(ink))
        said = _("走完") if ink == "ok" else f"{stop.reached}/{stop.units}"
        painter.drawText(box, top | Qt.AlignmentFlag.AlignRight, said)
        room = int(box.width() - painter.fontMetrics().horizontalAdvance(said) - theme.px(4))
        painter.setFont(theme.font(14, bold=True))
        painter.setPen(theme.color("ink"))
        name = painter.fontMetrics().elidedText(stop.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, top | Qt.AlignmentFlag.AlignLeft, name)


class Side(QListView):
    """The tiles of one side, as many rows high as they need."""

    stood = Signal(bytes)
    entered = Signal()
    passed = Signal(int)
    """An arrow went beyond the first (-1) or last (+1) row."""
    back = Signal()

    def __init__(self, theme: Theme, title: str, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.stops = StopModel(self)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setModel(self.stops)
        self.setItemDelegate(StopPainter(theme, self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("kind", "inner")
        for turn_off in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            turn_off(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self._stand(index))

    def fit(self) -> None:
        """Be as high as the tiles need at this width."""
        count = len(self.stops.stops)
        rows = -(-count // self._columns)
        self.setFixedHeight(max(rows, 1) * self._theme.px(_HEIGHT + _GAP) + 4)

    def mark(self, stop: bytes | None) -> None:
        """Show at which house one stands; none of this side when it is on another."""
        row = next((n for n, s in enumerate(self.stops.stops) if s.id == stop), -1)
        if row >= 0:
            self.setCurrentIndex(self.stops.index(row))
        else:
            self.selectionModel().clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the tiles and on to the next side; Enter goes to the doors."""
        row, last = self.currentIndex().row(), len(self.stops.stops) - 1
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        elif event.key() == Qt.Key.Key_Down and row + self._columns > last:
            self.passed.emit(1)
        elif event.key() == Qt.Key.Key_Up and row - self._columns < 0:
            self.passed.emit(-1)
        else:
            super().keyPressEvent(event)
            self._stand(self.currentIndex())

    @property
    def _columns(self) -> int:
        return max((self.viewport().width() - 1) // self._theme.px(_WIDTH + _GAP), 1)

    def _stand(self, index: QModelIndex) -> None:
        if index.isValid():
            self.stood.emit(self.stops.stops[index.row()].id)


class Tiles(QScrollArea):
    """All sides under each other; at most so high that the doors keep their room."""

    stood = Signal(bytes)
    entered = Signal()
    back = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = self._inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._blocks: list[tuple[str | None, QLabel, Side]] = []
        titles = (("odd", _("单号侧")), ("even", _("双号侧")), (None, _("其他")))
        for number, (side, title) in enumerate(titles):
            heading, tiles = label(title, "label"), Side(theme, title, f"side-{side or 'other'}")
            tiles.stood.connect(self.stood)
            tiles.entered.connect(self.entered)
            tiles.back.connect(self.back)
            tiles.passed.connect(lambda step, at=number: self._pass(at, step))
            layout.addWidget(heading)
            layout.addWidget(tiles)
            self._blocks.append((side, heading, tiles))
        layout.addStretch(1)
        self.setWidget(inside)
        theme.changed.connect(self._fit)

    def show_stops(self, stops: Sequence[Stop]) -> None:
        """Show the houses of a walk; a single house needs no tiles."""
        self.setVisible(len(stops) > 1)
        sides = {stop.side for stop in stops}
        for side, heading, tiles in self._blocks:
            here = [stop for stop in stops if stop.side == side]
            tiles.stops.show_stops(here)
            tiles.setVisible(bool(here))
            heading.setVisible(bool(here) and sides != {None})
        self._fit()

    def mark(self, stop: bytes | None) -> None:
        """Show at which house one stands."""
        for _side, _heading, tiles in self._blocks:
            tiles.mark(stop)
            index = tiles.currentIndex()
            if index.isValid():
                spot = tiles.mapTo(self._inside, tiles.visualRect(index).center())
                self.ensureVisible(0, spot.y(), 0, self._theme.px(_HEIGHT))

    def focus_marked(self) -> None:
        """Put the cursor on the house one stands at."""
        sides = [tiles for _s, _h, tiles in self._blocks if tiles.stops.stops]
        standing = [tiles for tiles in sides if tiles.currentIndex().isValid()]
        for tiles in (standing or sides)[:1]:
            tiles.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed = 0
        for _side, heading, tiles in self._blocks:
            if tiles.stops.stops:
                tiles.fit()
                needed += tiles.height() + 4
                needed += heading.sizeHint().height() + 4 if not heading.isHidden() else 0
        window = self.parentWidget()
        most = int(window.height() * 0.38) if window is not None else needed
        self.setFixedHeight(max(min(needed, most), self._theme.px(_HEIGHT + _GAP)))

    def _pass(self, number: int, step: int) -> None:
        used = [tiles for _s, _h, tiles in self._blocks[number + step :: step] if tiles.stops.stops]
        if number + step < 0 or not used:
            if step > 0:
                self.entered.emit()
            return
        column = self._blocks[number][2].currentIndex().row()
        to = used[0]
        row = min(max(column, 0), len(to.stops.stops) - 1)
        to.setFocus()
        to.setCurrentIndex(to.stops.index(row))
        self.stood.emit(to.stops.stops[row].id)
