"""What this file remembers of its backups, so that the truth can be told with the stick in a drawer."""

import msgspec

from organizer.store.driver import Connection

_KEY = "backup"


class Note(msgspec.Struct, frozen=True):
    """The last backup and, when one failed after it, when and why; instants UTC, ISO 8601."""

    made_at: str = ""
    writes: int = 0
    """How many writes stand in it."""
    keyring: str = ""
    """Digest of the keyring that went with it."""
    place: str = ""
    failed_at: str = ""
    failure: str = ""
    """The sentence for the person."""


def note(connection: Connection, new: Note) -> None:
    """Remember this instead of what was remembered before."""
    connection.execute(
        "REPLACE INTO this_file (key, value) VALUES (?, ?)", (_KEY, msgspec.json.encode(new))
    )


def noted(connection: Connection) -> Note:
    """What is remembered; an empty note when there was never a backup."""
    row = connection.execute("SELECT value FROM this_file WHERE key = ?", (_KEY,)).fetchone()
    return msgspec.json.decode(row[0], type=Note) if row else Note()


def written(connection: Connection) -> tuple[int, str]:
    """How many writes the file has, and when the first was made."""
    count, first = connection.execute("SELECT count(*), min(at) FROM writes").fetchone()
    return int(count), str(first)


def stands_in(connection: Connection, row: bytes, last: Note) -> bool:
    """Whether everything the log says of a record stands in the last backup."""
    (newest,) = connection.execute(
        "SELECT max(write_n) FROM change WHERE row = ?", (row,)
    ).fetchone()
    # Writes are numbered from 1 and never deleted.
    return newest is not None and newest <= last.writes
