"""Garbage goes on the window's thread, also while others work."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from organizer.ui.collector import Collector


class Widget(QObject):
    """Something of the window that goes with a cycle."""

    def __init__(self, gone: list[threading.Thread]) -> None:
        super().__init__()
        self.itself = self
        weakref.finalize(self, lambda: gone.append(threading.current_thread()))


def test_what_goes_while_others_work_goes_on_the_windows_thread(qtbot: QtBot) -> None:
    gc.enable()
    gone = list[threading.Thread]()
    collector = Collector()
    Widget(gone)
    worker = threading.Thread(target=lambda: [[] for _ in range(100_000)])
    worker.start()
    worker.join()
    assert gone == []
    kept = [[] for _ in range(2_000)]  # type: ignore[var-annotated]
    qtbot.waitUntil(lambda: bool(gone))
    assert gone == [threading.main_thread()] and len(kept) == 2_000
    collector.end()
    assert gc.isenabled()
