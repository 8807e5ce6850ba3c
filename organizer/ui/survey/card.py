"""The visit card: what was promised, what was answered last time, what is answered now."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from organizer import resources
from organizer.domain.fact import Fact, larger_than_whole
from organizer.domain.visit import Outcome
from organizer.errors import InvalidInput
from organizer.i18n import _, listed
from organizer.services import survey
from organizer.services.walking import Card
from organizer.services.workspace import Workspace
from organizer.ui.survey.answers import AnswerRow, Before, Question, questions
from organizer.ui.survey.doors import outcome_words
from organizer.ui.theme import Theme
from organizer.ui.widgets.drafts import PAUSE_MS
from organizer.ui.widgets.lamps import Lamps
from organizer.ui.widgets.plain import label, row

REMARK = "remark"
_ASKED_LISTS = ("union_state", "no_union_reason")


@dataclass(frozen=True)
class Decision:
    """What was found at a door: the outcome's digit, the answers given, a remark."""

    employer: bytes
    outcome: str
    answers: Mapping[str, str]
    remark: str


class VisitCard(QFrame):
    """Shows a unit and gathers its answers; `decided` carries a `Decision`."""

    decided = Signal(object)
    new_wanted = Signal()
    left_card = Signal()
    kept = Signal(object, object)
    """What was typed and not saved for a unit, field by field."""

    def __init__(self, theme: Theme, workspace: Workspace) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._workspace = workspace
        self.card: Card | None = None
        self._doubted: set[tuple[str, ...]] = set()
        """What was asked about already."""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        self._name = label("", "head")
        self._name.setWordWrap(True)
        self._where = label("", "mut")
        self._lamps = Lamps(theme)
        self._visits = label("", "mut")
        self._promise = label("", "warn")
        self._hint = label(_("与上次相同的，按空格逐项确认"), "hint")
        self.rows = [AnswerRow(theme, question) for question in self._questions()]
        self._body = self._lay_out_body()
        self.buttons: dict[str, QPushButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self._name)
        layout.addWidget(self._where)
        layout.addLayout(row(self._lamps, None, self._visits))
        layout.addWidget(self._body, 1)
        layout.addWidget(self._outcomes())
        for answer in self.rows:
            answer.stepped.connect(lambda step, at=answer: self._step(at, step))
            answer.left_card.connect(self.left_card)
            answer.changed.connect(self._show_asked)
            answer.changed.connect(self._pause.start)
            answer.settled.connect(lambda at=answer: self._on_settled(at))
            answer.done.connect(lambda: self.decide(Outcome.MET))

    def show_card(self, card: Card, kept: Mapping[str, str]) -> None:
        """Show a unit; `kept` is what was typed before and not saved yet."""
        fresh = self.card is None or self.card.employer != card.employer
        if self._pause.isActive():
            self.keep()
        if not fresh:
            kept = self.answers()
        self.card = card
        self._name.setText(card.name)
        self._where.setText(card.where)
        self._lamps.show_lamps(card.lamps)
        count = _("第 {count} 次上门").format(count=card.visits + 1)
        self._visits.setText(count if card.visits else _("还没有来过"))
        promise = card.facts.get("promise")
        self._promise.setVisible(promise is not None)
        if promise is not None:
            said = _("上次答应的事：{promise}（{day}）")
            self._promise.setText(said.format(promise=promise.value, day=promise.observed_on[5:]))
        for answer in self.rows:
            field = answer.question.field
            answer.ask(self._before(card, field), kept.get(field, ""))
        self._show_gaps(card)
        self._show_asked()
        self._doubts()
        if fresh:
            self._doubted.clear()
            self._body.verticalScrollBar().setValue(0)

    def forget(self) -> None:
        """What was typed is saved: nothing of it is taken over to the next look at the unit."""
        self.card = None

    def answers(self) -> dict[str, str]:
        """What is confirmed or typed and asked for, by field."""
        return {r.question.field: r.value for r in self.rows if r.value and not r.isHidden()}

    def focus_first(self) -> None:
        """Put the cursor at the first answer that is not given yet."""
        shown = [answer for answer in self.rows if not answer.isHidden()]
        first = next((answer for answer in shown if not answer.value), shown[0])
        first.setFocus()
        self._body.ensureWidgetVisible(first)

    def decide(self, outcome: str) -> None:
        """Say what was found at this door; numbers that cannot be are asked about once."""
        if self.card is not None and not self._asks_again():
            answers = self.answers()
            remark = answers.pop(REMARK, "")
            self.decided.emit(Decision(self.card.employer, outcome, answers, remark))

    def refuse(self, error: InvalidInput) -> bool:
        """Show an error at its answer; False when it belongs to none of them."""
        for answer in self.rows:
            if answer.question.field == error.field:
                answer.show()
                answer.refuse(error)
                answer.setFocus()
                self._body.ensureWidgetVisible(answer)
                return True
        return False

    def _questions(self) -> tuple[Question, ...]:
        labels = resources.toml("texts", "fields.toml")["fact"]
        lists = {
            name: [(entry.code, entry.brief) for entry in self._workspace.codes(name).short_list()]
            for name in _ASKED_LISTS
        }
        return (*questions(labels, lists), Question(REMARK, _("本次备注")))

    def _lay_out_body(self) -> QScrollArea:
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 4, 0)
        layout.setSpacing(4)
        layout.addWidget(self._promise)
        layout.addWidget(self._hint)
        for answer in self.rows:
            layout.addWidget(answer)
        layout.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def _outcomes(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        for number, (digit, word) in enumerate(outcome_words().items()):
            made = QPushButton(f"{digit} {word}")
            made.setObjectName(f"outcome-{digit}")
            made.setAccessibleName(word)
            # Enter presses it as well.
            made.setAutoDefault(True)
            made.setProperty("kind", "primary" if digit == Outcome.MET else "choice")
            keys = "Ctrl+Enter" if digit == Outcome.MET else f"Ctrl+{digit}"
            tip = _("{word}：在门的列表里按 {digit}，填写时按 {keys}")
            made.setToolTip(tip.format(word=word, digit=digit, keys=keys))
            made.clicked.connect(lambda _checked=False, chosen=digit: self._press(chosen))
            grid.addWidget(made, number // 4, number % 4)
            self.buttons[digit] = made
        return holder

    def _press(self, digit: str) -> None:
        if digit == Outcome.NEW:
            self.new_wanted.emit()
        else:
            self.decide(digit)

    def _step(self, answer: AnswerRow, step: int) -> None:
        shown = [one for one in self.rows if not one.isHidden()]
        place = shown.index(answer) + step
        if place >= len(shown):
            self.buttons[Outcome.MET].setFocus()
        elif place >= 0:
            shown[place].setFocus()
            self._body.ensureWidgetVisible(shown[place])

    def keep(self) -> None:
        """Keep what is typed as a draft of this unit."""
        self._pause.stop()
        if self.card is not None:
            self.kept.emit(self.card.employer, self.answers())

    def _on_settled(self, answer: AnswerRow) -> None:
        field = answer.question.field
        if answer.value and field != REMARK:
            try:
                survey.checked_facts(self._workspace, {field: answer.value})
            except InvalidInput as error:
                answer.refuse(error)
        self._doubts()
        self.keep()

    def _doubts(self) -> list[tuple[AnswerRow, tuple[str, ...]]]:
        """Say at each answer that it is larger than its whole; these answers and their numbers."""
        known = {name: fact.value for name, fact in self.card.facts.items()} if self.card else {}
        answers = self.answers()
        odd = larger_than_whole(answers, known)
        found: list[tuple[AnswerRow, tuple[str, ...]]] = []
        titles = {answer.question.field: answer.question.title for answer in self.rows}
        for answer in self.rows:
            field, sentence = answer.question.field, ""
            if whole := odd.get(field):
                count = answers.get(whole) or known[whole]
                sentence = _("比{whole}（{count}）还多。写错了请改；没写错，再保存一次就行。")
                sentence = sentence.format(whole=titles[whole], count=count)
                found.append((answer, (field, answers[field], count)))
            answer.doubt(sentence)
        return found

    def _asks_again(self) -> bool:
        """Whether something doubtful has to be looked at first; once is enough."""
        new = [(answer, said) for answer, said in self._doubts() if said not in self._doubted]
        self._doubted.update(said for _answer, said in new)
        if new:
            new[0][0].setFocus()
            self._body.ensureWidgetVisible(new[0][0])
        return bool(new)

    def _show_asked(self) -> None:
        """Ask only what fits the union state that is answered, or was last time."""
        first = self.rows[0]
        known = self.card.facts.get("union_state") if self.card else None
        state = first.value or (known.value if known else "")
        for answer in self.rows:
            answer.setVisible(answer.question.asked(state))
        self._hint.setVisible(any(answer.known for answer in self.rows))

    def _show_gaps(self, card: Card) -> None:
        labels = resources.toml("texts", "fields.toml")["fact"]
        gaps = [
            _("{letter}：差{names}").format(
                letter=lamp.rule.letter,
                names=listed(labels.get(name, name) for name in lamp.missing),
            )
            for lamp in card.lamps
            if lamp.missing
        ]
        self._lamps.setToolTip("\n".join(gaps))

    def _before(self, card: Card, field: str) -> Before | None:
        fact = card.facts.get(field)
        if field == "responsible" and fact is None:
            return Before(self._workspace.account.name, _("本人"))
        if fact is None or (field == "next_visit_on" and fact.value < self._today):
            return None
        return Before(fact.value, self._origin(card, fact))

    @property
    def _today(self) -> str:
        return self._workspace.today.isoformat()

    def _origin(self, card: Card, fact: Fact) -> str:
        source = self._workspace.codes("fact_source").entry(fact.source).brief
        day = fact.observed_on
        return f"{source} {day[5:] if day[:4] == self._today[:4] else day[:7]}"
