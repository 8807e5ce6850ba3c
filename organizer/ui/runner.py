"""Work off the window's thread: a plain thread pool and one queued signal that brings results back.

A result is dropped when the widget that asked is gone; of several questions under one key only the
answer to the latest is delivered.
"""

from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from organizer.errors import Cancelled
from organizer.jobs import Job

T = TypeVar("T")
Failed = Callable[[BaseException], None]


class Runner(QObject):
    """Runs functions on a few threads and calls back on the window's thread."""

    busy_changed = Signal(int)
    _arrived = Signal(object)

    def __init__(self, on_error: Failed, threads: int = 3) -> None:
        super().__init__()
        self._on_error = on_error
        self._pool = ThreadPoolExecutor(threads, "ui-job")
        self._over = False
        self._running: set[Job] = set()
        self._generations: defaultdict[str, int] = defaultdict(int)
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

        With `key`, an answer that was overtaken by a later question under the same key is dropped.
        """
        job = Job()
        if self._over:
            return job
        self._generations[key] += 1
        generation = self._generations[key]

        def arrive(result: Any, error: BaseException | None) -> None:
            self._running.discard(job)
            self.busy_changed.emit(len(self._running))
            late = bool(key) and generation != self._generations[key]
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

    @Slot(object)
    def _on_arrived(self, deliver: Callable[[], None]) -> None:
        if not self._over:
            deliver()
