"""What was typed in during this sitting, the last on top; Enter brings a row back to put it right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.services.paper.entering import Entered
from organizer.ui.theme import Theme
from organizer.ui.widgets.plain import column, label
from organizer.ui.widgets.rows import RowsTable
from organizer.ui.widgets.table import Column


@dataclass(frozen=True)
class EnteredRow:
    """A row that is on record, as the list shows it."""

    code: str
    name: str
    outcome: str
    count: str
    done: Entered
    on: date


class PaperList(QFrame):
    """`wanted` carries the code of a row to be shown again."""

    wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.rows: Sequence[EnteredRow] = ()
        self._told = label("", "mut")
        columns = (
            Column("code", _("编号"), 70),
            Column("name", _("单位"), 180),
            Column("outcome", _("结果"), 64),
            Column("count", _("职工"), 64, number=True),
        )
        self.table = RowsTable(theme, columns, _("本次已录"), 1)
        self.table.setObjectName("entered")
        self.table.opened.connect(self._on_opened)
        self._rest = QWidget()
        self._rest.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        column(
            label(_("本次已录"), "head"), self._told, self.table, self._rest,
            into=QVBoxLayout(self), margin=16, gap=8,
        )  # fmt: skip
        self._show()

    def add(self, row: EnteredRow) -> None:
        """Put a row on top; the same row as before takes its place."""
        kept = [one for one in self.rows if (one.code, one.on) != (row.code, row.on)]
        self.rows = (row, *kept)
        self._show()

    def remove(self, done: Entered) -> None:
        """A row that was taken back."""
        self.rows = tuple(one for one in self.rows if one.done != done)
        self._show()

    def visit_of(self, employer: bytes | None, on: date) -> bytes | None:
        """The visit typed in here for a unit and a day, which another would correct."""
        found = (one for one in self.rows if one.done.employer == employer and one.on == on)
        first = next(found, None)
        return first.done.visit if first else None

    def _show(self) -> None:
        self.table.show_rows(
            [(one.done.write, [one.code, one.name, one.outcome, one.count]) for one in self.rows]
        )
        self.table.setVisible(bool(self.rows))
        self._rest.setVisible(not self.rows)
        said = _("共 {count} 行；按 Enter 可以重新打开一行更正。").format(count=len(self.rows))
        self._told.setText(said if self.rows else _("录好的行会出现在这里，最近的在上面。"))

    def _on_opened(self, write: bytes) -> None:
        found = next((one for one in self.rows if one.done.write == write), None)
        if found is not None:
            self.wanted.emit(found.code)
