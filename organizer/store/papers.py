"""Papers on record: whose they are, how far each has come, where it lies, and which are missing."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from organizer.store.driver import Connection
from organizer.store.one_membership import SAME_PERSON
from organizer.store.scope import UNION_WITHIN, WITHIN, within


@dataclass(frozen=True)
class PaperRow:
    """One printed paper; days as ISO text, "" where nothing is known. `name` says whose it is."""

    n: int
    id: bytes
    person: bytes | None
    union_org: bytes | None
    employer: bytes | None
    founding: bytes | None
    form: str
    short_id: str
    printed_on: str
    signed_on: str
    stamped_on: str
    filed_on: str
    box: str
    name: str
    union_name: str

    @property
    def subject(self) -> tuple[bytes | None, ...]:
        """Whose paper it is; that of a founding gets its union when there is one."""
        if self.founding is not None:
            return (self.founding,)
        return (self.person, self.union_org, self.employer)


@dataclass(frozen=True)
class Scope:
    """Of which division ("" for all), union or employer papers are asked for."""

    division: str = ""
    union: bytes | None = None
    employer: bytes | None = None

    def facts(self) -> dict[str, object]:
        """What the queries' names stand for."""
        return {**within(self.division), "union": self.union, "employer": self.employer}


_LATEST_UNION = (
    "(SELECT o.name FROM membership m JOIN union_org o ON o.id = m.union_org"
    " WHERE m.person = a.person AND m.retired_on IS NULL ORDER BY m.n DESC LIMIT 1)"
)
_WHOLE = (
    "SELECT a.n, a.id, a.person, a.union_org, a.employer, a.founding, coalesce(a.form, ''),"
    " coalesce(a.short_id, ''), coalesce(a.printed_on, ''), coalesce(a.signed_on, ''),"
    " coalesce(a.stamped_on, ''), coalesce(a.filed_on, ''), coalesce(a.box, ''),"
    " coalesce(p.name, u.name, f.union_name, e.name, ''),"
    f" coalesce({_LATEST_UNION}, u.name, f.union_name, '')"
)
_FROM = (
    " FROM paper a LEFT JOIN person p ON p.id = a.person"
    " LEFT JOIN union_org u ON u.id = a.union_org LEFT JOIN founding f ON f.id = a.founding"
    " LEFT JOIN employer e ON e.id = coalesce(a.employer, f.employer)"
)
_LIVE = " a.retired_on IS NULL AND p.erased_on IS NULL"
_SEEN = (
    "(:low = '' OR CASE WHEN a.person IS NOT NULL THEN EXISTS (SELECT 1 FROM membership m"
    " JOIN union_org o ON o.id = m.union_org WHERE m.person = a.person AND m.retired_on IS NULL"
    " AND coalesce(o.division_code, :low) BETWEEN :low AND :high)"
    f" WHEN a.union_org IS NOT NULL THEN {UNION_WITHIN} ELSE {WITHIN} END)"
)
_HELD = (
    "EXISTS (SELECT 1 FROM membership m WHERE m.person = a.person AND m.retired_on IS NULL"
    " AND m.{link} = :{name})"
)
_ASKED = (
    f" AND {_SEEN} AND (:union IS NULL OR a.union_org = :union OR f.union_org = :union OR"
    f" {_HELD.format(link='union_org', name='union')})"
    " AND (:employer IS NULL OR a.employer = :employer OR f.employer = :employer OR"
    f" {_HELD.format(link='employer', name='employer')})"
)
_NEWEST = (
    " AND NOT EXISTS (SELECT 1 FROM paper b WHERE b.short_id = a.short_id AND b.form IS a.form"
    " AND b.founding IS a.founding AND (a.founding IS NOT NULL OR b.person IS a.person"
    " AND b.union_org IS a.union_org AND b.employer IS a.employer)"
    " AND b.retired_on IS NULL AND b.n > a.n)"
)
"""Of a paper that was printed again the newer print counts."""


def with_code(connection: Connection, short_id: str) -> list[PaperRow]:
    """The papers that bear a short id, of several prints of one the newest, oldest form first."""
    rows = connection.execute(
        f"{_WHOLE}{_FROM} WHERE a.short_id = ? AND{_LIVE}{_NEWEST} ORDER BY a.n", (short_id,)
    )
    return [PaperRow(*row) for row in rows]


def seen(connection: Connection, paper: int, scope: Scope) -> bool:
    """Whether a paper belongs to the division, union or employer asked for."""
    found = connection.execute(
        f"SELECT 1{_FROM} WHERE a.n = :paper{_ASKED}", {"paper": paper, **scope.facts()}
    ).fetchone()
    return found is not None


def owner(connection: Connection, short_id: str) -> tuple[str, bytes] | None:
    """Table and id of whom a paper with this short id is about; None for nobody, or an erased person."""
    for row in reversed(with_code(connection, short_id)):
        for table, link in (("person", row.person), ("union_org", row.union_org)):
            if link is not None:
                return table, link
        found = row.employer or _employer_of(connection, row.founding)
        if found is not None:
            return "employer", found
    return None


def _employer_of(connection: Connection, founding: bytes | None) -> bytes | None:
    found = connection.execute("SELECT employer FROM founding WHERE id = ?", (founding,)).fetchone()
    return found[0] if found else None


def of_person(connection: Connection, person: bytes) -> list[PaperRow]:
    """The papers of a person and of the duplicates merged into that record, newest first."""
    return _of(connection, f"a.person IN {SAME_PERSON}", person)


