"""Finding units, people, places and unions from a few keystrokes; ids and phones masked."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from organizer.domain import access, masking, row_code
from organizer.domain.access import Permission
from organizer.domain.row_code import Scanned
from organizer.errors import NotFound
from organizer.services.workspace import Workspace
from organizer.store import employers, facts, members, papers, places, search, sheets
from organizer.store.driver import Connection
from organizer.store.search import Hit
from organizer.store.sheets import SheetRow

_MOST_PLACES = 300
_PAPER_CODE = re.compile(r"ORG1:[A-Z]+-[0-9]+:[0-9]+:[0-9A-Z]{4,}")


@dataclass(frozen=True)
class Found:
    """One hit as shown: what it is, its name, and one line to tell it from its namesakes."""

    table: str
    id: bytes
    name: str
    detail: str


def find(workspace: Workspace, text: str, limit: int = 50, table: str = "") -> list[Found]:
    """Rows matching hanzi, pinyin initials, full pinyin, or the last digits of an id or phone.

    With `table` only its rows: employer, person, place or union_org.
    """
    workspace.require(Permission.LOOK)
    scope = workspace.account.division_code

    def query(connection: Connection) -> list[Found]:
        hits = search.find(connection, text, limit, table)
        shown = (_shown(connection, hit, scope) for hit in hits)
        return [found for found in shown if found is not None]

    return workspace.database.read(query)


def shown(workspace: Workspace, table: str, row: bytes) -> Found | None:
    """One record as a hit is shown; None for one out of use or outside the account's division."""
    workspace.require(Permission.LOOK)
    scope = workspace.account.division_code
    return workspace.database.read(lambda c: _shown(c, Hit(table, row, ""), scope))


def employer_by_name(workspace: Workspace, name: str) -> bytes | None:
    """The one live employer with this full name; None when there is none or more than one."""
    hits = [hit for hit in find(workspace, name) if (hit.table, hit.name) == ("employer", name)]
    return hits[0].id if len(hits) == 1 else None


def union_by_name(workspace: Workspace, name: str) -> bytes | None:
    """The live union with this full name; None when there is none."""
    workspace.require(Permission.LOOK)
    found = workspace.database.read(
        lambda c: [one.id for one in members.unions(c) if one.text("name") == name.strip()]
    )
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True)
class Readings:
    """How a text may be typed in Latin letters: 张国华 → zgh and zhangguohua."""

    initials: tuple[str, ...]
    full: tuple[str, ...]


def readings(workspace: Workspace, texts: Sequence[str]) -> list[Readings]:
    """The pinyin of texts that are not records, such as the names of commands."""
    workspace.require(Permission.LOOK)
    pinyin = workspace.database.pinyin
    return [Readings(pinyin.initials(text), pinyin.full(text)) for text in texts]


def by_paper(workspace: Workspace, code: str) -> Found:
    """What a paper with this code is about (`ORG1:RH-01:3:7K2M…`), as a scanner types it: the person
    of a sign-up, the union or unit of its papers, the unit of a row on a sheet, the place of a blank
    row.

    Raises `NotFound` when no paper printed here has it.
    """
    workspace.require(Permission.LOOK)
    short_id = code.rpartition(":")[2]
    scanned = row_code.read_scan(code)

    def query(connection: Connection) -> Found | None:
        if scanned is not None:
            hit = _on_sheet(connection, scanned)
            return _shown(connection, hit, scope) if hit else None
        owner = papers.owner(connection, short_id)
        return _shown(connection, Hit(*owner, ""), scope) if owner else None

    scope = workspace.account.division_code
    found = workspace.database.read(query)
    if found is None:
        raise NotFound("record.no_paper", code=short_id)
    return found


def is_paper_code(text: str) -> bool:
    """Whether a text is the code of one of our papers, however an input method spelt its colons."""
    return _PAPER_CODE.fullmatch(plain_code(text)) is not None


def plain_code(text: str) -> str:
    """The code as it was printed."""
    return unicodedata.normalize("NFKC", text).strip().upper()


def find_here(workspace: Workspace, text: str, each: int = 6) -> list[Found]:
    """Some of every kind: units, people, places of this office's division, unions."""
    workspace.require(Permission.LOOK)
    own = workspace.office.division_code
    scope = workspace.account.division_code

    def query(connection: Connection) -> list[Found]:
        found = _with_code(connection, text, scope)
        for table in ("employer", "person", "place", "union_org"):
            # Places of the whole province are on file; those of others would hide one's own.
            limit = _MOST_PLACES if table == "place" else each
            hits = search.find(connection, text, limit, table)
            if table == "place":
                hits = [hit for hit in hits if _lies_in(connection, hit.row, own)]
            shown = (_shown(connection, hit, scope) for hit in hits[:each])
            found += [one for one in shown if one is not None and one not in found]
        return found

    return workspace.database.read(query)


def _on_sheet(connection: Connection, scanned: Scanned) -> Hit | None:
    """What a printed sheet, or a row of one, leads to."""
    if scanned.of_sheet:
        sheet = sheets.sheet_by_id(connection, scanned.identity)
        return Hit("place", sheet.place, "") if sheet and sheet.place else None
    row = sheets.row_by_id(connection, scanned.identity)
    return _of_row(row) if row else None


def _of_row(row: SheetRow) -> Hit | None:
    if row.employer is not None:
        return Hit("employer", row.employer, "")
    return Hit("place", row.place, "") if row.place is not None else None


def _with_code(connection: Connection, text: str, scope: str) -> list[Found]:
    """What the rows lead to that bear the typed four characters, newest sheet first."""
    code = row_code.plain(text)
    if not row_code.is_code(code):
        return []
    hits = dict.fromkeys(map(_of_row, sheets.rows_with(connection, code)))
    shown = (_shown(connection, hit, scope) for hit in hits if hit is not None)
    return [found for found in shown if found is not None]


def _lies_in(connection: Connection, row: bytes, division_code: str) -> bool:
    place = places.place_by_id(connection, row)
    return place is not None and access.covers(division_code, place.division_code)


def _shown(connection: Connection, hit: Hit, scope: str) -> Found | None:
    if hit.table == "employer":
        employer = employers.employer_by_id(connection, hit.row)
        if employer is None or not access.covers(scope, employer.division_code):
            return None
        detail = places.full_name(connection, employer.place) or employer.fields["address"] or ""
        return Found("employer", employer.id, employer.name, detail)
    if hit.table == "person":
        return _person(connection, hit, scope)
    if hit.table == "place":
        place = places.place_by_id(connection, facts.survivor(connection, "place", hit.row))
        if place is None:
            return None
        detail = places.full_name(connection, place.parent, above="")
        return Found("place", place.id, place.name, detail)
    union = members.union_by_id(connection, hit.row)
    if union is None or not access.covers(scope, union.text("division_code") or None):
        return None
    return Found("union_org", union.id, union.text("name"), "")


def _person(connection: Connection, hit: Hit, scope: str) -> Found | None:
    person = members.person_by_id(connection, hit.row)
    if person is None:
        return None
    codes = members.divisions_of(connection, person.id) if scope else set()
    if codes and not any(access.covers(scope, code) for code in codes):
        return None
    number, phone = person.text("id_number"), person.text("phone")
    parts = [masking.mask_resident_id(number)] if number else []
    parts += [masking.mask_phone(phone)] if phone else []
    return Found("person", person.id, person.text("name"), " ".join(parts))
