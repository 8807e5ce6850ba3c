"""The rest of the form under the short card: one block after the other, each open when it is wanted."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.ui.survey.answers import AnswerRow
from organizer.ui.survey.questions import Block, Question
from organizer.ui.widgets.plain import button


class Fold(QWidget):
    """A block of questions; its rows are made when it is opened for the first time."""

    opened = Signal()
    """Somebody opened it, to go on in it."""

    def __init__(self, block: Block, make: Callable[[Question], AnswerRow]) -> None:
        super().__init__()
        self.block = block
        self.rows: list[AnswerRow] = []
        self._make = make
        self._known = 0
        self.head: QPushButton = button("", self.toggle, kind="link", name=f"fold-{block.key}")
        self._body = QWidget()
        self._body.hide()
        inside = QVBoxLayout(self._body)
        inside.setContentsMargins(0, 0, 0, 4)
        inside.setSpacing(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self._body)
        self._show_head()

    @property
    def is_open(self) -> bool:
        """Whether its questions are in view."""
        return not self._body.isHidden()

    def show_known(self, count: int) -> None:
        """Say at the head how much of it is known already."""
        self._known = count
        self._show_head()

    def toggle(self) -> None:
        """Open it, or fold it away."""
        self.set_open(not self.is_open)
        if self.is_open:
            self.rows[0].setFocus()
            self.opened.emit()

    def set_open(self, wanted: bool) -> None:
        """Open or fold away; what was answered stays either way."""
        if wanted and not self.rows:
            layout = self._body.layout()
            for question in self.block.questions:
                made = self._make(question)
                self.rows.append(made)
                if layout is not None:
                    layout.addWidget(made)
        if wanted != self.is_open:
            self._body.setVisible(wanted)
            self._show_head()

    def _show_head(self) -> None:
        mark = "▾" if self.is_open else "▸"
        text = f"{mark} {self.block.title}"
        if self._known:
            text = _("{title} · 已知 {count} 项").format(title=text, count=self._known)
        self.head.setText(text)
        state = _("已展开") if self.is_open else _("已折叠")
        self.head.setAccessibleName(f"{self.block.title} {state}")


def next_closed(folds: Sequence[Fold]) -> Fold | None:
    """The block the key opens: the first that is folded away."""
    return next((fold for fold in folds if not fold.is_open), None)
