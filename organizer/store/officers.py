"""Who holds which post in a union, and who did."""

from collections.abc import Mapping
from dataclasses import dataclass

from organizer.store.driver import Connection
from organizer.store.unions import family, marks

_COLUMNS = (
    "SELECT o.id, o.union_org, o.person, coalesce(p.name, o.name, ''), coalesce(o.post, ''),"
    " coalesce(o.engaged, ''), coalesce(o.since_on, ''), coalesce(o.until_on, '')"
    " FROM officer o LEFT JOIN person p ON p.id = o.person WHERE o.retired_on IS NULL"
)


@dataclass(frozen=True)
class OfficerRow:
    """A post somebody holds; days as ISO text, `until_on` "" while they do.

    The name is that of the person who is linked, else as it was written; "" once erased.
    """

    id: bytes
    union_org: bytes
    person: bytes | None
    name: str
    post: str
    engaged: str
    since_on: str
    until_on: str

    @property
    def serving(self) -> bool:
        """Whether the post is held today."""
        return not self.until_on

    @property
    def texts(self) -> Mapping[str, str]:
        """What can be typed about it."""
        return {
            "name": self.name,
            "post": self.post,
            "engaged": self.engaged,
            "since_on": self.since_on,
            "until_on": self.until_on,
        }


def of_union(connection: Connection, union: bytes) -> list[OfficerRow]:
    """The officers of a union and its duplicates: who serves first, by post, then who did, newest
    first."""
    rows = family(connection, union)
    found = connection.execute(
        f"{_COLUMNS} AND o.union_org IN ({marks(rows)}) ORDER BY o.until_on IS NOT NULL,"
        " o.until_on DESC, CAST(o.post AS INTEGER), o.n",
        rows,
    )
    return [OfficerRow(*row) for row in found]


def officer_by_id(connection: Connection, row: bytes) -> OfficerRow | None:
    """A post that was not taken back."""
    found = connection.execute(f"{_COLUMNS} AND o.id = ?", (row,)).fetchone()
    return OfficerRow(*found) if found else None


def leaders(connection: Connection, post: str) -> dict[bytes, str]:
    """Who leads each union today by name: those who hold this post, the last one where two do."""
    rows = connection.execute(
        "SELECT o.union_org, coalesce(p.name, o.name, '') FROM officer o"
        " LEFT JOIN person p ON p.id = o.person"
        " WHERE o.post = ? AND o.until_on IS NULL AND o.retired_on IS NULL ORDER BY o.n",
        (post,),
    )
    return dict(rows.fetchall())
