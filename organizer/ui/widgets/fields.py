"""Form fields: a label, a line to type in, a hint, and an error that says what to do."""

import re

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QValidator
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from organizer.errors import InvalidInput
from organizer.ui.widgets.plain import label, restyle

LONGEST_TYPED = 2000
_BREAKS = re.compile(r"[\r\n\t\v\f\x85\u2028\u2029]+")


class _OneLine(QValidator):
    """What is pasted from cells or pages becomes one line: a break between words is a blank."""

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        if _BREAKS.search(text) is not None:
            # The break at the end of a copied cell is none of its text.
            before = _BREAKS.sub(" ", text[:place])
            text = _BREAKS.sub(" ", text).rstrip(" ")
            place = min(len(before), len(text))
        return QValidator.State.Acceptable, text, place


def keep_to_one_line(line: QLineEdit, longest: int = LONGEST_TYPED) -> None:
    """Take pasted text as one line of at most so many characters."""
    line.setMaxLength(longest)
    line.setValidator(_OneLine(line))


class Field(QWidget):
    """One line with its label above and its hint or error below.

    Enter moves to the next field, Shift+Enter back. `left` is emitted with the text when the field is
    left after a change; `edited` while typing.
    """

    edited = Signal(str)
    left = Signal(str)
    entered = Signal()

    def __init__(
        self,
        name: str,
        title: str,
        *,
        hint: str = "",
        secret: bool = False,
        editor: QLineEdit | None = None,
    ) -> None:
        super().__init__()
        self.name = name
        self._hint = hint
        self._told = ""
        self.line = editor or QLineEdit()
        self.line.setObjectName(name)
        self.line.setAccessibleName(title)
        keep_to_one_line(self.line)
        if secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self._title = label(title, "label")
        self._title.setBuddy(self.line)
        self._below = label(hint, "hint")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for part in (self._title, self.line, self._below):
            layout.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._on_edited)
        self.line.editingFinished.connect(self._on_left)
        self.line.installEventFilter(self)

    @property
    def text(self) -> str:
        """What is typed, without blanks at the ends."""
        return self.line.text().strip()

    def bare(self) -> None:
        """Show the line alone, for a row of filters; the title stands in it while it is empty."""
        self.line.setPlaceholderText(self._title.text())
        self.line.setToolTip(self._title.text())
        self._title.hide()
        self._below.hide()

    def rename(self, title: str) -> None:
        """Ask for something else in the same place."""
        self._title.setText(title)
        self.line.setAccessibleName(title)

    def set_text(self, text: str) -> None:
        """Fill the field without counting it as typed."""
        self.line.setText(text)
        self._told = text.strip()

    def say(self, sentence: str) -> None:
        """Show a remark below the field in place of the hint."""
        self._show(sentence or self._hint, "hint", "")

    def doubt(self, sentence: str) -> None:
        """Show what should be looked at although the text is accepted."""
        self._show(sentence, "doubt", "")

    def refuse(self, error: InvalidInput) -> None:
        """Show what is wrong and what to do, at the field."""
        self._show(error.sentence(), "error", "wrong")

    def clear_error(self) -> None:
        """Back to the hint."""
        self._show(self._hint, "hint", "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter walks through the fields."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if plain and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.focusPreviousChild()
                return True
            if plain and event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            ):
                self._on_left()
                before = self.line.property("state")
                self.entered.emit()
                # Whoever listened may have led elsewhere, or keeps the cursor here with an error.
                if self.line.hasFocus() and self.line.property("state") == before:
                    self.focusNextChild()
                return True
        elif isinstance(event, QFocusEvent) and event.lostFocus() and _for_good(event):
            # Of a name longer than the line the beginning is to be seen.
            self.line.home(False)
        return super().eventFilter(watched, event)

    def _show(self, sentence: str, kind: str, state: str) -> None:
        self._below.setText(sentence)
        restyle(self._below, "kind", kind)
        restyle(self.line, "state", state)
        self.line.setAccessibleDescription(sentence)

    def _on_edited(self, text: str) -> None:
        self.clear_error()
        self.edited.emit(text)

    def _on_left(self) -> None:
        if self.text != self._told:
            self._told = self.text
            self.left.emit(self.text)


def _for_good(event: QFocusEvent) -> bool:
    """Whether the cursor went to another field, not to another window or a list of suggestions."""
    passing = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
    return event.reason() not in passing
