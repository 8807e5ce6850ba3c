"""The line in which one person of a list is typed or mended: Enter next field, at the end next row."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.domain.gathering import FIELDS
from organizer.i18n import _
from organizer.services import picking
from organizer.services.members.gathering_rows import Plan
from organizer.services.picking import CodeOffer
from organizer.ui.session import Session
from organizer.ui.widgets.codefield import Code, CodeField
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.plain import column, label, restyle
from organizer.ui.widgets.reflow import Cell, Reflow

_LISTS = {"group_code": "group", "household_kind": "household_kind"}
_LEAST = {
    "name": 130, "id_number": 190, "phone": 130, "group_code": 120, "platform": 170,
    "household_kind": 110,
}  # fmt: skip


class EntryLine(QWidget):
    """`finished` when the last field was left by Enter; `edited` while typing; `left` on Esc."""

    finished = Signal()
    edited = Signal()
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        theme = session.theme
        self.key = ""
        """Which row is being mended; "" for a new one."""
        titles = {
            "name": _("姓名"),
            "id_number": _("身份证号"),
            "phone": _("手机号码"),
            "group_code": _("群体"),
            "platform": _("平台、单位"),
            "household_kind": _("户籍类型"),
        }
        self.fields: dict[str, Field] = {
            name: CodeField(theme, name, titles[name])
            if name in _LISTS
            else Field(name, titles[name])
            for name in FIELDS
        }
        self._told = label("", "mut")
        cells = [Cell(field, _LEAST[name], _LEAST[name]) for name, field in self.fields.items()]
        column(Reflow(theme, [cells]), self._told, into=QVBoxLayout(self), gap=4)
        for field in self.fields.values():
            field.edited.connect(lambda _text: self.edited.emit())
        last = self.fields[FIELDS[-1]]
        last.entered.connect(self.finished)
        session.ask(
            self,
            lambda workspace: {
                name: picking.code_offers(workspace, codes) for name, codes in _LISTS.items()
            },
            self._set_codes,
        )
        if isinstance(last, CodeField):
            last.onward = self.fields[FIELDS[0]].line

    @property
    def empty(self) -> bool:
        """Whether nothing is typed."""
        return not any(field.text for field in self.fields.values())

    @property
    def cells(self) -> dict[str, str]:
        """What is typed, by field."""
        return {name: field.text for name, field in self.fields.items() if field.text}

    def _set_codes(self, offers: Mapping[str, Sequence[CodeOffer]]) -> None:
        for name, field in self.fields.items():
            if isinstance(field, CodeField):
                field.set_codes(
                    [
                        Code(one.code, one.brief, one.label, one.letters, one.first)
                        for one in offers.get(name, ())
                    ]
                )

    def load(self, key: str, cells: Mapping[str, str]) -> None:
        """Bring a row into the line, or an empty one."""
        self.key = key
        for name, field in self.fields.items():
            field.clear_error()
            if isinstance(field, CodeField):
                field.set_choice("", "")
            field.set_text(cells.get(name, ""))
        self._told.setText("")

    def say(self, plan: Plan | None) -> None:
        """What stands in the way, at its field; what is worth knowing, below the line."""
        for field in self.fields.values():
            field.clear_error()
        if plan is None:
            self._told.setText("")
            return
        at = self.fields.get(plan.field)
        wrong = plan.error is not None and at is not None
        if at is not None and wrong:
            # The sentence stands below the whole line: a narrow field has no room for it.
            restyle(at.line, "state", "wrong")
            at.line.setAccessibleDescription(plan.sentence)
        restyle(self._told, "kind", "error" if wrong else "mut")
        self._told.setText(plan.sentence or _("；").join(plan.remarks) or _("可以登记"))

    def take_focus(self, name: str = FIELDS[0]) -> None:
        """The cursor goes to a field."""
        field = self.fields.get(name) or self.fields[FIELDS[0]]
        field.line.setFocus(Qt.FocusReason.TabFocusReason)
        field.line.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes to the list; what is typed stays."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
