"""会费: what a wage comes to, and who has paid nothing for six months; no cash, no wage is kept."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from organizer.domain.dues import LAPSE_MONTHS, Dues, dues_of
from organizer.errors import InvalidInput
from organizer.i18n import _
from organizer.services.members import dues_keeping
from organizer.services.members.dues_keeping import Behind
from organizer.services.workspace import Workspace
from organizer.ui.members.table_page import TablePage
from organizer.ui.session import Session
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import card, column, holder, label, row
from organizer.ui.widgets.table import Column, Row


class DuesPage(TablePage[list[Behind]]):
    """The calculator above, the list of arrears below."""

    def __init__(self, session: Session, acts: Sequence[KeyButton]) -> None:
        self.wage = Field("wage", _("当月工资（元）"))
        self.answer = label("", "large")
        self.answer.setWordWrap(True)
        self._law = label(
            _("月工资收入的 0.5%，不满十元的部分不计。只算数，不记工资，不收现金。"), "mut"
        )
        columns = (
            Column("name", _("姓名"), 150),
            Column("months", _("欠缴月数"), 92, number=True),
            Column("paid_until", _("会费交至"), 104),
            Column("union_name", _("工会"), 240),
            Column("workplace", _("工作单位"), 240),
        )
        empty = (
            _("没有欠缴六个月的会员"),
            _("在名册里选人，用“办理”里的“会费交至”记到哪个月；满六个月没有再交的列在这里。"),
        )
        super().__init__(
            session, columns, _("会费欠缴名单"), ("workplace", "union_name"), acts, empty
        )
        self.wage.edited.connect(self._on_wage)
        self.wage.entered.connect(self.table.setFocus)

    def extras(self) -> Sequence[QWidget]:
        """The calculator."""
        self.wage.setMaximumWidth(260)
        told = holder(column(self.answer, self._law, gap=4))
        line = row(self.wage, told, gap=24)
        line.setStretch(1, 1)
        return (card(label(_("会费计算"), "head"), line),)

    def arrive(self) -> None:
        """The cursor goes to the calculator."""
        self.reload()
        self.wage.setFocus()

    def ask(self, workspace: Workspace) -> list[Behind]:
        """Who is behind."""
        return dues_keeping.behind(workspace)

    def told(self, found: list[Behind]) -> tuple[str, Sequence[Row]]:
        """How many, and that nobody has left by that alone."""
        said = _(
            "{count} 人连续 {months} 个月以上没有交会费。先提醒；经教育拒不改正的，"
            "基层工会委员会才可以按自动退会处理，程序不会自动退会。"
        ).format(count=len(found), months=LAPSE_MONTHS)
        return said, [(one.membership, _cells(one)) for one in found]

    def _on_wage(self, text: str) -> None:
        self.wage.clear_error()
        if not text.strip():
            self.answer.setText("")
            return
        try:
            found: Dues = dues_of(text)
        except InvalidInput as error:
            self.answer.setText("")
            self.wage.refuse(error)
            return
        self.answer.setText(
            _("每月 {dues} 元（按 {base} 元计）").format(dues=found.shown, base=f"{found.base:,}")
        )


def _cells(one: Behind) -> tuple[str, ...]:
    return one.name, str(one.months), one.paid_until, one.union_name, one.workplace
