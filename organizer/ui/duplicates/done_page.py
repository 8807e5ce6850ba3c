"""已处理: what was merged or found to be two, each taken back any time, also next week."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.services import duplicating, side_by_side, undoing
from organizer.services.duplicating import SettledLine
from organizer.ui.session import Session
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import column, label, row
from organizer.ui.widgets.rows import RowsTable
from organizer.ui.widgets.table import Column

BACK = "Ctrl+Return"


class DonePage(QWidget):
    """Every settled pair, newest first. `said` tells what was taken back and what stays."""

    said = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._busy = False
        columns = (
            Column("on", _("日期"), 120, sortable=False),
            Column("what", _("做了什么"), 320, sortable=False),
            Column("who", _("谁"), 120, sortable=False),
        )
        self.table = RowsTable(session.theme, columns, _("已处理的重复记录"), 1, ("who",))
        self.table.setObjectName("settled")
        self._hint = label(
            _("每一次都可以撤销，过多久都行：合并以后改过的都留着，没动过的恢复原样。"), "mut"
        )
        self._back = KeyButton(
            session.theme, _("撤销选中的"), self.take_back, shortcut=BACK, name="take-back"
        )
        column(self._hint, self.table, row(self._back, None), into=QVBoxLayout(self), gap=12)

    def load(self) -> None:
        """Ask anew."""
        if self.isVisible():
            self._session.ask(self, duplicating.settled, self._show, key="duplicates.settled")

    def take_back(self) -> None:
        """Take the chosen one back, once."""
        write = self.table.current_id()
        if write is None or self._busy:
            return
        self._busy = True
        self._session.change(
            self,
            lambda workspace, _job: side_by_side.undone_sentence(
                undoing.take_back(workspace, write)
            ),
            self._done,
            failed=self._on_refused,
        )

    def _show(self, settled: list[SettledLine]) -> None:
        before = self.table.current_id()
        rows = [(one.write, (one.on, one.what, one.who)) for one in settled]
        self.table.show_rows(rows, before)
        self._back.setEnabled(bool(rows))

    def _done(self, said: str) -> None:
        self._busy = False
        self.said.emit(said)

    def _on_refused(self, error: BaseException) -> None:
        self._busy = False
        self._session.notices.present(error)
