"""工会: the tree of unions and the page of one; beside each other where there is room."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer import paths, settings
from organizer.domain.access import Permission, grants
from organizer.i18n import _
from organizer.services import undoing
from organizer.services.unions import union_listing
from organizer.services.unions.union_listing import Numbers, Order, UnionFilter
from organizer.ui.actions import Action
from organizer.ui.screen import Screen
from organizer.ui.session import Session
from organizer.ui.unions.body import REVEAL
from organizer.ui.unions.columns import columns, layout_words, order_words, read_layout, read_order
from organizer.ui.unions.filter_bar import UnionFilterBar
from organizer.ui.unions.page import UnionPage
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.paging import PagedModel, Row
from organizer.ui.widgets.plain import column, label, row
from organizer.ui.widgets.table import MOST_COPIED, PagedTable
from organizer.ui.widgets.two_panes import TwoPanes

COVER, UNCOVER, DUE = "cover", "uncover", "due"
"""What `arrive` takes beside a union's id: (COVER, units), (UNCOVER, units) by id and name, DUE."""

KEYS = {
    "edit": "F2", "cover": "Ctrl+B", "officer": "Ctrl+J", "elect": "Ctrl+T", "under": "Ctrl+M",
    "close": "Ctrl+Delete", "uncover": "Ctrl+Shift+B", "officer-edit": "F4",
    "officer-end": "Ctrl+E", "new": "Ctrl+N", "find": "Ctrl+F", "due": "Ctrl+U",
    "columns": "Ctrl+Shift+L",
}  # fmt: skip
MERGE_INTO = "Ctrl+Shift+M"
_LIST_WIDTH = 470
_FOLLOW_MS = 120


