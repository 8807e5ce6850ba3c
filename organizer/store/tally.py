"""How many units lie where: those reached, those closed after honest tries, and what their lamps show."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from organizer.store.efforts import CLOSED
from organizer.store.scope import REACHED, SEAT

SEATED = (
    f"employer e LEFT JOIN occupancy o ON o.employer = e.id AND {SEAT}"
    " LEFT JOIN lamp_now l ON l.employer = e.id"
)
"""Every `employer e` with the one door it sits behind now, if any, and the lamps kept of it."""

COUNTED = f"coalesce(l.lights, ''), count(*), sum({REACHED}), sum({CLOSED})"
"""What is selected of them after the id of where they lie; grouped by that and `l.lights`."""


@dataclass(frozen=True)
class Tally:
    """Units that lie in one walk or grid, how many were reached in the round, how many closed, and
    how many show which lights; those whose lamps are not kept stand under ""."""

    where: bytes
    units: int = 0
    reached: int = 0
    closed: int = 0
    lights: Counter[str] = field(default_factory=Counter)


def tallied(rows: Iterable[tuple[bytes, str, int, int, int]]) -> list[Tally]:
    """One of each place from the rows of a query, which has one for each kind of lights."""
    found: dict[bytes, Tally] = {}
    for where, lights, units, reached, closed in rows:
        before = found.get(where, Tally(where))
        found[where] = Tally(
            where,
            before.units + units,
            before.reached + reached,
            before.closed + closed,
            before.lights + Counter({lights: units}),
        )
    return list(found.values())
