"""Start-up of the window, in order: log, crash hooks, settings, look, unlock or first run, window."""

import gc
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QApplication

from organizer import log, paths, settings
from organizer.errors import OrganizerError
from organizer.i18n import _
from organizer.paths import DataFolder
from organizer.services import showing
from organizer.services.office import backing_up, opening, practising, restoring
from organizer.services.office.opening import NewOffice
from organizer.services.workspace import Workspace
from organizer.settings import Settings
from organizer.ui.notices import Notices
from organizer.ui.runner import Failed, Runner
from organizer.ui.session import Session
from organizer.ui.settings.desk import Desk
from organizer.ui.shell import crash
from organizer.ui.shell.backup_place import BackupPlace
from organizer.ui.shell.desktop import make_application, open_file
from organizer.ui.shell.first_run import FirstRunPage, free_name
from organizer.ui.shell.front import Front, fill_small_screen
from organizer.ui.shell.lock import LockPage
from organizer.ui.shell.rail import tinted
from organizer.ui.shell.recovery import RecoveryPage, SheetPage
from organizer.ui.shell.restore_page import RestorePage
from organizer.ui.shell.screens import entries
from organizer.ui.shell.trouble import FarewellPage, TroublePage
from organizer.ui.shell.unlock import UnlockPage
from organizer.ui.shell.window import Window, noted_view
from organizer.ui.theme import Theme

T = TypeVar("T")
Asking = FirstRunPage | UnlockPage | RecoveryPage | RestorePage


def log_bug(error: BaseException) -> None:
    """Note a bug where nobody else takes it."""
    log.area("ui").error("bug", exc_info=error)


