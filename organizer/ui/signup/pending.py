"""待审批: the applications that wait, and approving those that are chosen."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal

from organizer.i18n import _
from organizer.services.members import approving, signup
from organizer.services.members.approving import Application
from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.signup.people_list import PeopleList
from organizer.ui.widgets.keybutton import KeyButton


class Pending(PeopleList):
    """The list and the button that approves what is selected in it."""

    approved = Signal(int)

    def __init__(self, session: Session, shortcut: str) -> None:
        self._busy = False
        approve = KeyButton(
            session.theme, _("批准所选"), self.run,
            shortcut=shortcut, kind="primary", name="approve",
        )  # fmt: skip
        teaching = _("没有等待审批的入会申请。在“入会登记”里保存一人，就会出现在这里。")
        super().__init__(session, "pending", _("待审批的入会申请"), teaching, approve)

    def numbers(self, workspace: Workspace) -> list[int]:
        """The applications, oldest first."""
        return approving.waiting_numbers(workspace)

    def page(self, workspace: Workspace, numbers: Sequence[int]) -> Mapping[int, Application]:
        """Their lines."""
        return approving.waiting_page(workspace, numbers)

    def told(self, chosen: int, whole: int) -> str:
        """已选 2 / 17 人."""
        text = _("已选 {chosen} / {whole} 人　Ctrl+A 全选，方向键移动")
        return text.format(chosen=chosen, whole=whole)

    def run(self) -> None:
        """Approve the selected applications."""
        chosen = self.chosen
        if not chosen or self._busy:
            return
        self._busy = True

        def done(count: int) -> None:
            self._busy = False
            self.approved.emit(count)

        def failed(error: BaseException) -> None:
            self._busy = False
            self._session.notices.present(error)

        self._session.change(
            self, lambda workspace, _job: signup.approve(workspace, chosen), done, failed=failed
        )
