"""The visit card: what was promised, what was answered last time, what is answered now."""

from collections.abc import Mapping

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from organizer.domain.fact import Fact
from organizer.domain.visit import Outcome
from organizer.errors import InvalidInput
from organizer.i18n import _, listed
from organizer.services.employers import fact_checking
from organizer.services.survey.door_card import Card, Past
from organizer.services.workspace import Workspace
from organizer.ui.survey.answers import AnswerRow, Before, Sources
from organizer.ui.survey.card_parts import CardHead, OutcomeKeys
from organizer.ui.survey.decision import SOURCE_OF, Decision, as_typed
from organizer.ui.survey.folds import Fold, next_closed
from organizer.ui.survey.questions import ABOUT_VISIT, COMPANIONS, REMARK, Asking, Question
from organizer.ui.theme import Theme
from organizer.ui.widgets.drafts import PAUSE_MS
from organizer.ui.widgets.photo_strip import PhotoStrip
from organizer.ui.widgets.plain import button, label, row, scrolled

_PROMISE, _DUE = "promise", "promised_on"


class VisitCard(QFrame):
    """Shows a unit and gathers its answers; `decided` carries a `Decision`."""

    decided = Signal(object)
    new_wanted = Signal()
    left_card = Signal()
    kept = Signal(object, object)
    """What was typed and not saved for a unit, field by field."""
    dropped = Signal(object)
    """Files that were dragged here."""

    def __init__(self, theme: Theme, workspace: Workspace) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setAcceptDrops(True)
        self._theme = theme
        self._workspace = workspace
        self.card: Card | None = None
        self._past: Past | None = None
        self._kept: Mapping[str, str] = {}
        self._companions = ""
        self._unfold = False
        self.expecting = False
        """Whether the answers in view are for a unit that is still being looked up."""
        self._doubted: set[tuple[str, str]] = set()
        """What was asked about already."""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        asking = Asking(workspace)
        self._sources = Sources(asking.sources, asking.source_word)
        self.head = CardHead(theme)
        self._hint = label(_("与上次相同的，按空格逐项确认"), "hint")
        self._same = button(_("都没变"), self.confirm_all, kind="inline", name="confirm-all")
        self._same.setToolTip(_("把上次的回答逐项确认一遍 (Ctrl+D)；别的部门给的数不算"))
        self._settled = button("", self._show_settled, kind="inline", name="show-settled")
        self.rows = [self._row(question) for question in asking.core()]
        self.folds = [Fold(block, self._folded_row) for block in asking.blocks()]
        for fold in self.folds:
            fold.opened.connect(lambda at=fold: self._scroll_to(at))
        self.photos = PhotoStrip(theme)
        self._body = self._lay_out_body()
        keys = OutcomeKeys()
        self.buttons = keys.buttons
        self.more = keys.more
        keys.pressed.connect(self._press)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(8)
        for part in (self.head, self._body, self.photos, keys):
            layout.addWidget(part, 1 if part is self._body else 0)

    def show_card(self, card: Card, kept: Mapping[str, str], past: Past | None = None) -> None:
        """Show a unit; `kept` is what was typed before and not saved yet, `past` a visit to put right."""
        early = self.typed() if self.expecting else {}
        fresh = self.card is None or self.card.employer != card.employer or past != self._past
        self.flush()
        if not fresh:
            kept = self.typed()
        self.card, self._past = card, past
        self._kept = {**(as_typed(past) if past and fresh else kept), **early}
        self.head.show_unit(card, past, self._workspace.today)
        self._unfold = past is not None
        for answer in self.rows:
            self._ask(answer)
        for fold in self.folds:
            fields = {question.field for question in fold.block.questions}
            fold.show_known(len(fields & set(card.facts)))
            for answer in fold.rows:
                self._ask(answer)
            fold.set_open(bool(fields & set(self._kept) - {COMPANIONS}))
        self._show_asked()
        self._doubts()
        if fresh:
            self._doubted.clear()
            self._body.verticalScrollBar().setValue(0)
        if self.expecting:
            self.expecting = False
            self.head.show()
            if not early and self.isAncestorOf(self._focused()):
                self.focus_first()

    def expect(self) -> None:
        """Another unit's card is on its way: what is typed from now on is for that one."""
        if self.expecting:
            return
        self.flush()
        self.forget()
        self.expecting, self._kept = True, {}
        self.head.hide()
        for answer in self._all_rows():
            answer.ask(None, "")
        self._show_asked()

    def forget(self) -> None:
        """What was typed is saved: nothing of it is taken over to the next look at the unit."""
        self._companions = self._about(COMPANIONS)
        self.card = self._past = None

    @property
    def correcting(self) -> bool:
        """Whether a visit is being put right."""
        return self._past is not None

    def answers(self) -> dict[str, str]:
        """What is confirmed or typed and asked for, by field."""
        return {
            one.question.field: one.value
            for one in self._asked_rows()
            if one.value and one.question.field not in ABOUT_VISIT
        }

    def focus_first(self) -> None:
        """Put the cursor at the first answer that is not given yet."""
        shown = [answer for answer in self.rows if not answer.isHidden()]
        first = next((answer for answer in shown if not answer.value), shown[0])
        first.setFocus()
        self._body.ensureWidgetVisible(first)

    def unfold_next(self) -> None:
        """Open the next block of the rest of the form and go there."""
        fold = next_closed(self.folds)
        if fold is not None:
            fold.toggle()

    def _scroll_to(self, fold: Fold) -> None:
        """Show an opened block from its head on, as much of it as there is room for."""
        QTimer.singleShot(0, self, lambda: self._body.verticalScrollBar().setValue(fold.y()))

    def confirm_all(self) -> None:
        """Take every answer of last time over that is in view and not answered now."""
        for answer in self.rows:
            repeatable = self.card is not None and self.card.repeatable(answer.question.field)
            if repeatable and answer.known and not answer.value:
                answer.editor.confirm()

    def decide(self, outcome: str) -> None:
        """Say what was found at this door; numbers that cannot be are asked about once."""
        if self.card is None or self._asks_again():
            return
        answers = self.answers()
        about = {name: self._about(name) for name in ABOUT_VISIT}
        sources = {
            one.question.field: one.source
            for one in self._asked_rows()
            if one.source and one.question.field in answers
        }
        corrects = self._past.id if self._past else None
        decision = Decision(self.card.employer, outcome, answers, sources, about, corrects)
        self.decided.emit(decision)

    def refuse(self, error: InvalidInput) -> bool:
        """Show an error at its answer; False when it belongs to none of them."""
        for fold in self.folds:
            if any(question.field == error.field for question in fold.block.questions):
                fold.set_open(True)
        for answer in self._all_rows():
            if answer.question.field == error.field:
                answer.show()
                answer.refuse(error)
                answer.setFocus()
                self._body.ensureWidgetVisible(answer)
                return True
        return False

    def flush(self) -> None:
        """Keep what was typed a moment ago, if anything was."""
        if self._pause.isActive():
            self.keep()

    def keep(self) -> None:
        """Keep what is typed as a draft of this unit."""
        self._pause.stop()
        if self.card is not None and self._past is None:
            self.kept.emit(self.card.employer, self.typed())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Photos may be dragged here."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which files came."""
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.dropped.emit(files)

    def _row(self, question: Question) -> AnswerRow:
        sources = None if question.field in ABOUT_VISIT else self._sources
        answer = AnswerRow(self._theme, question, sources)
        answer.stepped.connect(lambda step: self._step(answer, step))
        answer.left_card.connect(self.left_card)
        answer.changed.connect(self._show_asked)
        answer.changed.connect(self._pause.start)
        answer.settled.connect(lambda: self._on_settled(answer))
        answer.done.connect(lambda: self.decide(Outcome.MET))
        return answer

    def _folded_row(self, question: Question) -> AnswerRow:
        answer = self._row(question)
        if self.card is not None:
            self._ask(answer)
        return answer

    def _ask(self, answer: AnswerRow) -> None:
        name = answer.question.field
        kept = self._kept.get(name, "")
        if name == COMPANIONS and not kept:
            kept = self._companions
        answer.ask(self._before(name), kept, self._kept.get(SOURCE_OF + name, ""))

    def _all_rows(self) -> list[AnswerRow]:
        return [*self.rows, *(answer for fold in self.folds for answer in fold.rows)]

    def _asked_rows(self) -> list[AnswerRow]:
        """The rows that count: not those of another union state. Folding changes nothing."""
        return [answer for answer in self._all_rows() if not answer.isHidden()]

    def typed(self) -> dict[str, str]:
        """All that would be lost: answers, sources, what was said of the visit."""
        rows = [one for one in self._asked_rows() if one.value]
        typed = {one.question.field: one.value for one in rows}
        typed |= {SOURCE_OF + one.question.field: one.source for one in rows if one.source}
        if typed.get(COMPANIONS) == self._companions:
            typed.pop(COMPANIONS, None)
        return typed

    def _focused(self) -> QWidget:
        return QApplication.focusWidget() or self

    def _about(self, name: str) -> str:
        found = next((one for one in self._all_rows() if one.question.field == name), None)
        if found is not None:
            return found.value
        return self._kept.get(name, "") or (self._companions if name == COMPANIONS else "")

    def _lay_out_body(self) -> QScrollArea:
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 4, 0)
        layout.setSpacing(4)
        layout.addLayout(row(self._hint, None, self._same))
        layout.addLayout(row(self._settled, None))
        for part in (*self.rows, *self.folds):
            layout.addWidget(part)
        layout.addStretch(1)
        return scrolled(inside)

    def _press(self, digit: str) -> None:
        if digit == Outcome.NEW:
            self.new_wanted.emit()
        else:
            self.decide(digit)

    def _step(self, answer: AnswerRow, step: int) -> None:
        shown = [one for one in self._asked_rows() if one.isVisibleTo(self)]
        place = shown.index(answer) + step
        if place >= len(shown):
            self.buttons[Outcome.MET].setFocus()
        elif place >= 0:
            shown[place].setFocus()
            self._body.ensureWidgetVisible(shown[place])

    def _on_settled(self, answer: AnswerRow) -> None:
        name = answer.question.field
        if answer.value and name not in ABOUT_VISIT:
            try:
                fact_checking.checked_facts(self._workspace, {name: answer.value})
            except InvalidInput as error:
                answer.refuse(error)
        self._doubts()
        self.keep()

    def _doubts(self) -> list[tuple[AnswerRow, tuple[str, str]]]:
        """Say at each answer what looks like a slip in it; these answers and what was said."""
        known = {name: fact.value for name, fact in self.card.facts.items()} if self.card else {}
        odd = fact_checking.doubts(self.answers(), known)
        found = []
        for answer in self._all_rows():
            sentence = odd.get(answer.question.field, "")
            answer.doubt(sentence)
            if sentence:
                found.append((answer, (answer.value, sentence)))
        return found

    def _asks_again(self) -> bool:
        """Whether something doubtful has to be looked at first; once is enough."""
        new = [(answer, said) for answer, said in self._doubts() if said not in self._doubted]
        self._doubted.update(said for _answer, said in new)
        if new:
            new[0][0].setFocus()
            self._body.ensureWidgetVisible(new[0][0])
        return bool(new)

    def _show_settled(self) -> None:
        self._unfold = True
        self._show_asked()
        self.focus_first()

    def _show_asked(self) -> None:
        """Ask only what fits the union state, and what this round has not confirmed yet."""
        state = self.rows[0].value or self._known("union_state")
        settled: list[str] = []
        for answer in self.rows:
            name = answer.question.field
            asked = answer.question.asked(state)
            if asked and not answer.value and self._is_settled(name):
                settled.append(answer.question.title)
                asked = self._unfold
            if name == _DUE:
                asked = any(
                    one.value for one in self.rows if one.question.field in (_PROMISE, _DUE)
                )
            answer.setVisible(asked)
        self._settled.setVisible(bool(settled) and not self._unfold)
        self._settled.setText(_("▸ 本批次已确认 {count} 项").format(count=len(settled)))
        self._settled.setToolTip(listed(settled))
        known = any(answer.known for answer in self.rows)
        self._hint.setVisible(known)
        self._same.setVisible(known)

    def _is_settled(self, name: str) -> bool:
        if self.card is None or name in (_PROMISE, _DUE, REMARK, "next_visit_on"):
            return False
        if name == "grid":
            return not any("grid" in lamp.missing for lamp in self.card.lamps)
        return self.card.confirmed(name)

    def _known(self, name: str) -> str:
        fact = self.card.facts.get(name) if self.card else None
        return fact.value if fact else ""

    def _before(self, name: str) -> Before | None:
        card = self.card
        fact = card.facts.get(name) if card else None
        if name == "responsible" and fact is None:
            return Before(self._workspace.account.name, _("本人"))
        if card is None or fact is None or name in (_PROMISE, _DUE):
            return None
        if name == "next_visit_on" and fact.value < self._workspace.today.isoformat():
            return None
        return Before(fact.value, self._origin(fact), not card.confirmed(name))

    def _origin(self, fact: Fact) -> str:
        day, year = fact.observed_on, str(self._workspace.today.year)
        shown = day[5:] if day[:4] == year else day[:7]
        return _("{source} {day}").format(source=self._sources.word(fact.source), day=shown)
