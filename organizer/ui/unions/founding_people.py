"""Who prepares a founding and who stands: one after the other, members offered by name."""

from collections.abc import Sequence

from organizer.i18n import _
from organizer.services.unions import founding_votes
from organizer.services.unions.founding_card import CandidateLine, FoundingCard
from organizer.services.unions.founding_votes import CandidateOrder
from organizer.ui.session import Session
from organizer.ui.unions.forms import codes_of
from organizer.ui.unions.founding_forms import FoundingForm
from organizer.ui.widgets.act_form import Question
from organizer.ui.widgets.codefield import CodeField
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.picker import Choice, PickerField


class NameField(PickerField):
    """A name as it is typed; members are offered, and only the one of exactly this name is taken."""

    def offer(self, choices: Sequence[Choice]) -> None:
        """What was found: to look at while one types, to take once Enter was pressed."""
        same = [one for one in choices if one.name == self.text]
        super().offer(same if self._enter_waits or len(same) == len(choices) else choices)
        if self.popup.isVisible() and not same:
            self.popup.view.clearSelection()
            self.popup.view.setCurrentIndex(self.popup.model.index(-1))


class CandidateForm(FoundingForm):
    """登记名单: who prepares, who stands. It stays open for the next one."""

    draft_name = "candidate"

    def __init__(self, session: Session) -> None:
        theme = session.theme
        hint = _("会员会列出来；还不是会员的直接写姓名")
        self.name = NameField(theme, "name", _("姓名"), hint=hint)
        self.role = CodeField(theme, "role", _("拟任职务"))
        self.position = Field("position", _("单位职务"))
        self.barred = CodeField(theme, "barred", _("不得作为候选人的身份（没有就空着）"))
        self.candidate: CandidateLine | None = None
        fields = (self.name, self.role, self.position, self.barred)
        super().__init__(session, _("登记名单"), fields)
        self.role.set_codes(codes_of(session, "candidate_role"))
        self.barred.set_codes(codes_of(session, "barred_reason"))
        self.name.wanted.connect(self._on_wanted)
        self.name.chosen.connect(self._on_chosen)

    def begin(self, card: FoundingCard, one: CandidateLine | None = None, role: str = "") -> None:
        """Ask about somebody new, or change what was entered of one."""
        self.card, self.candidate = card, one
        self.name.set_choice(one.person if one else None, one.name if one else "")
        self.role.set_code(one.role if one else role)
        self.position.set_text(one.position if one else "")
        self.barred.set_code(one.barred if one else "")
        self.start(card.union_name, card.id + (one.id if one else b""))

    def confirm(self) -> None:
        """Only once there is a role."""
        if not self.role.value:
            self.role.setFocus()
            self.role.open_list()
            return
        super().confirm()

    def act(self) -> Question:
        """Enter it."""
        row, one = self.founding, self.candidate
        order = CandidateOrder(
            self.name.text, self.role.value, self.position.text, self.barred.value, self.name.value
        )
        return lambda workspace: founding_votes.put(workspace, row, order, one.id if one else None)

    def said(self) -> str:
        """Done."""
        return _("已登记：{name}（{role}）。").format(name=self.name.text, role=self.role.text)

    def tell(self, hints: str) -> None:
        """What should be known of the one just entered."""
        self._show("", hints)

    def _on_chosen(self, choice: Choice) -> None:
        if choice.detail and not self.position.text:
            self.position.set_text(choice.detail)

    def _on_wanted(self, text: str) -> None:
        row = self.founding
        self.session.ask(
            self,
            lambda workspace: founding_votes.members_called(workspace, row, text) if text else [],
            lambda found: self.name.offer(
                [Choice(one.person, one.name, one.position) for one in found]
            ),
            key="foundings.people",
        )
