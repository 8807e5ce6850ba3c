"""Rows of a collection workbook become visits: each once, whatever is read again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from organizer import crypto
from organizer.domain import ids
from organizer.domain.access import Permission
from organizer.domain.collection import BY_KEY
from organizer.domain.fact import larger_than_whole
from organizer.domain.visit import CONFIRMING
from organizer.errors import InvalidInput, NotFound, UserError
from organizer.i18n import _
from organizer.services.paper import collected_rows, row_taking
from organizer.services.paper.collected_rows import Said
from organizer.services.paper.row_taking import NewRow
from organizer.services.survey import visiting
from organizer.services.survey.visiting import Checked, VisitOrder
from organizer.services.workspace import Workspace
from organizer.sheets.collection_reading import FilledRow
from organizer.store import employers, rounds, sheets, visits
from organizer.store.driver import Connection
from organizer.store.employers import EmployerRow
from organizer.store.transaction import Write


@dataclass(frozen=True)
class Problem:
    """What kept a row from being taken: its row in the file and what is wrong in which column."""

    row: int
    error: UserError

    @property
    def column(self) -> str:
        """The title of the column; "" when it is about the whole row."""
        field = self.error.field if isinstance(self.error, InvalidInput) else ""
        return BY_KEY[field].title if field in BY_KEY else ""

    def sentence(self) -> str:
        """第 7 行“职工总数”：…"""
        if not self.column:
            return _("第 {row} 行：{told}").format(row=self.row, told=self.error.sentence())
        return _("第 {row} 行“{column}”：{told}").format(
            row=self.row, column=self.column, told=self.error.sentence()
        )


@dataclass
class Tally:
    """What came of the rows so far."""

    taken: int = 0
    corrected: int = 0
    again: int = 0
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Row:
    """A row that can be read, and the unit it is about (None: on no list yet)."""

    filled: FilledRow
    said: Said
    employer: EmployerRow | None


@dataclass(frozen=True)
class _Planned:
    """The visit a row makes, and its id; `told_before` when it says again what was changed since."""

    checked: Checked
    identity: bytes
    told_before: bool


def take(workspace: Workspace, rows: Iterator[FilledRow], fallback: date | None) -> Tally:
    """Record what filled rows say; what is wrong with a row keeps only that row out."""
    workspace.require(Permission.SURVEY)
    tally, run = Tally(), crypto.random_bytes(16)
    known: list[_Planned] = []
    for filled in rows:
        said = collected_rows.read_row(workspace, filled.cells, fallback)
        tally.problems += [Problem(filled.number, error) for error in said.errors]
        if said.errors:
            continue
        try:
            row = workspace.database.read(lambda c: _met(c, filled, said))  # noqa: B023 - read now
            if row.employer is None:
                _add(workspace, row, run)
                tally.taken += 1
            elif planned := _planned(workspace, row):
                known.append(planned)
                tally.remarks += _old_copy(row) if planned.told_before else ()
            else:
                tally.again += 1
                continue
        except UserError as error:
            tally.problems.append(Problem(filled.number, error))
        else:
            tally.remarks += _doubts(row)
    _put(workspace, known, run, tally)
    return tally


def _met(connection: Connection, filled: FilledRow, said: Said) -> _Row:
    """The unit of a row: the one it was printed for, or the one entered from it before."""
    identity = filled.identity
    row = identity.employer
    if row is None:
        here = sheets.row_by_id(connection, identity.row)
        _number, last = _told_so_far(connection, filled, said)
        before = visits.visit_by_id(connection, last) if last else None
        row = here.employer if here else None
        if row is None and before is not None and not before.retired:
            # The sheet was made elsewhere, so that its row could not be given to the unit.
            row = before.employer
    if row is None:
        return _Row(filled, said, None)
    employer = employers.employer_by_id(connection, row)
    if employer is None:
        raise InvalidInput("collect.gone", field="name", name=identity.name or said.name)
    return _Row(filled, said, employer)


def _visit_id(filled: FilledRow, said: Said, number: int) -> bytes:
    """The id of the visit that a row makes for a day, told differently for the `number`th time."""
    day = said.visited_on.isoformat() if said.visited_on else ""
    return ids.derived_id("visit", "row", filled.identity.row.hex(), day, str(number))


def _told_so_far(connection: Connection, filled: FilledRow, said: Said) -> tuple[int, bytes | None]:
    """How often a row was told differently for a day, and the visit that came of the last time."""
    number, last = 0, None
    while visits.visit_by_id(connection, _visit_id(filled, said, number)) is not None:
        last = _visit_id(filled, said, number)
        number += 1
    return number, last


def _planned(workspace: Workspace, row: _Row) -> _Planned | None:
    """The visit to write and its id; None when it is there already."""
    employer, said = row.employer, row.said
    if employer is None:
        raise NotFound("record.unknown", value=row.filled.identity.row.hex())
    order = VisitOrder(
        employer.id,
        said.outcome,
        said.facts,
        on=said.visited_on,
        remark=said.remark,
        person_met=said.person_met,
    )
    current = workspace.database.read(lambda c: rounds.at(c, employer.division_code))
    checked = visiting.check(workspace, order, employer, current)

    def query(connection: Connection) -> tuple[int, bytes | None, list[bool]]:
        number, last = _told_so_far(connection, row.filled, said)
        told = (_visit_id(row.filled, said, one) for one in range(number))
        return number, last, [_stands(connection, visit, checked) for visit in told]

    number, last, same = workspace.database.read(query)
    if same and same[-1]:
        return None
    if last is not None and _in_use(workspace, last):
        checked = replace(checked, values={**checked.values, "corrects": last})
    return _Planned(checked, _visit_id(row.filled, said, number), any(same))


def _stands(connection: Connection, row: bytes, checked: Checked) -> bool:
    """Whether a visit says the same, and was not taken back by hand without another in its place."""
    made = visits.visit_by_id(connection, row)
    if made is None or (made.retired and not visits.is_corrected(connection, row)):
        return False
    outcome = str(checked.values["outcome"])
    # 已访 of a unit that was on no list is its 新增.
    if made.outcome != outcome and not {made.outcome, outcome} <= CONFIRMING:
        return False
    said = (made.remark, made.person_met)
    wanted = tuple(checked.values[name] or "" for name in ("remark", "person_met"))
    return said == wanted and visits.ever_told_on(connection, row) == dict(checked.facts)


def _in_use(workspace: Workspace, row: bytes) -> bool:
    made = workspace.database.read(lambda c: visits.visit_by_id(c, row))
    return made is not None and not made.retired


def _put(workspace: Workspace, known: list[_Planned], run: bytes, tally: Tally) -> None:
    """Write the visits to known units; with the new ones of the file one step that can be undone."""

    def body(write: Write) -> None:
        for one in known:
            visiting.put(write, one.checked, workspace.today, one.identity)

    if not known:
        return
    workspace.database.write(workspace.intent("collect.read", run=run), body)
    corrected = sum(one.checked.values["corrects"] is not None for one in known)
    tally.corrected += corrected
    tally.taken += len(known) - corrected


def _add(workspace: Workspace, row: _Row, run: bytes) -> None:
    """Record a unit that stands on no list, from a blank row, with its first visit."""
    said, identity = row.said, row.filled.identity
    if identity.place is None:
        raise InvalidInput("collect.gone", field="name", name=said.name)
    new = NewRow(
        identity.row,
        identity.place,
        said.door,
        said.name,
        said.outcome,
        said.visited_on or workspace.today,
        said.uscc,
        said.facts,
        said.remark,
        said.person_met,
    )
    number, _last = workspace.database.read(lambda c: _told_so_far(c, row.filled, said))
    row_taking.take_new(workspace, new, identity=_visit_id(row.filled, said, number), run=run)


def _old_copy(row: _Row) -> tuple[str]:
    """Who reads an older copy of the file by mistake puts back what was wrong: it is said."""
    told = _(
        "第 {row} 行和以前读过、后来又改过的一样，已照这份表改回去；读错了文件的，请撤销这一步。"
    )
    return (told.format(row=row.filled.number),)


def _doubts(row: _Row) -> list[str]:
    """Head counts larger than what they are a part of: taken as told, and said."""
    odd: Mapping[str, str] = larger_than_whole(row.said.facts, {})
    return [
        _("第 {row} 行“{part}”比“{whole}”多，已照填的收下，请核对；填错了改好再读一次。").format(
            row=row.filled.number, part=BY_KEY[part].title, whole=BY_KEY[whole].title
        )
        for part, whole in odd.items()
    ]
