"""Taking over a list: which file, from whom, as of when; progress, and what came of it row by row."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFileDialog,
    QFrame,
    QLabel,
    QProgressBar,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from organizer import paths
from organizer.domain import access
from organizer.domain.access import Permission
from organizer.domain.dates import parse_date
from organizer.errors import InvalidInput, NotAllowed, OrganizerError
from organizer.i18n import _
from organizer.jobs import Job
from organizer.services import undoing
from organizer.services.lists import import_causes, importing
from organizer.services.lists.import_causes import Part
from organizer.services.lists.importing import Imported
from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.plain import button, column, label, row

_POLL_MS = 100
_LISTS = ("market", "tax", "insurance", "other")


def dropped_file(event: QDragEnterEvent | QDropEvent) -> Path | None:
    """The one file that is dragged in; None for anything else."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


class ListImport(QFrame):
    """A panel that imports one list at a time in the background. `closed` when it is put away."""

    offered = Signal()
    finished = Signal(object)
    closed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setObjectName("list-import")
        self._session = session
        self._path: Path | None = None
        self._job: Job | None = None
        self._run: bytes | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MS)
        self._timer.timeout.connect(self._poll)
        self._file = label("", "head")
        self._file.setWordWrap(True)
        self._told = label("", "warn")
        self._pages = QStackedWidget()
        for page in (self._asking(), self._running(), self._reporting()):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        for part in (self._file, self._told, self._pages):
            layout.addWidget(part)
        self._told.hide()
        session.theme.changed.connect(self._fit)
        self._fit()
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether an import is under way."""
        return self._job is not None

    @property
    def allowed(self) -> bool:
        """Whether this account takes over lists."""
        return access.grants(self._session.workspace.account.role, Permission.IMPORT)

    def choose(self) -> None:
        """Let the person pick a file."""
        if not self._may_begin():
            return
        dialog = QFileDialog(self.window(), _("选择名单"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setDirectory(str(self._path.parent if self._path else paths.papers_folder()))
        dialog.setNameFilters([_("名单 (*.xlsx *.xls *.ods *.csv *.txt)"), _("所有文件 (*)")])
        dialog.fileSelected.connect(lambda chosen: self.offer(Path(chosen)))
        dialog.open()

    def offer(self, path: Path) -> None:
        """Ask how to read this file; nothing is read yet."""
        if self.busy or not self._may_begin():
            return
        self._path = path
        self._file.setText(_("导入名单：{name}").format(name=path.name))
        self._told.hide()
        self.prepare()
        self._turn_to(0, self._start)
        self.show()
        self.setFocus()
        self.offered.emit()

    def prepare(self) -> None:
        """The questions as they stand for a new file."""
        self._as_of.set_text(self._session.workspace.today.isoformat())
        self._as_of.clear_error()

    def questions(self) -> Sequence[QWidget]:
        """What is asked about a file before it is read."""
        codes = self._session.workspace.codes("fact_source")
        self._source = QComboBox()
        self._source.setAccessibleName(_("名单来源"))
        self._source.addItems([codes.label(code) for code in _LISTS])
        self._as_of = Field("as_of", _("名单是哪一天的"), hint=_("人数等按这一天记下"))
        self._as_of.entered.connect(self.begin)
        return (label(_("名单来源"), "label"), self._source, self._as_of)

    def begin_words(self) -> str:
        """What the button says that begins."""
        return _("开始导入")

    def ways_on(self) -> Sequence[QWidget]:
        """Further buttons below what came of it."""
        return ()

    def _may_begin(self) -> bool:
        """Say at once who may not, not after a file was looked for."""
        if not self.allowed:
            account = self._session.workspace.account.name
            self._session.notices.present(NotAllowed("access.not_allowed", account=account))
        return self.allowed

    def begin(self) -> None:
        """Import in the background."""
        path = self._path
        if path is None or self.busy:
            return
        try:
            day = parse_date(self._as_of.text, field="as_of")
        except InvalidInput as error:
            self._as_of.refuse(error)
            self._as_of.setFocus()
            return
        source = _LISTS[self._source.currentIndex()]
        self.run(
            lambda workspace, job: importing.import_list(
                workspace, path, source=source, as_of=day, progress=job
            )
        )

    def run(self, act: Callable[[Workspace, Job], Imported]) -> None:
        """Do it in the background, with progress."""
        self._told.hide()
        self._bar.setRange(0, 0)
        self._turn_to(1, self._stop)
        self._job = self._session.change(self, act, self._on_done, failed=self._on_failed)
        self._timer.start()

    def stop(self) -> None:
        """Stop; what is saved stays and is not seen before the rest is there."""
        if self._job is not None:
            self._job.cancel()
            self._end()
            self._tell(_("已停下。读过的部分还看不到；再选一次这个文件，就从停下的地方接着导入。"))
            self.finished.emit(None)

    def _on_done(self, result: Imported) -> None:
        if self._job is None:
            return
        self._end()
        self._run = result.run
        self.show_result(result)
        self.finished.emit(result)

    def show_result(self, result: Imported) -> None:
        """What came of it, with the way back."""
        self._sum.setText(import_causes.sentence(result))
        self._show_parts(result)
        self._undo.setVisible(bool(result.added or result.new_facts))
        self._turn_to(2, self._close)

    def parts(self, result: Imported) -> list[Part]:
        """What there is to be told, cause by cause."""
        return import_causes.parts(result)

    def _on_failed(self, error: BaseException) -> None:
        self._end()
        if isinstance(error, OrganizerError):
            self._tell(error.sentence())
        else:
            self._tell(_("导入没有完成，请再试一次。"))
            self._session.notices.present(error)

    def _tell(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._told.show()
        self._turn_to(0, self._other)

    def _turn_to(self, page: int, at: QWidget) -> None:
        """Show a page; the cursor comes along unless it has left the panel."""
        focused = self.window().focusWidget()
        here = focused is not None and self.isAncestorOf(focused)
        self._pages.setCurrentIndex(page)
        self.setFocusProxy(at)
        if here:
            self.setFocus()

    def _end(self) -> None:
        self._timer.stop()
        self._job = None

    def _poll(self) -> None:
        if self._job is None:
            return
        report = self._job.report
        if report.total:
            self._bar.setRange(0, report.total)
            self._bar.setValue(report.done)
            said = _("已读 {done} / {total} 行").format(done=report.done, total=report.total)
            self._line.setText(said)

    def _take_back(self) -> None:
        run = self._run
        if run is None:
            return
        self._session.change(
            self,
            lambda workspace, _job: undoing.take_back(workspace, run),
            lambda _undone: self._put_away(),
            failed=self._session.notices.present,
        )

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._copied)

    def _put_away(self) -> None:
        self.hide()
        self.closed.emit()

    def _show_parts(self, result: Imported) -> None:
        found = self.parts(result)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in found:
            layout.addLayout(_told(part))
        layout.addStretch(1)
        self._area.setWidget(inside)
        self._area.setVisible(bool(found))
        self._copied = "\n\n".join(part.text() for part in found)
        self._copy.setVisible(bool(found))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the panel away while nothing runs."""
        if event.key() == Qt.Key.Key_Escape and not self.busy:
            self._put_away()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        theme = self._session.theme
        for part in self._questions:
            part.setMaximumWidth(theme.px(360))
        self._area.setMinimumHeight(theme.px(200))

    def _asking(self) -> QWidget:
        page = QWidget()
        self._questions = tuple(self.questions())
        self._start = button(self.begin_words(), self.begin, kind="primary", name="begin-import")
        self._other = button(_("换一个文件"), self.choose, name="other-file")
        leave = button(_("不导了"), self._put_away, name="leave-import")
        column(
            *self._questions,
            row(self._start, self._other, leave, None),
            None,
            into=QVBoxLayout(page),
            gap=8,
        )
        return page

    def _running(self) -> QWidget:
        page = QWidget()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("导入进度"))
        self._line = label(_("正在读文件…"), "mut")
        self._stop = button(_("停止"), self.stop, name="stop-import")
        hint = label(_("可以接着做别的，导完会在这里告诉您。"), "mut")
        column(
            self._bar, self._line, hint, row(self._stop, None), None,
            into=QVBoxLayout(page), gap=8,
        )  # fmt: skip
        return page

    def _reporting(self) -> QWidget:
        page = QWidget()
        self._sum = label("", "good")
        area = self._area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._close = button(_("好"), self._put_away, kind="primary", name="close-import")
        self._copied = ""
        self._copy = button(_("复制这些提示"), self._on_copy, name="copy-import")
        self._undo = button(_("撤销这次导入"), self._take_back, name="undo-import")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._sum)
        layout.addWidget(area, 1)
        layout.addLayout(row(*self.ways_on(), self._close, self._copy, self._undo, None))
        return page


def _told(part: Part) -> QBoxLayout:
    """One part of what came of a list: what happened, what to do, and the causes row by row."""
    made = column(_wrapped(part.title, "head"), _wrapped(part.advice, "mut"), gap=6)
    for cause in part.causes:
        made.addLayout(column(_wrapped(cause.where, "label"), _wrapped(cause.why), gap=0))
    made.setContentsMargins(0, 0, 0, 12)
    return made


def _wrapped(text: str, kind: str = "") -> QLabel:
    made = label(text, kind)
    made.setWordWrap(True)
    return made