class Program:
    """The running program: one application, one sitting at a time.

    A locked sitting is parked: its window is hidden, its file open, until the same person is back
    or, without a short code, until its last job has ended.
    """

    def __init__(
        self,
        app: QApplication,
        folder: DataFolder,
        crashed: Failed = log_bug,
        show_file: Callable[[Path], None] = open_file,
        quit_: Callable[[], None] = QApplication.quit,
    ) -> None:
        self.folder = folder
        self._crashed = crashed
        self._show_file = show_file
        self._quit = quit_
        self.note = ""
        """Something to tell once the window is open."""
        kept = self._settings()
        self.desk = Desk(paths.settings_file(), kept)
        self.desk.wipe_wanted.connect(self._on_wipe_wanted)
        self.theme = Theme(app, kept.type_scale, kept.scheme)
        app.setWindowIcon(tinted(self.theme, "emblem", "acc", 64))
        self.runner = Runner(self._present)
        self.runner.busy_changed.connect(self._close_if_idle)
        self.front = Front()
        self.window: Window | None = None
        self.session: Session | None = None
        self._unshown: Workspace | None = None
        self._free = threading.Event()
        self._free.set()
        self._closing = False
        self._checking = False
        self._told_of_code = False
        self._afterwards: Callable[[], None] = _nothing

    def start(self) -> None:
        """Show the unlock page, or the first run when there is no office yet; lent papers are gone."""
        showing.take_away()
        if self.folder.keyring.exists() or self.folder.database.exists():
            self._show_unlock()
        else:
            self._show_first_run()

    def stop(self) -> None:
        """Finish jobs and close the file."""
        self.runner.shut_down()
        for workspace in (self.session.workspace if self.session else None, self._unshown):
            if workspace is not None:
                workspace.close()
        self.session = self._unshown = None

    def say(self, sentence: str, *, kind: str = "info") -> None:
        """Show a sentence at the foot of the window."""
        if self.window is not None:
            self.window.toast.say(sentence, kind=kind)

    def lock(self) -> None:
        """Hide everything; with a short code the sitting waits, without it ends with its jobs."""
        if self.window is None or self.session is None:
            return
        if self.desk.short_code is not None and not self.desk.practice:
            self._show_lock()
        else:
            self.start()
        self.window.park()
        self.window.keeper.leave()
        if self.desk.short_code is None:
            self._tell_of_short_code()
            self._end_sitting(_nothing)

    # The pages in front of the window

    def _show_first_run(self) -> None:
        going_on = practising.exists(self.folder)
        place = BackupPlace(self.folder.root)
        page = FirstRunPage(
            self.theme, self.runner, paths.papers_folder(), place, practising=going_on
        )
        page.wanted.connect(lambda wanted, sheet: self._make_office(page, wanted, sheet))
        page.restore_wanted.connect(self._show_restore)
        page.practice_wanted.connect(lambda: self._practise(page))
        self.front.show_page(page)

    def _make_office(self, page: FirstRunPage, wanted: NewOffice, sheet: Path) -> None:
        def make() -> Workspace:
            return opening.new_office(self.folder, wanted, sheet=sheet).workspace

        def made(workspace: Workspace) -> None:
            self._remember(backup_folder=str(page.backup_folder or ""))
            self._show_sheet(workspace, sheet)

        self._open(page, make, made)

    def _show_sheet(self, workspace: Workspace, sheet: Path) -> None:
        page = SheetPage(self.theme, sheet)
        page.done.connect(lambda: self._unlocked(workspace))
        page.shown_again.connect(lambda: self._show_file(sheet))
        self.front.show_page(page)
        self._show_file(sheet)

    def _practise(self, page: FirstRunPage | UnlockPage) -> None:
        page.set_busy(_("正在准备练习用的样例…"))
        if self.session is not None and self.desk.practice:
            self.come_back()
        else:
            self._open(
                page,
                lambda: practising.begin(self.folder),
                lambda workspace: self._unlocked(workspace, practice=True),
            )

    def _show_unlock(self) -> None:
        try:
            names = opening.account_names(self.folder)
        except OrganizerError as error:
            self.front.show_page(TroublePage(self.theme, error.sentence()))
            return
        page = UnlockPage(self.theme, names, self.desk.settings.account)
        page.wanted.connect(lambda name, password: self._unlock(page, name, password))
        page.recovery_wanted.connect(self._show_recovery)
        page.restore_wanted.connect(self._show_restore)
        page.practice_wanted.connect(lambda: self._practise(page))
        self.front.show_page(page)

    def _unlock(self, page: UnlockPage, name: str, password: str) -> None:
        def unlock() -> None:
            self._open(page, lambda: opening.unlock(self.folder, name, password), self._unlocked)

        def checked(account: bytes) -> None:
            self._checking = False
            if self.session is not None and self.session.workspace.account.id == account:
                self.come_back()
            else:
                self._end_sitting(unlock, at_once=True)

        if self.session is None or self.desk.practice:
            self._end_sitting(unlock, at_once=True)
            return
        self._checking = True
        self._start(page, lambda: opening.identify(self.folder, name, password), checked)

    def _show_recovery(self) -> None:
        page = RecoveryPage(self.theme)
        sheet = free_name(paths.papers_folder())

        def recover(code: str, password: str) -> None:
            self._open(
                page,
                lambda: opening.recover(self.folder, code, password, sheet=sheet),
                lambda workspace: self._show_sheet(workspace, sheet),
            )

        page.left.connect(self._show_unlock)
        page.wanted.connect(
            lambda code, password: self._end_sitting(lambda: recover(code, password), at_once=True)
        )
        self.front.show_page(page)

    def _show_restore(self) -> None:
        page = RestorePage(self.theme, backing_up.place())

        def wanted(backup: Path, *who: str) -> None:
            work = partial(restoring.restore_and_open, backup, self.folder, *who)
            self._end_sitting(lambda: self._open(page, work, self._unlocked), at_once=True)

        page.left.connect(self.start)
        page.wanted.connect(wanted)
        self.front.show_page(page)

    def _show_lock(self) -> None:
        session, code = self.session, self.desk.short_code
        if session is None or code is None:
            return
        page = LockPage(self.theme, session.workspace.account.name)

        def tried(opened: bool) -> None:
            if opened:
                self.come_back()
            elif not page.refuse():
                self.desk.short_code = None
                self._show_unlock()
                self._end_sitting(_nothing)

        page.code_typed.connect(
            lambda digits: self.runner.start(page, lambda _job: code.opens(digits), tried)
        )
        page.password_wanted.connect(self._show_unlock)
        self.front.show_page(page)

    # Sittings

    def _start(self, page: Asking, work: Callable[[], T], done: Callable[[T], None]) -> None:
        def failed(error: BaseException) -> None:
            self._checking = False
            if isinstance(error, OrganizerError):
                log.area("ui").info("%s", log.facts_line(error.code, error.facts))
                page.refuse(error)
            else:
                page.set_busy("")
                self._crashed(error)

        self.runner.start(page, lambda _job: work(), done, failed=failed)

    def _open(
        self, page: Asking, work: Callable[[], Workspace], done: Callable[[Workspace], None]
    ) -> None:
        def opened() -> Workspace:
            # The sitting before may still be closing the file.
            self._free.wait()
            workspace = self._unshown = work()
            return workspace

        self._start(page, opened, done)

    def _unlocked(self, workspace: Workspace, *, practice: bool = False) -> None:
        self.runner.start(
            self.front,
            lambda _job: noted_view(workspace),
            lambda view: self._show_window(workspace, practice, view),
        )

    def _show_window(self, workspace: Workspace, practice: bool, view: str) -> None:
        self.desk.begin_sitting(practice=practice)
        if not practice:
            self._remember(account=workspace.account.name)
        notices = Notices(self, self.front, self._crashed)
        self.session = Session(workspace, self.runner, self.theme, notices)
        self._unshown = None
        self._free.clear()
        self.window = Window(self.session, entries(self.desk), self.desk, view)
        self.window.resize(self.front.size())
        self.window.setWindowState(self.front.windowState())
        self.window.lock_wanted.connect(self.lock)
        self.window.leaving.connect(self._leave)
        self.come_back()
        if self.note:
            self.say(self.note)
            self.note = ""

    def come_back(self) -> None:
        """Show a parked sitting again."""
        self._closing = False
        if self.window is not None:
            self.window.come_back()
            self.front.hide()

    def _end_sitting(self, afterwards: Callable[[], None], *, at_once: bool = False) -> None:
        """Close the file when its last job has ended, or stop the jobs at their next step."""
        if self.session is None:
            afterwards()
            return
        self._afterwards = afterwards
        self._closing = True
        if at_once:
            self.runner.cancel_all()
        self._close_if_idle()

    def _close_if_idle(self, _running: int = 0) -> None:
        if not self._closing or self._checking or self.runner.running or self.session is None:
            return
        workspace, window = self.session.workspace, self.window
        self.session = self.window = None
        self._closing = False
        if window is not None:
            window.deleteLater()
        gc.unfreeze()
        self.runner.start(
            self.front, lambda _job: self._close(workspace), lambda _closed: self._afterwards()
        )

    def _close(self, workspace: Workspace) -> None:
        try:
            workspace.close()
        finally:
            self._free.set()

    def _tell_of_short_code(self) -> None:
        if not self._told_of_code:
            self._told_of_code = True
            self.note = _("可以在“设置”里定一个短码，锁定后回来只输几位数字。")

    def _leave(self) -> None:
        """Back up what stands in no backup yet, then end; a minute at most, or until told not to."""
        if self.window is None:
            return
        self.front.show_page(FarewellPage(self.theme, self._quit))
        self.window.park()
        self.window.keeper.leave(self._quit)

    def _on_wipe_wanted(self) -> None:
        def wipe() -> None:
            self.runner.start(
                self.front, lambda _job: practising.wipe(self.folder), lambda _gone: self.start()
            )

        if self.desk.practice and self.window is not None:
            self.front.show_page(TroublePage(self.theme, _("正在清除练习数据…"), leaving=False))
            self.window.park()
            self._end_sitting(wipe, at_once=True)

    def _remember(self, **values: str) -> None:
        """Change settings; where they cannot be written, work goes on and the window says so."""
        try:
            self.desk.choose(**values)
        except OrganizerError as error:
            self.note = error.sentence()

    def _settings(self) -> Settings:
        damage = settings.set_aside(paths.settings_file())
        if damage is not None:
            self.note = damage.sentence()
        return settings.read(paths.settings_file())

    def _present(self, error: BaseException) -> None:
        if self.session is not None:
            self.session.notices.present(error)
        elif isinstance(error, OrganizerError):
            self.front.show_page(TroublePage(self.theme, error.sentence()))
        else:
            self._crashed(error)


def _nothing() -> None:
    """When nothing is to follow."""


def main(data: str | None = None) -> int:
    """Run the program until its window is closed; returns the exit code."""
    handler = log.start(paths.log_folder())
    app = make_application(sys.argv[:1])
    net = crash.CrashNet()
    hooks = crash.install(net)
    try:
        program = Program(app, paths.data_folder(data), net.catch)
        if hooks.fell_before is not None:
            sentence = _("上次程序意外退出，报告在 {file}；已经保存的都在。")
            program.note = sentence.format(file=hooks.fell_before)
        fill_small_screen(program.front)
        program.start()
        try:
            return app.exec()
        finally:
            program.stop()
    finally:
        hooks.remove()
        log.stop(handler)
