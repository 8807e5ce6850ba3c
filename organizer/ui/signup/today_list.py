"""Who was signed up today, below the form: to see that it is done, and to put it right at once."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.services.members import approving
from organizer.services.members.approving import Application
from organizer.ui.keys import shown_keys
from organizer.ui.session import Session
from organizer.ui.widgets.plain import column, label
from organizer.ui.widgets.rows import RowsTable
from organizer.ui.widgets.table import Column

TODAY = "Ctrl+G"
_MOST_ROWS = 4


class TodayList(QWidget):
    """`opened` carries the membership of a line; `left` asks for the form again.

    Nobody comes here by walking through the form: Enter after its last field goes to saving.
    """

    opened = Signal(bytes)
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._told = label("", "mut")
        columns = (
            Column("name", _("姓名"), 120),
            Column("id_number", _("身份证号"), 176),
            Column("employer", _("工作单位"), 240),
        )
        title = _("今天登记的人")
        self.table = RowsTable(session.theme, columns, title, stretched=2, spare=("id_number",))
        self.table.setObjectName("signed-today")
        self.table.horizontalHeader().hide()
        self.table.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.table.opened.connect(self.opened)
        column(self._told, self.table, into=QVBoxLayout(self))
        session.touched.connect(self.refresh)
        session.theme.changed.connect(self._fit)
        self._show([])
        self.refresh()

    def refresh(self) -> None:
        """Read the list anew."""
        self._session.ask(self, approving.signed_today, self._show, key="signup.today")

    def take_focus(self) -> None:
        """To the newest line."""
        if self.table.rows.rowCount():
            self.table.selectRow(0)
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the form."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _show(self, people: Sequence[Application]) -> None:
        chosen = self.table.current_id()
        self.table.show_rows(
            [(one.membership, (one.name, _number(one), one.employer)) for one in people], chosen
        )
        if not self.table.hasFocus():
            # Nothing is chosen while one types in the form.
            self.table.clearSelection()
        self.table.setVisible(bool(people))
        self._told.setText(_told(len(people)))
        self._fit()

    def _fit(self) -> None:
        rows = min(self.table.rows.rowCount(), _MOST_ROWS)
        self.table.setFixedHeight(rows * self._session.theme.px(32) + 2)


def _number(one: Application) -> str:
    return one.id_number or _("证件后补")


def _told(count: int) -> str:
    if not count:
        return _("今天登记的人会列在这里，写错了可以马上打开更正。")
    many = _("最近的 {count} 人") if count == approving.MOST_TODAY else _("{count} 人")
    return _("今天登记 {people}　{keys} 到列表，Enter 打开更正").format(
        people=many.format(count=count), keys=shown_keys(TODAY)
    )
