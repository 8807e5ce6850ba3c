"""Fields for passwords: a remark when capitals are locked, and advice in words while choosing one."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from organizer.domain.password import Strength, strength
from organizer.errors import InvalidInput
from organizer.i18n import _
from organizer.ui.widgets.fields import Field


class SecretField(Field):
    """One password; says so when Caps Lock seems to be on."""

    def __init__(self, name: str, title: str, *, hint: str = "") -> None:
        super().__init__(name, title, hint=hint, secret=True)

    @property
    def text(self) -> str:
        """What is typed, blanks included."""
        return self.line.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice letters whose case does not fit the shift key."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            letter = event.text()
            if len(letter) == 1 and letter.isascii() and letter.isalpha():
                shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                if letter.isupper() != shifted:
                    self.say(_("大写锁定（Caps Lock）好像开着。"))
            elif event.key() == Qt.Key.Key_CapsLock:
                self.clear_error()
        return super().eventFilter(watched, event)

    def _on_edited(self, text: str) -> None:
        # The remark about capitals stays while typing; an error goes.
        if self.line.property("state") == "wrong":
            self.clear_error()
        self.edited.emit(text)


class NewPassword(QWidget):
    """A new password, twice, with plain advice; `names` gives what others would try first."""

    entered = Signal()

    def __init__(
        self,
        least: int,
        names: Callable[[], tuple[str, ...]],
        *,
        title: str = "",
        beside: bool = False,
    ) -> None:
        """`beside`: both lines in one row."""
        super().__init__()
        self._least = least
        self._names = names
        hint = _("至少 {least} 个字符。一句只有自己知道的话，最好记也最难猜。").format(least=least)
        self.first = SecretField("new_password", title or _("密码"), hint=hint)
        self.second = SecretField("new_password_again", _("再输一次"))
        layout = QHBoxLayout(self) if beside else QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16 if beside else 8)
        for field in (self.first, self.second):
            layout.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(self.first)
        self.first.edited.connect(self._on_edited)
        self.second.entered.connect(self.entered)

    @property
    def text(self) -> str:
        """The password."""
        return self.first.text

    def check(self) -> bool:
        """Whether both entries agree and are long enough; otherwise says so at the field."""
        if strength(self.text, self._names(), self._least) is Strength.SHORT:
            self.refuse(InvalidInput("account.weak_password", field="password", least=self._least))
            return False
        if self.second.text != self.text:
            self.second.refuse(InvalidInput("account.passwords_differ", field="password"))
            self.second.setFocus()
            return False
        return True

    def refuse(self, error: InvalidInput) -> None:
        """Say what is wrong with the password."""
        self.first.refuse(error)
        self.first.setFocus()

    def clear(self) -> None:
        """Empty both fields."""
        for field in (self.first, self.second):
            field.set_text("")
            field.clear_error()

    def _on_edited(self, text: str) -> None:
        self.first.say(advice(strength(text, self._names(), self._least)) if text else "")


def advice(found: Strength) -> str:
    """What to say about a password while it is chosen."""
    return {
        Strength.SHORT: _("还太短。"),
        Strength.COMMON: _("很弱：这样的词人人都会先试。换一句自己的话。"),
        Strength.SAME: _("很弱：重复或连续的字符一猜就中。换一句自己的话。"),
        Strength.NAMED: _("弱：里面有账号或单位的名字。换一句别人想不到的话。"),
        Strength.PLAIN: _("勉强：再长几个字会好得多。"),
        Strength.FAIR: _("可以。"),
        Strength.GOOD: _("好。"),
    }[found]
