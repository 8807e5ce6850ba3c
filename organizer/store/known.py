"""All that the lamps ask of employers, for many at once: three questions, however many there are."""

from collections.abc import Sequence
from datetime import date

from organizer.domain.clears import Known
from organizer.domain.fact import Fact
from organizer.domain.round import Round
from organizer.domain.visit import CONFIRMING
from organizer.store.driver import Connection


def known_of(
    connection: Connection, employers: Sequence[bytes], current: Round
) -> dict[bytes, Known]:
    """What is known of live employers in a round; redirected and retired ones are left out."""
    facts: dict[bytes, dict[str, Fact]] = {row: {} for row in employers}
    marks = ", ".join("?" * len(employers))
    for employer, *fact in connection.execute(
        "SELECT w.employer, f.id, f.field, f.value, f.source, f.observed_on"
        f" FROM fact_now w JOIN fact f ON f.id = w.fact WHERE w.employer IN ({marks})",
        employers,
    ):
        facts[employer][fact[1]] = Fact(*fact)
    confirmed = _confirmed(connection, employers, current)
    attributes = _attributes(connection, employers)
    return {
        row: Known(facts[row], attributes[row], confirmed.get(row))
        for row in employers
        if row in attributes
    }


def _confirmed(
    connection: Connection, employers: Sequence[bytes], current: Round
) -> dict[bytes, date]:
    """The day on which somebody at the door last confirmed what is known, in this round."""
    marks, outcomes = ", ".join("?" * len(employers)), ", ".join("?" * len(CONFIRMING))
    rows = connection.execute(
        "SELECT employer, max(visited_on) FROM visit"
        f" WHERE employer IN ({marks}) AND round = ? AND retired_on IS NULL"
        f" AND outcome IN ({outcomes}) GROUP BY employer",
        (*employers, current.id, *sorted(CONFIRMING)),
    )
    return {employer: date.fromisoformat(day) for employer, day in rows if day}


def _attributes(
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
            self._known[row] = self._look(row)
        return self._known[row]

    def _look(self, row: bytes) -> tuple[str, str | None]:
        found = self._connection.execute(
            "SELECT p.kind, p.name, g.code, p.parent FROM place p"
            " LEFT JOIN grid g ON g.id = p.grid AND g.retired_on IS NULL WHERE p.id = ?",
            (row,),
        ).fetchone()
        if found is None:
            return "", None
        kind, name, grid, parent = found
        above, grid_above = self.seen(parent)
        names = "" if kind == "division" else " ".join(filter(None, (above, name)))
        return names, grid or grid_above
