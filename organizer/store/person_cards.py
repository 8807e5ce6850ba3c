"""What was done about one person: steps of memberships, batches, papers, edits; `at` as stored."""

from collections.abc import Sequence
from dataclasses import dataclass

from organizer.store.driver import Connection
from organizer.store.one_membership import SAME_PERSON


@dataclass(frozen=True)
class Step:
    """A step of a membership from state to state, and who made it; `reason` in words."""

    from_state: str
    to_state: str
    reason_code: str
    reason: str
    paper_no: str
    at: str
    actor: str


@dataclass(frozen=True)
class Reported:
    """A sealed batch in which the person stands."""

    batch: bytes
    at: str
    actor: str


@dataclass(frozen=True)
class PaperLine:
    """Papers that were printed together; `forms` as they are called in the record."""

    short_id: str
    at: str
    actor: str
    forms: Sequence[str]


@dataclass(frozen=True)
class PersonEdit:
    """A later write that changed a person's own fields."""

    at: str
    actor: str
    fields: Sequence[str]


# Who made a row: the account behind the write that inserted it.
_MADE_BY = (
    " LEFT JOIN change c ON c.row = {row}.id AND c.op = 'insert'"
    " LEFT JOIN writes w ON w.n = c.write_n LEFT JOIN account a ON a.id = w.actor"
)


def steps(connection: Connection, person: bytes) -> list[Step]:
    """Every step of the person's memberships, newest first."""
    rows = connection.execute(
        "SELECT coalesce(s.from_state, ''), coalesce(s.to_state, ''),"
        " coalesce(s.reason_code, ''), coalesce(s.reason, ''), coalesce(s.paper_no, ''),"
        " coalesce(w.at, ''), coalesce(a.name, '')"
        f" FROM membership_step s{_MADE_BY.format(row='s')}"
        f" WHERE s.person IN {SAME_PERSON} AND s.retired_on IS NULL ORDER BY s.n DESC",
        (person,),
    )
    return [Step(*row) for row in rows]


def reported(connection: Connection, person: bytes) -> list[Reported]:
    """The sealed batches in which the person stands, newest first."""
    rows = connection.execute(
        "SELECT b.id, coalesce(b.sealed_at, ''), coalesce(a.name, '') FROM batch_item i"
        f" JOIN batch b ON b.id = i.batch{_MADE_BY.format(row='b')}"
        f" WHERE i.person IN {SAME_PERSON} AND i.retired_on IS NULL AND b.retired_on IS NULL"
        " AND b.state <> 'draft' ORDER BY b.n DESC",
        (person,),
    )
    return [Reported(*row) for row in rows]


def papers(connection: Connection, person: bytes) -> list[PaperLine]:
    """The papers printed for the person, newest first."""
    rows = connection.execute(
        "SELECT coalesce(p.short_id, ''), coalesce(w.at, ''), coalesce(a.name, ''),"
        f" group_concat(coalesce(p.form, ''), ' ') FROM paper p{_MADE_BY.format(row='p')}"
        f" WHERE p.person IN {SAME_PERSON} AND p.retired_on IS NULL"
        " GROUP BY coalesce(p.attachment, p.id) ORDER BY max(p.n) DESC",
        (person,),
    )
    return [PaperLine(short_id, at, actor, forms.split()) for short_id, at, actor, forms in rows]


def edits(connection: Connection, person: bytes) -> list[PersonEdit]:
    """The writes that changed the person's own fields after the first, newest first."""
    rows = connection.execute(
        "SELECT w.at, coalesce(a.name, ''), group_concat(c.field, ' ') FROM change c"
        " JOIN writes w ON w.n = c.write_n LEFT JOIN account a ON a.id = w.actor"
        f" WHERE c.row IN {SAME_PERSON} AND c.tbl = 'person' AND c.op = 'set' GROUP BY w.n ORDER BY w.n DESC",
        (person,),
    )
    return [PersonEdit(at, actor, (fields or "").split()) for at, actor, fields in rows]
