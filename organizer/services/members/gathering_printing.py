"""Papers of gatherings and of approval: the collective form, oath card, slips, 审批名单.

These papers name many people at once, so no copy of them is kept beside the records: of one that was
erased nothing is to be found. That they were printed is noted, and how far they have come.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from organizer.domain import ids
from organizer.domain.access import Permission
from organizer.domain.consent import Purpose
from organizer.domain.gathering import Row
from organizer.domain.member import State
from organizer.domain.resident_id import parse_resident_id
from organizer.errors import InvalidInput, NotFound
from organizer.forms.approval_paper import ApprovalLine, ApprovalPaper, approval_paper
from organizer.forms.fonts import FontSet
from organizer.forms.gathering_form import GatheringForm, GatheringLine, gathering_form
from organizer.forms.oath_card import OathCard, oath_card
from organizer.forms.pending_slips import PendingSlip, pending_slips
from organizer.forms.texts import text_in_force
from organizer.i18n import _, show_date
from organizer.services import drafting
from organizer.services.members import consenting, gathering, gathering_rows, interim
from organizer.services.members.gathering import GatheringCard
from organizer.services.workspace import Workspace, refuse_taken, write_new
from organizer.store import gatherings, members
from organizer.store.driver import Connection
from organizer.store.members import Membership
from organizer.store.transaction import Write

_FORM_VERSION = "1"


class Paper(StrEnum):
    """The papers of a gathering."""

    FORM = "form"
    OATH = "oath"
    SLIPS = "slips"


@dataclass(frozen=True)
class Made:
    """A paper that was drawn, and what it is called as a file."""

    file_name: str
    pdf: bytes


def title(paper: Paper) -> str:
    """What a paper is called."""
    return {
        Paper.FORM: _("集中入会登记表"),
        Paper.OATH: _("宣誓卡"),
        Paper.SLIPS: _("待审批单"),
    }[paper]


def make(workspace: Workspace, gathered: bytes, paper: Paper, fonts: FontSet | None = None) -> Made:
    """Draw a paper of a gathering; the form lists who is registered and who is still on the draft.

    Raises `InvalidInput("gathering.nobody_waits")` where no slip is due.
    """
    workspace.require(Permission.PRINT)
    card = gathering.card(workspace, gathered)
    workspace.require(Permission.PRINT, card.row.division_code or None)
    draw = {Paper.FORM: _form, Paper.OATH: _oath, Paper.SLIPS: _slips}[paper]
    pdf = draw(workspace, card, fonts or FontSet())
    if paper is Paper.FORM:
        _note(workspace, "gathering_list", gathered, card.row.union_org)
    return Made(f"{title(paper)} {card.row.name}.pdf".replace("/", "_"), pdf)


def make_list(workspace: Workspace, approval_list: bytes, fonts: FontSet | None = None) -> Made:
    """Draw the 审批名单 of a meeting; raises `NotFound` when nobody is on it."""
    workspace.require(Permission.PRINT)

    def query(connection: Connection) -> tuple[ApprovalPaper, bytes | None]:
        row = gatherings.approval_list_by_id(connection, approval_list)
        if row is None:
            raise NotFound("approval.nobody_listed")
        workspace.require(Permission.PRINT, row.division_code or None)
        found = [
            known
            for one in gatherings.on_list(connection, approval_list)
            if (known := members.membership_by_id(connection, one)) is not None
        ]
        union = found[0].record.link("union_org") if found else None
        lines = [_approved(workspace, known) for known in found]
        return ApprovalPaper(
            workspace.office.name, row.union_name, row.committee, _day(row.met_on), row.paper_no,
            lines, ids.short_id(approval_list),
        ), union  # fmt: skip

    data, union = workspace.database.read(query)
    pdf = approval_paper(data, fonts or FontSet())
    _note(workspace, "approval_list", approval_list, union)
    return Made(_("审批名单 {code}.pdf").format(code=data.short_id), pdf)


def write(workspace: Workspace, made: Made, out: Path) -> Path:
    """A paper into a new file; raises `Conflict` when it exists, `DeviceMissing` without its folder."""
    workspace.require(Permission.PRINT)
    refuse_taken(out)
    write_new(out, made.pdf)
    return out


def _form(workspace: Workspace, card: GatheringCard, fonts: FontSet) -> bytes:
    row, today = card.row, workspace.today
    draft = drafting.resume(workspace, gathering_rows.draft_name(row.id))
    typed = [one for one in gathering_rows.of_draft(draft) if not one.aside]

    def query(connection: Connection) -> tuple[list[Membership], str]:
        joined = _joined(connection, row.id)
        return joined, consenting.receivers(connection, workspace, row.union_org)

    joined, receivers = workspace.database.read(query)
    lines = [
        *(_registered(workspace, one) for one in joined),
        *(_typed(workspace, one) for one in typed),
    ]
    data = GatheringForm(
        workspace.office.name, row.name, _day(row.held_on), row.venue, row.union_name,
        row.employer_name, row.oath_reader, _authority(card), receivers, lines,
        ids.short_id(row.id),
    )  # fmt: skip
    consents = [text_in_force(today, purpose.text_id) for purpose in Purpose]
    return gathering_form(
        data, fonts, text_in_force(today), text_in_force(today, "notice"), consents
    )


def _oath(workspace: Workspace, card: GatheringCard, fonts: FontSet) -> bytes:
    row = card.row
    data = OathCard(row.name, row.union_name, _day(row.held_on), row.oath_reader)
    return oath_card(data, fonts, text_in_force(workspace.today, "oath"))


def _slips(workspace: Workspace, card: GatheringCard, fonts: FontSet) -> bytes:
    def query(connection: Connection) -> tuple[list[Membership], str]:
        union = members.union_by_id(connection, card.row.union_org)
        return _joined(connection, card.row.id), union.text("phone") if union else ""

    joined, phone = workspace.database.read(query)
    waiting = [one for one in joined if one.record.text("state") == State.PENDING]
    if not waiting:
        raise InvalidInput("gathering.nobody_waits", field="paper")
    slips = [
        PendingSlip(
            one.person.text("name"), _day(one.record.text("applied_on")), one.union_name,
            workspace.office.name, phone, not one.person.text("id_number"),
            ids.short_id(one.record.id),
        )
        for one in waiting
    ]  # fmt: skip
    return pending_slips(slips, fonts)


def _joined(connection: Connection, gathered: bytes) -> list[Membership]:
    found = (
        members.membership_by_id(connection, one)
        for one in gatherings.joined_at(connection, gathered)
    )
    return [one for one in found if one is not None]


def _registered(workspace: Workspace, known: Membership) -> GatheringLine:
    person = known.person

    def label(field: str, name: str) -> str:
        code = person.text(field)
        return workspace.codes(name).entry(code).brief if code else ""

    return GatheringLine(
        person.text("name"), label("sex", "sex"), person.text("id_number"), person.text("phone"),
        label("group_code", "group"), known.record.text("workplace") or known.employer_name,
        label("household_kind", "household_kind"),
    )  # fmt: skip


def _typed(workspace: Workspace, row: Row) -> GatheringLine:
    sex = ""
    try:
        sex = parse_resident_id(row.text("id_number"), today=workspace.today).sex
    except InvalidInput:
        # It is still to be mended; on paper it stands as it was typed.
        sex = ""
    return GatheringLine(
        row.text("name"), sex, row.text("id_number"), row.text("phone"), row.text("group_code"),
        row.text("platform"), row.text("household_kind"),
    )  # fmt: skip


def _approved(workspace: Workspace, known: Membership) -> ApprovalLine:
    person, record = known.person, known.record
    sex = person.text("sex")
    state = record.text("state")
    remarks = [interim.shown(workspace, record)]
    if state == State.TEMPORARY:
        remarks.append(workspace.codes("membership_state").label(state))
    return ApprovalLine(
        person.text("name"),
        workspace.codes("sex").entry(sex).brief if sex else "",
        person.text("id_number"),
        record.text("workplace") or known.employer_name,
        record.text("applied_on"),
        _("；").join(filter(None, remarks)),
    )


def _authority(card: GatheringCard) -> str:
    given = card.authority
    if given is None:
        return ""
    told = _("经“{by}”授权（{number}，{until}以前，不超过 {most} 人），现场审批。")
    return told.format(
        by=given.granted_by, number=given.number, until=show_date(given.until), most=given.most
    )


def _note(workspace: Workspace, form: str, row: bytes, union: bytes | None) -> None:
    """A paper printed again is the same paper."""
    short_id = ids.short_id(row)

    def body(write: Write) -> None:
        if gatherings.on_record(write.connection, form, short_id):
            return
        values = {
            "union_org": union,
            "form": form,
            "form_version": _FORM_VERSION,
            "short_id": short_id,
            "printed_on": workspace.today.isoformat(),
        }
        write.insert("paper", values)

    workspace.database.write(workspace.intent("paper.print"), body)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
