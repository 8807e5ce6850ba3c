"""The tiles of a board as a model: what each says, how far it is filled, how it is marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from organizer.domain.board import Board, Mark, Shape, Tile
from organizer.i18n import _

Index = QModelIndex | QPersistentModelIndex
_NOTHING = Board(Shape.CLUSTER, b"", (), ())


@dataclass(frozen=True)
class Fill:
    """How far the doors behind a tile are done."""

    done: int = 0
    mark: Mark = Mark.UNSEEN


class TileModel(QAbstractListModel):
    """The tiles of a board, row by row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.board = _NOTHING
        self.fills: list[Fill] = []

    def show_board(self, board: Board, fills: Sequence[Fill]) -> bool:
        """Show a board; False when its tiles stay where they are."""
        if board.tiles and board.tiles == self.board.tiles and board.at == self.board.at:
            self.board = board
            self.show_fills(fills)
            return False
        self.beginResetModel()
        self.board, self.fills = board, list(fills)
        self.endResetModel()
        return True

    def show_fills(self, fills: Sequence[Fill]) -> None:
        """Fill the tiles; only those that changed are painted anew."""
        changed = [at for at, fill in enumerate(fills) if fill != self.fills[at]]
        self.fills = list(fills)
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))

    def show_fill(self, at: int, fill: Fill) -> None:
        """Fill one tile."""
        self.fills[at] = fill
        self.dataChanged.emit(self.index(at), self.index(at))

    def rowCount(self, parent: Index | None = None) -> int:
        """How many tiles."""
        return 0 if parent is not None and parent.isValid() else len(self.board.tiles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The house number; for screen readers with its row, its counts and its mark."""
        if not index.isValid() or index.row() >= len(self.board.tiles):
            return None
        tile, fill = self.board.tiles[index.row()], self.fills[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return tile_name(tile)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._told(index.row(), tile, fill)
        return None

    def _told(self, at: int, tile: Tile, fill: Fill) -> str:
        name = " ".join(filter(None, (self.board.row_of_tile[at].name, tile_name(tile))))
        told = _("{name}　共 {units} 户，已查 {done} 户，{mark}").format(
            name=name, units=len(tile.doors), done=fill.done, mark=mark_word(fill.mark)
        )
        return _("{told}；按 Enter 进去").format(told=told) if tile.inner else told


def tile_name(tile: Tile) -> str:
    """How a tile is called."""
    return tile.name or _("未写门牌")


def painted_name(tile: Tile) -> str:
    """The same as short as it can be read."""
    return tile.short or _("未写门牌")


def mark_word(mark: Mark) -> str:
    """清, 已尽责, 差 or 未."""
    return {
        Mark.CLEAR: _("清"),
        Mark.EFFORT: _("已尽责"),
        Mark.LACKING: _("差"),
        Mark.UNSEEN: _("未"),
    }[mark]


def mark_letter(mark: Mark) -> str:
    """The one character that stands on a tile."""
    return _("尽") if mark is Mark.EFFORT else mark_word(mark)
