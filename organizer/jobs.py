"""What a long piece of work needs from whoever started it: a way to report and to be stopped."""

import threading
from dataclasses import dataclass
from typing import Protocol

from organizer.errors import Cancelled


class Progress(Protocol):
    """Passed to long work; the command line prints it, a window polls it."""

    def step(self, done: int, total: int, note: str = "") -> None:
        """Report; raises `Cancelled` when the person stopped the job."""


class Silent:
    """Progress nobody looks at."""

    def step(self, done: int, total: int, note: str = "") -> None:
        """Ignore the report."""


@dataclass(frozen=True)
class Report:
    """The newest state of a job; `total` 0 means unknown."""

    done: int = 0
    total: int = 0
    note: str = ""


class Job:
    """Progress that another thread may poll (`report`) and stop (`cancel`)."""

    def __init__(self) -> None:
        self.report = Report()
        self._stopped = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._stopped.set()

    def step(self, done: int, total: int, note: str = "") -> None:
        """Keep the newest report; raises `Cancelled` after `cancel`."""
        self.report = Report(done, total, note)
        if self._stopped.is_set():
            raise Cancelled("job.cancelled")
