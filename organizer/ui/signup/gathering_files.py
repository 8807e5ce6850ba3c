"""Lists that come from a file, and papers that go to what shows PDF on this machine."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from organizer import paths
from organizer.i18n import _
from organizer.services import drafting, showing
from organizer.services.drafting import Draft
from organizer.services.members import gathering_rows
from organizer.services.workspace import Workspace
from organizer.ui.session import Session


def ask_list(owner: QWidget, chosen: Callable[[Path], None]) -> None:
    """Let the person pick the file of a list."""
    dialog = QFileDialog(owner.window(), _("选择名单"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setDirectory(str(paths.papers_folder()))
    dialog.setNameFilters([_("名单 (*.xlsx *.xls *.ods *.csv *.txt)"), _("所有文件 (*)")])
    dialog.fileSelected.connect(lambda file: chosen(Path(file)))
    dialog.open()


def show_paper(
    session: Session, owner: QWidget, gathered: bytes, name: str, say: Callable[[str], None]
) -> Callable[[Draft], None]:
    """What draws a paper of a gathering, given the list as it stands, and has it shown."""

    def run(draft: Draft) -> None:
        def work(workspace: Workspace, _job: object) -> Path:
            # Late: what draws papers is not needed before the first.
            from organizer.services.members import gathering_printing

            drafting.keep(workspace, gathering_rows.draft_name(gathered), draft)
            made = gathering_printing.make(workspace, gathered, gathering_printing.Paper(name))
            return showing.lend(workspace, made.pdf, made.file_name)

        def done(file: Path) -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
            told = _("已打开“{file}”，请在那里打印；锁定或退出时自动删除")
            say(told.format(file=file.name))

        session.change(owner, work, done, failed=session.notices.present)

    return run
