"""What is done on the board as a whole: a floor at once, a filter kept as a drive, a drive walked."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from organizer.domain.access import Permission, grants
from organizer.i18n import _
from organizer.services.survey import drives, sweeping
from organizer.services.survey.sweeping import Swept
from organizer.services.survey.walking import Way
from organizer.ui.actions import Action
from organizer.ui.session import Session
from organizer.ui.survey.drive_form import DriveForm
from organizer.ui.survey.recording import Recording
from organizer.ui.survey.street import Street
from organizer.ui.widgets.place_finder import Finder


class BoardActs(QObject):
    """Acts on a floor, a house, or the units a filter leaves."""

    walked = Signal(str, object)
    """The doors of a drive are to be walked: its name and the units in street order."""
    onward = Signal()
    """Doors were done together: the next that waits is wanted."""

    def __init__(
        self, session: Session, finder: Finder, street: Street, recording: Recording
    ) -> None:
        super().__init__(recording)
        self._session = session
        self._finder = finder
        self._street = street
        self._recording = recording
        self.form = DriveForm(session)
        finder.hold(self.form)
        finder.units.saving = grants(session.workspace.account.role, Permission.REVIEW)
        finder.units.driven.connect(self._on_drive)
        finder.units.save_wanted.connect(self._on_save)
        street.nobody_wanted.connect(self._on_nobody)
        self.form.saved.connect(self._on_saved)
        self.form.left.connect(self._on_left)

    def actions(self) -> Sequence[Action]:
        """For the table of the screen."""
        survey, review = Permission.SURVEY, Permission.REVIEW
        nobody = _("整层、整栋无人")
        keep = _("把筛选存成攻坚清单")
        return (
            Action("survey.nobody", nobody, self._on_nobody, "Shift+2", permission=survey),
            Action("survey.board", _("到门牌图"), self._on_board, "Ctrl+B"),
            Action("survey.drive", keep, self._on_save, "Ctrl+Shift+D", permission=review),
        )

    def _on_nobody(self) -> None:
        """Nobody opened on the whole floor, or in the whole house."""
        whole = self._street.whole
        if not self._recording.isVisible():
            return
        if whole is None:
            self._recording.say.emit(_("这里只有一户，按 2 记“无人”就行。"))
            return
        self._session.change(
            self,
            lambda workspace, _job: sweeping.record_nobody(workspace, whole.place),
            self._on_swept,
            failed=self._session.notices.present,
        )

    def _on_swept(self, swept: Swept) -> None:
        told = _("{name}：{count} 户记为无人，已保存。").format(name=swept.name, count=swept.doors)
        self.onward.emit()
        self._recording.offer_undo(told, swept.write, None)

    def _on_board(self) -> None:
        if self._street.board.isVisible():
            self._street.board.setFocus()

    def _on_drive(self, drive: bytes) -> None:
        """The doors of a drive, in street order, whichever streets they are in."""

        def show(way: Way) -> None:
            self.walked.emit(way.name, tuple(door.employer for door in way.doors))

        self._session.ask(self, lambda w: drives.doors(w, drive), show, key="survey.drive")

    def _on_save(self) -> None:
        words = self._finder.units.words
        if not words:
            self._recording.say.emit(_("先选一个筛选，如“百人以上未建会”，再存成攻坚清单。"))
            self._finder.units.setFocus()
            return
        self._finder.show_form(shown=True)
        self.form.ask(self._finder.units.wanted, words)

    def _on_saved(self, drive: bytes, told: str) -> None:
        self._on_left()

        def undo() -> None:
            self._session.change(
                self,
                lambda workspace, _job: drives.retire_drive(workspace, drive),
                lambda _none: self._recording.say.emit(_("已撤销。")),
                failed=self._session.notices.present,
            )

        self._recording.offer.emit(told, undo)

    def _on_left(self) -> None:
        self._finder.show_form(shown=False)
        self._finder.units.setFocus()
