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
    on: str
    filed_on: str
    at: str
    actor: str


@dataclass(frozen=True)
class TransferLine:
    """A transfer of the person, in or out; days as ISO text."""

    from_name: str
    to_name: str
    letter_no: str
    paid_until: str
    sent_on: str
    valid_until: str
    received_on: str


@dataclass(frozen=True)
class VisitLine:
    """A visit to the person, or to where the person was met."""

    on: str
    outcome: str
    actor: str


@dataclass(frozen=True)
class Duplicate:
    """A record of the same person that was merged into this one."""

    person: bytes
    name: str
    born_on: str
    id_number: str


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


_STEP = (
    "SELECT coalesce(s.from_state, ''), coalesce(s.to_state, ''),"
    " coalesce(s.reason_code, ''), coalesce(s.reason, ''), coalesce(s.paper_no, ''),"
    " coalesce(s.on_day, ''), coalesce(s.filed_on, ''), coalesce(w.at, ''), coalesce(a.name, '')"
    f" FROM membership_step s{_MADE_BY.format(row='s')}"
)


def steps(connection: Connection, person: bytes) -> list[Step]:
    """Every step of the person's memberships, newest first."""
    rows = connection.execute(
        f"{_STEP} WHERE s.person IN {SAME_PERSON} AND s.retired_on IS NULL ORDER BY s.n DESC",
        (person,),
    )
    return [Step(*row) for row in rows]


def step_to(connection: Connection, membership: bytes, state: str) -> Step | None:
    """The last step by which a membership came to a state."""
    found = connection.execute(
        f"{_STEP} WHERE s.membership = ? AND s.to_state = ? AND s.retired_on IS NULL"
        " ORDER BY s.n DESC LIMIT 1",
        (membership, state),
    ).fetchone()
    return Step(*found) if found else None


def transfers(connection: Connection, person: bytes) -> list[TransferLine]:
    """The person's transfers that were not taken back, newest first."""
    rows = connection.execute(
        "SELECT coalesce(t.from_name, ''), coalesce(t.to_name, u.name, ''),"
        " coalesce(t.letter_no, ''), coalesce(t.paid_until, ''), coalesce(t.sent_on, ''),"
        " coalesce(t.valid_until, ''), coalesce(t.received_on, '')"
        " FROM transfer t LEFT JOIN union_org u ON u.id = t.to_union"
        f" WHERE t.person IN {SAME_PERSON} AND t.retired_on IS NULL ORDER BY t.n DESC",
        (person,),
    )
    return [TransferLine(*row) for row in rows]


def visits(connection: Connection, person: bytes) -> list[VisitLine]:
    """The visits about the person, newest first."""
    rows = connection.execute(
        "SELECT coalesce(v.visited_on, ''), coalesce(v.outcome, ''), coalesce(a.name, '')"
        " FROM visit v LEFT JOIN account a ON a.id = v.visitor"
        f" WHERE v.person IN {SAME_PERSON} AND v.retired_on IS NULL ORDER BY v.n DESC",
        (person,),
    )
    return [VisitLine(*row) for row in rows]


def duplicates(connection: Connection, person: bytes) -> list[Duplicate]:
    """The records merged into this one, oldest first."""
    rows = connection.execute(
        "SELECT p.id, coalesce(p.name, ''), coalesce(p.born_on, ''), coalesce(p.id_number, '')"
        f" FROM person p WHERE p.id IN {SAME_PERSON} AND p.id <> ? ORDER BY p.n",
        (person, person),
    )
    return [Duplicate(*row) for row in rows]


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
