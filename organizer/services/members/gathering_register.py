"""登记 N 人: the good rows of a gathering's list become memberships in one write, the others stay."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from organizer.domain.access import Permission
from organizer.domain.gathering import Row
from organizer.domain.member import ACTS, TRANSFERRED_IN, WORK_CHANGED, Act, State
from organizer.errors import InvalidInput, NotFound
from organizer.forms.texts import text_in_force
from organizer.jobs import Progress, Silent
from organizer.services.members import (
    approving,
    gathering,
    gathering_rows,
    signup,
    steps,
    transferring,
)
from organizer.services.members.gathering import GatheringCard
from organizer.services.members.gathering_rows import Plan, RowReader, Verdict
from organizer.services.members.steps import Told
from organizer.services.members.transferring import Letter
from organizer.services.workspace import Workspace
from organizer.store import drafts, gatherings, members
from organizer.store.members import Membership
from organizer.store.transaction import Write


@dataclass
class Joined:
    """What came of a list; `left` are the rows still to be worked on, `write` can be taken back."""

    write: bytes = b""
    members: list[bytes] = field(default_factory=list)
    pending: list[bytes] = field(default_factory=list)
    transferred: list[bytes] = field(default_factory=list)
    resumed: list[bytes] = field(default_factory=list)
    left: list[Row] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many people went on."""
        return len(self.members) + len(self.pending) + len(self.transferred) + len(self.resumed)


def join(
    workspace: Workspace,
    gathered: bytes,
    rows: Sequence[Row],
    progress: Progress | None = None,
) -> Joined:
    """Register everybody in whose way nothing stands, all in one write; the rest stays as a draft.

    Members at once are those within what the committee allows (现场审批授权), the others wait. Raises
    `InvalidInput` before the day of the gathering and when nobody can be registered; `Cancelled`
    when it is stopped, then nothing is written.
    """
    workspace.require(Permission.SIGN_UP)
    watched = progress or Silent()
    draft = drafts.draft_id(workspace.account.id, gathering_rows.draft_name(gathered))

    def body(write: Write) -> Joined:
        made = _Hand(write, workspace, gathered).take(rows, watched)
        # With the records: rows that are done never come back, those that are not never go.
        kept = gathering_rows.as_draft(made.left)
        if kept.values:
            screen = gathering_rows.draft_name(gathered)
            drafts.keep(write.connection, draft, screen, kept, workspace.now)
        else:
            drafts.drop(write.connection, draft)
        return made

    return workspace.database.write(workspace.intent("gathering.join"), body)


class _Hand:
    """Registers the rows of one list within one write."""

    def __init__(self, write: Write, workspace: Workspace, gathered: bytes) -> None:
        gathering.found(write.connection, workspace, gathered)
        self._write = write
        self._workspace = workspace
        self._card: GatheringCard = gathering.carded(write.connection, workspace, gathered)
        self._on = self._card.row.held_on
        self._text = text_in_force(workspace.today)

    def take(self, rows: Sequence[Row], progress: Progress) -> Joined:
        """Go through the list once."""
        if self._on > self._workspace.today.isoformat():
            raise InvalidInput("gathering.not_yet", field="held_on", day=self._on)
        reader = RowReader(self._workspace, self._card)
        plans = reader.plans(self._write.connection, rows)
        made = Joined(self._write.id)
        for place, plan in enumerate(plans):
            progress.step(place, len(plans))
            if plan.good:
                self._do(plan, made)
            else:
                made.left.append(plan.row)
        if not made.count:
            raise InvalidInput("gathering.nobody_good", field="list")
        progress.step(len(plans), len(plans))
        return made

    def _do(self, plan: Plan, made: Joined) -> None:
        standing = plan.standing
        if plan.verdict is Verdict.TRANSFERS and standing:
            made.transferred.append(self._transfer(standing))
        elif plan.verdict is Verdict.RESUMES and standing:
            made.resumed.append(self._resume(standing))
        elif plan.at_once:
            made.members.append(self._begin(plan, approved=True))
        else:
            made.pending.append(self._begin(plan, approved=False))

    def _begin(self, plan: Plan, *, approved: bool) -> bytes:
        write, row = self._write, self._card.row
        if plan.order is None or plan.applicant is None:
            raise NotFound("record.unknown", value=plan.row.key)
        applicant = signup.with_native_place(self._workspace, plan.applicant)
        person = signup.enter_person(write, applicant)
        seat = row.union_org, plan.order.workplace
        # The consents stand on the collective form, which everybody signs.
        membership = signup.apply_for(write, self._workspace, plan.order, person, seat, self._on)
        text = f"{self._text.text_id}/{self._text.version}"
        write.set("membership", membership, {"gathering": row.id, "application_text": text})
        if approved:
            self._approve(membership)
        return membership

    def _approve(self, membership: bytes) -> None:
        known = members.membership_by_id(self._write.connection, membership)
        authority = self._card.authority
        if known is None or authority is None:
            raise NotFound("record.unknown", value=membership.hex())
        given = gatherings.authority_list(self._card.id, authority.number)
        told = Told(self._on, paper_no=authority.number)
        approving.take_in(self._write, known, given, told)

    def _transfer(self, standing: Membership) -> bytes:
        row = self._card.row
        letter = Letter(on=date.fromisoformat(self._on))
        arriving = transferring.bring_in(
            self._write, self._workspace, standing, row.union_org, row.employer, letter
        )
        self._write.set("membership", arriving, {"gathering": row.id})
        return arriving

    def _resume(self, standing: Membership) -> bytes:
        told = Told(self._on, TRANSFERRED_IN, WORK_CHANGED)
        steps.take(self._write, standing, State(ACTS[Act.RESUME].after), told)
        values: dict[str, object] = {"gathering": self._card.id}
        if self._card.row.employer:
            values["employer"] = self._card.row.employer
        self._write.set("membership", standing.record.id, values)
        return standing.record.id