def of_record(connection: Connection, link: str, row: bytes) -> list[PaperRow]:
    """The papers of a union, an employer or a founding (`union_org`, …), newest first."""
    known = {one.name for one in fields(PaperRow)} & {"union_org", "employer", "founding"}
    if link not in known:
        raise KeyError(link)
    return _of(connection, f"a.{link} = ?", row)


def _of(connection: Connection, where: str, row: bytes) -> list[PaperRow]:
    rows = connection.execute(
        f"{_WHOLE}{_FROM} WHERE {where} AND{_LIVE}{_NEWEST} ORDER BY a.n DESC", (row,)
    )
    return [PaperRow(*found) for found in rows]


def numbered(connection: Connection, numbers: Sequence[int]) -> dict[int, PaperRow]:
    """Papers by their local numbers; at most some hundred at a time."""
    marks = ", ".join("?" * len(numbers))
    rows = connection.execute(f"{_WHOLE}{_FROM} WHERE a.n IN ({marks})", tuple(numbers))
    return {row[0]: PaperRow(*row) for row in rows}


def pages(connection: Connection, box: str) -> dict[int, str]:
    """The pages taken in a box, and whose paper lies there."""
    rows = connection.execute(
        f"SELECT a.box, coalesce(p.name, u.name, f.union_name, e.name, ''){_FROM}"
        " WHERE a.box > ? AND a.box < ? AND a.retired_on IS NULL",
        (f"{box}-", f"{box}."),
    )
    return {int(place[len(box) + 1 :]): name for place, name in rows}


def waiting(
    connection: Connection, mark: str, before: Sequence[tuple[str, Sequence[str]]], scope: Scope
) -> list[int]:
    """The local numbers of papers without the mark (`signed_on`, …), oldest print first.

    `before` are the marks that come first, and last the one asked for, each with the forms that need
    none: a paper waits for a step when it needs it and has been through all before.
    """
    facts: dict[str, object] = dict(scope.facts())
    conditions = []
    for place, (name, exempt) in enumerate(before):
        marks = ", ".join(f":{name}{place}_{number}" for number in range(len(exempt)))
        facts |= {f"{name}{place}_{number}": form for number, form in enumerate(exempt)}
        free = f"coalesce(a.form, '') IN ({marks})" if exempt else "0"
        if name == mark:
            conditions.append(f"a.{name} IS NULL AND NOT {free}")
        else:
            conditions.append(f"(a.{name} IS NOT NULL OR {free})")
    rows = connection.execute(
        f"SELECT a.n{_FROM} WHERE a.filed_on IS NULL AND{_LIVE}{_NEWEST}{_ASKED}"
        f" AND {' AND '.join(conditions)} ORDER BY a.n",
        facts,
    )
    return [n for (n,) in rows]


_MEMBERS = (
    " FROM membership m JOIN person p ON p.id = m.person"
    " LEFT JOIN union_org u ON u.id = m.union_org WHERE m.retired_on IS NULL"
    " AND p.erased_on IS NULL AND p.retired_on IS NULL"
    f" AND {UNION_WITHIN} AND (:union IS NULL OR m.union_org = :union)"
    " AND (:employer IS NULL OR m.employer = :employer)"
)


def members_without(connection: Connection, form: str, scope: Scope) -> list[int]:
    """The local numbers of memberships of people of whom no paper of this form is on record.

    Who joined in a gathering wrote no application alone: it stands on the gathering's list.
    """
    apart = " AND m.gathering IS NULL" if form == "application" else ""
    rows = connection.execute(
        f"SELECT m.n{_MEMBERS} AND m.state IN ('pending', 'full', 'temporary', 'kept')"
        " AND NOT EXISTS (SELECT 1 FROM paper a WHERE a.person = m.person AND a.form = :form"
        f" AND a.retired_on IS NULL){apart} ORDER BY m.n",
        {"form": form, **scope.facts()},
    )
    return [n for (n,) in rows]


def untold(connection: Connection, scope: Scope) -> list[int]:
    """The local numbers of memberships approved and not told yet, the longest waiting first."""
    rows = connection.execute(
        f"SELECT m.n{_MEMBERS} AND m.state IN ('full', 'temporary') AND m.told_on IS NULL"
        " AND m.channel IS NOT 'stock' AND m.joined_on IS NOT NULL ORDER BY m.joined_on, m.n",
        scope.facts(),
    )
    return [n for (n,) in rows]


def count_untold(connection: Connection, division: str) -> tuple[int, str]:
    """How many approved members have not been told, and since when the first waits."""
    count, oldest = connection.execute(
        f"SELECT count(*), min(m.joined_on){_MEMBERS} AND m.state IN ('full', 'temporary')"
        " AND m.told_on IS NULL AND m.channel IS NOT 'stock' AND m.joined_on IS NOT NULL",
        Scope(division).facts(),
    ).fetchone()
    return int(count), oldest or ""


def foundings(
    connection: Connection, scope: Scope
) -> list[tuple[int, bytes, bytes, str, str, str]]:
    """The foundings not given up: number, id, unit, name of the union to be, unit's name, first day."""
    rows = connection.execute(
        "SELECT f.n, f.id, f.employer, coalesce(f.union_name, ''), coalesce(e.name, ''),"
        " coalesce(f.begun_on, '') FROM founding f JOIN employer e ON e.id = f.employer"
        f" WHERE f.retired_on IS NULL AND f.given_up_on IS NULL AND {WITHIN}"
        " AND (:union IS NULL OR f.union_org = :union)"
        " AND (:employer IS NULL OR f.employer = :employer) ORDER BY f.begun_on, f.n",
        scope.facts(),
    )
    return rows.fetchall()
