"""Where one stands is remembered as one walks, so that a killed program opens at the same door."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

from organizer.services import drafting
from organizer.services.drafting import Draft
from organizer.services.workspace import Workspace
from organizer.ui.session import Session

_NAME = "board"
_REST_MS = 200
"""Arrows held down are one walk; written is where it ends."""


@dataclass(frozen=True)
class Standing:
    """A walk, the place on it whose board was in view, and the unit at whose door one stood."""

    walk: bytes
    at: bytes
    employer: bytes


def recalled(workspace: Workspace) -> Standing | None:
    """Where this account stood last; None when it never did, or in what another version wrote."""
    kept = drafting.resume(workspace, _NAME)
    if kept is None:
        return None
    try:
        return Standing(*(bytes.fromhex(kept.values[name]) for name in ("walk", "at", "employer")))
    except (KeyError, ValueError):
        return None


class StandingKeeper(QObject):
    """Writes down where one stands, a moment after one stopped."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._standing: Standing | None = None
        self._new = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.flush)

    def note(self, standing: Standing) -> None:
        """One stands here now."""
        if standing != self._standing:
            self._standing, self._new = standing, True
            self._rest.start()

    def flush(self) -> None:
        """Write it down at once, where something is new."""
        standing = self._standing
        if standing is None or not self._new:
            return
        self._new = False
        values = {
            "walk": standing.walk.hex(),
            "at": standing.at.hex(),
            "employer": standing.employer.hex(),
        }
        self._session.ask(
            self, lambda w: drafting.keep(w, _NAME, Draft(values)), lambda _none: None
        )
