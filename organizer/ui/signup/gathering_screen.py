"""集中入会: the events, and the list of the one that is open."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from organizer.domain.access import Permission
from organizer.i18n import _
from organizer.services.members import gathering
from organizer.services.members.gathering import GatheringRow
from organizer.ui.actions import Action
from organizer.ui.screen import Screen
from organizer.ui.session import Session
from organizer.ui.signup import gathering_head as head_keys
from organizer.ui.signup import gathering_page as keys
from organizer.ui.signup.gathering_forms import AuthorityForm, EventForm
from organizer.ui.signup.gathering_page import GatheringPage
from organizer.ui.widgets.act_form import ActForm
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import column, label, row
from organizer.ui.widgets.rows import RowsTable
from organizer.ui.widgets.table import Column

NEW = "Ctrl+N"

Act = Callable[[], None]


class GatheringsScreen(Screen):
    """`arrive` takes the id of a gathering to open."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.events = self._build_events()
        self.page = GatheringPage(session)
        self.page.said.connect(self.say)
        self.page.offered.connect(self.offer)
        self.page.left.connect(self._to_events)
        self.page.authorise_wanted.connect(self.authorise)
        self.new_form = EventForm(session, new=True)
        self.edit_form = EventForm(session, new=False)
        self.authority_form = AuthorityForm(session)
        self._stack = QStackedWidget()
        for part in (self.events, self.page):
            self._stack.addWidget(part)
        for form in (self.new_form, self.edit_form, self.authority_form):
            form.left.connect(partial(self._on_form_left, form))
            form.done.connect(partial(self._on_form_done, form))
            self._stack.addWidget(form)
        whole = QVBoxLayout(self)
        whole.addWidget(self._stack)
        whole.setContentsMargins(24, 16, 24, 16)
        session.touched.connect(self.refresh)

    def actions_table(self) -> Sequence[Action]:
        """The events, and what is done with a list."""
        page, may = self.page, Permission.SIGN_UP
        return (
            Action("gathering.new", _("新的集中入会"), self.new, NEW, "", may),
            Action("gathering.join", _("登记名单上没有问题的人"), self.run_main, keys.JOIN, "", may),
            Action("gathering.paste", _("粘贴名单"), self._on_page(page.paste), head_keys.PASTE, "", may),
            Action("gathering.open", _("从文件读名单"), self._on_page(page.choose_file), head_keys.OPEN, "", may),
            Action("gathering.edit", _("修改活动"), self.edit, keys.EDIT, "", may),
            Action("gathering.authorise", _("现场审批授权"), self.authorise, head_keys.AUTHORISE, "", Permission.REVIEW),
            Action("gathering.rows", _("到名单，再按回到输入行"), self._on_page(page.turn), keys.ROWS, "", may),
            Action("gathering.repair", _("证件号按建议改"), self._on_page(page.repair), keys.REPAIR, "", may),
            Action("gathering.aside", _("这一行先不办"), self._on_page(page.set_aside), keys.ASIDE, "", may),
            Action("gathering.drop", _("删去这一行"), self._on_page(page.drop), keys.DROP, "", may),
            Action("gathering.form", _("打印集中入会登记表"), self._printing("form"), head_keys.FORM, "", Permission.PRINT),
            Action("gathering.slips", _("打印待审批单"), self._printing("slips"), keys.SLIPS, "", Permission.PRINT),
            Action("gathering.oath", _("打印宣誓卡"), self._printing("oath"), keys.OATH, "", Permission.PRINT),
        )  # fmt: skip

    def arrive(self, record: object = None) -> None:
        """The cursor goes where the work starts; a word asks for the events."""
        self.refresh()
        if isinstance(record, bytes):
            self.open(record)
        elif isinstance(record, str) or self._stack.currentWidget() is self.events:
            self._to_events()
        elif self._stack.currentWidget() is self.page:
            self.page.take_focus()

    def leave(self) -> None:
        """Keep what is typed."""
        self.page.keep()

    def refresh(self) -> None:
        """Read the events anew."""
        self.session.ask(self, gathering.held, self._show_events, key="gathering.events")
        self.page.refresh()

    def open(self, gathered: bytes) -> None:
        """Show one gathering."""
        self.page.open(gathered)
        self._stack.setCurrentWidget(self.page)
        self.page.take_focus()

    def new(self) -> None:
        """Ask about a new gathering."""
        self.page.keep()
        self._stack.setCurrentWidget(self.new_form)
        self.new_form.begin(None)

    def edit(self) -> None:
        """Correct what is said of the one in view."""
        if self._stack.currentWidget() is self.page and self.page.card is not None:
            self._stack.setCurrentWidget(self.edit_form)
            self.edit_form.begin(self.page.card)

    def authorise(self) -> None:
        """Record what the committee allows for the one in view."""
        if self._stack.currentWidget() is self.page and self.page.card is not None:
            self._stack.setCurrentWidget(self.authority_form)
            self.authority_form.begin(self.page.card)

    def run_main(self) -> None:
        """What the main button of the page in view does."""
        shown = self._stack.currentWidget()
        if isinstance(shown, ActForm):
            shown.confirm()
        elif shown is self.page:
            self.page.join()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to where one came from."""
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        else:
            super().keyPressEvent(event)

    def _on_page(self, act: Act) -> Act:
        def run() -> None:
            if self._stack.currentWidget() is self.page:
                act()

        return run

    def _printing(self, paper: str) -> Act:
        return self._on_page(lambda: self.page.print_paper(paper))

    def _build_events(self) -> QWidget:
        theme = self.session.theme
        self._teaching = label(
            _(
                "集中入会：一次活动，许多人一起入会。先建一次活动，再把名单粘贴进来，"
                "有问题的行单独列出，其余一次登记，打印一份登记表让各人签字。"
            ),
            "mut",
        )
        columns = (
            Column("held_on", _("日期"), 110),
            Column("name", _("活动"), 220),
            Column("union", _("加入的工会"), 260),
            Column("members", _("会员"), 72, number=True),
            Column("pending", _("待审批"), 84, number=True),
        )
        self.table = RowsTable(theme, columns, _("集中入会的活动"), 2, ("union",))
        self.table.setObjectName("gatherings")
        self.table.opened.connect(self.open)
        make = KeyButton(
            theme, _("新的集中入会"), self.new, shortcut=NEW, kind="primary", name="new-gathering"
        )
        made = QWidget()
        whole = column(
            label(_("集中入会"), "title"), self._teaching, self.table, row(make, None),
            into=QVBoxLayout(made), gap=12,
        )  # fmt: skip
        whole.setStretch(2, 1)
        whole.addStretch(0)
        self._new_button = make
        return made

    def _show_events(self, found: Sequence[GatheringRow]) -> None:
        here = self._stack.currentWidget() is self.events and self.events.isAncestorOf(
            self.window().focusWidget() or self
        )
        chosen = self.table.current_id()
        self.table.show_rows(
            [
                (
                    one.id,
                    (one.held_on, one.name, one.union_name, str(one.members), str(one.pending)),
                )
                for one in found
            ],
            chosen,
        )
        self.table.setVisible(bool(found))
        if here:
            self._focus_events()

    def _focus_events(self) -> None:
        rows = self.table.rows.rowCount()
        (self.table if rows else self._new_button).setFocus(Qt.FocusReason.TabFocusReason)

    def _to_events(self) -> None:
        self.page.keep()
        self._stack.setCurrentWidget(self.events)
        self.refresh()
        self._focus_events()

    def _on_form_left(self, form: ActForm) -> None:
        if form is self.new_form:
            self._to_events()
        else:
            self._stack.setCurrentWidget(self.page)
            self.page.take_focus()

    def _on_form_done(self, form: ActForm, said: str) -> None:
        self.say.emit(said)
        if isinstance(form, EventForm) and form.made is not None:
            self.open(form.made)
            return
        self._stack.setCurrentWidget(self.page)
        self.page.refresh()
        self.page.take_focus()
