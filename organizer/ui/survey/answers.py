"""The lines of the visit card: last time's answer greyed, 空格 confirms it, typing replaces it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from organizer.errors import InvalidInput
from organizer.i18n import _
from organizer.ui.theme import Theme
from organizer.ui.widgets.plain import label, restyle

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LONGEST = 500


@dataclass(frozen=True)
class Question:
    """One thing asked at a door. `options` are code and word, chosen by their digit.

    Asked only while the union state is one of `states` (empty: always).
    """

    field: str
    title: str
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    states: frozenset[str] = frozenset()

    def asked(self, union_state: str) -> bool:
        """Whether it is asked of a unit with this union state."""
        return not self.states or union_state in self.states


@dataclass(frozen=True)
class Before:
    """The answer of last time, and where it came from (名单 06-12)."""

    value: str
    origin: str = ""


class TextAnswer(QLineEdit):
    """A line whose last answer stands greyed in it."""

    given = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._before = ""
        self.setMaxLength(_LONGEST)
        self.textEdited.connect(lambda _text: self.given.emit())

    @property
    def value(self) -> str:
        """What is answered now; empty when nothing was confirmed or typed."""
        return self.text().strip()

    def set_value(self, value: str) -> None:
        """Fill in an answer that was kept."""
        self.setText(value)

    def show_before(self, value: str, hint: str) -> None:
        """Grey the last answer, or the hint where there is none."""
        self._before = value
        self.setPlaceholderText(value or hint)

    def confirm(self) -> bool:
        """Take the last answer over; False when there is none or something is typed."""
        if not self._before or self.text():
            return False
        self.setText(self._before)
        self.given.emit()
        self.editingFinished.emit()
        return True


class ChoiceAnswer(QComboBox):
    """A short list: its digit picks, the last answer stands greyed."""

    given = Signal()

    def __init__(self, options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._codes = [code for code, _word in options]
        self._before = ""
        for number, (_code, word) in enumerate(options, start=1):
            self.addItem(f"{number} {word}")
        self.setCurrentIndex(-1)
        # Else the widest choice would set the width of the whole card.
        self.setMinimumContentsLength(4)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(lambda _index: self.given.emit())

    @property
    def value(self) -> str:
        """The code answered now; empty for none."""
        place = self.currentIndex()
        return self._codes[place] if place >= 0 else ""

    def set_value(self, value: str) -> None:
        """Fill in an answer that was kept."""
        self.setCurrentIndex(self._codes.index(value) if value in self._codes else -1)

    def show_before(self, value: str, hint: str) -> None:
        """Grey the last answer."""
        self._before = value if value in self._codes else ""
        known = self.itemText(self._codes.index(value)) if self._before else hint
        self.setPlaceholderText(known or " ")

    def confirm(self) -> bool:
        """Take the last answer over; False when there is none or something is chosen."""
        if not self._before or self.currentIndex() >= 0:
            return False
        self.set_value(self._before)
        self.given.emit()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses, Backspace empties, arrows open the list."""
        digit = event.text()
        if digit.isdigit() and 1 <= int(digit) <= len(self._codes):
            self.setCurrentIndex(int(digit) - 1)
            self.given.emit()
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.setCurrentIndex(-1)
            self.given.emit()
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.showPopup()
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling past must not change an answer."""
        event.ignore()


class AnswerRow(QWidget):
    """A question, its answer and where the last one came from; errors stand below."""

    changed = Signal()
    stepped = Signal(int)
    """Enter (+1) or Shift+Enter (-1)."""
    left_card = Signal()
    settled = Signal()
    """An answer was confirmed, chosen, or typed and left."""
    done = Signal()
    """Ctrl+Enter."""

    def __init__(self, theme: Theme, question: Question) -> None:
        super().__init__()
        self.question = question
        self._theme = theme
        self._origin_text = ""
        self.editor: TextAnswer | ChoiceAnswer = (
            ChoiceAnswer(question.options) if question.options else TextAnswer()
        )
        self.editor.setProperty("kind", "answer")
        self.editor.setObjectName(question.field)
        self.editor.setAccessibleName(question.title)
        self.editor.installEventFilter(self)
        self.editor.given.connect(self._on_given)
        if isinstance(self.editor, TextAnswer):
            self.editor.editingFinished.connect(self.settled)
        else:
            self.editor.given.connect(self.settled)
        self._title = label(question.title, "mut")
        self._title.setWordWrap(True)
        self._title.setBuddy(self.editor)
        self._origin = label("", "mut")
        self._origin.setWordWrap(True)
        self._error = label("", "error")
        self._error.hide()
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._title)
        line.addWidget(self.editor, 1)
        line.addWidget(self._origin)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(2)
        outer.addLayout(line)
        outer.addWidget(self._error)
        self.setFocusProxy(self.editor)
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def value(self) -> str:
        """What is answered now."""
        return self.editor.value

    @property
    def known(self) -> bool:
        """Whether there is an answer from before to confirm."""
        return bool(self._origin_text) and not self.isHidden()

    def ask(self, before: Before | None, kept: str) -> None:
        """Ask anew: grey the answer from before, fill in what was kept unsaved."""
        self._origin_text = before.origin if before else ""
        self.editor.show_before(before.value if before else "", self.question.hint)
        self.editor.set_value(kept)
        self._show_error("")
        self._mark()

    def refuse(self, error: InvalidInput) -> None:
        """Show what is wrong at this answer."""
        self._show_error(error.sentence())
        self._mark()

    def doubt(self, sentence: str) -> None:
        """Show what should be looked at although the answer is accepted; "" when nothing is."""
        if self._wrong or self._error.text() == sentence:
            return
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        restyle(self._error, "kind", "doubt")
        self.editor.setAccessibleDescription(sentence)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter walks, the space bar confirms, Esc leaves the card."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusIn:
            self._mark()
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        command = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in _ENTER and command:
            self.done.emit()
        elif event.key() in _ENTER:
            self.stepped.emit(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.left_card.emit()
        elif event.key() == Qt.Key.Key_Space and self.editor.confirm():
            self.stepped.emit(1)
        else:
            return False
        return True

    def _on_given(self) -> None:
        self._show_error("")
        self._mark()
        self.changed.emit()

    @property
    def _wrong(self) -> bool:
        return bool(self.editor.property("state") == "wrong")

    def _mark(self) -> None:
        given = bool(self.value) and not self._wrong
        self._origin.setText(_("✓ 今天") if given else self._origin_text)
        restyle(self._origin, "kind", "done" if given else "mut")
        if not self._wrong:
            restyle(self.editor, "state", "" if given else "greyed")
        told = [self._origin_text] if self._origin_text else []
        if self._origin_text and not given:
            told.append(_("按空格确认与上次相同"))
        self.editor.setToolTip("\n".join(told))
        if not self._error.text():
            self.editor.setAccessibleDescription("\n".join(told))

    def _show_error(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        restyle(self._error, "kind", "error")
        restyle(self.editor, "state", "wrong" if sentence else "" if self.value else "greyed")
        if sentence:
            self.editor.setAccessibleDescription(sentence)

    def _fit(self) -> None:
        self._title.setFixedWidth(self._theme.px(76))
        self._origin.setFixedWidth(self._theme.px(72))


def questions(
    labels: Mapping[str, str], lists: Mapping[str, Sequence[tuple[str, str]]]
) -> tuple[Question, ...]:
    """What is asked, in the order of a talk at the door.

    Who has a union tells its name and members; who has none tells whether they want one.
    """
    own, with_union, without = frozenset("1"), frozenset("12"), frozenset(("", *"34567"))
    willing = (("yes", _("愿意")), ("no", _("暂不愿意")))
    day = _("如 +30 或 2026-12-05")

    def ask(
        field: str,
        options: Sequence[tuple[str, str]] = (),
        hint: str = "",
        states: frozenset[str] = frozenset(),
    ) -> Question:
        return Question(field, labels[field], tuple(options), hint, states)

    promise = Question("promise", _("这次答应的事"))
    return (
        ask("union_state", lists["union_state"], _("按数字选")),
        ask("union_name", states=with_union),
        ask("union_founded_on", hint=_("如 2024-05-01"), states=own),
        ask("member_count", states=with_union),
        ask("registered_members", states=with_union),
        ask("staff_total"),
        ask("staff_women"),
        ask("staff_migrant"),
        ask("staff_new_form"),
        ask("employer_willing", willing, states=without),
        ask("staff_willing", willing, states=without),
        ask("no_union_reason", lists["no_union_reason"], _("按数字选"), states=without),
        ask("responsible"),
        ask("next_visit_on", hint=day),
        ask("grid"),
        promise,
    )
