"""Gatherings (集中入会) and the lists on which applications are approved (审批名单)."""

from dataclasses import dataclass

from organizer.domain import ids
from organizer.store.driver import Connection
from organizer.store.scope import UNION_WITHIN, within

_MOST = 500


@dataclass(frozen=True)
class GatheringRow:
    """A gathering; days as ISO text, "" for what is not said; `joined` by state of membership."""

    id: bytes
    name: str
    held_on: str
    venue: str
    oath_reader: str
    union_org: bytes
    union_name: str
    division_code: str
    employer: bytes | None
    employer_name: str
    authority_no: str
    authorised_by: str
    authorised_until: str
    authorised_most: int
    members: int
    pending: int


_WHOLE = (
    "SELECT g.id, coalesce(g.name, ''), coalesce(g.held_on, ''), coalesce(g.venue, ''),"
    " coalesce(g.oath_reader, ''), g.union_org, coalesce(u.name, ''),"
    " coalesce(u.division_code, ''), g.employer, coalesce(e.name, ''),"
    " coalesce(g.authority_no, ''), coalesce(g.authorised_by, ''),"
    " coalesce(g.authorised_until, ''), coalesce(g.authorised_most, 0),"
    " (SELECT count(*) FROM membership m WHERE m.gathering = g.id AND m.retired_on IS NULL"
    "  AND m.state IN ('full', 'temporary', 'moving', 'kept')),"
    " (SELECT count(*) FROM membership m WHERE m.gathering = g.id AND m.retired_on IS NULL"
    "  AND m.state = 'pending')"
    " FROM gathering g JOIN union_org u ON u.id = g.union_org"
    " LEFT JOIN employer e ON e.id = g.employer WHERE g.retired_on IS NULL"
)


def gathering_by_id(connection: Connection, row: bytes) -> GatheringRow | None:
    """The gathering with this id that was not taken back."""
    found = connection.execute(f"{_WHOLE} AND g.id = ?", (row,)).fetchone()
    return GatheringRow(*found) if found else None


def gatherings(connection: Connection, scope: str) -> list[GatheringRow]:
    """The gatherings of unions within a division, the latest day first."""
    rows = connection.execute(
        f"{_WHOLE} AND {UNION_WITHIN} ORDER BY g.held_on DESC, g.n DESC LIMIT {_MOST}",
        within(scope),
    )
    return [GatheringRow(*row) for row in rows]


def joined_at(connection: Connection, gathering: bytes) -> list[bytes]:
    """The memberships that began at a gathering, in the order of its list."""
    rows = connection.execute(
        "SELECT m.id FROM membership m JOIN person p ON p.id = m.person WHERE m.gathering = ?"
        " AND m.retired_on IS NULL AND p.erased_on IS NULL ORDER BY m.n",
        (gathering,),
    )
    return [bytes(row) for (row,) in rows]


def there_already(connection: Connection, gathering: bytes) -> list[tuple[str, str, str]]:
    """Id number, name and telephone of everybody who joined at a gathering."""
    rows = connection.execute(
        "SELECT coalesce(p.id_number, ''), coalesce(p.name, ''), coalesce(p.phone, '')"
        " FROM membership m JOIN person p ON p.id = m.person"
        " WHERE m.gathering = ? AND m.retired_on IS NULL",
        (gathering,),
    )
    return [(str(number), str(name), str(phone)) for number, name, phone in rows]


def authority_list(gathering: bytes, number: str) -> bytes:
    """The approval list of those who are approved on the spot under one decision."""
    return ids.derived_id("approval_list", "gathering", gathering.hex(), number)


def used(connection: Connection, approval_list: bytes) -> int:
    """How many memberships a list has approved."""
    (count,) = connection.execute(
        "SELECT count(*) FROM membership WHERE approval_list = ? AND retired_on IS NULL",
        (approval_list,),
    ).fetchone()
    return int(count)


@dataclass(frozen=True)
class ApprovalListRow:
    """An approval list with somebody on it; the day as ISO text."""

    id: bytes
    union_name: str
    committee: str
    met_on: str
    paper_no: str
    count: int
    division_code: str


_LISTS = (
    "SELECT a.id, coalesce(u.name, ''), coalesce(a.committee, ''), coalesce(a.met_on, ''),"
    " coalesce(a.paper_no, ''), count(m.n), coalesce(u.division_code, '')"
    " FROM approval_list a JOIN membership m ON m.approval_list = a.id AND m.retired_on IS NULL"
    " LEFT JOIN union_org u ON u.id = a.union_org WHERE a.retired_on IS NULL"
)


def approval_lists(connection: Connection, scope: str) -> list[ApprovalListRow]:
    """The lists of unions within a division, the latest meeting first."""
    rows = connection.execute(
        f"{_LISTS} AND {UNION_WITHIN} GROUP BY a.id ORDER BY a.met_on DESC, a.n DESC LIMIT {_MOST}",
        within(scope),
    )
    return [ApprovalListRow(*row) for row in rows]


def approval_list_by_id(connection: Connection, row: bytes) -> ApprovalListRow | None:
    """One list; None when nobody is on it."""
    found = connection.execute(f"{_LISTS} AND a.id = ? GROUP BY a.id", (row,)).fetchone()
    return ApprovalListRow(*found) if found else None


def on_list(connection: Connection, approval_list: bytes) -> list[bytes]:
    """The memberships on a list, in the order they were approved."""
    rows = connection.execute(
        "SELECT m.id FROM membership m JOIN person p ON p.id = m.person WHERE m.approval_list = ?"
        " AND m.retired_on IS NULL AND p.erased_on IS NULL ORDER BY m.n",
        (approval_list,),
    )
    return [bytes(row) for (row,) in rows]


def on_record(connection: Connection, form: str, short_id: str) -> bool:
    """Whether a paper of this form was printed for this record before."""
    found = connection.execute(
        "SELECT 1 FROM paper WHERE short_id = ? AND form = ? AND retired_on IS NULL",
        (short_id, form),
    ).fetchone()
    return found is not None
