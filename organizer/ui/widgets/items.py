"""The model of a short list that is all here; each row is painted from its item as a whole."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
ITEM = Qt.ItemDataRole.UserRole
"""The role under which a painter finds the item itself."""


class ItemModel(QAbstractListModel, Generic[T]):
    """Items in order. `text` is what stands in a row, `spoken` what a screen reader says of it.

    With `identity`, items that are the same ones with new contents keep the cursor where it is.
    """

    def __init__(
        self,
        text: Callable[[T], str],
        spoken: Callable[[T], str],
        parent: QObject | None = None,
        *,
        identity: Callable[[T], Hashable] | None = None,
    ) -> None:
        super().__init__(parent)
        self._text = text
        self._spoken = spoken
        self._identity = identity
        self.items: tuple[T, ...] = ()

    def show(self, items: Sequence[T]) -> None:
        """Show these in place of those before."""
        if self._are_same(items):
            self.items = tuple(items)
            self.dataChanged.emit(self.index(0), self.index(len(items) - 1))
            return
        self.beginResetModel()
        self.items = tuple(items)
        self.endResetModel()

    def at(self, row: int) -> T | None:
        """The item in a row; None beyond the ends."""
        return self.items[row] if 0 <= row < len(self.items) else None

    def rowCount(self, parent: Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text, what is said of it, or the item."""
        found = self.at(index.row()) if index.isValid() else None
        if found is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(found)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._spoken(found)
        return found if role == ITEM else None

    def _are_same(self, items: Sequence[T]) -> bool:
        known = self._identity
        if known is None or not items:
            return False
        return [known(item) for item in items] == [known(item) for item in self.items]
