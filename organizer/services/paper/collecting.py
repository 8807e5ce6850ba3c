"""采集表: made for a place, filled on any machine, taken back row by row and never doubled.

Every row that is read becomes a visit whose id follows from its row, its day and how often that was
told differently: the same file read twice, or on two laptops, gives the same visit; a row that was
changed since corrects the visit it made before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from organizer.domain.access import Permission
from organizer.domain.collection import FORMAT_VERSION, Identity, RowIdentity
from organizer.domain.round import Round
from organizer.domain.sheet_kind import SheetKind
from organizer.errors import Conflict, InvalidInput
from organizer.i18n import _, listed
from organizer.services.paper import collected_rows, collection_taking, sheet_words
from organizer.services.paper.collection_taking import Problem
from organizer.services.paper.sheet_walks import Walk, place_of, record, walks_of
from organizer.services.workspace import Workspace, refuse_taken, write_new
from organizer.sheets.collection_book import CollectionRow, collection_book
from organizer.sheets.collection_reading import Collection, read_collection
from organizer.store import rounds
from organizer.store.driver import Connection
from organizer.store.sheets import Line, Made

BLANK_ROWS = 20
"""Rows for units that stand on no list."""

_SHOWN_ABSENT = 3


@dataclass(frozen=True)
class MadeBook:
    """A collection workbook on disk."""

    name: str
    sheet: str
    units: int
    blanks: int


@dataclass(frozen=True)
class Taken:
    """What came of reading a workbook. `absent` are codes of rows that are no longer in it."""

    taken: int
    corrected: int
    again: int
    problems: tuple[Problem, ...]
    absent: tuple[str, ...]
    remarks: tuple[str, ...]


def make(workspace: Workspace, place: bytes, out: Path) -> MadeBook:
    """Write the collection workbook of a street, tower, village group or community.

    Raises `NotFound` for an unknown place or without a round, `InvalidInput` for a name that is no
    .xlsx, `Conflict` when `out` exists, `DeviceMissing` for a folder that is not there.
    """
    workspace.require(Permission.PRINT)
    if out.suffix.lower() != ".xlsx":
        raise InvalidInput("collect.not_xlsx", field="out", file=out.name)
    refuse_taken(out)
    found = place_of(workspace, place)
    walks = walks_of(workspace, found)
    wanted = [(walk, _lines(walk, walks)) for walk in walks]
    made = record(workspace, SheetKind.COLLECTION, wanted)
    rows, identities = _rows(workspace, list(zip(wanted, made, strict=True)))
    current, code = walks[0].current, made[0].code
    identity = Identity(
        FORMAT_VERSION,
        workspace.office.id,
        current.id,
        current.name,
        made[0].sheet,
        code,
        tuple(identities),
    )
    head = walks[0].heading
    named = head.place if len(walks) == 1 else found.name
    title = _("排查采集表　{place}　{round}　表号 {code}").format(
        place=" ".join(filter(None, (head.above, named))), round=current.name, code=code
    )
    write_new(out, collection_book(title, rows, collected_rows.choices(workspace), identity))
    blanks = sum(row.new for row in rows)
    return MadeBook(found.name, code, len(rows) - blanks, blanks)


def read(workspace: Workspace, file: Path, *, on: date | None = None) -> Taken:
    """Take back a filled workbook: what is readable becomes visits, the rest is told row by row.

    `on` is the day of rows that name none. May be called again with the same file, or with one that
    was filled further. Raises `UnreadableFile` for a file that is none of ours or has other columns,
    `Conflict` for a workbook of another office or round.
    """
    workspace.require(Permission.SURVEY)
    collection = read_collection(file)
    _refuse_foreign(workspace, collection)
    tally = collection_taking.take(workspace, iter(collection.rows), on)
    problems = [*tally.problems, *(Problem(bad.number, bad.error) for bad in collection.bad)]
    absent = tuple(row.code for row in collection.absent)
    return Taken(
        tally.taken,
        tally.corrected,
        tally.again,
        tuple(sorted(problems, key=lambda problem: problem.row)),
        absent,
        (*tally.remarks, *_about_absent(collection)),
    )


def _lines(walk: Walk, walks: list[Walk]) -> list[Line]:
    """The units of a walk; the last one has the blank rows."""
    blanks = [walk.blank] * BLANK_ROWS if walk is walks[-1] else []
    return [*(walk.line(door) for door in walk.doors), *blanks]


def _rows(
    workspace: Workspace, printed: list[tuple[tuple[Walk, list[Line]], Made]]
) -> tuple[list[CollectionRow], list[RowIdentity]]:
    rows: list[CollectionRow] = []
    identities: list[RowIdentity] = []
    for (walk, lines), made in printed:
        doors = {door.employer: door for door in walk.doors}
        street = f"{walk.place.name} " if len(printed) > 1 else ""
        for line, (row, code) in zip(lines, made.rows, strict=True):
            if line.employer is None:
                rows.append(CollectionRow(code, new=True))
                identities.append(RowIdentity(code, row, None, line.place, ""))
                continue
            told = walk.told[line.employer]
            name = told.employer.name
            last = sheet_words.last_words(workspace, told).removeprefix(_("上次："))
            door = street + walk.door_name(doors[line.employer])
            rows.append(CollectionRow(code, door, name, last))
            identities.append(RowIdentity(code, row, line.employer, line.place, name))
    return rows, identities


def _refuse_foreign(workspace: Workspace, collection: Collection) -> None:
    identity = collection.identity
    if identity.office != workspace.office.id:
        raise Conflict("collect.other_office", office=workspace.office.name)
    live = workspace.database.read(rounds.live)
    if identity.round not in {one.id for one in live}:
        raise Conflict("collect.other_round", name=identity.round_name)

    def query(connection: Connection) -> list[Round | None]:
        places = {row.place for row in identity.rows if row.place is not None}
        return [rounds.at_place(connection, place) for place in places]

    held = workspace.database.read(query)
    if held and not any(one and one.id == identity.round for one in held):
        raise Conflict("collect.other_round", name=identity.round_name)


def _about_absent(collection: Collection) -> Iterator[str]:
    if not collection.absent:
        return
    shown = listed(f"{row.code} {row.name}".strip() for row in collection.absent[:_SHOWN_ABSENT])
    yield _(
        "表里少了发出去时的 {count} 行（{rows}）：这些行没有读，原来的记录没有动；"
        "是误删的，请用原文件补填。"
    ).format(count=len(collection.absent), rows=shown)
