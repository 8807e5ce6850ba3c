"""值得复核: what is worth another look, in sentences that name innocent reasons; Enter opens its units."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from organizer import resources
from organizer.domain.review_signals import Signal as ReviewSignal
from organizer.i18n import _
from organizer.ui.theme import Theme
from organizer.ui.widgets.plain import column, label


class SignalList(QWidget):
    """`opened` carries the units of a signal."""

    opened = Signal(tuple)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.found: tuple[ReviewSignal, ...] = ()
        self._said = label("", "mut")
        self.list = _Sentences()
        self.list.setAccessibleName(_("值得复核"))
        self.list.setWordWrap(True)
        self.list.setSpacing(4)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.chosen.connect(self._on_chosen)
        self.list.itemActivated.connect(lambda _item: self._on_chosen())
        self.setFocusProxy(self.list)
        column(self._said, self.list, into=QVBoxLayout(self), gap=8)

    def show_signals(self, found: Sequence[ReviewSignal]) -> None:
        """Show these; they are hints, and say so."""
        self.found = tuple(found)
        self._said.setText(
            _("下面只是提示，多半有平常的原因，不说明谁做得不对。按 Enter 看这些单位。")
            if found
            else _("没有看到特别值得复核的地方。")
        )
        self.list.clear()
        for one in found:
            self.list.addItem(resources.sentence("notes", one.note.code, one.note.facts))
        self.list.setVisible(bool(found))
        if found:
            self.list.setCurrentRow(0)

    def _on_chosen(self) -> None:
        place = self.list.currentRow()
        if 0 <= place < len(self.found):
            self.opened.emit(self.found[place].employers)


class _Sentences(QListWidget):
    chosen = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        else:
            super().keyPressEvent(event)
