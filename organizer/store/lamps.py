"""The lamps of units in the current round, kept so that thousands can be counted at once.

A save only forgets what it touches; whoever counts has what is missing looked at first. So a save
and an import stay as short as they are.
"""

import functools
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from organizer import resources
from organizer.domain import clears
from organizer.domain.clears import Lamp, Light, Rules
from organizer.domain.round import Round
from organizer.store import facts, known, rounds
from organizer.store.driver import Connection
from organizer.store.scope import LIVE, WITHIN, within

CLEAR = "c"
"""How a clear lamp is stored."""

_AT_ONCE = 50
_LETTERS = {Light.CLEAR: CLEAR, Light.LACKING: "l", Light.UNSEEN: "u"}
_LIGHTS = {letter: light for light, letter in _LETTERS.items()}
_SEEN_FROM = frozenset({"name", "grid", "parent", "merged_into", "division_code", "retired_on"})
"""Fields of a place on which lamps of the units behind it depend."""


@functools.cache
def rules() -> Rules:
    """The lamp definitions in force."""
    return clears.read_rules(resources.toml("rules", "lamps.toml"))


def lights(lamps: Iterable[Lamp]) -> str:
    """Lamps as stored: one letter each in the order of the rules: c clear, l lacking, u unseen."""
    return "".join(_LETTERS[lamp.light] for lamp in lamps)


def lacking(lamps: Iterable[Lamp]) -> str:
    """The fields of which a lamp lacks only that one, as stored: names with a blank between."""
    last = (lamp.missing[0] for lamp in lamps if _one_left(lamp))
    return " ".join(dict.fromkeys(last))


def forget(
    connection: Connection, touches: Mapping[tuple[str, bytes], set[str]], projected: set[bytes]
) -> None:
    """Drop the lamps of units a write may have changed; `projected` are those whose facts did."""
    units = set(projected)
    for (table, row), names in touches.items():
        if table == "employer":
            units.add(row)
        elif table in ("visit", "occupancy"):
            met = _ids(connection, f"SELECT employer FROM {table} WHERE id = ?", row)
            units |= met | facts.survivors(connection, met)
        elif table == "place" and "" not in names and names & _SEEN_FROM:
            units |= _ids(connection, _BELOW, row)
        elif table == "round" or (table == "grid" and "retired_on" in names):
            forget_all(connection)
            return
    connection.executemany("DELETE FROM lamp_now WHERE employer = ?", [(unit,) for unit in units])


def forget_all(connection: Connection) -> None:
    """Drop every unit's lamps: a round began, or other copies were taken over."""
    connection.execute("DELETE FROM lamp_now")


def unknown(connection: Connection) -> list[bytes]:
    """The live units whose lamps are not kept; none without a round."""
    if rounds.current(connection) is None:
        return []
    rows = connection.execute(
        "SELECT e.id FROM employer e LEFT JOIN lamp_now l ON l.employer = e.id"
        f" WHERE l.employer IS NULL AND {LIVE} ORDER BY e.n"
    )
    return [row for (row,) in rows]


def keep(connection: Connection, units: Sequence[bytes]) -> None:
    """Look at these units and keep what their lamps show now."""
    shown = _looked_at(connection, units)
    connection.executemany(
        "REPLACE INTO lamp_now (employer, lights, lacking) VALUES (?, ?, ?)",
        [(row, *one) for row, one in shown.items()],
    )


def kept(connection: Connection, units: Iterable[bytes]) -> dict[bytes, tuple[Lamp, ...]]:
    """The lamps kept for these units, without what they still need; those not kept are left out."""
    read: dict[str, tuple[Lamp, ...]] = {}
    found = {}
    rows = connection.execute(
        "SELECT l.employer, l.lights FROM json_each(?) j JOIN lamp_now l"
        " ON l.employer = unhex(j.value)",
        (json.dumps([row.hex() for row in units]),),
    )
    in_force = rules()
    for row, shown_now in rows:
        if shown_now not in read:
            read[shown_now] = tuple(
                Lamp(rule, _LIGHTS[letter], ())
                for rule, letter in zip(in_force.lamps, shown_now, strict=False)
            )
        found[row] = read[shown_now]
    return found


def faults(connection: Connection) -> int:
    """How many units are kept with other lights than they have."""
    kept = connection.execute("SELECT employer, lights, lacking FROM lamp_now").fetchall()
    due = _looked_at(connection, [row for row, *_one in kept])
    return sum(tuple(one) != due.get(row) for row, *one in kept)


def shown(connection: Connection, units: Sequence[bytes]) -> dict[bytes, tuple[Lamp, ...]]:
    """The lamps of live units, each in the round that holds where it is; none without a round."""
    in_force, found = rules(), dict[bytes, tuple[Lamp, ...]]()
    for start in range(0, len(units), _AT_ONCE):
        for current, some in _by_round(connection, units[start : start + _AT_ONCE]):
            if current is None:
                found |= dict.fromkeys(some, clears.unlit(in_force))
                continue
            seen = known.known_of(connection, some, current)
            found |= {row: clears.lamps(in_force, one, current) for row, one in seen.items()}
    return found


def one_left(connection: Connection, scope: str) -> dict[str, list[bytes]]:
    """The units of a division with a lamp that lacks only one field, by that field, street by street."""
    rows = connection.execute(
        "SELECT l.lacking, e.id FROM lamp_now l JOIN employer e ON e.id = l.employer"
        " LEFT JOIN occupancy o ON o.employer = e.id AND o.retired_on IS NULL"
        " AND o.until_on IS NULL LEFT JOIN place_path w ON w.place = o.place"
        f" WHERE l.lacking <> '' AND {LIVE} AND {WITHIN} ORDER BY w.path, e.n",
        within(scope),
    )
    found: defaultdict[str, dict[bytes, None]] = defaultdict(dict)
    for names, unit in rows:
        for name in names.split():
            found[name][unit] = None
    return {name: list(units) for name, units in found.items()}


def counted(connection: Connection, scope: str) -> Counter[str]:
    """How many live units of a division show which lights; those not looked at are left out."""
    rows = connection.execute(
        "SELECT l.lights, count(*) FROM employer e JOIN lamp_now l ON l.employer = e.id"
        f" WHERE {LIVE} AND {WITHIN} GROUP BY l.lights",
        within(scope),
    )
    return Counter(dict(rows.fetchall()))


_BELOW = (
    "SELECT o.employer FROM place_path up JOIN place_path down"
    " ON down.path >= up.path AND down.path < up.path || ':'"
    " JOIN occupancy o ON o.place = down.place WHERE up.place = ?"
)


def _looked_at(connection: Connection, units: Sequence[bytes]) -> dict[bytes, tuple[str, str]]:
    found = shown(connection, units)
    return {row: (lights(lamps), lacking(lamps)) for row, lamps in found.items()}


def _by_round(
    connection: Connection, units: Sequence[bytes]
) -> Iterable[tuple[Round | None, list[bytes]]]:
    """These units by the round that holds where they are; None for those in no round."""
    there = rounds.live(connection)
    if not there:
        return ()
    if not there[0].division_code:
        return ((there[0], list(units)),)
    codes = known.division_codes(connection, units)
    held: defaultdict[Round | None, list[bytes]] = defaultdict(list)
    for unit in units:
        held[rounds.holding(there, codes.get(unit))].append(unit)
    return held.items()


def _one_left(lamp: Lamp) -> bool:
    return lamp.light is Light.LACKING and len(lamp.missing) == 1


def _ids(connection: Connection, sql: str, row: bytes) -> set[bytes]:
    return {found for (found,) in connection.execute(sql, (row,)) if found is not None}
