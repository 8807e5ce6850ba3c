"""A record that is here already, completed or corrected on the same form (证件后补, 去更正)."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout

from organizer.domain.signup import TEXTS
from organizer.i18n import _
from organizer.services import drafting
from organizer.services.drafting import Draft
from organizer.services.members import amending
from organizer.services.members.amending import Amended, Entry
from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.signup.form import CODED
from organizer.ui.signup.ground import Ground, offered_codes
from organizer.ui.signup.page import SignupPage
from organizer.ui.widgets.papers import PaperTray
from organizer.ui.widgets.plain import button, label, row

_STANDS = ("employer", "employer_id", "union", "union_id")
"""Where somebody belongs is changed by a transfer, not here."""


class AmendPage(SignupPage):
    """One person's record, everything filled in, the cursor in the first of `fields` or what is missing.

    `saved` carries what was saved and the sentence about it; `left` asks to go back. What is half
    typed stays as a draft of this record.
    """

    saved = Signal(object, str)
    left = Signal()

    def __init__(
        self, session: Session, entry: Entry, papers: PaperTray, fields: Sequence[str] = ()
    ) -> None:
        self.entry = entry
        self._wanted = fields
        super().__init__(session, f"signup:{entry.membership.hex()}")
        self.papers = papers
        self.watch.person = entry.person
        for field in (self.form.employer, self.form.union):
            field.setEnabled(False)
        self.form.employer.say(_("换单位、换工会请办理转接，不在这里改"))
        self._count.setText(_("按 Esc 返回，没保存的会留着"))
        self._later.setVisible(entry.numberless)
        self._transfer.hide()
        # Consents of a record are given and taken back on the person's page.
        self.form.joining = False
        self.form.consents.hide()
        self.form.settle()

    @property
    def may_transfer(self) -> bool:
        """A record that is completed stays where it is."""
        return False

    @property
    def may_be_later(self) -> bool:
        """A number that is here is not handed in later."""
        return self.entry.numberless

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back; what was typed is kept."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _save_text(self) -> str:
        return _("保存")

    def _later_text(self) -> str:
        return _("有证件号") if self.form.later else _("证件还没到")

    def _tool_row(self) -> QBoxLayout:
        # Emptying a whole record is nothing to do by one key.
        self._clear.deleteLater()
        self._clear = button(_("返回"), self.left.emit, name="leave-record")
        self._clear.setToolTip(_("返回 (Esc)"))
        text = _("补录证件号：{name}") if self.entry.numberless else _("更正资料：{name}")
        title = label(text.format(name=self.entry.typed.name), "head")
        title.setWordWrap(True)
        tools = row(title, self._state, self._clear, self._later, gap=12)
        tools.setStretch(0, 1)
        return tools

    def _look(self, workspace: Workspace) -> Ground:
        kept = drafting.resume(workspace, self.draft_name)
        values = form_values(self.entry)
        # Where somebody was sent comes before where the draft was left.
        focus = next(filter(self.form.field, self._wanted), "")
        if kept is not None:
            values, focus = values | dict(kept.values), focus or kept.focus
        focus = focus or ("id_number" if self.entry.numberless else "name")
        return Ground(offered_codes(workspace), Draft(values, focus), brought_back=kept is not None)

    def _draft(self) -> Draft:
        """Only what differs from the record, so that looking at it leaves nothing behind."""
        whole, own = super()._draft(), form_values(self.entry)
        changed = {
            name: text
            for name, text in whole.values.items()
            if name not in _STANDS and text != own.get(name, "")
        }
        return Draft(changed, whole.focus if changed else "")

    def _perform(self, *, then_print: bool) -> None:
        form, membership, kept = self.form, self.entry.membership, self.draft_name
        order = form.order()
        coded = {name: form.coded[name].value or "" for name in CODED}
        if form.later:
            coded["sex"] = form.sex.value or ""
        typed = replace(order.typed, coded=coded)

        def done(made: Amended) -> None:
            self._saving = False
            said = _("已补录{name}的证件号") if self.entry.numberless else _("已更正{name}的资料")
            if self.entry.numberless and form.later:
                said = _("已保存{name}的资料，证件号还没有补")
            if then_print:
                self.papers.print_papers(made.membership, made.name)
            self.saved.emit(made, said.format(name=made.name))

        self.session.change(
            self,
            lambda workspace, _job: amending.amend(
                workspace,
                membership,
                typed,
                position=order.position,
                engagement=order.engagement,
                draft=kept,
            ),
            done,
            failed=self._on_refused,
        )


def form_values(entry: Entry) -> dict[str, str]:
    """A record as the form keeps it."""
    typed = entry.typed
    migrant = {True: "1", False: "2", None: ""}[typed.migrant]
    return {
        "id_number": typed.id_number,
        "born_on": typed.born_on,
        "sex": typed.coded.get("sex", ""),
        "name": typed.name,
        "phone": typed.phone,
        "employer": entry.workplace,
        "employer_id": entry.employer.hex() if entry.employer else "",
        "union": entry.union_name,
        "union_id": entry.union_org.hex() if entry.union_org else "",
        **{name: typed.coded.get(name, "") for name in CODED},
        "migrant": migrant,
        "position": entry.position,
        "engagement": entry.engagement,
        **{name: typed.texts.get(name, "") for name in TEXTS},
        "later": "",
    }
