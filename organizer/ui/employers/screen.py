"""单位: filter, list and card; beside each other where there is room, else one over the other."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPoint, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from organizer import paths, settings
from organizer.domain.access import Permission
from organizer.i18n import _
from organizer.services.employers import listing
from organizer.services.employers.listing import Numbers, Order, UnitFilter
from organizer.ui.actions import Action
from organizer.ui.employers import card_panel, confirm_calls
from organizer.ui.employers.card_body import REVEAL
from organizer.ui.employers.card_panel import CardPanel
from organizer.ui.employers.columns import (
    columns,
    layout_words,
    order_words,
    read_layout,
    read_order,
)
from organizer.ui.employers.confirm_calls import ConfirmCalls
from organizer.ui.employers.coverage import COVER
from organizer.ui.employers.empty import NobodyYet, NothingFound
from organizer.ui.employers.filter_bar import FilterBar
from organizer.ui.employers.lamp_cells import LampCells
from organizer.ui.screen import Screen
from organizer.ui.session import Session
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.list_import import ListImport, dropped_file
from organizer.ui.widgets.paging import PagedModel, Row
from organizer.ui.widgets.plain import card, column, label, row
from organizer.ui.widgets.table import MOST_COPIED, PagedTable

_SIDE_BY_SIDE = 1080
_CARD_WIDTH = 552
_FOLLOW_MS = 120
_IMPORT_HEIGHT = 340
IMPORT, FIND, UNVISITED, COLUMNS = "Ctrl+I", "Ctrl+F", "Ctrl+U", "Ctrl+Shift+L"


class EmployersScreen(Screen):
    """The list of units and the card of one."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._theme = session.theme
        kept = settings.read(paths.settings_file())
        self._order = read_order(kept.employer_order)
        self._columns = read_layout(kept.employer_columns)
        self._filter = UnitFilter()
        self._keys = [each.key for each in columns()]
        self._stale = True
        self._filterable = True
        self._wanted: bytes | None = None
        self.setAcceptDrops(True)
        self.filter_bar = FilterBar(session.theme)
        self.model = PagedModel(columns(), self._fetch, self)
        self.table = PagedTable(self.model, _("用人单位"), session.theme.px(32))
        self.card_panel = CardPanel(session)
        self.import_panel = ListImport(session)
        self.calls = ConfirmCalls(session, self.table, self.model)
        self._count = label("", "mut")
        self._empty = NobodyYet(self._theme, self.import_panel.choose, IMPORT)
        self._nothing = NothingFound(self.filter_bar.clear)
        self._lay_out()
        self._connect()
        self.filter_bar.offer(session.workspace)
        session.ask(self, listing.divisions_below, self.filter_bar.offer_divisions)
        self._on_theme()

    def actions_table(self) -> Sequence[Action]:
        """What can be done here."""
        panel, look, survey = self.card_panel, Permission.LOOK, Permission.SURVEY
        on_card = (
            ("visit", _("记录走访"), panel.visit, card_panel.VISIT, survey),
            ("signup", _("登记入会"), panel.sign_up, card_panel.SIGN_UP, Permission.SIGN_UP),
            ("edit", _("修改单位"), panel.edit, card_panel.EDIT, survey),
            ("tell", _("补记一项"), panel.tell, card_panel.TELL, survey),
            ("found", _("建会"), panel.found, card_panel.FOUND, look),
            ("reveal", _("显示电话"), panel.reveal, REVEAL, look),
            ("merge", _("合并到…"), panel.merge_into, card_panel.MERGE_INTO, Permission.REVIEW),
        )
        only, load = self.filter_bar.unvisited.toggle, self.import_panel.choose
        covered = _("由哪个工会覆盖（选中的单位）")
        calls, taking = _("电话确认无变化（选中的单位）"), Permission.IMPORT
        return (
            Action("employers.find", _("筛选单位"), self.filter_bar.begin, FIND, "search"),
            Action("employers.unvisited", _("只看本批次未访"), only, UNVISITED),
            Action("employers.columns", _("列与排序"), self._on_columns, COLUMNS),
            Action("employers.import", _("导入名单"), load, IMPORT, permission=taking),
            Action(
                "employers.unchanged", calls, self.calls.run, confirm_calls.KEYS, permission=survey
            ),
            Action("employers.cover", covered, self.cover, COVER, permission=Permission.REVIEW),
            *(
                Action(f"employers.{name}", text, self._with_card(act), keys, permission=granted)
                for name, text, act, keys, granted in on_card
            ),
        )

    def arrive(self, record: object = None) -> None:
        """Show the list; with an employer's id, its card."""
        if isinstance(record, bytes):
            self.open(record)
        if self._stale:
            self._load()
        if self.card_panel.isHidden():
            self.filter_bar.begin()
        else:
            self.card_panel.focus_first()

    def leave(self) -> None:
        """Mask what was revealed, keep what was typed."""
        self.card_panel.leave()
        self.table.settle()

    def open(self, employer: bytes) -> None:
        """Show the card of an employer, beside the list or over it."""
        self.card_panel.show_employer(employer)
        self.card_panel.show()
        self._share()
        self._wanted = employer
        self._choose_wanted()

    def cover(self) -> None:
        """Say which union covers the chosen units, or the one whose card is open."""
        chosen = self.table.chosen_rows if self._list.isVisible() else []
        if chosen and (len(chosen) > 1 or self.card_panel.isHidden()):
            self.model.gather(chosen[:MOST_COPIED], self._on_cover)
        elif not self.card_panel.isHidden():
            self.card_panel.cover()

    def _on_cover(self, found: Sequence[Row]) -> None:
        name = self._keys.index(listing.NAME)
        self.go.emit("unions", ("cover", {unit: cells[name] for unit, cells in found}))

    def close_card(self) -> None:
        """Back to the list."""
        self.card_panel.leave()
        self.card_panel.hide()
        self._share()
        self.table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put list and card beside each other, or one over the other."""
        super().resizeEvent(event)
        self._share()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped; what it is comes out when it is read."""
        if dropped_file(event) is not None and self.import_panel.allowed:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take over the file dropped."""
        path = dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.import_panel.offer(path)

    def _lay_out(self) -> None:
        self.card_panel.hide()
        self._columns_button = KeyButton(
            self._theme, _("列与排序"), self._on_columns, shortcut=COLUMNS, name="columns"
        )
        self._import_button = KeyButton(
            self._theme, _("导入名单"), self.import_panel.choose, shortcut=IMPORT, name="import"
        )
        if not self.import_panel.allowed:
            # Never shown by hand: before it has a parent it would be a window of its own.
            self._import_button.hide()
            self._empty.button.hide()
        foot = row(self._count, self.calls.button, self._columns_button, self._import_button)
        foot.setStretch(0, 1)
        self._list = QWidget()
        column(self.table, self._nothing, self._empty, foot, into=QVBoxLayout(self._list))
        self._card_frame = card(self.card_panel)
        self._card_frame.hide()
        beside = QHBoxLayout()
        beside.setSpacing(16)
        beside.addWidget(self._list, 1)
        beside.addWidget(self._card_frame)
        whole = QVBoxLayout(self)
        column(self.filter_bar, self.import_panel, beside, into=whole, margin=16, gap=12)
        whole.setStretch(2, 1)
        self.table.setItemDelegateForColumn(
            self._keys.index(listing.LAMPS), LampCells(self._theme, self.table)
        )
        self.table.show_sorting(self._order.column, descending=self._order.descending)
        self.table.arrange(self._columns, self._theme.scale)

    def _connect(self) -> None:
        self._following = QTimer(self)
        self._following.setSingleShot(True)
        self._following.setInterval(_FOLLOW_MS)
        self._following.timeout.connect(self._on_follow)
        self.filter_bar.changed.connect(self._on_filter)
        self.filter_bar.down.connect(self.table.setFocus)
        self.table.opened.connect(self._on_opened)
        self.table.typed.connect(self.filter_bar.begin)
        self.table.sorted.connect(self._on_sorted)
        self.table.arranged.connect(self._remember)
        self.table.copied.connect(self._on_copied)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.calls.say.connect(self.say)
        self.calls.offer.connect(self.offer)
        self.card_panel.closed.connect(self.close_card)
        self.card_panel.say.connect(self.say)
        self.card_panel.offer.connect(self.offer)
        self.card_panel.go.connect(self.go)
        self.session.touched.connect(self._on_touched)
        self._theme.changed.connect(self._on_theme)

    def _with_card(self, act: Callable[[], None]) -> Callable[[], None]:
        """An action on the card; with no card open, that of the row under the cursor is opened."""

        def run() -> None:
            if self.card_panel.isHidden():
                employer = self.model.id_at(self.table.currentIndex().row())
                if employer is None:
                    return
                self.open(employer)
            act()

        return run

    def _load(self) -> None:
        self._stale = False
        wanted, order = self._filter, self._order
        self.session.ask(
            self,
            lambda workspace: listing.employer_numbers(workspace, wanted, order),
            self._show,
            key="employers.numbers",
        )

    def _show(self, numbers: Numbers) -> None:
        self.table.show_numbers(numbers.rows)
        limited = self._filter != UnitFilter()
        some = bool(numbers.rows)
        if self.table.hasFocus() and not some:
            self.filter_bar.begin()
        self.table.setVisible(some)
        self._nothing.setVisible(not some and limited)
        self._empty.setVisible(not some and not limited)
        self._filterable = some or limited
        self._share()
        self._columns_button.setVisible(some)
        self._count.setText(_counted(numbers, limited) if some else "")
        self._choose_wanted()

    def _fetch(self, numbers: Sequence[int], answer: Callable[[Mapping[int, Row]], None]) -> None:
        wanted, keys = list(numbers), self._keys

        def failed(error: BaseException) -> None:
            answer({})
            self.session.notices.present(error)

        self.session.ask(
            self,
            lambda workspace: listing.employer_rows(workspace, wanted, keys),
            answer,
            failed=failed,
        )

    def _choose_wanted(self) -> None:
        """Put the cursor of the list on the employer whose card is open."""
        wanted = self._wanted
        if wanted is None or self.card_panel.isHidden():
            return
        self.session.ask(
            self,
            lambda workspace: listing.number_of(workspace, wanted),
            lambda number: self._on_number(number),
            key="employers.number",
        )

    def _on_number(self, number: int | None) -> None:
        if self.table.choose(number):
            self._wanted = None

    def _on_opened(self, employer: bytes) -> None:
        self._wanted = None
        self.card_panel.show_employer(employer)
        self.card_panel.show()
        self._share()
        self.card_panel.focus_first()

    def _on_row(self, _now: QModelIndex, _before: QModelIndex) -> None:
        if self._card_frame.isVisible() and self._wanted is None:
            self._following.start()

    def _on_follow(self) -> None:
        """The open card follows the cursor while both are in view."""
        employer = self.model.id_at(self.table.currentIndex().row())
        if employer is None or not self._list.isVisible() or self.card_panel.isHidden():
            return
        if employer != self.card_panel.employer:
            self.card_panel.show_employer(employer)

    def _on_filter(self, wanted: UnitFilter) -> None:
        if wanted != self._filter:
            self._filter = wanted
            self._load()

    def _on_sorted(self, key: str, descending: bool) -> None:
        self._order = Order(key, descending)
        self._load()
        self._remember()

    def _remember(self) -> None:
        """Keep columns, widths and order for the next time, on this machine."""
        kept = {
            "employer_columns": layout_words(self.table.arrangement),
            "employer_order": order_words(self._order),
        }
        self.session.ask(
            self,
            lambda _workspace: settings.remember(paths.settings_file(), **kept),
            lambda _none: None,
        )

    def _on_copied(self, count: int, cut: bool) -> None:
        said = _("已复制 {count} 行。").format(count=count)
        if cut:
            said = _("一次最多复制 {most} 行，已复制前 {count} 行。").format(
                most=MOST_COPIED, count=count
            )
        self.say.emit(said)

    def _on_columns(self) -> None:
        menu = self.table.columns_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._columns_button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _on_touched(self) -> None:
        self._stale = True
        if self.isVisible():
            self._load()
            self.card_panel.refresh()

    def _on_theme(self) -> None:
        self.table.set_row_height(self._theme.px(32))
        self.table.arrange(self.table.arrangement, self._theme.scale)
        self.table.scrollTo(self.table.currentIndex())
        self.import_panel.setMaximumHeight(self._theme.px(_IMPORT_HEIGHT))
        self._share()

    def _share(self) -> None:
        """Give list and card their room; where it is narrow, the open card covers the list."""
        opened = not self.card_panel.isHidden()
        wide = self.width() >= self._theme.px(_SIDE_BY_SIDE)
        self._card_frame.setVisible(opened)
        self._list.setVisible(wide or not opened)
        self.filter_bar.setVisible(self._filterable and self._list.isVisibleTo(self))
        if wide:
            self._card_frame.setFixedWidth(self._theme.px(_CARD_WIDTH))
        else:
            self._card_frame.setMinimumWidth(0)
            self._card_frame.setMaximumWidth(16_777_215)


def _counted(numbers: Numbers, limited: bool) -> str:
    count = f"{len(numbers.rows):,}"
    said = _("符合条件的 {count} 家") if limited else _("共 {count} 家")
    said = said.format(count=count)
    if not numbers.round_name:
        return said
    return _("{said}，本批次未访 {unvisited} 家").format(
        said=said, unvisited=f"{numbers.unvisited:,}"
    )
