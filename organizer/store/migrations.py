"""Schema steps, each applied once and recorded in the file. A newer file is refused, never guessed."""

from pathlib import Path
from typing import Any

from organizer.errors import DatabaseDamaged
from organizer.store import driver
from organizer.store.driver import Connection

ATTACHMENTS = "CREATE TABLE IF NOT EXISTS content (sha256 BLOB PRIMARY KEY, bytes BLOB NOT NULL)"
"""The one table of the attachments file."""


def schema() -> str:
    """The tables of a new file, each marked shared, log, local or derived."""
    return (Path(__file__).parent / "schema.sql").read_text(encoding="utf-8")


def migrate(connection: Connection, file: Path) -> None:
    """Bring a file to this version's schema; raises `DatabaseDamaged` for a newer one."""
    # Late: sqlite-utils is slow to import and must find the driver registered by `driver`.
    from sqlite_utils import Database, Migrations

    migrations = Migrations("organizer")

    @migrations()
    def first_schema(database: Any) -> None:
        for statement in split(schema()):
            database.execute(statement)

    with driver.translated(file):
        database = Database(connection, execute_plugins=False)
        known = {"first_schema"}
        if {step.name for step in migrations.applied(database)} - known:
            raise DatabaseDamaged("store.newer_schema", file=file)
        if migrations.pending(database):
            migrations.apply(database)


def split(script: str) -> list[str]:
    """The statements of a script without its comments."""
    bare = "\n".join(line.split("--", 1)[0] for line in script.splitlines())
    return [statement.strip() for statement in bare.split(";\n") if statement.strip()]
