"""How long the window's loop did not turn: nothing a person does is answered within such a gap."""

import time

from PySide6.QtCore import Qt, QTimer


class Pulse:
    """The longest time the event loop did not turn, looked at every so many milliseconds.

    With 0 at every turn, which keeps the loop busy: only where nothing else has to run.
    """

    def __init__(self, every_ms: int = 0) -> None:
        self._last = time.perf_counter()
        self.longest = 0.0
        self.ended = 0.0
        """When the longest gap was over, by the clock that all processes share."""
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.start(every_ms)

    def _beat(self) -> None:
        now = time.perf_counter()
        if now - self._last > self.longest:
            self.longest, self.ended = now - self._last, now
        self._last = now

    def reset(self) -> None:
        """Forget what was so far."""
        self._last = time.perf_counter()
        self.longest = 0.0
