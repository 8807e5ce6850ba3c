"""The doors of a walk: one row for each unit, lamps and state in words, a digit for each outcome."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
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
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem

from organizer.domain.clears import Lamp
from organizer.domain.visit import AT_UNIT, Outcome
from organizer.i18n import _, listed
from organizer.services.survey.walking import Door
from organizer.ui.theme import Theme
from organizer.ui.widgets.lamps import light_word, paint_lamp
from organizer.ui.widgets.place_tree import ground

Index = QModelIndex | QPersistentModelIndex
DOOR_ROLE = Qt.ItemDataRole.UserRole
LAMPS_ROLE = Qt.ItemDataRole.UserRole + 1
PLACE_ROLE = Qt.ItemDataRole.UserRole + 2
_ROOM_FOR_LAMPS = 420
_HOUSE = 46
"""Pixels at 100 % for the house in front of its doors."""
_SHORT = 6
"""Characters of a door within its house."""
_AHEAD = 2
"""How many doors after the one in hand are kept in view."""

_COLOURS: dict[str, str] = {
    Outcome.MET: "ok",
    Outcome.NEW: "ok",
    Outcome.NOBODY: "warn",
    Outcome.REFUSED: "warn",
}


def outcome_words() -> dict[str, str]:
    """What each digit stands for."""
    return {
        Outcome.MET: _("已访"),
        Outcome.NOBODY: _("无人"),
        Outcome.REFUSED: _("拒访"),
        Outcome.MOVED: _("搬离"),
        Outcome.CLOSED: _("注销"),
        Outcome.UNKNOWN_HERE: _("查无"),
        Outcome.NEW: _("新增"),
    }


def state_word(door: Door) -> str:
    """已访, 无人 … for this round; 待确认 where something is known from before, else 未访."""
    if door.closed and not door.reached:
        return _("已尽责")
    words = outcome_words()
    return words.get(door.outcome) or (_("待确认") if door.known else _("未访"))


def _colour(door: Door) -> str:
    if door.closed and not door.reached:
        return "info"
    return _COLOURS.get(door.outcome, "ink" if door.outcome else "mut")


class DoorModel(QAbstractListModel):
    """Doors in walking order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.doors: list[Door] = []
        self._places: list[tuple[str, str]] = []
        self._rows: dict[bytes, int] = {}
        self.lamps: dict[bytes, tuple[Lamp, ...]] = {}

    def show_doors(self, doors: Sequence[Door], places: Sequence[tuple[str, str]]) -> None:
        """Show these doors, each with the house it is in and the door there."""
        same = [door.employer for door in doors] == [door.employer for door in self.doors]
        if not same:
            self.beginResetModel()
        self.doors = list(doors)
        self._places = list(places)
        self._rows = {door.employer: row for row, door in enumerate(doors)}
        if not same:
            self.endResetModel()
        elif self.doors:
            self._changed(range(len(self.doors)))

    def update_door(self, row: int, outcome: str, day: str) -> None:
        """Show a visit as soon as it is saved."""
        self.doors[row] = replace(self.doors[row], outcome=outcome, visited_on=day)
        self._changed(range(row, row + 1))

    def show_lamps(self, lamps: Mapping[bytes, tuple[Lamp, ...]]) -> None:
        """Light lamps."""
        rows = [self._rows[one] for one in lamps if one in self._rows]
        self.lamps |= lamps
        if rows:
            self._changed(range(min(rows), max(rows) + 1))

    def row_of(self, employer: bytes | None) -> int:
        """The row of a unit; -1 when it is not on this walk."""
        return self._rows.get(employer, -1) if employer is not None else -1

    def rowCount(self, parent: Index | None = None) -> int:
        """How many doors."""
        return 0 if parent is not None and parent.isValid() else len(self.doors)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The unit's name; for screen readers with its door, state and lamps."""
        if not index.isValid() or index.row() >= len(self.doors):
            return None
        door, (house, inside) = self.doors[index.row()], self._places[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return door.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            lamps = (
                f"{lamp.rule.name}{light_word(lamp.light)}"
                for lamp in self.lamps.get(door.employer, ())
            )
            place = f"{house} {inside}".strip()
            # The name first: whoever listens knows at once whether it is the door that is looked for.
            said = (door.name, place, state_word(door), listed(lamps))
            return _("，").join(filter(None, said))
        first = not index.row() or self._places[index.row() - 1][0] != house
        special = {
            DOOR_ROLE: door,
            LAMPS_ROLE: self.lamps.get(door.employer, ()),
            PLACE_ROLE: (house if first else "", inside),
        }
        return special.get(role)

    def _changed(self, rows: range) -> None:
        self.dataChanged.emit(self.index(rows[0]), self.index(rows[-1]))


class DoorPainter(QStyledItemDelegate):
    """A door on one line: where, who, lamps, state."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """36 px high."""
        return QSize(self._theme.px(120), self._theme.px(36))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the door."""
        theme, door = self._theme, index.data(DOOR_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        ground(painter, theme, box, option)
        box = box.adjusted(theme.px(12), 0, -theme.px(12), 0)
        roomy = box.width() > theme.px(_ROOM_FOR_LAMPS)
        painter.setFont(theme.font(12))
        painter.setPen(theme.color(_colour(door)))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, right, state_word(door))
        box.setRight(box.right() - theme.px(56))
        lamps = index.data(LAMPS_ROLE)
        if roomy and lamps:
            box.setRight(self._lamps(painter, box, lamps))
        elif roomy:
            box.setRight(box.right() - theme.px(100))
        column = theme.px(128 if roomy else 100)
        house, inside = index.data(PLACE_ROLE)
        self._place(painter, box, house, inside, column - theme.px(8))
        box.setLeft(box.left() + column)
        self._text(painter, box, door.name, "ink", int(box.width()))
        painter.restore()

    def _place(self, painter: QPainter, box: QRectF, house: str, inside: str, width: int) -> None:
        """The house at its first door only, so that one sees where the next begins."""
        inner, apart = QRectF(box), self._theme.px(_HOUSE)
        if house:
            room = apart - self._theme.px(4) if inside else width
            self._text(painter, box, house, "ink", room, size=12)
        if inside:
            # A door that is named by all above it has the whole column.
            left = apart if len(inside) <= _SHORT or house else 0
            inner.setLeft(box.left() + left)
            self._text(painter, inner, inside, "mut", width - left, size=12, from_end=True)

    def _lamps(self, painter: QPainter, box: QRectF, lamps: Sequence[Lamp]) -> float:
        theme = self._theme
        size, gap = theme.px(20), theme.px(4)
        left = box.right() - len(lamps) * (size + gap)
        top = box.center().y() - size / 2
        for number, lamp in enumerate(lamps):
            place = QRectF(left + number * (size + gap), top, size, size)
            paint_lamp(painter, theme, place, lamp.rule.letter, lamp.light)
        return left - theme.px(8)

    def _text(
        self, painter: QPainter, box: QRectF, text: str, role: str, width: int,
        *, size: int = 14, from_end: bool = False,
    ) -> None:  # fmt: skip
        painter.setFont(self._theme.font(size))
        painter.setPen(self._theme.color(role))
        mode = Qt.TextElideMode.ElideLeft if from_end else Qt.TextElideMode.ElideRight
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, left, painter.fontMetrics().elidedText(text, mode, width))


