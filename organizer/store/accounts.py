"""Accounts and the office they work for."""

from dataclasses import dataclass

from organizer.store.driver import Connection


@dataclass(frozen=True)
class Account:
    """Who is working; `division_code` limits where ("" means the whole office)."""

    id: bytes
    name: str
    role: str
    division_code: str


@dataclass(frozen=True)
class Office:
    """The office a file belongs to."""

    id: bytes
    name: str
    division_code: str
    level: str
    screen_signature: bool = False
    """Whether people may sign on the screen; the paper counts all the same."""
    interim_numbers: bool = False
    """Whether members have a 临时号 of this office until the registry gives a card number."""


def account(connection: Connection, row: bytes) -> Account | None:
    """The account with this id, unless it is retired."""
    found = connection.execute(
        "SELECT id, name, role, coalesce(division_code, '') FROM account"
        " WHERE id = ? AND retired_on IS NULL",
        (row,),
    ).fetchone()
    return Account(*found) if found else None


def live(connection: Connection) -> list[Account]:
    """The accounts in use, in the order they were added."""
    rows = connection.execute(
        "SELECT id, name, role, coalesce(division_code, '') FROM account"
        " WHERE retired_on IS NULL ORDER BY n"
    )
    return [Account(*row) for row in rows]


def office(connection: Connection) -> Office | None:
    """The office of this file."""
    found = connection.execute(
        "SELECT id, name, division_code, level, coalesce(screen_signature, 0),"
        " coalesce(interim_numbers, 0) FROM office"
        " WHERE retired_on IS NULL ORDER BY n"
    ).fetchone()
    if found is None:
        return None
    row, name, code, level, signature, interim = found
    return Office(row, name, code, level, bool(signature), bool(interim))
