"""Whether somebody is here already, asked while one types, beside a bare look-up by index; and what the
check of 一次入会 adds to every write of an import of members.

Asked are people who are here, by id number; and people without one, by name, unit, birth date and phone:
some of whom are here, most are not, with the names that are borne most often among them. Bare means one
look-up of an id number by its index, same file, same cipher, same cache, on the same thread.
"""

import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from random import Random
from typing import Any

from organizer.services.members import duplicates
from organizer.services.members.duplicates import Asked
from organizer.services.workspace import Workspace
from organizer.store import one_membership
from organizer.store.driver import Connection
from organizer.store.transaction import Write
from tests.benchmarks import measure
from tests.benchmarks.measure import Spread
from tests.support import made_up_office

LIMIT_MS = 50.0
_COMMON = 20
"""So many of the names borne most often are asked for."""
_PEOPLE_A_WRITE = 200
_WRITES = 10


def main(argv: Sequence[str] | None = None) -> list[str]:
    """Measure and return the lines of the report."""
    with (
        measure.arguments(__doc__, argv, count=400) as given,
        measure.copied_office(given) as office,
    ):
        lines = [f"Duplicates beside {given.size}; {measure.machine()}"]
        known = office.database.read(_known)
        random = Random(1)
        chosen = [random.choice(known) for _ in range(max(2, given.count))]
        bare = _spread(lambda row: office.database.read(lambda c: _bare(c, row[3])), chosen)
        lines.append(measure.line("bare look-up of an id number", bare))
        for what, asked in _questions(office, chosen).items():
            spread = _spread(lambda one: duplicates.look(office, one), asked)
            lines.append(measure.line(what, spread, bare) + f"   of {LIMIT_MS:.0f} ms")
        return [*lines, *_checked(office)]


_Row = tuple[str, str, str, str, bytes]
"""Name, birth date, phone, id number, unit."""


def _known(connection: Connection) -> list[_Row]:
    return connection.execute(
        "SELECT p.name, p.born_on, p.phone, p.id_number, m.employer FROM person p"
        " JOIN membership m ON m.person = p.id WHERE p.n % 97 = 1"
    ).fetchall()


def _bare(connection: Connection, number: str) -> Any:
    return connection.execute("SELECT id FROM person WHERE id_number = ?", (number,)).fetchone()


def _questions(office: Workspace, rows: Sequence[_Row]) -> dict[str, list[Asked]]:
    common = office.database.read(
        lambda c: c.execute(
            "SELECT name FROM person GROUP BY name ORDER BY count(*) DESC LIMIT ?", (_COMMON,)
        ).fetchall()
    )
    names = [name for (name,) in common]
    unit = rows[0][4]
    return {
        "by id number, a member": [Asked(row[3]) for row in rows],
        "by id number, nobody": [Asked(row[3][:-1] + "?") for row in rows],
        "by name, unit, birth and phone": [
            Asked(name=name, employer=employer, born_on=born, phone=phone)
            for name, born, phone, _number, employer in rows
        ],
        "a common name, nobody": [
            Asked(name=names[place % len(names)], employer=unit, born_on="1900-01-01", phone="1")
            for place in range(len(rows))
        ],
    }


def _spread(ask: Callable[[Any], object], asked: Sequence[Any]) -> Spread:
    seconds = []
    for one in asked:
        started = time.perf_counter()
        ask(one)
        seconds.append(time.perf_counter() - started)
    return Spread.of(seconds)


def _checked(office: Workspace) -> list[str]:
    """Writes of members, and how much of each the check takes; it is run once more inside each."""
    people = made_up_office.people(_PEOPLE_A_WRITE * _WRITES, employers=1, seed=977)
    (union,) = office.database.read(
        lambda c: c.execute("SELECT id FROM union_org ORDER BY n").fetchone()
    )
    inside: list[float] = []
    whole: list[float] = []

    def body(write: Write, some: Sequence[dict[str, Any]]) -> None:
        _join(write, some, union)
        touches = write.touches
        started = time.perf_counter()
        one_membership.check(write.connection, touches)
        inside.append(time.perf_counter() - started)

    while some := list(islice(people, _PEOPLE_A_WRITE)):
        started = time.perf_counter()
        office.database.write(office.intent("signup.add"), partial(body, some=some))
        whole.append(time.perf_counter() - started - inside[-1])
    share = sum(inside) / sum(whole)
    each = sum(inside) / (_PEOPLE_A_WRITE * len(whole)) * 1e6
    return [
        measure.line(f"a write of {_PEOPLE_A_WRITE} members", Spread.of(whole)),
        f"    of which one membership each {share:.1%}, {each:.0f} us a person",
    ]


def _join(write: Write, people: Sequence[dict[str, Any]], union: bytes) -> None:
    for person in people:
        number = f"B{person['resident_id'][1:]}"
        row = write.insert("person", {"name": person["name"], "id_number": number})
        write.insert("membership", {"person": row, "union_org": union, "state": "temporary"})


if __name__ == "__main__":
    print("\n".join(main(sys.argv[1:])))
