"""The filter above the list: a search line, union, state, group, and what is missing."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.services import picking
from organizer.services.members import member_listing
from organizer.services.members.member_listing import MemberFilter
from organizer.ui.members.lookup import LookupField, Offering
from organizer.ui.session import Session
from organizer.ui.widgets.choice_box import choice_box, fill_box
from organizer.ui.widgets.plain import restyle
from organizer.ui.widgets.reflow import Cell, Reflow

_PAUSE_MS = 150
"""Typing goes on; the list is asked for when it rests."""


class FilterBar(QWidget):
    """`changed` carries the filter; `down` asks for the cursor in the list."""

    changed = Signal(object)
    down = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._theme = session, session.theme
        self.line = QLineEdit()
        self.line.setObjectName("member-filter")
        self.line.setAccessibleName(_("筛选会员"))
        self.line.setPlaceholderText(_("姓名、拼音首字母、证件或电话尾号、单位　Ctrl+F"))
        self.line.setClearButtonEnabled(True)
        self.line.setMaxLength(100)
        self.line.installEventFilter(self)
        self.union = self._lookup("union_org", _("工会"), picking.offered_unions)
        self.employer = self._lookup("employer", _("单位"), picking.offered_employers)
        self.state = choice_box(_("会籍"))
        self.group = choice_box(_("群体"), member_listing.group_choices())
        self.lack = choice_box(_("缺什么"), member_listing.lack_choices())
        fill_box(self.state, member_listing.state_choices(session.workspace))
        self._boxes = (self.state, self.group, self.lack)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_PAUSE_MS)
        self._rest.timeout.connect(self._tell)
        self.line.textChanged.connect(lambda _text: self._rest.start())
        for box in self._boxes:
            box.currentIndexChanged.connect(lambda _row: self._tell())
        cells = (
            Cell(self.line, 4, 250),
            Cell(self.union, 2, 150),
            Cell(self.employer, 2, 150),
            *(Cell(box, 1, 116) for box in self._boxes),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Reflow(self._theme, (cells,)))
        self._theme.changed.connect(self._on_theme)
        self._on_theme()

    @property
    def filter(self) -> MemberFilter:
        """What is asked for."""
        return MemberFilter(
            self.line.text(),
            self.state.currentData() or "",
            self.group.currentData() or "",
            self.union.value,
            self.employer.value,
            self.lack.currentData() or "",
        )

    def clear(self) -> None:
        """Show everything again."""
        self.line.clear()
        for field in (self.union, self.employer):
            field.set_choice(None, "")
        for box in self._boxes:
            box.setCurrentIndex(0)
        self._tell()

    def show_filter(self, wanted: MemberFilter) -> None:
        """Ask for what somebody came for: a state or what is missing."""
        self.clear()
        for box, key in ((self.state, wanted.state), (self.lack, wanted.lack)):
            box.setCurrentIndex(max(box.findData(key), 0))

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

    def _lookup(self, name: str, title: str, offered: Offering) -> LookupField:
        made = LookupField(self._session, name, title, offered)
        made.bare()
        made.line.setClearButtonEnabled(True)
        made.chosen.connect(self._on_picked)
        made.line.textChanged.connect(self._on_emptied)
        return made

    def _on_picked(self, _choice: object) -> None:
        self._tell()

    def _on_emptied(self, text: str) -> None:
        """A line that was emptied limits nothing."""
        if not text:
            for field in (self.union, self.employer):
                field.value = field.value if field.text else None
            self._rest.start()

    def _on_theme(self) -> None:
        for box in self._boxes:
            box.setMinimumWidth(self._theme.px(104))

    def _tell(self) -> None:
        self._rest.stop()
        for box in self._boxes:
            restyle(box, "state", "on" if box.currentIndex() > 0 else "")
        self.changed.emit(self.filter)