class UnionsScreen(Screen):
    """The list of unions and the page of one."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._theme = session.theme
        kept = settings.read(paths.settings_file())
        self._order = read_order(kept.union_order)
        self._keys = [each.key for each in columns()]
        self._filter = UnionFilter()
        self._numbers = Numbers((), {})
        self._stale = True
        self._wanted: bytes | None = None
        """Where the cursor of the list is to stand as soon as it is there."""
        self.filter_bar = UnionFilterBar(session.theme, session.workspace)
        self.model = PagedModel(columns(), self._fetch, self)
        self.table = PagedTable(self.model, _("工会"), session.theme.px(32))
        self.page = UnionPage(session, self._buttons())
        self._lay_out()
        self.table.show_sorting(self._order.column, descending=self._order.descending)
        self.table.arrange(read_layout(kept.union_columns), self._theme.scale)
        self._connect()

    def actions_table(self) -> Sequence[Action]:
        """What can be done with the list and the union in view."""
        review = Permission.REVIEW
        told: tuple[tuple[str, str, Callable[[], None], Permission | None], ...] = (
            ("find", _("筛选工会"), self._find, None),
            ("due", _("只看到期的工会"), self.filter_bar.due.toggle, None),
            ("columns", _("列与排序"), self._on_columns, None),
            ("new", _("新建工会"), self.new, review),
            ("edit", _("修改工会"), partial(self.begin, "edit"), review),
            ("cover", _("加入覆盖的单位"), partial(self.begin, "cover"), review),
            ("uncover", _("结束选中单位的覆盖"), partial(self.begin, "uncover"), review),
            ("officer", _("登记工会干部"), partial(self.begin, "officer"), review),
            ("officer-edit", _("更正选中的干部"), partial(self.begin, "officer-edit"), review),
            ("officer-end", _("选中的干部卸任"), partial(self.begin, "officer-end"), review),
            ("elect", _("换届"), partial(self.begin, "elect"), review),
            ("under", _("改上级工会"), partial(self.begin, "under"), review),
            ("close", _("撤销工会"), partial(self.begin, "close"), review),
        )
        return (
            *(
                Action(f"unions.{name}", text, run, KEYS[name], "", granted)
                for name, text, run, granted in told
            ),
            Action("unions.reveal", _("显示工会电话"), self.page.reveal, REVEAL),
            Action("unions.merge", _("合并到…"), self._merge_into, MERGE_INTO, "", review),
            Action("unions.report", _("到“上报”看这个工会"), self._report, "", "batches"),
            Action("unions.confirm", _("确定"), self._confirm, "Ctrl+Return"),
        )

    def arrive(self, record: object = None) -> None:
        """Show a union, the form another screen asks for, or what is due."""
        if record == DUE:
            self.filter_bar.clear()
            self.filter_bar.due.setChecked(True)
        elif isinstance(record, bytes):
            self.open(record)
        elif isinstance(record, tuple):
            act, units = record
            self.panes.show_right()
            (self.page.cover_units if act == COVER else self.page.uncover_units)(units)
        if self._stale:
            self._load()
        if self.page.form is None and not isinstance(record, bytes):
            (self.table if self.model.rowCount() else self.filter_bar.line).setFocus()

    def leave(self) -> None:
        """Mask what was revealed, keep what was typed."""
        self.page.hide_phone()
        if self.page.form is not None:
            self.page.form.keep()
        self.table.settle()

    def open(self, union: bytes) -> None:
        """Show the page of a union."""
        if self.page.form is not None:
            self.page.leave_form()
        self._wanted = union
        self.page.show_union(union)
        self.panes.show_right()
        self._choose_wanted()
        self.page.focus_first()

    def new(self) -> None:
        """Take down a union that is founded already."""
        self.panes.show_right()
        self.page.new()

    def begin(self, act: str) -> None:
        """Open the form of an act on the union in view."""
        self.panes.show_right()
        self.page.begin(act)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Only a page that covers the list has a way back to it."""
        super().resizeEvent(event)
        self._mark_way_back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes from the page back to the list."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self.panes.go_back():
            self.table.setFocus()

    def _buttons(self) -> list[KeyButton]:
        words = {
            "edit": _("修改"), "cover": _("加入覆盖"), "officer": _("登记干部"), "elect": _("换届"),
            "under": _("改上级"), "close": _("撤销"),
        }  # fmt: skip
        return [
            KeyButton(
                self._theme, text, partial(self.begin, act), shortcut=KEYS[act], name=f"union-{act}"
            )
            for act, text in words.items()
        ]

    def _lay_out(self) -> None:
        make = KeyButton
        self._count = label("", "mut")
        self._columns_button = make(
            self._theme, _("列"), self._on_columns, shortcut=KEYS["columns"], name="columns"
        )
        self._new_button = make(
            self._theme, _("新建"), self.new, shortcut=KEYS["new"], name="new-union"
        )
        self._new_button.setToolTip(_("登记一个已经有的工会 (Ctrl+N)"))
        if not grants(self.session.workspace.account.role, Permission.REVIEW):
            # Never shown by hand: before it has a parent it would be a window of its own.
            self._new_button.hide()
        self._empty = label("", "mut")
        self._empty.hide()
        foot = row(self._count, self._columns_button, self._new_button)
        foot.setStretch(0, 1)
        left = QWidget()
        column(self.filter_bar, self.table, self._empty, foot, into=QVBoxLayout(left), gap=10)
        left.setFocusProxy(self.table)
        self.panes = TwoPanes(self._theme, left, self.page, _LIST_WIDTH)
        column(self.panes, into=QVBoxLayout(self), margin=16)

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
        self.model.dataChanged.connect(lambda *_all: self._following.start())
        self.page.go.connect(self.go)
        self.page.opened.connect(self.open)
        self.page.changed.connect(self._on_changed)
        self.page.finished.connect(self.back)
        self.page.gone.connect(self._on_gone)
        self.page.left.connect(self.panes.go_back)
        self.session.touched.connect(self._on_touched)
        self._theme.changed.connect(self._on_theme)

    def _mark_way_back(self) -> None:
        self.page.to_list.setVisible(not self.panes.both)

    def _find(self) -> None:
        self.panes.show_left()
        self.filter_bar.begin()

    def _confirm(self) -> None:
        if self.page.form is not None:
            self.page.form.confirm()

    def _merge_into(self) -> None:
        """Find the other record of the same union."""
        if self.page.card is not None:
            self.go.emit("duplicates", ("union_org", self.page.card.id))

    def _report(self) -> None:
        if self.page.card is not None:
            self.go.emit("batches", self.page.card.id)

    def _load(self) -> None:
        self._stale = False
        wanted, order = self._filter, self._order
        self.session.ask(
            self,
            lambda workspace: union_listing.union_numbers(workspace, wanted, order),
            self._show,
            key="unions.numbers",
        )

    def _show(self, numbers: Numbers) -> None:
        self._numbers = numbers
        self.table.show_numbers(numbers.rows)
        some = bool(numbers.rows)
        self.table.setVisible(some)
        self._empty.setVisible(not some)
        self._empty.setText(_nothing(self._filter))
        self._count.setText(_("{count} 个工会").format(count=f"{len(numbers.rows):,}"))
        self._choose_wanted()
        self._following.start()

    def _fetch(self, numbers: Sequence[int], answer: Callable[[Mapping[int, Row]], None]) -> None:
        wanted, keys, depths = list(numbers), self._keys, self._numbers.depths

        def failed(error: BaseException) -> None:
            answer({})
            self.session.notices.present(error)

        self.session.ask(
            self,
            lambda workspace: union_listing.union_rows(workspace, wanted, keys, depths),
            answer,
            failed=failed,
        )

    def _choose_wanted(self) -> None:
        wanted = self._wanted
        if wanted is not None:
            self.session.ask(
                self,
                lambda workspace: union_listing.number_of(workspace, wanted),
                self._on_number,
                key="unions.number",
            )

    def _on_number(self, number: int | None) -> None:
        if self.table.choose(number):
            self._wanted = None

    def _on_opened(self, union: bytes) -> None:
        self._wanted = None
        self.page.show_union(union)
        self.panes.show_right()
        self.page.focus_first()

    def _on_row(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._following.start()

    def _on_follow(self) -> None:
        """The page follows the cursor while both are in view."""
        union = self.model.id_at(self.table.currentIndex().row())
        if union is None or self._wanted is not None or not self.panes.both:
            return
        if union != self.page.wanted and self.page.form is None:
            self.page.show_union(union)

    def _on_filter(self, wanted: UnionFilter) -> None:
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
            "union_columns": layout_words(self.table.arrangement),
            "union_order": order_words(self._order),
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

    def _on_changed(self, said: str) -> None:
        """The way back is to this step, whatever comes after it."""
        self.session.ask(
            self,
            undoing.newest,
            lambda step: self.offer.emit(said, lambda: self._take_back(step)),
        )

    def _take_back(self, step: bytes) -> None:
        self.session.change(
            self,
            lambda workspace, _job: undoing.take_back(workspace, step),
            lambda _done: self.say.emit(_("已撤销。")),
            failed=self.session.notices.present,
        )

    def _on_gone(self) -> None:
        self._wanted = None
        self.panes.show_left()

    def _on_touched(self) -> None:
        self._stale = True
        if self.isVisible():
            self._load()
            self.page.refresh()

    def _on_theme(self) -> None:
        self.table.set_row_height(self._theme.px(32))
        self.table.arrange(self.table.arrangement, self._theme.scale)
        self.table.scrollTo(self.table.currentIndex())
        self._mark_way_back()


def _nothing(wanted: UnionFilter) -> str:
    if wanted.due:
        return _("没有到期或快到期的。换届提前半年、证书提前 60 天和 30 天列在这里。")
    if wanted != UnionFilter():
        return _("没有符合条件的工会。按 Esc 清空筛选。")
    return _(
        "这里是辖区里全部工会，按省、市、县、街道、社区、单位的上下级排列。"
        "办完一次建会或登记第一位会员后自动出现；已经有的工会按 Ctrl+N 登记。"
    )
