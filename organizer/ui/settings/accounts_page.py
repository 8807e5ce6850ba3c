"""Accounts: who may open the office, as what and where; a password of one's own for each."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.services.office import staffing
from organizer.services.office.staffing import AccountLine
from organizer.ui.session import Session
from organizer.ui.settings.account_form import AccountForm, role_word
from organizer.ui.settings.page import SettingsPage
from organizer.ui.widgets.plain import button, card, column, holder, label, row, rule


class AccountsPage(SettingsPage):
    """The list of accounts and the form for another one; only for administrators."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, _("账号"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._form = AccountForm(session)
        self._form.added.connect(self.arrive)
        self._form.hide()
        self._add = button(_("添加账号"), self._on_add, kind="primary", name="add_account")
        self._form.closed.connect(self._on_form_closed)
        self.fill(card(holder(self._lines)), row(self._add, None), self._form)

    def arrive(self) -> None:
        """Read the list anew."""
        self.session.ask(self, staffing.account_lines, self._show, key="settings.accounts")

    def _show(self, lines: Sequence[AccountLine]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for number, line in enumerate(lines):
            if number:
                self._lines.addWidget(rule())
            self._lines.addWidget(self._line(line))

    def _line(self, line: AccountLine) -> QWidget:
        account = line.account
        name = label(account.name, "head")
        where = line.scope or _("整个单位")
        about = label(f"{role_word(account.role)} · {where}", "mut")
        words = [_("正在使用")] if line.mine else []
        words += [] if line.has_password else [_("还没有密码，打不开")]
        texts = holder(column(name, about, label(" · ".join(words), "hint"), gap=2))
        parts: list[QWidget | None] = [texts, None]
        if not line.mine:
            retire = button(_("停用"), lambda: self._on_retire(line), name=f"retire-{account.name}")
            retire.setAccessibleName(_("停用账号 {name}").format(name=account.name))
            parts.append(retire)
        return holder(row(*parts))

    def _on_retire(self, line: AccountLine) -> None:
        self.session.change(
            self,
            lambda workspace, _job: staffing.retire_account(workspace, line.account.id),
            lambda _done: self.arrive(),
            failed=self.session.notices.present,
        )

    def _on_add(self) -> None:
        self._form.begin()
        self._form.show()
        self._add.hide()

    def _on_form_closed(self) -> None:
        self._form.hide()
        self._add.show()
        self._add.setFocus()
