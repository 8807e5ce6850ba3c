"""The places of a survey as they are walked: streets with their counts, doors in order.

A walk is a street, crossing, tower or village group that stands directly in a division, or the
division itself for what lies in it without any of these. Lanes and towers further down belong to
the walk they branch off. Merged places are walked with the one they lead to.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from organizer.domain.board import Spot
from organizer.store.driver import Connection
from organizer.store.efforts import CLOSED
from organizer.store.facts import survivor
from organizer.store.scope import DIVISION, LIVE, SEAT, said_of, within
from organizer.store.tally import COUNTED, SEATED, Tally, tallied
from organizer.store.unit_filters import EVERYTHING, Condition

WALK_KINDS = ("street", "crossing", "tower", "village_group")
"""Kinds of places that are walked on their own when they stand in a division."""

_KINDS = ", ".join(f"'{kind}'" for kind in WALK_KINDS)
NOWHERE = b""
"""Stands for the walk of units whose place is not known."""

_PARENT = (
    "coalesce((WITH RECURSIVE up (next, id) AS (SELECT d.merged_into, d.id FROM place d"
    " WHERE d.id = p.parent AND d.merged_into IS NOT NULL"
    " UNION SELECT n.merged_into, n.id FROM up JOIN place n ON n.id = up.next)"
    " SELECT up.id FROM up WHERE up.next IS NULL), p.parent)"
)
_NAMED = f"p.id, {_PARENT}, p.kind, p.name, p.side, {DIVISION}, p.retired_on IS NOT NULL"
# Merged divisions, each with every one that redirects lead it through.
_GONE = """
    gone (id, into_) AS (
        SELECT id, merged_into FROM place WHERE merged_into IS NOT NULL AND kind = 'division'
        UNION SELECT g.id, n.merged_into FROM gone g JOIN place n ON n.id = g.into_
        WHERE n.merged_into IS NOT NULL
    )
"""
_KNOWN = "EXISTS (SELECT 1 FROM fact_now f WHERE f.employer = e.id)"
_SEATLESS = (
    "NOT EXISTS (SELECT 1 FROM occupancy o WHERE o.employer = e.id AND o.retired_on IS NULL"
    " AND o.until_on IS NULL)"
)


@dataclass(frozen=True)
class Step:
    """A unit on a walk. `stop` is the house or lane it belongs to, `door` the names below that.

    `known` says whether anything was observed of it, `outcome` what its last visit in the round
    came to ("" for none). `spot` is the place redirects lead to, `closed` a door closed after honest
    tries.
    """

    employer: bytes
    name: str
    place: bytes | None
    stop: bytes | None
    door: str
    known: bool
    outcome: str
    visited_on: str
    spot: bytes | None = None
    closed: bool = False


@dataclass(frozen=True)
class PlaceName:
    """A place as the tree of a survey shows it."""

    id: bytes
    parent: bytes | None
    kind: str
    name: str
    side: str | None
    division_code: str
    retired: bool


# Every door with the walk it belongs to, in divisions whose codes lie between :low and :high, merged
# ones with those they lead to. A path has the redirects followed: below a street lies what hangs on
# its duplicates.
_DOORS = f"""
    WITH RECURSIVE {_GONE},
    area (id, walk) AS (
        SELECT id, id FROM place WHERE kind = 'division' AND merged_into IS NULL
        AND division_code >= :low AND division_code < :high
        UNION ALL SELECT g.id, n.id FROM gone g JOIN place n ON n.id = g.into_
        WHERE n.merged_into IS NULL AND n.division_code >= :low AND n.division_code < :high
    ),
    top (walk, path) AS (
        SELECT CASE WHEN c.kind IN ({_KINDS}) THEN c.id ELSE a.walk END, t.path
        FROM area a CROSS JOIN place c ON c.parent = a.id JOIN place_path t ON t.place = c.id
        WHERE c.kind <> 'division' AND c.merged_into IS NULL
    ),
    door (walk, id) AS (
        SELECT t.walk, w.place FROM top t
        CROSS JOIN place_path w ON w.path >= t.path AND w.path < t.path || ':'
        UNION ALL SELECT walk, id FROM area
    )
