"""A filter saved as a drive (攻坚清单): its name, how many, until when, who answers for it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from organizer.domain.dates import parse_date
from organizer.domain.unit_filter import UnitFilter
from organizer.errors import InvalidInput
from organizer.i18n import _
from organizer.services.survey import drives
from organizer.services.survey.drives import DriveOrder
from organizer.ui.session import Session
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.form_draft import FormDraft
from organizer.ui.widgets.leaving_form import LeavingForm
from organizer.ui.widgets.plain import button, label, row


class DriveForm(LeavingForm):
    """Stands below the filters while a drive is written down."""

    saved = Signal(bytes, str)
    """The drive, and the sentence about it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._wanted = UnitFilter()
        self.name = Field("drive-name", _("攻坚清单名称"))
        self.target = Field("drive-target", _("目标户数"), hint=_("空着就是全部"))
        self.due_on = Field("drive-due", _("截止日期"), hint=_("如 2026-12-31"))
        self.responsible = Field("drive-responsible", _("责任人"))
        self._fields = {
            "name": self.name,
            "target": self.target,
            "due_on": self.due_on,
            "responsible": self.responsible,
        }
        self._saving = False
        self._drafts = FormDraft(session, tuple(self._fields.values()), self)
        self._told = label("", "error")
        self._told.setWordWrap(True)
        self._save = button(_("保存"), self.save, kind="primary", name="save-drive")
        leave = button(_("返回"), self.left.emit, name="leave-drive")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for field in self._fields.values():
            layout.addWidget(field)
        layout.addWidget(self._told)
        layout.addLayout(row(self._save, leave, None))
        layout.addStretch(1)
        self.responsible.entered.connect(self.save)
        self.hide()

    def ask(self, wanted: UnitFilter, words: str) -> None:
        """Ask for a drive over a filter; what was typed for the same one is still there."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._empty(words)
            self._drafts.begin(f"survey/drive {wanted.to_text()}")
        self.show()
        self.name.setFocus()

    def save(self) -> None:
        """Save it once, or say at its field what is missing."""
        if self._saving:
            return
        for field in self._fields.values():
            field.clear_error()
        self._told.clear()
        try:
            due_on = parse_date(self.due_on.text, field="due_on") if self.due_on.text else None
        except InvalidInput as error:
            self._refuse(error)
            return
        name = self.name.text
        order = DriveOrder(name, self._wanted, due_on, self.responsible.text, self.target.text)
        self._saving = True
        told = _("已添加攻坚清单“{name}”。").format(name=name)
        self._session.change(
            self,
            lambda workspace, _job: drives.add_drive(workspace, order),
            lambda drive: self._on_saved(drive, told),
            failed=self._refuse,
        )

    def keep(self) -> None:
        """What is half typed stays as a draft."""
        self._drafts.flush()

    def _on_saved(self, drive: bytes, told: str) -> None:
        self._saving = False
        self._wanted = UnitFilter()
        self._empty("")
        self._drafts.forget()
        self.saved.emit(drive, told)

    def _refuse(self, error: BaseException) -> None:
        self._saving = False
        if not isinstance(error, InvalidInput):
            self._session.notices.present(error)
            return
        field = self._fields.get(error.field or "")
        if field is None:
            self._told.setText(error.sentence())
            return
        field.refuse(error)
        field.setFocus()

    def _empty(self, words: str) -> None:
        for field in self._fields.values():
            field.set_text("")
            field.clear_error()
        self.name.set_text(words)
        self._told.clear()
