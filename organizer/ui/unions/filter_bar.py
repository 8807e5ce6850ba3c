"""The filter above the list of unions: a search line, a type, only those with something due."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.services.unions import union_listing
from organizer.services.unions.union_listing import UnionFilter
from organizer.services.workspace import Workspace
from organizer.ui.theme import Theme
from organizer.ui.widgets.plain import restyle
from organizer.ui.widgets.reflow import Cell, Reflow

_PAUSE_MS = 120
"""Typing goes on; the list is asked for when it rests."""


class UnionFilterBar(QWidget):
    """`changed` carries the filter; `down` asks for the cursor in the list."""

    changed = Signal(object)
    down = Signal()

    def __init__(self, theme: Theme, workspace: Workspace) -> None:
        super().__init__()
        self._theme = theme
        self.line = QLineEdit()
        self.line.setObjectName("union-filter")
        self.line.setAccessibleName(_("筛选工会"))
        self.line.setPlaceholderText(_("名称、拼音首字母、代码尾号　Ctrl+F"))
        self.line.setToolTip(_("筛选工会 (Ctrl+F)"))
        self.line.setClearButtonEnabled(True)
        self.line.setMaxLength(100)
        self.line.installEventFilter(self)
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("工会类型"))
        self.kind.setToolTip(_("工会类型"))
        adjust = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.kind.setSizeAdjustPolicy(adjust)
        self.kind.setMinimumContentsLength(4)
        self.kind.addItem(_("工会类型"), "")
        for entry in union_listing.types(workspace):
            self.kind.addItem(entry.brief, entry.code)
        self.due = QCheckBox(_("只看到期的"))
        self.due.setToolTip(_("换届、证书、法人登记到期或快到期的 (Ctrl+U)"))
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_PAUSE_MS)
        self._rest.timeout.connect(self._tell)
        self.line.textChanged.connect(lambda _text: self._rest.start())
        self.kind.currentIndexChanged.connect(lambda _row: self._tell())
        self.due.toggled.connect(lambda _on: self._tell())
        cells = (Cell(self.line, 3, 200), Cell(self.kind, 1, 112), Cell(self.due, 1, 112))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Reflow(theme, (cells,)))
        theme.changed.connect(self._on_theme)
        self._on_theme()

    @property
    def filter(self) -> UnionFilter:
        """What is asked for."""
        kind = self.kind.currentData() or ""
        return UnionFilter(self.line.text().strip(), kind, self.due.isChecked())

    def clear(self) -> None:
        """Show everything again."""
        self.line.clear()
        self.kind.setCurrentIndex(0)
        self.due.setChecked(False)

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
        self.kind.setMinimumWidth(self._theme.px(112))
        self.due.setFixedHeight(self._theme.px(36))

    def _tell(self) -> None:
        self._rest.stop()
        restyle(self.kind, "state", "on" if self.kind.currentIndex() > 0 else "")
        self.changed.emit(self.filter)
