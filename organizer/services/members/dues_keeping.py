"""会费: until which month members have paid, and who is behind; no cash and no wage is recorded.

工会章程 第四条、第六条; 会籍管理办法 art. 21, 22: who is behind for six months may be taken to have left,
after words to no avail. Here that is only proposed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from organizer.domain import dues
from organizer.domain.access import Permission
from organizer.domain.dues import Dues
from organizer.errors import Conflict, InvalidInput
from organizer.services.members import steps
from organizer.services.members.changing import Changed
from organizer.services.workspace import Workspace
from organizer.store import member_lists, members_behind
from organizer.store.transaction import Write


@dataclass(frozen=True)
class Behind:
    """A member who is behind: until which month was paid, and for how many months nothing since."""

    membership: bytes
    person: bytes
    name: str
    union_name: str
    workplace: str
    paid_until: str
    months: int


def calculate(workspace: Workspace, wage: str) -> Dues:
    """What a wage of a month comes to; the wage is forgotten. Raises `InvalidInput`."""
    workspace.require(Permission.LOOK)
    return dues.dues_of(wage)


def pay(workspace: Workspace, rows: Sequence[bytes], month: str) -> Changed:
    """Note for one or many members until which month dues are paid, for all of them or none.

    Raises `InvalidInput` for a wrong month, `Conflict` for somebody who pays none.
    """
    workspace.require(Permission.REVIEW)
    paid = dues.read_month(month, workspace.today)
    if not paid:
        raise InvalidInput("dues.no_month", field="paid_until")

    def body(write: Write) -> bytes:
        for row in rows:
            known = steps.found(write.connection, workspace, row)
            state = known.record.text("state")
            if state not in member_lists.PAYING:
                label = workspace.codes("membership_state").label(state)
                name = known.person.text("name")
                raise Conflict("dues.pays_none", name=name, state=label)
            write.set("membership", row, {"paid_until": paid})
        return write.id

    return Changed(len(rows), workspace.database.write(workspace.intent("member.pay"), body))


def behind(workspace: Workspace, union: bytes | None = None) -> list[Behind]:
    """Members for whom nothing was paid for six months or more, the longest first.

    Those of whom no month is recorded are not among them: nothing is known of them.
    """
    workspace.require(Permission.LOOK)
    scope, month = workspace.account.division_code, dues.latest_behind(workspace.today)
    rows = workspace.database.read(lambda c: members_behind.behind(c, scope, month, union))
    return [Behind(*row, dues.arrears(row[-1], workspace.today)) for row in rows]
