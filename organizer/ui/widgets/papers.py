"""Bringing the papers of a sign-up onto paper: a printer once chosen is used again."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QWidget

from organizer import paths
from organizer.errors import DeviceMissing
from organizer.i18n import _
from organizer.services import showing
from organizer.services.members.previewing import PageImage
from organizer.services.workspace import Workspace
from organizer.ui.session import Session


def to_image(page: PageImage, ratio: float = 1.0) -> QImage:
    """A drawn page as a picture; the bytes are copied."""
    image = QImage(page.rgb, page.width, page.height, page.stride, QImage.Format.Format_RGB888)
    copied = image.copy()
    copied.setDevicePixelRatio(ratio)
    return copied


class PaperTray:
    """Prints, or has the machine's PDF viewer do it where there is no printer."""

    def __init__(
        self,
        session: Session,
        owner: QWidget,
        say: Callable[[str], None],
    ) -> None:
        self._session = session
        self._owner = owner
        self._say = say
        self.device: QPrinter | None = None
        """The printer chosen in this sitting."""

    def print_papers(self, membership: bytes, name: str) -> None:
        """Print the papers of a record; asks for the printer the first time."""
        if self.device is not None:
            self._print(membership, name, self.device)
            return
        self._session.ask(
            self._owner,
            lambda _workspace: bool(QPrinterInfo.availablePrinterNames()),
            lambda any_: (
                self._choose(membership, name) if any_ else self.show_in_viewer(membership)
            ),
        )

    def _choose(self, membership: bytes, name: str) -> None:
        device = QPrinter(QPrinter.PrinterMode.HighResolution)
        device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        dialog = QPrintDialog(device, self._owner)
        dialog.setModal(True)

        def accepted() -> None:
            self.device = device
            self._print(membership, name, device)

        dialog.accepted.connect(accepted)
        dialog.show()

    def _print(self, membership: bytes, name: str, device: QPrinter) -> None:
        printer, draughtsman = self._session.printer, self._session.draughtsman

        def work(_workspace: object, _job: object) -> None:
            papers = printer.make_signup(membership)
            device.setDocName(papers.short_id)
            put_on_paper([to_image(page) for page in draughtsman.pages(papers.pdf)], device)

        self._session.change(
            self._owner,
            work,
            lambda _none: self._say(
                _("{name}的入会申请书、登记表和告知同意书已送打印机").format(name=name)
            ),
            failed=lambda error: self._session.notices.present(
                error, lambda: self._print(membership, name, device)
            ),
        )

    def show_in_viewer(self, membership: bytes) -> None:
        """Without a printer here: what shows PDF on this machine prints it, or knows who does."""
        printer = self._session.printer

        def work(workspace: Workspace, _job: object) -> Path:
            made = printer.make_signup(membership)
            return showing.lend(workspace, made.pdf, f"RH-{made.short_id}.pdf")

        def done(file: Path) -> None:
            if QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
                self._say(_("没有找到打印机，已打开 PDF，请在那里打印；锁定或退出时自动删除"))
            else:
                self._ask_file(file)

        self._session.change(self._owner, work, done, failed=self._session.notices.present)

    def _ask_file(self, shown: Path) -> None:
        dialog = QFileDialog(self._owner, _("没有打印机，也没有看 PDF 的程序，存到哪里"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(_("PDF 文件 (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        dialog.setDirectory(str(paths.papers_folder()))
        dialog.selectFile(_("入会申请书.pdf"))
        dialog.fileSelected.connect(lambda path: self.save_copy(shown, Path(path)))
        dialog.open()

    def save_copy(self, shown: Path, path: Path) -> None:
        """Keep the papers where the person wants them."""
        self._session.work(
            self._owner,
            lambda workspace, _job: showing.copy(workspace, shown, path),
            lambda kept: self._say(_("已存为 {file}，打印后请删除").format(file=kept.name)),
            failed=self._session.notices.present,
        )


def put_on_paper(pages: Sequence[QImage], device: QPrinter) -> None:
    """Paint whole pages onto a printer; raises `DeviceMissing` when it does not take them."""
    device.setFullPage(True)
    device.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    painter = QPainter()
    if not painter.begin(device):
        raise DeviceMissing("paper.printer_refused")
    try:
        for number, page in enumerate(pages):
            if number and not device.newPage():
                raise DeviceMissing("paper.printer_refused")
            whole = device.paperRect(QPrinter.Unit.DevicePixel)
            painter.drawImage(QRectF(0, 0, whole.width(), whole.height()), page)
    finally:
        painter.end()
