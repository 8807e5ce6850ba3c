"""纸质材料 on the page of a person, union or founding: how far each has come, what it waits for."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.services.paper.paper_trail import Standing
from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.widgets.pairs import told
from organizer.ui.widgets.plain import column, holder, label, row


class PaperBlock(QWidget):
    """已打印 → 已签字 → 已盖章 → 已归档, a line for each paper; it reads for itself."""

    def __init__(
        self, session: Session, read: Callable[[Workspace], Sequence[Standing]], key: str
    ) -> None:
        """`read` asks for the papers; `key` names the question of this page."""
        super().__init__()
        self._told = column(label(_("纸质材料"), "head"), into=QVBoxLayout(self), gap=12)
        session.ask(self, read, self._show, key=key)

    def _show(self, standings: Sequence[Standing]) -> None:
        for one in standings:
            head = row(label(one.paper), label(one.short_id, "mut"), None, _following(one), gap=12)
            self._told.addWidget(holder(column(head, told(one.passport), gap=2)))
        if not standings:
            self._told.addWidget(label(_("还没有打印过材料。"), "mut"))


def _following(one: Standing) -> QWidget:
    return label(_("办完"), "done") if one.done else label(one.following, "pending")
