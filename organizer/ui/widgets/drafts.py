"""Keeps the draft of a form in step with what is typed: one save under way at a time, in order."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from organizer.services import drafting
from organizer.services.drafting import Draft
from organizer.services.workspace import Workspace
from organizer.ui.session import Session

PAUSE_MS = 800


class DraftKeeper(QObject):
    """Saves when a field is left and a moment after the last key; says when it is saved."""

    def __init__(
        self,
        session: Session,
        screen: str,
        read: Callable[[], Draft],
        saved: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._screen = screen
        self._read = read
        self._said = saved
        self._kept: Draft | None = None
        """What was read from the form last, saved or about to be."""
        self._looking = False
        """Whether it is not known yet what was kept."""
        self._waiting: list[Draft] = []
        self._busy = False
        self._door = threading.Lock()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.flush)

    def touch(self) -> None:
        """Something was typed; it is saved after a pause."""
        self._pause.start()

    def resume(self, fill: Callable[[Draft], None]) -> None:
        """Bring back what was kept; a form left before that is here forgets nothing."""
        self._looking = True

        def found(kept: Draft | None) -> None:
            self._looking = False
            if kept is None:
                self._kept = self._kept or Draft()
            else:
                fill(kept)
                self._kept = self._kept or kept

        screen = self._screen
        self._session.ask(self, lambda workspace: drafting.resume(workspace, screen), found)

    def flush(self) -> None:
        """Save now, unless nothing changed since."""
        self._pause.stop()
        draft = self._read()
        if draft == self._kept or (self._looking and not any(draft.values.values())):
            return
        self._kept = draft
        with self._door:
            self._waiting = [draft]
            if self._busy:
                # The save under way goes on with it: after the window nobody could begin another.
                return
            self._busy = True
        # A draft is no record: nobody has to look again because of it.
        self._session.ask(self, self._save, lambda _none: self._said(), failed=self._on_failed)

    def _save(self, workspace: Workspace) -> None:
        """Until nothing newer waits; on a thread of the runner."""
        try:
            while (draft := self._next()) is not None:
                drafting.keep(workspace, self._screen, draft)
        except BaseException:
            with self._door:
                self._busy = False
            raise

    def _next(self) -> Draft | None:
        with self._door:
            if not self._waiting:
                self._busy = False
                return None
            return self._waiting.pop()

    def _on_failed(self, error: BaseException) -> None:
        self._kept = None
        self._session.notices.mention(error)
