"""人数: members by union or by place, by the eight groups or the new forms of employment."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from organizer.domain.member_groups import Tally
from organizer.i18n import _
from organizer.services.members import member_counts, member_listing
from organizer.services.members.member_counts import BY_PLACE, BY_UNION, Counts
from organizer.services.workspace import Workspace
from organizer.ui.members.table_page import TablePage
from organizer.ui.session import Session
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import button, holder, row
from organizer.ui.widgets.table import Column, Row

_HANZI, _EDGES = 14, 28
"""What a heading needs in pixels at 100 %: each character, and its edges."""


class CountsPage(TablePage[Counts]):
    """One of the two lists of groups, `kind` by name; `by` says whether a row is a union or a place."""

    def __init__(self, session: Session, kind: str, acts: Sequence[KeyButton]) -> None:
        self.by = BY_UNION
        self._groups = [group for group in member_listing.groups() if group.kind == kind]
        self._kind = kind
        heads = [_("会员"), _("女"), _("农民工"), _("小计"), *(one.label for one in self._groups)]
        columns = (
            Column("name", _("工会、社区"), 200),
            *(
                Column(f"count-{at}", head, max(len(head) * _HANZI + _EDGES, 64), number=True)
                for at, head in enumerate(heads)
            ),
        )
        empty = (_("还没有会员可数"), _("审批通过的会员按工会、按社区和按群体数在这里。"))
        spare = ["count-1", "count-2", *(f"count-{at}" for at in range(len(heads) - 1, 3, -1))]
        super().__init__(session, columns, kind, spare, acts, empty)

    def extras(self) -> Sequence[QWidget]:
        """By union or by place."""
        group = QButtonGroup(self)
        made: list[QPushButton] = []
        for key, text in ((BY_UNION, _("按工会")), (BY_PLACE, _("按社区"))):
            one = button(text, partial(self.choose, key), kind="choice", name=f"by-{key}")
            one.setCheckable(True)
            one.setChecked(key == BY_UNION)
            group.addButton(one)
            made.append(one)
        return (holder(row(*made, None)),)

    def choose(self, by: str) -> None:
        """Count by the other."""
        self.by = by
        self.reload()

    def ask(self, workspace: Workspace) -> Counts:
        """The table."""
        return member_counts.counts(workspace, self.by)

    def told(self, found: Counts) -> tuple[str, Sequence[Row]]:
        """Totals first, so that they are seen without scrolling."""
        if not found.lines:
            return "", ()
        said = _("会员 {count} 人，不含保留会籍的；其中{kind} {some} 人。").format(
            count=f"{found.total.members:,}",
            kind=self._kind,
            some=f"{found.total.of_kind(self._groups, self._kind):,}",
        )
        return said, [(b"", self._cells(line)) for line in (found.total, *found.lines)]

    def _cells(self, line: Tally) -> tuple[str, ...]:
        numbers = (
            line.members, line.women, line.migrant, line.of_kind(self._groups, self._kind),
            *(line.of(group) for group in self._groups),
        )  # fmt: skip
        return line.name, *map(str, numbers)
