"""Backups that make themselves: when one is due, and when the window is locked or closed."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from organizer.errors import OrganizerError
from organizer.jobs import Job
from organizer.services.office import backing_up
from organizer.services.office.backing_up import State
from organizer.ui.session import Session

LOOK_EVERY_MS = 60_000


class BackupKeeper(QObject):
    """Looks once a minute. `looked` carries how it stands; a failure is told there, in no dialog."""

    looked = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self.state: State | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_EVERY_MS)
        session.touched.connect(self.look)

    def look(self) -> None:
        """Ask how it stands; make a backup when one is due."""
        self._session.ask(self, backing_up.state, self._on_state, key="backup.state")

    def leave(self, done: Callable[[], None] | None = None) -> None:
        """Somebody locks or closes: back up what was written since; `done` follows in any case."""
        self._make(done or _nothing, leaving=True)

    def _on_state(self, state: State) -> None:
        self.state = state
        self.looked.emit(state)
        if state.is_due() and self._job is None:
            self._make(_nothing, leaving=False)

    def _make(self, done: Callable[[], None], *, leaving: bool) -> None:
        def ended(made: object) -> None:
            self._job = None
            if made is not None:
                # Every page that tells of backups looks again, this one included.
                self._session.touched.emit()
            done()

        def failed(error: BaseException) -> None:
            ended(error)
            if not isinstance(error, OrganizerError):
                self._session.notices.present(error)

        self._job = self._session.work(
            self,
            lambda workspace, job: backing_up.keep_up(workspace, job, leaving=leaving),
            ended,
            failed=failed,
        )


def _nothing() -> None:
    """When nothing is to follow."""
