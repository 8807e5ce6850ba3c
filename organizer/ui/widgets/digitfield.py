"""A field for one box of a paper: a digit says what it means and leads on by itself."""

from collections.abc import Mapping

from PySide6.QtCore import Signal

from organizer.errors import InvalidInput
from organizer.i18n import _
from organizer.ui.widgets.fields import Field


class DigitField(Field):
    """Takes a code by its digits; `value` is the code, "" for none. Empty is left open."""

    taken = Signal(str)
    """The digit that was taken; the cursor may be led on from here."""

    def __init__(self, name: str, title: str, digits: Mapping[str, tuple[str, str]]) -> None:
        super().__init__(name, title)
        self._digits = digits
        self.line.setMaxLength(max(map(len, digits)))
        choices = _("　").join(f"{digit} {words}" for digit, (_code, words) in digits.items())
        self.line.setToolTip(choices)
        self.line.setPlaceholderText(_("{first}–{last}").format(
            first=next(iter(digits)), last=list(digits)[-1]
        ))  # fmt: skip
        self.edited.connect(self._on_digit)

    @property
    def value(self) -> str:
        """The code of the digit as typed."""
        return self._digits[self.text][0] if self.text in self._digits else ""

    def set_text(self, text: str) -> None:
        """Fill in a digit without counting it as typed; its words stand below."""
        super().set_text(text)
        self._say_words()

    def problem(self) -> InvalidInput | None:
        """What is wrong with the text: a digit that means nothing."""
        if not self.text or self.text in self._digits:
            return None
        return InvalidInput("sheet.no_digit", field=self.name, value=self.text,
                            first=next(iter(self._digits)), last=list(self._digits)[-1])  # fmt: skip

    def _on_digit(self, text: str) -> None:
        self._say_words()
        problem = self.problem()
        if problem is not None:
            self.refuse(problem)
            self.line.selectAll()
        elif text and not any(other != text and other.startswith(text) for other in self._digits):
            self.taken.emit(text)

    def _say_words(self) -> None:
        self.say(self._digits[self.text][1] if self.text in self._digits else "")
