"""A visit to no unit: the place one is at, a person at home, an online group."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.domain.visit import ELSEWHERE
from organizer.errors import InvalidInput
from organizer.i18n import _
from organizer.services import finding
from organizer.services.finding import Found
from organizer.services.survey import reaching_out
from organizer.services.survey.reaching_out import OtherLine, OtherVisit, Recorded
from organizer.ui.session import Session
from organizer.ui.widgets.codefield import Code, CodeField
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.form_draft import FormDraft
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.leaving_form import LeavingForm
from organizer.ui.widgets.picker import Choice, PickerField
from organizer.ui.widgets.plain import button, column, holder, label, row, scrolled

_MOST = 8
_PLACE, _PERSON, _GROUP = "place", "person", "group"


class OtherVisitPanel(LeavingForm):
    """Takes the place of the visit card; `saved` carries what was recorded."""

    saved = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._session = session
        self._place: bytes | None = None
        self._saving = False
        theme = session.theme
        self.target = CodeField(theme, "other-target", _("走访谁"))
        self.person = PickerField(theme, "person", _("姓名"), hint=_("会员或申请入会的人"))
        self.group = Field("group_name", _("群名"))
        self.outcome = CodeField(theme, "other-outcome", _("结果"))
        self.remark = Field("remark", _("说了什么"))
        self.companions = Field("companions", _("陪同人"))
        self.next = Field("next_visit_on", _("下次什么时候"), hint=_("+30 或 2026-12-05，可以空着"))
        words = session.workspace.codes("visit_outcome")
        self.outcome.set_codes([Code(one, words.entry(one).label) for one in ELSEWHERE])
        save = KeyButton(
            session.theme,
            _("保存"),
            self.save,
            shortcut="Ctrl+S",
            kind="primary",
            name="save-other",
            bound=True,
        )
        away = button(_("返回"), self.left.emit, name="leave-other")
        away.setToolTip(_("返回 (Esc)，写了的还在"))
        self._latest = label("", "mut")
        fields = (self.person, self.group, self.outcome, self.remark, self.companions, self.next)
        self._drafts = FormDraft(session, (self.target, *fields), self)
        self._drafts.resumed.connect(self._show_target)
        self.target.chosen.connect(lambda _choice: self._show_target())
        self.person.wanted.connect(self._look_up)
        self.next.entered.connect(self.save)
        parts: tuple[QWidget, ...] = (
            self.target, self.person, self.group, self.outcome, self.remark, self.companions,
            self.next,
        )  # fmt: skip
        inside = holder(
            column(label(_("其他走访"), "head"), *parts, row(save, away, None), self._latest, None)
        )
        column(scrolled(inside), into=QVBoxLayout(self), margin=16)

    def ask(self, place: bytes | None, where: str) -> None:
        """Ask; `place` is where one stands, "" for none."""
        self._place = place
        here = [Code(_PLACE, _("这里：{where}").format(where=where))] if place else []
        others = [Code(_PERSON, _("家里的人")), Code(_GROUP, _("网上的群"))]
        self.target.set_codes([*here, *others])
        self.target.set_code(_PLACE if place else _PERSON)
        self.outcome.set_code(ELSEWHERE[0])
        self.person.set_choice(None, "")
        for field in (self.group, self.remark, self.next):
            field.set_text("")
            field.clear_error()
        self._show_target()
        self._drafts.begin(f"survey/other {place.hex() if place else ''}".rstrip())
        self._session.ask(self, reaching_out.latest, self._show_latest, key="survey.other")
        self.target.setFocus()

    def save(self) -> None:
        """Record it, once."""
        if self._saving:
            return
        self._saving = True
        kind = self.target.value
        order = OtherVisit(
            self.outcome.value or self.outcome.text,
            place=self._place if kind == _PLACE else None,
            person=self.person.value if kind == _PERSON else None,
            group_name=self.group.text if kind == _GROUP else "",
            companions=self.companions.text,
            remark=self.remark.text,
            next_on=self.next.text,
        )
        self._session.change(
            self,
            lambda workspace, _job: reaching_out.record(workspace, order),
            self._on_saved,
            failed=self._refused,
        )

    def keep(self) -> None:
        """What is half typed stays as a draft."""
        self._drafts.flush()

    def _show_target(self) -> None:
        self.person.setVisible(self.target.value == _PERSON)
        self.group.setVisible(self.target.value == _GROUP)

    def _look_up(self, text: str) -> None:
        self._session.ask(
            self,
            lambda workspace: finding.find(workspace, text, _MOST, "person"),
            self._offer,
            key="survey.other.person",
        )

    def _offer(self, found: list[Found]) -> None:
        self.person.offer([Choice(one.id, one.name, one.detail) for one in found])

    def _show_latest(self, lines: list[OtherLine]) -> None:
        told = [
            _("{day}　{whom}　{outcome}　{who}").format(
                day=one.on, whom=one.whom, outcome=one.outcome, who=one.who
            )
            for one in lines[:_MOST]
        ]
        self._latest.setText("\n".join([_("最近的其他走访"), *told]) if told else "")

    def _on_saved(self, done: Recorded) -> None:
        self._saving = False
        self._drafts.forget()
        self.saved.emit(done)

    def _refused(self, error: BaseException) -> None:
        self._saving = False
        fields = (self.group, self.remark, self.next, self.outcome)
        named = {"outcome": self.outcome, "target": self._missing()}
        wrong = getattr(error, "field", "")
        field = named.get(wrong) or next((one for one in fields if one.name == wrong), None)
        if isinstance(error, InvalidInput) and field is not None:
            field.refuse(error)
            field.setFocus()
        else:
            self._session.notices.present(error)

    def _missing(self) -> Field:
        return {_PERSON: self.person, _GROUP: self.group}.get(self.target.value, self.target)
