"""People and their memberships (会籍)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from organizer.domain import ids, union_org
from organizer.domain.changes import VOCABULARY
from organizer.domain.division import level_of
from organizer.store.driver import Connection
from organizer.store.facts import survivor, with_duplicates
from organizer.store.one_membership import SAME_PERSON
from organizer.store.scope import UNION_WITHIN, WITHIN, within
from organizer.store.transaction import Write

_LAST_RECORDED = 1000
_PERSON = tuple(name for name in VOCABULARY["person"].fields if name != "retired_on")
_UNION = tuple(name for name in VOCABULARY["union_org"].fields if name != "retired_on")
_MEMBERSHIP = tuple(name for name in VOCABULARY["membership"].fields if name != "retired_on")


@dataclass(frozen=True)
class Record:
    """A stored row: its id and its fields."""

    id: bytes
    fields: Mapping[str, object]

    def text(self, name: str) -> str:
        """A field as text; empty when it has none."""
        value = self.fields[name]
        return "" if value is None else str(value)

    def link(self, name: str) -> bytes | None:
        """A field that names another row."""
        value = self.fields[name]
        return value if isinstance(value, bytes) else None


@dataclass(frozen=True)
class Membership:
    """A membership together with its person and the names it points to."""

    record: Record
    person: Record
    union_name: str
    employer_name: str


def fallback_union_id(division_code: str) -> bytes:
    """The id of the union every unit of a division falls back on (兜底); the same everywhere."""
    return ids.derived_id("union_org", "fallback", division_code)


def is_fallback(connection: Connection, union: bytes) -> bool:
    """Whether this is the union that units of its division without one of their own fall back on."""
    found = union_by_id(connection, union)
    code = found.text("division_code") if found else ""
    return bool(code) and union == fallback_union_id(code)


def ensure_fallback_union(write: Write, code: str, division_name: str) -> bytes:
    """The union every unit of a division falls back on, made when missing, with those above it."""
    row = fallback_union_id(code)
    if not write.exists("union_org", row):
        above = union_org.division_above(code)
        if name := _division_name(write.connection, above):
            ensure_fallback_union(write, above, name)
        values = {
            "parent": fallback_union_id(above) if above else None,
            "name": union_org.fallback_name(division_name, code),
            "org_type": union_org.fallback_type(code),
            "level": level_of(code),
            "division_code": code,
        }
        write.insert("union_org", values, row)
    return row


def _division_name(connection: Connection, code: str) -> str:
    found = connection.execute(
        "SELECT name FROM place WHERE division_code = ? AND kind = 'division' ORDER BY n LIMIT 1",
        (code,),
    ).fetchone()
    return str(found[0] or "") if found else ""


def person_by_id(connection: Connection, row: bytes) -> Record | None:
    """The person with this id."""
    return _record(connection, "person", _PERSON, "id = ?", (row,))


def people_with_id_number(connection: Connection, id_number: str) -> list[Record]:
    """Everybody recorded under an id number; more than one only after an exchange."""
    rows = connection.execute(
        "SELECT id FROM person WHERE id_number = ? AND retired_on IS NULL", (id_number,)
    ).fetchall()
    found = (person_by_id(connection, row) for (row,) in rows)
    return [person for person in found if person is not None]


def others_with_id_number(
    connection: Connection, id_number: str, person: bytes | None
) -> list[Record]:
    """Everybody recorded under an id number but this person and the duplicates merged with it."""
    found = people_with_id_number(connection, id_number)
    if person is None:
        return found
    own = survivor(connection, "person", person)
    return [one for one in found if survivor(connection, "person", one.id) != own]


def phone_bearer(connection: Connection, phone: str, but: bytes | None) -> str:
    """Who else has this phone; "" for nobody."""
    found = connection.execute(
        "SELECT name FROM person WHERE phone = ? AND id IS NOT ? AND erased_on IS NULL"
        " AND retired_on IS NULL AND merged_into IS NULL ORDER BY n LIMIT 1",
        (phone, but),
    ).fetchone()
    return str(found[0] or "") if found else ""


def divisions_of(connection: Connection, person: bytes) -> set[str]:
    """The divisions of the unions that hold a person's memberships: who may see and act there."""
    rows = connection.execute(
        "SELECT DISTINCT u.division_code FROM membership m JOIN union_org u ON u.id = m.union_org"
        " WHERE m.person = ? AND m.retired_on IS NULL AND u.division_code IS NOT NULL",
        (person,),
    )
    return {code for (code,) in rows}


def memberships_of(connection: Connection, person: bytes) -> list[Membership]:
    """All memberships of a person and of the duplicates merged into that record, newest first."""
    rows = connection.execute(
        f"SELECT id FROM membership WHERE person IN {SAME_PERSON} AND retired_on IS NULL"
        " ORDER BY n DESC",
        (person,),
    ).fetchall()
    found = (membership_by_id(connection, row) for (row,) in rows)
    return [membership for membership in found if membership is not None]


