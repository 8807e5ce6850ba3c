"""入会: a tab for one person after another, and a tab for those who wait for approval."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from organizer.domain.access import Permission
from organizer.i18n import _
from organizer.services import approving
from organizer.ui.actions import Action
from organizer.ui.screen import Screen
from organizer.ui.session import Session
from organizer.ui.signup.page import LATER, PRINT, SAVE, SignupPage
from organizer.ui.signup.pending import Pending
from organizer.ui.widgets.plain import button, column, label, row

TURN, SWITCH = "Ctrl+PgDown", "Ctrl+T"


class SignupScreen(Screen):
    """The form with its preview, and for who may approve the list of waiting applications."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.page = SignupPage(session)
        self.page.said.connect(self.say)
        may = approving.may_approve(session.workspace)
        self.pending = Pending(session, SAVE) if may else None
        self._stack = QStackedWidget()
        self._stack.addWidget(self.page)
        lead: Sequence[QWidget] = [label(_("入会登记"), "title")]
        if self.pending is not None:
            self._stack.addWidget(self.pending)
            lead = self._tabs = self._make_tabs()
            self.pending.count_changed.connect(self._on_count)
            self.pending.approved.connect(
                lambda count: self.say.emit(_("已批准 {count} 人入会").format(count=count))
            )
        head = row(*lead)
        head.addWidget(self.page.tools, 1)
        whole = QVBoxLayout(self)
        column(head, self._stack, into=whole, gap=12)
        whole.setContentsMargins(24, 16, 24, 16)

    def actions_table(self) -> Sequence[Action]:
        """Saving, printing, going on without the id number, and the list of those who wait."""
        page, allowed = self.page, Permission.SIGN_UP
        own = (
            Action("signup.save", _("保存，下一位"), self.run_main, SAVE, "check", allowed),
            Action("signup.print", _("保存并打印"), self._print, PRINT, "", allowed),
            Action("signup.later", _("证件后补"), self._later, LATER, "", allowed),
            Action("signup.turn", _("预览另一页"), page.preview.turn, TURN),
        )
        if self.pending is None:
            return own
        switch = Action("signup.pending", _("待审批"), self._switch, SWITCH, "", Permission.REVIEW)
        return (*own, switch)

    def arrive(self, record: object = None) -> None:
        """The cursor goes where the work starts."""
        if self.pending is not None:
            self.pending.refresh()
        self.show_tab(1 if record == "pending" else self._stack.currentIndex())

    def leave(self) -> None:
        """Keep what is typed."""
        self.page.drafts.flush()

    def show_tab(self, number: int) -> None:
        """0: the form; 1: the waiting applications."""
        if self.pending is None or number == 0:
            self._stack.setCurrentIndex(0)
            self.page.take_focus()
        else:
            self.page.drafts.flush()
            self._stack.setCurrentIndex(1)
            self.pending.arrive()
        for part in self.page.tool_parts:
            part.setVisible(self._stack.currentIndex() == 0)
        if self.pending is not None:
            self._tabs[number].setChecked(True)

    def run_main(self) -> None:
        """What the main button of the tab in view does."""
        if self.pending is not None and self._stack.currentIndex():
            self.pending.approve_selected()
        else:
            self.page.save()

    def _print(self) -> None:
        if self._stack.currentIndex() == 0:
            self.page.save_and_print()

    def _later(self) -> None:
        if self._stack.currentIndex() == 0:
            self.page.toggle_later()

    def _switch(self) -> None:
        self.show_tab(1 - self._stack.currentIndex())

    def _make_tabs(self) -> list[QPushButton]:
        group = QButtonGroup(self)
        tabs = []
        for number, text in enumerate((_("入会登记"), _("待审批"))):
            tab = button(text, partial(self.show_tab, number), kind="choice")
            tab.setObjectName(f"tab-{number}")
            tab.setToolTip(f"{text} ({SWITCH})")
            tab.setCheckable(True)
            tab.setChecked(number == 0)
            group.addButton(tab)
            tabs.append(tab)
        return tabs

    def _on_count(self, count: int) -> None:
        self._tabs[1].setText(_("待审批 {count}").format(count=count) if count else _("待审批"))
