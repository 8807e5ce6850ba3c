"""Transfers (接转): a membership leaves with a letter and arrives with a receipt, never twice.

会籍管理办法 art. 3, 8, 12, 13, 15: 一次入会、动态接转. Between unions of this file one step does both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from organizer.domain import dues, ids
from organizer.domain.access import Permission
from organizer.domain.member import ACTS, TRANSFERRED_IN, WORK_CHANGED, Act, State
from organizer.errors import Conflict, InvalidInput, NotFound
from organizer.services.members import changing, signup, steps
from organizer.services.members.signup import SignedUp, SignupOrder
from organizer.services.members.steps import Told
from organizer.services.workspace import Workspace
from organizer.store import employers, members, transfers
from organizer.store.driver import Connection
from organizer.store.members import Membership
from organizer.store.transaction import Write
from organizer.store.transfers import TransferRow

VALID_DAYS = 60


@dataclass(frozen=True)
class Letter:
    """What the letter (介绍信) says; `paid_until` as 2026-10, `number` is made when it is not given."""

    number: str = ""
    reason: str = ""
    paid_until: str = ""
    on: date | None = None
    valid_days: int = VALID_DAYS


@dataclass(frozen=True)
class Sent:
    """A membership on its way."""

    transfer: bytes
    number: str


def send(
    workspace: Workspace, membership: bytes, to_name: str, letter: Letter, to: bytes | None = None
) -> Sent:
    """Send a member to another union, by name or one of this file; the receipt is still to come.

    Raises `InvalidInput` at the field, `Conflict` where the membership does not allow it.
    """
    return send_all(workspace, [membership], to_name, letter, to)[0]


def send_all(
    workspace: Workspace,
    rows: Sequence[bytes],
    to_name: str,
    letter: Letter,
    to: bytes | None = None,
) -> list[Sent]:
    """Send one or many members to another union, each with a letter, all of them or none."""
    workspace.require(Permission.REVIEW)
    if letter.number.strip() and len(rows) > 1:
        raise InvalidInput("transfer.one_number", field="number")

    def body(write: Write) -> list[Sent]:
        goal = signup.chosen_union(write.connection, to) if to else None
        name = goal.text("name") if goal else to_name.strip()
        sent = []
        for row in rows:
            known = steps.found(write.connection, workspace, row)
            _refuse_itself(known, to, name)
            sent.append(_send(write, workspace, known, (to, name), letter))
        return sent

    return workspace.database.write(workspace.intent("transfer.send"), body)


def confirm(workspace: Workspace, transfer: bytes, on: date | None = None) -> bytes:
    """The receipt has come: the membership has gone (已转出); returns the write."""
    return confirm_all(workspace, [transfer], on)


def confirm_all(workspace: Workspace, rows: Sequence[bytes], on: date | None = None) -> bytes:
    """The receipts of one or many letters have come, all of them or none; returns the write."""
    workspace.require(Permission.REVIEW)

    def body(write: Write) -> bytes:
        for transfer in rows:
            row, known = _open(write.connection, workspace, transfer)
            day = steps.day_of(workspace, on, known)
            steps.take(write, known, State.MOVED, Told(day))
            write.set("transfer", row.id, {"received_on": day})
        return write.id

    return workspace.database.write(workspace.intent("transfer.confirm"), body)


def recall(workspace: Workspace, transfer: bytes, words: str = "") -> bytes:
    """The member stays: the letter is void and the membership what it was; returns the write."""
    return recall_all(workspace, [transfer], words)


def recall_all(workspace: Workspace, rows: Sequence[bytes], words: str = "") -> bytes:
    """Take one or many letters back, all of them or none; returns the write."""
    workspace.require(Permission.REVIEW)
    today = workspace.today.isoformat()

    def body(write: Write) -> bytes:
        for transfer in rows:
            row, known = _open(write.connection, workspace, transfer)
            before = State(transfers.state_before(write.connection, known.record.id))
            steps.take(write, known, before, Told(today, reason=words.strip()))
            write.retire("transfer", row.id, today)
        return write.id

    return workspace.database.write(workspace.intent("transfer.recall"), body)


def open_of(workspace: Workspace, memberships: Sequence[bytes]) -> list[TransferRow]:
    """The letters under which these members are on their way; raises `Conflict` for one who is not."""
    workspace.require(Permission.LOOK)

    def query(connection: Connection) -> list[TransferRow]:
        found = []
        for row in memberships:
            letter = transfers.open_transfer(connection, row)
            if letter is None:
                known = members.membership_by_id(connection, row)
                name = known.person.text("name") if known else ""
                raise Conflict("transfer.not_open", name=name)
            found.append(letter)
        return found

    return workspace.database.read(query)


def receive(
    workspace: Workspace, order: SignupOrder, from_name: str, letter: Letter, *, draft: str = ""
) -> SignedUp:
    """Take in a member who brings a letter from a union outside this file: no second application.

    Raises `InvalidInput` at the field, `Conflict("signup.already_member")` for one who is active here.
    """
    workspace.require(Permission.REVIEW)
    if not from_name.strip():
        raise InvalidInput("transfer.no_origin", field="from_union")
    on, paid = steps.day_of(workspace, letter.on), _month(workspace, letter)

    def arrive(write: Write, person: bytes, union: bytes, workplace: str) -> bytes:
        signup.agree(write, workspace, order, person, union)
        goal = members.union_by_id(write.connection, union)
        if goal is not None and goal.text("name") == from_name.strip():
            raise InvalidInput("transfer.to_itself", field="from_union", name=from_name.strip())
        values = {
            "state": State.FULL.value,
            "joined_on": on,
            "applied_on": on,
            "paid_until": paid or None,
            "position": order.position or None,
            "workplace": workplace or None,
        }
        membership = _arrive(write, person, union, order.employer, values, on)
        write.insert(
            "transfer",
            {
                "person": person,
                "arriving": membership,
                "from_name": from_name.strip(),
                "to_union": union,
                "letter_no": letter.number.strip() or None,
                "reason_code": WORK_CHANGED,
                "paid_until": paid or None,
                "sent_on": on,
                "received_on": on,
            },
        )
        return membership

    return signup.admit(workspace, order, "transfer.receive", arrive, draft=draft)


def bring(
    workspace: Workspace, rows: Sequence[bytes], to: bytes, employer: bytes | None, letter: Letter
) -> int:
    """Members of this file go to another union of it in one step, all of them or none.

    `employer` is where they work now; None: where they worked before. Returns how many.
    """
    workspace.require(Permission.REVIEW)

    def body(write: Write) -> int:
        for row in rows:
            known = steps.found(write.connection, workspace, row)
            bring_in(write, workspace, known, to, employer, letter)
        return len(rows)

    return workspace.database.write(workspace.intent("transfer.bring"), body)


def settle(workspace: Workspace, employer: bytes, to: bytes) -> int:
    """The temporary members who work at an employer go to the union it has founded (art. 6, 15).

    They are full members there from today. Returns how many.
    """
    workspace.require(Permission.REVIEW)

    def body(write: Write) -> int:
        count = settle_in(write, workspace, employer, to)
        if not count:
            unit = employers.employer_by_id(write.connection, employer)
            raise NotFound("transfer.none_temporary", name=unit.name if unit else "")
        return count

    return workspace.database.write(workspace.intent("transfer.settle"), body)


def settle_in(write: Write, workspace: Workspace, employer: bytes, to: bytes) -> int:
    """The same as part of another write: 0 where the employer has no temporary members."""
    rows = members.temporary_of(write.connection, employer)
    for row in rows:
        known = steps.found(write.connection, workspace, row)
        bring_in(write, workspace, known, to, employer, Letter())
    return len(rows)


def under_way(workspace: Workspace) -> list[TransferRow]:
    """Letters whose receipt is still to come, oldest first."""
    workspace.require(Permission.LOOK)
    scope = workspace.account.division_code
    return workspace.database.read(lambda c: transfers.open_transfers(c, scope))


def _send(
    write: Write,
    workspace: Workspace,
    known: Membership,
    goal: tuple[bytes | None, str],
    letter: Letter,
) -> Sent:
    changing.refuse_illegal(workspace, known, Act.SEND)
    rule = ACTS[Act.SEND]
    reason = changing.reason_of(workspace, rule, letter.reason or WORK_CHANGED)
    on = steps.day_of(workspace, letter.on, known)
    row = write.new_id()
    number = letter.number.strip() or f"{on[:4]}-{ids.short_id(row)}"
    steps.take(write, known, State.MOVING, Told(on, rule.change, reason, paper_no=number))
    until = date.fromisoformat(on) + timedelta(letter.valid_days)
    paid = _month(workspace, letter)
    if paid:
        write.set("membership", known.record.id, {"paid_until": paid})
    write.insert(
        "transfer",
        {
            "person": known.person.id,
            "leaving": known.record.id,
            "from_union": known.record.link("union_org"),
            "from_name": known.union_name,
            "to_union": goal[0],
            "to_name": goal[1],
            "letter_no": number,
            "reason_code": reason,
            "paid_until": paid or known.record.text("paid_until") or None,
            "sent_on": on,
            "valid_until": until.isoformat(),
        },
        row,
    )
    return Sent(row, number)


def bring_in(
    write: Write,
    workspace: Workspace,
    known: Membership,
    to: bytes,
    employer: bytes | None,
    letter: Letter,
) -> bytes:
    """One member of this file goes to another union of it; returns the membership there."""
    goal = signup.chosen_union(write.connection, to)
    if code := goal.text("division_code"):
        workspace.require(Permission.REVIEW, code)
    name = goal.text("name")
    _refuse_itself(known, to, name)
    sent = _send(write, workspace, known, (to, name), letter)
    return _land(write, workspace, known, (to, sent.transfer), employer, letter)


def land(
    write: Write,
    workspace: Workspace,
    known: Membership,
    to: bytes,
    employer: bytes | None,
    letter: Letter,
) -> bytes:
    """A member of this file whose letter is under way arrives; returns the membership there."""
    under_way = transfers.open_transfer(write.connection, known.record.id)
    if under_way is None:
        raise Conflict("transfer.not_open", name=known.person.text("name"))
    goal = signup.chosen_union(write.connection, to)
    _refuse_itself(known, to, goal.text("name"))
    write.set("transfer", under_way.id, {"to_union": to, "to_name": goal.text("name")})
    return _land(write, workspace, known, (to, under_way.id), employer, letter)


def _land(
    write: Write,
    workspace: Workspace,
    known: Membership,
    goal: tuple[bytes, bytes],
    employer: bytes | None,
    letter: Letter,
) -> bytes:
    """The membership there; `goal` is the union and the transfer that leads to it."""
    to, transfer = goal
    on = steps.day_of(workspace, letter.on)
    moving = members.membership_by_id(write.connection, known.record.id)
    if moving is not None:
        steps.take(write, moving, State.MOVED, Told(on))
    values = {
        name: value
        for name, value in known.record.fields.items()
        if name in _GOES_ALONG and value is not None
    }
    values |= {"state": State.FULL.value}
    if paid := _month(workspace, letter):
        values["paid_until"] = paid
    if employer is not None:
        # Where one works goes by the new unit's name.
        values.pop("workplace", None)
    where = employer or known.record.link("employer")
    arriving = _arrive(write, known.person.id, to, where, values, on)
    write.set("transfer", transfer, {"arriving": arriving, "received_on": on})
    return arriving


_GOES_ALONG = frozenset(
    {
        "position", "employment_state", "engagement", "applied_on", "application_text",
        "joined_on", "card_no", "workplace", "paid_until",
    }
)  # fmt: skip
"""What a membership keeps in another union: one joins once."""


def _arrive(
    write: Write,
    person: bytes,
    union: bytes,
    employer: bytes | None,
    values: Mapping[str, object],
    on: str,
) -> bytes:
    row = write.insert(
        "membership",
        {
            "employment_state": "1",
            **values,
            "person": person,
            "union_org": union,
            "employer": employer,
            "channel": "transfer",
            "change_kind": TRANSFERRED_IN,
            "change_reason": WORK_CHANGED,
            "change_on": on,
        },
    )
    told = Told(on, reason_code=WORK_CHANGED)
    steps.note(write, row, person, State.MOVING, State.FULL, told)
    return row


def _open(
    connection: Connection, workspace: Workspace, transfer: bytes
) -> tuple[TransferRow, Membership]:
    row = transfers.transfer_by_id(connection, transfer)
    if row is None or row.leaving is None:
        raise NotFound("record.unknown", value=transfer.hex())
    known = steps.found(connection, workspace, row.leaving)
    if row.received_on or known.record.text("state") != State.MOVING:
        raise Conflict("transfer.not_open", name=row.name)
    return row, known


def _refuse_itself(known: Membership, to: bytes | None, name: str) -> None:
    """Raises `InvalidInput` for a transfer to nowhere, or to where one is already."""
    if not name:
        raise InvalidInput("transfer.no_goal", field="to_union")
    if name == known.union_name or (to is not None and to == known.record.link("union_org")):
        raise InvalidInput("transfer.to_itself", field="to_union", name=name)


def _month(workspace: Workspace, letter: Letter) -> str:
    """A month as 2026-10, "" for none; raises `InvalidInput` (field `paid_until`)."""
    return dues.read_month(letter.paid_until, workspace.today)
