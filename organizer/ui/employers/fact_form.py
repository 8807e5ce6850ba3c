"""One fact told at the desk: which, what, from where, as of when. Saved as a fact of its own."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from organizer.errors import InvalidInput
from organizer.i18n import _
from organizer.services import picking
from organizer.services.employers import fact_editing
from organizer.services.employers.fact_editing import USUAL_SOURCE, Told
from organizer.services.picking import CodeOffer
from organizer.ui.session import Session
from organizer.ui.widgets.codefield import Code, CodeField
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.form_draft import FormDraft
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.leaving_form import LeavingForm
from organizer.ui.widgets.plain import button, column, label, row


class FactForm(LeavingForm):
    """`saved` carries what was told; `left` says that the form was left without saving."""

    saved = Signal(object)

    def __init__(self, session: Session, employer: bytes) -> None:
        super().__init__()
        self._session = session
        self._employer = employer
        self._asked: tuple[str, str] | None = None
        theme, workspace = session.theme, session.workspace
        self.fact = CodeField(theme, "fact", _("哪一项"))
        self.value = Field("fact-value", _("内容"))
        self.choice = CodeField(theme, "fact-choice", _("内容"))
        self.source = CodeField(theme, "fact-source", _("来源"))
        self.day = Field("fact-day", _("哪天的情况"), hint=_("如 2026-12-05，默认今天"))
        self.fact.set_codes(_codes(picking.fact_offers(workspace)))
        self.source.set_codes(_codes(picking.code_offers(workspace, "fact_source")))
        self.source.set_code(USUAL_SOURCE)
        self.day.set_text(workspace.today.isoformat())
        self.choice.hide()
        self._saving = False
        fields = (self.fact, self.value, self.source, self.day)
        self._drafts = FormDraft(session, fields, self)
        self._drafts.resumed.connect(self._on_resumed)
        save = KeyButton(
            session.theme,
            _("保存"),
            self.save,
            shortcut="Ctrl+S",
            kind="primary",
            name="save-fact",
            bound=True,
        )
        away = button(_("返回"), self.left.emit, name="leave-fact")
        away.setToolTip(_("返回 (Esc)"))
        self.fact.chosen.connect(lambda _choice: self._on_fact())
        self.day.entered.connect(self.save)
        said = _("原来的内容不会改掉：新的一条带着来源和日期放在最上面，按日期取最新的。")
        lines = column(
            label(_("补记或更正一项"), "head"),
            label(said, "hint"),
            self.fact,
            self.value,
            self.choice,
            self.source,
            self.day,
            row(save, away, None),
            None,
            into=QVBoxLayout(self),
            gap=12,
        )
        lines.setContentsMargins(0, 0, theme.px(12), 0)

    def begin(self) -> None:
        """Put the cursor into the first field."""
        self._drafts.begin(f"fact.{self._employer.hex()}")
        self.fact.setFocus()
        self.fact.line.setFocus()

    def save(self) -> None:
        """Save it; what looks odd is asked about once."""
        if self._saving:
            return
        name = self.fact.value
        if not name:
            self.fact.refuse(InvalidInput("fact.no_field", field="fact"))
            self.fact.setFocus()
            return
        text = (self.choice.value or self.choice.text) if self._chooses else self.value.text
        try:
            on = date.fromisoformat(self.day.text) if self.day.text else None
        except ValueError:
            self.day.refuse(InvalidInput("visit.not_a_date", field="on", value=self.day.text))
            self.day.setFocus()
            return
        odd = fact_editing.doubts(self._session.workspace, self._employer, {name: text})
        if odd and self._asked != (name, text):
            self._asked = name, text
            self.value.doubt(odd[name])
            self.value.setFocus()
            return
        self._saving = True
        source, employer = self.source.value or USUAL_SOURCE, self._employer
        self._session.change(
            self,
            lambda w, _job: fact_editing.tell(w, employer, {name: text}, source=source, on=on),
            self._on_saved,
            failed=self._refused,
        )

    def keep(self) -> None:
        """What is half typed stays as a draft."""
        self._drafts.flush()

    def leave(self) -> None:
        """Out of view."""
        self.keep()

    @property
    def _chooses(self) -> bool:
        return not self.choice.isHidden()

    def _on_fact(self) -> None:
        offers = picking.answer_offers(self._session.workspace, self.fact.value)
        self.choice.set_codes(_codes(offers))
        self.choice.set_code("")
        self.choice.setVisible(bool(offers))
        self.value.setVisible(not offers)
        self.value.set_text("")
        self.value.clear_error()

    def _on_resumed(self) -> None:
        """The fact is chosen again: its kind of field comes back, with what was typed in it."""
        text = self.value.text
        self._on_fact()
        self.value.set_text(text)

    def _on_saved(self, told: Told) -> None:
        self._saving = False
        self._drafts.forget()
        self.saved.emit(told)

    def _refused(self, error: BaseException) -> None:
        self._saving = False
        field = {"source": self.source, "on": self.day}.get(getattr(error, "field", ""))
        field = field or (self.choice if self._chooses else self.value)
        if isinstance(error, InvalidInput):
            field.refuse(error)
            field.setFocus()
        else:
            self._session.notices.present(error)


def _codes(offers: list[CodeOffer]) -> list[Code]:
    return [Code(one.code, one.label, one.brief, one.letters, one.first) for one in offers]
