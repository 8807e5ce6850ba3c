"""Where backups will go, asked with the first run: another drive where there is one, or nowhere yet."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from organizer.errors import OrganizerError
from organizer.i18n import _
from organizer.services.office import backing_up
from organizer.ui.widgets.plain import button, column, label, restyle, row


class BackupPlace(QWidget):
    """`folder` is what was chosen; None is an answer too."""

    def __init__(self, data: Path) -> None:
        super().__init__()
        self._data = data
        self.folder: Path | None = None
        self._said = label("", "mut")
        self._said.setObjectName("backup_place")
        self._choose = button(_("选择文件夹…"), self._on_choose, kind="link", name="backup_folder")
        self._clear = button(_("先不选"), lambda: self.take(None), kind="link", name="no_backup")
        head = row(label(_("备份位置"), "head"), None, self._clear, self._choose)
        column(head, self._said, None, into=QVBoxLayout(self), gap=4)
        self.take(backing_up.suggested_place(data))

    def take(self, folder: Path | None) -> None:
        """Take a folder, unless it is unfit to be one; say what follows from it."""
        if folder is None:
            self._say(_("还没有选：电脑坏了，数据就没有了。以后也可在“设置”里选。"), "doubt")
        else:
            try:
                backing_up.check_place(folder, self._data)
            except OrganizerError as error:
                self._say(error.sentence(), "doubt")
                return
            if backing_up.is_on_same_drive(folder, self._data):
                told = _("{folder}（和数据在同一块硬盘，最好另选 U 盘）")
            else:
                told = _("{folder}（有改动就自动备份，也是加密的）")
            self._say(told.format(folder=folder), "mut")
        self.folder = folder
        self._clear.setVisible(folder is not None)

    def _say(self, sentence: str, kind: str) -> None:
        restyle(self._said, "kind", kind)
        self._said.setText(sentence)

    def _on_choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, _("备份放在哪里"), str(self.folder or Path.home())
        )
        if chosen:
            self.take(Path(chosen))
