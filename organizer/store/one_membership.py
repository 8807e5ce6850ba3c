"""一次入会: nobody has two active memberships, whatever is signed up, merged, corrected or undone.

Checked at the end of every write of this office. What another office wrote meanwhile is not refused:
it comes in as it is and waits to be settled (会籍管理办法 art. 3 and 8).
"""

from collections.abc import Iterable, Mapping

from organizer.domain.member import ACTIVE
from organizer.errors import Conflict
from organizer.store.driver import Connection

SAME_PERSON = (
    "(WITH RECURSIVE one (id) AS (SELECT ? UNION SELECT p.id FROM person p"
    " JOIN one ON p.merged_into = one.id) SELECT id FROM one)"
)
"""Somebody with all duplicates that were merged into that record."""

_DECIDING = {
    "membership": frozenset({"", "state", "person", "retired_on"}),
    "person": frozenset({"merged_into", "id_number", "retired_on"}),
}
"""Fields that may make one membership too many; "" stands for a row that was added."""

_STATES = ", ".join(f"'{state}'" for state in sorted(ACTIVE))

# Everybody who is the same person as one: by redirect in either direction, or by id number.
_SAME = """
WITH RECURSIVE same (id) AS (
    SELECT :person
    UNION SELECT p.merged_into FROM same s JOIN person p ON p.id = s.id
        WHERE p.merged_into IS NOT NULL
    UNION SELECT p.id FROM same s JOIN person p ON p.merged_into = s.id
    UNION SELECT p.id FROM same s JOIN person o ON o.id = s.id JOIN person p
        ON p.id_number = o.id_number WHERE o.id_number IS NOT NULL AND p.retired_on IS NULL
)
"""


_AT_ONCE = 300

_ALONE = (
    "p.merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM person d WHERE d.merged_into = p.id)"
    " AND NOT EXISTS (SELECT 1 FROM person o WHERE o.id_number = p.id_number AND o.id <> p.id"
    " AND o.retired_on IS NULL) AND (SELECT count(*) FROM membership m WHERE m.person = p.id"
    f" AND m.retired_on IS NULL AND m.state IN ({_STATES})) < 2"
)
"""Condition on `person p`: nobody else is the same person, and there is one membership at most."""


def check(connection: Connection, touches: Mapping[tuple[str, bytes], Iterable[str]]) -> None:
    """Raises `Conflict("member.second")` when a write leaves somebody two active memberships.

    Nearly everybody is alone under the own number; only of the others the whole is looked for, so that
    an import is not held up.
    """
    touched: dict[str, set[bytes]] = {name: set() for name in _DECIDING}
    for (table, row), names in touches.items():
        if table in _DECIDING and not _DECIDING[table].isdisjoint(names):
            touched[table].add(row)
    people = touched["person"] | _among(connection, _HOLDERS, touched["membership"])
    for person in _among(connection, _DOUBTFUL, people):
        found = _active(connection, person)
        if len(found) > 1:
            name, unions = found[0][0], [union for _name, union in found]
            raise Conflict("member.second", name=name, union=unions[0], other=unions[1])


_HOLDERS = (
    "SELECT person FROM membership WHERE person IS NOT NULL AND retired_on IS NULL"
    f" AND state IN ({_STATES}) AND id IN"
)
"""Whose these memberships are; nobody's where one has ended, which is never one too many."""

_DOUBTFUL = f"SELECT p.id FROM person p WHERE NOT ({_ALONE}) AND p.id IN"
"""Who of these may have more than one."""


def _among(connection: Connection, query: str, rows: Iterable[bytes]) -> set[bytes]:
    """What a query finds for some rows, a few hundred at a time."""
    wanted, found = list(rows), set[bytes]()
    for start in range(0, len(wanted), _AT_ONCE):
        chunk = wanted[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(chunk))
        found |= {bytes(row) for (row,) in connection.execute(f"{query} ({marks})", chunk)}
    return found


def _active(connection: Connection, person: bytes) -> list[tuple[str, str]]:
    """Name and union of every active membership of somebody, oldest first."""
    # Crossed: from the few who are the same, not through all memberships in their order.
    rows = connection.execute(
        f"{_SAME} SELECT coalesce(p.name, ''), coalesce(u.name, '') FROM same s"
        " CROSS JOIN membership m ON m.person = s.id JOIN person p ON p.id = s.id"
        " LEFT JOIN union_org u ON u.id = m.union_org"
        f" WHERE m.retired_on IS NULL AND m.state IN ({_STATES}) ORDER BY m.n",
        {"person": person},
    )
    return [(str(name), str(union)) for name, union in rows]
