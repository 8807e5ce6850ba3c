"""Fields that offer a short list while one types: arrows walk, Enter takes, Esc puts the list away."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from organizer.ui.theme import Theme
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.items import ITEM, Index, ItemModel

MOST_ROWS = 8
_FEW_ROWS = 4
"""Where so many fit, a list stays below its field."""
ASK_AFTER_MS = 60


@dataclass(frozen=True)
class Choice:
    """Something to pick: its value for the program, its name, one line about it, its digit."""

    value: Any
    name: str
    detail: str = ""
    key: str = ""

    def spoken(self) -> str:
        """All of it in one line."""
        return " ".join(filter(None, (self.key, self.name, self.detail)))


class ChoicePainter(QStyledItemDelegate):
    """Paints a choice: digit, name, and its line below or, with a digit, beside."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines where there is something to tell apart by."""
        two = bool(index.data(ITEM).detail)
        return QSize(self._theme.px(120), self._theme.px(48 if two else 32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        theme, choice = self._theme, index.data(ITEM)
        box: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("sel"))
            painter.drawRoundedRect(box, 6, 6)
        inner = box.adjusted(theme.px(10), 0, -theme.px(10), 0)
        if choice.key:
            painter.setFont(theme.font(12))
            painter.setPen(theme.color("mut"))
            side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(inner, int(side), choice.key)
            inner = inner.adjusted(theme.px(22), 0, 0, 0)
        self._paint_texts(painter, inner, choice, chosen)
        painter.restore()

    def _paint_texts(self, painter: QPainter, box: QRect, choice: Choice, chosen: bool) -> None:
        theme, detail = self._theme, choice.detail
        half = box.height() // 2
        parts = [(choice.name, 14, "ink", box if not detail else box.adjusted(0, 4, 0, -half))]
        if detail:
            parts.append((detail, 12, "mut", box.adjusted(0, half, 0, -4)))
        for text, size, role, place in parts:
            font = theme.font(size, bold=chosen and size == 14)
            painter.setFont(font)
            painter.setPen(theme.color(role))
            fitted = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), fitted)