"""


def counts(
    connection: Connection, scope: str, current: bytes | None, which: Condition = EVERYTHING
) -> list[Tally]:
    """Every walk with units in divisions whose code begins with `scope`, counted.

    Without a scope `NOWHERE` as well: the units without a place.
    """
    rows = connection.execute(
        f"{_DOORS} SELECT coalesce(d.walk, x''), {COUNTED} FROM {SEATED}"
        f" LEFT JOIN door d ON d.id = o.place WHERE {LIVE} AND {which.sql}"
        " AND (d.walk IS NOT NULL OR :low = '' AND o.n IS NULL) GROUP BY d.walk, l.lights",
        {**within(scope), **which.values, "round": current},
    )
    return tallied(rows)


def names(connection: Connection, scope: str) -> list[PlaceName]:
    """The divisions of a scope and the walks that stand in them, upper ones first."""
    rows = connection.execute(
        f"""
        WITH RECURSIVE {_GONE}
        SELECT {_NAMED} FROM place p
        WHERE (p.division_code >= :low AND p.division_code < :high OR p.division_code IN
            (SELECT d.division_code FROM gone g JOIN place d ON d.id = g.id
             JOIN place n ON n.id = g.into_ WHERE n.merged_into IS NULL
             AND n.division_code >= :low AND n.division_code < :high))
        AND p.merged_into IS NULL
        AND (p.kind = 'division' OR p.kind IN ({_KINDS}) AND EXISTS
            (SELECT 1 FROM place d WHERE d.id = p.parent AND d.kind = 'division'))
        ORDER BY p.kind <> 'division', p.sort_key, p.n
        """,
        within(scope),
    )
    return [PlaceName(*row) for row in rows]


def named(connection: Connection, places: Iterable[bytes]) -> dict[bytes, PlaceName]:
    """These places by their ids."""
    found = {}
    for place in places:
        row = connection.execute(
            f"SELECT {_NAMED} FROM place p WHERE p.id = ?", (place,)
        ).fetchone()
        if row is not None:
            found[place] = PlaceName(*row)
    return found


# Every place of a walk with the one its redirects lead to (`spot`) and what that stands in (`up`).
# Distinct, and not deeper than any place is: two copies may have redirected two places to each other.
_WAY = f"""
    WITH RECURSIVE way (id, spot, up, depth, stop, door, sort) AS (
        SELECT id, id, NULL, 0, id, '', '' FROM place WHERE id = :walk
        UNION
        SELECT c.id, c.id, w.spot, w.depth + 1, CASE w.depth WHEN 0 THEN c.id ELSE w.stop END,
               CASE w.depth WHEN 0 THEN '' ELSE trim(w.door || ' ' || c.name) END,
               w.sort || char(31) || coalesce(c.sort_key, '')
        FROM way w JOIN place c ON c.parent = w.id
        WHERE c.kind <> 'division' AND c.merged_into IS NULL AND w.depth < 12
        AND (w.depth > 0 OR c.kind NOT IN ({_KINDS}) OR :street
             OR c.kind = 'village_group' AND :groups)
        UNION
        SELECT c.id, w.spot, w.up, w.depth, w.stop, w.door, w.sort
        FROM way w JOIN place c ON c.merged_into = w.id
    )
