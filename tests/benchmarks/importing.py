"""What importing a list costs beside inserting its bare rows.

The import is the program's own: a workbook is read, its rows are understood, employers, places,
occupancies and facts are written with change log, audit, search index and projections, in small
durable steps. Bare means: the very same rows of these four tables, into the same tables with their
indexes and in the same chunks (what one step wrote is one transaction), by prepared statements, with
the same cipher and settings, into an office that is as new; no log, no search, no reading.
"""

import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from organizer import resources
from organizer.domain.address import parse_address
from organizer.domain.employer import Reference, read_employer
from organizer.domain.person_name import pua_table
from organizer.paths import DataFolder
from organizer.services.office import opening
from organizer.services.workspace import Workspace
from organizer.sheets import Row, header_synonyms, read_list
from organizer.store import driver, keyring
from organizer.store.driver import Connection
from tests.benchmarks import measure
from tests.support import big_office
from tests.support.big_office import ACCOUNT, PASSWORD

ROWS = 100_000
_TABLES = {
    "place": "id, parent, kind, name, number, side, sort_key, division_code, raw",
    "employer": "id, name, uscc, industry, phone, legal_person, registered_address, address",
    "occupancy": "id, employer, place, since_on",
    "fact": "id, employer, field, value, source, observed_on, source_row",
}
_Chunk = dict[str, list[tuple[object, ...]]]


@dataclass(frozen=True)
class Taken:
    """Seconds by the clock on the wall and of the processor."""

    wall: float
    processor: float

    @classmethod
    def by(cls, work: Callable[[], object]) -> "Taken":
        """What doing `work` takes."""
        wall, processor = time.perf_counter(), time.process_time()
        work()
        return cls(time.perf_counter() - wall, time.process_time() - processor)

    def line(self, what: str, rows: int, bare: "Taken | None" = None) -> str:
        """One line of the report."""
        each = f"{self.processor / rows * 1e6:5.0f} us a row"
        shown = f"  {what:<32}{self.wall:7.1f} s   processor {self.processor:7.1f} s, {each}"
        if bare is None:
            return shown
        wall, processor = self.wall / bare.wall, self.processor / bare.processor
        return f"{shown}   {wall:.2f} x bare, by processor {processor:.2f} x bare"


def main(argv: Sequence[str] | None = None) -> list[str]:
    """Measure and return the lines of the report."""
    with measure.arguments(__doc__, argv, count=ROWS) as given:
        path = big_office.market_list(given.folder, given.count)
        with tempfile.TemporaryDirectory(dir=given.folder) as passing:
            logged, *others = _new_offices(Path(passing).resolve(), "logged", "bare", "large")
            with closing(opening.unlock(logged, ACCOUNT, PASSWORD)) as office:
                whole = Taken.by(lambda: big_office.import_units(office, path))
                chunks = office.database.read(_chunks)
                reading, understanding, addresses = _parts(office, path)
            bare = _bare(others[0], chunks)
            large = _bare(others[1], [_joined(chunks)])
        rest = Taken(whole.wall - reading.wall, whole.processor - reading.processor)
        inserted = sum(len(rows) for chunk in chunks for rows in chunk.values())
        return [
            f"Importing {given.count:,} units; {measure.machine()}",
            f"  {inserted:,} rows of four tables in {len(chunks):,} chunks",
            bare.line("bare rows in the same chunks", given.count),
            large.line("bare rows in a single chunk", given.count),
            whole.line("import", given.count, bare),
            rest.line("import without reading the file", given.count, bare),
            reading.line("of it reading the file", given.count),
            understanding.line("of it understanding the rows", given.count),
            addresses.line("of that reading addresses", given.count),
        ]


def _new_offices(root: Path, first: str, *others: str) -> list[DataFolder]:
    """Empty offices, all alike."""
    big_office.new_office(DataFolder(root / first)).close()
    for other in others:
        shutil.copytree(root / first, root / other)
    return [DataFolder(root / name) for name in (first, *others)]


def _parts(office: Workspace, path: Path) -> tuple[Taken, Taken, Taken]:
    """What reading the file, understanding its rows and, of that, their addresses take alone."""
    rows: list[Row] = []

    def read() -> None:
        fields = header_synonyms("employer")
        for sheet in read_list(path, fields=fields, required=frozenset({"name"})).sheets:
            rows.extend(sheet.rows())

    reading = Taken.by(read)
    pua = pua_table(resources.rows("codelists", "gbk_pua_to_standard.csv"))
    home = office.office.division_code
    reference = Reference(office.divisions, office.codes, pua, home)

    def understand() -> None:
        for row in rows:
            read_employer({name: cell.value for name, cell in row.cells.items()}, reference)

    def read_addresses() -> None:
        for row in rows:
            parse_address(row.text("registered_address"), office.divisions, home)

    return reading, Taken.by(understand), Taken.by(read_addresses)


def _chunks(connection: Connection) -> list[_Chunk]:
    """The rows each step of the import wrote."""
    chunks: defaultdict[int, _Chunk] = defaultdict(dict)
    for table, names in _TABLES.items():
        columns = ", ".join(f"t.{name.strip()}" for name in names.split(","))
        found = connection.execute(
            f"SELECT c.write_n, {columns} FROM change c JOIN {table} t ON t.id = c.row"
            " WHERE c.op = 'insert' ORDER BY c.device, c.seq"
        )
        for write, *row in found:
            chunks[write].setdefault(table, []).append(tuple(row))
    return [chunks[write] for write in sorted(chunks)]


def _joined(chunks: Iterable[_Chunk]) -> _Chunk:
    joined: _Chunk = {table: [] for table in _TABLES}
    for chunk in chunks:
        for table, rows in chunk.items():
            joined[table] += rows
    return joined


def _bare(folder: DataFolder, chunks: Sequence[_Chunk]) -> Taken:
    """Insert the rows as they are into a new office."""
    key, _account = keyring.read(folder.keyring).unlock(ACCOUNT, PASSWORD)
    with closing(driver.connect(folder.database, key)) as connection:
        return Taken.by(lambda: _insert(connection, chunks))


def _insert(connection: Connection, chunks: Iterable[_Chunk]) -> None:
    statements = {
        table: f"INSERT INTO {table} ({names}) VALUES ({_marks(names)})"
        for table, names in _TABLES.items()
    }
    for chunk in chunks:
        connection.execute("BEGIN IMMEDIATE")
        for table, rows in chunk.items():
            connection.executemany(statements[table], rows)
        connection.execute("COMMIT")


def _marks(names: str) -> str:
    return ", ".join("?" * (names.count(",") + 1))


if __name__ == "__main__":
    print("\n".join(main(sys.argv[1:])))
