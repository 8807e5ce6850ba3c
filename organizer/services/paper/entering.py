"""照表录入: what is typed in from a row of paper, in the order it stands there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from organizer.domain.access import Permission
from organizer.domain.dates import parse_past_day
from organizer.domain.fact import CODED, HEAD_COUNTS, WILLING
from organizer.domain.sheet_kind import FORMS
from organizer.domain.visit import AT_UNIT
from organizer.errors import InvalidInput
from organizer.i18n import _
from organizer.services.employers import fact_checking
from organizer.services.paper import row_taking
from organizer.services.paper.paper_rows import PaperRow
from organizer.services.paper.row_taking import NewRow
from organizer.services.survey import recording
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.store import visits

DRAFT = "survey/paper"
"""The name of the draft of what is being typed in."""

_WALK = ("staff_total", "staff_women", "union_state")
_FORM = (
    "staff_total", "staff_women", "staff_migrant", "party_members", "contracts_signed",
    "staff_new_form", "staff_dispatched", "staff_sent_out", "staff_flexible", "union_state",
    "union_name", "union_founded_on", "covering_union", "approval_no", "member_count",
    "member_women", "registered_members", "dues_state", "publicity_on", "publicity_way",
    "employer_willing", "staff_willing", "intended_members", "founding_stage", "no_union_reason",
    "promise", "promised_on", "responsible", "next_visit_on", "employer_needs",
)  # fmt: skip


@dataclass(frozen=True)
class PaperField:
    """A box of the paper. `digits` are what a digit in it means: code and words."""

    name: str
    title: str
    count: bool = False
    day: bool = False
    digits: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Typed:
    """What was typed in of a row; texts as typed, codes as codes."""

    outcome: str
    on: date
    facts: Mapping[str, str]
    remark: str = ""
    companions: str = ""
    name: str = ""
    door: str = ""


@dataclass(frozen=True)
class Entered:
    """A row that is on record: its visit, its unit, and the write that can be taken back."""

    visit: bytes
    employer: bytes
    write: bytes
    name: str


def outcome_field(workspace: Workspace) -> PaperField:
    """The box of the outcome."""
    workspace.require(Permission.LOOK)
    codes = workspace.codes("visit_outcome")
    digits = {one.value: (one.value, codes.entry(one).brief) for one in AT_UNIT}
    return PaperField("outcome", _("结果"), digits=digits)


def fields_of(workspace: Workspace, kind: str) -> tuple[PaperField, ...]:
    """The boxes after the outcome, in the order of a kind of sheet."""
    workspace.require(Permission.LOOK)
    names = _FORM if kind in FORMS else _WALK
    titles = fact_checking.titles()
    return tuple(
        PaperField(
            name,
            titles[name],
            name in HEAD_COUNTS,
            name.endswith("_on"),
            _digits(workspace, name),
        )
        for name in names
    )


def day_of(workspace: Workspace, text: str) -> date:
    """The day of a sheet, also as 1120 or 11.20 without the year; raises `InvalidInput`."""
    workspace.require(Permission.LOOK)
    read = parse_past_day(text, workspace.today, field="visited_on")
    if read is None:
        raise InvalidInput("collect.no_day", field="visited_on")
    return read


def doubts(workspace: Workspace, typed: Typed) -> Mapping[str, str]:
    """What looks like a slip of the pen, as sentences by field; it is asked about once."""
    workspace.require(Permission.LOOK)
    return fact_checking.doubts(fact_checking.checked_facts(workspace, typed.facts), {})


def enter(
    workspace: Workspace, row: PaperRow, typed: Typed, *, corrects: bytes | None = None
) -> Entered:
    """Record a row of paper: a visit to its unit, or for a blank row the unit with its first visit.

    The draft goes with it. Raises `InvalidInput` at the field.
    """
    workspace.require(Permission.SURVEY)
    if row.employer is None and row.place is not None:
        new = NewRow(
            row.id, row.place, typed.door, typed.name, typed.outcome, typed.on,
            facts=typed.facts, remark=typed.remark, companions=typed.companions,
        )  # fmt: skip
        added = row_taking.take_new(workspace, new, draft=DRAFT)
        return Entered(added.visit, added.employer, added.write, typed.name)
    order = VisitOrder(
        row.employer or b"",
        typed.outcome,
        typed.facts,
        on=typed.on,
        remark=typed.remark,
        companions=typed.companions,
        corrects=corrects,
    )
    done = recording.record_visit(workspace, order, draft=DRAFT)
    return Entered(done.visit, order.employer, done.write, row.name)


def told_already(workspace: Workspace, row: PaperRow, on: date) -> str:
    """What is on record of this unit for this day, in words; "" for nothing."""
    workspace.require(Permission.LOOK)
    if row.employer is None:
        return ""
    employer = row.employer
    found = workspace.database.read(lambda c: visits.of_employer(c, employer))
    same = next((visit for visit in found if visit.visited_on == on.isoformat()), None)
    if same is None:
        return ""
    outcome = workspace.codes("visit_outcome").entry(same.outcome).brief
    return _("{day} 已经记过一次：{outcome}").format(day=same.visited_on, outcome=outcome)


def _digits(workspace: Workspace, name: str) -> dict[str, tuple[str, str]]:
    if name in WILLING:
        return {"1": ("yes", _("愿意")), "2": ("no", _("不愿意"))}
    if name in CODED:
        entries = workspace.codes(name).offered()
        return {entry.code: (entry.code, entry.brief) for entry in entries}
    return {}
