"""证件后补: those who joined without an id number, one Enter away from their record."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal

from organizer.i18n import _
from organizer.services.members import amending
from organizer.services.members.approving import Application
from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.signup.people_list import PeopleList
from organizer.ui.widgets.keybutton import KeyButton


class Lacking(PeopleList):
    """`opened` carries the membership whose record is to be completed."""

    opened = Signal(bytes)
    needless = ("id_number",)

    def __init__(self, session: Session, shortcut: str) -> None:
        act = KeyButton(
            session.theme, _("补录证件号"), self.run,
            shortcut=shortcut, kind="primary", name="complete",
        )  # fmt: skip
        teaching = _("没有证件后补的人。没带证件的人可以先按“没带证件”入会，补齐以前都列在这里。")
        super().__init__(session, "lacking", _("证件后补的人"), teaching, act)
        self.table.opened.connect(self.opened)

    def numbers(self, workspace: Workspace) -> list[int]:
        """Who is still to bring a number, oldest first."""
        return amending.lacking_numbers(workspace)

    def page(self, workspace: Workspace, numbers: Sequence[int]) -> Mapping[int, Application]:
        """Their lines."""
        return amending.lacking_page(workspace, numbers)

    def told(self, chosen: int, whole: int) -> str:
        """还缺证件号 3 人."""
        return _("还缺证件号 {whole} 人　Enter 打开，补齐后才能报送省平台").format(whole=whole)

    def run(self) -> None:
        """Open the record under the cursor."""
        if chosen := self.chosen:
            self.opened.emit(chosen[0])
