"""The one thread that writes. A person's saves go first; long runs step aside between their commits."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, TypeVar

from organizer.errors import DatabaseLocked

T = TypeVar("T")


class Lane:
    """Runs work on one thread in the order: saves, then one step of each long run, in turn."""

    def __init__(self, name: str) -> None:
        self._saves: deque[Callable[[], None]] = deque()
        self._steps: deque[Callable[[], None]] = deque()
        # One call for each piece of work and one to close. Its lock is held by nobody while it wakes
        # the thread, unlike a condition's: a save waits for one change of threads less.
        self._calls: SimpleQueue[None] = SimpleQueue()
        self._closed = False
        self._door = threading.Lock()
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)
        self._thread.start()

    def save(self, work: Callable[[], T]) -> T:
        """Do `work` before any waiting long run takes its next step; returns its result."""
        answer: SimpleQueue[Callable[[], T]] = SimpleQueue()
        self._put(self._saves, lambda: answer.put(_outcome(work)))
        return answer.get()()

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
                self._put(self._steps, advance)

        self._put(self._steps, advance)
        return future

    @property
    def pressed(self) -> bool:
        """Whether a save waits, so that a long run should end its step."""
        return bool(self._saves)

    def close(self) -> None:
        """Finish what is queued, long runs to their end, then stop the thread."""
        with self._door:
            if not self._closed:
                self._closed = True
                self._calls.put(None)
        self._thread.join()

    def _put(self, waiting: "deque[Callable[[], None]]", work: Callable[[], None]) -> None:
        with self._door:
            if self._closed and threading.current_thread() is not self._thread:
                raise DatabaseLocked("store.closed")
            waiting.append(work)
            self._calls.put(None)

    def _serve(self) -> None:
        # The call to close is one more than there is work, so it is the one that finds none.
        while True:
            self._calls.get()
            waiting = self._saves or self._steps
            if not waiting:
                return
            waiting.popleft()()


def _outcome(work: Callable[[], T]) -> Callable[[], T]:
    """What `work` came to, to be had where it was asked for: its result, or its error again."""
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001 - raised again in the asking thread
        failure = error
    else:
        return lambda: result

    def fail() -> T:
        raise failure

    return fail
