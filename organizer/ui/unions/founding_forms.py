"""The forms of a founding: begin it, tell a step, found the union, give up."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from organizer.domain.dates import parse_date, parse_past_day
from organizer.domain.founding import Kind
from organizer.errors import InvalidInput
from organizer.i18n import _, listed
from organizer.services import picking
from organizer.services.unions import founding, founding_finish
from organizer.services.unions.founding import Done, FoundingOrder, StepOrder
from organizer.services.unions.founding_card import FoundingCard, StepLine
from organizer.services.unions.founding_finish import FinishOrder, Founded
from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.unions.forms import codes_of, words_of
from organizer.ui.widgets.act_form import ActForm, Question
from organizer.ui.widgets.codefield import CodeField
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.picker import Choice, PickerField
from organizer.ui.widgets.plain import label


class FoundingForm(ActForm):
    """An act on a founding. After `done`, `hints` is what should be known and `result` what was done."""

    draft_area = "foundings"

    def __init__(self, session: Session, title: str, fields: Sequence[Field]) -> None:
        super().__init__(session, title, fields)
        self.card: FoundingCard | None = None
        self.result: Done | Founded | None = None

    @property
    def founding(self) -> bytes:
        """The founding in view."""
        return self.card.id if self.card else b""

    @property
    def hints(self) -> str:
        """What should be known of what was done."""
        return "\n".join(self.result.sentences) if self.result else ""

    def _on_done(self, result: object) -> None:
        if isinstance(result, Done | Founded):
            self.result = result
        super()._on_done(result)


class BeginForm(FoundingForm):
    """开始建会: at a unit, or at several that found a joint union."""

    draft_name = "begin"

    def __init__(self, session: Session) -> None:
        theme = session.theme
        hint = _("名称、拼音首字母或代码后几位")
        self.unit = PickerField(theme, "units", _("哪个单位"), hint=hint)
        self.kind = CodeField(theme, "kind", _("建会形式"))
        self.more = PickerField(
            theme, "more", _("联合建会的其他单位"), hint=_("选一个加一个，没有就空着")
        )
        self.name = Field("union_name", _("工会全称"), hint=_("空着就按单位名称"))
        self.on = Field("on", _("哪天开始"), hint=_("如 2026-11-20 或 1120，默认今天"))
        self.who = Field("responsible", _("负责人"))
        self._others: dict[bytes, str] = {}
        self._with = label("", "hint")
        self._with.setWordWrap(True)
        fields = (self.unit, self.kind, self.more, self.name, self.on, self.who)
        super().__init__(session, _("开始建会"), fields)
        self.kind.set_codes(codes_of(session, "founding_kind"))
        self.unit.wanted.connect(lambda text: self._on_wanted(self.unit, text))
        self.more.wanted.connect(lambda text: self._on_wanted(self.more, text))
        self.unit.chosen.connect(lambda _choice: self.look())
        self.kind.chosen.connect(lambda _choice: self._on_kind())
        self.more.chosen.connect(self._on_more)

    def extras(self) -> Sequence[QWidget]:
        """Which units were added."""
        return (self._with,)

    def begin(self, unit: bytes | None = None, name: str = "") -> None:
        """Ask about a founding, at this unit when it is known."""
        self._others.clear()
        self._with.setText("")
        self.unit.set_choice(unit, name)
        for field in (self.more, self.name, self.who):
            field.set_text("")
        self.more.value = None
        self.on.set_text(self.session.workspace.today.isoformat())
        self.kind.set_code(Kind.SINGLE.value)
        self.more.setVisible(False)
        self.start(name or _("新的一件"), unit or b"")
        if unit is not None:
            self.kind.setFocus()

    def confirm(self) -> None:
        """Only once a unit is picked."""
        if self.unit.value is None:
            self.unit.setFocus()
            self.unit.open_list()
            return
        super().confirm()

    def plan(self) -> Question | None:
        """What the Law says to this kind."""
        if self.unit.value is None or not self.kind.value:
            return None
        order = self._order(None)
        return lambda workspace: founding.foresee(workspace, order)

    def act(self) -> Question:
        """Begin it."""
        typed = self.on.text

        def begin(workspace: Workspace) -> Done:
            return founding.begin(workspace, self._order(_past(typed, workspace, "on")))

        return begin

    def said(self) -> str:
        """Done."""
        return _("已开始建会：{name}。").format(name=self.unit.text)

    def _order(self, on: date | None) -> FoundingOrder:
        kind = Kind(self.kind.value or Kind.SINGLE)
        others = self._others if kind is Kind.JOINT else {}
        units = [self.unit.value, *(one for one in others if one != self.unit.value)]
        return FoundingOrder(units, kind, self.name.text, on, self.who.text)

    def _on_kind(self) -> None:
        self.more.setVisible(self.kind.value == Kind.JOINT)
        self._with.setVisible(self.kind.value == Kind.JOINT)
        self.look()

    def _on_more(self, choice: Choice) -> None:
        self._others[choice.value] = choice.name
        self._with.setText(_("还有：{units}").format(units=listed(self._others.values())))
        self.more.set_choice(None, "")
        self.look()

    def _on_wanted(self, field: PickerField, text: str) -> None:
        self.session.ask(
            self,
            lambda workspace: picking.offered_employers(workspace, text),
            lambda found: field.offer([Choice(one.id, one.name, one.detail) for one in found]),
            key="foundings.pick",
        )


class StepForm(FoundingForm):
    """记这一步: the day it was done, the number of its paper, or by when it is due."""

    draft_name = "step"

    def __init__(self, session: Session) -> None:
        day = _("如 2026-11-20 或 1120；还没办的空着")
        self.done_on = Field("done_on", _("哪天办的"), hint=day)
        self.paper_no = Field("paper_no", _("文号"), hint=_("请示、批复的文号，没有就空着"))
        self.who = Field("responsible", _("负责人"))
        self.due_on = Field("due_on", _("哪天以前要办"), hint=_("还没办的可以定个日子"))
        self.remark = Field("remark", _("备注"))
        self._does = label("", "mut")
        self._does.setWordWrap(True)
        self.step: StepLine | None = None
        fields = (self.done_on, self.paper_no, self.who, self.due_on, self.remark)
        super().__init__(session, _("记这一步"), fields)

    def laid_out(self) -> Sequence[QWidget]:
        """What the step is about stands first."""
        return (self._does, *self.fields)

    def is_told(self, code: str) -> bool:
        """Whether this step was told as done."""
        return self.step is not None and self.step.code == code and bool(self.done_on.text)

    def begin(self, card: FoundingCard, step: StepLine) -> None:
        """Ask about a step; what was told of it is there already."""
        self.card, self.step = card, step
        told = step.standing.told
        fresh = told.done_on is None and told.due_on is None
        today = self.session.workspace.today
        self.done_on.set_text(_iso(told.done_on) or (today.isoformat() if fresh else ""))
        self.paper_no.set_text(told.paper_no)
        self.who.set_text(told.responsible)
        self.due_on.set_text(_iso(told.due_on))
        self.remark.set_text(told.remark)
        said = _("{who}：{does}（{article}）")
        self._does.setText(said.format(who=step.who, does=step.does, article=step.article))
        self.start(f"{step.code} {step.label}", card.id + step.code.encode())
        self.done_on.line.selectAll()

    def plan(self) -> Question | None:
        """What goes against the order."""
        row = self.founding

        def foresee(workspace: Workspace) -> str:
            return founding.foresee_step(workspace, row, self._order(workspace))

        return foresee if self.card else None

    def act(self) -> Question:
        """Tell it."""
        row = self.founding
        return lambda workspace: founding.tell(workspace, row, self._order(workspace))

    def said(self) -> str:
        """Done."""
        return _("已记下“{step}”。").format(step=self.step.label if self.step else "")

    def _order(self, workspace: Workspace) -> StepOrder:
        return StepOrder(
            self.step.code if self.step else "",
            _past(self.done_on.text, workspace, "done_on"),
            parse_date(self.due_on.text, field="due_on"),
            self.who.text,
            self.paper_no.text,
            self.remark.text,
        )


class FinishForm(FoundingForm):
    """建成: what the approval says; the record, the officers and the members follow from it."""

    draft_name = "finish"

    def __init__(self, session: Session) -> None:
        self.name = Field("union_name", _("工会全称"))
        self.founded_on = Field("founded_on", _("建会日期"), hint=_("批复结果的日子"))
        self.approval_no = Field("approval_no", _("批复文号"))
        self.term_from = Field("term_from", _("本届开始"), hint=_("一般是选举的日子"))
        self.term_years = Field("term_years", _("任期（年）"), hint=_("3 或 5（工会法第十六条）"))
        fields = (self.name, self.founded_on, self.approval_no, self.term_from, self.term_years)
        super().__init__(session, _("建成工会"), fields)

    def begin(self, card: FoundingCard, order: FinishOrder) -> None:
        """Ask what the approval says; what the steps told is there already."""
        self.card = card
        self.name.set_text(order.union_name)
        self.founded_on.set_text(_iso(order.founded_on))
        self.approval_no.set_text(order.approval_no)
        self.term_from.set_text(_iso(order.term_from))
        self.term_years.set_text(str(order.term_years or ""))
        self.start(card.union_name, card.id)

    def plan(self) -> Question | None:
        """What will come of it."""
        row = self.founding
        return (lambda workspace: founding_finish.foresee(workspace, row)) if self.card else None

    def act(self) -> Question:
        """Found it."""
        row = self.founding

        def finish(workspace: Workspace) -> Founded:
            order = FinishOrder(
                _past(self.founded_on.text, workspace, "founded_on"),
                self.approval_no.text,
                _past(self.term_from.text, workspace, "term_from"),
                _number(self.term_years.text, "term_years"),
                self.name.text,
            )
            return founding_finish.finish(workspace, row, order)

        return finish

    def said(self) -> str:
        """Done."""
        done = self.result
        if not isinstance(done, Founded):
            return ""
        return _("“{name}”已建成，工会干部 {officers} 人，临时会员转入 {moved} 人。").format(
            name=done.union_name, officers=done.officers, moved=done.moved
        )


class GiveUpForm(FoundingForm):
    """终止建会, with the reason and whether the unit is still willing."""

    draft_name = "give_up"

    def __init__(self, session: Session) -> None:
        self.reason = Field("reason", _("为什么终止"))
        self.willing = CodeField(session.theme, "willing", _("单位现在"))
        super().__init__(session, _("终止建会"), (self.reason, self.willing))
        words = {"yes": _("仍有建会意愿"), "no": _("暂无建会意愿")}
        self.willing.set_codes(words_of(session, words))

    def begin(self, card: FoundingCard) -> None:
        """Ask why."""
        self.card = card
        self.reason.set_text("")
        self.willing.set_code("no")
        self.start(card.union_name, card.id)

    def act(self) -> Question:
        """End it."""
        row, reason, willing = self.founding, self.reason.text, self.willing.value == "yes"
        return lambda workspace: founding.give_up(workspace, row, reason, willing=willing)

    def said(self) -> str:
        """Done."""
        return _("已终止建会。")


def _past(text: str, workspace: Workspace, field: str) -> date | None:
    return parse_past_day(text, workspace.today, field=field)


def _number(text: str, field: str) -> int:
    """A number as typed, 0 for none; raises `InvalidInput` at the field."""
    if text and not (text.isascii() and text.isdecimal() and len(text) < 6):
        raise InvalidInput("visit.not_a_number", field=field, value=text)
    return int(text or 0)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
