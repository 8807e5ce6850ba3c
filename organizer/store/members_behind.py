"""Members whose dues are behind, and how many transfers are overdue."""

from organizer.store.driver import Connection
from organizer.store.member_lists import LIVE, PAYING, seen, states
from organizer.store.scope import UNION_WITHIN, within


def behind(
    connection: Connection, scope: str, month: str, union: bytes | None
) -> list[tuple[bytes, bytes, str, str, str, str]]:
    """Members who have paid until this month at most: membership, person, name, union, workplace,
    month; the longest first."""
    rows = connection.execute(
        "SELECT m.id, p.id, coalesce(p.name, ''), coalesce(u.name, ''),"
        " coalesce(m.workplace, e.name, ''), m.paid_until FROM membership m"
        " JOIN person p ON p.id = m.person LEFT JOIN union_org u ON u.id = m.union_org"
        " LEFT JOIN employer e ON e.id = m.employer"
        f" WHERE {LIVE} AND {seen(scope)} AND m.state IN {states(PAYING)}"
        " AND m.paid_until <= :month AND (:union IS NULL OR m.union_org = :union)"
        " ORDER BY m.paid_until, 4, m.n",
        {**within(scope), "month": month, "union": union},
    )
    return rows.fetchall()


def overdue_transfers(connection: Connection, scope: str, day: str) -> tuple[int, list[str]]:
    """How many letters ran out without a receipt, and the names of the first few."""
    rows = connection.execute(
        "SELECT coalesce(p.name, '') FROM transfer t JOIN person p ON p.id = t.person"
        " LEFT JOIN union_org u ON u.id = t.from_union WHERE t.received_on IS NULL"
        f" AND t.retired_on IS NULL AND p.erased_on IS NULL AND t.valid_until < :day"
        f" AND {UNION_WITHIN} ORDER BY t.valid_until, t.n",
        {**within(scope), "day": day},
    ).fetchall()
    return len(rows), [name for (name,) in rows[:4]]
