"""Paper for the field: walk sheets, survey forms, door tags, ledgers, with codes that lead back.

The sheets are put on record first, because their codes are drawn with the record; then they are
drawn and written. A sheet that never reached paper harms nobody, its units keep their codes.
"""

from dataclasses import dataclass
from pathlib import Path

from organizer.domain.access import Permission
from organizer.domain.sheet_kind import PRINTED, SIZED
from organizer.errors import InvalidInput
from organizer.forms.field_paper import paper_size
from organizer.forms.fonts import FontSet
from organizer.services.paper.sheet_drawing import DRAWING, Desk
from organizer.services.paper.sheet_walks import place_of, walks_of
from organizer.services.workspace import Workspace, refuse_taken, write_new

MOST_BLANK = 200
"""Blank forms or tags in one go."""


@dataclass(frozen=True)
class SheetOrder:
    """What to print of a place. `count` is how many blank forms, or tags without a name."""

    kind: str
    place: bytes
    size: str = "A4"
    count: int = 0


@dataclass(frozen=True)
class PrintedSheets:
    """Finished sheets of a place, with the codes of the sheets.

    `unreadable` are names with a character that no font has, printed with 〓 in its place.
    """

    pdf: bytes
    name: str
    units: int
    blanks: int
    sheets: tuple[str, ...]
    unreadable: tuple[str, ...]


class SheetPrinter:
    """Prints sheets for a workspace; holds the fonts, which are loaded with the first one."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._fonts = FontSet()

    def print_sheets(self, order: SheetOrder, out: Path) -> PrintedSheets:
        """Print into the file `out`.

        Raises `InvalidInput` for an unknown kind or size, `NotFound` for a place that is none or
        has no round, `Conflict` when `out` exists, `DeviceMissing` for a folder that is not there.
        """
        self._workspace.require(Permission.PRINT)
        refuse_taken(out)
        made = self.make_sheets(order)
        write_new(out, made.pdf)
        return made

    def make_sheets(self, order: SheetOrder) -> PrintedSheets:
        """The same sheets for a printer; no plain file is written."""
        self._workspace.require(Permission.PRINT)
        _check(order)
        place = place_of(self._workspace, order.place)
        walks = walks_of(self._workspace, place)
        desk = Desk(self._workspace, self._fonts, order.size, order.count)
        done = DRAWING[order.kind](desk, walks)
        names = {told.employer.name for walk in walks for told in walk.told.values()}
        strange = sorted(name for name in names if self._fonts.missing_characters(name))
        return PrintedSheets(
            done.pdf, place.name, done.units, done.blanks, done.sheets, tuple(strange)
        )


def _check(order: SheetOrder) -> None:
    if order.kind not in PRINTED:
        raise InvalidInput("sheet.unknown_kind", field="kind", value=order.kind)
    paper_size(order.size)
    if order.size.upper() != "A4" and order.kind not in SIZED:
        raise InvalidInput("sheet.only_a4", field="size")
    if not 0 <= order.count <= MOST_BLANK:
        raise InvalidInput("sheet.too_many", field="count", most=MOST_BLANK)
