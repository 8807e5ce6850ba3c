"""入会: one person after another, those who wait for approval, those whose id number is to come."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from organizer.domain.access import Permission
from organizer.domain.member import Act
from organizer.i18n import _
from organizer.services import picking, undoing
from organizer.services.members import amending, approving
from organizer.services.members.amending import Amended, Entry, Mending
from organizer.services.picking import Offer
from organizer.services.workspace import Workspace
from organizer.ui.actions import Action
from organizer.ui.keys import shown_keys, with_keys
from organizer.ui.screen import Screen
from organizer.ui.session import Session
from organizer.ui.signup.amend_page import AmendPage
from organizer.ui.signup.keys import LATER, PRINT, REFUSE, SAVE, TRANSFER
from organizer.ui.signup.lacking import Lacking
from organizer.ui.signup.page import SignupPage
from organizer.ui.signup.pending import Pending
from organizer.ui.signup.today_list import TODAY, TodayList
from organizer.ui.widgets.picker import Choice
from organizer.ui.widgets.plain import button, column, row

TURN, SWITCH = "Ctrl+PgDown", "Ctrl+T"
FORM, PENDING, LACKING = "form", "pending", "lacking"


class SignupScreen(Screen):
    """`arrive` takes a membership or a `Mending`, an employer to sign up at, or a tab's name."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.today = TodayList(session)
        self.page = SignupPage(session, below=(self.today,))
        self.page.said.connect(self.say)
        self.today.opened.connect(self._open)
        self.today.left.connect(self.page.take_focus)
        may = amending.may_amend(session.workspace)
        self.lacking = Lacking(session, SAVE) if may else None
        may = approving.may_approve(session.workspace)
        self.pending = Pending(session, SAVE) if may else None
        self.amend: AmendPage | None = None
        """The record that is open, above whatever tab it was opened from."""
        self._away = False
        """Whether it was opened from another screen."""
        self._stack = QStackedWidget()
        self._tabs: dict[str, tuple[QPushButton, QWidget]] = {}
        self._group = QButtonGroup(self)
        self._add_tab(FORM, _("入会登记"), self.page)
        if self.pending is not None:
            self._add_tab(PENDING, _("待审批"), self.pending)
            self.pending.count_changed.connect(partial(self._on_count, PENDING))
            self.pending.approved.connect(self._on_approved)
            self.pending.refusal_wanted.connect(self._on_refusal)
        if self.lacking is not None:
            self._add_tab(LACKING, _("证件后补"), self.lacking)
            self.lacking.count_changed.connect(partial(self._on_count, LACKING))
            self.lacking.opened.connect(self._open)
        self._head: QBoxLayout = row(*(tab for tab, _page in self._tabs.values()))
        self._head.addWidget(self.page.tools, 1)
        self._head.addStretch(0)
        whole = QVBoxLayout(self)
        column(self._head, self._stack, into=whole, gap=12)
        whole.setContentsMargins(24, 16, 24, 16)
        self._tab = FORM
        self._mark()

    def actions_table(self) -> Sequence[Action]:
        """Saving, printing, going on without the id number, and the lists."""
        allowed, review = Permission.SIGN_UP, Permission.REVIEW
        return (
            Action("signup.save", _("保存，下一位"), self.run_main, SAVE, "check", allowed),
            Action("signup.print", _("保存并打印"), self._print, PRINT, "", allowed),
            Action("signup.later", _("没带证件，先登记"), self._later, LATER, "", allowed),
            Action("signup.transfer", _("转入，不重新入会"), self._transfer, TRANSFER, "", review),
            Action("signup.refuse", _("不予批准所选的申请"), self._refuse, REFUSE, "", review),
            Action("signup.turn", _("预览另一页"), self._turn, TURN),
            Action("signup.today", _("今天登记的人"), self._to_today, TODAY, "", allowed),
            Action("signup.pending", _("待审批、证件后补"), self._switch, SWITCH, "", allowed),
        )

    def arrive(self, record: object = None) -> None:
        """The cursor goes where the work starts."""
        for people in (self.pending, self.lacking):
            if people is not None:
                people.refresh()
        if isinstance(record, bytes | Mending):
            self._away = True
            self._open(record)
        elif isinstance(record, str) and record in self._tabs:
            self.show_tab(record)
        elif self.amend is None:
            self.show_tab(self._tab)
        else:
            self.amend.take_focus()

    def leave(self) -> None:
        """Keep what is typed."""
        for page in (self.page, self.amend):
            if page is not None:
                page.drafts.flush()

    def show_tab(self, name: str) -> None:
        """The form of the next person, or one of the lists."""
        self.leave()
        self._close_record()
        self._tab = name
        page = self._tabs[name][1]
        self._stack.setCurrentWidget(page)
        if isinstance(page, SignupPage):
            page.take_focus()
        elif isinstance(page, Pending | Lacking):
            page.arrive()
        self._mark()

    def run_main(self) -> None:
        """What the main button of the page in view does."""
        page = self._stack.currentWidget()
        if isinstance(page, SignupPage):
            page.save()
        elif isinstance(page, Pending | Lacking):
            page.run()

    def _add_tab(self, name: str, text: str, page: QWidget) -> None:
        tab = button(text, partial(self.show_tab, name), kind="choice", name=f"tab-{name}")
        tab.setToolTip(with_keys(text, SWITCH))
        tab.setCheckable(True)
        self._group.addButton(tab)
        self._tabs[name] = (tab, page)
        self._stack.addWidget(page)

    def _mark(self) -> None:
        """The tab in view, and the tools of the form in view."""
        page = self._stack.currentWidget()
        # An open record belongs to no tab; its title stands in their place.
        for tab, _page in self._tabs.values():
            tab.setVisible(self.amend is None)
        self._tabs[self._tab][0].setChecked(True)
        for one in (self.page, self.amend):
            if one is not None:
                one.tools.setVisible(one is page)

    def _open(self, record: bytes | Mending) -> None:
        """Show the record behind a membership, or begin at an employer."""
        wanted = record if isinstance(record, Mending) else Mending(record, ())
        self.session.ask(
            self,
            lambda workspace: _meant(workspace, wanted.membership),
            partial(self._on_meant, wanted.fields),
            key="signup.record",
            failed=self._on_not_opened,
        )

    def _on_meant(self, fields: Sequence[str], meant: Entry | Offer) -> None:
        if isinstance(meant, Offer):
            self.show_tab(FORM)
            self.page.begin_at(Choice(meant.id, meant.name, meant.detail))
            return
        self.leave()
        self._close_record(keep_origin=True)
        self.amend = AmendPage(self.session, meant, self.page.papers, fields)
        self.amend.saved.connect(self._on_amended)
        self.amend.left.connect(self._on_left)
        self._stack.addWidget(self.amend)
        self._head.addWidget(self.amend.tools, 1)
        self._stack.setCurrentWidget(self.amend)
        self._mark()

    def _on_approved(self, count: int, write: bytes) -> None:
        said = _("已批准 {count} 人入会，按 {keys} 打印审批名单")
        keys = shown_keys(PRINT)
        self.offer.emit(said.format(count=count, keys=keys), partial(self._take_back, write))

    def _on_not_opened(self, error: BaseException) -> None:
        self._away = False
        self.session.notices.present(error)
        self.show_tab(self._tab)

    def _on_amended(self, made: Amended, said: str) -> None:
        self.offer.emit(said, partial(self._take_back, made.write))
        self._on_left()

    def _on_left(self) -> None:
        """Back to the list, or to the screen one came from."""
        away = self._away
        self.show_tab(self._tab)
        if away:
            self.back.emit()

    def _take_back(self, write: bytes) -> None:
        self.session.change(
            self,
            lambda workspace, _job: undoing.take_back(workspace, write),
            lambda _undone: self.say.emit(_("已撤销。")),
            failed=self.session.notices.present,
        )

    def _close_record(self, *, keep_origin: bool = False) -> None:
        page, self.amend = self.amend, None
        self._away = self._away and keep_origin
        if page is not None:
            self._stack.removeWidget(page)
            page.tools.deleteLater()
            page.deleteLater()

    def _print(self) -> None:
        if isinstance(page := self._stack.currentWidget(), SignupPage):
            page.save_and_print()
        elif isinstance(page, Pending):
            page.print_lists()

    def _later(self) -> None:
        page = self._stack.currentWidget()
        if isinstance(page, SignupPage) and page.may_be_later:
            page.toggle_later()

    def _transfer(self) -> None:
        page = self._stack.currentWidget()
        if isinstance(page, SignupPage) and page.may_transfer:
            page.toggle_transfer()

    def _refuse(self) -> None:
        if self.pending is not None and self._stack.currentWidget() is self.pending:
            self.pending.refuse()

    def _on_refusal(self, membership: bytes, name: str) -> None:
        """Reason and day are asked where all acts on a membership are."""
        self.go.emit("members", (membership, Act.REFUSE.value, name))

    def _turn(self) -> None:
        page = self._stack.currentWidget()
        if isinstance(page, SignupPage) and page.isEnabled():
            page.preview.turn()

    def _to_today(self) -> None:
        self.show_tab(FORM)
        self.today.take_focus()

    def _switch(self) -> None:
        names = list(self._tabs)
        self.show_tab(names[(names.index(self._tab) + 1) % len(names)])

    def _on_count(self, name: str, count: int) -> None:
        text = {PENDING: _("待审批"), LACKING: _("证件后补")}[name]
        self._tabs[name][0].setText(f"{text} {count}" if count else text)


def _meant(workspace: Workspace, row_: bytes) -> Entry | Offer:
    """Another screen sends a membership or an employer."""
    return picking.employer_offer(workspace, row_) or amending.entry(workspace, row_)
