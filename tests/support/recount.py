"""Every unit and membership counted anew, by plain SQL straight over the tables."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from organizer import resources
from organizer.store.driver import Connection

_SQL = Path(__file__).with_name("weekly_recount.sql").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Counted:
    """A unit or a membership: where it lies, and for which measures it counts at the end of a day."""

    who: bytes
    street: bytes
    grid: bytes
    due: bool
    reached: bool
    clear: bool
    closed: bool
    unfounded: bool
    founded: bool
    joined: bool
    pending: bool
    returned: bool


def recount(
    file: Connection, day: date, sunday: date | None = None, *, least: int = 0, scope: str = ""
) -> list[Counted]:
    """What counts at the end of a day, for the report of the week that ends on `sunday`."""
    sources = resources.rows("codelists", "fact_source.csv")
    asked = {
        "day": day.isoformat(),
        "sunday": (sunday or day).isoformat(),
        "least": least,
        "scope": scope,
        "ranks": json.dumps({row["code"]: int(row["rank"]) for row in sources}),
    }
    rows = file.execute(_SQL, asked).fetchall()
    return [Counted(*row[:3], *map(bool, row[3:])) for row in rows]
