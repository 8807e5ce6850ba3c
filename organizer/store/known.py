"""All that the lamps ask of employers, for many at once: three questions, however many there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from organizer.domain.access import DEPARTMENTS
from organizer.domain.clears import Known
from organizer.domain.fact import Fact
from organizer.domain.round import PHONE, REMOTE, Round
from organizer.domain.visit import CONFIRMING
from organizer.store.driver import Connection
from organizer.store.scope import DIVISION

# A newer figure of another department confirms nothing and puts out no lamp: it is compared later.
_TOLD = "coalesce(w.told, w.fact)"


def known_of(
    connection: Connection, employers: Sequence[bytes], current: Round
) -> dict[bytes, Known]:
    """What is known of live employers in a round; redirected and retired ones are left out."""
    facts: dict[bytes, dict[str, Fact]] = {row: {} for row in employers}
    channels: dict[bytes, dict[str, str]] = {row: {} for row in employers}
    marks = ", ".join("?" * len(employers))
    for employer, channel, *fact in connection.execute(
        "SELECT w.employer, v.channel, f.id, f.field, f.value, f.source, f.observed_on"
        f" FROM fact_now w JOIN fact f ON f.id = {_TOLD} LEFT JOIN visit v ON v.id = f.visit"
        f" WHERE w.employer IN ({marks})",
        employers,
    ):
        facts[employer][fact[1]] = Fact(*fact)
        if channel in REMOTE:
            channels[employer][fact[1]] = channel
    confirmed = _confirmed(connection, employers, current)
    unchanged = _unchanged(connection, list(confirmed), current)
    own = attributes(connection, employers)
    return {
        row: Known(
            facts[row],
            own[row],
            confirmed.get(row),
            channels[row],
            unchanged.get(row, {}),
        )
        for row in employers
        if row in own
    }


def _listed(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in sorted(values))


COUNTING = (
    "v.round = :round AND v.retired_on IS NULL AND coalesce(v.target, 'unit') = 'unit'"
    f" AND v.outcome IN ({_listed(CONFIRMING)})"
    f" AND (:remote OR coalesce(v.channel, '') NOT IN ({_listed(REMOTE)}))"
)
"""Condition on `visit v`: somebody of the unit answered, in a way that the round accepts."""


def _confirmed(
    connection: Connection, employers: Sequence[bytes], current: Round
) -> dict[bytes, date]:
    """The day on which somebody of the unit last confirmed what is known, in this round."""
    rows = connection.execute(
        f"{families(employers)} SELECT s.unit, max(v.visited_on) FROM same s"
        f" JOIN visit v ON v.employer = s.id WHERE {COUNTING} GROUP BY s.unit",
        counting_values(employers, current),
    )
    return {employer: date.fromisoformat(day) for employer, day in rows if day}


# Later in the log came what nobody could have been asked about.
_WHEN = "(SELECT min(c.hlc) FROM change c WHERE c.row = {}.id)"


def _unchanged(
    connection: Connection, employers: Sequence[bytes], current: Round
) -> dict[bytes, dict[str, date]]:
    """Of which fields it was said in the round that they still hold, and when.

    Figures of other departments are not among them: nobody read them out to the unit.
    """
    found: defaultdict[bytes, dict[str, date]] = defaultdict(dict)
    if not employers:
        return found
    rows = connection.execute(
        f"{families(employers)} SELECT s.unit, w.field, max(v.visited_on) FROM same s"
        " JOIN visit v ON v.employer = s.id"
        f" JOIN fact_now w ON w.employer = s.unit JOIN fact f ON f.id = {_TOLD}"
        f" WHERE v.unchanged = 1 AND {COUNTING}"
        f" AND f.source NOT IN ({_listed(DEPARTMENTS)}) AND f.observed_on <= v.visited_on"
        f" AND {_WHEN.format('f')} < {_WHEN.format('v')} GROUP BY s.unit, w.field",
        counting_values(employers, current),
    )
    for employer, field, day in rows:
        found[employer][field] = date.fromisoformat(day)
    return found


def families(employers: Sequence[bytes]) -> str:
    """A table `same` of these employers as `unit`, each with the `id` of itself and its duplicates."""
    named = ", ".join(f":e{place}" for place in range(len(employers)))
    return (
        "WITH RECURSIVE same (unit, id) AS (SELECT e.id, e.id FROM employer e"
        f" WHERE e.id IN ({named}) UNION SELECT s.unit, d.id FROM same s"
        " JOIN employer d ON d.merged_into = s.id)"
    )


def counting_values(employers: Sequence[bytes], current: Round) -> dict[str, object]:
    """What `COUNTING` asks for, and the employers as :e0, :e1, …"""
    asked = {"round": current.id, "remote": PHONE in current.sources}
    return {**asked, **family_values(employers)}


def family_values(employers: Sequence[bytes]) -> dict[str, object]:
    """What `families` asks for."""
    return {f"e{place}": row for place, row in enumerate(employers)}


def division_codes(connection: Connection, employers: Sequence[bytes]) -> dict[bytes, str | None]:
    """The division in which each unit lies; of several doors the newest counts."""
    marks = ", ".join("?" * len(employers))
    rows = connection.execute(
        f"SELECT o.employer, {DIVISION} FROM occupancy o JOIN place p ON p.id = o.place"
        f" WHERE o.employer IN ({marks}) AND o.retired_on IS NULL AND o.until_on IS NULL"
        " ORDER BY o.since_on, o.n",
        employers,
    )
    return dict(rows.fetchall())


ATTRIBUTES = frozenset({"name", "place", "community", "grid"})
"""Fields of a unit's own, not told as facts; of these a grid may be told as well."""


