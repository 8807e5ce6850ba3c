"""Long lists of memberships: which rows, in which order; cells are fetched a page at a time.

Without a filter the list is one walk along the table, newest first: it opens as fast as 300,000
numbers can be read.
"""

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from organizer.domain.consent import GIVEN, Purpose
from organizer.domain.member import ACTIVE, COUNTED, State
from organizer.domain.member_filter import ACTIVE as ANY_ACTIVE
from organizer.domain.member_filter import COUNTED as ANY_COUNTED
from organizer.domain.member_filter import UNKNOWN, Lack, MemberFilter
from organizer.store import search
from organizer.store.driver import Connection
from organizer.store.scope import within

NEWEST = "newest"
"""Sorted by when they were recorded, the newest first."""

_NAME = "(SELECT s.spoken FROM search_entry s WHERE s.row = m.person)"
_ORDERS = {
    "name": _NAME,
    "state": "m.state",
    "workplace": "m.workplace",
    "joined_on": "m.joined_on",
    "change_on": "m.change_on",
    "paid_until": "m.paid_until",
    "union_name": "(SELECT u.name FROM union_org u WHERE u.id = m.union_org)",
    "group_code": "(SELECT p.group_code FROM person p WHERE p.id = m.person)",
}
SORTABLE = frozenset(_ORDERS)
"""Columns a list can be sorted by, besides `NEWEST`."""

PAYING = (State.FULL, State.TEMPORARY)
"""States in which dues are paid (会籍管理办法 art. 21: not while kept)."""

LIVE = (
    "m.retired_on IS NULL AND m.n NOT IN (SELECT x.n FROM person g CROSS JOIN membership x"
    " ON x.person = g.id WHERE g.erased_on IS NOT NULL)"
)
"""Condition on `membership m`: recorded, not taken back, and of somebody who was not erased."""


def states(wanted: Sequence[str]) -> str:
    """States as SQL lists them."""
    return "(" + ", ".join(f"'{state}'" for state in sorted(wanted)) + ")"


CONSENTED = (
    "EXISTS (SELECT 1 FROM consent c WHERE c.person = m.person"
    f" AND c.purpose = '{Purpose.JOIN}' AND c.form IN {states(sorted(GIVEN))}"
    " AND c.withdrawn_on IS NULL AND c.retired_on IS NULL)"
)
"""Whether the person's consent to joining stands; one before this file still has to be signed."""

FILED = (
    "EXISTS (SELECT 1 FROM paper a WHERE a.person = m.person AND a.filed_on IS NOT NULL"
    " AND a.retired_on IS NULL)"
)
"""Whether a paper of the person lies in the archive."""


def seen(low: str) -> str:
    """Condition on `membership m`: of a union the account sees; without a division everybody's."""
    if not low:
        return "1"
    return (
        "(m.union_org IS NULL OR m.union_org IN (SELECT u.id FROM union_org u"
        " WHERE coalesce(u.division_code, :low) BETWEEN :low AND :high))"
    )


@dataclass(frozen=True)
class Order:
    """By which column a list of memberships is sorted."""

    column: str = NEWEST
    descending: bool = False


def member_numbers(
    connection: Connection,
    wanted: MemberFilter,
    scope: str,
    order: Order,
    behind: str,
    groups: Sequence[str] = (),
) -> Sequence[int]:
    """The numbers a filter leaves, sorted. `groups` are the codes meant by the filter's group,
    `behind` the last month with which one stands on the list of arrears."""
    values: dict[str, object] = dict(within(scope))
    parts = [LIVE, seen(scope), *_conditions(connection, wanted, behind, groups, values)]
    key = _ORDERS.get(order.column)
    down = " DESC" if order.descending else ""
    by = f"{key} IS NULL, {key}{down}, m.n" if key else f"m.n{'' if order.descending else ' DESC'}"
    rows = connection.execute(
        f"SELECT m.n FROM membership m WHERE {' AND '.join(parts)} ORDER BY {by}", values
    )
    return array("q", chain.from_iterable(rows))


def _conditions(
    connection: Connection,
    wanted: MemberFilter,
    behind: str,
    groups: Sequence[str],
    values: dict[str, object],
) -> list[str]:
    parts = []
    if wanted.state == ANY_COUNTED:
        parts.append(f"m.state IN {states(sorted(COUNTED))}")
    elif wanted.state == ANY_ACTIVE:
        parts.append(f"m.state IN {states(sorted(ACTIVE))}")
    elif wanted.state:
        parts.append("m.state = :state")
        values["state"] = wanted.state
    for name in ("union_org", "employer"):
        if (row := getattr(wanted, name)) is not None:
            parts.append(f"m.{name} = :{name}")
            values[name] = row
    if wanted.group:
        parts.append(_group(wanted.group, groups, values))
    if wanted.lack:
        parts.append(_lacking(wanted.lack, behind, values))
    if wanted.text.strip():
        parts.append(_text(connection, wanted.text.strip(), values))
    return parts


