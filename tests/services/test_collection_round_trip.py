"""A collection workbook through another program: typed into, saved by it, and read back.

LibreOffice does it where the machine has it; openpyxl, another writer of the same format, always.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from organizer.services import finding
from organizer.services.paper import collecting
from organizer.services.workspace import Workspace
from organizer.store import facts
from tests.support import libreoffice
from tests.support.streets import STREET, lay_out

TABLE = "采集表"
Entry = tuple[str, str, str]

Typist = Callable[[Path, Path, Sequence[Entry]], None]


def typed_by_openpyxl(source: Path, target: Path, entries: Sequence[Entry]) -> None:
    book = openpyxl.load_workbook(source)
    for sheet, cell, text in entries:
        if not book[sheet][cell].protection.locked:
            book[sheet][cell] = text
    book.save(target)


def typed_by_libreoffice(source: Path, target: Path, entries: Sequence[Entry]) -> None:
    shown = libreoffice.typed(
        source, target, entries, [(TABLE, "Z4"), (TABLE, "Z5"), (TABLE, "Z6"), (TABLE, "A7")]
    )
    # The checks have worked while typing, and a locked cell took nothing.
    assert shown[:3] == ["", "女职工比职工总数多，请核对", "请选走访结果"]
    assert shown[3] != "2222"


WITH_LIBREOFFICE = pytest.mark.skipif(
    not libreoffice.is_here(), reason="LibreOffice and its Python (python3-uno) are not installed"
)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(typed_by_openpyxl, id="openpyxl"),
        pytest.param(typed_by_libreoffice, id="libreoffice", marks=WITH_LIBREOFFICE),
    ],
)
def test_what_is_typed_elsewhere_comes_back_right(
    office: Workspace, tmp_path: Path, typed: Typist
) -> None:
    street = lay_out(office)
    source, target = tmp_path / "采集表.xlsx", tmp_path / "填好.xlsx"
    collecting.make(office, street[STREET], source)
    day = office.today.isoformat()
    entries = [
        (TABLE, "F4", "1已访"), (TABLE, "G4", day), (TABLE, "H4", "23"), (TABLE, "I4", "11"),
        (TABLE, "L4", "4未建会(有意愿)"), (TABLE, "R4", "不愿意"),
        (TABLE, "F5", "1已访"), (TABLE, "G5", day), (TABLE, "H5", "5"), (TABLE, "I5", "9"),
        (TABLE, "H6", "12"),
        (TABLE, "A7", "2222"), (TABLE, "F7", "2无人"), (TABLE, "G7", day),
        (TABLE, "B8", "77号"), (TABLE, "C8", "试样新店"), (TABLE, "D8", "91210100MA0000000T"),
        (TABLE, "F8", "7新增"), (TABLE, "G8", day),
    ]  # fmt: skip
    typed(source, target, entries)
    taken = collecting.read(office, target)
    assert [problem.row for problem in taken.problems if problem.column != "统一社会信用代码"] == [
        6,
        6,
    ]
    assert taken.taken >= 3 and taken.absent == ()
    first = office.database.read(
        lambda c: facts.current(c, street["九号试样外间"], departments=True)
    )
    assert {name: fact.value for name, fact in first.items()} == {
        "operating_state": "normal", "staff_total": "23", "staff_women": "11", "union_state": "4",
        "employer_willing": "no",
    }  # fmt: skip
    # The code of the new unit was wrong by a digit and kept it out; put right it goes in.
    assert finding.employer_by_name(office, "试样新店") is None
    again = tmp_path / "再填.xlsx"
    typed_by_openpyxl(target, again, [(TABLE, "D8", "")])
    assert collecting.read(office, again).taken == 1
    assert finding.employer_by_name(office, "试样新店") is not None
    # Lists, locks and hidden sheets have come through the other program.
    book = openpyxl.load_workbook(target)
    assert book[TABLE].protection.sheet and book["标识"].sheet_state != "visible"
    assert len(book[TABLE].data_validations.dataValidation) >= 5
