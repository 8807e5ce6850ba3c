"""The street board as a view: tiles painted where they show, walked with arrows, entered with Enter."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QRegion, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame

from organizer.domain.board import Board
from organizer.i18n import _
from organizer.ui.survey.board_layout import Box, Measures, Plan, laid_out, street_height
from organizer.ui.survey.board_painter import BoardPainter
from organizer.ui.survey.board_tiles import Fill, TileModel
from organizer.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_STRIP_SHARE, _STACK_SHARE = 0.5, 0.43
"""The part of the pane's height a street, or a stack, may take; the doors keep the rest."""
_ROOMY_PANE = 480
"""From this height on (pixels at 100 %) the tiles of a stack are of the usual height."""
_TYPING_MS = 1200
"""Digits typed closer together than this are one number."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class BoardView(QAbstractItemView):
    """Shows a board; `stood` follows the tile one stands at."""

    stood = Signal(int)
    entered = Signal()
    """The doors of the tile are wanted."""
    dived = Signal(bytes)
    """The inside of a lane, tower or large house is wanted as a board of its own."""
    back = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._painter = BoardPainter(theme)
        self._plan = Plan()
        self._roomy = True
        self._typed = ""
        self._height = 0
        self.tiles = TileModel(self)
        self.setObjectName("board")
        self.setAccessibleName(_("门牌图"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("kind", "inner")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_MS)
        self._pause.timeout.connect(self._forget_typed)
        self.setModel(self.tiles)
        self.clicked.connect(lambda index: self._stand(index.row()))
        self.doubleClicked.connect(lambda _index: self._enter())
        theme.changed.connect(self._on_theme)

    @property
    def board(self) -> Board:
        """What is shown."""
        return self.tiles.board

    @property
    def plan(self) -> Plan:
        """Where its tiles lie."""
        return self._plan

    @property
    def tile(self) -> int:
        """The tile one stands at; -1 for none."""
        return self.currentIndex().row()

    def show_board(self, board: Board, fills: Sequence[Fill]) -> None:
        """Show a board; of the same one only the fills change."""
        if self.tiles.show_board(board, fills):
            self._typed = ""
            self._lay_out()

    def fit(self, pane: int) -> None:
        """Be as high as the board, up to a part of the pane; where that is too little tiles are low."""
        strip = self._plan.strip
        most = int(pane * (_STRIP_SHARE if strip else _STACK_SHARE))
        bar = self.horizontalScrollBar().sizeHint().height() + self._theme.px(6)
        beside = bar if strip and self._plan.width > self.viewport().width() else 0
        if strip:
            wanted = street_height(self.board, self._measures(roomy=True)) + beside
            roomy = wanted <= most
        else:
            roomy = pane >= self._theme.px(_ROOMY_PANE)
        if roomy != self._roomy:
            self._roomy = roomy
            self._lay_out()
        self._height = max(min(self._plan.height + beside, most), self._theme.px(40))
        self.setMaximumHeight(self._height)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as was agreed."""
        return QSize(self._theme.px(240), self._height)

    def minimumSizeHint(self) -> QSize:
        """The window may be made smaller than any board."""
        return QSize(self._theme.px(80), self._theme.px(40))

    def mark(self, at: int) -> None:
        """Show at which tile one stands; -1 for none."""
        if at != self.tile:
            index = self.tiles.index(at) if at >= 0 else QModelIndex()
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self.scrollTo(index)
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, a number jumps to its house, Enter goes in, Backspace and Esc go out."""
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ENTER:
            self._enter()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace):
            self._leave()
        elif plain and event.text().isdigit():
            self._type(event.text())
        elif key == Qt.Key.Key_Down and self._at_foot():
            self.entered.emit()
        else:
            self._forget_typed()
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are for nothing here; numbers have their own way."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A street goes along under the wheel."""
        turned = event.angleDelta().y()
        if self._plan.strip and turned and not event.angleDelta().x():
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - turned)
            event.accept()
        else:
            super().wheelEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Where an arrow leads."""
        here, plan = self.tile, self._plan
        page = self.viewport().width() if plan.strip else self.viewport().height()
        whole = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        last = len(plan.boxes) - 1
        move = QAbstractItemView.CursorAction
        to = {
            move.MoveLeft: lambda: plan.along(here, -1),
            move.MovePrevious: lambda: plan.along(here, -1),
            move.MoveRight: lambda: plan.along(here, 1),
            move.MoveNext: lambda: plan.along(here, 1),
            move.MoveUp: lambda: plan.across(here, -1, self.horizontalOffset()),
            move.MoveDown: lambda: plan.across(here, 1, self.horizontalOffset()),
            move.MoveHome: lambda: 0 if whole else plan.edge(here, last=False),
            move.MoveEnd: lambda: last if whole else plan.edge(here, last=True),
            move.MovePageUp: lambda: plan.turned(here, -page),
            move.MovePageDown: lambda: plan.turned(here, page),
        }[action]()
        return self.tiles.index(to) if to >= 0 else QModelIndex()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell where one stands, when one walked there oneself."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid() and self.hasFocus():
            self.stood.emit(current.row())

    # What a view has to say to Qt of where things are.

    def visualRect(self, index: Index) -> QRect:
        """The rectangle of a tile in the viewport."""
        if not index.isValid() or index.row() >= len(self._plan.boxes):
            return QRect()
        box = self._plan.boxes[index.row()]
        x = box.x - (0 if self._plan.is_still(index.row()) else self.horizontalOffset())
        return QRect(x, box.y - self.verticalOffset(), box.width, box.height)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a tile into view with a little of what is beside it."""
        if not index.isValid() or index.row() >= len(self._plan.boxes):
            return
        box, more = self._plan.boxes[index.row()], self._theme.px(24)
        still = self._plan.is_still(index.row())
        for bar, start, length, room in (
            (self.horizontalScrollBar(), box.x, box.width, self.viewport().width()),
            (self.verticalScrollBar(), box.y, box.height, self.viewport().height()),
        ):
            if still and bar is self.horizontalScrollBar():
                continue
            if start - more < bar.value():
                bar.setValue(start - more)
            elif start + length + more > bar.value() + room:
                bar.setValue(start + length + more - room)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The tile under a point."""
        along = self.horizontalOffset()
        at = self._plan.tile_at(point.x() + along, point.y() + self.verticalOffset(), along)
        return self.tiles.index(at) if at >= 0 else QModelIndex()

    def horizontalOffset(self) -> int:
        """How far the street is scrolled along."""
        return self.horizontalScrollBar().value()

    def verticalOffset(self) -> int:
        """How far the stack is scrolled down."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        """No tile is ever hidden."""
        return False

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """The tile in a rectangle is selected."""
        index = self.indexAt(rect.center())
        self.selectionModel().select(QItemSelection(index, index), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Where selected tiles are painted."""
        region = QRegion()
        for index in selection.indexes():
            region += self.visualRect(index)
        return region

    def updateGeometries(self) -> None:
        """Say how far can be scrolled."""
        super().updateGeometries()
        room, plan = self.viewport().size(), self._plan
        for bar, whole, part in (
            (self.horizontalScrollBar(), plan.width if plan.strip else 0, room.width()),
            (self.verticalScrollBar(), plan.height, room.height()),
        ):
            bar.setRange(0, max(whole - part, 0))
            bar.setPageStep(part)
            bar.setSingleStep(self._theme.px(40))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tiles that show, and no other."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        part, x, y = event.rect(), self.horizontalOffset(), self.verticalOffset()
        view = Box(part.x() + x, part.y() + y, part.width(), part.height())
        painter.translate(-x, -y)
        room = self.viewport().width()
        self._painter.ground(painter, self._plan, self.board, Box(x, y, room, 0), self._typed)
        for at in self._plan.visible(view, x):
            box = self._plan.boxes[at]
            if self._plan.is_still(at):
                box = box._replace(x=box.x + x)
            self._painter.tile(painter, box, self.board.tiles[at], self.tiles.fills[at])
            if at == self.tile:
                self._painter.ring(painter, box, focus=self.hasFocus())

    def _measures(self, *, roomy: bool) -> Measures:
        px = self._theme.px
        return Measures(
            tile=px(74 if roomy else 40),
            low=px(36 if roomy else 32),
            gap=px(8),
            least=px(60),
            most=px(168),
            letter=px(14),
            aside=px(52 if roomy else 44),
            road=px(26 if roomy else 20),
            room=self.viewport().width(),
            unit=px(5),
        )

    def _lay_out(self) -> None:
        self._plan = laid_out(self.board, self._measures(roomy=self._roomy))
        self.updateGeometries()
        self.scrollTo(self.currentIndex())
        self.viewport().update()

    def _on_theme(self) -> None:
        self._painter.forget()
        self._lay_out()

    def _at_foot(self) -> bool:
        return self._plan.across(self.tile, 1, self.horizontalOffset()) == self.tile

    def _stand(self, at: int) -> None:
        if at >= 0:
            self.stood.emit(at)

    def _enter(self) -> None:
        if self.tile < 0:
            return
        tile = self.board.tiles[self.tile]
        if tile.inner:
            self.dived.emit(tile.key)
        else:
            self.entered.emit()

    def _leave(self) -> None:
        if self._typed:
            self._forget_typed()
        else:
            self.back.emit()

    def _type(self, digit: str) -> None:
        self._typed += digit
        self._pause.start()
        at = self.board.find(self._typed)
        if at >= 0:
            self.setCurrentIndex(self.tiles.index(at))
        self.viewport().update()

    def _forget_typed(self) -> None:
        self._typed = ""
        self.viewport().update()