class DoorList(QListView):
    """Arrows walk, Enter goes to the answers, a digit is an outcome, Esc goes back."""

    chosen = Signal(int)
    entered = Signal()
    digit = Signal(str)
    back = Signal()

    def __init__(self, theme: Theme, model: DoorModel) -> None:
        super().__init__()
        self.setObjectName("doors")
        self.setAccessibleName(_("门和单位"))
        self.setModel(model)
        self.setItemDelegate(DoorPainter(theme, self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.activated.connect(lambda _index: None)

    def go_to(self, row: int) -> None:
        """Stand at a door."""
        self.setCurrentIndex(self.model().index(row, 0))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell where one stands."""
        super().currentChanged(current, previous)
        if current.isValid():
            self._bring_into_view(current)
            self.chosen.emit(current.row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The board above takes what it needs: where one stands is still in view."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self._bring_into_view(self.currentIndex())

    def _bring_into_view(self, current: Index) -> None:
        # What comes next is in view too, and not below the sentence at the window's foot.
        ahead = min(current.row() + _AHEAD, self.model().rowCount() - 1)
        self.scrollTo(self.model().index(ahead, 0))
        self.scrollTo(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits decide, Enter opens the card."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.entered.emit()
        elif plain and event.text() in AT_UNIT:
            # A hand that rests on the key is one visit, not the whole street.
            if not event.isAutoRepeat():
                self.digit.emit(event.text())
        elif event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        elif not event.text().strip():
            super().keyPressEvent(event)
