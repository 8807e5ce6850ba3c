"""What a person waits for at the window: its start, the password, a search, a background import.

Each in a process of its own, with the sample list and with a large office, beside a bare PySide6
window of the same size. A gap is a time in which the window answers nothing.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from organizer import resources
from organizer.paths import DataFolder
from tests.benchmarks import measure
from tests.benchmarks.measure import Arguments
from tests.support import big_office
from tests.support.window_host import BARE

IMPORTED_ROWS = 100_000
TIMES = 3
_ROOT = Path(__file__).resolve().parents[2]
_SAMPLE = "01_市场主体名单.xlsx"
Told = dict[str, float]


def main(argv: Sequence[str] | None = None) -> list[str]:
    """Measure and return the lines of the report."""
    with measure.arguments(__doc__, argv, count=TIMES) as given:
        sample, large = _sample_office(given), big_office.folder_of(given.folder, given.size)
        big_office.open_or_make(given.folder, given.size).close()
        bare = _usual(BARE, given)
        small, great = _usual(str(sample.root), given), _usual(str(large.root), given)
        with measure.copied_folder(given) as copy:
            rows = min(IMPORTED_ROWS, given.size.units * 5)
            listed = big_office.market_list(given.folder, rows, seed=7)
            beside = _run(str(copy.root), given, str(listed))
        return [
            f"The window beside {given.size}; {measure.machine()}; median of {given.count}",
            *_lines(bare, small, great),
            f"  while {rows:,} rows are imported ({beside['import']:.0f} s, {beside['turns']:.0f}"
            f" changes of screen and searches): longest gap {beside['gap'] * 1000:.0f} ms,"
            f" {beside['gaps_over']:.0f} over 100 ms (before: {beside['gap_before'] * 1000:.0f} ms;"
            f" while the machine itself stood still: {beside['gap_of_machine'] * 1000:.0f} ms),"
            f" memory {beside['memory_beside']:.0f} MB",
        ]


def _lines(bare: Told, small: Told, great: Told) -> list[str]:
    def line(what: str, key: str, scale: float, unit: str) -> str:
        beside = f"bare {bare[key] * scale:6.0f}   " if key in bare else " " * 14
        return (
            f"  {what:<32}{beside}sample {small[key] * scale:6.0f}   large"
            f" {great[key] * scale:6.0f} {unit}   large = {great[key] / small[key]:.2f} x sample"
        )

    return [
        line("process start to unlock page", "start", 1000, "ms"),
        line("password to usable", "unlock", 1000, "ms"),
        line("letter to records (slowest)", "find", 1000, "ms"),
        line("memory at rest", "memory", 1, "MB"),
    ]


def _sample_office(given: Arguments) -> DataFolder:
    """An office holding the sample list that ships."""
    folder = DataFolder(given.folder.resolve() / "sample-office")
    if not folder.keyring.exists():
        workspace = big_office.new_office(folder)
        big_office.import_units(workspace, resources.path("sample", _SAMPLE))
        workspace.close()
    return folder


def _usual(folder: str, given: Arguments) -> Told:
    """The median of several lives; the first, which reads everything from the disk, is left out."""
    lives = [_run(folder, given) for _ in range(given.count + 1)][1:]
    return {key: sorted(life[key] for life in lives)[len(lives) // 2] for key in lives[0]}


def _run(folder: str, given: Arguments, *listed: str) -> Told:
    environment = os.environ | {
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "ORGANIZER_CONFIG": str(given.folder / "settings.toml"),
    }
    words = (sys.executable, "-m", "tests.support.window_host", folder, str(time.monotonic()))
    done = subprocess.run(
        [*words, *listed], cwd=_ROOT, env=environment, capture_output=True, encoding="utf-8"
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    told: Told = json.loads(done.stdout.splitlines()[-1])
    return told


if __name__ == "__main__":
    print("\n".join(main(sys.argv[1:])))
