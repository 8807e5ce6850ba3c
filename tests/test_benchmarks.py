"""Each benchmark still runs, on a tiny office, and its report says what it is made for.

No figure is judged: that is for whoever runs them at full size.
"""

import importlib
import re
from pathlib import Path

import pytest

from tests.support import big_office
from tests.support.big_office import Size

FOLDER = Path(__file__).parent / "benchmarks"
MODULES = sorted(
    file.stem for file in FOLDER.glob("*.py") if "\ndef main(" in file.read_text("utf-8")
)
TINY = Size(units=60, members=120)
COUNT = {"importing": 60}
TELLS = {
    "approving": (r"approved in one write +[\d.]+ s of 5 s", r"rows of a list checked +[\d.]+ s"),
    "boards": (
        r"bare list view, 60 tiles .*drawn +[\d.]+ ms",
        r"the board, 60 houses .*drawn +[\d.]+ ms",
        r"a visit saved, next door shown .*p95 +[\d.]+ ms",
    ),
    "duplicates_found": (
        r"candidates among units .*p95 +[\d.]+ ms +\d+ found",
        r"candidates among people .*p95 +[\d.]+ ms +\d+ found",
    ),
    "duplicates": (
        r"by id number, a member .*p95 +[\d.]+ ms .* x bare .*of 50 ms",
        r"a common name, nobody .*p95 +[\d.]+ ms .* x bare",
        r"a write of 200 members .*\n.*one membership each [\d.]+%, \d+ us",
    ),
    "finding": (r"the last six of an id .*p95 +[\d.]+ ms", r"all of these .*p95 +[\d.]+ ms"),
    "importing": (r"\bimport +.* [\d.]+ x bare, by processor [\d.]+ x bare",),
    "limits": (
        r"status of the streets, 60 units .* of 200 ms",
        r"weekly report, 6 units .* of 1000 ms",
        r"visit saved, next door shown, 60 units .* of 100 ms",
        r"10 times the units = [\d.]+ x",
    ),
    "members": (
        r"bare query of the numbers .*p95 +[\d.]+ ms",
        r"opened, 120 rows .*x bare +of 300 ms",
        r"counted by group .*p95 +[\d.]+ ms",
    ),
    "saving": (r"edit of a unit .* p95 = [\d.]+ x bare", r"imported .*\n.*visit .*p95 +[\d.]+ ms"),
    "surveying": (
        r"what waits today .*p95 +[\d.]+ ms",
        r"status, street by street .* x bare",
        r"the weekly report .* x bare",
        r"status of 100 streets .* x bare",
    ),
    "scrolling": (r"bare table view, 120 rows .*gap +[\d.]+ ms", r"list of units, 60 rows .*gap"),
}
"""What has to stand in the report of each."""
BY_THE_CLOCK = {"window"}
"""These rest as long as a person would, a minute and more at any size; only their parts are loaded."""


def test_every_benchmark_is_known_here() -> None:
    assert sorted({*TELLS, *BY_THE_CLOCK}) == MODULES
    for name in BY_THE_CLOCK:
        assert callable(importlib.import_module(f"tests.benchmarks.{name}").main)


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the tiny office, made once for all of them."""
    root = tmp_path_factory.mktemp("benchmarks")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ORGANIZER_STATE", str(root / "state"))
        big_office.open_or_make(root, TINY).close()
    return root


@pytest.mark.parametrize("name", TELLS)
def test_a_benchmark_runs_and_reports(
    offices: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    words = ["--units", TINY.units, "--members", TINY.members, "--count", COUNT.get(name, 5)]
    benchmark = importlib.import_module(f"tests.benchmarks.{name}")
    report = "\n".join(benchmark.main(["--folder", str(offices), *map(str, words)]))
    for told in TELLS[name]:
        assert re.search(told, report), report
