"""The right half of 建会: the founding in view and the form of one act, each leading to the next."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from organizer.domain import access
from organizer.domain.access import Permission
from organizer.domain.founding import APPROVED, CHAIR, ELECTED, GROUPED, LEADER
from organizer.i18n import _
from organizer.services.unions import founding_card, founding_finish, founding_votes
from organizer.services.unions.founding_card import FoundingCard, StepLine
from organizer.services.unions.founding_finish import FinishOrder, Founded
from organizer.ui.session import Session
from organizer.ui.unions.founding_forms import (
    BeginForm,
    FinishForm,
    FoundingForm,
    GiveUpForm,
    StepForm,
)
from organizer.ui.unions.founding_meeting import MeetingForm
from organizer.ui.unions.founding_people import CandidateForm
from organizer.ui.unions.founding_prints import FoundingPrints
from organizer.ui.unions.founding_view import FoundingView
from organizer.ui.widgets.keybutton import KeyButton

_AFTER = {LEADER: "22", CHAIR: "3"}
"""Whom one mostly enters next: after the head the members."""


class FoundingPanel(QWidget):
    """Shows one founding at a time; `done` carries what was done in words and the step to take back."""

    say = Signal(str)
    done = Signal(str, bytes)
    begun = Signal(bytes)
    opened = Signal()
    """A form came into view."""
    left = Signal()
    """The last form was left with no founding behind it."""

    def __init__(self, session: Session, acts: Mapping[str, KeyButton]) -> None:
        super().__init__()
        self.session = session
        self.card: FoundingCard | None = None
        self.wanted: bytes | None = None
        self._hints = ""
        self._acts = acts
        self.prints = FoundingPrints(session, self, self._on_printed)
        self.begin_form = BeginForm(session)
        self.step_form = StepForm(session)
        self.people_form = CandidateForm(session)
        self.finish_form = FinishForm(session)
        self.give_up_form = GiveUpForm(session)
        self.view = FoundingView(session, list(acts.values()))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        for form in (
            self.begin_form, self.step_form, self.people_form, self.finish_form, self.give_up_form,
        ):  # fmt: skip
            self._add(form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.view.step_opened.connect(self.open_step)
        self.view.person_opened.connect(self.open_person)

    @property
    def form(self) -> FoundingForm | None:
        """The form in view."""
        current = self._stack.currentWidget()
        return current if isinstance(current, FoundingForm) else None

    @property
    def step(self) -> StepLine | None:
        """The step under the cursor."""
        return self.view.steps.current

    def show_founding(self, founding: bytes, *, focus: bool = False, hints: str = "") -> None:
        """Ask for a founding and show it; with `focus` the cursor goes to its next step."""
        if founding != self.wanted:
            self._hints = ""
        self.wanted, self._hints = founding, hints or self._hints
        self.session.ask(
            self,
            lambda workspace: founding_card.card(workspace, founding),
            lambda card: self._show(card, focus=focus),
            key="" if focus else "foundings.card",
        )

    def run(self, act: str) -> None:
        """Do an act on the founding in view."""
        doing: dict[str, Callable[[], object]] = {
            "new": lambda: self.begin(None, ""),
            "step": lambda: self.open_step(self.step.code if self.step else ""),
            "people": lambda: self.open_person(None),
            "meeting": lambda: self.open_step(ELECTED),
            "finish": self.finish,
            "give_up": self.give_up,
            "drop": self.drop,
            "print": self._print,
            "papers": lambda: self.prints.choose(self.card, self._acts["papers"]),
        }
        if self.form is None and (self.card is not None or act == "new"):
            doing[act]()

    def begin(self, unit: bytes | None, name: str) -> None:
        """Ask about a new founding, at this unit when it is known."""
        if self._may(Permission.SURVEY):
            self._open(self.begin_form)
            self.begin_form.begin(unit, name)

    def open_step(self, code: str) -> None:
        """The form of a step; the election has one of its own."""
        card = self._changeable
        if card is None:
            return
        if code == ELECTED:
            form = MeetingForm(self.session, card)
            self._add(form)
            self._open(form)
            form.begin()
            return
        step = next((one for one in card.steps if one.code == code), None)
        if step is not None:
            self._open(self.step_form)
            self.step_form.begin(card, step)

    def open_person(self, row: bytes | None) -> None:
        """Enter somebody new, or change what was entered of one."""
        card = self._changeable
        if card is None:
            return
        one = next((who for who in card.candidates if who.id == row), None)
        at_group = self.step is not None and self.step.code == GROUPED
        self._open(self.people_form)
        role = LEADER if at_group and not card.candidates else ""
        self.people_form.begin(card, one, role)

    def finish(self) -> None:
        """Ask what the approval says, with what is known of it."""
        card = self.card
        if card is None or not card.is_open or not self._may(Permission.REVIEW):
            return
        row = card.id

        def proposed(order: FinishOrder) -> None:
            if self.card is not None and self.card.id == row:
                self._open(self.finish_form)
                self.finish_form.begin(self.card, order)

        self.session.ask(
            self,
            lambda workspace: founding_finish.proposed(workspace, row),
            proposed,
            key="foundings.proposed",
        )

    def give_up(self) -> None:
        """Ask why there will be no union."""
        card = self._changeable
        if card is not None and card.is_open:
            self._open(self.give_up_form)
            self.give_up_form.begin(card)

    def drop(self) -> None:
        """Who is chosen in the list of people stands no more."""
        one, card = self.view.person, self._changeable
        if one is None or card is None:
            return
        self.session.change(
            self,
            lambda workspace, _job: founding_votes.drop(workspace, card.id, one.id),
            lambda told: self.done.emit(_("已去掉{name}。").format(name=one.name), told.write),
            failed=self.session.notices.present,
        )

    def leave_form(self) -> None:
        """Back to the founding in view."""
        form = self.form
        self._stack.setCurrentWidget(self.view)
        if isinstance(form, MeetingForm):
            self._stack.removeWidget(form)
            form.deleteLater()
        if self.card is None:
            self.left.emit()
        else:
            self.view.steps.setFocus()

    @property
    def _changeable(self) -> FoundingCard | None:
        card = self.card
        live = card is not None and not card.given_up_on and self._may(Permission.SURVEY)
        return card if live else None

    def _may(self, permission: Permission) -> bool:
        return access.grants(self.session.workspace.account.role, permission)

    def _print(self) -> None:
        step, card = self.step, self.card
        if card is not None and step is not None and step.papers:
            self.prints.print_paper(card, step.papers[0][0])
        else:
            self.prints.choose(card, self._acts["papers"])

    def _on_printed(self, said: str) -> None:
        """A print is a step of its paper: what was missing is there."""
        self.say.emit(said)
        self.session.touched.emit()

    def _show(self, card: FoundingCard, *, focus: bool) -> None:
        if card.id != self.wanted:
            return
        self.card = card
        survey, review = self._may(Permission.SURVEY), self._may(Permission.REVIEW)
        live, prints = survey and not card.given_up_on, self._may(Permission.PRINT)
        shown = {
            "step": live, "people": live, "meeting": live, "finish": card.is_open and review,
            "print": prints, "papers": prints, "give_up": card.is_open and live, "new": survey,
        }  # fmt: skip
        for act, visible in shown.items():
            self._acts[act].setVisible(visible)
        self.view.show_card(card, self._hints)
        if focus and self.form is None:
            self.view.steps.setFocus()

    def _add(self, form: FoundingForm) -> None:
        self._stack.addWidget(form)
        form.done.connect(partial(self._on_done, form))
        form.left.connect(self.leave_form)

    def _open(self, form: FoundingForm) -> None:
        self._stack.setCurrentWidget(form)
        self.opened.emit()

    def _on_done(self, form: FoundingForm, said: str) -> None:
        result = form.result
        if result is None:
            return
        self._hints = form.hints
        self.done.emit(said, result.write)
        if form is self.people_form and self.people_form.candidate is None:
            self._go_on(self.people_form)
            return
        approved = form is self.step_form and self.step_form.is_told(APPROVED)
        self.leave_form()
        if isinstance(result, Founded) or result.founding == self.wanted:
            if self.wanted is not None:
                self.show_founding(self.wanted, focus=True, hints=form.hints)
        else:
            self.begun.emit(result.founding)
            self.show_founding(result.founding, focus=True, hints=form.hints)
        if approved:
            self.finish()

    def _go_on(self, form: CandidateForm) -> None:
        """The form stays for the next one."""
        if self.card is not None:
            role = _AFTER.get(form.role.value, form.role.value)
            form.begin(self.card, None, role)
            form.tell(form.hints)
