"""Finding units, people, places and unions from a few keystrokes; ids and phones masked."""

from dataclasses import dataclass

from organizer.domain import access, masking
from organizer.domain.access import Permission
from organizer.services.workspace import Workspace
from organizer.store import employers, members, places, search
from organizer.store.driver import Connection
from organizer.store.search import Hit


@dataclass(frozen=True)
class Found:
    """One hit as shown: what it is, its name, and one line to tell it from its namesakes."""

    table: str
    id: bytes
    name: str
    detail: str


def find(workspace: Workspace, text: str, limit: int = 50) -> list[Found]:
    """Rows matching hanzi, pinyin initials, full pinyin, or the last digits of an id or phone."""
    workspace.require(Permission.LOOK)
    scope = workspace.account.division_code

    def query(connection: Connection) -> list[Found]:
        hits = search.find(connection, text, limit)
        shown = (_shown(connection, hit, scope) for hit in hits)
        return [found for found in shown if found is not None]

    return workspace.database.read(query)


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


def _shown(connection: Connection, hit: Hit, scope: str) -> Found | None:
    if hit.table == "employer":
        employer = employers.employer_by_id(connection, hit.row)
        if employer is None or not access.covers(scope, employer.division_code):
            return None
        detail = places.full_name(connection, employer.place) or employer.fields["address"] or ""
        return Found("employer", employer.id, employer.name, detail)
    if hit.table == "person":
        return _person(connection, hit)
    if hit.table == "place":
        place = places.place_by_id(connection, hit.row)
        if place is None:
            return None
        detail = places.full_name(connection, place.parent, above="")
        return Found("place", place.id, place.name, detail)
    name = connection.execute("SELECT name FROM union_org WHERE id = ?", (hit.row,)).fetchone()[0]
    return Found("union_org", hit.row, name or "", "")


def _person(connection: Connection, hit: Hit) -> Found | None:
    person = members.person_by_id(connection, hit.row)
    if person is None:
        return None
    number, phone = person.text("id_number"), person.text("phone")
    parts = [masking.mask_resident_id(number)] if number else []
    parts += [masking.mask_phone(phone)] if phone else []
    return Found("person", person.id, person.text("name"), " ".join(parts))
