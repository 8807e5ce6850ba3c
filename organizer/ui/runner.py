"""Work off the window's thread: a plain thread pool and one queued signal that brings results back.

A result is dropped when the widget that asked is gone; of several questions under one key only the
answer to the latest is delivered.
"""

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from organizer.errors import Cancelled
from organizer.jobs import Job
from organizer.ui.collector import Collector

T = TypeVar("T")
Failed = Callable[[BaseException], None]
_TURN_SECONDS = 0.001


class Runner(QObject):
    """Runs functions on a few threads and calls back on the window's thread."""

    busy_changed = Signal(int)
    _arrived = Signal(object)

    def __init__(self, on_error: Failed, threads: int = 3) -> None:
        super().__init__()
        self._on_error = on_error
        # Python lets one thread run at a time: the window shall not wait long for a job's turn to end.
        sys.setswitchinterval(_TURN_SECONDS)
        self._pool = ThreadPoolExecutor(threads, "ui-job")
        self._collector = Collector()
        self._over = False
        self._running: set[Job] = set()
        self._newest: dict[str, Job] = {}
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        owner: QObject,
        work: Callable[[Job], T],
        done: Callable[[T], None] | None = None,
        *,
        failed: Failed | None = None,
        key: str = "",
    ) -> Job:
        """Run `work` with a `Job` for progress and cancel; `done` or `failed` is called at its end.

        With `key`, a question that is overtaken by a later one under the same key is asked to stop,
        and its answer is dropped.
        """
        job = Job()
        if self._over:
            return job
        overtaken = self._newest.get(key) if key else None
        if overtaken is not None:
            overtaken.cancel()
        self._newest[key] = job

        def arrive(result: Any, error: BaseException | None) -> None:
            self._running.discard(job)
            self.busy_changed.emit(len(self._running))
            late = bool(key) and self._newest[key] is not job
            if late or not isValid(owner):
                return
            if error is None:
                if done is not None:
                    done(result)
            elif not isinstance(error, Cancelled):
                (failed or self._on_error)(error)

        def perform() -> None:
            try:
                result, error = work(job), None
            except BaseException as problem:  # noqa: BLE001 - brought to the window's thread
                result, error = None, problem
            self._arrived.emit(lambda: arrive(result, error))

        self._running.add(job)
        self.busy_changed.emit(len(self._running))
        self._pool.submit(perform)
        return job

    @property
    def running(self) -> int:
        """How many jobs are under way."""
        return len(self._running)

    def cancel_all(self) -> None:
        """Ask every job under way to stop at its next step."""
        for job in tuple(self._running):
            job.cancel()

    def shut_down(self) -> None:
        """Ask every job to stop and wait until the threads are free; then nobody is called back."""
        self._over = True
        self.cancel_all()
        # Those still in the queue are begun as well: the last draft may be one of them.
        self._pool.shutdown(wait=True)
        self._collector.end()

    @Slot(object)
    def _on_arrived(self, deliver: Callable[[], None]) -> None:
        if not self._over:
            deliver()
