"""Printed sheets (走访单、登记表、留言条、台账、采集表), their rows, and the codes drawn for both.

Paper outlives everything: a row found by its code is given with the unit and the place its redirects
lead to, and rows of a print that was taken back are found as well, for the paper is still out there.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from organizer.domain import row_code
from organizer.store.driver import Connection
from organizer.store.facts import survivor
from organizer.store.transaction import Write


@dataclass(frozen=True)
class SheetRow:
    """A row on paper. `employer` is None while nobody has entered a unit for a blank row."""

    id: bytes
    sheet: bytes
    round: bytes
    employer: bytes | None
    place: bytes | None
    position: int
    code: str
    kind: str
    sheet_code: str
    printed_on: str


@dataclass(frozen=True)
class Sheet:
    """A sheet as printed."""

    id: bytes
    round: bytes
    place: bytes | None
    kind: str
    code: str
    printed_on: str


@dataclass(frozen=True)
class Line:
    """A row to be printed: a unit at a door, or a blank one (`employer` None) at a place."""

    employer: bytes | None
    place: bytes | None


@dataclass(frozen=True)
class Made:
    """A sheet on record with its code, and id and code of each row."""

    sheet: bytes
    code: str
    rows: tuple[tuple[bytes, str], ...]


_ROW = (
    "SELECT r.id, r.sheet, r.round, r.employer, r.place, r.position, r.code, s.kind, s.code,"
    " s.printed_on FROM sheet_row r JOIN sheet s ON s.id = r.sheet"
)
_SHEET = "SELECT id, round, place, kind, code, printed_on FROM sheet"


class CodeDrawer:
    """Hands out codes within one write: a unit keeps its code of the round, others get new ones.

    Each machine walks through all codes from a point of its own, so that two that have not
    exchanged anything yet rarely give one code to two rows. When all codes are used up, those
    printed longest ago come again.
    """

    def __init__(self, write: Write, current: bytes) -> None:
        self._units: dict[bytes, str] = dict(
            write.connection.execute(
                "SELECT employer, code FROM sheet_row WHERE round = ? AND employer IS NOT NULL"
                " ORDER BY n",
                (current,),
            ).fetchall()
        )
        digest = hashlib.sha256(write.device + current).digest()
        start = int.from_bytes(digest[:8], "big")
        self._new = _fresh(write.connection, start, frozenset(self._units.values()))

    def of_unit(self, employer: bytes) -> str:
        """The code of a unit in this round."""
        if employer not in self._units:
            self._units[employer] = next(self._new)
        return self._units[employer]

    def new(self) -> str:
        """A code nobody has."""
        return next(self._new)


def add_sheet(
    write: Write,
    drawer: CodeDrawer,
    sheet: Mapping[str, object],
    lines: Sequence[Line],
) -> Made:
    """Put a sheet and its rows on record. `sheet` holds round, place, kind and printed_on."""
    code = drawer.new()
    row = write.insert("sheet", {**sheet, "code": code})
    made = []
    for position, line in enumerate(lines, 1):
        drawn = drawer.of_unit(line.employer) if line.employer else drawer.new()
        values = {
            "sheet": row,
            "round": sheet["round"],
            "employer": line.employer,
            "place": line.place,
            "position": position,
            "code": drawn,
        }
        made.append((write.insert("sheet_row", values), drawn))
    return Made(row, code, tuple(made))


def rows_with(connection: Connection, code: str) -> list[SheetRow]:
    """The rows that bear a code, newest sheet first."""
    rows = connection.execute(
        f"{_ROW} WHERE r.code = ? ORDER BY s.printed_on DESC, s.n DESC", (code,)
    ).fetchall()
    return [_led(connection, row) for row in rows]


def row_by_id(connection: Connection, row: bytes) -> SheetRow | None:
    """The row with this id."""
    found = connection.execute(f"{_ROW} WHERE r.id = ?", (row,)).fetchone()
    return _led(connection, found) if found else None


def rows_of(connection: Connection, sheet: bytes) -> list[SheetRow]:
    """The rows of a sheet from the top."""
    rows = connection.execute(f"{_ROW} WHERE r.sheet = ? ORDER BY r.position", (sheet,)).fetchall()
    return [_led(connection, row) for row in rows]


def sheets_with(connection: Connection, code: str) -> list[Sheet]:
    """The sheets that bear a code, newest first."""
    rows = connection.execute(f"{_SHEET} WHERE code = ? ORDER BY printed_on DESC, n DESC", (code,))
    return [Sheet(*row) for row in rows]


def sheet_by_id(connection: Connection, sheet: bytes) -> Sheet | None:
    """The sheet with this id."""
    found = connection.execute(f"{_SHEET} WHERE id = ?", (sheet,)).fetchone()
    return Sheet(*found) if found else None


def _led(connection: Connection, row: Sequence[object]) -> SheetRow:
    """The row with unit and place as redirects lead today."""
    found = SheetRow(*row)  # type: ignore[arg-type]  # columns as selected
    employer, place = found.employer, found.place
    if employer is not None:
        employer = survivor(connection, "employer", employer)
    if place is not None:
        place = survivor(connection, "place", place)
    values = {**found.__dict__, "employer": employer, "place": place}
    return SheetRow(**values)


def _fresh(connection: Connection, start: int, kept: frozenset[str]) -> Iterator[str]:
    used: dict[str, int] = {}
    for code, n in connection.execute(
        "SELECT code, n FROM sheet_row UNION ALL SELECT code, 0 FROM sheet"
    ):
        used[code] = max(n, used.get(code, 0))
    yield from (code for code in row_code.from_start(start) if code not in used)
    while True:
        yield from sorted(used.keys() - kept, key=used.__getitem__)
