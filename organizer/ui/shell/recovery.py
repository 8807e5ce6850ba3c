"""Coming back with the recovery sheet, and the page that says where a new sheet was put."""

from pathlib import Path

from PySide6.QtCore import Signal

from organizer.errors import InvalidInput, OrganizerError
from organizer.i18n import _
from organizer.services.office.opening import SHORTEST_PASSWORD
from organizer.ui.shell.front import FrontPage
from organizer.ui.shell.unlock import focus_later
from organizer.ui.theme import Theme
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import button, label, row
from organizer.ui.widgets.secret import NewPassword


class RecoveryPage(FrontPage):
    """Takes the code of the sheet and a new password; `wanted` carries both."""

    wanted = Signal(str, str)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, width=520)
        self._code = Field(
            "recovery_code",
            _("恢复码"),
            hint=_("八组，每组五个字符；不分大小写，空格和横线可以不输。"),
        )
        self._password = NewPassword(SHORTEST_PASSWORD, tuple, title=_("新密码"))
        self._button = button(_("设新密码并打开"), self._on_open, kind="primary", name="recover")
        self._password.entered.connect(self._on_open)
        back = KeyButton(theme, _("返回"), self.left.emit, shortcut="Esc", name="back", bound=True)
        self.fill(
            label(_("用恢复单打开"), "head"),
            label(_("打开以后旧恢复单作废，会制作一张新的。"), "mut"),
            self._code,
            self._password,
            row(back, None, self._button),
        )
        focus_later(self._code)

    def refuse(self, error: OrganizerError) -> None:
        """Say what was wrong, at its field."""
        self.set_busy("")
        shown = InvalidInput(error.code, field="recovery_code", **error.facts)
        if error.code == "account.weak_password":
            self._password.refuse(shown)
        else:
            self._code.refuse(shown)
            self._code.setFocus()

    def set_busy(self, sentence: str) -> None:
        """While the key is derived; "" when it is over."""
        self._button.setEnabled(not sentence)
        self._button.setText(sentence or _("设新密码并打开"))

    def _on_open(self) -> None:
        if not self._button.isEnabled():
            return
        if not self._code.text:
            self._code.refuse(InvalidInput("account.no_recovery_code", field="recovery_code"))
            self._code.setFocus()
        elif self._password.check():
            self.set_busy(_("正在打开…"))
            self.wanted.emit(self._code.text, self._password.text)


class SheetPage(FrontPage):
    """Says where the recovery sheet is and what to do with it; `done` goes on to the window."""

    done = Signal()
    shown_again = Signal()

    def __init__(self, theme: Theme, sheet: Path) -> None:
        super().__init__(theme, width=520)
        done = button(_("已经打印，开始工作"), self.done.emit, kind="primary", name="sheet_done")
        again = button(_("再打开一次"), self.shown_again.emit, name="sheet_again")
        where = label(str(sheet))
        where.setWordWrap(True)
        self.fill(
            label(_("恢复单已经做好，正在打开"), "head"),
            where,
            label(
                _(
                    "1. 打印，装入信封，封口签名盖章，放进本单位的保险柜。\n2. 打印后删除这个文件，不要拍照、不要发送。"
                ),
                "info",
            ),
            label(_("密码和恢复单都没有了，任何人都打不开这些数据。"), "warn"),
            row(again, None, done),
        )
        focus_later(done)
