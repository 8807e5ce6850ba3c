"""The main window: rail, top bar, screens built when first shown, one action table for all."""

import gc
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from organizer.domain import access
from organizer.i18n import _
from organizer.services import drafting, showing, topline, undoing
from organizer.services.drafting import Draft
from organizer.services.finding import Found
from organizer.services.workspace import Workspace
from organizer.ui.actions import Action, check_table
from organizer.ui.keys import with_keys
from organizer.ui.screen import Screen
from organizer.ui.session import Session
from organizer.ui.settings.desk import Desk
from organizer.ui.shell.backup_keeper import BackupKeeper
from organizer.ui.shell.keys_page import KeysPage
from organizer.ui.shell.palette import Palette
from organizer.ui.shell.rail import Rail, ScreenEntry
from organizer.ui.shell.topbar import TopBar
from organizer.ui.shell.undo_words import undone_sentence
from organizer.ui.widgets.drafts import DraftKeeper
from organizer.ui.widgets.toast import Toast

_STEPS_BACK = 20
_SETTLED_MS = 2000


_VIEW_NOTE = "window"
"""The draft under which the window keeps which screen is in view."""


def noted_view(workspace: Workspace) -> str:
    """The screen that was in view when the program fell; "" after an end of its own."""
    kept = drafting.resume(workspace, _VIEW_NOTE)
    return kept.values.get("screen", "") if kept else ""


