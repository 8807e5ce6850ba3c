"""Half-filled forms (drafts): local, one for each account and screen, gone when the record is saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from organizer.domain import ids
from organizer.store.driver import Connection


@dataclass(frozen=True)
class Draft:
    """The fields of a form as typed, and which of them had the focus."""

    values: Mapping[str, str] = field(default_factory=dict)
    focus: str = ""


def draft_id(account: bytes, screen: str) -> bytes:
    """The id of the one draft an account has on a screen."""
    return ids.derived_id("draft", account.hex(), screen)


def keep(connection: Connection, row: bytes, screen: str, draft: Draft, at: str) -> None:
    """Save a draft in place of the one before."""
    # Hanzi stay as they are: erasing a person looks for the name in this text.
    fields = msgspec.json.encode({"values": dict(draft.values), "focus": draft.focus}).decode()
    connection.execute(
        "REPLACE INTO draft (id, screen, fields, saved_at) VALUES (?, ?, ?, ?)",
        (row, screen, fields, at),
    )


def load(connection: Connection, row: bytes) -> Draft | None:
    """The draft kept under this id."""
    found = connection.execute("SELECT fields FROM draft WHERE id = ?", (row,)).fetchone()
    return msgspec.json.decode(found[0], type=Draft) if found else None


def drop(connection: Connection, row: bytes) -> None:
    """Forget a draft."""
    connection.execute("DELETE FROM draft WHERE id = ?", (row,))
