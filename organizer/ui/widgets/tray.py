"""Papers onto a printer or into files: a printer once chosen is used again, a file is opened afterwards."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QWidget

from organizer import paths
from organizer.i18n import _
from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.widgets.papers import put_on_paper, to_image

_SIZES = {
    "A4": QPageSize(QPageSize.PageSizeId.A4),
    "A5": QPageSize(QPageSize.PageSizeId.A5),
}
MakePdf = Callable[[Workspace], bytes]
Write = Callable[[Workspace, Path], object]


class Tray:
    """Prints papers, or writes them where the machine has no printer."""

    def __init__(self, session: Session, owner: QWidget, say: Callable[[str], None]) -> None:
        self._session = session
        self._owner = owner
        self._say = say
        self.device: QPrinter | None = None
        """The printer chosen in this sitting."""

    def print_pdf(
        self, make: MakePdf, write: Write, name: str, *, across: bool, size: str = "A4"
    ) -> None:
        """Print what `make` gives; asks for the printer the first time, for a file without one."""
        if self.device is not None:
            self._print(make, name, self.device, across, size)
            return

        def answered(any_: bool) -> None:
            if any_:
                self._choose(make, name, across, size)
            else:
                self.ask_file(write, name, _("没有找到打印机，存为 PDF"))

        self._session.ask(
            self._owner, lambda _workspace: bool(QPrinterInfo.availablePrinterNames()), answered
        )

    def ask_file(self, write: Write, name: str, title: str) -> None:
        """Ask where to write, `name` proposed; its ending says as what."""
        kind = Path(name).suffix
        dialog = QFileDialog(self._owner, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        known = {".pdf": _("PDF 文件 (*.pdf)"), ".xlsx": _("Excel、WPS 表格 (*.xlsx)")}
        dialog.setNameFilter(known[kind])
        dialog.setDefaultSuffix(kind.removeprefix("."))
        dialog.setDirectory(str(paths.papers_folder()))
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda path: self.write_file(write, Path(path)))
        dialog.open()

    def write_file(self, write: Write, path: Path) -> None:
        """Write a file and open it with what the machine has for that."""

        def done(_written: object) -> None:
            self._say(_("已存为 {file}").format(file=path.name))
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

        self._session.work(
            self._owner,
            lambda workspace, _job: write(workspace, path),
            done,
            failed=self._session.notices.present,
        )

    def _choose(self, make: MakePdf, name: str, across: bool, size: str) -> None:
        device = QPrinter(QPrinter.PrinterMode.HighResolution)
        device.setPageSize(_SIZES[size])
        dialog = QPrintDialog(device, self._owner)
        dialog.setModal(True)

        def accepted() -> None:
            self.device = device
            self._print(make, name, device, across, size)

        dialog.accepted.connect(accepted)
        dialog.show()

    def _print(self, make: MakePdf, name: str, device: QPrinter, across: bool, size: str) -> None:
        draughtsman = self._session.draughtsman
        way = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait

        def work(workspace: Workspace, _job: object) -> None:
            pages = draughtsman.pages(make(workspace))
            device.setPageSize(_SIZES[size])
            device.setPageOrientation(way)
            device.setDocName(name)
            put_on_paper([to_image(page) for page in pages], device)

        self._session.work(
            self._owner,
            work,
            lambda _none: self._say(_("{name}已送打印机").format(name=Path(name).stem)),
            failed=self._session.notices.present,
        )
