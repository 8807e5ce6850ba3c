"""The upper and the lower end of the visit card: whose door it is, and the keys that end the visit."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from organizer import i18n
from organizer.domain.visit import Outcome
from organizer.i18n import _
from organizer.services.employers import fact_checking
from organizer.services.survey.door_card import Card, Past, Promised
from organizer.ui.survey.doors import outcome_words
from organizer.ui.theme import Theme
from organizer.ui.widgets.lamps import Lamps
from organizer.ui.widgets.plain import label, row


class CardHead(QWidget):
    """What was promised, the unit's name and place, its lamps."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.promised = label("", "warn")
        self._correcting = label("", "info")
        self._name = label("", "head")
        self._name.setWordWrap(True)
        self._where = label("", "mut")
        self._lamps = Lamps(theme)
        self._visits = label("", "mut")
        self._visits.setWordWrap(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (self.promised, self._correcting, self._name, self._where):
            layout.addWidget(part)
        layout.addLayout(row(self._lamps, None, self._visits))

    def show_unit(self, card: Card, past: Past | None, today: date) -> None:
        """Show whose door it is; what was promised there comes first."""
        self._name.setText(card.name)
        self._where.setText(card.where)
        self._lamps.show_lamps(card.lamps)
        self._lamps.setToolTip("\n".join(_gaps(card)))
        self._visits.setText(_times(card))
        self.promised.setVisible(card.promised is not None)
        if card.promised is not None:
            self.promised.setText(_promise_sentence(card.promised, today))
        self._correcting.setVisible(past is not None)
        if past is not None:
            said = _(
                "更正 {day} 的走访（{outcome}）：改好后按走访结果保存，原来的那次停用，还能查到。"
            )
            word = outcome_words().get(past.outcome, past.outcome)
            self._correcting.setText(said.format(day=past.on, outcome=word))


class _Once(QPushButton):
    """The second click of a double click would fall upon the next door."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Not another press."""
        event.accept()


class OutcomeKeys(QWidget):
    """One button for each outcome, and one for what is done more rarely."""

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[str, QPushButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        for number, (digit, word) in enumerate(outcome_words().items()):
            self.buttons[digit] = self._key(digit, word)
            grid.addWidget(self.buttons[digit], number // 4, number % 4)
        self.more = QPushButton(_("其他"))
        self.more.setObjectName("outcome-more")
        self.more.setProperty("kind", "choice")
        self.more.setAutoDefault(True)
        self.more.setToolTip(_("整层无人、已尽责、更正上一次走访、加照片"))
        grid.addWidget(self.more, len(self.buttons) // 4, len(self.buttons) % 4)

    def _key(self, digit: str, word: str) -> QPushButton:
        made = _Once(f"{digit} {word}")
        made.setObjectName(f"outcome-{digit}")
        made.setAccessibleName(word)
        # Enter presses it as well.
        made.setAutoDefault(True)
        made.setProperty("kind", "primary" if digit == Outcome.MET else "choice")
        keys = "Ctrl+Enter" if digit == Outcome.MET else f"Ctrl+{digit}"
        tip = _("{word}：在门的列表里按 {digit}，填写时按 {keys}")
        made.setToolTip(tip.format(word=word, digit=digit, keys=keys))
        made.clicked.connect(lambda: self.pressed.emit(digit))
        return made


def _promise_sentence(promised: Promised, today: date) -> str:
    said = _("上次答应的事：{promise}（{day} 说的）").format(
        promise=promised.words, day=promised.said_on[5:]
    )
    if promised.overdue(today):
        return _("{said}，{due} 到期，已经过了").format(said=said, due=promised.due_on)
    if promised.due_on:
        return _("{said}，{due} 前办").format(said=said, due=promised.due_on)
    return said


def _times(card: Card) -> str:
    if not card.visits:
        return _("还没有来过")
    return _("第 {count} 次上门，上次 {day}").format(count=card.visits + 1, day=card.last_on[5:])


def _gaps(card: Card) -> list[str]:
    titles = fact_checking.titles()
    return [
        _("{letter}：差{names}").format(
            letter=lamp.rule.letter,
            names=i18n.listed(titles.get(name, name) for name in lamp.missing),
        )
        for lamp in card.lamps
        if lamp.missing
    ]
