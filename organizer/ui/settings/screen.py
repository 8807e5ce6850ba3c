"""The settings: sections at the left, the chosen one at the right."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QScrollArea, QStackedWidget

from organizer.domain.access import Permission, grants
from organizer.i18n import _
from organizer.ui.screen import Screen
from organizer.ui.session import Session
from organizer.ui.settings.about_page import AboutPage
from organizer.ui.settings.accounts_page import AccountsPage
from organizer.ui.settings.backup_page import BackupPage
from organizer.ui.settings.desk import Desk
from organizer.ui.settings.lock_page import LockSettings
from organizer.ui.settings.look_page import LookPage
from organizer.ui.settings.office_page import OfficePage
from organizer.ui.settings.page import SettingsPage
from organizer.ui.settings.texts_page import TextsPage


class SettingsScreen(Screen):
    """设置. `arrive` takes the name of a section: office, accounts, look, lock, backup, texts, about."""

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__(session)
        builders: dict[str, tuple[str, Callable[[], SettingsPage]]] = {
            "office": (_("本单位"), lambda: OfficePage(session, desk, self.go.emit)),
            "accounts": (_("账号"), lambda: AccountsPage(session)),
            "look": (_("显示"), lambda: LookPage(session, desk)),
            "lock": (_("锁定和密码"), lambda: LockSettings(session, desk)),
            "backup": (_("备份"), lambda: BackupPage(session, desk)),
            "texts": (_("文本"), lambda: TextsPage(session)),
            "about": (_("关于"), lambda: AboutPage(session)),
        }
        if not grants(session.workspace.account.role, Permission.ADMINISTER):
            del builders["accounts"]
        self._pages: dict[str, SettingsPage] = {}
        self._sections = _Sections()
        self._stack = QStackedWidget()
        for name, (text, build) in builders.items():
            self._sections.addItem(text)
            self._pages[name] = build()
            self._stack.addWidget(_scrolled(self._pages[name]))
        self._sections.currentRowChanged.connect(self._on_section)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 16, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._sections)
        layout.addWidget(self._stack, 1)
        session.theme.changed.connect(self._on_theme)
        session.touched.connect(self._on_touched)
        self._on_theme()
        self._sections.setCurrentRow(0)

    def arrive(self, record: object = None) -> None:
        """Show a section by its name, else the one shown last."""
        if record in self._pages:
            self._sections.setCurrentRow(list(self._pages).index(str(record)))
        self._page().arrive()
        self._sections.setFocus()

    def leave(self) -> None:
        """Leave no secret standing in a field."""
        self._page().leave()

    def _page(self) -> SettingsPage:
        return list(self._pages.values())[self._sections.currentRow()]

    def _on_section(self, row: int) -> None:
        self._stack.setCurrentIndex(row)
        self._page().arrive()

    def _on_touched(self) -> None:
        if self.isVisible():
            self._page().arrive()

    def _on_theme(self) -> None:
        px = self.session.theme.px
        self._sections.setFixedWidth(px(144))
        for row in range(self._sections.count()):
            self._sections.item(row).setSizeHint(QSize(px(120), px(36)))


class _Sections(QListWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sections")
        self.setAccessibleName(_("设置的各部分"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes into the section."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)


def _scrolled(page: SettingsPage) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(page)
    return scroll
