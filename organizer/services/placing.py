"""Places and divisions as an office knows them: added, renamed, taken out of use.

The bundled divisions are those of 2023; farms, zones and new communities are the office's to add.
Stored codes are never rewritten: a renamed place keeps its id.
"""

from organizer.domain.access import Permission
from organizer.domain.division import local_code
from organizer.domain.place import sort_key
from organizer.errors import Conflict, InvalidInput, NotFound
from organizer.services.workspace import Workspace
from organizer.store import places
from organizer.store.places import PlaceRow
from organizer.store.transaction import Write


def add_division(workspace: Workspace, parent_code: str, name: str) -> str:
    """Add a division of the office's own under `parent_code`; returns its local code.

    Raises `NotFound` for an unknown parent, `InvalidInput` for an empty or existing name.
    """
    workspace.require(Permission.REVIEW, parent_code)
    if not name.strip():
        raise InvalidInput("place.empty_name", field="name")
    code = local_code(parent_code, name)
    row = places.division_id(code)
    parent = _division(workspace, parent_code)

    def body(write: Write) -> None:
        siblings = places.children(write.connection, parent.id)
        if any(place.name == name.strip() for place in siblings):
            raise InvalidInput("place.exists", field="name", name=name.strip())
        values = {
            "parent": parent.id,
            "kind": "division",
            "name": name.strip(),
            "sort_key": code,
            "division_code": code,
        }
        if write.exists("place", row):
            write.set("place", row, {**values, "retired_on": None})
        else:
            write.insert("place", values, row)

    workspace.database.write(workspace.intent("place.add"), body)
    workspace.forget_divisions()
    return code


def rename(workspace: Workspace, place: bytes, name: str) -> None:
    """Give a place another name; its id and whatever refers to it stay.

    Raises `InvalidInput` for a name its kind cannot have.
    """
    found = _place(workspace, place)
    workspace.require(Permission.REVIEW, found.division_code)
    if not name.strip():
        raise InvalidInput("place.empty_name", field="name")
    values = {"name": name.strip()}
    if found.kind != "division":
        values["sort_key"] = sort_key(found.kind, name.strip())
    workspace.database.write(
        workspace.intent("place.rename"), lambda write: write.set("place", place, values)
    )
    workspace.forget_divisions()


def retire(workspace: Workspace, place: bytes) -> None:
    """Take a place out of use; raises `Conflict` while live places stand in it."""
    found = _place(workspace, place)
    workspace.require(Permission.REVIEW, found.division_code)

    def body(write: Write) -> None:
        if places.children(write.connection, place):
            raise Conflict("place.not_empty", name=found.name)
        write.retire("place", place, workspace.today.isoformat())

    workspace.database.write(workspace.intent("place.retire"), body)
    workspace.forget_divisions()


def _division(workspace: Workspace, code: str) -> PlaceRow:
    found = workspace.database.read(lambda c: places.division_by_code(c, code))
    if found is None:
        raise NotFound("place.unknown_division", code=code)
    return found


def _place(workspace: Workspace, row: bytes) -> PlaceRow:
    found = workspace.database.read(lambda c: places.place_by_id(c, row))
    if found is None:
        raise NotFound("record.unknown", value=row.hex())
    return found
