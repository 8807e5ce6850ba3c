"""schema.sql is read by people and by every other tool: it must say what a new file really holds."""

import re
from pathlib import Path

from organizer import crypto
from organizer.store import driver, migrations


def normal(statement: str) -> str:
    bare = re.sub(r"--[^\n]*", "", statement)
    return re.sub(r"\s+", " ", bare).replace("( ", "(").replace(" )", ")").strip()


def test_schema_sql_is_what_a_new_file_holds(tmp_path: Path) -> None:
    file = tmp_path / "office.db"
    connection = driver.connect(file, crypto.new_key())
    migrations.migrate(connection, file)
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    ).fetchall()
    virtual = [row[0] for row in rows if row[1].startswith("CREATE VIRTUAL")]
    kept_by_others = re.compile(rf".*_sqlite_migrations|({'|'.join(virtual)})_\w+")
    held = {normal(sql) for name, sql in rows if not kept_by_others.match(name)}
    connection.close()
    written = {normal(part) for part in re.split(r";\s*$", migrations.schema(), flags=re.M)}
    assert held == written - {""}
