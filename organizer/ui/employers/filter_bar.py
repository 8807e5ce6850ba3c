"""The filter above the list: a search line, three short lists, the community, only the unvisited."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.services.employers import listing
from organizer.services.employers.listing import UNKNOWN, UnitFilter
from organizer.services.workspace import Workspace
from organizer.ui.theme import Theme
from organizer.ui.widgets.choice_box import choice_box, fill_box
from organizer.ui.widgets.plain import restyle
from organizer.ui.widgets.reflow import Cell, Reflow

_PAUSE_MS = 120
"""Typing goes on; the list is asked for when it rests."""


class FilterBar(QWidget):
    """`changed` carries the filter; `down` asks for the cursor in the list."""

    changed = Signal(object)
    down = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setObjectName("employer-filter")
        self.line.setAccessibleName(_("筛选单位"))
        self.line.setPlaceholderText(_("名称、拼音首字母、代码或电话尾号、地址　Ctrl+F"))
        self.line.setToolTip(_("筛选单位 (Ctrl+F)"))
        self.line.setClearButtonEnabled(True)
        self.line.setMaxLength(100)
        self.line.installEventFilter(self)
        self._band = choice_box(_("人数"), listing.bands().items())
        self._union = choice_box(_("建会状态"), ())
        self._operating = choice_box(_("经营状态"), ())
        self._division = choice_box(_("社区、村"), ())
        self.unvisited = QCheckBox(_("只看本批次未访"))
        self.unvisited.setToolTip(_("只看本批次未访 (Ctrl+U)"))
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_PAUSE_MS)
        self._rest.timeout.connect(self._tell)
        self.line.textChanged.connect(lambda _text: self._rest.start())
        for box in (self._band, self._union, self._operating, self._division):
            box.currentIndexChanged.connect(lambda _row: self._tell())
        self.unvisited.toggled.connect(lambda _on: self._tell())
        cells = (
            Cell(self.line, 4, 240),
            Cell(self._band, 1, 116),
            Cell(self._union, 1, 132),
            Cell(self._operating, 1, 132),
            Cell(self._division, 1, 132),
            Cell(self.unvisited, 1, 148),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Reflow(theme, (cells,)))
        self._theme = theme
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def offer(self, workspace: Workspace) -> None:
        """Fill the lists that come from code lists."""
        for name, box in (("union_state", self._union), ("operating_state", self._operating)):
            fill_box(box, [(entry.code, entry.brief) for entry in listing.states(workspace, name)])
            box.addItem(_("未填"), UNKNOWN)

    def offer_divisions(self, divisions: Iterable[tuple[str, str]]) -> None:
        """Fill the list of communities; hidden when there is nothing to choose."""
        fill_box(self._division, divisions)
        self._division.setVisible(self._division.count() > 1)

    @property
    def filter(self) -> UnitFilter:
        """What is asked for."""
        return UnitFilter(
            self.line.text(),
            self._operating.currentData() or "",
            self._union.currentData() or "",
            self._band.currentData() or "",
            self.unvisited.isChecked(),
            self._division.currentData() or "",
        )

    def clear(self) -> None:
        """Show everything again."""
        self.line.clear()
        for box in (self._band, self._union, self._operating, self._division):
            box.setCurrentIndex(0)
        self.unvisited.setChecked(False)

    def begin(self, text: str = "") -> None:
        """Put the cursor into the search line; what was typed elsewhere goes on there."""
        self.line.setFocus()
        if text:
            self.line.setText(text)
        else:
            self.line.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Down go to the list, Esc empties the line."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
                self._tell()
                self.down.emit()
                return True
            if event.key() == Qt.Key.Key_Escape and self.line.text():
                self.line.clear()
                return True
        return super().eventFilter(watched, event)

    def _on_theme(self) -> None:
        for box in (self._band, self._union, self._operating, self._division):
            box.setMinimumWidth(self._theme.px(116))
        self.unvisited.setFixedHeight(self._theme.px(36))

    def _tell(self) -> None:
        self._rest.stop()
        for box in (self._band, self._union, self._operating, self._division):
            restyle(box, "state", "on" if box.currentIndex() > 0 else "")
        self.changed.emit(self.filter)
