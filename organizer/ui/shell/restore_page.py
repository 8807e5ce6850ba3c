"""Coming back from a backup: choose its folder, give a password of its time, and go on working."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog

from organizer.errors import InvalidInput, OrganizerError
from organizer.i18n import _, show_instant
from organizer.services.office import restoring
from organizer.services.office.backing_up import Line
from organizer.ui.shell.front import FrontPage
from organizer.ui.theme import Theme
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import button, label, restyle, row
from organizer.ui.widgets.secret import SecretField


class RestorePage(FrontPage):
    """`wanted` carries the backup's folder, account and password; `left` goes back."""

    wanted = Signal(object, str, str)
    left = Signal()

    def __init__(self, theme: Theme, place: Path | None) -> None:
        super().__init__(theme, width=520)
        self._place = place
        self._lines: list[Line] = []
        self._which = QComboBox()
        self._which.setAccessibleName(_("备份"))
        self._which.currentIndexChanged.connect(self._on_which)
        self._account = QComboBox()
        self._account.setAccessibleName(_("账号"))
        self._password = SecretField("password", _("做备份时的密码"))
        self._password.entered.connect(self._on_restore)
        self._said = label("", "warn")
        self._restore = button(_("恢复"), self._on_restore, kind="primary", name="restore")
        self._choose = button(_("选择文件夹…"), self._on_choose, name="choose_backup")
        self._back = KeyButton(
            theme, _("返回"), self.left.emit, shortcut="Esc", name="back", bound=True
        )
        self.fill(
            label(_("从备份恢复"), "head"),
            label(_("这台电脑上原来的数据不会删，改名留在旁边。"), "mut"),
            label(_("备份"), "label"),
            self._which,
            row(self._choose, None),
            label(_("账号"), "label"),
            self._account,
            self._password,
            self._said,
            row(self._back, None, self._restore),
        )
        self.look_in(place)

    def look_in(self, place: Path | None) -> None:
        """Offer the backups of a folder, the newest first."""
        self._lines, told = [], _("请插上存备份的 U 盘，再选它的文件夹。")
        if place is not None:
            try:
                self._lines, told = restoring.choices(place), ""
            except OrganizerError as error:
                told = error.sentence()
        self._which.clear()
        for line in self._lines:
            self._which.addItem(_offer(line))
        self._restore.setEnabled(bool(self._lines))
        self._say(told, "warn")
        (self._password if self._lines else self._choose).setFocus()

    def refuse(self, error: OrganizerError) -> None:
        """Say why it did not come back; nothing was changed."""
        self.set_busy("")
        if error.code == "account.wrong_password":
            self._password.refuse(InvalidInput(error.code, field="password", **error.facts))
            self._password.line.selectAll()
            self._password.setFocus()
        else:
            self._say(error.sentence(), "warn")

    def set_busy(self, sentence: str) -> None:
        """While it is brought back; "" when it is over."""
        for part in (self._restore, self._choose, self._back, self._which, self._account):
            part.setEnabled(not sentence)
        self._say(sentence, "info")

    def _on_which(self, number: int) -> None:
        self._account.clear()
        if 0 <= number < len(self._lines):
            try:
                self._account.addItems(list(restoring.account_names(self._lines[number].folder)))
            except OrganizerError as error:
                self._say(error.sentence(), "warn")

    def _on_choose(self) -> None:
        start = str(self._place or "")
        chosen = QFileDialog.getExistingDirectory(self, _("备份在哪个文件夹"), start)
        if chosen:
            self.look_in(Path(chosen))

    def _on_restore(self) -> None:
        number = self._which.currentIndex()
        if not self._restore.isEnabled() or not self._password.text or number < 0:
            return
        self.set_busy(_("正在恢复并核对…"))
        folder = self._lines[number].folder
        self.wanted.emit(folder, self._account.currentText(), self._password.text)

    def _say(self, sentence: str, kind: str) -> None:
        restyle(self._said, "kind", kind)
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))


def _offer(line: Line) -> str:
    return _("{at}　{office}　{employers} 户 {people} 人").format(
        at=show_instant(line.made_at),
        office=line.office,
        employers=line.employers,
        people=line.people,
    )
