"""What one union's page shows beyond its own row: members by state, units, and what was done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from organizer.store.driver import Connection
from organizer.store.unions import family, marks


@dataclass(frozen=True)
class Deed:
    """A write that touched a union, its coverage or its officers.

    `fields` are those of the union that changed; `units` names of employers, `officers` of people.
    """

    at: str
    actor: str
    write: str
    fields: Sequence[str]
    units: Sequence[str]
    officers: Sequence[str]


def by_state(connection: Connection, union: bytes) -> dict[tuple[str, str], int]:
    """How many memberships a union has, by state and sex of the person."""
    rows = family(connection, union)
    found = connection.execute(
        "SELECT coalesce(m.state, ''), coalesce(p.sex, ''), count(*) FROM membership m"
        f" JOIN person p ON p.id = m.person WHERE m.union_org IN ({marks(rows)})"
        " AND m.retired_on IS NULL AND p.retired_on IS NULL AND p.erased_on IS NULL GROUP BY 1, 2",
        rows,
    )
    return {(state, sex): count for state, sex, count in found}


def staff(connection: Connection, employers: Sequence[bytes], *, told: bool) -> Mapping[bytes, str]:
    """The head counts of employers; with `told` without those other departments gave."""
    found = connection.execute(
        f"SELECT w.employer, f.value FROM fact_now w JOIN fact f ON f.id = w.{'told' if told else 'fact'}"
        f" WHERE w.field = 'staff_total' AND w.employer IN ({marks(employers)})",
        employers,
    )
    return dict(found.fetchall())


def members_at(connection: Connection, employers: Sequence[bytes]) -> Mapping[bytes, int]:
    """How many counted members work at each of these employers."""
    found = connection.execute(
        "SELECT m.employer, count(*) FROM membership m"
        f" WHERE m.employer IN ({marks(employers)}) AND m.retired_on IS NULL"
        " AND m.state IN ('full', 'temporary', 'moving') GROUP BY m.employer",
        employers,
    )
    return dict(found.fetchall())


def deeds(connection: Connection, union: bytes, limit: int = 50) -> list[Deed]:
    """What was done about a union, newest first."""
    rows = family(connection, union)
    found = connection.execute(
        "WITH own (row, tbl, told) AS ("
        f" SELECT id, 'union_org', NULL FROM union_org WHERE id IN ({marks(rows)})"
        " UNION ALL SELECT k.id, 'coverage', e.name FROM coverage k"
        f" JOIN employer e ON e.id = k.employer WHERE k.union_org IN ({marks(rows)})"
        " UNION ALL SELECT o.id, 'officer', coalesce(p.name, o.name) FROM officer o"
        f" LEFT JOIN person p ON p.id = o.person WHERE o.union_org IN ({marks(rows)}))"
        " SELECT w.at, coalesce(a.name, ''), w.name,"
        " group_concat(CASE WHEN own.tbl = 'union_org' THEN c.field END, '\x1f'),"
        " group_concat(CASE WHEN own.tbl = 'coverage' THEN own.told END, '\x1f'),"
        " group_concat(CASE WHEN own.tbl = 'officer' THEN own.told END, '\x1f')"
        " FROM own JOIN change c ON c.row = own.row JOIN writes w ON w.n = c.write_n"
        " LEFT JOIN account a ON a.id = w.actor GROUP BY w.n ORDER BY w.n DESC LIMIT ?",
        (*rows, *rows, *rows, limit),
    )
    return [Deed(at, actor, write, *map(_parts, parts)) for at, actor, write, *parts in found]


def _parts(text: str | None) -> list[str]:
    return list(dict.fromkeys(part for part in (text or "").split("\x1f") if part))
