"""The page in front of a parked window: a short code brings it back, five wrong ones do not."""

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator

from organizer.errors import InvalidInput
from organizer.i18n import _
from organizer.services.office.short_code import LONGEST, TRIES
from organizer.ui.shell.front import FrontPage
from organizer.ui.shell.unlock import focus_later
from organizer.ui.theme import Theme
from organizer.ui.widgets.plain import button, label, row
from organizer.ui.widgets.secret import SecretField


class LockPage(FrontPage):
    """`code_typed` asks whether the digits are right."""

    code_typed = Signal(str)
    password_wanted = Signal()

    def __init__(self, theme: Theme, account: str) -> None:
        super().__init__(theme)
        self._left = TRIES
        self._code = SecretField("code", _("短码"))
        self._code.line.setMaxLength(LONGEST)
        digits = QRegularExpression("[0-9]*")
        self._code.line.setValidator(QRegularExpressionValidator(digits, self))
        self._button = button(_("回到窗口"), self._on_open, kind="primary", name="come_back")
        self._code.entered.connect(self._on_open)
        other = button(
            _("改用密码，或换账号"), self.password_wanted.emit, kind="link", name="use_password"
        )
        self.fill(
            label(_("已锁定"), "head"),
            label(_("账号：{name}").format(name=account)),
            label(_("没有做完的内容都还在，回来后从原处接着做。"), "mut"),
            self._code,
            self._button,
            row(other, None),
        )
        focus_later(self._code)

    def refuse(self) -> bool:
        """The code was wrong; False when there is no further try."""
        self._left -= 1
        self._button.setEnabled(True)
        self._code.set_text("")
        wrong = InvalidInput("account.wrong_short_code", field="code", left=self._left)
        self._code.refuse(wrong)
        self._code.setFocus()
        return self._left > 0

    def _on_open(self) -> None:
        if self._code.text and self._button.isEnabled():
            self._button.setEnabled(False)
            self.code_typed.emit(self._code.text)