def attributes(
    connection: Connection, employers: Sequence[bytes]
) -> dict[bytes, dict[str, str | None]]:
    """Name, place, community and grid; of several doors the newest counts."""
    places = _Places(connection)
    marks = ", ".join("?" * len(employers))
    rows = connection.execute(
        "SELECT e.id, e.name, e.grid, o.place, p.division_code FROM employer e"
        " LEFT JOIN occupancy o ON o.employer = e.id AND o.retired_on IS NULL"
        " AND o.until_on IS NULL LEFT JOIN place p ON p.id = o.place"
        f" WHERE e.id IN ({marks}) AND e.retired_on IS NULL AND e.merged_into IS NULL"
        " ORDER BY o.since_on, o.n",
        employers,
    ).fetchall()
    found = {}
    for employer, name, grid, place, code in rows:
        named, grid_there = places.seen(place)
        known = {
            "name": name or "",
            "place": named or None,
            "community": code if len(code or "") >= 12 else None,
        }
        # A grid that neither the unit's card nor its place knows may have been told at the door.
        grid = grid or grid_there
        found[employer] = known | ({"grid": grid} if grid else {})
    return found


class _Places:
    """Names and grids of places, each place on the way up read once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[bytes, tuple[str, str | None]] = {}

    def seen(self, row: bytes | None) -> tuple[str, str | None]:
        """The names from below the divisions down to this place, and the grid it lies in."""
        if row is None:
            return "", None
        if row not in self._known:
            # Two copies may have moved two places into each other: the way up ends there.
            self._known[row] = "", None
            self._known[row] = self._look(row)
        return self._known[row]

    def _look(self, row: bytes) -> tuple[str, str | None]:
        found = self._connection.execute(
            "SELECT p.kind, p.name, g.code, p.parent, p.merged_into FROM place p"
            " LEFT JOIN grid g ON g.id = p.grid AND g.retired_on IS NULL WHERE p.id = ?",
            (row,),
        ).fetchone()
        if found is None:
            return "", None
        kind, name, grid, parent, survivor = found
        if survivor is not None:
            return self.seen(survivor)
        above, grid_above = self.seen(parent)
        names = "" if kind == "division" else " ".join(filter(None, (above, name)))
        return names, grid or grid_above
