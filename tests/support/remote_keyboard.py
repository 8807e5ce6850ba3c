"""The whole program with its keyboard and its screen at the ends of two pipes.

    python -m tests.support.remote_keyboard [run --data DIR]

Starts the program as `python -m organizer` does. Each line in is a request, each line out its answer,
both JSON: {"type": text} or {"press": key, "with": modifiers} goes to where the cursor is, {"close":
"window"} to the window, and has no answer where the program ends; everything else is answered with where that is then, what stands there, and what can be read.
"""

import json
import sys
import threading
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QWidget

from organizer.__main__ import main as run_program
from tests.support.eyes import read

LOOK_AFTER_MS = 30


class RemoteKeyboard(QObject):
    """Lives in the window's thread; requests come to it from another as a queued signal."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.asked.connect(self._on_asked, Qt.ConnectionType.QueuedConnection)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in sys.stdin:
            self.asked.emit(line)

    @Slot(str)
    def _on_asked(self, line: str) -> None:
        request: dict[str, str] = json.loads(line)
        focused = QApplication.focusWidget()
        if focused is not None and "type" in request:
            QTest.keyClicks(focused, request["type"])
        if focused is not None and "press" in request:
            modifiers = Qt.KeyboardModifier.NoModifier
            for name in request.get("with", "").split():
                modifiers |= Qt.KeyboardModifier[name]
            QTest.keyClick(focused, Qt.Key[request["press"]], modifiers)
        window = QApplication.activeWindow()
        if window is not None and "close" in request:
            window.close()
        # A moment later, so that whoever looks again and again leaves the program its time.
        QTimer.singleShot(LOOK_AFTER_MS, self, self._answer)

    def _answer(self) -> None:
        focused, window = QApplication.focusWidget(), QApplication.activeWindow()
        answer: dict[str, Any] = {
            "focus": focused.objectName() if focused else "",
            "typed": _standing(focused),
            "read": read(window) if window else "",
        }
        print(json.dumps(answer), flush=True)


def _standing(focused: QWidget | None) -> str:
    if isinstance(focused, QLineEdit):
        return focused.text()
    if isinstance(focused, QAbstractItemView):
        index = focused.currentIndex()
        return str(index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or "")
    return ""


if __name__ == "__main__":
    keyboard = RemoteKeyboard()
    sys.exit(run_program())