"""
_VISITED = said_of(
    "(SELECT v.outcome || v.visited_on FROM visit v WHERE v.employer {unit} AND v.round = :round"
    " AND v.retired_on IS NULL ORDER BY v.outcome = '2', v.visited_on DESC, v.n DESC LIMIT 1)"
)
"""How a unit stands in the round: nobody at the door does not unmake what was found there before."""

_TOLD = f"{_KNOWN}, coalesce({_VISITED}, ''), {CLOSED}"


def steps(
    connection: Connection,
    walk: bytes,
    current: bytes | None,
    which: Condition = EVERYTHING,
    *,
    groups: bool = False,
) -> list[Step]:
    """The units of a walk in walking order, each with how it stands in the round.

    With `groups` a village is walked with all its village groups.
    """
    values = {**which.values, **_given(connection, walk, groups), "round": current}
    if walk == NOWHERE:
        rows = connection.execute(
            f"SELECT e.id, e.name, NULL, NULL, NULL, '', {_TOLD} FROM employer e"
            f" WHERE {LIVE} AND {_SEATLESS} AND {which.sql} ORDER BY e.n",
            values,
        )
    else:
        rows = connection.execute(
            f"{_WAY} SELECT e.id, e.name, w.id, w.spot, w.stop, w.door, {_TOLD}"
            " FROM way w JOIN occupancy o ON o.place = w.id JOIN employer e ON e.id = o.employer"
            f" WHERE {SEAT} AND {LIVE} AND {which.sql} ORDER BY w.sort, w.spot, e.n",
            values,
        )
    return [_step(*row) for row in rows]


def spots(connection: Connection, walk: bytes, *, groups: bool = False) -> list[Spot]:
    """The places of a walk in walking order, itself first, those in use or with units behind them."""
    rows = connection.execute(
        f"{_WAY} SELECT w.spot, w.up, p.kind, p.name, p.side FROM way w"
        " JOIN place p ON p.id = w.spot WHERE w.id = w.spot ORDER BY w.sort, p.n",
        _given(connection, walk, groups),
    )
    return [Spot(*row) for row in rows]


def chosen(connection: Connection, employers: Iterable[bytes], current: bytes | None) -> list[Step]:
    """These units in the given order, their doors named from below the division."""
    wanted = list(employers)
    rows = connection.execute(
        "SELECT e.id, e.name, (SELECT o.place FROM occupancy o WHERE o.employer = e.id"
        f" AND {SEAT}), NULL, NULL, '', {_TOLD} FROM json_each(:wanted) j"
        f" JOIN employer e ON e.id = unhex(j.value) WHERE {LIVE} ORDER BY j.key",
        {"wanted": json.dumps([row.hex() for row in wanted]), "round": current},
    )
    return [_step(*row) for row in rows]


def walk_of(connection: Connection, place: bytes | None) -> bytes:
    """The walk a place belongs to; the empty id for none."""
    below: bytes | None = None
    kind_below = ""
    while place is not None:
        kind, parent, merged = connection.execute(
            "SELECT kind, parent, merged_into FROM place WHERE id = ?", (place,)
        ).fetchone()
        if merged is not None:
            place = merged
            continue
        if kind == "division":
            return below if below is not None and kind_below in WALK_KINDS else place
        below, kind_below, place = place, kind, parent
    return NOWHERE


def first_at(connection: Connection, place: bytes) -> bytes | None:
    """A unit behind this very door or in this very house."""
    found = connection.execute(
        "SELECT o.employer FROM occupancy o JOIN employer e ON e.id = o.employer"
        f" WHERE o.place = ? AND {SEAT} AND {LIVE} ORDER BY e.n LIMIT 1",
        (place,),
    ).fetchone()
    return found[0] if found else None


def last_by(connection: Connection, visitor: bytes, current: bytes) -> bytes | None:
    """The unit an account visited last in the round."""
    found = connection.execute(
        "SELECT employer FROM visit WHERE round = ? AND visitor = ? AND retired_on IS NULL"
        " AND employer IS NOT NULL ORDER BY visited_at DESC, n DESC LIMIT 1",
        (current, visitor),
    ).fetchone()
    return survivor(connection, "employer", found[0]) if found else None


def _given(connection: Connection, walk: bytes, groups: bool) -> dict[str, object]:
    found = connection.execute("SELECT kind FROM place WHERE id = ?", (walk,)).fetchone()
    division = found is not None and found[0] == "division"
    return {"walk": walk, "street": not division, "groups": groups}


def _step(
    employer: bytes,
    name: str | None,
    place: bytes | None,
    spot: bytes | None,
    stop: bytes | None,
    door: str,
    known: int,
    visited: str,
    closed: int,
) -> Step:
    outcome, day = visited[:1], visited[1:]
    return Step(
        employer, name or "", place, stop, door, bool(known), outcome, day, spot, bool(closed)
    )
