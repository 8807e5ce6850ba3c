"""读回采集表: choose the filled workbook, and read what was taken and what is to be put right."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from organizer.errors import InvalidInput, OrganizerError
from organizer.i18n import _
from organizer.services.paper import entering
from organizer.ui.session import Session
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import column, label, restyle, row

if TYPE_CHECKING:
    from organizer.services.paper.collecting import Taken

OPEN = "Ctrl+I"


class CollectPage(QWidget):
    """Takes a file; nothing of it is lost, and reading it again doubles nothing."""

    say = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._busy = False
        self.day = Field(
            "visited_on", _("没填走访日期的行用哪一天"), hint=_("空着就一行行告诉您；也可以写 1120")
        )
        self.open_button = KeyButton(
            session.theme, _("选择填好的采集表"), self.choose, shortcut=OPEN, kind="primary",
            name="read-collection",
        )  # fmt: skip
        self.sum = label("", "good")
        self.sum.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.list = QPlainTextEdit()
        self.list.setReadOnly(True)
        self.list.setTabChangesFocus(True)
        self.list.setAccessibleName(_("要改的地方"))
        about = _(
            "采集表在“打印”一页里做好，拿到任何装有 WPS 的电脑或手机上填。可以填一部分就读，"
            "以后接着填再读；读两遍不会记两遍，改过的行算更正。"
        )
        self._card = QFrame()
        self._card.setProperty("kind", "card")
        column(
            label(_("读回采集表"), "head"), label(about, "mut"), self.day,
            row(self.open_button, None), self.sum, self.list, None,
            into=QVBoxLayout(self._card), margin=16, gap=12,
        )  # fmt: skip
        column(row(self._card, None), None, into=QVBoxLayout(self))
        self.sum.hide()
        self.list.hide()
        session.theme.changed.connect(self._on_theme)
        self._on_theme()

    def begin(self) -> None:
        """The cursor on the one thing to do."""
        self.open_button.setFocus()

    def choose(self) -> None:
        """Ask for the file."""
        if self._busy:
            return
        dialog = QFileDialog(self, _("选择填好的采集表"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_("Excel、WPS 表格 (*.xlsx *.xls)"))
        dialog.fileSelected.connect(lambda path: self.read(Path(path)))
        dialog.open()

    def read(self, path: Path) -> None:
        """Take a workbook back, off the window's thread."""
        workspace = self.session.workspace
        try:
            on = entering.day_of(workspace, self.day.text) if self.day.text else None
        except InvalidInput as error:
            self.day.refuse(error)
            self.day.setFocus()
            return
        self._busy = True
        self._tell(_("正在读 {file}…").format(file=path.name), "info", ())
        # Late: spreadsheets are not needed before the first.
        from organizer.services.paper import collecting

        self.session.change(
            self,
            lambda opened, _job: collecting.read(opened, path, on=on),
            self._on_read,
            failed=self._on_failed,
        )

    def _on_read(self, taken: "Taken") -> None:
        self._busy = False
        wrong = len({problem.row for problem in taken.problems})
        said = _("读回 {taken} 行，更正 {corrected} 行，以前读过 {again} 行。").format(
            taken=taken.taken, corrected=taken.corrected, again=taken.again
        )
        if wrong:
            said += _("还有 {count} 行要改，改好再读同一个文件：").format(count=wrong)
        lines = [*(problem.sentence() for problem in taken.problems), *taken.remarks]
        self._tell(said, "warn" if wrong else "good", lines)
        self.say.emit(said)

    def _on_failed(self, error: BaseException) -> None:
        self._busy = False
        if isinstance(error, OrganizerError) and not error.retry:
            self._tell(error.sentence(), "warn", ())
        else:
            self.sum.hide()
            self.session.notices.present(error)

    def _tell(self, said: str, kind: str, lines: Sequence[str]) -> None:
        self.sum.setText(said)
        restyle(self.sum, "kind", kind)
        self.sum.show()
        self.list.setPlainText("\n".join(lines))
        self.list.setVisible(bool(lines))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Nothing is to be scrolled sideways."""
        super().resizeEvent(event)
        self._on_theme()

    def _on_theme(self) -> None:
        self._card.setFixedWidth(min(self.session.theme.px(640), max(self.width(), 320)))
        self.list.setMinimumHeight(self.session.theme.px(180))
