"""The office: its name, its division, where its data lies; and the end of practising."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QFrame

from organizer.domain.access import Permission, grants
from organizer.errors import InvalidInput
from organizer.i18n import _, listed
from organizer.services.office import staffing
from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.settings.desk import Desk
from organizer.ui.settings.page import SettingsPage
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.plain import button, card, label, row


class OfficePage(SettingsPage):
    """Name and division of the office, the data folder."""

    def __init__(self, session: Session, desk: Desk, go: Callable[[str, object], object]) -> None:
        """`go` leads to another screen with a record."""
        super().__init__(session, _("本单位"))
        self._desk = desk
        workspace = session.workspace
        self._name = Field("office_name", _("单位名称"), hint=_("印在申请书和恢复单上"))
        self._name.line.setReadOnly(not grants(workspace.account.role, Permission.ADMINISTER))
        self._name.left.connect(self._on_name)
        self._division = label("")
        self._division.setWordWrap(True)
        self._folder = label(str(workspace.database.folder.root))
        self._folder.setWordWrap(True)
        self._signing = QCheckBox(_("入会时可以在屏幕上签名"))
        self._interim = QCheckBox(_("没有会员证号的先用临时号"))
        parts = [
            card(
                self._name,
                label(_("所在区划"), "label"),
                self._division,
                label(_("区划在建立单位时选定，不能改；选错了请另建单位。"), "hint"),
            ),
            self._consent_card(),
            self._interim_card(),
            card(
                label(_("地点和网格"), "label"),
                label(_("整理街路、楼宇、村民组，添网格、定责任人、派任务、办交接。"), "hint"),
                row(
                    button(_("网格"), lambda: go("places", "grids"), name="to-grids"),
                    button(_("地点"), lambda: go("places", "places"), name="to-places"),
                    None,
                ),
            ),
            card(
                label(_("数据文件夹"), "label"),
                self._folder,
                label(
                    _("里面是加密的数据文件和钥匙文件。请不要移动、改名，也不要放到网盘。"), "hint"
                ),
                row(button(_("打开文件夹"), self._on_open_folder, name="open_folder"), None),
            ),
        ]
        if desk.practice:
            parts.insert(0, self._practice_card())
        self.fill(*parts)

    def arrive(self) -> None:
        """Show what the office is called now."""
        self._name.set_text(self.session.workspace.office.name)
        office = self.session.workspace.office
        self._signing.setChecked(office.screen_signature)
        self._interim.setChecked(office.interim_numbers)
        self.session.ask(self, _division_line, self._division.setText, key="settings.division")

    def _consent_card(self) -> QFrame:
        hint = _("签下的只是签名图样，以纸质为准，纸面同意书照样要签。全单位共用这个设置。")
        change = staffing.allow_screen_signature
        return self._switch("screen_signature", _("同意书"), self._signing, change, hint)

    def _interim_card(self) -> QFrame:
        hint = _("会员证号由省平台给出；给出以前可以用本单位的临时号，打印和显示都标明“临时号”。")
        change = staffing.use_interim_numbers
        return self._switch("interim_numbers", _("会员证号"), self._interim, change, hint)

    def _switch(
        self,
        name: str,
        title: str,
        box: QCheckBox,
        change: Callable[[Workspace, bool], None],
        hint: str,
    ) -> QFrame:
        """A setting of the whole office that is on or off."""
        box.setObjectName(name)
        box.setEnabled(not self._name.line.isReadOnly())
        box.clicked.connect(partial(self._set, change))
        return card(label(title, "label"), box, label(hint, "hint"))

    def _practice_card(self) -> QFrame:
        return card(
            label(_("这是练习用的单位"), "head"),
            label(_("里面都是编造的单位和人员，与正式数据分开存放。练习完可以一次清除。"), "mut"),
            row(
                button(_("清除练习数据"), self._desk.wipe_wanted.emit, kind="primary", name="wipe"),
                None,
            ),
        )

    def _on_name(self, name: str) -> None:
        self.session.change(
            self,
            lambda workspace, _job: staffing.rename_office(workspace, name),
            lambda _done: self._name.say(_("已保存")),
            failed=self._on_refused,
        )

    def _set(self, change: Callable[[Workspace, bool], None], used: bool) -> None:
        self.session.change(
            self,
            lambda workspace, _job: change(workspace, used),
            lambda _done: None,
            failed=self.session.notices.present,
        )

    def _on_refused(self, error: BaseException) -> None:
        if isinstance(error, InvalidInput):
            self._name.refuse(error)
        else:
            self.session.notices.present(error)

    def _on_open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._folder.text()))


def _division_line(workspace: Workspace) -> str:
    code = workspace.office.division_code
    return _("{names}（{code}）").format(
        names=listed(workspace.divisions.path_names(code)), code=code
    )