class Popup(QFrame):
    """The list below a line of text; it never takes the focus."""

    picked = Signal(object)

    def __init__(self, theme: Theme, anchor: QLineEdit) -> None:
        super().__init__()
        self.setObjectName("popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._theme = theme
        self._anchor = anchor
        self.model = ItemModel[Choice](lambda one: one.name, Choice.spoken, self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(ChoicePainter(theme, self.view))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setProperty("kind", "bare")
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(anchor.accessibleName())
        self.view.clicked.connect(lambda index: self.picked.emit(self.model.at(index.row())))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.view)
        self.hide()

    @property
    def current(self) -> Choice | None:
        """The choice that Enter takes."""
        return self.model.at(self.view.currentIndex().row())

    def offer(self, choices: Sequence[Choice], *, first: bool = True, taken: object = None) -> None:
        """Show these below the line; nothing to offer puts the list away.

        What Enter takes is what was `taken` already, so that walking past never changes it; else
        the first.
        """
        self.model.show(choices)
        if not choices or not self._anchor.isVisible():
            self.hide()
            return
        if taken:
            place = next((row for row, one in enumerate(choices) if one.value == taken), -1)
            self.view.setCurrentIndex(self.model.index(place))
        elif first:
            self.view.setCurrentIndex(self.model.index(0))
        self._place()
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Walk up or down, round the ends."""
        count = self.model.rowCount()
        if count:
            row = self.view.currentIndex().row()
            start = row if row >= 0 else (-1 if by > 0 else 0)
            self.view.setCurrentIndex(self.model.index((start + by) % count))

    def _place(self) -> None:
        window = self._anchor.window()
        if self.parent() is not window:
            self.setParent(window)
            self._hide_on_scroll()
        heights = [
            self.view.sizeHintForRow(row) for row in range(min(self.model.rowCount(), MOST_ROWS))
        ]
        height = sum(heights) + 10
        width = max(self._anchor.width(), self._theme.px(200))
        spot = self._anchor.mapTo(window, QPoint(0, self._anchor.height() + 4))
        below = window.height() - spot.y() - 8
        if height > below:
            # Over the label: what is asked for is to be read beside the answers.
            field = self._anchor.parentWidget() or self._anchor
            above = field.mapTo(window, QPoint(0, 0)).y() - 8
            if above > below and below < sum(heights[:_FEW_ROWS]):
                height = min(height, above)
                spot.setY(above - height + 4)
            else:
                height = below
        left = min(spot.x(), window.width() - width - 8)
        self.setGeometry(left, spot.y(), width, height)

    def _hide_on_scroll(self) -> None:
        above = self._anchor.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.verticalScrollBar().valueChanged.connect(self.hide)
            above = above.parentWidget()


class ChoiceField(Field):
    """A field with a list below it. `chosen` carries the `Choice` that was taken."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, name: str, title: str, *, hint: str = "") -> None:
        super().__init__(name, title, hint=hint)
        self.theme = theme
        self.value: Any = None
        self.onward: QWidget | None = None
        """Where Enter leads once something is picked, if not to the next field."""
        self.popup = Popup(theme, self.line)
        self.popup.picked.connect(self._on_picked)
        self.destroyed.connect(self.popup.deleteLater)
        self.line.textEdited.connect(self._on_typed)

    def set_choice(self, value: Any, name: str) -> None:
        """Fill the field without counting it as picked by the person."""
        self.value = value
        self.set_text(name)
        self.line.setCursorPosition(0)

    def take(self, choice: Choice) -> None:
        """Take a choice as the person's."""
        self.popup.hide()
        self.set_choice(choice.value, choice.name)
        self.clear_error()
        self.chosen.emit(choice)

    def go_on(self) -> None:
        """What Enter does at last."""
        self.entered.emit()
        if self.onward is not None and self.value is not None:
            self.onward.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.focusNextChild()

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Keys that the list takes before the line; True when it did."""
        key, popup = event.key(), self.popup
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if popup.isVisible():
                popup.step(1 if key == Qt.Key.Key_Down else -1)
            else:
                self.open_list()
            return True
        if key == Qt.Key.Key_Escape and popup.isVisible():
            popup.hide()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if popup.isVisible() and popup.current is not None:
                self.take(popup.current)
            self._on_left()
            self.go_on()
            return True
        return False

    def open_list(self) -> None:
        """Show what is on offer for the text as it stands."""

    def typed(self, text: str) -> None:
        """The person typed; offer what fits."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list's keys, and away with it when the focus goes."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if self.key_pressed(event):
                return True
        elif event.type() == QEvent.Type.FocusOut:
            self.popup.hide()
        return super().eventFilter(watched, event)

    def _on_typed(self, text: str) -> None:
        self.value = None
        self.typed(text)

    def _on_picked(self, choice: Choice) -> None:
        self.take(choice)
        self.go_on()


class PickerField(ChoiceField):
    """A field whose choices are looked up elsewhere: `wanted` asks, `offer` answers."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, name: str, title: str, *, hint: str = "") -> None:
        super().__init__(theme, name, title, hint=hint)
        self._asking = False
        self._enter_waits = False
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(ASK_AFTER_MS)
        self._waiting.timeout.connect(lambda: self.wanted.emit(self.text))

    def typed(self, text: str) -> None:
        """Ask a moment after the last key."""
        self._asking = bool(text.strip())
        self._enter_waits = False
        self._waiting.start()

    def open_list(self) -> None:
        """Ask at once."""
        self._waiting.stop()
        self.wanted.emit(self.text)

    def offer(self, choices: Sequence[Choice]) -> None:
        """What was found; an Enter that came before the answer takes the first."""
        self._asking = False
        if self._enter_waits:
            self._enter_waits = False
            if choices:
                self.take(choices[0])
            self._on_left()
            self.go_on()
        elif self.line.hasFocus():
            self.popup.offer(choices)

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Enter waits for an answer that is under way; a second Enter does not."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._asking and not self._enter_waits:
                self._enter_waits = True
                return True
            self._asking = self._enter_waits = False
        return super().key_pressed(event)
