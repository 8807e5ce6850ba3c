"""The rows behind a number, by name; Enter opens the unit or the person, Esc goes back to the number."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.ui.theme import Theme
from organizer.ui.widgets.plain import button, column, label, row
from organizer.ui.widgets.rows import RowsTable
from organizer.ui.widgets.table import Column, Row


class BehindList(QWidget):
    """`opened` carries the id of the row that was chosen, `closed` follows Esc."""

    opened = Signal(bytes)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._title = label("", "head")
        self._hint = label("", "mut")
        self._hint.setWordWrap(False)
        self.rows = RowsTable(
            theme,
            (Column("name", _("名称"), 320), Column("detail", _("说明"), 520)),
            _("数字背后的单位或人员"),
            stretched=0,
            spare=("detail",),
        )
        back = button(_("返回"), self.closed.emit, name="behind-back")
        back.setToolTip(_("返回 (Esc)"))
        self.rows.opened.connect(self.opened)
        column(
            row(self._title, self._hint, None, back, gap=12), self.rows,
            into=QVBoxLayout(self), gap=12,
        )  # fmt: skip

    def show_rows(self, title: str, rows: Sequence[Row]) -> None:
        """Show these rows under a title, the cursor on the first."""
        self._title.setText(title)
        self._hint.setText(_("Enter 打开，Esc 返回") if rows else _("没有"))
        self.rows.show_rows(rows)
        self.rows.setColumnHidden(1, not any(cells[1] for _id, cells in rows))
        self.rows.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
