"""Photos chosen at a door before the visit is saved: looked at at once, kept with the visit."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from organizer.errors import OrganizerError
from organizer.i18n import _
from organizer.services.survey import photos
from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.widgets.photo_strip import PhotoStrip, PhotoView, Shown


class StagedPhotos(QObject):
    """`changed` says that a photo came or went."""

    changed = Signal()

    def __init__(self, session: Session, strip: PhotoStrip) -> None:
        super().__init__(strip)
        self._session = session
        self._strip = strip
        self._contents: dict[str, bytes] = {}
        strip.opened.connect(self._on_opened)
        strip.removed.connect(self._on_removed)

    @property
    def files(self) -> tuple[str, ...]:
        """The files, in the order in which they came."""
        return tuple(self._contents)

    def choose(self, owner: QWidget) -> None:
        """Ask for files."""
        wanted, _kind = QFileDialog.getOpenFileNames(
            owner, _("门头照片"), "", _("照片 (*.jpg *.jpeg *.png *.webp *.bmp)")
        )
        self.add(wanted)

    def add(self, files: Sequence[str]) -> None:
        """Look at these files; what is no photo is told in a sentence."""
        for file in files:
            if file not in self._contents:
                self._look_at(file)

    def clear(self) -> None:
        """The next door has none."""
        self._contents.clear()
        self._show()

    def _look_at(self, file: str) -> None:
        self._session.ask(
            self,
            lambda workspace: photos.preview(workspace, Path(file)),
            lambda content: self._on_seen(file, content),
            failed=self._session.notices.present,
        )

    def _on_seen(self, file: str, content: bytes) -> None:
        self._contents[file] = content
        self._show()
        self.changed.emit()

    def _on_opened(self, file: object) -> None:
        PhotoView(self._strip, self._contents[str(file)]).show_over()

    def _on_removed(self, file: object) -> None:
        self._contents.pop(str(file), None)
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self._strip.show_photos([Shown(*one) for one in self._contents.items()])


def keep_all(workspace: Workspace, visit: bytes, files: Sequence[str]) -> list[OrganizerError]:
    """Keep photos with the visit that is saved now; what failed, the visit stays."""
    failed: list[OrganizerError] = []
    for file in files:
        try:
            photos.keep(workspace, visit, Path(file))
        except OrganizerError as error:
            failed.append(error)
    return failed
