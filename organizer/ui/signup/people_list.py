"""A list of people with one thing to do about those who are chosen."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.services.members.approving import Application
from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import column, label, row
from organizer.ui.widgets.table import Column, PagedModel, PagedTable, Row

ROW_HEIGHT = 32
_LEAST_NAME = 190
"""What a unit's or union's name needs at 100 % to be told from others."""
_SPARE = ("applied_on", "phone", "id_number")
"""What gives way to the names where it is narrow, the first first."""


class PeopleList(QWidget):
    """The list, a sentence when it is empty, and the button; lists differ in their questions."""

    count_changed = Signal(int)
    needless: tuple[str, ...] = ()
    """Columns that say the same of everybody."""
    more: tuple[Column, ...] = ()
    """Columns of this list alone, behind the others."""

    def __init__(
        self,
        session: Session,
        name: str,
        title: str,
        teaching: str,
        act: KeyButton,
        *others: KeyButton,
    ) -> None:
        super().__init__()
        self._session = session
        self._name = name
        self.model = PagedModel((*_columns(), *self.more), self._fetch, self)
        height = session.theme.px(ROW_HEIGHT)
        self.table = PagedTable(self.model, title, height)
        self.table.setObjectName(name)
        self._empty = label(teaching, "mut")
        self._told = label("", "mut")
        self._act = act
        foot = row(self._told, *others, act)
        foot.setStretch(0, 1)
        self._above = tuple(self.above())
        whole = column(self._empty, self.table, *self._above, foot, into=QVBoxLayout(self))
        whole.setStretch(1, 1)
        whole.addStretch(0)
        self.table.selectionModel().selectionChanged.connect(lambda *_args: self._tell())
        session.theme.changed.connect(self._on_theme)
        session.touched.connect(self.refresh)
        self._fit()
        self._show_numbers([])

    def numbers(self, workspace: Workspace) -> list[int]:
        """The local numbers of the memberships listed."""
        raise NotImplementedError

    def page(self, workspace: Workspace, numbers: Sequence[int]) -> Mapping[int, Application]:
        """The lines of these numbers."""
        raise NotImplementedError

    def told(self, chosen: int, whole: int) -> str:
        """What stands beside the button."""
        raise NotImplementedError

    def more_cells(self, _one: Application) -> tuple[str, ...]:
        """The cells of the columns of this list alone."""
        return ()

    def above(self) -> Sequence[QWidget]:
        """Parts between the list and the button, for subclasses."""
        return ()

    @property
    def chosen(self) -> list[bytes]:
        """The memberships that are selected."""
        rows = [index.row() for index in self.table.selectionModel().selectedRows()]
        return [found for number in sorted(rows) if (found := self.model.id_at(number))]

    def refresh(self) -> None:
        """Read the list anew."""
        self._session.ask(self, self.numbers, self._show_numbers, key=f"signup.{self._name}")

    def arrive(self) -> None:
        """The list comes into view, its first line ready."""
        (self.table if self.model.rowCount() else self).setFocus()
        if not self.table.currentIndex().isValid() and self.model.rowCount():
            self.table.selectRow(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what does not fit."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Units and unions share what the short columns leave; a name that is cut helps nobody."""
        header, px = self.table.horizontalHeader(), self._session.theme.px
        header.setStretchLastSection(False)
        wanted = sum(px(one.width or _LEAST_NAME) for one in self.model.columns)
        for name in (*self.needless, *(one for one in _SPARE if one not in self.needless)):
            number = next(n for n, one in enumerate(self.model.columns) if one.key == name)
            hidden = name in self.needless or wanted > self.width()
            self.table.setColumnHidden(number, hidden)
            wanted -= px(self.model.columns[number].width) if hidden else 0
        for number, one in enumerate(self.model.columns):
            if one.width:
                header.resizeSection(number, px(one.width))
            else:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)

    def _fetch(self, numbers: Sequence[int], answer: Callable[[Mapping[int, Row]], None]) -> None:
        wanted = tuple(numbers)

        def shown(found: Mapping[int, Application]) -> None:
            answer(
                {
                    number: (one.membership, (*_cells(one), *self.more_cells(one)))
                    for number, one in found.items()
                }
            )
            self._tell()

        self._session.ask(self, lambda workspace: self.page(workspace, wanted), shown)

    def _show_numbers(self, numbers: list[int]) -> None:
        kept = self.table.currentIndex().row()
        here = self.table.hasFocus() or self.hasFocus()
        self.model.set_numbers(numbers)
        self._empty.setVisible(not numbers)
        self.table.setVisible(bool(numbers))
        for part in (self._act, *self._above):
            part.setVisible(bool(numbers))
        if numbers:
            flags = (
                QItemSelectionModel.SelectionFlag.ClearAndSelect
                | QItemSelectionModel.SelectionFlag.Rows
            )
            place = self.model.index(min(max(kept, 0), len(numbers) - 1), 0)
            self.table.selectionModel().setCurrentIndex(place, flags)
        if here:
            # Hidden with its last line, the table would hand the cursor to the rail.
            (self.table if numbers else self).setFocus()
        self._tell()
        self.count_changed.emit(len(numbers))

    def _tell(self) -> None:
        chosen = len(self.table.selectionModel().selectedRows())
        self._act.setEnabled(chosen > 0)
        whole = self.model.rowCount()
        self._told.setText(self.told(chosen, whole) if whole else "")

    def _on_theme(self) -> None:
        self.table.set_row_height(self._session.theme.px(ROW_HEIGHT))
        self._fit()


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", _("姓名"), 120),
        Column("id_number", _("身份证号"), 176),
        Column("phone", _("手机号码"), 112),
        Column("employer", _("工作单位"), 0),
        Column("union", _("加入工会"), 0),
        Column("applied_on", _("申请日期"), 108),
    )


def _cells(one: Application) -> tuple[str, ...]:
    number = one.id_number or _("证件后补")
    return (one.name, number, one.phone, one.employer, one.union_name, one.applied_on)
