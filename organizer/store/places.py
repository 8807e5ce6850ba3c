"""Places: one tree from the province down to a door, in one table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from organizer import resources
from organizer.domain import ids
from organizer.domain.place import Kind, house_number, natural_path, sort_key
from organizer.store.driver import Connection
from organizer.store.facts import survivor
from organizer.store.transaction import Write

_HIGHEST = 40
"""Steps up from a door at most; two copies that moved two places into each other make a circle."""


@dataclass(frozen=True)
class PlaceRow:
    """A place as stored; ids are 16 bytes."""

    id: bytes
    parent: bytes | None
    kind: Kind
    name: str
    division_code: str | None


_AT_ONCE = 1000
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
    # Put together here: a join over all of them takes several times as long.
    rows = connection.execute(
        "SELECT id, division_code, name, parent, retired_on IS NULL AND merged_into IS NULL"
        " FROM place WHERE kind = 'division'"
    ).fetchall()
    codes = {row: code for row, code, _name, _parent, _live in rows}
    found = [
        {"code": code, "name": name, "parent_code": codes.get(parent) or ""}
        for _row, code, name, parent, live in rows
        if live
    ]
    return sorted(found, key=lambda one: one["code"])


def family(connection: Connection, row: bytes) -> list[bytes]:
    """A place and the duplicates redirected to it."""
    found = [row]
    for one in found:
        more = connection.execute("SELECT id FROM place WHERE merged_into = ?", (one,))
        found += [other for (other,) in more if other not in found]
    return found


def children(connection: Connection, parent: bytes) -> list[PlaceRow]:
    """The live places directly under a place or its duplicates, in walking order."""
    above = family(connection, parent)
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM place WHERE parent IN ({', '.join('?' * len(above))})"
        " AND retired_on IS NULL AND merged_into IS NULL ORDER BY sort_key, n",
        above,
    )
    return [PlaceRow(*row) for row in rows]


def below(connection: Connection, row: bytes) -> list[bytes]:
    """A place and everything under it, retired ones and duplicates with theirs among them."""
    rows = connection.execute(
        "WITH RECURSIVE under (id) AS (VALUES (?) UNION"
        " SELECT p.id FROM under u JOIN place p ON p.parent = u.id UNION"
        " SELECT p.id FROM under u JOIN place p ON p.merged_into = u.id) SELECT id FROM under",
        (row,),
    )
    return [one for (one,) in rows]


def above(connection: Connection, row: bytes | None) -> list[PlaceRow]:
    """A place and those it stands in, from itself up; redirects followed."""
    found: list[PlaceRow] = []
    while row is not None and len(found) < _HIGHEST:
        place = place_by_id(connection, survivor(connection, "place", row))
        if place is None:
            break
        found.append(place)
        row = place.parent
    return found


def full_name(connection: Connection, row: bytes | None, *, above: str = "division") -> str:
    """The names from below the divisions down to this place: 兴工街 16号 3-2-1."""
    names: list[str] = []
    while row is not None and len(names) < _HIGHEST:
        place = place_by_id(connection, survivor(connection, "place", row))
        if place is None or place.kind == above:
            break
        names.append(place.name)
        row = place.parent
    return " ".join(reversed(names))


def described(kind: Kind, name: str) -> dict[str, str | None]:
    """What follows from a kind and a name: number, side, sort key."""
    number = house_number(name) if kind == "building" else None
    return {
        "number": number.text() if number else None,
        "side": number.side if number else None,
        "sort_key": sort_key(kind, name),
    }


def standing(connection: Connection, parent: bytes, kind: Kind, name: str) -> bytes | None:
    """The place that a name under a parent means, whatever became of it since; None for none.

    Its id follows from where it was made. One that was renamed or moved here since is known by its
    name; one made under a duplicate of the parent by its path there.
    """
    for stem in family(connection, parent):
        row = ids.derived_id("place", natural_path(stem, kind, name))
        if connection.execute("SELECT 1 FROM place WHERE id = ?", (row,)).fetchone():
            return row
    for stem in family(connection, parent):
        found = connection.execute(
            "SELECT id FROM place WHERE parent = ? AND sort_key = ? AND kind = ? AND name = ?"
            " AND retired_on IS NULL ORDER BY n LIMIT 1",
            (stem, sort_key(kind, name), kind, name),
        ).fetchone()
        if found is not None:
            return bytes(found[0])
    return None


def ensure(write: Write, parent: PlaceRow, kind: Kind, name: str, raw: str = "") -> PlaceRow:
    """The place of this name under `parent`, made when missing, in use again when retired.

    Its id follows from where it stands, so two machines that read one list make one place; a place
    that was merged into another leads there, one that was renamed or moved is found again.
    """
    row = standing(write.connection, parent.id, kind, name)
    if row is None:
        row = ids.derived_id("place", natural_path(parent.id, kind, name))
        values = {
            "parent": parent.id,
            "kind": kind,
            "name": name,
            **described(kind, name),
            "division_code": parent.division_code,
            "raw": raw or None,
        }
        write.insert("place", values, row)
        return PlaceRow(row, parent.id, kind, name, parent.division_code)
    row = survivor(write.connection, "place", row)
    (retired,) = write.connection.execute(
        "SELECT retired_on FROM place WHERE id = ?", (row,)
    ).fetchone()
    if retired is not None:
        write.settle("place", row, "retired_on", None)
    return place_by_id(write.connection, row) or parent


def place_paths(connection: Connection, rows: Iterable[bytes]) -> None:
    """Bring the materialised paths (local numbers, for subtree scans) of these places up to date.

    A duplicate has the path of the place it leads to, so that a scan finds what hangs on either.
    """
    waiting = list(dict.fromkeys(rows))
    while waiting:
        some, waiting = waiting[:_AT_ONCE], waiting[_AT_ONCE:]
        changed = _new_paths(connection, some)
        connection.executemany(
            "REPLACE INTO place_path (place, path) VALUES (?, ?)",
            [(row, path) for row, (path, _turn) in changed.items()],
        )
        ahead, turns = set(waiting), {row: turn for turn, row in enumerate(some)}
        for row, above in _below(connection, list(changed)):
            # One that came after what it stands in has been seen to already.
            if row not in ahead and turns.get(row, -1) < changed[above][1]:
                ahead.add(row)
                waiting.append(row)


def _new_paths(connection: Connection, rows: list[bytes]) -> dict[bytes, tuple[str, int]]:
    """Those of these places whose path changes, with the new path and their turn."""
    found = {
        row: known
        for row, *known in connection.execute(
            "SELECT p.id, p.n, p.parent, p.merged_into, up.path, kept.path, old.path FROM place p"
            " LEFT JOIN place_path up ON up.place = p.parent"
            " LEFT JOIN place_path kept ON kept.place = p.merged_into"
            f" LEFT JOIN place_path old ON old.place = p.id WHERE p.id IN ({_marks(rows)})",
            rows,
        )
    }
    changed: dict[bytes, tuple[str, int]] = {}
    for turn, row in enumerate(rows):
        if row not in found:
            continue
        n, parent, merged_into, up, kept, old = found[row]
        up = changed[parent][0] if parent in changed else up
        kept = changed[merged_into][0] if merged_into in changed else kept
        # Of two that stand in each other one is at the top.
        stem = "/" if f"/{n}/" in (up or "") else up or "/"
        path = kept or f"{stem}{n}/"
        if path != old:
            changed[row] = path, turn
    return changed


def _below(connection: Connection, rows: list[bytes]) -> list[tuple[bytes, bytes]]:
    """What stands in these places or leads to them, each with the place it does."""
    if not rows:
        return []
    marks = _marks(rows)
    return connection.execute(
        f"SELECT id, parent FROM place WHERE parent IN ({marks}) UNION"
        f" SELECT id, merged_into FROM place WHERE merged_into IN ({marks})",
        (*rows, *rows),
    ).fetchall()


def _marks(values: list[bytes]) -> str:
    return ", ".join("?" * len(values))
