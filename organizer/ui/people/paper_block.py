"""纸质材料 on a person's page: how far each paper has come, and what it still waits for."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.services.paper import paper_trail
from organizer.services.paper.paper_trail import Standing
from organizer.ui.session import Session
from organizer.ui.widgets.pairs import told
from organizer.ui.widgets.plain import column, holder, label, row


class PaperBlock(QWidget):
    """已打印 → 已签字 → 已盖章 → 已归档, a line for each paper; it reads for itself."""

    def __init__(self, session: Session, person: bytes) -> None:
        super().__init__()
        self._told = QVBoxLayout()
        column(label(_("纸质材料"), "head"), self._told, into=QVBoxLayout(self), gap=12)
        session.ask(
            self,
            lambda workspace: paper_trail.of_person(workspace, person),
            self._show,
            key="people.papers",
        )

    def _show(self, standings: Sequence[Standing]) -> None:
        for one in standings:
            head = row(label(one.paper), label(one.short_id, "mut"), None, _following(one), gap=12)
            self._told.addWidget(holder(column(head, told(one.passport), gap=2)))
        if not standings:
            self._told.addWidget(label(_("还没有打印过材料。"), "mut"))


def _following(one: Standing) -> QWidget:
    return label(_("办完"), "done") if one.done else label(one.following, "pending")
