"""Employers (用人单位) and the doors they sit behind."""

from collections.abc import Mapping
from dataclasses import dataclass

from organizer.domain import ids
from organizer.store import facts, places
from organizer.store.driver import Connection
from organizer.store.scope import DIVISION
from organizer.store.transaction import Write

_COLUMNS = (
    "name", "signboard", "uscc", "registration_no", "unit_type", "nature", "econ_type", "industry",
    "legal_person", "contact", "phone", "registered_address", "address", "founded_on", "grid",
    "remark",
)  # fmt: skip


@dataclass(frozen=True)
class EmployerRow:
    """An employer as stored, with the place it sits at now."""

    id: bytes
    fields: Mapping[str, str | None]
    place: bytes | None
    division_code: str | None

    @property
    def name(self) -> str:
        """Its full name; empty when unknown."""
        return self.fields["name"] or ""


def employer_id(uscc: str | None, place: bytes | None, name: str) -> bytes:
    """The id of an employer taken from a list: by its USCC, else by its name at its place."""
    if uscc:
        return ids.derived_id("employer", "uscc", uscc)
    return ids.derived_id("employer", "place", place.hex() if place else "", name)


def employer_by_id(connection: Connection, row: bytes) -> EmployerRow | None:
    """The employer with this id, redirects followed, unless retired."""
    row = facts.survivor(connection, "employer", row)
    found = connection.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM employer WHERE id = ? AND retired_on IS NULL", (row,)
    ).fetchone()
    if found is None:
        return None
    seat = connection.execute(
        "SELECT place FROM occupancy WHERE employer = ? AND retired_on IS NULL"
        " AND until_on IS NULL ORDER BY since_on DESC, n DESC LIMIT 1",
        (row,),
    ).fetchone()
    place = facts.survivor(connection, "place", seat[0]) if seat and seat[0] else None
    code = connection.execute(f"SELECT {DIVISION} FROM place p WHERE p.id = ?", (place,)).fetchone()
    fields = dict(zip(_COLUMNS, found, strict=True))
    return EmployerRow(row, fields, place, code[0] if code else None)


def listed_id(connection: Connection, uscc: str | None, place: bytes | None, name: str) -> bytes:
    """The id under which a listed employer is known here, or will be.

    One without a code is known by its door; its door may have become another's duplicate since.
    """
    row = employer_id(uscc, place, name)
    if uscc or place is None:
        return row
    for door in places.family(connection, place)[1:]:
        other = employer_id(None, door, name)
        if connection.execute("SELECT 1 FROM employer WHERE id = ?", (other,)).fetchone():
            return other
    return row


def occupy(write: Write, employer: bytes, place: bytes, since_on: str) -> None:
    """Say that an employer sits at a place, unless that is known already."""
    row = ids.derived_id("occupancy", employer.hex(), place.hex())
    values = {"employer": employer, "place": place, "since_on": since_on}
    if not write.add("occupancy", row, values):
        write.set("occupancy", row, {"retired_on": None})


def since(connection: Connection, employer: bytes, place: bytes) -> str:
    """Since when an employer sits at a place, as ISO text; "" where that is not known."""
    doors = places.family(connection, place)
    found = connection.execute(
        "SELECT since_on FROM occupancy WHERE employer = ? AND retired_on IS NULL"
        f" AND until_on IS NULL AND place IN ({', '.join('?' * len(doors))}) ORDER BY n DESC LIMIT 1",
        (employer, *doors),
    ).fetchone()
    return str(found[0] or "") if found else ""


def observe(
    write: Write,
    employer: bytes,
    values: Mapping[str, str],
    *,
    source: str,
    on: str,
    visit: bytes | None = None,
    row_number: int | None = None,
) -> int:
    """Add one fact for each value; returns how many are new or come back after an undo.

    What a list says twice is one fact, and so is what a file says of a visit. What a person writes
    down is that visit's alone, and ids that follow in time keep a save small.
    """
    new = 0
    for field, value in values.items():
        row = (
            write.new_id()
            if visit and not ids.is_derived(visit)
            else ids.derived_id(
                "fact", employer.hex(), field, value, source, on, visit.hex() if visit else ""
            )
        )
        fact = {
            "employer": employer, "visit": visit, "field": field, "value": value,
            "source": source, "observed_on": on, "source_row": row_number,
        }  # fmt: skip
        new += write.add("fact", row, fact) or write.set("fact", row, {"retired_on": None})
    return new


def at_place(connection: Connection, place: bytes) -> list[EmployerRow]:
    """The live employers behind a door or in a building."""
    doors = places.family(connection, place)
    rows = connection.execute(
        "SELECT DISTINCT o.employer FROM occupancy o JOIN employer e ON e.id = o.employer"
        f" WHERE o.place IN ({', '.join('?' * len(doors))}) AND o.retired_on IS NULL"
        " AND e.retired_on IS NULL ORDER BY e.n",
        doors,
    ).fetchall()
    found = (employer_by_id(connection, row) for (row,) in rows)
    return [employer for employer in found if employer is not None]


@dataclass(frozen=True)
class Standing:
    """An employer as an import meets it, retired or merged ones included."""

    id: bytes
    fields: Mapping[str, str | None]
    place: bytes | None
    retired: bool


def standing(write: Write, row: bytes) -> Standing | None:
    """The employer a list's row would make, if it is here; redirects followed."""
    if not write.exists("employer", row):
        return None
    row = facts.survivor(write.connection, "employer", row)
    *found, retired_on = write.connection.execute(
        f"SELECT {', '.join(_COLUMNS)}, retired_on FROM employer WHERE id = ?", (row,)
    ).fetchone()
    seat = write.connection.execute(
        "SELECT place FROM occupancy WHERE employer = ? AND retired_on IS NULL LIMIT 1", (row,)
    ).fetchone()
    fields = dict(zip(_COLUMNS, found, strict=True))
    place = facts.survivor(write.connection, "place", seat[0]) if seat and seat[0] else None
    return Standing(row, fields, place, retired_on is not None)