def _group(group: str, groups: Sequence[str], values: dict[str, object]) -> str:
    of = "m.person IN (SELECT p.id FROM person p WHERE p.group_code {known})"
    if group == UNKNOWN:
        return of.format(known="IS NULL")
    values["groups"] = json.dumps(list(groups))
    return of.format(known="IN (SELECT value FROM json_each(:groups))")


def _lacking(lack: str, behind: str, values: dict[str, object]) -> str:
    active = f"m.state IN {states(sorted(ACTIVE))}"
    if lack == Lack.DUES:
        values["behind"] = behind
        return f"m.state IN {states(PAYING)} AND m.paid_until <= :behind"
    if lack == Lack.CONSENT:
        return f"{active} AND NOT {CONSENTED}"
    if lack == Lack.PAPERS:
        return f"{active} AND NOT {FILED}"
    return (
        f"{active} AND m.person IN (SELECT id FROM person WHERE id_number IS NULL"
        " AND erased_on IS NULL AND retired_on IS NULL AND merged_into IS NULL)"
    )


def _text(connection: Connection, text: str, values: dict[str, object]) -> str:
    """Found by name, pinyin or digits as everywhere, or by a piece of the workplace."""
    found = search.all_of(connection, "person", text)
    values |= {"hits": json.dumps([row.hex() for row in found]), "text": text}
    return (
        "(m.person IN (SELECT unhex(value) FROM json_each(:hits))"
        " OR instr(coalesce(m.workplace, ''), :text) > 0)"
    )


def number_of(connection: Connection, membership: bytes) -> int | None:
    """The number of a membership in lists."""
    found = connection.execute("SELECT n FROM membership WHERE id = ?", (membership,)).fetchone()
    return int(found[0]) if found else None


def marks(connection: Connection, numbers: Sequence[int]) -> Mapping[int, tuple[bool, bool]]:
    """Whether a consent stands, and whether a paper is filed, for each of some rows."""
    rows = connection.execute(
        f"SELECT m.n, {CONSENTED}, {FILED} FROM membership m"
        " WHERE m.n IN (SELECT value FROM json_each(?))",
        (json.dumps(list(numbers)),),
    )
    return {n: (bool(consent), bool(filed)) for n, consent, filed in rows}


def ids_of(connection: Connection, numbers: Sequence[int], scope: str) -> list[bytes]:
    """The ids of some rows the account sees, in this order."""
    rows = connection.execute(
        f"SELECT m.n, m.id FROM membership m WHERE {LIVE} AND {seen(scope)}"
        " AND m.n IN (SELECT value FROM json_each(:numbers))",
        {**within(scope), "numbers": json.dumps(list(numbers))},
    )
    found = dict(rows.fetchall())
    return [found[n] for n in numbers if n in found]


def group_counts(
    connection: Connection, scope: str, employer: bytes | None = None
) -> list[tuple[bytes | None, str, str, str, str, int, int]]:
    """Counted members by union, state, sex and group: union, its name and division, group, sex,
    how many of them come from the country (农民工), how many in all."""
    of = "" if employer is None else " AND m.employer = :employer"
    rows = connection.execute(
        "SELECT m.union_org, coalesce(u.name, ''), coalesce(u.division_code, ''),"
        " coalesce(p.group_code, ''), coalesce(p.sex, ''), sum(coalesce(p.migrant, 0)), count(*)"
        " FROM membership m JOIN person p ON p.id = m.person"
        " LEFT JOIN union_org u ON u.id = m.union_org"
        f" WHERE m.retired_on IS NULL AND p.erased_on IS NULL AND {seen(scope)}"
        f" AND m.state IN {states(sorted(COUNTED))}{of} GROUP BY 1, 4, 5 ORDER BY 3, 2",
        {**within(scope), "employer": employer},
    )
    return rows.fetchall()


def state_counts(connection: Connection, employer: bytes) -> dict[str, int]:
    """How many memberships of an employer's people stand at which state."""
    rows = connection.execute(
        f"SELECT m.state, count(*) FROM membership m WHERE {LIVE} AND m.employer = ?"
        " GROUP BY m.state",
        (employer,),
    )
    return dict(rows.fetchall())
