"""Which units count: those in use and in sight, and those of an account's division."""

LIVE = (
    "e.retired_on IS NULL AND e.merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM unfinished u"
    " JOIN run r ON r.id = u.run WHERE u.row = e.id AND r.state = 'running')"
)
"""Condition on `employer e`: not retired, not redirected, not of an unfinished import."""

SEAT = (
    "o.retired_on IS NULL AND o.until_on IS NULL AND o.n = (SELECT s.n FROM occupancy s"
    " WHERE s.employer = o.employer AND s.retired_on IS NULL AND s.until_on IS NULL"
    " ORDER BY s.since_on DESC, s.n DESC LIMIT 1)"
)
"""Condition on `occupancy o`: the one door a unit sits behind now."""

REACHED = (
    "EXISTS (SELECT 1 FROM visit v WHERE v.employer = e.id AND v.round = :round"
    " AND v.retired_on IS NULL AND v.outcome <> '2')"
)
"""Condition on `employer e`: reached in the round; nobody at the door is no visit that counts."""

WITHIN = (
    "(:low = '' OR coalesce((SELECT p.division_code FROM occupancy o JOIN place p ON p.id = o.place"
    " WHERE o.employer = e.id AND o.retired_on IS NULL AND o.until_on IS NULL"
    " ORDER BY o.since_on DESC, o.n DESC LIMIT 1), :low) BETWEEN :low AND :high)"
)
"""Condition on `employer e`: behind a door of the division; a unit without one is everybody's."""


def within(scope: str) -> dict[str, str]:
    """What `:low` and `:high` stand for, from the beginning of a division's code; "" is all."""
    return {"low": scope, "high": f"{scope}\U0010ffff"}
