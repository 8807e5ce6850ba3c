"""Transfers (接转): a membership goes to another union with a letter and comes back as a receipt."""

from dataclasses import dataclass

from organizer.store.driver import Connection
from organizer.store.scope import UNION_WITHIN, within


@dataclass(frozen=True)
class TransferRow:
    """A transfer; days as ISO text, `paid_until` as year and month, "" for what is not known.

    `arriving` is the new membership when it is in this file as well.
    """

    id: bytes
    person: bytes
    leaving: bytes | None
    arriving: bytes | None
    name: str
    from_name: str
    to_name: str
    letter_no: str
    paid_until: str
    sent_on: str
    valid_until: str
    received_on: str


_WHOLE = (
    "SELECT t.id, t.person, t.leaving, t.arriving, coalesce(p.name, ''), coalesce(t.from_name, ''),"
    " coalesce(t.to_name, ''), coalesce(t.letter_no, ''), coalesce(t.paid_until, ''),"
    " coalesce(t.sent_on, ''), coalesce(t.valid_until, ''), coalesce(t.received_on, '')"
    " FROM transfer t JOIN person p ON p.id = t.person"
)


def transfer_by_id(connection: Connection, row: bytes) -> TransferRow | None:
    """The transfer with this id that was not taken back."""
    found = connection.execute(
        f"{_WHOLE} WHERE t.id = ? AND t.retired_on IS NULL", (row,)
    ).fetchone()
    return TransferRow(*found) if found else None


def open_transfer(connection: Connection, leaving: bytes) -> TransferRow | None:
    """The transfer under which a membership is on its way."""
    found = connection.execute(
        f"{_WHOLE} WHERE t.leaving = ? AND t.received_on IS NULL AND t.retired_on IS NULL"
        " ORDER BY t.n DESC LIMIT 1",
        (leaving,),
    ).fetchone()
    return TransferRow(*found) if found else None


def open_transfers(connection: Connection, scope: str) -> list[TransferRow]:
    """Letters without a receipt, of unions within a division, oldest first."""
    rows = connection.execute(
        f"{_WHOLE} LEFT JOIN union_org u ON u.id = t.from_union WHERE t.received_on IS NULL"
        f" AND t.retired_on IS NULL AND p.erased_on IS NULL AND {UNION_WITHIN} ORDER BY t.sent_on, t.n",
        within(scope),
    )
    return [TransferRow(*row) for row in rows]


def state_before(connection: Connection, leaving: bytes) -> str:
    """The state a membership had when it was sent."""
    (state,) = connection.execute(
        "SELECT from_state FROM membership_step WHERE membership = ? AND to_state = 'moving'"
        " AND retired_on IS NULL ORDER BY n DESC LIMIT 1",
        (leaving,),
    ).fetchone()
    return str(state)
