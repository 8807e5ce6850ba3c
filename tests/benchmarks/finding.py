"""How long `find` takes in a large office, from the keystroke's side: masked, with detail lines."""

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from random import Random

from organizer import resources
from organizer.domain.pinyin import PinyinTable
from organizer.services import finding
from organizer.services.workspace import Workspace
from organizer.store.driver import Connection
from tests.benchmarks import measure
from tests.benchmarks.measure import Spread
from tests.support import big_office, made_up_office

ASKED = 40
_SAMPLED = 4000
_COMMON_SURNAMES = "王李张刘陈杨"
_NOBODY = ("龘靐齉", "海天一色酒楼", "zzqx", "000000", "qqqqqq")


def main(argv: Sequence[str] | None = None) -> list[str]:
    """Measure and return the lines of the report."""
    with measure.arguments(__doc__, argv, count=ASKED) as given:
        with closing(big_office.open_or_make(given.folder, given.size)) as office:
            seconds, found = _asked(office, given.count)
        everything = [second for times in seconds.values() for second in times]
        return [
            f"Finding in {given.size}; {measure.machine()}",
            *(
                measure.line(kind, Spread.of(times)) + f"   {found[kind] / len(times):5.1f} found"
                for kind, times in seconds.items()
            ),
            measure.line("all of these", Spread.of(everything)),
        ]


def _asked(office: Workspace, count: int) -> tuple[dict[str, list[float]], dict[str, int]]:
    """Ask `count` queries of each kind, mixed."""
    queries = office.database.read(lambda c: list(_queries(c, count)))
    Random(2).shuffle(queries)
    seconds: defaultdict[str, list[float]] = defaultdict(list)
    found: defaultdict[str, int] = defaultdict(int)
    for kind, text in queries:
        started = time.perf_counter()
        hits = finding.find(office, text)
        seconds[kind].append(time.perf_counter() - started)
        found[kind] += len(hits)
    return dict(sorted(seconds.items())), found


def _queries(connection: Connection, count: int) -> Iterator[tuple[str, str]]:
    """Kind and text of what people type."""
    random, pinyin = Random(1), _pinyin()
    people = _sample(connection, "name, id_number, phone", "person")
    units = _sample(connection, "name, uscc, phone", "employer")
    kinds: dict[str, Callable[[], str]] = {
        "a name of two characters": lambda: random.choice([n for n, *_ in people if len(n) == 2]),
        "a name of three characters": lambda: random.choice([n for n, *_ in people if len(n) == 3]),
        "a common surname": lambda: random.choice(_COMMON_SURNAMES),
        "the middle of a unit's name": lambda: random.choice(units)[0][1:4],
        "two characters of a unit's name": lambda: random.choice(units)[0][3:5],
        "a whole unit's name": lambda: max(random.choices(units, k=5), key=lambda u: len(u[0]))[0],
        "two initials": lambda: pinyin.initials(random.choice(people)[0])[0][:2],
        "three initials": lambda: pinyin.initials(random.choice(units)[0])[0][:3],
        "four initials": lambda: pinyin.initials(random.choice(units)[0])[0][:4],
        "a name in pinyin": lambda: pinyin.full(random.choice(people)[0])[0],
        "the beginning of a name in pinyin": lambda: pinyin.full(random.choice(units)[0])[0][:6],
        "the last four of an id": lambda: random.choice(people)[1][-4:],
        "the last six of an id": lambda: random.choice(people)[1][-6:],
        "the last four of a telephone": lambda: random.choice(people)[2][-4:],
        "the last five of a unit's code": lambda: random.choice(units)[1][-5:],
        "a street": lambda: random.choice(made_up_office.STREETS),
        "a community": lambda: random.choice(("劳模社区", "园西", "西站社区", "新喜")),
        "nothing there": lambda: random.choice(_NOBODY),
    }
    for kind, text in kinds.items():
        for _ in range(count):
            yield kind, text()


def _sample(connection: Connection, columns: str, table: str) -> list[tuple[str, str, str]]:
    (last,) = connection.execute(f"SELECT max(n) FROM {table}").fetchone()
    return connection.execute(
        f"SELECT {columns} FROM {table} WHERE n % ? = 0", (max(1, last // _SAMPLED),)
    ).fetchall()


def _pinyin() -> PinyinTable:
    names = ("readings.csv", "surnames.csv", "phrases.csv")
    return PinyinTable.from_rows(*(resources.rows("pinyin", name) for name in names))


if __name__ == "__main__":
    print("\n".join(main(sys.argv[1:])))
