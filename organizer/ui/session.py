"""One unlocked sitting: the office, the runner, the look, and one signal that says records changed."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from organizer.jobs import Job
from organizer.services.workspace import Workspace
from organizer.ui.notices import Notices
from organizer.ui.runner import Failed, Runner
from organizer.ui.theme import Theme

if TYPE_CHECKING:
    from organizer.services.members.previewing import Draughtsman
    from organizer.services.members.printing import Printer

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

    @cached_property
    def printer(self) -> "Printer":
        """Makes the papers of this sitting; its fonts are loaded with the first one."""
        # Late: what draws papers is not needed before the first.
        from organizer.services.members.printing import Printer

        return Printer(self.workspace)

    @cached_property
    def draughtsman(self) -> "Draughtsman":
        """Draws papers as pictures: one for all screens, because it must not be done side by side."""
        from organizer.services.members.previewing import Draughtsman

        made = Draughtsman(self.workspace)
        self.destroyed.connect(made.close)
        return made

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
        self._runner.start(
            owner,
            lambda _job: question(workspace),
            answer,
            key=key,
            failed=failed or self.notices.mention,
        )

    def work(
        self,
        owner: QObject,
        act: Callable[[Workspace, Job], T],
        done: Callable[[T], None],
        *,
        key: str = "",
        failed: Failed | None = None,
    ) -> Job:
        """Long work that changes no record, with progress and cancel, off the window's thread.

        Under one `key` the newer asks the older to stop.
        """
        workspace = self.workspace
        return self._runner.start(
            owner, lambda job: act(workspace, job), done, key=key, failed=failed
        )

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