_WHOLE = (
    "SELECT m.n, m.id, "
    + ", ".join(f"m.{name}" for name in _MEMBERSHIP)
    + ", p.id, "
    + ", ".join(f"p.{name}" for name in _PERSON)
    + ", coalesce(u.name, ''), coalesce(e.name, '')"
    " FROM membership m JOIN person p ON p.id = m.person"
    " LEFT JOIN union_org u ON u.id = m.union_org LEFT JOIN employer e ON e.id = m.employer"
)
"""A membership with its person and names, as `_membership` reads it."""


def membership_by_id(connection: Connection, row: bytes) -> Membership | None:
    """A membership with its person and names."""
    found = connection.execute(f"{_WHOLE} WHERE m.id = ?", (row,)).fetchone()
    return _membership(found) if found else None


def _membership(row: Sequence[Any]) -> Membership:
    cut = 2 + len(_MEMBERSHIP)
    record = Record(row[1], dict(zip(_MEMBERSHIP, row[2:cut], strict=True)))
    person = Record(row[cut], dict(zip(_PERSON, row[cut + 1 : -2], strict=True)))
    return Membership(record, person, row[-2], row[-1])


_TO_REPORT = (
    " m.retired_on IS NULL AND p.erased_on IS NULL AND p.retired_on IS NULL"
    " AND m.state IN ('full', 'temporary') AND NOT EXISTS"
    " (SELECT 1 FROM batch_item i JOIN batch b ON b.id = i.batch WHERE i.membership = m.id"
    " AND i.retired_on IS NULL AND b.state != 'draft')"
)
"""The approved memberships that are in no sealed batch."""


def count_waiting(connection: Connection) -> tuple[int, int]:
    """How many applications wait for approval, and how many members wait to be reported."""
    (pending,) = connection.execute(
        "SELECT count(*) FROM membership WHERE state = 'pending' AND retired_on IS NULL"
    ).fetchone()
    (unreported,) = connection.execute(
        "SELECT count(*) FROM membership m WHERE m.state IN ('full', 'temporary')"
        " AND m.retired_on IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM batch_item i JOIN batch b ON b.id = i.batch WHERE i.membership = m.id"
        " AND i.retired_on IS NULL AND b.state != 'draft')"
    ).fetchone()
    return int(pending), int(unreported)


def to_report(connection: Connection, union: bytes) -> list[int]:
    """The local numbers of a union's approved memberships that are in no sealed batch, oldest first."""
    same = with_duplicates(connection, union, "union_org")
    rows = connection.execute(
        "SELECT m.n FROM membership m JOIN person p ON p.id = m.person"
        f" WHERE m.union_org IN ({', '.join('?' * len(same))}) AND {_TO_REPORT} ORDER BY m.n",
        same,
    )
    return [n for (n,) in rows]


def unreported(connection: Connection) -> dict[bytes, int]:
    """How many approved memberships each union has that are in no sealed batch.

    All are counted by an index alone; the few that do not count are looked for and taken off.
    """
    approved = "m.state IN ('full', 'temporary') AND m.union_org IS NOT NULL GROUP BY m.union_org"
    found = dict(
        connection.execute(
            f"SELECT m.union_org, count(*) FROM membership m WHERE {approved}"
        ).fetchall()
    )
    for union, count in connection.execute(
        "WITH off (id) AS (SELECT id FROM membership WHERE retired_on IS NOT NULL"
        " UNION SELECT m.id FROM person p CROSS JOIN membership m ON m.person = p.id"
        " WHERE p.erased_on IS NOT NULL OR p.retired_on IS NOT NULL"
        " UNION SELECT i.membership FROM batch b CROSS JOIN batch_item i ON i.batch = b.id"
        " WHERE b.state != 'draft' AND i.retired_on IS NULL)"
        " SELECT m.union_org, count(*) FROM off CROSS JOIN membership m ON m.id = off.id"
        f" WHERE {approved}"
    ):
        found[union] -= count
    # Those of a union that was merged are reported by the one that stayed.
    for (union,) in connection.execute(
        "SELECT id FROM union_org WHERE merged_into IS NOT NULL"
    ).fetchall():
        if count := found.pop(union, 0):
            kept = survivor(connection, "union_org", union)
            found[kept] = found.get(kept, 0) + count
    return {union: count for union, count in found.items() if count}


