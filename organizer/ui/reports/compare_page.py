"""本轮对上轮: what became of the units since the round before; every number opens its units."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from organizer.errors import OrganizerError
from organizer.i18n import _
from organizer.services.survey import comparing
from organizer.services.survey.comparing import Change, Comparison
from organizer.ui.reports.behind_list import BehindList
from organizer.ui.session import Session
from organizer.ui.widgets.plain import column, holder, label, row
from organizer.ui.widgets.rows import RowsTable
from organizer.ui.widgets.table import Column

_WHOLE = b"*"


class ComparePage(QWidget):
    """`go` asks for another screen with a record."""

    go = Signal(str, object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.found: Comparison | None = None
        self._said = label("", "mut")
        self._streets = RowsTable(
            session.theme,
            (
                Column("above", _("社区（村）"), 160),
                Column("street", _("街路、楼宇、村民组"), 200),
                Column("count", _("变化"), 72, number=True),
            ),
            _("有变化的街路"),
            stretched=1,
            spare=("above",),
        )
        self.kinds = RowsTable(
            session.theme,
            (
                Column("kind", _("变化"), 200),
                Column("count", _("户数"), 88, number=True),
                Column("gain", _("职工增减"), 112, number=True),
            ),
            _("本轮对上轮"),
            stretched=0,
        )
        self.behind = BehindList(session.theme)
        self._stack = QStackedWidget()
        parts = row(self._streets, self.kinds, gap=20)
        parts.setStretch(0, 1)
        parts.setStretch(1, 1)
        self._tables = holder(parts)
        for page in (self._tables, self.behind):
            self._stack.addWidget(page)
        whole = column(self._said, self._stack, into=QVBoxLayout(self), gap=12)
        whole.setStretch(1, 1)
        self._streets.selectionModel().currentRowChanged.connect(self._fill)
        self._streets.opened.connect(lambda _row: self.kinds.setFocus())
        self.kinds.opened.connect(self._on_opened)
        self.behind.opened.connect(lambda unit: self.go.emit("employers", unit))
        self.behind.closed.connect(self._on_closed)

    def load(self) -> None:
        """Compare anew."""
        self._session.ask(
            self, comparing.compare, self._show, key="reports.compare", failed=self._on_failed
        )

    def focus_first(self) -> None:
        """The cursor goes to the kinds of change, or to the list that is open."""
        shown = self._stack.currentWidget()
        (self.behind.rows if shown is self.behind else self.kinds).setFocus()

    def _show(self, found: Comparison) -> None:
        self.found = found
        told = (
            _("{current}（{since} 起，到 {upto}）对 {previous}")
            if found.previous
            else _("{current}（{since} 起，到 {upto}）是第一个批次，与名单上的情况相比")
        )
        self._said.setText(
            told.format(
                current=found.current, previous=found.previous, since=found.since, upto=found.upto
            )
        )
        whole = (_WHOLE, ("", _("全部"), str(sum(change.count for change in found.changes))))
        rows = [
            (one.place, (one.above, one.name, str(sum(one.counts.values())))) for one in found.walks
        ]
        self._streets.show_rows([whole, *rows], self._streets.current_id())
        self._fill()

    def _changes(self) -> tuple[Change, ...]:
        if self.found is None:
            return ()
        street = self._streets.current_id()
        return self.found.changes if street in (None, _WHOLE) else self.found.at(street or b"")

    def _fill(self, *_indexes: object) -> None:
        rows = [
            (
                change.key.encode(),
                (change.title, str(change.count), f"{change.gain:+d}" if change.gain else ""),
            )
            for change in self._changes()
        ]
        self.kinds.show_rows(rows, self.kinds.current_id())

    def _on_opened(self, key: bytes) -> None:
        change = next(one for one in self._changes() if one.key.encode() == key)
        rows = [(one.employer, (one.name, _between(one.before, one.after))) for one in change.rows]
        title = _("{title}：{count}").format(title=change.title, count=change.count)
        self._stack.setCurrentWidget(self.behind)
        self.behind.show_rows(title, rows)

    def _on_closed(self) -> None:
        self._stack.setCurrentWidget(self._tables)
        self.kinds.setFocus()

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, OrganizerError):
            self._said.setText(error.sentence())
        else:
            self._session.notices.present(error)


def _between(before: str, after: str) -> str:
    return _("{before} → {after}").format(before=before, after=after) if before else after
