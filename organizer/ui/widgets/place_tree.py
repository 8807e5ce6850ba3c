"""The tree of places with their counts, as a Qt model and as it is painted."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from organizer.i18n import _
from organizer.services.survey.walking import Node
from organizer.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
NODE_ROLE = Qt.ItemDataRole.UserRole


def is_named(node: Node, text: str) -> bool:
    """Whether a node is found by hanzi or pinyin, in small letters and without blanks."""
    by_letters = any(letters.startswith(text) for letters in node.letters)
    return text in node.name.lower() or by_letters


def matching(nodes: Sequence[Node], typed: str) -> list[Node]:
    """The nodes found by hanzi or pinyin, with what stands above and below them."""
    text = "".join(typed.lower().split())
    if not text:
        return list(nodes)
    parents = {node.id: node.parent for node in nodes}
    found = {node.id for node in nodes if is_named(node, text)}
    kept = set(found)
    for hit in found:
        above = parents[hit]
        while above is not None and above not in kept:
            kept.add(above)
            above = parents.get(above)
    for node in nodes:
        # Parents stand before their children, so one pass reaches all below a hit.
        if node.parent in found:
            found.add(node.id)
    return [node for node in nodes if node.id in kept or node.id in found]


def occupied(nodes: Sequence[Node]) -> list[Node]:
    """The nodes with units; all of them while there are none at all."""
    return [node for node in nodes if node.units] or list(nodes)


class PlaceModel(QAbstractItemModel):
    """Nodes by their parents; parents stand before their children."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nodes: list[Node] = []
        self._children: dict[bytes | None, list[int]] = {}
        self._rows: list[int] = []
        self._numbers: dict[bytes, int] = {}

    def show_nodes(self, nodes: Sequence[Node]) -> bool:
        """Show these nodes; True when places came or went, so that the view starts anew."""
        if [node.id for node in nodes] == [node.id for node in self._nodes]:
            self._nodes = list(nodes)
            for children in self._children.values():
                first, last = children[0], children[-1]
                self.dataChanged.emit(self._index(first), self._index(last))
            return False
        self.beginResetModel()
        self._nodes = list(nodes)
        self._numbers = {node.id: number for number, node in enumerate(self._nodes)}
        self._children = {}
        self._rows = []
        for number, node in enumerate(self._nodes):
            above = node.parent if node.parent in self._numbers else None
            children = self._children.setdefault(above, [])
            self._rows.append(len(children))
            children.append(number)
        self.endResetModel()
        return True

    def find(self, place: bytes) -> QModelIndex:
        """Where a place stands; an invalid index when it is not shown."""
        number = self._numbers.get(place)
        return QModelIndex() if number is None else self._index(number)

    def node(self, index: Index) -> Node | None:
        """The node at an index."""
        return self._nodes[index.internalId()] if index.isValid() else None

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        """The index of a child."""
        above = self.node(parent) if parent is not None else None
        children = self._children.get(above.id if above else None, [])
        if column != 0 or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, children[row])

    def parent(self, index: Index | None = None) -> QModelIndex:  # type: ignore[override]
        """The index of the place above."""
        node = self.node(index) if index is not None else None
        if node is None or node.parent not in self._numbers:
            return QModelIndex()
        return self._index(self._numbers[node.parent])

    def rowCount(self, parent: Index | None = None) -> int:
        """How many places stand in a place."""
        above = self.node(parent) if parent is not None else None
        return len(self._children.get(above.id if above else None, ()))

    def columnCount(self, parent: Index | None = None) -> int:
        """One."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name, and for screen readers the name with its counts."""
        node = self.node(index)
        if node is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return node.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return _("{name}　共 {units} 户，已查 {reached} 户").format(
                name=node.name, units=node.units, reached=node.reached
            )
        return node if role == NODE_ROLE else None

    def _index(self, number: int) -> QModelIndex:
        return self.createIndex(self._rows[number], 0, number)


class PlacePainter(QStyledItemDelegate):
    """A place on one line: name, reached/units, and a thin bar below."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """40 px high."""
        return QSize(self._theme.px(120), self._theme.px(40))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the place."""
        theme, node = self._theme, index.data(NODE_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        ground(painter, theme, box, option)
        inner = box.adjusted(theme.px(6), theme.px(4), -theme.px(8), -theme.px(4))
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("mut"))
        count = f"{node.reached}/{node.units}" if node.units else "0"
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, right, count)
        width = painter.fontMetrics().horizontalAdvance(count) + theme.px(8)
        painter.setFont(theme.font(14, bold=node.kind == "division"))
        painter.setPen(theme.color("ink" if node.units else "mut"))
        name = painter.fontMetrics().elidedText(
            node.name, Qt.TextElideMode.ElideRight, int(inner.width() - width)
        )
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, left, name)
        if node.units:
            bar(painter, theme, inner, node.reached / node.units)
        painter.restore()


def ground(painter: QPainter, theme: Theme, box: QRectF, option: QStyleOptionViewItem) -> None:
    """The ground of a chosen row, with the focus ring while its list has the focus."""
    state: QStyle.StateFlag = option.state
    if not state & QStyle.StateFlag.State_Selected:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("sel"))
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(theme.color("acc"))
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme.px(6), theme.px(6))


def bar(painter: QPainter, theme: Theme, box: QRectF, share: float) -> None:
    """A thin bar at the foot of a box, filled as far as the work is done."""
    height = theme.px(3)
    whole = QRectF(box.left(), box.bottom() - height + theme.px(1), box.width(), height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("nos"))
    painter.drawRoundedRect(whole, height / 2, height / 2)
    if share > 0:
        whole.setWidth(max(whole.width() * share, height))
        painter.setBrush(theme.color("ok" if share >= 1 else "warn"))
        painter.drawRoundedRect(whole, height / 2, height / 2)
