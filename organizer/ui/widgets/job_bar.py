"""How far a long job is, with a button that stops it; out of sight while nothing runs."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from organizer.i18n import _
from organizer.jobs import Job
from organizer.ui.widgets.plain import button, label, row

_POLL_MS = 100


class JobBar(QWidget):
    """`watch` a job; `end` when it is over."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._job: Job | None = None
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(title)
        self._told = label("")
        self._stop = button(_("停止"), self.stop, name="stop-job")
        layout = QHBoxLayout(self)
        row_ = row(self._told, self._bar, self._stop)
        row_.setStretch(1, 1)
        layout.addLayout(row_)
        layout.setContentsMargins(0, 0, 0, 0)
        self._title = title
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MS)
        self._timer.timeout.connect(self._poll)
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return self._job is not None

    def watch(self, job: Job) -> None:
        """Show how far it is from now on."""
        self._job = job
        self._bar.setRange(0, 0)
        self._told.setText(self._title)
        self._timer.start()
        self.show()

    def stop(self) -> None:
        """Ask the job to stop; whoever began it hears that it was cancelled."""
        if self._job is not None:
            self._job.cancel()

    def end(self) -> None:
        """Nothing runs any more."""
        self._job = None
        self._timer.stop()
        self.hide()

    def _poll(self) -> None:
        if self._job is None:
            return
        report = self._job.report
        if report.total:
            self._bar.setRange(0, report.total)
            self._bar.setValue(report.done)
            told = _("{title} {done} / {total}")
            self._told.setText(told.format(title=self._title, done=report.done, total=report.total))
