"""A second sign-up becomes a transfer (转入): done where it is noticed, in one write.

会籍管理办法 art. 3, 8, 12, 19, 21: 一次入会、动态接转. Whoever is a member in this file comes along, who was
kept is a member again, and whose letter is under way has arrived.
"""

from dataclasses import dataclass

from organizer.domain import access
from organizer.domain.access import Permission
from organizer.domain.member import ACTS, WORK_CHANGED, Act, State
from organizer.domain.note import Note
from organizer.errors import Conflict, InvalidInput, NotFound
from organizer.services.members import signup, steps, transferring
from organizer.services.members.signup import SignupOrder
from organizer.services.members.steps import Told
from organizer.services.members.transferring import Letter
from organizer.services.workspace import Workspace
from organizer.store import drafts
from organizer.store.members import Membership
from organizer.store.transaction import Write


@dataclass(frozen=True)
class Rejoined:
    """Where somebody is a member now; `resumed` where a kept membership stayed in its union."""

    membership: bytes
    person: bytes
    union_name: str
    resumed: bool
    notes: tuple[Note, ...] = ()


def may_rejoin(workspace: Workspace) -> bool:
    """Whether this account's role does transfers; else a reviewer has to."""
    return access.grants(workspace.account.role, Permission.REVIEW)


def rejoin(
    workspace: Workspace,
    order: SignupOrder,
    membership: bytes,
    letter: Letter,
    *,
    draft: str = "",
) -> Rejoined:
    """Take somebody over who is a member in this file already; what was typed is kept.

    Raises `Conflict` for an application that still waits or a member of the very union, and
    `InvalidInput` for a number of somebody else.
    """
    workspace.require(Permission.REVIEW)
    applicant = signup.with_native_place(workspace, signup.read(workspace, order.typed))
    seat = workspace.database.read(lambda c: signup.seat_of(c, workspace, order))
    workspace.require(Permission.REVIEW, seat.division_code)

    def body(write: Write) -> tuple[bytes, bytes, bool]:
        known = steps.found(write.connection, workspace, membership)
        if known.person.text("id_number") != applicant.id_number:
            raise NotFound("record.unknown", value=membership.hex())
        union = seat.settled(write)
        row, resumed = _take_over(write, workspace, known, union, order, letter)
        signup.update_person(write, known.person, applicant)
        here = {"position": order.position or None, "engagement": order.engagement or None}
        write.set("membership", row, {name: text for name, text in here.items() if text})
        signup.agree(write, workspace, order, known.person.id, union)
        if draft:
            drafts.drop(write.connection, drafts.draft_id(workspace.account.id, draft))
        return row, known.person.id, resumed

    row, person, resumed = workspace.database.write(workspace.intent("transfer.bring"), body)
    return Rejoined(row, person, seat.union_name, resumed, applicant.notes)


def _take_over(
    write: Write,
    workspace: Workspace,
    known: Membership,
    union: bytes,
    order: SignupOrder,
    letter: Letter,
) -> tuple[bytes, bool]:
    """The membership that stands afterwards, and whether it is the kept one."""
    state, same = State(known.record.text("state")), known.record.link("union_org") == union
    facts = {"name": known.person.text("name"), "union": known.union_name}
    if state is State.PENDING:
        raise Conflict("signup.still_pending", **facts)
    if state is State.MOVING:
        return transferring.land(write, workspace, known, union, order.employer, letter), False
    if not same:
        return transferring.bring_in(write, workspace, known, union, order.employer, letter), False
    if state is not State.KEPT:
        raise InvalidInput("signup.same_union", field="union", **facts)
    rule = ACTS[Act.RESUME]
    on = steps.day_of(workspace, letter.on, known)
    steps.take(write, known, rule.after, Told(on, rule.change, WORK_CHANGED))
    if order.employer is not None:
        where = {"employer": order.employer, "workplace": order.workplace or None}
        write.set("membership", known.record.id, where)
    return known.record.id, True
