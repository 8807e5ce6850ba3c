"""One unlocked sitting: the office, the runner, the look, and one signal that says records changed."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from organizer.jobs import Job
from organizer.services.workspace import Workspace
from organizer.ui.notices import Notices
from organizer.ui.runner import Failed, Runner
from organizer.ui.theme import Theme

T = TypeVar("T")


class Session(QObject):
    """What every screen is given. `touched` follows each successful change: repaint on it."""

    touched = Signal()

    def __init__(
        self, workspace: Workspace, runner: Runner, theme: Theme, notices: Notices
    ) -> None:
        super().__init__()
        self.workspace = workspace
        self.theme = theme
        self.notices = notices
        self._runner = runner

    def ask(
        self,
        owner: QObject,
        question: Callable[[Workspace], T],
        answer: Callable[[T], None],
        *,
        key: str = "",
        failed: Failed | None = None,
    ) -> None:
        """Read through a service off the window's thread; late answers under `key` are dropped."""
        workspace = self.workspace
        self._runner.start(owner, lambda _job: question(workspace), answer, key=key, failed=failed)

    def change(
        self,
        owner: QObject,
        act: Callable[[Workspace, Job], T],
        done: Callable[[T], None] | None = None,
        *,
        failed: Failed | None = None,
    ) -> Job:
        """Write through a service off the window's thread; `touched` is emitted when it is saved."""
        workspace = self.workspace

        def finish(result: T) -> None:
            if done is not None:
                done(result)
            self.touched.emit()

        return self._runner.start(owner, lambda job: act(workspace, job), finish, failed=failed)
