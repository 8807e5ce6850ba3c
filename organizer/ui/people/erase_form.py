"""清除个人信息: told beforehand, asked for the reason, done for good (个人信息保护法 第四十七条)."""

from PySide6.QtCore import Signal

from organizer.i18n import _, listed
from organizer.services.members import erasing
from organizer.services.members.erasing import Erased
from organizer.services.members.person_card import PersonCard
from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.widgets.act_form import ActForm, Question
from organizer.ui.widgets.fields import Field


class EraseForm(ActForm):
    """Erases the person in view. `erased` carries what was done and what is left to do by hand."""

    draft_name, draft_area = "erase", "people"
    erased = Signal(str)

    def __init__(self, session: Session) -> None:
        self.reason = Field("reason", _("原因"), hint=_("如：本人申请清除；不要写姓名和号码"))
        super().__init__(session, _("清除个人信息"), [self.reason])
        self._person = b""

    def begin(self, card: PersonCard) -> None:
        """Ask about this person."""
        self._person = card.id
        self.reason.set_text("")
        self.show()
        self.start(card.name, card.id)

    def plan(self) -> Question | None:
        """What will be gone."""
        person = self._person
        return (lambda workspace: erasing.plan(workspace, person)) if person else None

    def act(self) -> Question:
        """Erase."""
        person, reason = self._person, self.reason.text

        def erase(workspace: Workspace) -> Erased:
            return erasing.erase_person(workspace, person, reason)

        return erase

    def _on_done(self, result: object) -> None:
        super()._on_done(result)
        said = _("已清除，不能恢复。")
        if isinstance(result, Erased) and result.handed_out:
            files = listed(result.handed_out)
            said += _("这些文件已经交出去，请另行处理：{files}").format(files=files)
        self.hide()
        self.erased.emit(said)
