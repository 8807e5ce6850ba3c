"""What somebody in front of the screen can read: every visible text of a window, line by line."""

from collections.abc import Iterator

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)

_SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def read(window: QWidget) -> str:
    """All texts in view; what is scrolled away or covered by another page is not read."""
    shown = [part for part in window.findChildren(QWidget) if _in_view(part)]
    return "\n".join(line for part in shown for line in _lines(part) if line)


def _in_view(part: QWidget) -> bool:
    return part.isVisible() and not part.visibleRegion().isEmpty()


def _lines(part: QWidget) -> Iterator[str]:
    if isinstance(part, QLineEdit):
        yield part.displayText()
    elif isinstance(part, QComboBox):
        yield part.currentText()
    elif isinstance(part, QLabel | QAbstractButton):
        yield part.text()
    elif isinstance(part, QAbstractItemView) and part.model() is not None:
        yield from _cells(part)


def _cells(view: QAbstractItemView, above: QModelIndex | None = None) -> Iterator[str]:
    """The rows in view; a painted row is read as a screen reader tells it."""
    model, parent = view.model(), above or QModelIndex()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for row in range(model.rowCount(parent)):
        for column in range(columns):
            index = model.index(row, column, parent)
            if view.visualRect(index).intersects(view.viewport().rect()):
                yield str(index.data(_SPOKEN) or index.data() or "")
            if column == 0:
                yield from _cells(view, index)
