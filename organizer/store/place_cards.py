"""What is known of places beyond their names: state, grid, raw line, and what hangs below them."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from operator import add, sub

from organizer.domain.place import Kind
from organizer.store import places
from organizer.store.driver import Connection
from organizer.store.scope import LIVE, REACHED, SEAT


@dataclass(frozen=True)
class PlaceState:
    """A place with all that can be edited of it; ids are 16 bytes."""

    id: bytes
    parent: bytes | None
    kind: Kind
    name: str
    division_code: str
    number: str
    side: str | None
    raw: str
    grid: bytes | None
    merged_into: bytes | None
    retired_on: str | None


@dataclass(frozen=True)
class Weight:
    """What hangs on a place and below it: places in use, houses and doors among them, units."""

    places: int = 0
    houses: int = 0
    doors: int = 0
    units: int = 0
    reached: int = 0

    def __add__(self, other: "Weight") -> "Weight":
        return Weight(*map(add, astuple(self), astuple(other)))

    def __sub__(self, other: "Weight") -> "Weight":
        return Weight(*map(sub, astuple(self), astuple(other)))


_FIELDS = (
    "id, parent, kind, coalesce(name, ''), coalesce(division_code, ''), coalesce(number, ''), side,"
    " coalesce(raw, ''), grid, merged_into, retired_on"
)
_UNDER = """
    WITH RECURSIVE under (root, id) AS (
        SELECT id, id FROM place WHERE id IN ({marks})
        UNION
        SELECT u.root, p.id FROM under u JOIN place p ON p.parent = u.id WHERE p.merged_into IS NULL
        UNION
        SELECT u.root, p.id FROM under u JOIN place p ON p.merged_into = u.id
    )
"""


def state(connection: Connection, row: bytes) -> PlaceState | None:
    """The place with this id, as it is, retired or merged ones too."""
    found = connection.execute(f"SELECT {_FIELDS} FROM place WHERE id = ?", (row,)).fetchone()
    return PlaceState(*found) if found else None


def raw_lines(connection: Connection, row: bytes) -> list[str]:
    """The lines from which a place and its duplicates were read, each once."""
    found = (state(connection, one) for one in places.family(connection, row))
    return list(dict.fromkeys(one.raw for one in found if one and one.raw))


def weights(
    connection: Connection, rows: Sequence[bytes], current: bytes | None
) -> dict[bytes, Weight]:
    """What hangs on each of these places; units reached are those of the round `current`."""
    if not rows:
        return {}
    named: dict[str, object] = {f"p{place}": row for place, row in enumerate(rows)}
    under = _UNDER.format(marks=", ".join(f":{name}" for name in named))
    counted = connection.execute(
        f"{under} SELECT u.root, count(*), sum(p.kind = 'building'), sum(p.kind = 'door')"
        " FROM under u JOIN place p ON p.id = u.id"
        " WHERE p.retired_on IS NULL AND p.merged_into IS NULL GROUP BY u.root",
        named,
    ).fetchall()
    units = connection.execute(
        f"{under} SELECT u.root, count(*), sum({REACHED}) FROM under u"
        " JOIN occupancy o ON o.place = u.id JOIN employer e ON e.id = o.employer"
        f" WHERE {SEAT} AND {LIVE} GROUP BY u.root",
        {**named, "round": current},
    ).fetchall()
    known = {root: (count, reached) for root, count, reached in units}
    found = {row: Weight(0, 0, 0, *known.get(row, (0, 0))) for row in rows}
    for root, count, houses, doors in counted:
        found[root] = Weight(count, houses, doors, *known.get(root, (0, 0)))
    return found


def units_at(connection: Connection, row: bytes) -> int:
    """How many live units sit at a place itself or its duplicates, not below it."""
    doors = places.family(connection, row)
    (count,) = connection.execute(
        "SELECT count(*) FROM occupancy o JOIN employer e ON e.id = o.employer"
        f" WHERE o.place IN ({', '.join('?' * len(doors))}) AND {SEAT} AND {LIVE}",
        doors,
    ).fetchone()
    return int(count)


def unit_names(connection: Connection, row: bytes, limit: int) -> list[tuple[bytes, str, str]]:
    """The live units at a place and below it: id, name, and the names of the door, in walking order."""
    rows = connection.execute(
        f"{_UNDER.format(marks='?')} SELECT e.id, coalesce(e.name, ''), o.place FROM under u"
        " JOIN occupancy o ON o.place = u.id JOIN employer e ON e.id = o.employer"
        " LEFT JOIN place_path x ON x.place = o.place"
        f" WHERE {SEAT} AND {LIVE} ORDER BY o.place <> ?, x.path, e.n LIMIT ?",
        (row, row, limit),
    ).fetchall()
    return [(unit, name, places.full_name(connection, door)) for unit, name, door in rows]
