"""The lines of the visit card: last time's answer greyed, 空格 confirms it, typing replaces it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from organizer.errors import InvalidInput
from organizer.i18n import _
from organizer.ui.survey.answer_editors import ChoiceAnswer, TextAnswer
from organizer.ui.survey.questions import Question
from organizer.ui.theme import Theme
from organizer.ui.widgets.plain import label, restyle

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SOURCE_KEY = Qt.Key.Key_F6
USUAL_SOURCE = "spoken"


@dataclass(frozen=True)
class Before:
    """The answer of last time, and where it came from (名单 06-12).

    `pending`: of an earlier round, or of a source that does not count in this one (待确认).
    """

    value: str
    origin: str = ""
    pending: bool = False


@dataclass(frozen=True)
class Sources:
    """The sources an answer may have, in the order in which the key goes through them."""

    codes: Sequence[str]
    word: Callable[[str], str]


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

    def __init__(self, theme: Theme, question: Question, sources: Sources | None = None) -> None:
        super().__init__()
        self.question = question
        self._theme = theme
        self._sources = sources
        self._source = ""
        self._before: Before | None = None
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
        if sources is not None:
            self._origin.installEventFilter(self)
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
        return self._before is not None and not self.isHidden()

    @property
    def source(self) -> str:
        """Where the answer was learnt, when not as the whole visit says; "" for that."""
        return self._source if self.value else ""

    def ask(self, before: Before | None, kept: str, source: str = "") -> None:
        """Ask anew: grey the answer from before, fill in what was kept unsaved."""
        self._before = before
        self._source = source
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
        """Enter walks, the space bar confirms, F6 changes the source, Esc leaves the card."""
        if watched is self._origin:
            if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
                self._next_source()
            return super().eventFilter(watched, event)
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
        elif event.key() == _SOURCE_KEY and self._sources is not None:
            self._next_source()
        elif event.key() == Qt.Key.Key_Space and self.editor.confirm():
            self.stepped.emit(1)
        else:
            return False
        return True

    def _next_source(self) -> None:
        """Of an answer that is given, the next source; each is one press away from the next."""
        if self._sources is None or not self.value:
            return
        codes = list(self._sources.codes)
        here = codes.index(self._source) if self._source in codes else 0
        self._source = codes[(here + 1) % len(codes)]
        self._mark()
        self.changed.emit()
        self.settled.emit()

    def _on_given(self) -> None:
        self._show_error("")
        self._mark()
        self.changed.emit()

    @property
    def _wrong(self) -> bool:
        return bool(self.editor.property("state") == "wrong")

    def _mark(self) -> None:
        given = bool(self.value) and not self._wrong
        before = self._before
        pending = before is not None and before.pending
        self._origin.setText(self._given_text() if given else _origin_text(before))
        restyle(self._origin, "kind", "done" if given else "pending" if pending else "mut")
        if not self._wrong:
            restyle(self.editor, "state", "" if given else "greyed")
        told = [_origin_text(before).replace("\n", " ")] if before else []
        if before and not given:
            told.append(_("按空格确认与上次相同"))
        if given and self._sources is not None:
            told.append(_("按 F6 换来源（口头、现场、花名册…）"))
        self.editor.setToolTip("\n".join(told))
        if not self._error.text():
            self.editor.setAccessibleDescription("\n".join(told))

    def _given_text(self) -> str:
        if self.question.told is not None and (told := self.question.told(self.value)):
            return told
        if self._source in ("", USUAL_SOURCE) or self._sources is None:
            return _("✓ 今天")
        return _("✓ {source}").format(source=self._sources.word(self._source))

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


def _origin_text(before: Before | None) -> str:
    if before is None:
        return ""
    return _("待确认\n{origin}").format(origin=before.origin) if before.pending else before.origin
