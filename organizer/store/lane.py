"""The one thread that writes. A person's saves go first; long runs step aside between their commits."""

import itertools
import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

from organizer.errors import DatabaseLocked

T = TypeVar("T")

_SAVE, _STEP, _CLOSE = 0, 1, 2


@dataclass(order=True)
class _Task:
    priority: int
    order: int
    work: Callable[[], None] = field(compare=False)


class Lane:
    """Runs work on one thread in the order: saves, then one step of each long run, in turn."""

    def __init__(self, name: str) -> None:
        self._tasks: queue.PriorityQueue[_Task] = queue.PriorityQueue()
        self._order = itertools.count()
        self._closed = False
        self._door = threading.Lock()
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)
        self._thread.start()

    def save(self, work: Callable[[], T]) -> "Future[T]":
        """Do `work` before any waiting long run takes its next step."""
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()
        self._put(_SAVE, lambda: _settle(future, work))
        return future

    def run(self, steps: Iterator[Any]) -> "Future[Any]":
        """Advance a generator step by step; the future holds its return value."""
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()

        def advance() -> None:
            try:
                next(steps)
            except StopIteration as end:
                future.set_result(end.value)
            except BaseException as error:  # noqa: BLE001 - handed to whoever waits on the future
                future.set_exception(error)
            else:
                self._put(_STEP, advance)

        self._put(_STEP, advance)
        return future

    @property
    def pressed(self) -> bool:
        """Whether a save waits, so that a long run should end its step."""
        with self._tasks.mutex:
            return bool(self._tasks.queue) and self._tasks.queue[0].priority == _SAVE

    def close(self) -> None:
        """Finish what is queued, long runs to their end, then stop the thread."""
        with self._door:
            if not self._closed:
                self._closed = True
                self._tasks.put(_Task(_CLOSE, next(self._order), lambda: None))
        self._thread.join()

    def _put(self, priority: int, work: Callable[[], None]) -> None:
        with self._door:
            if self._closed and threading.current_thread() is not self._thread:
                raise DatabaseLocked("store.closed")
            self._tasks.put(_Task(priority, next(self._order), work))

    def _serve(self) -> None:
        while (task := self._tasks.get()).priority != _CLOSE:
            task.work()


def _settle(future: "Future[T]", work: Callable[[], T]) -> None:
    try:
        future.set_result(work())
    except BaseException as error:  # noqa: BLE001 - handed to whoever waits on the future
        future.set_exception(error)
