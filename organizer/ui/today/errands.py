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


def title_of(key: str, subject: str = "") -> str:
    """What a kind of errand is called; `subject` is the field or the drive it is about, if any."""
    titles = {
        "backup": _("备份"),
        "files": _("还没清除的明文上报文件"),
        "due": _("今天要回访的门"),
        "promises": _("答应过还没办的事"),
        "elsewhere": _("约好再去的人和地方"),
        "pending": _("待审批的入会申请"),
        "foundings": _("正在办的建会"),
        "terms": _("任期届满的工会"),
        "certificates": _("法人资格证书到期"),
        "registrations": _("建会后的法人登记"),
        "letters": _("转出没有回执的会员"),
        "unfiled": _("还没报备案的除名"),
        "untold": _("已批准未告知的会员"),
        "no_id": _("证件后补的会员"),
        "duplicates": _("很可能重复的记录"),
        "drafts": _("没有封存的批次"),
        "interrupted": _("中断的导入"),
        "unreached": _("本轮还没走到的单位"),
        "shut": _("去了几次都没人的门"),
        "drive": _("攻坚清单：{field}"),
        "one_left": _("只差一项：{field}"),
        "next_round": _("本轮已经结束"),
    }
    return titles[key].format(field=subject)


def titled(errand: Errand) -> str:
    """The title of its line."""
    return title_of(errand.key, errand.subject)


def does(key: str) -> str:
    """What Enter does on a line of this kind."""
    words = {
        "backup": _("到设置里做备份"),
        "files": _("到“上报”清除明文文件"),
        "due": _("按名单一户一户去"),
        "promises": _("按名单一户一户去办"),
        "elsewhere": _("到“排查”记其他走访"),
        "pending": _("到“入会”审批申请"),
        "foundings": _("到“建会”办下一步"),
        "terms": _("到“工会”准备换届"),
        "certificates": _("到“工会”看证书"),
        "registrations": _("到“工会”办法人登记"),
        "letters": _("到“会员”看等回执的转出"),
        "unfiled": _("到“会员”记下备案"),
        "untold": _("到“纸质材料”记下告知"),
        "no_id": _("到“入会”补录证件号"),
        "duplicates": _("两条并排对比，合并或记下不是同一个"),
        "drafts": _("到“上报”封存批次"),
        "interrupted": _("再选一次文件，接着导入"),
        "unreached": _("接着上次的门往下走"),
        "shut": _("按名单换个时间再去"),
        "drive": _("按清单一户一户去办"),
        "one_left": _("按名单去补上这一项"),
        "next_round": _("开下一轮排查"),
    }
    return words[key]


def counted(errand: Errand) -> str:
    """How many, with the word they are counted by."""
    words = {
        "backup": _("{count} 件"),
        "files": _("{count} 份"),
        "due": _("{count} 户"),
        "promises": _("{count} 件"),
        "elsewhere": _("{count} 处"),
        "pending": _("{count} 人"),
        "foundings": _("{count} 件"),
        "terms": _("{count} 个"),
        "certificates": _("{count} 个"),
        "registrations": _("{count} 个"),
        "letters": _("{count} 人"),
        "untold": _("{count} 人"),
        "unfiled": _("{count} 人"),
        "no_id": _("{count} 人"),
        "duplicates": _("{count} 对"),
        "drafts": _("{count} 个"),
        "interrupted": _("{count} 次"),
        "unreached": _("{count} 户"),
        "shut": _("{count} 户"),
        "drive": _("{count} 户"),
        "one_left": _("{count} 户"),
        "next_round": "",
    }
    return words[errand.key].format(count=errand.count)


class ErrandModel(QAbstractListModel):
    """What waits, most urgent first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.errands: list[Errand] = []

    def show_errands(self, errands: Sequence[Errand]) -> None:
        """Show these."""
        if list(map(_which, errands)) == list(map(_which, self.errands)):
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
            return titled(errand)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            parts = (
                titled(errand),
                counted(errand),
                errand.detail,
                _("Enter：") + does(errand.key),
            )
            return " ".join(filter(None, parts))
        return errand if role == Qt.ItemDataRole.UserRole else None


def _which(errand: Errand) -> tuple[str, str]:
    return errand.key, errand.subject


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
        self._put(painter, title, titled(errand), role, 16 if wide else 14)
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

    @property
    def chosen(self) -> Errand | None:
        """The line the cursor stands on."""
        at = self.currentIndex()
        return self._errands.errands[at.row()] if at.isValid() else None

    def choose(self, errand: Errand | None) -> None:
        """Stand on the line of this kind, on the first when there is none."""
        kinds = list(map(_which, self._errands.errands))
        at = kinds.index(_which(errand)) if errand and _which(errand) in kinds else 0
        self.setCurrentIndex(self._errands.index(at))

    def fit(self) -> None:
        """As high as its lines."""
        lines = max(len(self._errands.errands), 1)
        self.setFixedHeight(lines * self._theme.px(ROW_HEIGHT) + 2)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._errands.errands[index.row()])
