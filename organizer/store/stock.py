"""What is here already of what a list of the registry brings: unions, units, people without a number."""

from organizer.store import members
from organizer.store.driver import Connection
from organizer.store.members import Record
from organizer.store.scope import LIVE

_CODES = ("uscc", "national_code", "provincial_code", "local_code")


def unions_with_code(connection: Connection, code: str) -> list[Record]:
    """The live unions that bear a code, whichever of their codes it is."""
    columns = " OR ".join(f"{name} = :code" for name in _CODES)
    rows = connection.execute(
        f"SELECT id FROM union_org WHERE ({columns}) AND retired_on IS NULL"
        " AND merged_into IS NULL ORDER BY n",
        {"code": code},
    ).fetchall()
    return _unions(connection, rows)


def unions_named(connection: Connection, name: str) -> list[Record]:
    """The live unions with this full name."""
    rows = connection.execute(
        "SELECT id FROM union_org WHERE name = ? AND retired_on IS NULL"
        " AND merged_into IS NULL ORDER BY n",
        (name,),
    ).fetchall()
    return _unions(connection, rows)


def _unions(connection: Connection, rows: list[tuple[bytes]]) -> list[Record]:
    found = (members.union_by_id(connection, row) for (row,) in rows)
    return [union for union in found if union is not None]


def employer_named(connection: Connection, name: str) -> bytes | None:
    """The one live employer with this full name; None when there is none or more than one."""
    rows = connection.execute(
        f"SELECT e.id FROM employer e WHERE e.name = ? AND {LIVE} LIMIT 2", (name,)
    ).fetchall()
    return bytes(rows[0][0]) if len(rows) == 1 else None


def numberless(
    connection: Connection, union: bytes, name: str, phone: str, born_on: str
) -> bytes | None:
    """Somebody without an id number in this union, of the same name and phone or birth date."""
    found = connection.execute(
        "SELECT p.id FROM person p JOIN membership m ON m.person = p.id"
        " WHERE p.name = ? AND m.union_org = ? AND p.id_number IS NULL"
        " AND (p.phone = ? OR p.born_on = ? OR (p.phone IS NULL AND p.born_on IS NULL))"
        " AND p.erased_on IS NULL AND p.retired_on IS NULL AND p.merged_into IS NULL"
        " AND m.retired_on IS NULL LIMIT 1",
        (name, union, phone, born_on),
    ).fetchone()
    return bytes(found[0]) if found else None
