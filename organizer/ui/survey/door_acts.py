"""What is done at a door more rarely than the seven outcomes, as actions and as the menu 其他."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from organizer.domain.access import Permission, grants
from organizer.i18n import _
from organizer.services.survey import closing, sweeping
from organizer.services.survey.closing import Closed
from organizer.services.survey.sweeping import Swept
from organizer.ui.actions import Action
from organizer.ui.session import Session
from organizer.ui.survey.recording import Recording
from organizer.ui.survey.street import Street


@dataclass(frozen=True)
class _Act:
    id: str
    text: str
    keys: str
    run: Callable[[], None]
    permission: Permission = Permission.SURVEY


class DoorActs(QObject):
    """Acts on the door one stands at; every one can be taken back from its toast."""

    def __init__(self, session: Session, street: Street, recording: Recording) -> None:
        super().__init__(recording)
        self._session = session
        self._street = street
        self._recording = recording
        self._acts = (
            _Act("survey.same", _("都与上次相同，逐项确认"), "Ctrl+D", recording.card.confirm_all),
            _Act("survey.more", _("展开下一组问题"), "Ctrl+M", recording.card.unfold_next),
            _Act("survey.photo", _("加门头照片"), "Ctrl+Shift+I", self._on_photo),
            _Act("survey.correct", _("更正上一次走访"), "Ctrl+E", self._on_correct),
            _Act(
                "survey.other", _("走访地点、站点、家里的人或网上群"), "Ctrl+O", recording.on_other
            ),
            _Act("survey.close", _("多次上门未果，记为已尽责"), "Ctrl+9", self._on_close),
            _Act(
                "survey.refusal",
                _("确认拒访，记为已尽责"),
                "Ctrl+Shift+9",
                lambda: self._close(refusal=True),
                Permission.REVIEW,
            ),
            _Act("survey.none", _("已走访，这里没有单位"), "Ctrl+8", self._on_no_unit),
        )
        recording.card.more.clicked.connect(self._show_menu)

    def actions(self) -> Sequence[Action]:
        """For the table of the screen."""
        return tuple(
            Action(act.id, act.text, act.run, act.keys, permission=act.permission)
            for act in self._acts
        )

    def _show_menu(self) -> None:
        menu, granted = QMenu(self._recording), self._session.workspace.account.role
        for act in self._acts:
            if grants(granted, act.permission):
                menu.addAction(f"{act.text}\t{act.keys}", act.run)
        menu.aboutToHide.connect(menu.deleteLater)
        key = self._recording.card.more
        menu.popup(key.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _on_photo(self) -> None:
        if self._recording.card.card is not None:
            self._recording.photos.choose(self._recording)

    def _on_correct(self) -> None:
        card = self._recording.card.card
        if card is None or card.last is None:
            self._recording.say.emit(_("这家还没有走访记录，没有可更正的。"))
            return
        self._recording.correct(card.employer, card.last)

    def _on_close(self) -> None:
        self._close(refusal=False)

    def _close(self, *, refusal: bool) -> None:
        card = self._recording.card.card
        if card is None or not self._recording.card.isVisible():
            return

        def closed(done: Closed) -> None:
            told = _("{name}：已尽责，与“清”分开计数。").format(name=card.name)
            self._recording.offer_undo(told, done.write, card.employer)

        self._session.change(
            self,
            lambda w, _job: closing.close_door(w, card.employer, refusal_confirmed=refusal),
            closed,
            failed=self._session.notices.present,
        )

    def _on_no_unit(self) -> None:
        """Of the place in view; where units are known the service says what to do."""
        way = self._street.way
        if way is None or not self._recording.isVisible():
            return
        place = self._street.at if not way.doors and self._street.at else way.id

        def noted(swept: Swept) -> None:
            told = _("{name}：已走访无单位，已保存。").format(name=swept.name)
            self._recording.offer_undo(told, swept.write, None)

        self._session.change(
            self,
            lambda workspace, _job: sweeping.record_no_unit(workspace, place),
            noted,
            failed=self._session.notices.present,
        )
