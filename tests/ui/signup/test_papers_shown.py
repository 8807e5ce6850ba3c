"""Papers on paper: by the printer once chosen, else by what shows PDF on the machine."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from pytestqt.qtbot import QtBot

from organizer.forms.proof import page_texts
from organizer.ui.session import Session
from organizer.ui.shell.window import Window
from organizer.ui.signup.page import SignupPage
from tests.ui.conftest import RecordingBar
from tests.ui.signup.conftest import ID_NUMBER, Hands


class Viewer(QObject):
    """Stands in for the program that opens PDF files."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.shown.append(url.toLocalFile())


def test_save_and_print_puts_all_pages_on_paper(
    page: SignupPage, hands: Hands, qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    device = QPrinter(QPrinter.PrinterMode.HighResolution)
    device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    device.setOutputFileName(str(tmp_path / "paper.pdf"))
    page.papers.device = device
    hands.data(ID_NUMBER)
    hands.enter()
    hands.hanzi("王龚")
    with qtbot.waitSignal(page.said, check_params_cb=lambda said: "打印机" in said):
        hands.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert len(page_texts((tmp_path / "paper.pdf").read_bytes())) == 3
    count = "SELECT count(*) FROM paper"
    assert session.workspace.database.read(lambda c: c.execute(count).fetchone()) == (3,)


def test_without_a_printer_the_papers_are_shown_at_once_and_gone_with_the_sitting(
    page: SignupPage, window: Window, session: Session, hands: Hands, qtbot: QtBot, tmp_path: Path,
    bar: RecordingBar,
) -> None:  # fmt: skip
    if QPrinterInfo.availablePrinterNames():
        pytest.skip("this machine has a printer")
    viewer = Viewer()
    QDesktopServices.setUrlHandler("file", viewer, "show")
    try:
        hands.data(ID_NUMBER)
        hands.enter()
        hands.hanzi("王龚")
        with qtbot.waitSignal(page.said, check_params_cb=lambda said: "没有找到打印机" in said):
            hands.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    finally:
        QDesktopServices.unsetUrlHandler("file")
    (shown,) = map(Path, viewer.shown)
    assert "王龚" in page_texts(shown.read_bytes())[0]
    page.papers.save_copy(shown, tmp_path / "a.pdf")
    qtbot.waitUntil((tmp_path / "a.pdf").exists)
    page.papers.save_copy(shown, tmp_path / "a.pdf")
    qtbot.waitUntil(lambda: any("已经存在" in said for said in bar.said))
    window.park()
    assert not shown.exists() and (tmp_path / "a.pdf").exists()
