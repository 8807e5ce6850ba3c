"""What belongs to this machine and this sitting rather than to the office's records."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from organizer import settings
from organizer.errors import OrganizerError
from organizer.services.office.short_code import ShortCode
from organizer.settings import Settings
from organizer.ui.session import Session


class Desk(QObject):
    """The machine's settings, saved when changed, and the short code of this sitting."""

    changed = Signal()
    wipe_wanted = Signal()
    """The practice office is to be removed."""

    def __init__(self, file: Path, kept: Settings) -> None:
        super().__init__()
        self._file = file
        self.settings = kept
        self.practice = False
        """Whether the open office is the one to practise in."""
        self.short_code: ShortCode | None = None

    def choose(self, **values: Any) -> None:
        """Change settings by name; raises `DeviceMissing` where they cannot be written."""
        # Read anew: a job may have remembered something meanwhile.
        self.settings = replace(settings.read(self._file), **values)
        settings.write(self._file, self.settings)
        self.changed.emit()

    def keep(self, session: Session, **values: Any) -> None:
        """Change settings from a page; where they cannot be written, say so in the window."""
        try:
            self.choose(**values)
        except OrganizerError as error:
            session.notices.present(error)

    def begin_sitting(self, *, practice: bool) -> None:
        """Somebody unlocked; the code of the sitting before is gone."""
        self.practice = practice
        self.short_code = None
