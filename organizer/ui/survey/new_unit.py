"""A unit that stands in no list: name, code and door, saved at this place with its first visit."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from organizer.errors import InvalidInput
from organizer.i18n import _
from organizer.services.adding import NewUnit
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.plain import button, label, row


class NewUnitPanel(QFrame):
    """Takes the place of the visit card while a new unit is written down."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._place = b""
        self._where = label("", "mut")
        self.name = Field("name", _("单位名称或招牌名"))
        self.uscc = Field("uscc", _("统一社会信用代码"), hint=_("没带执照可以先空着"))
        self.door = Field(
            "door", _("门牌或房号"), hint=_("就在这个门可以空着；在旁边就写，如 12号 或 103室")
        )
        self._fields = (self.name, self.uscc, self.door)
        self._save = button(
            _("保存为新增"), self.save, kind="primary", shortcut="Ctrl+S", name="save-new"
        )
        cancel = button(_("返回"), self.left.emit, name="leave-new")
        cancel.setToolTip(_("返回 (Esc)，写了的还在"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(label(_("新增单位"), "head"))
        layout.addWidget(self._where)
        for field in self._fields:
            layout.addWidget(field)
        layout.addLayout(row(self._save, cancel, None))
        layout.addStretch(1)
        self.door.entered.connect(self.save)
        self._changed_place = b""

    def ask(self, place: bytes, where: str) -> None:
        """Ask for a unit at this place; what was typed for the same place is still there."""
        if place != self._changed_place:
            self.clear()
        self._place = self._changed_place = place
        self._where.setText(where)
        self.name.setFocus()

    def clear(self) -> None:
        """Start over."""
        for field in self._fields:
            field.set_text("")
            field.clear_error()

    def refuse(self, error: InvalidInput) -> bool:
        """Show an error at its field; False when it belongs to none of them."""
        self._save.setEnabled(True)
        for field in self._fields:
            if field.name == error.field:
                field.refuse(error)
                field.setFocus()
                return True
        return False

    def ready(self) -> None:
        """The save has come to its end."""
        self._save.setEnabled(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Ready for the next time."""
        self.ready()
        super().hideEvent(event)

    def save(self) -> None:
        """Ask for it to be recorded, once."""
        if self._save.isEnabled():
            self._save.setEnabled(False)
            for field in self._fields:
                field.clear_error()
            self.wanted.emit(NewUnit(self._place, self.name.text, self.uscc.text, self.door.text))
