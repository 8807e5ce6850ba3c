"""Which photos belong to which visit; their contents are among the attachments."""

from dataclasses import dataclass

from organizer.store import facts, visits
from organizer.store.driver import Connection


@dataclass(frozen=True)
class PhotoRow:
    """A photo in use and the visit it was taken at."""

    id: bytes
    visit: bytes
    sha256: bytes
    size: int
    visited_on: str


# A photo goes out of sight with its visit; when another corrects that, the photo is shown with it.
_PHOTO = (
    "SELECT a.id, v.id, a.sha256, a.size, v.visited_on FROM attachment a"
    f" JOIN visit v ON v.id = {visits.IN_USE.format(row='a.visit')}"
    " WHERE a.kind = 'door_photo' AND a.retired_on IS NULL"
)
_OWN = (
    "v.id = :visit AND a.visit IN (WITH RECURSIVE wrong (id) AS (SELECT :visit UNION"
    " SELECT x.corrects FROM wrong w JOIN visit x ON x.id = w.id WHERE x.corrects IS NOT NULL)"
    " SELECT id FROM wrong)"
)
_ORDER = " ORDER BY v.visited_on DESC, v.n DESC, a.n"


def of_visit(connection: Connection, visit: bytes) -> list[PhotoRow]:
    """The photos of a visit."""
    rows = connection.execute(f"{_PHOTO} AND {_OWN}{_ORDER}", {"visit": visit})
    return [PhotoRow(*row) for row in rows]


def of_employer(connection: Connection, employer: bytes) -> list[PhotoRow]:
    """The photos of a unit and the duplicates redirected to it, newest visit first."""
    family = facts.with_duplicates(connection, employer)
    marks = ", ".join("?" * len(family))
    rows = connection.execute(f"{_PHOTO} AND a.employer IN ({marks}){_ORDER}", family)
    return [PhotoRow(*row) for row in rows]


def photo_by_id(connection: Connection, photo: bytes) -> PhotoRow | None:
    """The photo with this id."""
    found = connection.execute(f"{_PHOTO} AND a.id = ?", (photo,)).fetchone()
    return PhotoRow(*found) if found else None


def employer_of(connection: Connection, visit: bytes) -> bytes | None:
    """The unit a visit in use went to."""
    found = connection.execute(
        "SELECT employer FROM visit WHERE id = ? AND retired_on IS NULL", (visit,)
    ).fetchone()
    return found[0] if found else None
