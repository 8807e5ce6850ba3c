"""What one employer's card shows beyond its own row: visits, members, who edited it when."""

from collections.abc import Sequence
from dataclasses import dataclass

from organizer.domain.access import DEPARTMENTS
from organizer.domain.member import COUNTED
from organizer.store import facts
from organizer.store.driver import Connection


@dataclass(frozen=True)
class VisitLine:
    """A visit with the names it points to and the facts it brought (field, value, source).

    `corrected_on` and `corrected` are day and outcome of the wrong visit it stands for, "" for none.
    """

    id: bytes
    outcome: str
    visited_on: str
    visitor: str
    person_met: str
    remark: str
    round_name: str
    channel: str
    companions: str
    unchanged: bool
    corrected_on: str
    corrected: str
    facts: Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class Edit:
    """A write that changed an employer's own fields."""

    at: str
    actor: str
    write: str
    source: str
    fields: Sequence[str]


def visit_lines(connection: Connection, employer: bytes, *, departments: bool) -> list[VisitLine]:
    """All visits to an employer and its redirected duplicates, newest first.

    Without `departments` what was read there in lists of tax and social insurance stays hidden.
    """
    family = facts.with_duplicates(connection, employer)
    rows = connection.execute(
        "SELECT v.id, coalesce(v.outcome, ''), coalesce(v.visited_on, ''), coalesce(a.name, ''),"
        " coalesce(v.person_met, ''), coalesce(v.remark, ''), coalesce(r.name, ''),"
        " coalesce(v.channel, ''), coalesce(v.companions, ''), v.unchanged IS 1,"
        " coalesce(x.visited_on, ''), coalesce(x.outcome, '') FROM visit v"
        " LEFT JOIN account a ON a.id = v.visitor LEFT JOIN round r ON r.id = v.round"
        " LEFT JOIN visit x ON x.id = v.corrects"
        f" WHERE v.employer IN ({_marks(family)}) AND v.retired_on IS NULL"
        " ORDER BY v.visited_on DESC, v.n DESC",
        family,
    ).fetchall()
    return [VisitLine(*(*row, _facts_of(connection, row[0], departments))) for row in rows]


def member_names(connection: Connection, employer: bytes) -> list[tuple[str, str, str]]:
    """Name, state and sex of those whose membership stands at an employer, newest first."""
    family = facts.with_duplicates(connection, employer)
    states = (*COUNTED, "pending")
    return connection.execute(
        "SELECT coalesce(p.name, ''), m.state, coalesce(p.sex, '') FROM membership m JOIN person p ON p.id = m.person"
        f" WHERE m.employer IN ({_marks(family)}) AND m.state IN ({_marks(states)})"
        " AND m.retired_on IS NULL AND p.retired_on IS NULL AND p.erased_on IS NULL"
        " ORDER BY m.n DESC",
        (*family, *states),
    ).fetchall()


def edits(connection: Connection, employer: bytes, limit: int = 20) -> list[Edit]:
    """The newest writes about an employer's own fields, newest first."""
    rows = connection.execute(
        "SELECT w.at, coalesce(a.name, ''), w.name, coalesce(w.source, ''),"
        " group_concat(c.field, ' ') FROM change c JOIN writes w ON w.n = c.write_n"
        " LEFT JOIN account a ON a.id = w.actor WHERE c.row = ? AND c.tbl = 'employer'"
        " GROUP BY w.n ORDER BY w.at DESC, w.n DESC LIMIT ?",
        (employer, limit),
    )
    return [Edit(*(*row[:4], (row[4] or "").split())) for row in rows]


def same_code(connection: Connection, uscc: str, but: bytes) -> str | None:
    """The name of another live employer with this code, a branch or shop of it left out."""
    branch = (
        "SELECT 1 FROM fact_now w JOIN fact f ON f.id = w.fact"
        " WHERE w.employer = {} AND w.field = 'branch' AND f.value = 'yes'"
    )
    found = connection.execute(
        "SELECT coalesce(name, '') FROM employer e WHERE uscc = :code AND id != :own"
        " AND retired_on IS NULL AND merged_into IS NULL"
        f" AND NOT EXISTS ({branch.format('e.id')}) AND NOT EXISTS ({branch.format(':own')})",
        {"code": uscc, "own": but},
    ).fetchone()
    return found[0] if found else None


def _facts_of(
    connection: Connection, visit: bytes, departments: bool
) -> list[tuple[str, str, str]]:
    rows = connection.execute(
        "SELECT field, value, source FROM fact WHERE visit = ? AND retired_on IS NULL ORDER BY n",
        (visit,),
    )
    return [row for row in rows if departments or row[2] not in DEPARTMENTS]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