class Window(QMainWindow):
    """The unlocked program. `lock_wanted` asks to lock, by key or after the idle minutes."""

    lock_wanted = Signal()
    leaving = Signal()
    """The window was to close, but something is to be backed up before."""

    def __init__(
        self, session: Session, entries: Sequence[ScreenEntry], desk: Desk, view: str = ""
    ) -> None:
        """`view` is the screen to begin with, as noted before a fall; without one the first."""
        super().__init__()
        self.session = session
        self._desk = desk
        self._entries = {entry.id: entry for entry in entries}
        self._screens: dict[str, Screen] = {}
        self._stack = QStackedWidget()
        self._rail = Rail(session.theme, entries, self.show_screen)
        self.topbar = TopBar(session, practice=desk.practice)
        self.keeper = BackupKeeper(session, self)
        self.keeper.looked.connect(self.topbar.show_backup)
        self._lay_out()
        self.toast = Toast(self._whole, self._stack)
        self.palette_ = Palette(
            session, self.topbar.search, self._whole, self.actions_table, self.open_record
        )
        self._shortcuts: list[QAction] = []
        self._current = ""
        self._closed = False
        self._note = DraftKeeper(session, _VIEW_NOTE, self._noted_view, _nothing, self)
        self._way: list[str] = []
        """The screens from which one came to this one."""
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.lock_wanted)
        desk.changed.connect(self._watch_idle)
        # What a screen holds stays to the end of the sitting. Looked through by the garbage collector
        # again and again, it would hold up the window.
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.timeout.connect(gc.freeze)
        session.touched.connect(self._on_touched)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self.setMinimumSize(800, 480)
        self.resize(1366, 768)
        self.show_screen(view if view in self._entries else next(iter(self._entries)))
        self._watch_idle()
        self._on_touched()
        self.keeper.look()

    @property
    def current(self) -> Screen:
        """The screen in view."""
        return self._screens[self._current]

    def show_screen(self, name: str, record: object = None) -> None:
        """Bring a screen into view, with a record to show."""
        if self._current and self._current != name:
            self.current.leave()
            self._way = [*self._way[-_STEPS_BACK:], self._current]
        if name not in self._screens:
            screen = self._entries[name].build(self.session)
            screen.go.connect(self.show_screen)
            screen.back.connect(self.go_back)
            screen.say.connect(self.toast.say)
            screen.offer.connect(lambda said, undo: self.toast.say(said, undo=undo))
            self._screens[name] = screen
            self._stack.addWidget(screen)
            self._settling.start(_SETTLED_MS)
        self._current = name
        self._stack.setCurrentWidget(self.current)
        self._rail.mark(self._entries[name].under or name)
        self._bind()
        self._name_window()
        self.current.arrive(record)
        self._note.flush()

    def go_back(self) -> None:
        """The screen from which one came to this one, as it was left."""
        if self._way:
            *before, last = self._way
            self.show_screen(last)
            self._way = before

    def open_record(self, found: Found) -> None:
        """Go where a found record is shown."""
        if found.table == "employer" and "employers" in self._entries:
            self.show_screen("employers", found.id)
        elif found.table == "place" and "survey" in self._entries:
            self.show_screen("survey", found.id)
        elif found.table == "union_org" and "unions" in self._entries:
            self.show_screen("unions", found.id)
        elif found.table == "person" and "people" in self._entries:
            self.show_screen("people", found.id)
        else:
            self.toast.say(f"{found.name} {found.detail}".strip())

    def actions_table(self) -> list[Action]:
        """Everything that can be done now: the window's own actions, then the screen's."""
        screens = [
            Action(
                f"go.{entry.id}",
                _("打开{screen}").format(screen=entry.text),
                self._going(entry.id),
                f"Alt+{number}",
                entry.icon,
            )
            for number, entry in enumerate(self._rail.entries, start=1)
        ]
        own = [
            Action("window.find", _("查找和命令"), self.palette_.begin, "Ctrl+K", "search"),
            Action("window.undo", _("撤销上一步"), self.undo, "Ctrl+Z"),
            Action("window.redo", _("恢复刚撤销的"), self.redo, "Ctrl+Shift+Z"),
            Action("window.lock", _("锁定"), self.lock_wanted.emit, "Ctrl+L", "lock"),
            Action("window.keys", _("快捷键"), self.show_keys, "F1"),
        ]
        role = self.session.workspace.account.role
        return [
            action
            for action in (*self.current.actions_table(), *screens, *self._parts(), *own)
            if action.permission is None or access.grants(role, action.permission)
        ]

    def _parts(self) -> list[Action]:
        """Where one gets from anywhere by typing its name."""
        return [
            Action(
                f"open.{entry.id}.{part.record}",
                part.text,
                partial(self.show_screen, entry.id, part.record),
                "",
                entry.icon,
                part.permission,
            )
            for entry in self._entries.values()
            for part in entry.parts
        ]

    def undo(self) -> None:
        """Take back this account's newest step."""
        self.session.change(
            self,
            lambda workspace, _job: undoing.take_back_latest(workspace),
            lambda done: self.toast.say(undone_sentence(done)),
            failed=self.session.notices.present,
        )

    def redo(self) -> None:
        """Bring back what was undone last."""
        self.session.change(
            self,
            lambda workspace, _job: undoing.bring_back(workspace),
            lambda done: self.toast.say(undone_sentence(done, again=True)),
            failed=self.session.notices.present,
        )

    def show_keys(self) -> None:
        """The list of shortcuts."""
        own = self.current.keys_table()
        KeysPage(self.session.theme, self.actions_table(), self, own).open()

    def park(self) -> None:
        """Nothing of this sitting is to be seen: keep drafts, close dialogs, empty the clipboard."""
        if self._current:
            self.current.leave()
        showing.take_away()
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()
        for widget in QApplication.topLevelWidgets():
            if widget is self or widget.parentWidget() is not None:
                widget.hide()
        self._idle.stop()

    def come_back(self) -> None:
        """Show everything as it was left."""
        self.show()
        self.activateWindow()
        self._watch_idle()
        self._on_touched()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Any key or click counts as somebody being there; a key held down presses nothing twice."""
        kind = event.type()
        if isinstance(event, QKeyEvent) and _is_held(event):
            return True
        if kind in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress):
            if self._idle.isActive():
                self._idle.start()
        # A line takes Ctrl+Z for itself even when there is nothing typed to take back.
        elif isinstance(event, QKeyEvent) and _is_idle_undo(watched, event):
            event.ignore()
            return True
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep drafts before going; nothing is asked. What stands in no backup is backed up first."""
        if self._current:
            self.current.leave()
        if self.isVisible() and self.keeper.state and self.keeper.state.is_due(leaving=True):
            event.ignore()
            self.leaving.emit()
        else:
            self._closed = True
            self._note.flush()
            showing.take_away()
            super().closeEvent(event)

    def _noted_view(self) -> Draft:
        """The screen in view, for a start after a fall; nothing once the window was closed."""
        somewhere = not self._closed and self._current != next(iter(self._entries))
        return Draft({"screen": self._current} if somewhere else {})

    def _going(self, name: str) -> Callable[[], None]:
        return lambda: self.show_screen(name)

    def _watch_idle(self) -> None:
        self._idle.stop()
        if self._desk.settings.idle_minutes > 0:
            self._idle.start(self._desk.settings.idle_minutes * 60_000)

    def _on_touched(self) -> None:
        self._name_window()
        self.session.ask(self, topline.topline, self.topbar.show_topline, key="window.topline")

    def _name_window(self) -> None:
        screen, office = self._entries[self._current].text, self.session.workspace.office.name
        title = f"{screen} · {office}"
        self.setWindowTitle(
            _("练习 · {title}").format(title=title) if self._desk.practice else title
        )

    def _bind(self) -> None:
        for old in self._shortcuts:
            self.removeAction(old)
            old.deleteLater()
        table = self.actions_table()
        check_table(table)
        self._shortcuts = []
        for action in table:
            if action.shortcut:
                made = QAction(action.text, self)
                made.setShortcut(QKeySequence(action.shortcut))
                # Ctrl+Z held down would take back the whole day.
                made.setAutoRepeat(False)
                made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
                made.triggered.connect(lambda _checked=False, run=action.run: run())
                self.addAction(made)
                self._shortcuts.append(made)
            if action.id.startswith("go."):
                tip = with_keys(action.text, action.shortcut)
                self._rail.set_tip(action.id.removeprefix("go."), tip)

    def _lay_out(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.topbar)
        column.addWidget(self._stack, 1)
        whole = self._whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addWidget(right, 1)
        self.setCentralWidget(whole)


def _nothing() -> None:
    """Nobody is told that the note is kept."""


def _is_held(event: QKeyEvent) -> bool:
    """Enter resting under a hand would walk through the form and save it, and again."""
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return enter and event.isAutoRepeat() and event.type() == QEvent.Type.KeyPress


def _is_idle_undo(watched: QObject, event: QKeyEvent) -> bool:
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(watched, QLineEdit):
        return False
    if event.matches(QKeySequence.StandardKey.Undo):
        return not watched.isUndoAvailable()
    return event.matches(QKeySequence.StandardKey.Redo) and not watched.isRedoAvailable()
