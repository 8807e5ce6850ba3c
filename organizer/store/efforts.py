"""Doors closed after honest tries (已尽责), and the tries themselves."""

from datetime import date, datetime

from organizer.domain.effort import SHUT, Try
from organizer.domain.round import REMOTE
from organizer.i18n import SHANGHAI
from organizer.store.driver import Connection
from organizer.store.facts import with_duplicates
from organizer.store.scope import said_of

_ANSWERED = ", ".join(f"'{outcome}'" for outcome in sorted(SHUT))
CLOSED = said_of(f"""
    EXISTS (SELECT 1 FROM effort c WHERE c.employer {{unit}} AND c.round = :round
    AND c.retired_on IS NULL AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.employer {{unit}}
    AND v.round = :round AND v.retired_on IS NULL AND v.outcome NOT IN ({_ANSWERED})
    AND v.visited_at > c.closed_at))
""")
"""Condition on `employer e`: closed in the round, and nobody answered the door since."""


def tries(connection: Connection, employer: bytes, current: bytes) -> list[Try]:
    """The visits to a unit and its duplicates in a round, oldest first."""
    family = with_duplicates(connection, employer)
    rows = connection.execute(
        "SELECT outcome, visited_on, visited_at FROM visit"
        f" WHERE employer IN ({', '.join('?' * len(family))}) AND round = ?"
        " AND retired_on IS NULL ORDER BY visited_on, visited_at, n",
        (*family, current),
    )
    return [_try(*row) for row in rows]


def tries_below(connection: Connection, place: bytes) -> list[Try]:
    """The visits ever made at the doors of a street, house or village group."""
    remote = ", ".join(f"'{way}'" for way in REMOTE)
    rows = connection.execute(
        "SELECT v.outcome, v.visited_on, v.visited_at FROM place_path up JOIN place_path down"
        " ON down.path >= up.path AND down.path < up.path || ':'"
        " JOIN visit v ON v.place = down.place WHERE up.place = ? AND v.retired_on IS NULL"
        f" AND v.employer IS NOT NULL AND coalesce(v.channel, '') NOT IN ({remote})",
        (place,),
    )
    return [_try(*row) for row in rows]


def closed(connection: Connection, employer: bytes, current: bytes) -> bool:
    """Whether a unit's door is closed in a round."""
    found = connection.execute(
        f"SELECT 1 FROM employer e WHERE e.id = :employer AND {CLOSED}",
        {"employer": employer, "round": current},
    ).fetchone()
    return found is not None


def _try(outcome: str, on: str, at: str) -> Try:
    day, made = date.fromisoformat(on), datetime.fromisoformat(at).astimezone(SHANGHAI)
    # Entered on a later day it says nothing of the time at which it was made.
    return Try(outcome, day, made.time() if made.date() == day else None)