def namesakes_at(connection: Connection, name: str, employer: bytes) -> list[Membership]:
    """The memberships at an employer of people with this name, newest first."""
    rows = connection.execute(
        "SELECT m.id FROM person p JOIN membership m ON m.person = p.id WHERE p.name = ?"
        " AND m.employer = ? AND p.retired_on IS NULL AND p.merged_into IS NULL"
        " AND m.retired_on IS NULL ORDER BY m.n DESC",
        (name, employer),
    ).fetchall()
    found = (membership_by_id(connection, row) for (row,) in rows)
    return [membership for membership in found if membership is not None]


def pending_numbers(connection: Connection) -> list[int]:
    """The local numbers of the applications that wait for approval, oldest first."""
    rows = connection.execute(
        "SELECT n FROM membership WHERE state = 'pending' AND retired_on IS NULL ORDER BY n"
    )
    return [n for (n,) in rows]


def applied_on(connection: Connection, day: str, scope: str, most: int) -> list[int]:
    """The local numbers of those of a division who applied on a day, newest first.

    Looked for among the last that were recorded: no index is kept for a list of today.
    """
    rows = connection.execute(
        "SELECT m.n FROM (SELECT * FROM membership ORDER BY n DESC LIMIT :last) m"
        " JOIN person p ON p.id = m.person LEFT JOIN employer e ON e.id = m.employer"
        " WHERE m.applied_on = :day AND m.retired_on IS NULL AND p.erased_on IS NULL"
        f" AND {WITHIN} ORDER BY m.n DESC LIMIT :most",
        {"day": day, "last": _LAST_RECORDED, "most": most, **within(scope)},
    )
    return [n for (n,) in rows]


def numbered(connection: Connection, numbers: Sequence[int]) -> dict[int, Membership]:
    """Memberships by their local numbers, in this order; at most some hundred at a time."""
    marks = ", ".join("?" * len(numbers))
    rows = connection.execute(f"{_WHOLE} WHERE m.n IN ({marks})", tuple(numbers))
    found = {row[0]: _membership(row) for row in rows}
    return {n: found[n] for n in numbers if n in found}


def pending(connection: Connection) -> list[Membership]:
    """Applications that wait for approval, oldest first."""
    rows = connection.execute(
        "SELECT id FROM membership WHERE state = 'pending' AND retired_on IS NULL ORDER BY n"
    ).fetchall()
    found = (membership_by_id(connection, row) for (row,) in rows)
    return [membership for membership in found if membership is not None]


def expulsion(connection: Connection, membership: bytes) -> bytes | None:
    """The step that expelled somebody, while the union above does not know of it."""
    found = connection.execute(
        "SELECT id FROM membership_step WHERE membership = ? AND to_state = 'expelled'"
        " AND filed_on IS NULL AND retired_on IS NULL",
        (membership,),
    ).fetchone()
    return bytes(found[0]) if found else None


def unfiled(connection: Connection, scope: str) -> list[tuple[bytes, str, str, str, str]]:
    """Expulsions the union above does not know of, of unions within a division, oldest first."""
    rows = connection.execute(
        "SELECT m.id, coalesce(p.name, ''), coalesce(u.name, ''), s.on_day, coalesce(s.paper_no, '')"
        " FROM membership_step s JOIN membership m ON m.id = s.membership"
        " JOIN person p ON p.id = m.person LEFT JOIN union_org u ON u.id = m.union_org"
        " WHERE s.to_state = 'expelled' AND s.filed_on IS NULL AND s.retired_on IS NULL"
        f" AND m.retired_on IS NULL AND p.erased_on IS NULL AND {UNION_WITHIN} ORDER BY s.on_day, s.n",
        within(scope),
    )
    return rows.fetchall()


def temporary_of(connection: Connection, employer: bytes) -> list[bytes]:
    """The temporary memberships of people who work at an employer, oldest first."""
    rows = connection.execute(
        "SELECT id FROM membership WHERE employer = ? AND state = 'temporary'"
        " AND retired_on IS NULL ORDER BY n",
        (employer,),
    )
    return [bytes(row) for (row,) in rows]


def unions(connection: Connection) -> list[Record]:
    """Every live union."""
    rows = connection.execute(
        "SELECT id FROM union_org WHERE retired_on IS NULL AND merged_into IS NULL ORDER BY n"
    ).fetchall()
    found = (union_by_id(connection, row) for (row,) in rows)
    return [union for union in found if union is not None]


def union_by_id(connection: Connection, row: bytes) -> Record | None:
    """The union with this id; None when it is unknown, out of use or merged into another."""
    live = "id = ? AND retired_on IS NULL AND merged_into IS NULL"
    return _record(connection, "union_org", _UNION, live, (row,))


def _record(
    connection: Connection,
    table: str,
    names: tuple[str, ...],
    where: str,
    values: tuple[object, ...],
) -> Record | None:
    found = connection.execute(
        f"SELECT id, {', '.join(names)} FROM {table} WHERE {where}", values
    ).fetchone()
    return Record(found[0], dict(zip(names, found[1:], strict=True))) if found else None
