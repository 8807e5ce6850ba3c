"""What an answer is typed or chosen in: last time's stands greyed until it is confirmed or replaced."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit

from organizer.ui.widgets.fields import keep_to_one_line

_LONGEST = 500


class TextAnswer(QLineEdit):
    """A line whose last answer stands greyed in it."""

    given = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._before = ""
        keep_to_one_line(self, _LONGEST)
        self.textEdited.connect(lambda _text: self.given.emit())

    @property
    def value(self) -> str:
        """What is answered now; empty when nothing was confirmed or typed."""
        return self.text().strip()

    def set_value(self, value: str) -> None:
        """Fill in an answer that was kept; of one that stands here already the cursor stays."""
        if value != self.value:
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
