"""What the program is, on what it runs, and whether its data file is sound."""

import platform

from PySide6 import __version__ as qt_version

from organizer import __version__, paths, resources
from organizer.domain.access import Permission, grants
from organizer.i18n import _
from organizer.services.office import checking
from organizer.services.office.checking import Health
from organizer.ui.session import Session
from organizer.ui.settings.page import SettingsPage
from organizer.ui.widgets.plain import button, card, label, restyle, row


class AboutPage(SettingsPage):
    """Versions and the self-check, which runs in the background."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, _("关于"))
        self._check = button(_("开始自检"), self._on_check, name="self_check")
        self._check.setEnabled(grants(session.workspace.account.role, Permission.ADMINISTER))
        self._result = label("", "info")
        self._result.hide()
        versions = label(
            _("版本 {version} · Qt {qt} · Python {python}").format(
                version=__version__, qt=qt_version, python=platform.python_version()
            ),
            "mut",
        )
        logs = label(
            _("日志：{folder}（不含单位和个人信息）").format(folder=paths.log_folder()), "mut"
        )
        self.fill(
            card(
                label(_("基层工会工作台"), "head"),
                versions,
                logs,
                label(_("许可证 Apache-2.0；所附字体和部件的许可证见 NOTICE。"), "mut"),
            ),
            card(
                label(_("数据文件自检"), "head"),
                label(
                    _("逐页核对加密文件、操作记录链、审计链和查找索引；在后台进行，不影响工作。"),
                    "mut",
                ),
                row(self._check, None),
                self._result,
            ),
        )

    def _on_check(self) -> None:
        self._check.setEnabled(False)
        self._say(_("正在自检…"), "info")
        self.session.ask(self, checking.check, self._show, failed=self._on_failed)

    def _show(self, health: Health) -> None:
        self._check.setEnabled(True)
        lines = [
            resources.sentence("notes", found.code, {"where": found.where})
            for found in health.findings
        ]
        if lines:
            lines.append(_("数据文件有问题，请先停止录入，从备份恢复或联系维护人员。"))
            self._say("\n".join(lines), "warn")
            return
        sound = _("数据文件完好：{count} 步操作的记录链、重放和索引都对得上。")
        self._say(sound.format(count=health.writes), "good")

    def _on_failed(self, error: BaseException) -> None:
        self._check.setEnabled(True)
        self._result.hide()
        self.session.notices.present(error)

    def _say(self, sentence: str, kind: str) -> None:
        restyle(self._result, "kind", kind)
        self._result.setText(sentence)
        self._result.show()
