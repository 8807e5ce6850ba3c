"""What the window does with an error: at the field, in a bar, in a dialog with 重试, or a crash report."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

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

    def present(self, error: BaseException, retry: Callable[[], None] | None = None) -> None:
        """Show an error; outside errors offer to try again."""
        if isinstance(error, Cancelled):
            return
        if isinstance(error, OutsideError):
            self._ask_again(error, retry)
        elif isinstance(error, OrganizerError):
            log.area("ui").info("%s", log.facts_line(error.code, error.facts))
            self._bar.say(error.sentence(), kind="warn")
        else:
            self._crashed(error)

    def _ask_again(self, error: OutsideError, retry: Callable[[], None] | None) -> None:
        box = QMessageBox(QApplication.activeWindow() or self._parent)
        box.setWindowTitle(_("没有完成"))
        box.setText(error.sentence())
        if retry is not None and error.retry:
            again = box.addButton(_("重试"), QMessageBox.ButtonRole.AcceptRole)
            again.clicked.connect(retry)
        box.addButton(_("知道了"), QMessageBox.ButtonRole.RejectRole)
        box.open()
