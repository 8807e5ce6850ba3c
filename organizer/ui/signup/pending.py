"""待审批: the applications that wait, and approving those that are chosen."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.services import approving, signup
from organizer.services.approving import Application
from organizer.ui.session import Session
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import column, label, row
from organizer.ui.widgets.table import Column, PagedModel, PagedTable, Row

ROW_HEIGHT = 32


class Pending(QWidget):
    """The list and the button that approves what is selected in it."""

    count_changed = Signal(int)
    approved = Signal(int)

    def __init__(self, session: Session, shortcut: str) -> None:
        super().__init__()
        self._session = session
        self._names: dict[bytes, str] = {}
        self._busy = False
        self.model = PagedModel(_columns(), self._fetch, self)
        height = session.theme.px(ROW_HEIGHT)
        self.table = PagedTable(self.model, _("待审批的入会申请"), height)
        self.table.setObjectName("pending")
        self._empty = label(
            _("没有等待审批的入会申请。在“入会登记”里保存一人，就会出现在这里。"), "mut"
        )
        self._told = label("", "mut")
        self.approve = KeyButton(
            session.theme, _("批准所选"), self.approve_selected,
            shortcut=shortcut, kind="primary", name="approve",
        )  # fmt: skip
        column(self._empty, self.table, into=QVBoxLayout(self))
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.addLayout(row(self._told, None, self.approve))
        self.table.selectionModel().selectionChanged.connect(lambda *_args: self._tell())
        session.theme.changed.connect(self._on_theme)
        session.touched.connect(self.refresh)
        self._show_numbers([])

    def refresh(self) -> None:
        """Read the list anew."""
        self._session.ask(self, approving.waiting_numbers, self._show_numbers, key="signup.pending")

    def arrive(self) -> None:
        """The list comes into view, its first line ready."""
        self.table.setFocus()
        if not self.table.currentIndex().isValid() and self.model.rowCount():
            self.table.selectRow(0)

    def approve_selected(self) -> None:
        """Approve the selected applications."""
        rows = [index.row() for index in self.table.selectionModel().selectedRows()]
        chosen = [found for number in sorted(rows) if (found := self.model.id_at(number))]
        if not chosen or self._busy:
            return
        self._busy = True

        def done(count: int) -> None:
            self._busy = False
            self.approved.emit(count)

        def failed(error: BaseException) -> None:
            self._busy = False
            self._session.notices.present(error)

        self._session.change(
            self, lambda workspace, _job: signup.approve(workspace, chosen), done, failed=failed
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Units and unions share what the short columns leave."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        header, px = self.table.horizontalHeader(), self._session.theme.px
        short = {n: px(one.width) for n, one in enumerate(self.model.columns) if one.width}
        rest = max(self.width() - 4 - sum(short.values()), px(160))
        for number in range(len(self.model.columns)):
            header.resizeSection(number, short.get(number, rest // 2))

    def _fetch(self, numbers: Sequence[int], answer: Callable[[Mapping[int, Row]], None]) -> None:
        wanted = tuple(numbers)

        def shown(found: Mapping[int, Application]) -> None:
            answer({number: (one.membership, _cells(one)) for number, one in found.items()})
            self._tell()

        self._session.ask(self, lambda workspace: approving.waiting_page(workspace, wanted), shown)

    def _show_numbers(self, numbers: list[int]) -> None:
        self.model.set_numbers(numbers)
        self._empty.setVisible(not numbers)
        self.table.setVisible(bool(numbers))
        if numbers:
            flags = (
                QItemSelectionModel.SelectionFlag.ClearAndSelect
                | QItemSelectionModel.SelectionFlag.Rows
            )
            self.table.selectionModel().setCurrentIndex(self.model.index(0, 0), flags)
        self._tell()
        self.count_changed.emit(len(numbers))

    def _tell(self) -> None:
        chosen = len(self.table.selectionModel().selectedRows())
        self.approve.setEnabled(chosen > 0)
        whole = self.model.rowCount()
        self._told.setText(
            _("已选 {chosen} / {whole} 人　Ctrl+A 全选，方向键移动").format(
                chosen=chosen, whole=whole
            )
            if whole
            else ""
        )

    def _on_theme(self) -> None:
        self.table.set_row_height(self._session.theme.px(ROW_HEIGHT))
        self._fit()


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", _("姓名"), 90),
        Column("id_number", _("身份证号"), 176),
        Column("phone", _("手机号码"), 112),
        Column("employer", _("工作单位"), 0),
        Column("union", _("加入工会"), 0),
        Column("applied_on", _("申请日期"), 108),
    )


def _cells(one: Application) -> tuple[str, ...]:
    number = one.id_number or _("证件后补")
    return (one.name, number, one.phone, one.employer, one.union_name, one.applied_on)
