"""Which units count: those in use and in sight, and those of an account's division."""

LIVE = (
    "e.retired_on IS NULL AND e.merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM unfinished u"
    " JOIN run r ON r.id = u.run WHERE u.row = e.id AND r.state = 'running')"
)
"""Condition on `employer e`: not retired, not redirected, not of an unfinished import."""

SEAT = (
    "o.retired_on IS NULL AND o.until_on IS NULL AND NOT EXISTS (SELECT 1 FROM occupancy s"
    " WHERE s.employer = o.employer AND s.n <> o.n AND s.retired_on IS NULL AND s.until_on IS NULL"
    " AND (coalesce(s.since_on, ''), s.n) > (coalesce(o.since_on, ''), o.n))"
)
"""Condition on `occupancy o`: the one door a unit sits behind now."""

SAME = (
    "IN (WITH RECURSIVE same (id) AS (SELECT e.id UNION SELECT d.id FROM same s"
    " JOIN employer d ON d.merged_into = s.id) SELECT id FROM same)"
)
"""What a column has to be: `employer e`, or a unit that redirects lead to it."""

SAME_UNION = (
    "IN (WITH RECURSIVE same (id) AS (SELECT u.id UNION SELECT d.id FROM same s"
    " JOIN union_org d ON d.merged_into = s.id) SELECT id FROM same)"
)
"""What a column has to be: `union_org u`, or a union that redirects lead to it."""

SURVIVOR = (
    "(CASE WHEN v.employer IN (SELECT d.id FROM employer d WHERE d.merged_into IS NOT NULL)"
    " THEN coalesce((WITH RECURSIVE up (id, next) AS (SELECT d.id, d.merged_into FROM employer d"
    " WHERE d.id = v.employer UNION"
    " SELECT d.id, d.merged_into FROM up JOIN employer d ON d.id = up.next)"
    " SELECT up.id FROM up WHERE up.next IS NULL), v.employer) ELSE v.employer END)"
)
"""The unit a `visit v` is about: where redirects lead from the one it was made at."""


def said_of(expression: str) -> str:
    """What is said of `employer e` and its duplicates; `{unit}` stands where a column is compared.

    Whoever counts 20,000 units asks few of them for duplicates, so those are asked apart.
    """
    own, every = expression.format(unit="= e.id"), expression.format(unit=SAME)
    doubled = "EXISTS (SELECT 1 FROM employer d WHERE d.merged_into = e.id)"
    return f"(CASE WHEN {doubled} THEN {every} ELSE {own} END)"


REACHED = said_of(
    "EXISTS (SELECT 1 FROM visit v WHERE v.employer {unit} AND v.round = :round"
    " AND v.retired_on IS NULL AND v.outcome <> '2')"
)
"""Condition on `employer e`: reached in the round; nobody at the door is no visit that counts."""

DIVISION = (
    "coalesce((WITH RECURSIVE up (next, code) AS (SELECT d.merged_into, d.division_code FROM place d"
    " WHERE d.division_code = p.division_code AND d.kind = 'division' AND d.merged_into IS NOT NULL"
    " UNION SELECT n.merged_into, n.division_code FROM up JOIN place n ON n.id = up.next)"
    " SELECT up.code FROM up WHERE up.next IS NULL), p.division_code)"
)
"""The code of the division a `place p` lies in today; stored is the one it lay in before a merge."""

WITHIN = (
    f"(:low = '' OR coalesce((SELECT {DIVISION} FROM occupancy o JOIN place p ON p.id = o.place"
    " WHERE o.employer = e.id AND o.retired_on IS NULL AND o.until_on IS NULL"
    " ORDER BY o.since_on DESC, o.n DESC LIMIT 1), :low) BETWEEN :low AND :high)"
)
"""Condition on `employer e`: behind a door of the division; a unit without one is everybody's."""


UNION_WITHIN = "(:low = '' OR coalesce(u.division_code, :low) BETWEEN :low AND :high)"
"""Condition on `union_org u`: of the division; one without a division is everybody's."""


def within(scope: str) -> dict[str, str]:
    """What `:low` and `:high` stand for, from the beginning of a division's code; "" is all."""
    return {"low": scope, "high": f"{scope}\U0010ffff"}
