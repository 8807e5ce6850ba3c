"""What holds for a whole pile of paper: which kind it is, the day on it, who went along."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from organizer.domain.sheet_kind import FORMS, SheetKind
from organizer.i18n import _
from organizer.ui.theme import Theme
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.plain import button, column, label, row
from organizer.ui.widgets.reflow import Cell, Reflow


class PaperHead(QWidget):
    """`taken_up` carries the kind of paper that somebody says is in hand."""

    taken_up = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.day = Field("visited_on", _("走访日期"), hint=_("也可以写 1120"))
        self.companions = Field("companions", _("陪同人"))
        self._kinds = QButtonGroup(self)
        words = ((SheetKind.WALK, _("走访单")), (SheetKind.FORM, _("登记表")))
        for number, (kind, text) in enumerate(words):
            take = partial(self.taken_up.emit, kind.value)
            made = button(text, take, kind="choice", name=f"of-{kind}")
            made.setCheckable(True)
            self._kinds.addButton(made, number)
        column(
            row(label(_("手里的表"), "mut"), *self._kinds.buttons(), None),
            Reflow(theme, [[Cell(self.day, 1, 150), Cell(self.companions, 2, 200)]]),
            into=QVBoxLayout(self),
            gap=10,
        )
        self.mark(SheetKind.WALK)

    def mark(self, kind: str) -> None:
        """Show which kind is in hand."""
        self._kinds.button(int(kind in FORMS)).setChecked(True)
