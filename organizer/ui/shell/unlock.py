"""The unlock page: account, password, one sentence when it is wrong, and the other ways in."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from organizer.errors import InvalidInput, OrganizerError
from organizer.i18n import _
from organizer.ui.shell.front import FrontPage
from organizer.ui.theme import Theme
from organizer.ui.widgets.plain import button, label, row
from organizer.ui.widgets.secret import SecretField


class UnlockPage(FrontPage):
    """Asks for the password; `wanted` carries account and password."""

    wanted = Signal(str, str)
    recovery_wanted = Signal()
    practice_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, theme: Theme, names: Sequence[str], chosen: str = "") -> None:
        super().__init__(theme)
        self._account = QComboBox()
        self._account.setAccessibleName(_("账号"))
        self._account.addItems(list(names))
        if chosen in names:
            self._account.setCurrentText(chosen)
        self._password = SecretField("password", _("密码"))
        self._button = button(_("打开"), self._on_open, kind="primary", name="unlock")
        self._password.entered.connect(self._on_open)
        self._recovery = button(
            _("忘记密码：用恢复单打开"), self.recovery_wanted.emit, kind="link", name="recover"
        )
        self._practice = button(
            _("打开练习"), self.practice_wanted.emit, kind="link", name="practise"
        )
        self._restore = button(
            _("从备份恢复"), self.restore_wanted.emit, kind="link", name="restore_backup"
        )
        self.fill(
            label(_("数据只在这台电脑上，加密保存。"), "mut"),
            label(_("账号"), "label"),
            self._account,
            self._password,
            self._button,
            row(self._recovery, None, self._practice),
            row(self._restore, None),
        )
        focus_later(self._password)

    def refuse(self, error: OrganizerError) -> None:
        """Say why it did not open; the password is typed again."""
        self.set_busy("")
        self._password.refuse(InvalidInput(error.code, field="password", **error.facts))
        self._password.line.selectAll()
        self._password.setFocus()

    def set_busy(self, sentence: str) -> None:
        """While the key is derived; "" when it is over."""
        for part in (self._button, self._recovery, self._practice, self._restore):
            part.setEnabled(not sentence)
        self._button.setText(sentence or _("打开"))

    def _on_open(self) -> None:
        if self._password.text and self._button.isEnabled():
            self.set_busy(_("正在打开…"))
            self.wanted.emit(self._account.currentText(), self._password.text)


def focus_later(widget: QWidget) -> None:
    """Put the cursor there once the page is shown; before that a window takes no focus."""
    QTimer.singleShot(0, widget, widget.setFocus)
