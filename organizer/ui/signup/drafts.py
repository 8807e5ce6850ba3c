"""Keeps the draft of a form in step with what is typed: one save under way at a time, in order."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from organizer.services import drafting
from organizer.services.drafting import Draft
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
        self._busy = False
        self._again = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.flush)

    def touch(self) -> None:
        """Something was typed; it is saved after a pause."""
        self._pause.start()

    def flush(self) -> None:
        """Save now, unless nothing changed since."""
        self._pause.stop()
        if self._busy:
            self._again = True
            return
        draft = self._read()
        if draft == self._kept:
            return
        self._busy = True
        screen = self._screen
        # A draft is no record: nobody has to look again because of it.
        self._session.ask(
            self,
            lambda workspace: drafting.keep(workspace, screen, draft),
            lambda _none: self._on_kept(draft),
            failed=self._on_failed,
        )

    def _on_kept(self, draft: Draft) -> None:
        self._kept = draft
        self._said()
        self._on_free()

    def _on_failed(self, error: BaseException) -> None:
        self._kept = None
        self._session.notices.present(error)
        self._on_free()

    def _on_free(self) -> None:
        self._busy = False
        if self._again:
            self._again = False
            self.flush()
