"""The top bar: the search box, the round, and what waits, in words."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit

from organizer.i18n import _
from organizer.services.office.backing_up import State
from organizer.services.topline import Topline
from organizer.ui.keys import shown_keys
from organizer.ui.session import Session
from organizer.ui.widgets.fields import keep_to_one_line
from organizer.ui.widgets.plain import label, restyle

_LONGEST_QUERY = 200


class TopBar(QFrame):
    """The palette listens to its search box."""

    def __init__(self, session: Session, *, practice: bool = False) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self._session = session
        self.search = QLineEdit()
        self.search.setObjectName("search")
        self.search.setAccessibleName(_("查找和命令"))
        keep_to_one_line(self.search, _LONGEST_QUERY)
        self.search.setPlaceholderText(_("查找单位、街路、会员，或输入命令"))
        self._keys = label(shown_keys("Ctrl+K"), "key")
        middle = Qt.AlignmentFlag.AlignVCenter
        inside = QHBoxLayout(self.search)
        inside.setContentsMargins(8, 0, 8, 0)
        inside.addStretch(1)
        inside.addWidget(self._keys, 0, middle)
        self.search.textChanged.connect(lambda text: self._keys.setVisible(not text))
        self._practice = label(_("练习"), "practice")
        self._practice.setVisible(practice)
        self._round = label("", "chip")
        self._round.hide()
        self.state = QLabel()
        self.state.setProperty("kind", "mut")
        self.backup = QLabel()
        self.backup.setObjectName("backup_state")
        self._backup: State | None = None
        self._account = QLabel(session.workspace.account.name)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 8, 20, 8)
        layout.setSpacing(16)
        layout.addWidget(self.search, 3)
        layout.addWidget(self._practice, 0, middle)
        layout.addWidget(self._round, 0, middle)
        layout.addStretch(1)
        layout.addWidget(self.backup)
        layout.addWidget(self.state)
        layout.addWidget(self._account)
        session.theme.changed.connect(self._on_theme)
        self._on_theme()

    def show_topline(self, now: Topline) -> None:
        """Show the round and what waits; nothing that is not so."""
        self._round.setText(now.round_name)
        self._round.setToolTip(_("当前排查批次：{name}").format(name=now.round_name))
        self._round.setVisible(bool(now.round_name))
        words = []
        if now.pending:
            words.append(_("{count} 人待审批").format(count=now.pending))
        if now.unreported:
            words.append(_("{count} 条待报送").format(count=now.unreported))
        self.state.setText(" · ".join(words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is told in full where there is room."""
        super().resizeEvent(event)
        if self._backup is not None:
            self.show_backup(self._backup)

    def show_backup(self, now: State) -> None:
        """Show when the last backup was made, or that there is none, or why it failed."""
        self._backup = now
        told = now.sentence()
        restyle(self.backup, "kind", "alarm" if now.failure or now.stale else "mut")
        room = min(self._session.theme.px(260), self.width() // 5)
        elide = Qt.TextElideMode.ElideRight
        self.backup.setText(self.backup.fontMetrics().elidedText(told, elide, room))
        self.backup.setToolTip(told)
        self.backup.setAccessibleName(told)
        self.backup.setVisible(bool(told))

    def _on_theme(self) -> None:
        px = self._session.theme.px
        self.search.setMaximumWidth(px(420))
        self.search.setTextMargins(0, 0, px(56), 0)
        self._account.setMaximumWidth(px(160))
        self._round.setMaximumWidth(px(240))
        if self._backup is not None:
            self.show_backup(self._backup)
