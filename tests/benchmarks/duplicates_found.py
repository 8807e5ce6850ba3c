"""How long it takes to find what may be one record twice, and to say it of two while one types."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from random import Random

from organizer.domain.matching import DuplicateCandidate
from organizer.services import duplicating, side_by_side
from organizer.services.workspace import Workspace
from organizer.store.transaction import Write
from tests.benchmarks import measure
from tests.benchmarks.measure import Spread

ASKED = 5
_EVERY = 50
"""One unit and one person in so many stand there twice, spelt otherwise."""
_AT_ONCE = 200


def main(argv: Sequence[str] | None = None) -> list[str]:
    """Measure and return the lines of the report."""
    with measure.arguments(__doc__, argv, count=ASKED) as given, measure.copied_office(given) as it:
        doubled = _double(it)
        lines = [f"Duplicates in {given.size}, {doubled} made twice; {measure.machine()}"]
        for name, kinds in (
            ("candidates among units", ("employer",)),
            ("candidates among people", ("person",)),
            ("candidates among unions", ("union_org",)),
        ):
            found = duplicating.candidates(it, kinds=kinds)
            looked = _spread(
                lambda kinds=kinds: duplicating.candidates(it, kinds=kinds), given.count
            )
            lines.append(measure.line(name, looked) + f"   {len(found):5} found")
        pairs = duplicating.candidates(it, kinds=("employer",))[: given.count]
        beside = _spread(lambda: _beside(it, pairs), given.count)
        lines.append(measure.line("so many beside each other", beside))
        told = _spread(lambda: duplicating.lines(it, pairs), given.count)
        lines.append(measure.line("a page of the list", told))
        return lines


def _beside(office: Workspace, pairs: Sequence[DuplicateCandidate]) -> None:
    for one in pairs:
        side_by_side.compare(office, one.table, one.one, one.other)


def _spread(act: Callable[[], object], count: int) -> Spread:
    seconds = []
    for _ in range(count):
        started = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - started)
    return Spread.of(seconds)


def _double(office: Workspace) -> int:
    """Every so-manieth unit and person once more: without its number, the name spelt otherwise."""
    rows = office.database.read(
        lambda c: (
            c.execute(
                "SELECT name, legal_person, phone, address FROM employer WHERE n % ? = 0", (_EVERY,)
            ).fetchall(),
            c.execute(
                "SELECT p.name, p.sex, p.born_on, p.phone, m.employer, m.union_org FROM person p"
                " JOIN membership m ON m.person = p.id WHERE p.n % ? = 0",
                (_EVERY,),
            ).fetchall(),
        )
    )
    units, people = rows
    for some in _parts(units):
        office.database.write(
            office.intent("employer.add"),
            lambda write, some=some: [_unit(write, told) for told in some],
        )
    for some in _parts(people):
        office.database.write(
            office.intent("signup.add"),
            lambda write, some=some: [_person(write, told) for told in some],
        )
    return len(units) + len(people)


def _parts(rows: list[tuple[object, ...]]) -> Iterator[list[tuple[object, ...]]]:
    return (rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE))


def _unit(write: Write, told: tuple[object, ...]) -> None:
    name, legal_person, phone, address = told
    spelt = str(name).replace("有限公司", "有限责任公司")
    values = {"name": spelt, "legal_person": legal_person, "phone": phone, "address": address}
    write.insert("employer", values)


def _person(write: Write, told: tuple[object, ...]) -> None:
    name, sex, born_on, phone, employer, union = told
    seen = Random(str(name)).random() < 0.5
    values = {"name": name, "sex": sex, "born_on": born_on if seen else None, "phone": phone}
    person = write.insert("person", values)
    state = {"union_org": union, "employer": employer, "state": "left"}
    write.insert("membership", {"person": person, **state})


if __name__ == "__main__":
    print("\n".join(main(sys.argv[1:])))
