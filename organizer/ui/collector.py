"""Garbage is collected on the window's thread only."""

import gc

from PySide6.QtCore import QTimer

_EVERY_MS = 500


class Collector:
    """Takes garbage collection over from Python while it lives.

    Python collects in whatever thread allocates. A widget that goes with a cycle in a job's thread
    takes the program with it, or waits for ever for a lock that the window's thread holds.
    """

    def __init__(self) -> None:
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer = QTimer()
        self._timer.timeout.connect(self.look)
        self._timer.start(_EVERY_MS)

    def look(self) -> None:
        """Collect the generations that are due by Python's own thresholds."""
        for generation, (count, most) in enumerate(
            zip(gc.get_count(), gc.get_threshold(), strict=True)
        ):
            if count <= most:
                return
            gc.collect(generation)

    def end(self) -> None:
        """Give the collection back to Python."""
        self._timer.stop()
        if self._was_on:
            gc.enable()
