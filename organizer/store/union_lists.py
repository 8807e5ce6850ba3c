"""Long lists of unions: which rows in which order, and their texts a page at a time."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from organizer.domain.member import COUNTED, State
from organizer.domain.officer import CHAIRMAN
from organizer.domain.union_tree import Node
from organizer.store import search
from organizer.store.driver import Connection
from organizer.store.facts import survivor
from organizer.store.members import Record, union_by_id
from organizer.store.scope import SAME_UNION, UNION_WITHIN, within

NAME = "name"
"""The column that shows the tree."""

_LIVE = "u.retired_on IS NULL AND u.merged_into IS NULL"
_STATES = ", ".join(f"'{state}'" for state in sorted(COUNTED))
_COUNTS = {
    "members": f"(SELECT count(*) FROM membership m WHERE m.union_org {SAME_UNION}"
    f" AND m.state IN ({_STATES}) AND m.retired_on IS NULL)",
    "kept": f"(SELECT count(*) FROM membership m WHERE m.union_org {SAME_UNION}"
    f" AND m.state = '{State.KEPT}' AND m.retired_on IS NULL)",
    "units": f"(SELECT count(*) FROM coverage k WHERE k.union_org {SAME_UNION} AND k.until_on IS NULL"
    " AND k.retired_on IS NULL)",
}
_CHAIRMAN = (
    "coalesce((SELECT coalesce(p.name, o.name) FROM officer o LEFT JOIN person p ON p.id = o.person"
    f" WHERE o.union_org = u.id AND o.post = '{CHAIRMAN}' AND o.until_on IS NULL"
    " AND o.retired_on IS NULL ORDER BY o.n DESC LIMIT 1), u.chairman)"
)
_ORDERS = {
    **_COUNTS,
    "chairman": _CHAIRMAN,
    "org_type": "CAST(u.org_type AS INTEGER)",
    "division": "u.division_code",
    **{
        name: f"u.{name}"
        for name in (
            "term_until", "founded_on", "certificate_until", "local_code", "provincial_code",
            "national_code", "uscc", "approval_no",
        )
    },
}  # fmt: skip
SORTABLE = frozenset({NAME, *_ORDERS})
"""Columns the list can be sorted by; by name it is the tree."""


@dataclass(frozen=True)
class UnionRow:
    """A union as a list shows it; `kept` memberships are not among its members."""

    n: int
    record: Record
    chairman: str
    members: int
    kept: int
    units: int


def found_by(connection: Connection, text: str) -> set[bytes] | None:
    """The unions that hanzi, pinyin or last digits find; None for no text."""
    return search.all_of(connection, "union_org", text) if search.fold(text) else None


def nodes(connection: Connection, scope: str, org_type: str) -> list[Node]:
    """The live unions of a division (of one type), with who stands above them."""
    merged = connection.execute("SELECT id FROM union_org WHERE merged_into IS NOT NULL").fetchall()
    led = {row: survivor(connection, "union_org", row) for (row,) in merged}
    rows = connection.execute(
        "SELECT u.n, u.id, u.parent, coalesce(u.division_code, ''), coalesce(s.spoken, '')"
        " FROM union_org u LEFT JOIN search_entry s ON s.row = u.id"
        f" WHERE {_LIVE} AND {UNION_WITHIN} AND (:type = '' OR u.org_type = :type)",
        {**within(scope), "type": org_type},
    )
    return [
        Node(n, row, led.get(parent, parent), (code, spoken))
        for n, row, parent, code, spoken in rows
    ]


def sorted_numbers(connection: Connection, scope: str, column: str, *, down: bool) -> list[int]:
    """The numbers of a division's unions by a column other than the name; empty ones last."""
    key = _ORDERS[column]
    rows = connection.execute(
        f"SELECT u.n, {key} AS key FROM union_org u LEFT JOIN search_entry s ON s.row = u.id"
        f" WHERE {_LIVE} AND {UNION_WITHIN}"
        f" ORDER BY key IS NULL, key{' DESC' if down else ''}, s.spoken, u.n",
        within(scope),
    )
    return [n for n, _key in rows]


def union_rows(connection: Connection, numbers: Sequence[int], scope: str) -> list[UnionRow]:
    """The rows of one page, in any order; rows gone since are left out."""
    counts = ", ".join(_COUNTS.values())
    rows = connection.execute(
        f"SELECT u.n, u.id, {_CHAIRMAN}, {counts} FROM union_org u"
        f" WHERE u.n IN (SELECT value FROM json_each(:numbers)) AND {_LIVE} AND {UNION_WITHIN}",
        {"numbers": json.dumps(list(numbers)), **within(scope)},
    ).fetchall()
    found = []
    for n, row, chairman, *counted in rows:
        record = union_by_id(connection, row)
        if record is not None:
            found.append(UnionRow(n, record, chairman or "", *counted))
    return found


def row_of(connection: Connection, union: bytes) -> UnionRow | None:
    """One union as the list would show it."""
    number = number_of(connection, union)
    return next(iter(union_rows(connection, [number], "")), None) if number else None


def number_of(connection: Connection, union: bytes) -> int | None:
    """The number of a union, redirects followed; None when it is out of use."""
    found = connection.execute(
        "SELECT n FROM union_org WHERE id = ? AND retired_on IS NULL",
        (survivor(connection, "union_org", union),),
    ).fetchone()
    return int(found[0]) if found else None


def women(connection: Connection) -> Mapping[bytes, int]:
    """How many women are members of each union."""
    rows = connection.execute(
        "SELECT m.union_org, count(*) FROM membership m JOIN person p ON p.id = m.person"
        f" WHERE m.state IN ({_STATES}) AND m.retired_on IS NULL AND p.sex = '2'"
        " AND m.union_org IS NOT NULL GROUP BY m.union_org"
    )
    return dict(rows.fetchall())
