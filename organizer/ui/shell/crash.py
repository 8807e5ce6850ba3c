"""Bugs while running: caught once each, told in a dialog, kept as a report; the program goes on."""

import faulthandler
import logging
import sys
import threading
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import IO

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    QUrl,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QVBoxLayout

from organizer import log, paths
from organizer.i18n import _
from organizer.services.office import crash_reports
from organizer.ui.widgets.plain import button, label, row

MOST_DIALOGS = 5


class CrashNet(QObject):
    """Takes every error nobody handled. The same error may come hundreds of times a second."""

    _fell = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._seen: Counter[str] = Counter()
        self._door = threading.Lock()
        self._dialog: CrashDialog | None = None
        # Errors come from any thread; dialogs belong to the window's.
        self._fell.connect(self._on_fell, Qt.ConnectionType.QueuedConnection)

    def catch(self, error: BaseException) -> None:
        """Log an error the first time and show its dialog; later ones are only counted."""
        mark = crash_reports.fingerprint(error)
        with self._door:
            self._seen[mark] += 1
            count, kinds = self._seen[mark], len(self._seen)
        if count == 1:
            log.area("ui").error("bug %s", crash_reports.describe(error))
            if kinds <= MOST_DIALOGS:
                self._fell.emit(error)
        elif count in (10, 100, 1000):
            log.area("ui").error("bug again %d times: %s", count, mark)

    def _on_fell(self, error: BaseException) -> None:
        if self._dialog is None or not self._dialog.isVisible():
            self._dialog = CrashDialog(crash_reports.describe(error))
            self._dialog.show()


class CrashDialog(QDialog):
    """Says that something went wrong, shows the report before it is kept; closing goes on."""

    def __init__(self, text: str) -> None:
        super().__init__(QApplication.activeWindow())
        self.setObjectName("crash")
        self.setWindowTitle(_("程序出了错"))
        self._text = text
        self._told = label("", "good")
        self._told.hide()
        shown = QPlainTextEdit(text)
        shown.setReadOnly(True)
        shown.setProperty("kind", "small")
        shown.setAccessibleName(_("报告内容"))
        shown.setTabChangesFocus(True)
        keep = button(_("保存报告"), self._on_keep, name="keep_report")
        on = button(_("继续工作"), self.close, kind="primary", name="go_on")
        on.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addWidget(label(_("程序出了错，已经保存的数据没有受影响"), "head"))
        explained = label(
            _(
                "可以继续工作。下面是给维护人员的报告，里面没有任何单位和个人的信息，请看过再决定是否交给他们。"
            ),
            "mut",
        )
        layout.addWidget(explained)
        layout.addWidget(shown, 1)
        layout.addWidget(self._told)
        layout.addLayout(row(keep, None, on))
        self.resize(640, 480)
        on.setFocus()

    def _on_keep(self) -> None:
        file = crash_reports.keep(self._text)
        self._told.setText(_("报告在 {file}").format(file=file))
        self._told.show()
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))


class Hooks:
    """Puts a net under the interpreter, its threads and Qt; `remove` takes it away."""

    def __init__(self, net: CrashNet, state: Path) -> None:
        self._net = net
        self._before = sys.excepthook, threading.excepthook
        self._file = state / "fault.txt"
        self.fell_before = self._last_fault()
        self._faults: IO[str] | None = None
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread_error
        self._qt_before = qInstallMessageHandler(_on_qt_message)
        self._watch_faults()

    def remove(self) -> None:
        """Back to how it was."""
        sys.excepthook, threading.excepthook = self._before
        qInstallMessageHandler(self._qt_before)
        if self._faults is not None:
            faulthandler.disable()
            self._faults.close()
            self._file.unlink(missing_ok=True)

    def _on_error(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            QApplication.quit()
            return
        self._net.catch(error.with_traceback(trace))

    def _on_thread_error(self, told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None and told.exc_type is not SystemExit:
            self._net.catch(told.exc_value)

    def _watch_faults(self) -> None:
        # A fault in native code leaves no exception, only what faulthandler writes on the way down.
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._faults = self._file.open("w", encoding="utf-8")
        faulthandler.enable(self._faults)

    def _last_fault(self) -> Path | None:
        """The report of a sudden end of the sitting before; None after a good end."""
        try:
            text = self._file.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return None
        return crash_reports.keep(log.redact(text)) if text.strip() else None


_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    log.area("qt").log(_LEVELS.get(kind, logging.WARNING), "%s", message)


def install(net: CrashNet) -> Hooks:
    """Put the net under everything; called once, by the program's start."""
    return Hooks(net, paths.state_folder())
