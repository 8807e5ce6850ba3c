"""What the benchmarks share: where their offices lie, quantiles, and the machine's own commit."""

import argparse
import os
import platform
import re
import shutil
import tempfile
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

from organizer.domain import ids
from organizer.paths import DataFolder
from organizer.services.office import opening
from organizer.services.workspace import Workspace
from organizer.store.database import Database
from organizer.store.driver import Connection
from tests.support import big_office
from tests.support.big_office import DISTRICT, Size

_PERCENTILES = 100


@dataclass(frozen=True)
class Arguments:
    """Where made-up offices are kept, how large they are and how often is measured."""

    folder: Path
    size: Size
    count: int


@contextmanager
def arguments(about: str | None, argv: Sequence[str] | None, *, count: int) -> Iterator[Arguments]:
    """Read the command line; the offices made are kept in `--folder`, else thrown away."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--folder", type=Path, help="keep the made-up offices here")
    parser.add_argument("--units", type=int, default=DISTRICT.units)
    parser.add_argument("--members", type=int, default=DISTRICT.members)
    parser.add_argument("--count", type=int, default=count)
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="organizer-benchmark-") as passing:
        folder = given.folder or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        os.environ["ORGANIZER_STATE"] = str(folder / "state")
        yield Arguments(folder, Size(given.units, given.members), given.count)


@contextmanager
def copied_folder(given: Arguments) -> Iterator[DataFolder]:
    """A copy of the office of the wanted size, closed, thrown away afterwards."""
    big_office.open_or_make(given.folder, given.size).close()
    original = big_office.folder_of(given.folder, given.size)
    with tempfile.TemporaryDirectory(dir=given.folder) as passing:
        root = Path(passing).resolve() / "office"
        shutil.copytree(original.root, root)
        yield DataFolder(root)


@contextmanager
def copied_office(given: Arguments) -> Iterator[Workspace]:
    """The same, opened."""
    with copied_folder(given) as folder:
        workspace = opening.unlock(folder, big_office.ACCOUNT, big_office.PASSWORD)
        try:
            yield workspace
        finally:
            workspace.close()


class BareCommits:
    """One visit put into a table like `visit`, with its indexes, and committed: no log, no audit.

    Same file, same cipher, same settings, same cache and no change of threads, so what a save costs
    more is its own doing.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._database = workspace.database
        self._database.local(self._make)
        self.seconds: list[float] = []

    def commit(self, employer: bytes, row: Mapping[str, object]) -> None:
        """Commit a row and note the time it took on the writing thread."""
        identity = ids.new_id(self._database.now_ms)
        values = {"id": identity, "employer": employer, **row}
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        sql = f"INSERT INTO bare_visit ({names}) VALUES ({marks})"

        def steps(database: Database) -> Generator[None, None, None]:
            started = time.perf_counter()
            database.local_step(lambda c: c.execute(sql, tuple(values.values())))
            self.seconds.append(time.perf_counter() - started)
            yield

        self._database.run(steps).result()

    @staticmethod
    def _make(connection: Connection) -> None:
        made = connection.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = 'visit' AND sql IS NOT NULL"
        )
        for (sql,) in made.fetchall():
            connection.execute(re.sub(r"\bvisit(?=_by_| \()", "bare_visit", sql))
        connection.execute("INSERT INTO bare_visit SELECT * FROM visit")


@dataclass(frozen=True)
class Spread:
    """p50 and p95 of some times, in milliseconds."""

    p50: float
    p95: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Spread":
        """The spread of times in seconds."""
        cuts = quantiles(seconds, n=_PERCENTILES, method="inclusive")
        return cls(cuts[49] * 1000, cuts[94] * 1000)

    def __str__(self) -> str:
        return f"p50 {self.p50:7.2f} ms   p95 {self.p95:7.2f} ms"


def machine() -> str:
    """When and on what was measured."""
    cores, kind = os.cpu_count(), platform.machine()
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {cores} cores, {kind}, Python {platform.python_version()}"
    )


def line(what: str, spread: Spread, bare: Spread | None = None) -> str:
    """One measured thing, with its ratio to the bare commit."""
    ratio = f"   p95 = {spread.p95 / bare.p95:.2f} x bare" if bare else ""
    return f"  {what:<34}{spread}{ratio}"
