"""The steps of a founding under each other, each with its state in words; Enter opens the form."""

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from organizer.domain.founding import State
from organizer.i18n import _
from organizer.services.unions.founding_card import StepLine
from organizer.ui.theme import Theme
from organizer.ui.widgets.items import ITEM, Index, ItemModel

_ROW = 44
_COLOURS = {
    State.DONE: ("ok", "oks"),
    State.LACKING: ("warn", "warns"),
    State.NEXT: ("info", "infos"),
    State.LATE: ("acc", "accs"),
    State.MISSED: ("warn", "warns"),
    State.WAITING: ("no", "nos"),
}


class StepPainter(QStyledItemDelegate):
    """Number, name, state; below them what was told, what is missing, or what is to be done."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines."""
        return QSize(self._theme.px(160), self._theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one step."""
        theme, step = self._theme, index.data(ITEM)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(1, 1, -1, -1)
        self._ground(painter, box, option)
        inner = box.adjusted(theme.px(10), theme.px(3), -theme.px(10), -theme.px(3))
        number = QRectF(inner)
        number.setWidth(theme.px(28))
        self._put(painter, number, step.code, "mut", 14)
        lines = inner.adjusted(theme.px(28), 0, 0, 0)
        first, second = QRectF(lines), QRectF(lines)
        first.setHeight(lines.height() * 0.54)
        second.setTop(first.bottom())
        first.setRight(self._chip(painter, first, step))
        waits = step.state is State.WAITING
        due = step.state in (State.NEXT, State.LATE)
        self._put(painter, first, step.label, "mut" if waits else "ink", 14, bold=due)
        self._put(painter, second, below(step), "warn" if step.missing else "mut", 12)
        painter.restore()

    def _ground(self, painter: QPainter, box: QRectF, option: QStyleOptionViewItem) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(self._theme.color("acc") if focused else Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("sel"))
            painter.drawRoundedRect(box, 8, 8)

    def _chip(self, painter: QPainter, box: QRectF, step: StepLine) -> float:
        """The state at the right; gives where the text before it has to end."""
        theme = self._theme
        ink, ground = _COLOURS[step.state]
        font = theme.font(12)
        wide = QFontMetrics(font).horizontalAdvance(step.chip) + theme.px(14)
        chip = QRectF(box.right() - wide, box.top(), wide, theme.px(20))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(chip, 5, 5)
        painter.setFont(font)
        painter.setPen(theme.color(ink))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, step.chip)
        return chip.left() - theme.px(8)

    def _put(
        self, painter: QPainter, box: QRectF, text: str, role: str, size: int, *, bold: bool = False
    ) -> None:
        font = self._theme.font(size, bold=bold)
        painter.setFont(font)
        painter.setPen(self._theme.color(role))
        short = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, short)


def below(step: StepLine) -> str:
    """The second line of a step."""
    told = _("　").join(filter(None, (step.told, step.missing)))
    if step.state in (State.DONE, State.LACKING):
        return told
    if step.state is State.WAITING:
        return told or step.who
    return _("　").join(filter(None, (step.told, step.does)))


class StepList(QListView):
    """Arrows walk, Enter or a double click opens the step's form."""

    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("founding-steps")
        self.setAccessibleName(_("建会的步骤"))
        self.steps = ItemModel[StepLine](
            lambda one: one.label, StepLine.spoken, self, identity=lambda one: one.code
        )
        self.setModel(self.steps)
        self.setItemDelegate(StepPainter(theme, self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("kind", "inner")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(lambda _index: self._open())
        theme.changed.connect(self.doItemsLayout)

    @property
    def current(self) -> StepLine | None:
        """The step under the cursor."""
        return self.steps.at(self.currentIndex().row())

    def choose(self, code: str) -> None:
        """Stand on a step."""
        for row, one in enumerate(self.steps.items):
            if one.code == code:
                self.setCurrentIndex(self.steps.index(row))
                self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        if self.current is not None:
            self.opened.emit(self.current.code)
