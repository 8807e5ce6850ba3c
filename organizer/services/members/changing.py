"""What becomes of memberships (会籍变动): refused, kept, taken up again, left, expelled, died.

会籍管理办法 art. 16-23; every step with its day, reason, paper and actor, for one person or many.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from organizer.domain.access import Permission
from organizer.domain.codelist import Entry
from organizer.domain.member import ACTS, Act, Rule, State
from organizer.errors import Conflict, InvalidInput, NotFound
from organizer.i18n import _, listed
from organizer.services.members import steps
from organizer.services.members.steps import Told
from organizer.services.workspace import Workspace
from organizer.store import members
from organizer.store.members import Membership
from organizer.store.transaction import Write

TRANSFERS = frozenset({Act.SEND, Act.CONFIRM, Act.RECALL})
"""Acts that belong to a transfer and its letter."""


@dataclass(frozen=True)
class ChangeOrder:
    """What is to be done: `reason` is a code of `membership_reason.csv`, `words` are one's own."""

    act: Act
    reason: str = ""
    on: date | None = None
    paper_no: str = ""
    words: str = ""


@dataclass(frozen=True)
class Changed:
    """How many memberships were changed, by the write that can be taken back."""

    count: int
    write: bytes


def reasons(workspace: Workspace, act: Act) -> list[Entry]:
    """The reasons to choose from."""
    workspace.require(Permission.LOOK)
    return [workspace.codes("membership_reason").entry(code) for code in ACTS[act].reasons]


def change(workspace: Workspace, rows: Sequence[bytes], order: ChangeOrder) -> Changed:
    """Do one thing with one or many memberships, all of them or none.

    Raises `InvalidInput` at what is missing or wrong, `Conflict` where a membership does not allow it.
    """
    workspace.require(Permission.REVIEW)
    rule = ACTS[order.act]
    reason = _checked(workspace, rule, order)

    def body(write: Write) -> bytes:
        for row in rows:
            membership = steps.found(write.connection, workspace, row)
            refuse_illegal(workspace, membership, order.act)
            on = steps.day_of(workspace, order.on, membership)
            told = Told(on, rule.change, reason, order.words.strip(), order.paper_no.strip())
            steps.take(write, membership, rule.after, told)
        return write.id

    intent = workspace.intent(f"member.{order.act.value}")
    return Changed(len(rows), workspace.database.write(intent, body))


def refuse_illegal(workspace: Workspace, membership: Membership, act: Act) -> None:
    """Raises `Conflict` in words when a membership's state does not know an act."""
    state = membership.record.text("state")
    if State(state) not in ACTS[act].before:
        label = workspace.codes("membership_state").label(state)
        name = membership.person.text("name")
        raise Conflict("member.not_possible", name=name, state=label, act=act_word(act))


def _checked(workspace: Workspace, rule: Rule, order: ChangeOrder) -> str:
    """The code of the reason; raises `InvalidInput` for what is missing or does not belong."""
    if order.act in TRANSFERS:
        raise InvalidInput("member.by_transfer", field="act")
    if rule.worded and not order.words.strip():
        raise InvalidInput("member.no_words", field="words")
    if rule.papered and not order.paper_no.strip():
        raise InvalidInput("member.no_paper", field="paper_no")
    return reason_of(workspace, rule, order.reason)


def reason_of(workspace: Workspace, rule: Rule, reason: str) -> str:
    """The code of a reason; the only one there is need not be said. Raises `InvalidInput`."""
    if not reason and len(rule.reasons) < 2:
        return "".join(rule.reasons)
    if reason not in rule.reasons:
        codes = workspace.codes("membership_reason")
        known = listed(codes.label(code) for code in rule.reasons)
        raise InvalidInput("member.no_reason", field="reason", known=known)
    return reason


def act_word(act: Act) -> str:
    """What an act is called."""
    return {
        Act.REFUSE: _("不予批准"),
        Act.KEEP: _("保留会籍"),
        Act.RESUME: _("恢复会籍"),
        Act.LEAVE: _("退会"),
        Act.EXPEL: _("除名"),
        Act.DIE: _("死亡注销"),
        Act.SEND: _("转出"),
        Act.RECALL: _("撤回转出"),
        Act.CONFIRM: _("转出接收"),
    }[act]


@dataclass(frozen=True)
class Unfiled:
    """An expulsion that the union above does not know of yet; `on` as ISO day."""

    membership: bytes
    name: str
    union_name: str
    on: str
    paper_no: str


def unfiled(workspace: Workspace) -> list[Unfiled]:
    """Expulsions still to be filed with the union above (报上一级备案, art. 23), oldest first."""
    workspace.require(Permission.REVIEW)
    scope = workspace.account.division_code
    rows = workspace.database.read(lambda c: members.unfiled(c, scope))
    return [Unfiled(*row) for row in rows]


def file(workspace: Workspace, membership: bytes, on: date | None = None) -> bytes:
    """Note that an expulsion was filed with the union above; returns the write.

    Raises `NotFound` when there is none that waits.
    """
    return file_all(workspace, [membership], on)


def file_all(workspace: Workspace, rows: Sequence[bytes], on: date | None = None) -> bytes:
    """The same for one or many, all of them or none."""
    workspace.require(Permission.REVIEW)

    def body(write: Write) -> bytes:
        for row in rows:
            known = steps.found(write.connection, workspace, row)
            step = members.expulsion(write.connection, row)
            if step is None:
                raise NotFound("member.nothing_to_file", name=known.person.text("name"))
            write.set("membership_step", step, {"filed_on": steps.day_of(workspace, on, known)})
        return write.id

    return workspace.database.write(workspace.intent("member.file"), body)
