"""A collection workbook as it is handed out, filled in or spoilt, and what became of it."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl

from organizer.domain.collection import COLUMNS
from organizer.services.paper.collecting import Taken
from organizer.services.workspace import Workspace
from organizer.store import facts, visits

HEADER, FIRST = 3, 4


NAMES = ("九号试样外间", "九号试样里间", "二号试样饭店", "十号试样饭店")
"""The units in walking order, from the first row on."""


AT = {column.title: place for place, column in enumerate(COLUMNS, 1)}


def day(office: Workspace, ago: int = 0) -> str:
    return (office.today - timedelta(ago)).isoformat()


def fill(book: Path, rows: Mapping[int, Mapping[str, Any]], name: str = "填好.xlsx") -> Path:
    """The workbook with values typed into rows (from `FIRST` on), by the title of the column."""
    return spoil(book, lambda sheet: type_into(sheet, rows), name)


def type_into(sheet: Any, rows: Mapping[int, Mapping[str, Any]]) -> None:
    for row, values in rows.items():
        for title, value in values.items():
            sheet.cell(row, AT[title]).value = value


def spoil(book: Path, act: Callable[[Any], object], name: str = "改过.xlsx") -> Path:
    opened = openpyxl.load_workbook(book)
    act(opened["采集表"])
    target = book.with_name(name)
    opened.save(target)
    return target


def known(office: Workspace, employer: bytes) -> dict[str, str]:
    found = office.database.read(lambda c: facts.current(c, employer, departments=True))
    return {name: fact.value for name, fact in found.items()}


def visited(office: Workspace, employer: bytes) -> list[tuple[str, str]]:
    rows = office.database.read(lambda c: visits.of_employer(c, employer))
    return [(row.outcome, row.visited_on) for row in rows]


def told(taken: Taken) -> list[str]:
    return [problem.sentence() for problem in taken.problems]
