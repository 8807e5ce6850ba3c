"""待审批: the applications that wait, what has to be seen about them, and approving those chosen."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from organizer.domain.approval import Meeting
from organizer.domain.dates import parse_date
from organizer.errors import Cancelled, InvalidInput
from organizer.i18n import _
from organizer.services import showing
from organizer.services.members import approving, doubts
from organizer.services.members.approving import Application, Approved
from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.signup.keys import REFUSE
from organizer.ui.signup.people_list import PeopleList
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.job_bar import JobBar
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import column, holder, label
from organizer.ui.widgets.reflow import Cell, Reflow
from organizer.ui.widgets.table import Column


class Pending(PeopleList):
    """The list, the meeting that decides, and the button that approves what is selected.

    Enter opens one person: what has to be seen is shown and noted as seen. `approved` carries how
    many and the write that can be taken back.
    """

    approved = Signal(int, bytes)
    refusal_wanted = Signal(bytes, str)
    """An application that is not to be approved, and whose it is."""

    def __init__(self, session: Session, shortcut: str) -> None:
        self.more = (Column("doubts", _("审批前须看（Enter 打开）"), 180),)
        self.committee = Field("committee", _("审批的委员会"), hint=_("空着为本工会委员会"))
        self.met_on = Field("met_on", _("会议日期"), hint=_("开过会的那天"))
        self.met_on.set_text(session.workspace.today.isoformat())
        self.number = Field("number", _("文号"), hint=_("印在审批名单上，可以空着"))
        self._meeting = Reflow(
            session.theme,
            [[Cell(self.committee, 3, 200), Cell(self.met_on, 2, 130), Cell(self.number, 2, 130)]],
        )
        self.seen = label("", "warn")
        self._lists: Sequence[bytes] = ()
        """Those of the last approval of this sitting."""
        self.bar = JobBar(_("正在审批"))
        approve = KeyButton(
            session.theme, _("批准所选"), self.run,
            shortcut=shortcut, kind="primary", name="approve",
        )  # fmt: skip
        self.number.entered.connect(approve.setFocus)
        teaching = _("没有等待审批的入会申请。在“入会登记”里保存一人，就会出现在这里。")
        refuse = KeyButton(
            session.theme, _("不予批准"), self.refuse, shortcut=REFUSE, name="refuse-application"
        )
        super().__init__(session, "pending", _("待审批的入会申请"), teaching, approve, refuse)
        self.table.opened.connect(self._open)
        self.seen.hide()

    def above(self) -> Sequence[QWidget]:
        """What was opened, the meeting that decides, and how far the approving is."""
        return (holder(column(self.seen, self._meeting, self.bar)),)

    def numbers(self, workspace: Workspace) -> list[int]:
        """The applications, oldest first."""
        return approving.waiting_numbers(workspace)

    def page(self, workspace: Workspace, numbers: Sequence[int]) -> Mapping[int, Application]:
        """Their lines."""
        return approving.waiting_page(workspace, numbers)

    def more_cells(self, one: Application) -> tuple[str, ...]:
        """What has to be seen, and whether somebody did."""
        words = _("、").join(doubts.word(doubt) for doubt in one.doubts)
        if not words:
            return ("",)
        told = _("待看：{words}") if one.unseen else _("已看：{words}")
        return (told.format(words=words),)

    def told(self, chosen: int, whole: int) -> str:
        """已选 2 / 17 人."""
        text = _("已选 {chosen} / {whole} 人　Ctrl+A 全选，方向键移动")
        return text.format(chosen=chosen, whole=whole)

    def run(self) -> None:
        """Approve the selected applications, as decided at the meeting."""
        chosen = self.chosen
        if not chosen or self.bar.busy:
            return
        try:
            met_on = parse_date(self.met_on.text, field="met_on")
        except InvalidInput as error:
            self._refuse(error)
            return
        meeting = Meeting(self.committee.text, met_on, self.number.text)
        job = self._session.change(
            self,
            lambda workspace, watched: approving.approve(workspace, chosen, meeting, watched),
            self._on_approved,
            failed=self._on_failed,
        )
        self.bar.watch(job)

    def refuse(self) -> None:
        """Ask why the application under the cursor is not approved."""
        at = self.table.currentIndex()
        membership = self.model.id_at(at.row()) if at.isValid() else None
        if membership:
            self.refusal_wanted.emit(membership, str(at.siblingAtColumn(0).data()))

    def print_lists(self) -> None:
        """Draw the 审批名单 of the last approval and hand it to what shows PDF on this machine."""
        wanted = self._lists

        def work(workspace: Workspace, _job: object) -> list[Path]:
            from organizer.services.members import gathering_printing

            lists = wanted or [one.id for one in approving.approval_lists(workspace)[:1]]
            made = [gathering_printing.make_list(workspace, one) for one in lists]
            return [showing.lend(workspace, one.pdf, one.file_name) for one in made]

        def done(files: list[Path]) -> None:
            for file in files:
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

        self._session.change(self, work, done, failed=self._session.notices.present)

    def _open(self, membership: bytes) -> None:
        """Show what has to be seen about one, and note that it was."""

        def look(workspace: Workspace, _job: object) -> tuple[str, tuple[str, ...]]:
            shown = approving.opened(workspace, membership)
            return shown.name, approving.see(workspace, membership)

        def done(found: tuple[str, tuple[str, ...]]) -> None:
            name, told = found
            words = "".join(told) or _("没有要先看的提示。")
            self.seen.setText(_("{name}：{words}").format(name=name, words=words))
            self.seen.show()

        self._session.change(self, look, done, failed=self._session.notices.present)

    def _on_approved(self, made: Approved) -> None:
        self.bar.end()
        self.seen.hide()
        self._lists = made.lists
        self.approved.emit(made.count, made.write)

    def _on_failed(self, error: BaseException) -> None:
        self.bar.end()
        if isinstance(error, InvalidInput) and error.field == "met_on":
            self._refuse(error)
        elif isinstance(error, Cancelled):
            self.seen.setText(_("已停下，一个人也没有批准。"))
            self.seen.show()
        else:
            self._session.notices.present(error)

    def _refuse(self, error: InvalidInput) -> None:
        self.met_on.refuse(error)
        self.met_on.setFocus()
