"""Places: one tree from the province down to a door, in one table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from organizer import resources
from organizer.domain import ids
from organizer.domain.place import Kind, house_number, natural_path, sort_key
from organizer.store.driver import Connection
from organizer.store.facts import survivor
from organizer.store.transaction import Write


@dataclass(frozen=True)
class PlaceRow:
    """A place as stored; ids are 16 bytes."""

    id: bytes
    parent: bytes | None
    kind: Kind
    name: str
    division_code: str | None


_COLUMNS = "id, parent, kind, name, division_code"


def division_id(code: str) -> bytes:
    """The id of a division; the same on every machine."""
    return ids.derived_id("division", code)


def bundled_divisions() -> Iterator[tuple[str, str, str]]:
    """Code, name and parent code of every bundled division, parents first."""
    rows = resources.rows("divisions", "liaoning_2023.csv")
    return ((row["code"], row["name"], row["parent_code"]) for row in rows)


def bundled_value(row: bytes, name: str) -> str | bytes | None:
    """What a field of a bundled division says before anybody edited it; None for other places."""
    for code, called, parent in bundled_divisions():
        if division_id(code) == row:
            link = division_id(parent) if parent else None
            said = {"parent": link, "kind": "division", "name": called, "sort_key": code}
            return {**said, "division_code": code}.get(name)
    return None


def seed_divisions(connection: Connection, rows: Iterable[tuple[str, str, str]]) -> None:
    """Lay down the bundled divisions (code, name, parent code) of a new file.

    They follow from a resource every machine has, so they are not logged; later edits are.
    """
    connection.executemany(
        "INSERT INTO place (id, parent, kind, name, sort_key, division_code)"
        " VALUES (?, ?, 'division', ?, ?, ?)",
        (
            (division_id(code), division_id(parent) if parent else None, name, code, code)
            for code, name, parent in rows
        ),
    )


def place_by_id(connection: Connection, row: bytes) -> PlaceRow | None:
    """The place with this id."""
    found = connection.execute(f"SELECT {_COLUMNS} FROM place WHERE id = ?", (row,)).fetchone()
    return PlaceRow(*found) if found else None


def division_by_code(connection: Connection, code: str) -> PlaceRow | None:
    """The live division with this code; one merged into another leads there."""
    row = survivor(connection, "place", division_id(code))
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM place WHERE id = ? AND kind = 'division' AND retired_on IS NULL",
        (row,),
    ).fetchone()
    return PlaceRow(*found) if found else None


def divisions(connection: Connection) -> list[dict[str, str]]:
    """The live divisions with code, name and parent code, the office's own among them."""
    rows = connection.execute(
        "SELECT d.division_code, d.name, coalesce(up.division_code, '') FROM place d"
        " LEFT JOIN place up ON up.id = d.parent WHERE d.kind = 'division'"
        " AND d.retired_on IS NULL AND d.merged_into IS NULL ORDER BY d.division_code"
    )
    return [dict(zip(("code", "name", "parent_code"), row, strict=True)) for row in rows]


def children(connection: Connection, parent: bytes) -> list[PlaceRow]:
    """The live places directly under a place, in walking order."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM place WHERE parent = ? AND retired_on IS NULL"
        " AND merged_into IS NULL ORDER BY sort_key, n",
        (parent,),
    )
    return [PlaceRow(*row) for row in rows]


def full_name(connection: Connection, row: bytes | None, *, above: str = "division") -> str:
    """The names from below the divisions down to this place: 兴工街 16号 3-2-1."""
    names: list[str] = []
    while row is not None and (place := place_by_id(connection, row)) and place.kind != above:
        names.append(place.name)
        row = place.parent
    return " ".join(reversed(names))


def ensure(write: Write, parent: PlaceRow, kind: Kind, name: str, raw: str = "") -> PlaceRow:
    """The place of this name under `parent`, made when missing, in use again when retired.

    Its id follows from where it stands, so two machines that read one list make one place; a place
    that was merged into another leads there.
    """
    row = ids.derived_id("place", natural_path(parent.id, kind, name))
    found = write.connection.execute(
        "SELECT merged_into, retired_on FROM place WHERE id = ?", (row,)
    ).fetchone()
    if found is None:
        number = house_number(name) if kind == "building" else None
        values = {
            "parent": parent.id,
            "kind": kind,
            "name": name,
            "number": number.text() if number else None,
            "side": number.side if number else None,
            "sort_key": sort_key(kind, name),
            "division_code": parent.division_code,
            "raw": raw or None,
        }
        write.insert("place", values, row)
    elif found[0] is not None:
        return place_by_id(write.connection, survivor(write.connection, "place", row)) or parent
    elif found[1] is not None:
        write.settle("place", row, "retired_on", None)
    return PlaceRow(row, parent.id, kind, name, parent.division_code)


def place_paths(connection: Connection, rows: Iterable[bytes]) -> None:
    """Bring the materialised paths (local numbers, for subtree scans) of these places up to date."""
    waiting = list(rows)
    ahead = set(waiting)
    for row in waiting:
        ahead.discard(row)
        found = connection.execute(
            "SELECT p.n, up.path, old.path FROM place p"
            " LEFT JOIN place_path up ON up.place = p.parent"
            " LEFT JOIN place_path old ON old.place = p.id WHERE p.id = ?",
            (row,),
        ).fetchone()
        if found is None:
            continue
        n, above, old = found
        path = f"{above or '/'}{n}/"
        if path != old:
            connection.execute("REPLACE INTO place_path (place, path) VALUES (?, ?)", (row, path))
            below = connection.execute("SELECT id FROM place WHERE parent = ?", (row,))
            waiting.extend(child for (child,) in below.fetchall() if child not in ahead)
