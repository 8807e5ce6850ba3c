"""What the window does with an error: at the field, in a bar, in a dialog with 重试, or a crash report."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from shiboken6 import isValid

from organizer import log
from organizer.errors import Cancelled, OrganizerError, OutsideError
from organizer.i18n import _


class Bar(Protocol):
    """Where sentences that belong to no field are shown for a while."""

    def say(self, sentence: str, *, kind: str = "info") -> None:
        """Show a sentence; kind is info, good or warn."""


class Notices:
    """Presents errors; `crashed` gets whatever is a bug."""

    def __init__(self, bar: Bar, parent: QWidget, crashed: Callable[[BaseException], None]) -> None:
        self._bar = bar
        self._parent = parent
        self._crashed = crashed
        self._asking: list[QMessageBox] = []

    def present(self, error: BaseException, retry: Callable[[], None] | None = None) -> None:
        """Show an error; outside errors offer to try again."""
        if isinstance(error, Cancelled):
            return
        if isinstance(error, OutsideError):
            self._ask_again(error, retry)
        elif isinstance(error, OrganizerError):
            self._tell(error)
        else:
            self._crashed(error)

    def mention(self, error: BaseException) -> None:
        """Show an error of something nobody waits for at the foot, so that typing goes on."""
        if isinstance(error, OutsideError) and error.retry:
            self._tell(error)
        else:
            self.present(error)

    def _tell(self, error: OrganizerError) -> None:
        log.area("ui").info("%s", log.facts_line(error.code, error.facts))
        self._bar.say(error.sentence(), kind="warn")

    def _ask_again(self, error: OutsideError, retry: Callable[[], None] | None) -> None:
        told = error.sentence()
        self._asking = [box for box in self._asking if isValid(box) and box.isVisible()]
        # A full disk is met by many jobs at once: it is told once, by the one that can try again.
        for standing in self._asking:
            if standing.text() == told:
                if retry is None:
                    return
                standing.close()
        box = QMessageBox(QApplication.activeWindow() or self._parent)
        self._asking.append(box)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(_("没有完成"))
        box.setText(told)
        if retry is not None and error.retry:
            again = box.addButton(_("重试"), QMessageBox.ButtonRole.AcceptRole)
            again.clicked.connect(retry)
        box.addButton(_("知道了"), QMessageBox.ButtonRole.RejectRole)
        box.open()
