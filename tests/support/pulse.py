"""How long the window's loop did not turn: nothing a person does is answered within such a gap."""

import time

from PySide6.QtCore import QTimer


class Pulse:
    """The longest time the event loop did not turn."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self.longest = 0.0
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(0)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def reset(self) -> None:
        """Forget what was so far."""
        self._last = time.perf_counter()
        self.longest = 0.0
