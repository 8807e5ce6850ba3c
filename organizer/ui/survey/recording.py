"""What is written down at a door: the card, its decision saved, a new unit, and the way back."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from organizer.domain.visit import Outcome
from organizer.errors import InvalidInput, NotFound, OrganizerError
from organizer.i18n import _
from organizer.services import drafting, undoing
from organizer.services.drafting import Draft
from organizer.services.employers.adding import Added, NewUnit
from organizer.services.survey import door_card, recording, walking
from organizer.services.survey.door_card import Card, Past
from organizer.services.survey.reaching_out import Recorded
from organizer.services.survey.recording import Visited
from organizer.services.survey.walking import Door
from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.survey.card import VisitCard
from organizer.ui.survey.decision import Decision
from organizer.ui.survey.doors import outcome_words
from organizer.ui.survey.new_unit import NewUnitPanel
from organizer.ui.survey.other_visit import OtherVisitPanel
from organizer.ui.survey.pressed import Pressed
from organizer.ui.survey.staged_photos import StagedPhotos, keep_all
from organizer.ui.survey.street import Street
from organizer.ui.widgets.plain import label

_GONE = "record.unknown"
_PHOTOS = "photos"
"""In a draft: the files of photos that go with the visit, one a line."""


def _draft_name(employer: bytes) -> str:
    return f"survey {employer.hex()}"


class Recording(QStackedWidget):
    """The right pane: a hint, the visit card, or a new unit, for the door one stands at."""

    say = Signal(str)
    offer = Signal(str, object)
    """What was saved, with the function that takes it back."""
    wish = Signal(bytes)
    """The unit at which one wants to stand when the doors are shown again."""
    far = Signal()
    """One stands at a door whose lamps are not worked out yet."""
    stale = Signal(bytes)
    """The doors in view are no longer so; the unit to stand at when they are shown anew."""

    def __init__(self, session: Session, street: Street) -> None:
        super().__init__()
        self._session = session
        self._street = street
        self._saving: bytes | None = None
        """The unit whose visit is being saved."""
        self._wrong: tuple[bytes, bytes] | None = None
        """The unit and the visit to it that is being put right."""
        self._pressed = Pressed()
        self._missed = b""
        """The unit whose card could not be shown."""
        self.card = VisitCard(session.theme, session.workspace)
        self.photos = StagedPhotos(session, self.card.photos)
        self.new_unit = NewUnitPanel(session)
        self._blank = QWidget()
        QVBoxLayout(self._blank).addWidget(label(_("选中一户，这里就是它的走访卡。"), "mut"))
        self.other = OtherVisitPanel(session)
        for part in (self._blank, self.card, self.new_unit, self.other):
            self.addWidget(part)
        street.stood.connect(self._on_stood)
        street.entered.connect(self._on_entered)
        street.digit.connect(self.on_digit)
        street.new_wanted.connect(self.on_new)
        self.card.decided.connect(self._on_decided)
        self.card.new_wanted.connect(self.on_new)
        self.card.left_card.connect(self._on_left_card)
        self.card.kept.connect(self._on_kept)
        self.card.dropped.connect(self.photos.add)
        self.photos.changed.connect(self.card.keep)
        self.new_unit.added.connect(self._on_added)
        self.new_unit.left.connect(self._leave_new)
        self.other.left.connect(self._leave_new)
        self.other.saved.connect(self._on_other)

    @property
    def adding(self) -> bool:
        """Whether a new unit is being written down."""
        return self.currentWidget() is self.new_unit

    def clear(self) -> None:
        """Nobody's card is in view."""
        self.setCurrentWidget(self._blank)

    def keep(self) -> None:
        """Keep what is typed."""
        self.card.keep()
        self.new_unit.keep()
        self.other.keep()

    def on_main(self) -> None:
        """Save what is in view: the new unit, another visit, or a visit that met somebody."""
        if self.adding:
            self.new_unit.save()
        elif self.currentWidget() is self.other:
            self.other.save()
        else:
            self.on_digit(Outcome.MET)

    def on_digit(self, digit: str) -> None:
        """An outcome for the door one stands at; keys faster than the disk wait their turn."""
        door = self._street.door
        if not self.isVisible():
            # The page that opens a round stands before the doors.
            return
        if digit == Outcome.NEW:
            self.on_new()
        elif self._writing_other:
            self.say.emit(_("这里正在写别的：先保存，或按 Esc 回到走访卡。"))
        elif door is None:
            return
        elif self._saving == door.employer:
            self._pressed.add(digit, None)
        elif self._saving or not self._shows(door):
            self._pressed.add(digit, door.employer)
        else:
            self.card.decide(digit)

    @property
    def _writing_other(self) -> bool:
        """Whether the cursor is in a form that stands in the place of the card."""
        form = self.currentWidget()
        focused = QApplication.focusWidget() or self
        return form in (self.new_unit, self.other) and form.isAncestorOf(focused)

    def _on_entered(self) -> None:
        """Enter at a door: into its card, which may still be on its way."""
        door = self._street.door
        if door is not None and (self._saving == door.employer or not self._shows(door)):
            self.card.expect()
        self.card.focus_first()

    def _next_pressed(self) -> None:
        """The outcome that waits longest, at the door where it was pressed."""
        press, door = self._pressed.first, self._street.door
        if press is None or self._saving or door is None or not self._shows(door):
            return
        if press.employer not in (None, door.employer):
            at = self._street.model.row_of(press.employer)
            if at < 0:
                self._pressed.forget()
            else:
                self._street.go_to(at)
            return
        self._pressed.take()
        self.card.decide(press.digit)
        if not self._saving:
            # Something doubtful has to be looked at.
            self._pressed.forget()

    def on_new(self) -> None:
        """Ask for a unit at the place where one stands."""
        if not self.isVisible():
            return
        way, door = self._street.way, self._street.door
        place = door.place if door and door.place else way.id if way else walking.NOWHERE
        if way is None or place == walking.NOWHERE:
            self.say.emit(_("先在左边选一条街路，再新增单位。"))
            return
        shown = self.card.card if door and self._shows(door) else None
        where = shown.where if shown else door.door if door else way.name
        self.setCurrentWidget(self.new_unit)
        self.new_unit.ask(place, where)

    def on_other(self) -> None:
        """Ask for a visit to no unit: to the place one is at, a person, a group."""
        if not self.isVisible():
            return
        way = self._street.way
        place = self._street.at or (way.id if way else b"")
        trail = " ".join(spot.name for spot in self._street.board.board.trail)
        where = trail or (way.name if way else "")
        self.setCurrentWidget(self.other)
        self.other.ask(place or None, where)

    def _on_other(self, done: Recorded) -> None:
        self._leave_new()
        self.offer_undo(_("已记下这次走访。"), done.write, None)

    def _on_stood(self, door: Door | None) -> None:
        if door is None:
            self.clear()
            return

        if self._wrong is not None and self._wrong[0] != door.employer:
            self._wrong = None
        wrong = self._wrong[1] if self._wrong else None

        def look(workspace: Workspace) -> tuple[Card, Draft | None, Past | None]:
            kept = drafting.resume(workspace, _draft_name(door.employer))
            past = door_card.past_visit(workspace, wrong) if wrong else None
            return door_card.card(workspace, door.employer), kept, past

        self._session.ask(
            self,
            look,
            lambda found: self._on_card(door.employer, *found),
            key="survey.card",
            failed=lambda error: self._on_no_card(door.employer, error),
        )
        if door.employer not in self._street.model.lamps:
            self.far.emit()

    def correct(self, employer: bytes, visit: bytes) -> None:
        """Put a visit right as soon as one stands at its unit: it is shown as if just typed."""
        self.card.keep()
        self._wrong = employer, visit
        door = self._street.door
        if door is not None and door.employer == employer:
            self._on_stood(door)

    def _on_left_card(self) -> None:
        """Esc: back to the doors; a visit that was to be put right stays as it was."""
        if self._wrong is not None:
            self._wrong = None
            self.card.forget()
            self._on_stood(self._street.door)
        self._street.doors.setFocus()

    def _on_no_card(self, asked: bytes, error: BaseException) -> None:
        """The unit went while its door was in view: nobody else's card stands in its place."""
        self._pressed.forget()
        self.card.keep()
        self.card.forget()
        self.clear()
        if isinstance(error, NotFound) and error.code == _GONE:
            self.say.emit(_("这一户刚被撤销或停用，清单已按现在的情况重新列出。"))
        else:
            self._session.notices.present(error)
        self._look_again(asked, b"")

    def _look_again(self, asked: bytes, instead: bytes) -> None:
        """The doors are no longer as shown; once for each unit, should it stay so."""
        if asked != self._missed:
            self._missed = asked
            self.stale.emit(instead)

    def _on_card(self, asked: bytes, card: Card, kept: Draft | None, past: Past | None) -> None:
        if card.employer != asked:
            # It was merged into another since the doors were read.
            self._pressed.forget()
            self._look_again(asked, card.employer)
            return
        self._missed = b""
        values = dict(kept.values) if kept else {}
        files = values.pop(_PHOTOS, "").split("\n")
        if self.card.card is None or self.card.card.employer != card.employer:
            # While its photos are here: they are kept with what was typed.
            self.card.flush()
            self.photos.clear()
            self.photos.add([file for file in files if file])
        begun = past is not None and not self.card.correcting
        self.card.show_card(card, values, past)
        if self.currentWidget() not in (self.new_unit, self.other):
            self.setCurrentWidget(self.card)
        if begun:
            self.card.focus_first()
        self.new_unit.name_place(card.place, card.where)
        self._next_pressed()

    def _shows(self, door: Door) -> bool:
        return self._is_card_of(door.employer)

    def _on_kept(self, employer: bytes, values: Mapping[str, str]) -> None:
        self._keep_draft(employer, values, self.photos.files)

    def _keep_draft(
        self, employer: bytes, values: Mapping[str, str], photos: Sequence[str]
    ) -> None:
        files = {_PHOTOS: "\n".join(photos)} if photos else {}
        name, draft = _draft_name(employer), Draft({**values, **files})
        # With the record its draft goes; none may be kept after it.
        if self._saving != employer:
            self._session.ask(self, lambda w: drafting.keep(w, name, draft), lambda _none: None)

    def _on_decided(self, decision: Decision) -> None:
        card = self.card.card
        if self._saving or card is None:
            return
        self._saving = decision.employer
        order, files, typed = decision.order(), self.photos.files, self.card.typed()

        def save(workspace: Workspace, _job: object) -> tuple[Visited, list[OrganizerError]]:
            draft = "" if order.corrects else _draft_name(order.employer)
            saved = recording.record_visit(workspace, order, draft=draft)
            return saved, keep_all(workspace, saved.visit, files)

        self._session.change(
            self,
            save,
            lambda done: self._on_saved(decision, card.name, *done),
            failed=lambda error: self._on_refused(decision, typed, files, error),
        )

    def _on_saved(
        self, decision: Decision, name: str, saved: Visited, lost: Sequence[OrganizerError]
    ) -> None:
        self._saving = None
        street, standing = self._street, self._street.door
        moved = standing is not None and standing.employer != decision.employer
        if self._wrong is not None and self._wrong[0] == decision.employer:
            self._wrong = None
        for error in lost:
            self._session.notices.present(error)
        if self._is_card_of(decision.employer):
            self.photos.clear()
            self.card.forget()
        street.model.show_lamps({decision.employer: saved.after})
        today = self._session.workspace.today
        if not moved and not self.card.expecting:
            street.doors.setFocus()
        more = street.note_visit(decision.employer, decision.outcome, today)
        word = outcome_words()[decision.outcome]
        told = _("{name}：{word}，已保存。").format(name=name, word=word)
        if not more:
            told = _("{name}：{word}，已保存。这里今天都走到了。").format(name=name, word=word)
        if not more and not moved:
            self._pressed.forget()
        self.offer_undo(told, saved.write, decision.employer)
        self._next_pressed()

    def _on_refused(
        self,
        decision: Decision,
        typed: Mapping[str, str],
        files: Sequence[str],
        error: BaseException,
    ) -> None:
        self._saving = None
        self._pressed.forget()
        if self._gone_from(decision.employer):
            # What was typed is kept, and waits at that door.
            if not decision.corrects:
                self._keep_draft(decision.employer, typed, files)
            self._session.notices.present(error)
            return
        self.card.keep()
        if not (isinstance(error, InvalidInput) and self.card.refuse(error)):
            self._session.notices.present(error)

    def _gone_from(self, employer: bytes) -> bool:
        """Whether one stands at another door by now, or its card is no longer in view."""
        door = self._street.door
        elsewhere = door is not None and door.employer != employer
        return elsewhere or not self._is_card_of(employer)

    def _is_card_of(self, employer: bytes) -> bool:
        return self.card.card is not None and self.card.card.employer == employer

    def offer_undo(self, told: str, write: bytes, employer: bytes | None) -> None:
        """Tell what was saved, with the way back to where one stood."""

        def undo() -> None:
            if employer is not None:
                self.wish.emit(employer)
            self._session.change(
                self,
                lambda workspace, _job: undoing.take_back(workspace, write),
                lambda _undone: self.say.emit(_("已撤销。")),
                failed=self._session.notices.present,
            )

        self.offer.emit(told, undo)

    def _on_added(self, wanted: NewUnit, added: Added) -> None:
        self.new_unit.clear()
        self.wish.emit(added.employer)
        self._leave_new()
        told = _("已新增“{name}”，算第一次走访。").format(name=wanted.name)
        if wanted.same:
            told = _("已给“{name}”记下这里的门，算一次走访。").format(name=wanted.name)
        self.offer_undo(told, added.write, added.employer)

    def _leave_new(self) -> None:
        self.setCurrentWidget(self.card if self._street.door else self._blank)
        self._street.doors.setFocus()
