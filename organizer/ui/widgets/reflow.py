"""Rows of fields that break when the type is large or the window narrow, never scrolling sideways."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from organizer.ui.theme import Theme

GAP = 16
_ON_PURPOSE = Qt.WidgetAttribute.WA_WState_ExplicitShowHide


@dataclass(frozen=True)
class Cell:
    """A part of a row: its share of the width, and the least it needs, in pixels at 100 %."""

    part: QWidget
    share: int
    least: int


class Reflow(QWidget):
    """Rows under each other; a row too wide for its place goes on in the next line."""

    def __init__(self, theme: Theme, rows: Sequence[Sequence[Cell]]) -> None:
        super().__init__()
        self._theme = theme
        self._rows = rows
        for row in rows:
            for cell in row:
                # A long sentence below a field makes its row higher, not the field narrower.
                across = cell.part.sizePolicy().horizontalPolicy()
                cell.part.setSizePolicy(across, QSizePolicy.Policy.Preferred)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._laid: list[list[Cell]] = []
        self.lay_out()
        theme.changed.connect(self.lay_out)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break rows anew for this width."""
        super().resizeEvent(event)
        self.lay_out()

    def lay_out(self) -> None:
        """Bring the rows to the width and the type size; parts that are hidden take no place."""
        wanted = self._broken()
        if wanted == self._laid:
            return
        self._laid = wanted
        while self._column.count():
            taken = self._column.takeAt(0)
            if taken is not None and (inner := taken.layout()) is not None:
                while inner.count():
                    inner.takeAt(0)
                inner.deleteLater()
        for line in wanted:
            across = QHBoxLayout()
            across.setSpacing(GAP)
            for cell in line:
                across.addWidget(cell.part, cell.share, Qt.AlignmentFlag.AlignTop)
            self._column.addLayout(across)

    def _broken(self) -> list[list[Cell]]:
        width = max(self.width(), 1)
        lines: list[list[Cell]] = []
        for row in self._rows:
            line: list[Cell] = []
            used = 0
            for cell in row:
                if cell.part.isHidden() and cell.part.testAttribute(_ON_PURPOSE):
                    continue
                need = self._theme.px(cell.least) + GAP
                if line and used + need > width + GAP:
                    lines.append(line)
                    line, used = [], 0
                line.append(cell)
                used += need
            if line:
                lines.append(line)
        return lines
