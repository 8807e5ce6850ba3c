"""What an act on memberships would come to, told beforehand, and what may be done with one."""

from collections.abc import Mapping, Sequence

from organizer.domain import access
from organizer.domain.access import Permission
from organizer.domain.member import Act, State, allowed
from organizer.i18n import _, listed
from organizer.services.members import changing
from organizer.services.workspace import Workspace
from organizer.store import member_lists, members
from organizer.store.driver import Connection

PAY, FILE, BRING = "pay", "file", "bring"
"""Acts that are no step of their own: dues paid, an expulsion filed, a transfer inside the file."""

_NAMED = 3


def act_words() -> Mapping[str, str]:
    """What can be done with chosen memberships, in the order of the menu."""
    steps = (
        Act.SEND, Act.CONFIRM, Act.RECALL, Act.KEEP, Act.RESUME, Act.LEAVE, Act.EXPEL, Act.DIE,
        Act.REFUSE,
    )  # fmt: skip
    told = {act.value: changing.act_word(act) for act in steps}
    told[Act.CONFIRM.value] = _("收到回执")
    return {
        **told,
        BRING: _("会内接转"),
        FILE: _("除名已备案"),
        PAY: _("会费交至"),
    }


def acts_of(workspace: Workspace, membership: bytes) -> list[str]:
    """What this account may do with a membership, by the keys of its acts."""
    workspace.require(Permission.LOOK)
    if not access.grants(workspace.account.role, Permission.REVIEW):
        return []

    def query(connection: Connection) -> list[str]:
        known = members.membership_by_id(connection, membership)
        if known is None:
            return []
        state = known.record.text("state")
        found = [act.value for act in allowed(state)]
        found += [BRING] if Act.SEND in found else []
        found += [PAY] if state in member_lists.PAYING else []
        waits = state == State.EXPELLED and members.expulsion(connection, membership) is not None
        return [*found, FILE] if waits else found

    return workspace.database.read(query)


def told(workspace: Workspace, rows: Sequence[bytes], act: Act | None) -> str:
    """Whom an act is about, in words; raises `Conflict` for the first with whom it cannot be done."""
    workspace.require(Permission.REVIEW)

    def query(connection: Connection) -> list[str]:
        names = []
        for row in rows:
            known = members.membership_by_id(connection, row)
            if known is None:
                continue
            if act is not None:
                changing.refuse_illegal(workspace, known, act)
            names.append(known.person.text("name"))
        return names

    names = workspace.database.read(query)
    if len(names) <= _NAMED:
        return _("对象：{names}。").format(names=listed(names))
    few = listed(names[:_NAMED])
    return _("对象：{names}等 {count} 人，一次办完。").format(names=few, count=len(names))
