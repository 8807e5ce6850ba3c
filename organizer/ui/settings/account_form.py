"""The form for a new account: name, role, where, password."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout

from organizer.domain.access import Role
from organizer.errors import InvalidInput
from organizer.i18n import _
from organizer.services.office import staffing
from organizer.services.office.opening import SHORTEST_PASSWORD
from organizer.services.office.staffing import NewAccount
from organizer.ui.session import Session
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.picker import Choice, PickerField
from organizer.ui.widgets.plain import button, column, label, row
from organizer.ui.widgets.secret import NewPassword


def role_word(role: str) -> str:
    """采集员, 审核员, 导出员, 管理员 or 审计员."""
    return {
        Role.COLLECTOR: _("采集员"),
        Role.REVIEWER: _("审核员"),
        Role.EXPORTER: _("导出员"),
        Role.ADMINISTRATOR: _("管理员"),
        Role.AUDITOR: _("审计员"),
    }[Role(role)]


def role_hint(role: str) -> str:
    """What a role may do."""
    return {
        Role.COLLECTOR: _("走访、登记入会、打印"),
        Role.REVIEWER: _("采集员的事，再加导入名单、审批、开批次"),
        Role.EXPORTER: _("查看、打印、导出报送批次"),
        Role.ADMINISTRATOR: _("除审计外都可以，并管理账号"),
        Role.AUDITOR: _("查看和审计，不能改动"),
    }[Role(role)]


class AccountForm(QFrame):
    """`added` follows a saved account, `closed` also an abandoned one."""

    added = Signal()
    closed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._session = session
        self._name = Field("account_name", _("名字"))
        self._role = QComboBox()
        self._role.setAccessibleName(_("角色"))
        for role in Role:
            self._role.addItem(
                _("{role}：{hint}").format(role=role_word(role), hint=role_hint(role)), role.value
            )
        self._where = PickerField(
            session.theme, "scope", _("负责的区划"), hint=_("不填就是整个单位")
        )
        self._where.wanted.connect(self._on_where_typed)
        self._password = NewPassword(
            SHORTEST_PASSWORD, lambda: (self._name.text,), title=_("给这个账号的密码")
        )
        self._password.entered.connect(self._on_save)
        self._save = button(_("保存账号"), self._on_save, kind="primary", name="save_account")
        cancel = button(_("不添加了"), self.closed.emit, name="cancel_account")
        column(
            label(_("添加账号"), "head"),
            self._name,
            label(_("角色"), "label"),
            self._role,
            self._where,
            self._password,
            row(cancel, None, self._save),
            into=QVBoxLayout(self),
            margin=16,
        )

    def begin(self) -> None:
        """Empty the form and put the cursor into it."""
        self._name.set_text("")
        self._where.set_choice(None, "")
        self._password.clear()
        self._save.setEnabled(True)
        self._name.setFocus()

    def _on_where_typed(self, text: str) -> None:
        self._session.ask(
            self,
            lambda workspace: staffing.scopes(workspace, text),
            lambda found: self._where.offer([Choice(code, name, code) for code, name in found]),
            key="settings.scope",
        )

    def _on_save(self) -> None:
        if self._where.text and not self._where.value:
            self._where.refuse(
                InvalidInput("account.outside_office", field="scope", value=self._where.text)
            )
            self._where.setFocus()
            return
        if not self._save.isEnabled() or not self._password.check():
            return
        role, scope = str(self._role.currentData()), self._where.value or ""
        wanted = NewAccount(self._name.text, role, scope, self._password.text)
        self._save.setEnabled(False)
        self._session.change(
            self,
            lambda workspace, _job: staffing.add_account(workspace, wanted),
            lambda _row: self._on_saved(),
            failed=self._on_refused,
        )

    def _on_saved(self) -> None:
        self.added.emit()
        self.closed.emit()

    def _on_refused(self, error: BaseException) -> None:
        self._save.setEnabled(True)
        if not isinstance(error, InvalidInput):
            self._session.notices.present(error)
            return
        places: dict[str, Field | NewPassword] = {
            "division": self._where,
            "password": self._password,
        }
        field = places.get(error.field, self._name)
        field.refuse(error)
        field.setFocus()
