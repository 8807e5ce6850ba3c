"""The lamps of units in the current round, kept so that thousands can be counted at once.

A save only forgets what it touches; whoever counts has what is missing looked at first. So a save
and an import stay as short as they are.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from organizer import resources
from organizer.domain import clears
from organizer.domain.clears import Lamp, Light, Rules
from organizer.domain.round import Round
from organizer.store import known, visits
from organizer.store.driver import Connection
from organizer.store.scope import LIVE, WITHIN, within

CLEAR = "c"
"""How a clear lamp is stored."""

_AT_ONCE = 50
_LETTERS = {Light.CLEAR: CLEAR, Light.LACKING: "l", Light.UNSEEN: "u"}
_SEEN_FROM = frozenset({"name", "grid", "parent", "merged_into", "division_code", "retired_on"})
"""Fields of a place on which lamps of the units behind it depend."""


def rules() -> Rules:
    """The lamp definitions in force."""
    return clears.read_rules(resources.toml("rules", "lamps.toml"))


def lights(lamps: Iterable[Lamp]) -> str:
    """Lamps as stored: one letter each in the order of the rules: c clear, l lacking, u unseen."""
    return "".join(_LETTERS[lamp.light] for lamp in lamps)


def forget(
    connection: Connection, touches: Mapping[tuple[str, bytes], set[str]], projected: set[bytes]
) -> None:
    """Drop the lamps of units a write may have changed; `projected` are those whose facts did."""
    units = set(projected)
    for (table, row), names in touches.items():
        if table == "employer":
            units.add(row)
        elif table in ("visit", "occupancy"):
            units |= _ids(connection, f"SELECT employer FROM {table} WHERE id = ?", row)
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
    if visits.current_round(connection) is None:
        return []
    rows = connection.execute(
        "SELECT e.id FROM employer e LEFT JOIN lamp_now l ON l.employer = e.id"
        f" WHERE l.employer IS NULL AND {LIVE} ORDER BY e.n"
    )
    return [row for (row,) in rows]


def keep(connection: Connection, units: Sequence[bytes]) -> None:
    """Look at these units and keep what their lamps show now."""
    current = visits.current_round(connection)
    if current is not None:
        shown = _looked_at(connection, current, units)
        connection.executemany(
            "REPLACE INTO lamp_now (employer, lights) VALUES (?, ?)", shown.items()
        )


def faults(connection: Connection) -> int:
    """How many units are kept with other lights than they have."""
    kept = dict(connection.execute("SELECT employer, lights FROM lamp_now").fetchall())
    current = visits.current_round(connection)
    due = _looked_at(connection, current, list(kept)) if current else {}
    return sum(shown != due.get(row) for row, shown in kept.items())


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


def _looked_at(connection: Connection, current: Round, units: Sequence[bytes]) -> dict[bytes, str]:
    in_force, found = rules(), dict[bytes, str]()
    for start in range(0, len(units), _AT_ONCE):
        seen = known.known_of(connection, units[start : start + _AT_ONCE], current)
        found |= {row: lights(clears.lamps(in_force, one, current)) for row, one in seen.items()}
    return found


def _ids(connection: Connection, sql: str, row: bytes) -> set[bytes]:
    return {found for (found,) in connection.execute(sql, (row,)) if found is not None}
