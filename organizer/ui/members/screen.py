"""会员: the list with what can be done, transfers that wait, dues, and members by group."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QVBoxLayout

from organizer.domain.access import Permission
from organizer.domain.member import Act
from organizer.domain.member_filter import MemberFilter
from organizer.i18n import _
from organizer.services import undoing
from organizer.services.members import member_listing
from organizer.services.members.act_checking import act_words
from organizer.services.members.member_counts import BY_PLACE
from organizer.ui.actions import Action
from organizer.ui.members.acts import RECEIVE, SETTLE
from organizer.ui.members.counts_page import CountsPage
from organizer.ui.members.dues_page import DuesPage
from organizer.ui.members.list_page import KEYS, ListPage
from organizer.ui.members.papers import BOOK, PDF, MemberPapers
from organizer.ui.members.transfers_page import TransfersPage
from organizer.ui.screen import Screen
from organizer.ui.session import Session
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import button, column, row
from organizer.ui.widgets.reflow import Cell, Reflow

LIST, TRANSFERS, DUES, EIGHT, NEW_FORMS = range(5)
_TAB = 92
PAGES = ("list", "transfers", "dues", "groups", "new_forms")
FIND, NEXT, PAPERS, SAVE, CONFIRM = "Ctrl+F", "Ctrl+G", "Ctrl+P", "Ctrl+S", "Ctrl+Return"
# 收到回执 and 撤回转出, among the transfers and of those chosen in the list.
CAME, BACK = "Ctrl+R", "Ctrl+B"


class MembersScreen(Screen):
    """`arrive` takes a membership's id with an act and a name, a filter, or the name of a page."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._errand = False
        self.papers = MemberPapers(session, self, self.say.emit)
        self.list = ListPage(session)
        self.transfers = TransfersPage(session, self._transfer_acts())
        self.dues = DuesPage(session, self._file_acts("dues"))
        kinds = dict.fromkeys(group.kind for group in member_listing.groups())
        self.counts = [
            CountsPage(session, kind, self._file_acts(f"counts-{at}"))
            for at, kind in enumerate(kinds)
        ]
        self._pages = QStackedWidget()
        for page in (self.list, self.transfers, self.dues, *self.counts):
            self._pages.addWidget(page)
        for table in (self.transfers, self.dues):
            table.opened.connect(self._open)
        self.list.opened.connect(self._open)
        self.list.changed.connect(self._on_changed)
        self.list.say.connect(self.say)
        self.list.finished.connect(self._on_finished)
        self._tabs = QButtonGroup(self)
        texts = (_("名册"), _("接转"), _("会费"), *kinds)
        tabs = [self._tab(number, text) for number, text in enumerate(texts)]
        papers = KeyButton(
            session.theme, _("打印"), self.papers_menu, shortcut=PAPERS, name="papers"
        )
        self._print = papers
        # The tabs stay where they are on pages that print otherwise.
        kept = papers.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        papers.setSizePolicy(kept)
        self._head = Reflow(session.theme, ([Cell(tab, 1, _TAB) for tab in tabs],))
        head = row(self._head, papers)
        head.setStretch(0, 1)
        head.setAlignment(papers, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        whole = column(head, self._pages, into=QVBoxLayout(self), margin=16, gap=12)
        session.theme.changed.connect(self._on_theme)
        self._on_theme()
        whole.setStretch(1, 1)
        session.touched.connect(self._on_touched)

    def actions_table(self) -> Sequence[Action]:
        """What can be done here; every act on those chosen in the list is in the palette too."""
        review, look, prints = Permission.REVIEW, Permission.LOOK, Permission.PRINT
        keys = {Act.CONFIRM.value: CAME, Act.RECALL.value: BACK}
        acts = [
            Action(
                f"members.act.{act}", text, partial(self.begin, act), keys.get(act, ""), "", review
            )
            for act, text in act_words().items()
        ]
        page = self.list
        return (
            Action("members.find", _("筛选会员"), self.begin_search, FIND, "search", look),
            Action("members.acts", _("办理（选中的会员）"), self._menu, KEYS["acts"], "", review),
            Action("members.receive", _("转入"), self.receive, KEYS["receive"], "", review),
            Action(
                "members.settle", _("临时会员随单位建会转入"), self.settle, KEYS["settle"], "",
                review,
            ),
            Action("members.columns", _("列与排序"), page.show_columns, KEYS["columns"], "", look),
            Action("members.newest", _("按登记先后排"), page.sort_newest, "", "", look),
            Action(
                "members.next", _("换到下一页：名册、接转、会费、人数"), self.show_next, NEXT, "",
                look,
            ),
            Action("members.print", _("打印花名册、材料、名单"), self.print_page, PAPERS, "", prints),
            Action("members.save", _("存为表格"), self.save_page, SAVE, "", prints),
            Action("members.confirm", _("确定"), self._confirm, CONFIRM, "", review),
            *acts,
        )  # fmt: skip

    def keys_table(self) -> Sequence[tuple[str, str]]:
        """Keys of the list."""
        return (
            ("Enter", _("打开这个人")),
            ("Shift+↓", _("选几个人")),
            ("Ctrl+C", _("复制成文字")),
        )

    def arrive(self, record: object = None) -> None:
        """Show a page, a filtered list, or the form of an act on one membership."""
        if isinstance(record, MemberFilter):
            self.show_page(LIST)
            self.list.show_filter(record)
        elif isinstance(record, str):
            self.show_page(PAGES.index(record))
        elif isinstance(record, tuple):
            membership, act, name = record
            self.show_page(LIST)
            self._errand = True
            self.list.begin_for(act, membership, name)
        else:
            self._current().arrive()

    def leave(self) -> None:
        """Nothing half done stays behind."""
        self._errand = False
        self.list.leave()
        self.list.leave_form()

    def show_page(self, number: int) -> None:
        """Bring a page into view."""
        self._pages.setCurrentIndex(number)
        self._print.setVisible(number == LIST)
        self._tabs.button(number).setChecked(True)
        self._current().arrive()

    def show_next(self) -> None:
        """The page after this one."""
        self.show_page((self._pages.currentIndex() + 1) % self._pages.count())

    def begin_search(self) -> None:
        """The search line of the list."""
        self.show_page(LIST)
        self.list.leave_form()
        self.list.filter_bar.begin()

    def begin(self, act: str) -> None:
        """An act on those chosen, in the list or among the transfers."""
        if self._pages.currentIndex() == TRANSFERS:
            self._begin_transfer(act)
            return
        self.show_page(LIST)
        self.list.begin(act)

    def receive(self) -> None:
        """转入."""
        self.show_page(LIST)
        self.list.begin_new(RECEIVE)

    def settle(self) -> None:
        """The temporary members of a unit that founded its union."""
        self.show_page(LIST)
        self.list.begin_new(SETTLE)

    def papers_menu(self) -> None:
        """What can be printed: of those chosen, of a union, of a unit."""
        self.papers.show_menu(self._print, self.list)

    def print_page(self) -> None:
        """Print what the page in view is about."""
        page = self._pages.currentWidget()
        if page is self.list:
            self.papers_menu()
        elif page is self.transfers:
            self._print_letter()
        else:
            self._file(PDF)

    def save_page(self) -> None:
        """The table of the page in view as a workbook."""
        if self._pages.currentIndex() >= DUES:
            self._file(BOOK)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves a form, then the screen."""
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        else:
            super().keyPressEvent(event)

    def _current(self) -> ListPage | TransfersPage | DuesPage | CountsPage:
        page = self._pages.currentWidget()
        assert isinstance(page, ListPage | TransfersPage | DuesPage | CountsPage)
        return page

    def _menu(self) -> None:
        if self._pages.currentIndex() == LIST and self.list.form is None:
            self.list.show_menu()

    def _confirm(self) -> None:
        if self.list.form is not None:
            self.list.form.confirm()

    def _begin_transfer(self, act: str) -> None:
        membership, name = self.transfers.table.current_id(), self._named()
        if membership is not None and act in (Act.CONFIRM, Act.RECALL):
            self.show_page(LIST)
            self.list.begin_for(act, membership, name)

    def _named(self) -> str:
        table = self.transfers.table
        return str(table.rows.index(table.currentIndex().row(), 0).data() or "")

    def _open(self, membership: bytes) -> None:
        def answered(person: bytes | None) -> None:
            if person is not None:
                self.go.emit("people", person)

        self.session.ask(
            self,
            lambda workspace: member_listing.person_of(workspace, membership),
            answered,
            key="members.open",
        )

    def _on_finished(self) -> None:
        if self._errand:
            self._errand = False
            self.back.emit()

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

    def _on_touched(self) -> None:
        self.list.reload()
        page = self._pages.currentWidget()
        if self.isVisible() and page is not self.list:
            self._current().reload()

    def _on_theme(self) -> None:
        self._head.setMaximumWidth(self.session.theme.px((_TAB + 16) * self._pages.count()))

    def _file(self, kind: str) -> None:
        page = self._pages.currentWidget()
        if not isinstance(page, CountsPage):
            self.papers.behind(kind)
            return
        told = _("按社区") if page.by == BY_PLACE else _("按工会")
        title = _("会员分群体统计表 {by}").format(by=told)
        self.papers.counts(page.by, title, kind)

    def _tab(self, number: int, text: str) -> QPushButton:
        made = button(text, lambda: self.show_page(number), kind="choice", name=f"tab-{number}")
        made.setCheckable(True)
        made.setChecked(number == LIST)
        self._tabs.addButton(made, number)
        return made

    def _transfer_acts(self) -> list[KeyButton]:
        told = (
            (_("收到回执"), partial(self._begin_transfer, Act.CONFIRM.value), CAME, "came"),
            (_("撤回转出"), partial(self._begin_transfer, Act.RECALL.value), BACK, "back"),
            (_("打印介绍信"), self._print_letter, PAPERS, "letter"),
        )
        return [
            KeyButton(self.session.theme, text, run, shortcut=keys, name=f"transfer-{name}")
            for text, run, keys, name in told
        ]

    def _print_letter(self) -> None:
        membership = self.transfers.table.current_id()
        if membership is not None:
            self.papers.paper(membership)

    def _file_acts(self, name: str) -> list[KeyButton]:
        words = (
            (_("打印"), PDF, PAPERS), (_("存为表格"), BOOK, SAVE),
        )  # fmt: skip
        return [
            KeyButton(
                self.session.theme, text, partial(self._file, kind), shortcut=keys,
                name=f"{name}{kind}",
            )
            for text, kind, keys in words
        ]  # fmt: skip
