"""The fields of two records beside each other: the differing first, each with a side to choose."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView

from organizer.i18n import _
from organizer.services.side_by_side import Comparison, FieldPair
from organizer.ui.theme import Theme
from organizer.ui.widgets.rows import RowsTable
from organizer.ui.widgets.table import Column, Index

_MOST_DIGITS = 9
_CHOSEN, _OTHER, _SAME, _DIFFERS = "● ", "○ ", "=", "≠"


class FieldTable(RowsTable):
    """The record that stays is at the left. `chosen` follows each choice of a side.

    ← and → choose the side of the row in which the cursor stands, a digit turns the row it names.
    """

    chosen = Signal()

    def __init__(self, theme: Theme) -> None:
        columns = (
            Column("mark", "", 56, sortable=False),
            Column("title", _("字段"), 136, sortable=False),
            Column("kept", _("保留的一条"), 240, sortable=False),
            Column("gone", _("并掉的一条"), 240, sortable=False),
        )
        super().__init__(theme, columns, _("两条的字段"), 3)
        self.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self._pairs: list[FieldPair] = []
        self._kept = "one"
        self._taken: set[str] = set()
        self.doubleClicked.connect(lambda index: self._turn(index.row()))
        self.clicked.connect(self._on_clicked)

    @property
    def taken(self) -> tuple[str, ...]:
        """The fields that come from the record that goes."""
        return tuple(pair.name for pair in self._pairs if pair.name in self._taken)

    def show_pair(self, comparison: Comparison, kept: str, taken: Sequence[str]) -> None:
        """Show two records, `kept` ("one" or "other") at the left."""
        self._kept, self._taken = kept, set(taken)
        # What both say otherwise comes before what only one of them says.
        self._pairs = sorted(comparison.fields, key=lambda pair: (pair.same, bool(pair.lacking)))
        self._fill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Sides by arrows, rows by digits."""
        row = self.currentIndex().row()
        sides = {Qt.Key.Key_Left: False, Qt.Key.Key_Right: True}
        if event.key() in sides:
            self._choose(row, gone=sides[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Space:
            self._turn(row)
        elif event.text().isdecimal() and 0 < int(event.text()) <= self._differing:
            self.selectRow(int(event.text()) - 1)
            self._turn(int(event.text()) - 1)
        else:
            super().keyPressEvent(event)

    @property
    def _differing(self) -> int:
        return min(_MOST_DIGITS, sum(not pair.same for pair in self._pairs))

    def _on_clicked(self, index: Index) -> None:
        if index.column() in (2, 3):
            self._choose(index.row(), gone=index.column() == 3)

    def _turn(self, row: int) -> None:
        if 0 <= row < len(self._pairs):
            self._choose(row, gone=self._pairs[row].name not in self._taken)

    def _choose(self, row: int, *, gone: bool) -> None:
        if not 0 <= row < len(self._pairs) or self._pairs[row].same:
            return
        name = self._pairs[row].name
        if gone == (name in self._taken):
            return
        self._taken ^= {name}
        self._fill(row)
        self.chosen.emit()

    def _fill(self, row: int = 0) -> None:
        rows = [
            (pair.name.encode(), self._texts(place, pair)) for place, pair in enumerate(self._pairs)
        ]
        current = self._pairs[row].name.encode() if row < len(self._pairs) else None
        self.show_rows(rows, current)

    def _texts(self, place: int, pair: FieldPair) -> tuple[str, ...]:
        kept, gone = (pair.one, pair.other) if self._kept == "one" else (pair.other, pair.one)
        empty = _("（空）")
        if pair.same:
            return _SAME, pair.title, kept, gone
        taken = pair.name in self._taken
        digit = f" {place + 1}" if place < _MOST_DIGITS else ""
        left, right = (_OTHER, _CHOSEN) if taken else (_CHOSEN, _OTHER)
        return _DIFFERS + digit, pair.title, left + (kept or empty), right + (gone or empty)
