"""The foot of 上报: ready, asking for reason and folder, running, done; one of them is in view."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QProgressBar, QVBoxLayout, QWidget

from organizer.errors import InvalidInput
from organizer.i18n import _
from organizer.jobs import Job
from organizer.services.batches.exporting import SealedFile
from organizer.services.batches.remaking import MadeAgain
from organizer.ui.batches.files_page import copy_path
from organizer.ui.theme import Theme
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import button, column, holder, label, row

POLL_MS = 100
KEY = "Ctrl+E"


class ExportBar(QFrame):
    """`wanted` carries reason and folder, `opened` asks to be asked, `closed` follows Esc and 知道了."""

    wanted = Signal(str, str)
    opened = Signal()
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("kind", "card")
        self._job: Job | None = None
        self._paths: tuple[Path, ...] = ()
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self._on_poll)
        self._pages = (self._ready(), self._form(), self._running(), self._done())
        column(*self._pages, into=QVBoxLayout(self), margin=12)
        self._show(0)

    @property
    def idle(self) -> bool:
        """Whether nothing was begun and no result is shown."""
        return self._place == 0

    @property
    def busy(self) -> bool:
        """Whether an export is under way."""
        return self._job is not None

    def offer(self, going: int, kept_off: int) -> None:
        """Say what an export would do; without anybody there is nothing to press."""
        self._button.setEnabled(going > 0)
        text = _("将导出 {going} 人").format(going=going)
        if kept_off and going:
            text = _("将导出 {going} 人，{kept_off} 人不入批次").format(
                going=going, kept_off=kept_off
            )
        elif kept_off:
            text = _("没有人可以导出，请先处理未入批次的 {kept_off} 人").format(kept_off=kept_off)
        elif not going:
            text = ""
        self._offer.setText(text)

    def ask(self, folder: str) -> None:
        """Ask for the reason and the folder; what was typed before is still there."""
        if self.busy or not self._button.isEnabled():
            return
        self._start.setText(_("开始导出"))
        self._ask("", folder)

    def ask_again(self, batch: str, folder: str) -> None:
        """Ask the same for the file of a sealed batch that is made once more."""
        if self.busy:
            return
        self._start.setText(_("重新生成"))
        self._ask(
            _("照封存的内容重新生成批次 {batch} 的文件，逐格核对。").format(batch=batch), folder
        )

    def dismiss(self) -> None:
        """Back to the offer, unless something is under way."""
        if not self.busy:
            self._show(0)

    def follow(self, job: Job) -> None:
        """Show the progress of a running export."""
        self._job = job
        self._progress.setRange(0, 0)
        self._show(2)
        self._stop.setEnabled(True)
        self._stop.setFocus()
        self._poll.start()

    def finish(self, files: Sequence[SealedFile]) -> None:
        """Say what was made; without files the export was stopped."""
        self._end()
        if not files:
            self._tell_stopped()
            return
        rows = sum(file.rows for file in files)
        told = _("已导出并逐格核对 {rows} 人").format(rows=rows)
        if kept_off := sum(len(file.kept_off) for file in files):
            told = _("{told}，{kept_off} 人未入批次").format(told=told, kept_off=kept_off)
        self._tell(told, [file.path for file in files])

    def finish_again(self, made: MadeAgain | None) -> None:
        """Say that the file is there again; None: it was stopped."""
        self._end()
        if made is None:
            self._tell_stopped()
        else:
            told = _("已重新生成并逐格核对 {rows} 人，与封存时一样").format(rows=made.rows)
            self._tell(told, [made.path])

    def fail(self) -> None:
        """Back to the questions; the error is told by whoever asked."""
        self._end()
        self._show(1)
        self._reason.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the questions or the result; what was typed stays for the next time."""
        if event.key() == Qt.Key.Key_Escape and self._place in (1, 3):
            self._leave()
        else:
            super().keyPressEvent(event)

    def _ready(self) -> QWidget:
        self._offer = label("")
        self._button = KeyButton(
            self._theme, _("导出"), self.opened.emit, shortcut=KEY, kind="primary", name="export"
        )
        self._button.setEnabled(False)
        return holder(row(self._offer, None, self._button))

    def _form(self) -> QWidget:
        self._reason = Field("reason", _("导出事由"), hint=_("记入审计，例如：11月份报送"))
        self._folder = Field(
            "folder", _("存到文件夹"), hint=_("文件是明文，含证件号码；上传后请清除。")
        )
        # Later: the field moves the focus on after Enter, and the form may be gone by then.
        self._folder.entered.connect(self._on_wanted, Qt.ConnectionType.QueuedConnection)
        choose = button(_("选择…"), self._on_choose, name="choose-folder")
        choose.setAccessibleName(_("选择文件夹"))
        fields = row(self._reason, self._folder, choose, gap=16)
        fields.setStretch(0, 2)
        fields.setStretch(1, 3)
        fields.setAlignment(choose, Qt.AlignmentFlag.AlignVCenter)
        self._told = label("", "mut")
        leave = KeyButton(self._theme, _("取消"), self._leave, shortcut="Esc", name="leave")
        self._start = button(_("开始导出"), self._on_wanted, kind="primary", name="start")
        foot = row(self._told, leave, self._start)
        foot.setStretch(0, 1)
        return holder(column(fields, foot))

    def _running(self) -> QWidget:
        self._state = label("")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(_("导出进度"))
        self._stop = button(_("停止"), self._on_stop, name="stop")
        return holder(row(self._state, self._progress, self._stop, gap=16))

    def _done(self) -> QWidget:
        self._result = label("", "good")
        self._path = label("", "mut")
        self._path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._open = button(_("打开文件夹"), self._on_open, name="open-result")
        copy = button(_("复制路径"), lambda: copy_path(self._path.text()), name="copy-path")
        close = button(_("知道了"), self._leave, name="close-result")
        texts = holder(column(self._result, self._path))
        line = row(texts, self._open, copy, close)
        line.setStretch(0, 1)
        return holder(line)

    def _show(self, place: int) -> None:
        self._place = place
        for number, page in enumerate(self._pages):
            page.setVisible(number == place)

    def _end(self) -> None:
        self._poll.stop()
        self._job = None
        self._told.setText("")

    def _ask(self, told: str, folder: str) -> None:
        self._told.setText(told)
        if not self._folder.text:
            self._folder.set_text(folder)
        self._show(1)
        self._reason.setFocus()

    def _tell(self, told: str, paths: Sequence[Path]) -> None:
        self._paths = tuple(paths)
        self._result.setText(told)
        self._path.setText("\n".join(map(str, paths)))
        self._reason.set_text("")
        self._show(3)
        self._open.setFocus()

    def _tell_stopped(self) -> None:
        self._show(1)
        self._told.setText(_("已停止，没有留下文件。"))
        self._reason.setFocus()

    def _leave(self) -> None:
        self._show(0)
        self.closed.emit()

    def _on_wanted(self) -> None:
        if self.busy or self._place != 1:
            return
        if not self._reason.text:
            self._reason.refuse(InvalidInput("batch.no_reason", field="reason"))
            self._reason.setFocus()
        elif not self._folder.text:
            self._folder.refuse(InvalidInput("batch.no_folder", field="folder"))
            self._folder.setFocus()
        else:
            self.wanted.emit(self._reason.text, self._folder.text)

    def _on_choose(self) -> None:
        chooser = QFileDialog(self, _("存到哪个文件夹"), self._folder.text)
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self._folder.set_text)
        chooser.open()

    def _on_stop(self) -> None:
        self._stop.setEnabled(False)
        self._state.setText(_("正在停止…"))
        if self._job is not None:
            self._job.cancel()

    def _on_poll(self) -> None:
        if self._job is None or not self._stop.isEnabled():
            return
        report = self._job.report
        self._progress.setRange(0, report.total)
        self._progress.setValue(report.done)
        self._state.setText(_("正在写入并逐格核对…"))

    def _on_open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._paths[0].parent)))
