"""A field for a code list: a digit takes from the short list, letters and hanzi filter all of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent

from organizer.errors import InvalidInput
from organizer.ui.theme import Theme
from organizer.ui.widgets.picker import Choice, ChoiceField

_DIGITS = "123456789"


@dataclass(frozen=True)
class Code:
    """One entry: code, label, and the letters under which it is found; `first` in the short list."""

    code: str
    label: str
    brief: str = ""
    letters: tuple[str, ...] = ()
    first: bool = True


class CodeField(ChoiceField):
    """Takes one code; `value` is the code, "" for none. Empty is allowed and left open."""

    def __init__(self, theme: Theme, name: str, title: str) -> None:
        super().__init__(theme, name, title)
        self.value = ""
        self._codes: tuple[Code, ...] = ()
        self._title_text = title

    def set_codes(self, codes: Sequence[Code]) -> None:
        """What can be taken, in the order it is offered; the first nine have a digit."""
        self._codes = tuple(codes)

    def set_code(self, code: str) -> None:
        """Fill in a code without counting it as picked; an unknown one leaves the field empty."""
        found = next((one for one in self._codes if one.code == code), None)
        self.set_choice(found.code if found else "", found.label if found else "")

    def open_list(self) -> None:
        """The short list, or what the typed text leaves of the whole."""
        fitting = self._fitting(self.text if not self.value else "")
        self.popup.offer(
            [self._choice(one) for one in fitting], first=bool(self.text), taken=self.value
        )

    def typed(self, text: str) -> None:
        """Filter; an emptied field shows the short list again."""
        self.value = ""
        self.open_list()

    def key_pressed(self, event: QKeyEvent) -> bool:
        """A digit takes its entry and goes on."""
        digit = event.text()
        over = bool(self.value) or not self.line.text() or self.line.hasSelectedText()
        if over and digit and digit in _DIGITS and not event.modifiers() & _COMMANDS:
            first = self._fitting("")
            if int(digit) <= len(first):
                self.take(self._choice(first[int(digit) - 1]))
                self.go_on()
            return True
        return super().key_pressed(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The short list opens when one comes by key; an unknown word is refused when one goes."""
        handled = super().eventFilter(watched, event)
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusIn:
            if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
                QTimer.singleShot(0, self.line, self._open_if_here)
        elif event.type() == QEvent.Type.FocusOut:
            self._settle()
        return handled

    def problem(self) -> InvalidInput | None:
        """What is wrong with the text as it stands: a word that is on no list."""
        if not self.text or self.value:
            return None
        return InvalidInput(
            "codelist.unknown", field=self.name, value=self.text, list=self._title_text
        )

    def _open_if_here(self) -> None:
        if self.line.hasFocus():
            self.open_list()

    def _settle(self) -> None:
        """A word written out counts as picked."""
        if self.text and not self.value:
            exact = [one for one in self._codes if self.text in (one.label, one.brief, one.code)]
            if exact:
                self.take(self._choice(exact[0]))
            elif problem := self.problem():
                self.refuse(problem)

    def _fitting(self, text: str) -> list[Code]:
        if not text:
            return [one for one in self._codes if one.first]
        typed = text.lower()
        return [
            one
            for one in self._codes
            if typed in one.label or any(word.startswith(typed) for word in one.letters)
        ]

    def _choice(self, code: Code) -> Choice:
        first = self._fitting("")
        place = first.index(code) if code in first else len(_DIGITS)
        key = _DIGITS[place] if place < len(_DIGITS) else " "
        return Choice(code.code, code.label, "", key)


_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
