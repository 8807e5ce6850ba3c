"""名册: filter, the list of members, and the form of what is being done with those chosen."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from organizer import paths, settings
from organizer.domain import access
from organizer.domain.access import Permission
from organizer.i18n import _
from organizer.services.members import member_listing
from organizer.services.members.act_checking import act_words
from organizer.services.members.member_listing import NEWEST, MemberFilter, Order
from organizer.ui.members.acts import RECEIVE, ReceiveForm, SettleForm, forms
from organizer.ui.members.columns import columns, order_words, read_layout, read_order
from organizer.ui.members.filter_bar import FilterBar
from organizer.ui.members.member_form import MemberForm, Rows
from organizer.ui.session import Session
from organizer.ui.widgets.act_form import ActForm
from organizer.ui.widgets.arrangement import layout_words
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.paging import PagedModel, Row
from organizer.ui.widgets.plain import button, card, column, holder, label, row
from organizer.ui.widgets.reflow import Cell, Reflow
from organizer.ui.widgets.table import MOST_COPIED, PagedTable

KEYS = {
    "acts": "Ctrl+M", "receive": "Ctrl+N", "settle": "Ctrl+J", "columns": "Ctrl+Shift+L",
}  # fmt: skip
_DIGITS = "123456789ABC"
_SIDE_BY_SIDE = 1080
_FORM_WIDTH = 440
_MOST_AT_ONCE = 500


class ListPage(QWidget):
    """`opened` carries the membership to show; `changed` what was done in words."""

    opened = Signal(bytes)
    changed = Signal(str)
    say = Signal(str)
    finished = Signal()
    """The form somebody came for was done or left."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session, self._theme = session, session.theme
        kept = settings.read(paths.settings_file())
        self._order = read_order(kept.member_order)
        self._keys = [each.key for each in columns()]
        self._filter = MemberFilter()
        self._stale = True
        self.filter_bar = FilterBar(session)
        self.model = PagedModel(columns(), self._fetch, self)
        self.table = PagedTable(self.model, _("会员"), self._theme.px(32))
        self.forms = forms(session)
        self.form: ActForm | None = None
        self._lay_out(read_layout(kept.member_columns))
        self._connect()

    def reload(self) -> None:
        """Read the list anew."""
        self._stale = True
        if self.isVisible():
            self._load()

    def arrive(self) -> None:
        """The page comes into view: the cursor goes to the search line."""
        if self._stale:
            self._load()
        if self.form is None:
            self.filter_bar.begin()

    def show_filter(self, wanted: MemberFilter) -> None:
        """Show what somebody came for."""
        self.leave_form()
        self.filter_bar.show_filter(wanted)

    def leave(self) -> None:
        """Keep what was moved or half typed."""
        self.table.settle()
        if self.form is not None:
            self.form.keep()

    def show_menu(self) -> None:
        """What can be done with those chosen."""
        menu = self.acts_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.acts.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def acts_menu(self) -> QMenu:
        """Every act; a digit or letter takes it."""
        menu = QMenu(self)
        for key, (act, text) in zip(_DIGITS, act_words().items(), strict=True):
            made = menu.addAction(f"&{key}  {text}")
            made.triggered.connect(lambda _checked=False, act=act: self.begin(act))
        return menu

    def begin(self, act: str) -> None:
        """Open the form of an act for those chosen in the list."""
        chosen = [self.model.number_at(at) for at in self.table.chosen_rows]
        numbers = [number for number in chosen if number is not None]
        if not numbers:
            self.say.emit(_("先在名单里选一个或几个人，再办理。"))
            return
        if len(numbers) > _MOST_AT_ONCE:
            told = _("一次最多办 {most} 人，现在选了 {count} 人，请分几次办。")
            self.say.emit(told.format(most=_MOST_AT_ONCE, count=f"{len(numbers):,}"))
            return
        first = self.table.chosen_rows[:1]
        self.model.gather(first, lambda found: self._open(act, numbers, found))

    def begin_for(self, act: str, membership: bytes, name: str) -> None:
        """Open the form of an act for one membership, whatever the list shows."""
        self._start(act, name, 1, lambda _workspace: [membership], membership)

    def begin_new(self, act: str) -> None:
        """转入, or the members of a unit that founded its union."""
        form = self.forms[act]
        if isinstance(form, ReceiveForm | SettleForm):
            self._show_form(form)
            form.begin()

    def leave_form(self) -> None:
        """Back to the list."""
        if self.form is not None:
            self.form.keep()
            self.form.hide()
            self.form = None
            self._share()
            self.table.setFocus()
            self.finished.emit()

    def _open(self, act: str, numbers: Sequence[int], found: Sequence[Row]) -> None:
        name = found[0][1][0] if found else ""
        count = len(numbers)
        if count > 1:
            name = _("{name}等 {count} 人").format(name=name, count=count)
        of = found[0][0] if found and count == 1 else b""
        self._start(act, name, count, lambda ws: member_listing.chosen(ws, numbers), of)

    def _start(self, act: str, subject: str, count: int, rows: Rows, of: bytes) -> None:
        form = self.forms[act]
        if isinstance(form, MemberForm):
            self._show_form(form)
            form.begin(subject, count, rows, of)

    def _show_form(self, form: ActForm) -> None:
        if self.form is not None:
            self.form.keep()
            self.form.hide()
        self.form = form
        form.show()
        self._share()

    def _lay_out(self, shown: Sequence[tuple[str, int]]) -> None:
        key = KeyButton
        theme, role = self._theme, self.session.workspace.account.role
        self.acts = key(theme, _("办理"), self.show_menu, shortcut=KEYS["acts"], name="acts")
        self._receive = key(
            theme, _("转入"), lambda: self.begin_new(RECEIVE), shortcut=KEYS["receive"],
            name="receive",
        )  # fmt: skip
        self._columns_button = key(
            theme, _("列与排序"), self.show_columns, shortcut=KEYS["columns"], name="columns"
        )
        if not access.grants(role, Permission.REVIEW):
            # Never shown by hand: before it has a parent it would be a window of its own.
            self.acts.hide()
            self._receive.hide()
        self._count = label("", "mut")
        self._nothing = self._make_nothing()
        self._empty = self._make_empty()
        cells = (
            Cell(self._count, 4, 110),
            Cell(self.acts, 1, 128),
            Cell(self._receive, 1, 128),
            Cell(self._columns_button, 1, 180),
        )
        foot = Reflow(theme, (cells,))
        self._list = QWidget()
        column(self.table, self._nothing, self._empty, foot, into=QVBoxLayout(self._list))
        self._side = QWidget()
        side = column(*self.forms.values(), into=QVBoxLayout(self._side))
        side.setContentsMargins(0, 0, 0, 0)
        for form in self.forms.values():
            form.hide()
        self._side.hide()
        beside = row(self._list, self._side, gap=16)
        beside.setStretch(0, 1)
        whole = column(self.filter_bar, beside, into=QVBoxLayout(self), gap=12)
        whole.setStretch(1, 1)
        self.table.show_sorting(self._order.column, descending=self._order.descending)
        self.table.arrange(shown, theme.scale)

    def _make_nothing(self) -> QWidget:
        again = button(_("清除筛选"), self.filter_bar.clear, name="clear-filter")
        told = label(_("没有符合条件的会员。换个写法，或清除筛选再看。"), "mut")
        made = holder(column(told, row(again, None), None, gap=12))
        made.hide()
        return made

    def _make_empty(self) -> QWidget:
        told = label(
            _("这里是全部会员的名册：查人、办转出转入、保留会籍、退会，记会费，打花名册。"
              "到“入会”登记第一个人，审批以后就在这里。")
        )  # fmt: skip
        told.setWordWrap(True)
        made = card(label(_("还没有会员"), "title"), told, margin=32, gap=12)
        made.hide()
        return made

    def _connect(self) -> None:
        self.filter_bar.changed.connect(self._on_filter)
        self.filter_bar.down.connect(self.table.setFocus)
        self.table.opened.connect(self.opened)
        self.table.typed.connect(self.filter_bar.begin)
        self.table.sorted.connect(self._on_sorted)
        self.table.arranged.connect(self._remember)
        self.table.copied.connect(self._on_copied)
        for form in self.forms.values():
            form.done.connect(self._on_done)
            form.left.connect(self.leave_form)
        self._theme.changed.connect(self._on_theme)

    def sort_newest(self) -> None:
        """The newest first again."""
        self._on_sorted(NEWEST, descending=False)
        self.table.show_sorting(NEWEST)

    def show_columns(self) -> None:
        """Which columns, and by what it is sorted."""
        menu = self.table.columns_menu()
        newest = menu.addAction(_("按登记先后，新的在前"))
        newest.triggered.connect(self.sort_newest)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._columns_button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _load(self) -> None:
        self._stale = False
        wanted, order = self._filter, self._order
        self.session.ask(
            self,
            lambda workspace: member_listing.member_numbers(workspace, wanted, order),
            self._show,
            key="members.numbers",
        )

    def _show(self, numbers: Sequence[int]) -> None:
        self.table.show_numbers(numbers)
        limited, some = self._filter != MemberFilter(), bool(numbers)
        self.table.setVisible(some)
        self._nothing.setVisible(not some and limited)
        self._empty.setVisible(not some and not limited)
        told = _("符合条件的 {count} 人") if limited else _("共 {count} 份会籍")
        self._count.setText(told.format(count=f"{len(numbers):,}") if some else "")
        self._share()

    def _fetch(self, numbers: Sequence[int], answer: Callable[[Mapping[int, Row]], None]) -> None:
        wanted, keys = list(numbers), self._keys

        def failed(error: BaseException) -> None:
            answer({})
            self.session.notices.present(error)

        self.session.ask(
            self,
            lambda workspace: member_listing.member_rows(workspace, wanted, keys),
            answer,
            failed=failed,
        )

    def _on_filter(self, wanted: MemberFilter) -> None:
        if wanted != self._filter:
            self._filter = wanted
            self._load()

    def _on_sorted(self, key: str, descending: bool) -> None:
        self._order = Order(key, descending)
        self._load()
        self._remember()

    def _remember(self) -> None:
        kept = {
            "member_columns": layout_words(self.table.arrangement),
            "member_order": order_words(self._order),
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

    def _on_done(self, said: str) -> None:
        self.leave_form()
        self.changed.emit(said)

    def _on_theme(self) -> None:
        self.table.set_row_height(self._theme.px(32))
        self.table.arrange(self.table.arrangement, self._theme.scale)
        self._share()

    def _share(self) -> None:
        """List and form beside each other; where it is narrow the form covers the list."""
        opened = self.form is not None
        wide = self.width() >= self._theme.px(_SIDE_BY_SIDE)
        self._side.setVisible(opened)
        self._list.setVisible(wide or not opened)
        self.filter_bar.setVisible(wide or not opened)
        self._side.setMinimumWidth(self._theme.px(_FORM_WIDTH) if wide and opened else 0)
        self._side.setMaximumWidth(self._theme.px(_FORM_WIDTH) if wide else 16_777_215)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As the width allows."""
        super().resizeEvent(event)
        self._share()
