"""The list of what waits: one line each, Enter goes to the work."""

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
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from organizer.i18n import _
from organizer.services.today import Errand
from organizer.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 52
_WIDE = 560


def title_of(key: str) -> str:
    """What a kind of errand is called."""
    titles = {
        "backup": _("备份"),
        "files": _("还没清除的明文上报文件"),
        "due": _("今天要回访的门"),
        "promises": _("答应过还没办的事"),
        "pending": _("待审批的入会申请"),
        "no_id": _("证件后补的会员"),
        "drafts": _("没有封存的批次"),
        "interrupted": _("中断的导入"),
        "unreached": _("本轮还没走到的单位"),
    }
    return titles[key]


def counted(errand: Errand) -> str:
    """How many, with the word they are counted by."""
    words = {
        "backup": _("{count} 件"),
        "files": _("{count} 份"),
        "due": _("{count} 户"),
        "promises": _("{count} 件"),
        "pending": _("{count} 人"),
        "no_id": _("{count} 人"),
        "drafts": _("{count} 个"),
        "interrupted": _("{count} 次"),
        "unreached": _("{count} 户"),
    }
    return words[errand.key].format(count=errand.count)


class ErrandModel(QAbstractListModel):
    """What waits, most urgent first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.errands: list[Errand] = []

    def show_errands(self, errands: Sequence[Errand]) -> None:
        """Show these."""
        if [one.key for one in errands] == [one.key for one in self.errands]:
            self.errands = list(errands)
            if errands:
                self.dataChanged.emit(self.index(0), self.index(len(errands) - 1))
            return
        self.beginResetModel()
        self.errands = list(errands)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many lines."""
        return 0 if parent is not None and parent.isValid() else len(self.errands)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The line as text; the painter takes the errand itself."""
        if not index.isValid() or index.row() >= len(self.errands):
            return None
        errand = self.errands[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return title_of(errand.key)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{title_of(errand.key)} {counted(errand)} {errand.detail}".strip()
        return errand if role == Qt.ItemDataRole.UserRole else None


class ErrandPainter(QStyledItemDelegate):
    """Title, count, detail; the chosen line says which key goes there."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """52 px high; two lines where there is no room for one."""
        return QSize(self._theme.px(200), self._theme.px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the line."""
        theme, errand = self._theme, index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        self._ground(painter, box, option)
        box = box.adjusted(theme.px(16), 0, -theme.px(16), 0)
        wide = box.width() > theme.px(_WIDE)
        if option.state & QStyle.StateFlag.State_Selected:
            box = self._put_right(painter, box, _("Enter 去做"), "mut", 12)
        title = QRectF(box)
        count = QRectF(box)
        detail = QRectF(box)
        if wide:
            title.setWidth(theme.px(210))
            count.setLeft(title.right())
            count.setWidth(theme.px(72))
            detail.setLeft(count.right() + theme.px(24))
        else:
            title.setHeight(box.height() / 2 + theme.px(4))
            count.setHeight(title.height())
            title.setWidth(box.width() - theme.px(72))
            detail.setTop(box.center().y())
        role = "acc" if errand.urgent else "ink"
        self._put(painter, title, title_of(errand.key), role, 16 if wide else 14)
        self._put_right(painter, count, counted(errand), "ink", 14, bold=True)
        self._put(painter, detail, errand.detail, "mut", 14 if wide else 12)
        painter.restore()

    def _ground(self, painter: QPainter, box: QRectF, option: QStyleOptionViewItem) -> None:
        if not option.state & QStyle.StateFlag.State_Selected:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._theme.color("acc"))
        painter.setBrush(self._theme.color("sel"))
        side = self._theme.px(8)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), side, side)

    def _put(self, painter: QPainter, box: QRectF, text: str, role: str, size: int) -> None:
        painter.setFont(self._theme.font(size))
        painter.setPen(self._theme.color(role))
        short = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, int(box.width())
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, short)

    def _put_right(
        self, painter: QPainter, box: QRectF, text: str, role: str, size: int, *, bold: bool = False
    ) -> QRectF:
        painter.setFont(self._theme.font(size, bold=bold))
        painter.setPen(self._theme.color(role))
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        used = painter.fontMetrics().horizontalAdvance(text) + self._theme.px(12)
        return box.adjusted(0, 0, -used, 0)


class ErrandList(QListView):
    """Arrows walk, Enter or a click goes to the work."""

    opened = Signal(object)

    def __init__(self, theme: Theme, model: ErrandModel) -> None:
        super().__init__()
        self._theme = theme
        self._errands = model
        self.setObjectName("errands")
        self.setAccessibleName(_("今天要做的事"))
        self.setModel(model)
        self.setItemDelegate(ErrandPainter(theme, self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("kind", "inner")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def fit(self) -> None:
        """As high as its lines."""
        lines = max(len(self._errands.errands), 1)
        self.setFixedHeight(lines * self._theme.px(ROW_HEIGHT) + 2)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._errands.errands[index.row()])
