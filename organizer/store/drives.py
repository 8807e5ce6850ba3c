"""Drives (攻坚清单): saved filters with a target, a day and a person, as stored."""

from dataclasses import dataclass

from organizer.store.driver import Connection

_COLUMNS = (
    "id, coalesce(name, ''), coalesce(division_code, ''), coalesce(filter, ''),"
    " coalesce(target, ''), coalesce(due_on, ''), coalesce(responsible, '')"
)


@dataclass(frozen=True)
class DriveRow:
    """A drive as stored. `target` is a number of units, "" for all; `division_code` "" the office."""

    id: bytes
    name: str
    division_code: str
    filter: str
    target: str
    due_on: str
    responsible: str


def drives(connection: Connection, scope: str) -> list[DriveRow]:
    """The drives in use that concern a division: its own, those above it and below; next due first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM drive WHERE retired_on IS NULL"
        " AND (substr(coalesce(division_code, ''), 1, length(:scope)) = :scope"
        " OR substr(:scope, 1, length(coalesce(division_code, ''))) = coalesce(division_code, ''))"
        " ORDER BY due_on, n",
        {"scope": scope},
    )
    return [DriveRow(*row) for row in rows]


def drive_by_id(connection: Connection, row: bytes) -> DriveRow | None:
    """The drive with this id, unless retired."""
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM drive WHERE id = ? AND retired_on IS NULL", (row,)
    ).fetchone()
    return DriveRow(*found) if found else None
