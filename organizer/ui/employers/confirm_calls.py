"""电话确认无变化 for the rows chosen in the list: one step for all of them, taken back as one."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from organizer.i18n import _
from organizer.services import undoing
from organizer.services.survey import confirming
from organizer.services.survey.confirming import Unchanged
from organizer.ui.session import Session
from organizer.ui.theme import Theme
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.paging import PagedModel, Row
from organizer.ui.widgets.table import PagedTable

KEYS = "Ctrl+Shift+U"
_MOST = 500
"""Units of one step: who calls does not call more in a day."""


class ConfirmCalls(QObject):
    """`offer` tells what was noted and how to take it back; the button shows while rows are chosen."""

    say = Signal(str)
    offer = Signal(str, object)

    def __init__(self, session: Session, table: PagedTable, model: PagedModel) -> None:
        super().__init__(table)
        self._session = session
        self._table = table
        self._model = model
        self.button = make_button(session.theme, self)
        table.selectionModel().selectionChanged.connect(lambda *_rows: self._show())
        self._show()

    def run(self) -> None:
        """Note for every chosen unit that somebody there said by telephone that nothing changed."""
        rows = self._table.chosen_rows
        if len(rows) > _MOST:
            said = _("一次最多确认 {most} 家，请少选一些。")
            self.say.emit(said.format(most=_MOST))
        elif rows:
            self._model.gather(rows, self._confirm)

    def _confirm(self, found: Sequence[Row]) -> None:
        units = [identity for identity, _cells in found]
        self._session.change(
            self,
            lambda workspace, _job: confirming.confirm_unchanged(workspace, units),
            self._on_done,
            failed=self._session.notices.present,
        )

    def _on_done(self, done: Unchanged) -> None:
        if done.write is None:
            self.say.emit(_("今天都已经记过“电话确认无变化”，没有重复记。"))
            return
        told = _("已给 {count} 家记下“电话确认无变化”，来源和日期照旧。").format(
            count=len(done.visits)
        )
        if not done.counts:
            told += _("本批次不认电话，这些项仍是待确认。")
        write = done.write
        self.offer.emit(told, lambda: self._take_back(write))

    def _take_back(self, write: bytes) -> None:
        self._session.change(
            self,
            lambda workspace, _job: undoing.take_back(workspace, write),
            lambda _undone: self.say.emit(_("已撤销。")),
            failed=self._session.notices.present,
        )

    def _show(self) -> None:
        count = len(self._table.chosen_rows)
        self.button.setVisible(count > 1)
        self.button.say(_("{count} 家电话确认无变化").format(count=count))


def make_button(theme: Theme, acts: ConfirmCalls) -> KeyButton:
    """The button in the foot of the list."""
    made = KeyButton(theme, "", acts.run, shortcut=KEYS, name="confirm-calls")
    made.hide()
    return made
