"""Foundings (建会): their steps, candidates, papers, and the units that found a union together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from organizer.domain import ids
from organizer.domain.changes import VOCABULARY
from organizer.domain.founding import VISITED
from organizer.store import facts
from organizer.store.driver import Connection
from organizer.store.members import Record
from organizer.store.scope import WITHIN, within
from organizer.store.transaction import Write

_FOUNDING = tuple(name for name in VOCABULARY["founding"].fields if name != "retired_on")
_STEP = tuple(name for name in VOCABULARY["founding_step"].fields if name != "retired_on")
_CANDIDATE = tuple(name for name in VOCABULARY["candidate"].fields if name != "retired_on")
_COUNTED = "m.state IN ('full', 'temporary', 'moving') AND m.retired_on IS NULL"


def founding_by_id(connection: Connection, row: bytes) -> Record | None:
    """The founding with this id that was not taken back."""
    found = connection.execute(
        f"SELECT id, {', '.join(_FOUNDING)} FROM founding WHERE id = ? AND retired_on IS NULL",
        (row,),
    ).fetchone()
    return _record(found, _FOUNDING) if found else None


def live(connection: Connection, scope: str) -> list[Record]:
    """The foundings of a division's units, the newest first, ended ones included."""
    rows = connection.execute(
        f"SELECT f.id, {', '.join(f'f.{name}' for name in _FOUNDING)} FROM founding f"
        f" JOIN employer e ON e.id = f.employer WHERE f.retired_on IS NULL AND {WITHIN}"
        " ORDER BY f.begun_on DESC, f.n DESC",
        within(scope),
    )
    return [_record(row, _FOUNDING) for row in rows]


def of_employer(connection: Connection, employer: bytes) -> list[bytes]:
    """The foundings a unit takes part in and those of its duplicates, the newest first."""
    family = facts.with_duplicates(connection, employer)
    marks = ", ".join("?" * len(family))
    rows = connection.execute(
        f"SELECT f.id FROM founding f WHERE f.retired_on IS NULL AND (f.employer IN ({marks})"
        " OR EXISTS (SELECT 1 FROM founding_step s WHERE s.founding = f.id"
        f" AND s.employer IN ({marks}) AND s.retired_on IS NULL)) ORDER BY f.n DESC",
        (*family, *family),
    )
    return [bytes(row) for (row,) in rows]


def units_of(connection: Connection, founding: Record) -> list[bytes]:
    """The units that found the union, redirects followed, the one it began with first."""
    rows = connection.execute(
        "SELECT employer FROM founding_step WHERE founding = ? AND employer IS NOT NULL"
        " AND retired_on IS NULL ORDER BY n",
        (founding.id,),
    ).fetchall()
    first = founding.link("employer")
    found = [row for row in (first, *(bytes(row) for (row,) in rows)) if row is not None]
    return list(dict.fromkeys(facts.survivor(connection, "employer", row) for row in found))


def steps_of(connection: Connection, founding: bytes) -> dict[str, Record]:
    """What was told of the steps, by step; what each further unit said is not among it."""
    rows = connection.execute(
        f"SELECT id, {', '.join(_STEP)} FROM founding_step WHERE founding = ? AND employer IS NULL"
        " AND retired_on IS NULL ORDER BY n",
        (founding,),
    )
    return {one.text("step"): one for one in (_record(row, _STEP) for row in rows)}


def put_step(write: Write, founding: bytes, step: str, values: Mapping[str, object]) -> bytes:
    """What is told of a step: one row of it, wherever it is told. Returns its id."""
    row = ids.derived_id("founding_step", founding.hex(), step)
    if not write.add("founding_step", row, {"founding": founding, "step": step, **values}):
        write.set("founding_step", row, {**values, "retired_on": None})
    return row


def take_in(write: Write, founding: bytes, employer: bytes, on: str) -> None:
    """A further unit founds the union as well: it has a first step of its own."""
    row = ids.derived_id("founding_step", founding.hex(), VISITED, employer.hex())
    values = {"founding": founding, "employer": employer, "step": VISITED, "done_on": on}
    if not write.add("founding_step", row, values):
        write.set("founding_step", row, {"done_on": on, "retired_on": None})


def candidates_of(connection: Connection, founding: bytes) -> list[Record]:
    """Who stands, in the order of being proposed; erased people are left out."""
    rows = connection.execute(
        f"SELECT c.id, {', '.join(f'c.{name}' for name in _CANDIDATE)} FROM candidate c"
        " WHERE c.founding = ? AND c.retired_on IS NULL AND NOT EXISTS (SELECT 1 FROM person p"
        " WHERE p.id = c.person AND p.erased_on IS NOT NULL) ORDER BY c.n",
        (founding,),
    )
    return [_record(row, _CANDIDATE) for row in rows]


def papers_of(connection: Connection, founding: bytes) -> dict[str, str]:
    """The day each paper of a founding was printed last, by its form."""
    rows = connection.execute(
        "SELECT form, max(printed_on) FROM paper WHERE founding = ? AND retired_on IS NULL"
        " GROUP BY form",
        (founding,),
    )
    return dict(rows.fetchall())


@dataclass(frozen=True)
class People:
    """How many members work at some units, and women among them."""

    members: int
    women: int


def people_of(connection: Connection, units: Sequence[bytes]) -> People:
    """The members who work at these units and their duplicates, wherever they are members."""
    family = [one for unit in units for one in facts.with_duplicates(connection, unit)]
    if not family:
        return People(0, 0)
    marks = ", ".join("?" * len(family))
    (members, women) = connection.execute(
        "SELECT count(*), coalesce(sum(p.sex = '2'), 0) FROM membership m"
        " JOIN person p ON p.id = m.person"
        f" WHERE m.employer IN ({marks}) AND {_COUNTED} AND p.erased_on IS NULL",
        family,
    ).fetchone()
    return People(int(members), int(women))


def is_member(connection: Connection, person: bytes) -> bool:
    """Whether a person is a member who may vote: kept memberships do not."""
    found = connection.execute(
        f"SELECT 1 FROM membership m WHERE m.person = ? AND {_COUNTED} LIMIT 1", (person,)
    ).fetchone()
    return found is not None


def members_named(
    connection: Connection, units: Sequence[bytes], name: str
) -> list[tuple[bytes, str, str]]:
    """Members of these units whose name begins so: person, name, position; by name, a few."""
    family = [one for unit in units for one in facts.with_duplicates(connection, unit)]
    marks = ", ".join("?" * len(family))
    rows = connection.execute(
        "SELECT DISTINCT p.id, p.name, coalesce(m.position, '') FROM membership m"
        " JOIN person p ON p.id = m.person"
        f" WHERE m.employer IN ({marks}) AND {_COUNTED} AND p.erased_on IS NULL"
        " AND p.retired_on IS NULL AND p.merged_into IS NULL AND instr(p.name, ?) = 1"
        " ORDER BY p.name, p.n LIMIT 8",
        (*family, name),
    )
    return [(bytes(row), told, position) for row, told, position in rows]


def _record(row: Sequence[Any], names: tuple[str, ...]) -> Record:
    return Record(bytes(row[0]), dict(zip(names, row[1:], strict=True)))
