"""接转: letters without a receipt, those that ran out marked."""

from collections.abc import Sequence

from organizer.i18n import _
from organizer.services.members import open_letters
from organizer.services.members.open_letters import OpenLetter
from organizer.services.workspace import Workspace
from organizer.ui.members.table_page import TablePage
from organizer.ui.session import Session
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.table import Column, Row


class TransfersPage(TablePage[list[OpenLetter]]):
    """A row is a membership on its way."""

    def __init__(self, session: Session, acts: Sequence[KeyButton]) -> None:
        columns = (
            Column("name", _("姓名"), 130),
            Column("late", _("期限"), 150),
            Column("to_name", _("转往"), 230),
            Column("letter_no", _("介绍信号"), 130),
            Column("sent_on", _("开出"), 104),
            Column("from_name", _("转自"), 230),
            Column("paid_until", _("会费交至"), 92),
        )
        empty = (
            _("没有等回执的转出"),
            _("转出以后，会籍在“转出待接”，等对方的回执。没有回执的都列在这里，过期的标出来。"),
        )
        spare = ("paid_until", "from_name", "letter_no", "sent_on")
        super().__init__(session, columns, _("等回执的转出"), spare, acts, empty)

    def ask(self, workspace: Workspace) -> list[OpenLetter]:
        """Letters that wait."""
        return open_letters.waiting(workspace)

    def told(self, found: list[OpenLetter]) -> tuple[str, Sequence[Row]]:
        """How many, how many of them ran out."""
        late = sum(one.late > 0 for one in found)
        said = _("{count} 人等回执").format(count=len(found))
        if late:
            said = _("{said}，其中 {late} 人的介绍信已过期，请向对方催要回执，或撤回重开。").format(
                said=said, late=late
            )
        return said, [(one.membership, _cells(one)) for one in found]


def _cells(one: OpenLetter) -> tuple[str, ...]:
    until = _("到 {day}").format(day=one.valid_until)
    if one.late:
        until = _("已过期 {days} 天").format(days=one.late)
    return (
        one.name, until, one.to_name, one.number, one.sent_on, one.from_name, one.paid_until,
    )  # fmt: skip
