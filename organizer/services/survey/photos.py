"""Photos of door signs: kept encrypted with the visit at which they were taken, shown on the unit's card."""

from dataclasses import dataclass
from pathlib import Path

from organizer.domain.access import Permission
from organizer.errors import Conflict, NotFound
from organizer.forms import photo as drawing
from organizer.services.workspace import Workspace
from organizer.store import attachments, employers, photos
from organizer.store.driver import Connection
from organizer.store.employers import EmployerRow
from organizer.store.photos import PhotoRow
from organizer.store.transaction import Write

KIND = "door_photo"
MOST = 6
"""Photos of one visit."""


@dataclass(frozen=True)
class Kept:
    """A photo that was kept: its row, and the write that can be taken back."""

    photo: bytes
    write: bytes


def keep(workspace: Workspace, visit: bytes, path: Path) -> Kept:
    """Keep a photo with a visit; what the camera noted in it is left out.

    Raises `UnreadableFile` for what is no photo, damaged or too large, `NotFound` for an unknown
    visit, `Conflict` when the visit has the photo, or as many as it may have.
    """
    workspace.require(Permission.SURVEY)
    employer = workspace.database.read(lambda c: _employer(c, visit))
    workspace.require(Permission.SURVEY, employer.division_code)
    content = drawing.small_photo(drawing.read_photo(path), path.name)
    digest = attachments.put(workspace.database, content)

    def body(write: Write) -> Kept:
        there = photos.of_visit(write.connection, visit)
        if any(one.sha256 == digest for one in there):
            raise Conflict("photo.there", file=path.name)
        if len(there) >= MOST:
            raise Conflict("photo.too_many", most=MOST)
        values = {
            "employer": employer.id,
            "visit": visit,
            "sha256": digest,
            "kind": KIND,
            "size": len(content),
        }
        return Kept(write.insert("attachment", values), write.id)

    return workspace.database.write(workspace.intent("photo.keep"), body)


def preview(workspace: Workspace, path: Path) -> bytes:
    """A photo as it would be kept, before there is a visit; raises `UnreadableFile`."""
    workspace.require(Permission.SURVEY)
    return drawing.small_photo(drawing.read_photo(path), path.name)


def of_employer(workspace: Workspace, employer: bytes) -> list[PhotoRow]:
    """The photos of a unit, newest visit first."""
    workspace.require(Permission.LOOK)

    def query(connection: Connection) -> list[PhotoRow]:
        found = employers.employer_by_id(connection, employer)
        if found is None:
            raise NotFound("record.unknown", value=employer.hex())
        workspace.require(Permission.LOOK, found.division_code)
        return photos.of_employer(connection, found.id)

    return workspace.database.read(query)


def content(workspace: Workspace, photo: bytes) -> bytes:
    """A photo as JPEG; raises `NotFound` when it is not here, or not any more."""
    kept = attachments.get(workspace.database, _found(workspace, photo, Permission.LOOK).sha256)
    if kept is None:
        raise NotFound("photo.gone")
    return kept


def remove(workspace: Workspace, photo: bytes) -> bytes:
    """Take a photo out of use; returns the write that can be taken back."""
    _found(workspace, photo, Permission.SURVEY)

    def body(write: Write) -> bytes:
        write.retire("attachment", photo, workspace.today.isoformat())
        return write.id

    return workspace.database.write(workspace.intent("photo.remove"), body)


def _found(workspace: Workspace, photo: bytes, permission: Permission) -> PhotoRow:
    """A photo this account may look at or change; raises `NotFound`, `NotAllowed`."""
    workspace.require(permission)
    found = workspace.database.read(lambda c: photos.photo_by_id(c, photo))
    if found is None:
        raise NotFound("record.unknown", value=photo.hex())
    employer = workspace.database.read(lambda c: _employer(c, found.visit))
    workspace.require(permission, employer.division_code)
    return found


def _employer(connection: Connection, visit: bytes) -> EmployerRow:
    row = photos.employer_of(connection, visit)
    found = employers.employer_by_id(connection, row) if row else None
    if found is None:
        raise NotFound("photo.no_visit")
    return found
