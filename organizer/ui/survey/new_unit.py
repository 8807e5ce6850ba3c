"""A unit that stands in no list: name, code and door, saved at this place with its first visit."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from organizer.errors import InvalidInput
from organizer.i18n import _
from organizer.services.drafting import Draft
from organizer.services.employers import adding
from organizer.services.employers.adding import NewUnit
from organizer.ui.session import Session
from organizer.ui.widgets.drafts import DraftKeeper
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.leaving_form import LeavingForm
from organizer.ui.widgets.plain import button, column, holder, label, row, scrolled

_ELSEWHERE = "employer.code_elsewhere"
"""The refusal that leaves a choice."""


class NewUnitPanel(LeavingForm):
    """Takes the place of the visit card while a new unit is written down."""

    added = Signal(object, object)
    """What was wanted, and what was recorded."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._session = session
        self._place = b""
        self._drafts: DraftKeeper | None = None
        self._where = label("", "mut")
        self.name = Field("name", _("单位名称或招牌名"))
        self.uscc = Field("uscc", _("统一社会信用代码"), hint=_("没带执照可以先空着"))
        self.door = Field(
            "door", _("门牌或房号"), hint=_("就在这个门可以空着；在旁边就写，如 12号 或 103室")
        )
        self._fields = (self.name, self.uscc, self.door)
        self.branch = button(
            _("是分支或门店"), lambda: self._send(branch=True), kind="choice", name="new-branch"
        )
        self.same = button(
            _("同一家，这里也有门"), lambda: self._send(same=True), kind="choice", name="new-same"
        )
        self._elsewhere = holder(row(self.branch, self.same, None))
        self._elsewhere.hide()
        self._save = KeyButton(
            session.theme, _("保存为新增"), self.save,
            shortcut="Ctrl+S", kind="primary", name="save-new", bound=True,
        )  # fmt: skip
        cancel = button(_("返回"), self.left.emit, name="leave-new")
        cancel.setToolTip(_("返回 (Esc)，写了的还在"))
        inside = column(
            label(_("新增单位"), "head"),
            self._where,
            self.name,
            self.uscc,
            self._elsewhere,
            self.door,
            row(self._save, cancel, None),
            None,
        )
        self._body = scrolled(holder(inside))
        column(self._body, into=QVBoxLayout(self), margin=16)
        for field in self._fields:
            # An error may take three lines.
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            field.edited.connect(lambda _text: self._drafts and self._drafts.touch())
            field.left.connect(lambda _text: self.keep())
        self.door.entered.connect(self.save)

    def ask(self, place: bytes, where: str) -> None:
        """Ask for a unit at this place; what was typed for the same place is still there."""
        if place != self._place:
            self.keep()
            self._begin_at(place)
        self._where.setText(where)
        self.name.setFocus()

    def name_place(self, place: bytes | None, where: str) -> None:
        """The place is known by its whole name by now."""
        if place == self._place:
            self._where.setText(where)

    def keep(self) -> None:
        """What is half typed stays as a draft of this place."""
        if self._drafts is not None:
            self._drafts.flush()

    def clear(self) -> None:
        """Start over."""
        self._empty()
        self.keep()

    def _empty(self) -> None:
        for field in self._fields:
            field.set_text("")
            field.clear_error()
        self._elsewhere.hide()

    def _begin_at(self, place: bytes) -> None:
        self._empty()
        self._place, name = place, f"survey/new {place.hex()}"
        keeper = DraftKeeper(self._session, name, self._draft, _nothing, self)
        self._drafts = keeper
        keeper.resume(lambda kept: self._resume(kept) if self._drafts is keeper else None)

    def _draft(self) -> Draft:
        return Draft({field.name: field.text for field in self._fields})

    def _resume(self, kept: Draft) -> None:
        if not any(field.text for field in self._fields):
            for field in self._fields:
                field.set_text(kept.values.get(field.name, ""))

    def _refused(self, error: BaseException) -> None:
        self.ready()
        if not (isinstance(error, InvalidInput) and self._shown_at_field(error)):
            self._session.notices.present(error)

    def _shown_at_field(self, error: InvalidInput) -> bool:
        """Show an error at its field; False when it belongs to none of them."""
        for field in self._fields:
            if field.name == error.field:
                field.refuse(error)
                field.setFocus()
                self._body.ensureWidgetVisible(field)
                if error.code == _ELSEWHERE:
                    self._elsewhere.show()
                    self.branch.setFocus()
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
        """Record it, once."""
        self._send()

    def _send(self, *, branch: bool = False, same: bool = False) -> None:
        if not self._save.isEnabled():
            return
        self._save.setEnabled(False)
        self._elsewhere.hide()
        for field in self._fields:
            field.clear_error()
        name, uscc, door = (field.text for field in self._fields)
        wanted = NewUnit(self._place, name, uscc, door, branch, same)
        self._session.change(
            self,
            lambda workspace, _job: adding.add_unit(workspace, wanted),
            lambda made: self.added.emit(wanted, made),
            failed=self._refused,
        )


def _nothing() -> None:
    """Nobody is told that the draft is kept."""
