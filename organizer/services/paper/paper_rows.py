"""From the code of a row or a sheet, typed or scanned, to what is to be entered there.

A typed code may stand on several sheets: rows of the round in force come first, then the newest
print; when they lead to different units the person is asked. A scan is exact.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from organizer.domain import access, row_code
from organizer.domain.access import Permission
from organizer.domain.sheet_kind import SheetKind
from organizer.errors import NotFound
from organizer.services.paper import sheet_words
from organizer.services.workspace import Workspace
from organizer.store import places, rounds, sheets
from organizer.store.driver import Connection
from organizer.store.sheets import SheetRow


@dataclass(frozen=True)
class PaperRow:
    """A row on paper as it is shown for entering. `employer` is None for a blank row.

    `older` names the round it was printed for when that is not the one in force.
    """

    id: bytes
    sheet: bytes
    sheet_code: str
    kind: str
    code: str
    position: int
    employer: bytes | None
    place: bytes | None
    name: str
    where: str
    last: str
    printed_on: str
    older: str = ""


def look_up(
    workspace: Workspace, text: str, kinds: Sequence[str] = (SheetKind.WALK,)
) -> list[PaperRow]:
    """The rows a typed or scanned code means, the likeliest first; of a sheet's code all its rows.

    A unit has one code on all papers of a round: of its rows those on `kinds` come first, then the
    newest print. There is one row for each unit. Raises `InvalidInput` for what is no code, `NotFound`
    for one that no sheet printed here bears.
    """
    workspace.require(Permission.LOOK)
    scanned = row_code.read_scan(text)
    code = "" if scanned else row_code.parse_row_code(text)

    def query(connection: Connection) -> list[PaperRow]:
        if scanned is not None and scanned.of_sheet:
            return _shown(workspace, connection, sheets.rows_of(connection, scanned.identity))
        if scanned is not None:
            row = sheets.row_by_id(connection, scanned.identity)
            return _shown(workspace, connection, [row] if row else [])
        rows = _shown(workspace, connection, sheets.rows_with(connection, code))
        if rows:
            # Of equals the newest print stays first.
            return _each(sorted(rows, key=lambda row: (bool(row.older), row.kind not in kinds)))
        for sheet in sheets.sheets_with(connection, code):
            return _shown(workspace, connection, sheets.rows_of(connection, sheet.id))
        return []

    found = workspace.database.read(query)
    if not found:
        raise NotFound("sheet.unknown_code", code=code or text)
    return found


def following(workspace: Workspace, row: PaperRow) -> PaperRow | None:
    """The row below on the same sheet; None at its end."""
    workspace.require(Permission.LOOK)

    def query(connection: Connection) -> list[PaperRow]:
        rows = sheets.rows_of(connection, row.sheet)
        return _shown(workspace, connection, [r for r in rows if r.position == row.position + 1])

    return next(iter(workspace.database.read(query)), None)


def _each(rows: Sequence[PaperRow]) -> list[PaperRow]:
    """The first row of each unit, and every blank one."""
    found: dict[bytes, PaperRow] = {}
    for row in rows:
        found.setdefault(row.employer or row.id, row)
    return list(found.values())


def _shown(
    workspace: Workspace, connection: Connection, rows: Sequence[SheetRow]
) -> list[PaperRow]:
    """Rows in words; those of divisions the account does not see are left out."""
    scope = workspace.account.division_code
    live = rounds.live(connection)
    names = {one.id: one.name for one in live}
    units = [row.employer for row in rows if row.employer is not None]
    told = sheet_words.told_of(connection, units)
    found = []
    for row in rows:
        unit = told.get(row.employer) if row.employer else None
        if row.employer is not None and unit is None:
            continue
        at = (unit.employer.place if unit else None) or row.place
        place = places.place_by_id(connection, at) if at else None
        code = place.division_code if place else None
        if not access.covers(scope, code):
            continue
        current = rounds.holding(live, code)
        older = "" if current and current.id == row.round else names.get(row.round, "")
        where = places.full_name(connection, at) or (place.name if place else "")
        name = unit.employer.name if unit else ""
        last = sheet_words.last_words(workspace, unit) if unit else ""
        found.append(
            PaperRow(
                row.id, row.sheet, row.sheet_code, row.kind, row.code, row.position,
                unit.employer.id if unit else None, at, name, where, last, row.printed_on, older,
            )
        )  # fmt: skip
    return found
