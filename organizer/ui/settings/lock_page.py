"""Locking: after how long, the short code of this sitting, and one's own password."""

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QComboBox

from organizer.errors import InvalidInput
from organizer.i18n import _
from organizer.services.office import staffing
from organizer.services.office.opening import SHORTEST_PASSWORD
from organizer.services.office.short_code import LONGEST, ShortCode
from organizer.ui.session import Session
from organizer.ui.settings.desk import Desk
from organizer.ui.settings.page import SettingsPage
from organizer.ui.widgets.plain import button, card, label, row
from organizer.ui.widgets.secret import NewPassword, SecretField

_MINUTES = (2, 5, 10, 20, 30)


class LockSettings(SettingsPage):
    """What happens when nobody is there."""

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__(session, _("锁定和密码"))
        self._desk = desk
        self._minutes = QComboBox()
        self._minutes.setAccessibleName(_("多久没有动作后锁定"))
        kept = desk.settings.idle_minutes
        for minutes in sorted({*_MINUTES, kept} - {0}):
            self._minutes.addItem(_("{count} 分钟").format(count=minutes), minutes)
        self._minutes.addItem(_("不自动锁定"), 0)
        self._minutes.setCurrentIndex(self._minutes.findData(kept))
        self._minutes.activated.connect(self._on_minutes)
        self._code = SecretField("code", _("短码（4 至 6 位数字）"))
        self._code.line.setMaxLength(LONGEST)
        digits = QRegularExpression("[0-9]*")
        self._code.line.setValidator(QRegularExpressionValidator(digits, self))
        self._code.entered.connect(self._on_code)
        self._set_code = button(_("设短码"), self._on_code, name="set_code")
        self._code_state = label("", "hint")
        names = (session.workspace.account.name, session.workspace.office.name)
        self._old = SecretField("old_password", _("现在的密码"))
        self._password = NewPassword(SHORTEST_PASSWORD, lambda: names, title=_("新密码"))
        self._old.entered.connect(self._password.first.setFocus)
        self._password.entered.connect(self._on_password)
        self._change = button(_("换密码"), self._on_password, name="change_password")
        self._changed = label("", "hint")
        self._arrange()

    def arrive(self) -> None:
        """Say whether a short code is set."""
        there = self._desk.short_code is not None
        self._code_state.setText(_("已经设了短码。") if there else _("还没有设短码。"))

    def leave(self) -> None:
        """Leave no secret standing in a field."""
        self._code.set_text("")
        self._old.set_text("")
        self._password.clear()

    def _arrange(self) -> None:
        self.fill(
            card(
                label(_("自动锁定"), "head"),
                label(_("这么久没有按键和点击就锁定；离开座位请按 Ctrl+L。"), "mut"),
                self._minutes,
            ),
            card(
                label(_("短码"), "head"),
                label(
                    _(
                        "锁定后输几位数字就能回来，没做完的都在。只在这一次打开期间有效，错 5 次要用密码。"
                    ),
                    "mut",
                ),
                self._code,
                row(self._set_code, self._code_state, None),
            ),
            card(
                label(_("我的密码"), "head"),
                self._old,
                self._password,
                row(self._change, self._changed, None),
            ),
        )

    def _on_minutes(self) -> None:
        self._desk.keep(self.session, idle_minutes=int(self._minutes.currentData()))

    def _on_code(self) -> None:
        digits = self._code.text
        self.session.ask(
            self,
            lambda _workspace: ShortCode.of(digits),
            self._on_code_kept,
            failed=self._on_refused,
        )

    def _on_code_kept(self, code: ShortCode) -> None:
        self._desk.short_code = code
        self._code.set_text("")
        self._code.clear_error()
        self.arrive()

    def _on_password(self) -> None:
        if not self._password.check():
            return
        old, password = self._old.text, self._password.text
        self._change.setEnabled(False)
        self.session.ask(
            self,
            lambda workspace: staffing.change_own_password(workspace, old, password),
            lambda _done: self._on_password_kept(),
            failed=self._on_refused,
        )

    def _on_password_kept(self) -> None:
        self._change.setEnabled(True)
        self._old.set_text("")
        self._password.clear()
        self._changed.setText(_("新密码已生效。"))

    def _on_refused(self, error: BaseException) -> None:
        self._change.setEnabled(True)
        if isinstance(error, InvalidInput) and error.field == "code":
            self._code.refuse(error)
        elif isinstance(error, InvalidInput) and error.field == "old_password":
            self._old.refuse(error)
            self._old.setFocus()
        elif isinstance(error, InvalidInput):
            self._password.refuse(error)
        else:
            self.session.notices.present(error)
