"""Papers of what becomes of members: letter of a transfer, leaving, kept, expulsion; kept on record."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from organizer.domain import ids
from organizer.domain.access import Permission
from organizer.domain.member import State
from organizer.errors import Conflict, NotFound
from organizer.forms.fonts import FontSet
from organizer.forms.membership_papers import (
    EXPELLED,
    KEPT,
    LEAVING,
    VERSION,
    ChangePaper,
    change_paper,
)
from organizer.forms.transfer_letter import LetterPaper, transfer_letter
from organizer.i18n import _
from organizer.services.employers.listing import label
from organizer.services.members.transferring import VALID_DAYS
from organizer.services.workspace import Workspace, refuse_taken, write_new
from organizer.store import attachments, members, person_cards, transfers
from organizer.store.driver import Connection
from organizer.store.members import Membership
from organizer.store.person_cards import Step
from organizer.store.transaction import Write

LETTER = "transfer_letter"
PAPERS = {State.LEFT: LEAVING, State.KEPT: KEPT, State.EXPELLED: EXPELLED, State.MOVING: LETTER}
"""The paper that belongs to each state; a member without one may be about to leave."""

_STATE_OF = {kind: state for state, kind in PAPERS.items()}


@dataclass(frozen=True)
class Made:
    """A paper that was drawn: what it is called as a file, and its PDF."""

    file_name: str
    pdf: bytes


def paper_for(state: str) -> str:
    """The paper for a membership in this state; of a member the form to ask for leaving; "" for none."""
    known = State(state)
    if known in (State.FULL, State.TEMPORARY):
        return LEAVING
    return PAPERS.get(known, "")


def make(workspace: Workspace, membership: bytes, kind: str = "") -> Made:
    """Draw the paper of a membership, by its state unless `kind` says which, and keep it on record.

    Raises `Conflict` where none belongs to the state, `InvalidInput` for a character no font has.
    """
    known = _found(workspace, membership)
    kind = kind or paper_for(known.record.text("state"))
    if not kind:
        state = workspace.codes("membership_state").label(known.record.text("state"))
        raise Conflict("member.no_paper_due", name=known.person.text("name"), state=state)
    draw = _letter if kind == LETTER else _change
    short_id = ids.short_id(membership)
    pdf = draw(workspace, known, kind, short_id)
    title = workspace.codes("paper_form").entry(kind).label
    made = Made(_("{title} {code}.pdf").format(title=title, code=short_id), pdf)
    _keep(workspace, known, kind, made, short_id)
    return made


def write(workspace: Workspace, membership: bytes, out: Path, kind: str = "") -> Path:
    """The same into a file; raises `Conflict` when it exists, `DeviceMissing` without its folder."""
    refuse_taken(out)
    write_new(out, make(workspace, membership, kind).pdf)
    return out


def _found(workspace: Workspace, membership: bytes) -> Membership:
    workspace.require(Permission.PRINT)
    found = workspace.database.read(lambda c: members.membership_by_id(c, membership))
    if found is None or found.person.text("erased_on"):
        raise NotFound("record.unknown", value=membership.hex())
    for code in workspace.database.read(lambda c: members.divisions_of(c, found.person.id)):
        workspace.require(Permission.PRINT, code)
    return found


def _keep(workspace: Workspace, known: Membership, kind: str, made: Made, short_id: str) -> None:
    digest = attachments.put(workspace.database, made.pdf)
    size = len(made.pdf)

    def body(write: Write) -> None:
        kept = attachments.name(
            write, digest, "application/pdf", size, made.file_name, known.person.id
        )
        values = {
            "person": known.person.id,
            "attachment": kept,
            "form": kind,
            "form_version": str(VERSION),
            "short_id": short_id,
            "printed_on": workspace.today.isoformat(),
        }
        write.insert("paper", values)

    workspace.database.write(workspace.intent("paper.print"), body)


def _letter(workspace: Workspace, known: Membership, _kind: str, short_id: str) -> bytes:
    record, person = known.record, known.person
    row = workspace.database.read(lambda c: transfers.open_transfer(c, record.id))
    if row is None:
        raise Conflict("transfer.not_open", name=person.text("name"))
    step = _step(workspace, record.id, State.MOVING)
    sent = date.fromisoformat(row.sent_on)
    valid = date.fromisoformat(row.valid_until) if row.valid_until else None
    paper = LetterPaper(
        row.letter_no,
        person.text("name"),
        label(workspace, "sex", person.text("sex")) if person.text("sex") else "",
        person.text("id_number"),
        record.text("card_no"),
        row.from_name,
        row.to_name,
        _reason(workspace, step),
        row.paid_until,
        sent,
        (valid - sent).days if valid else VALID_DAYS,
        workspace.account.name,
        "",
        short_id,
    )
    return transfer_letter(paper, FontSet())


def _change(workspace: Workspace, known: Membership, kind: str, short_id: str) -> bytes:
    record, person = known.record, known.person
    step = _step(workspace, record.id, _STATE_OF[kind])
    paper = ChangePaper(
        name=person.text("name"),
        sex=label(workspace, "sex", person.text("sex")) if person.text("sex") else "",
        born_on=_day(person.text("born_on")),
        id_number=person.text("id_number"),
        card_no=record.text("card_no"),
        union_name=known.union_name,
        above=workspace.database.read(lambda c: _above(c, record.link("union_org"))),
        workplace=record.text("workplace") or known.employer_name,
        joined_on=_day(record.text("joined_on")),
        reason=_reason(workspace, step),
        words=step.reason if step else "",
        paper_no=step.paper_no if step else "",
        on=_day(step.on) if step else None,
        paid_until=record.text("paid_until"),
        operator=workspace.account.name,
        short_id=short_id,
    )
    return change_paper(kind, paper, FontSet())


def _step(workspace: Workspace, membership: bytes, state: State) -> Step | None:
    """The last step that led to a state."""
    return workspace.database.read(lambda c: person_cards.step_to(c, membership, state.value))


def _reason(workspace: Workspace, step: Step | None) -> str:
    code = step.reason_code if step else ""
    return workspace.codes("membership_reason").label(code) if code else ""


def _above(connection: Connection, union: bytes | None) -> str:
    own = members.union_by_id(connection, union) if union else None
    parent = own.link("parent") if own else None
    above = members.union_by_id(connection, parent) if parent else None
    return above.text("name") if above else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
