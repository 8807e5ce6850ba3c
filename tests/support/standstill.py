"""When the machine itself stood still: seen by a process of its own that does nothing else.

On a machine shared with others every process waits now and then. A gap in the window that falls into
such a time is not the window's doing.
"""

import subprocess
import sys
import time

_EVERY = 0.005
_WORTH_NOTING = 0.03


class Standstill:
    """Watches from now on until it is asked."""

    def __init__(self) -> None:
        self._watcher = subprocess.Popen(
            [sys.executable, "-S", __file__], stdout=subprocess.PIPE, encoding="ascii"
        )

    def times(self) -> list[tuple[float, float]]:
        """End the watch: begin and end of every standstill, by `time.perf_counter`."""
        self._watcher.terminate()
        said, _nothing = self._watcher.communicate()
        lines = [line.split() for line in said.splitlines()]
        return [(float(line[0]), float(line[1])) for line in lines if len(line) == 2]


def watch() -> None:
    """Print each time in which a short sleep became a long one."""
    last = time.perf_counter()
    while True:
        time.sleep(_EVERY)
        now = time.perf_counter()
        if now - last > _WORTH_NOTING:
            print(last, now, flush=True)
        last = now


if __name__ == "__main__":
    watch()
