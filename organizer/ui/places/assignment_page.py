"""任务: who goes where until when; what waits for somebody first; slips to print."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from organizer.errors import NotFound
from organizer.i18n import _
from organizer.services.places import assigning, grid_card, slips
from organizer.services.places.assigning import Assignment, State
from organizer.services.reports.report_writing import Written
from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.widgets.fitting import EvenButtons
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import column, label
from organizer.ui.widgets.rows import RowsTable
from organizer.ui.widgets.table import Column
from organizer.ui.widgets.tray import Tray

_FIRST = (State.GONE, State.OVERDUE, State.OPEN, State.ENDED)


class AssignmentPage(QWidget):
    """`changed` carries what was done in words, `say` a sentence; `opened` a grid or a place."""

    changed = Signal(str)
    say = Signal(str)
    opened = Signal(bytes, bool)

    def __init__(self, session: Session, acts: Sequence[KeyButton]) -> None:
        super().__init__()
        self.session = session
        self.rows: Sequence[Assignment] = ()
        self.tray = Tray(session, self, self.say.emit)
        self._told = label("", "mut")
        self._told.setWordWrap(False)
        self._trouble = label("", "warn")
        columns = (
            Column("name", _("地点或网格"), 200),
            Column("assignee", _("承担人"), 200),
            Column("until", _("期限"), 100),
            Column("done", _("已查"), 84, number=True),
            Column("state", _("情况"), 90),
            Column("remark", _("要求"), 220),
        )
        self.list = RowsTable(session.theme, columns, _("任务"), 0, ("remark", "done"))
        self.list.setObjectName("assignments")
        self.list.opened.connect(self._on_opened)
        self.list.selectionModel().selectionChanged.connect(lambda *_all: self._on_chosen())
        self._empty = label(
            _("本轮还没有派任务。到“地点”或“网格”页选好一处，按“派任务”，再回来打印任务单。"), "mut"
        )
        self._row = EvenButtons(session.theme, acts, 150)
        frame = QFrame()
        frame.setProperty("kind", "card")
        column(
            label(_("任务"), "head"), self._told, self._row, self._trouble, self._empty, self.list,
            into=QVBoxLayout(frame), margin=16, gap=10,
        )  # fmt: skip
        column(frame, into=QVBoxLayout(self))
        session.theme.changed.connect(self._on_theme)
        self._on_theme()

    @property
    def chosen(self) -> list[Assignment]:
        """The assignments chosen in the list."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedRows())
        return [self.rows[row] for row in rows if row < len(self.rows)]

    def reload(self) -> None:
        """Read the assignments anew; without a round there are none."""
        self.session.ask(
            self,
            assigning.assignments_of_round,
            self._on_found,
            key="places.assignments",
            failed=self._on_failed,
        )

    def end(self) -> None:
        """End the chosen assignments."""
        wanted = [one.id for one in self.chosen]
        if wanted:
            self.session.change(
                self,
                lambda workspace, _job: assigning.end(workspace, wanted),
                lambda count: self.changed.emit(_("已结束 {count} 项任务。").format(count=count)),
                failed=self.session.notices.present,
            )

    def print_slip(self, size: str = "A4") -> None:
        """Print the slip of the chosen assignments; on A5 it is written as a file."""
        wanted = [one.id for one in self.chosen]
        if not wanted:
            return
        name = _("任务单 {who} {day}.pdf").format(
            who=self.chosen[0].assignee, day=self.session.workspace.today
        )

        def make(workspace: Workspace) -> bytes:
            return slips.make_slip(workspace, wanted, size)

        def write(workspace: Workspace, path: object) -> Written:
            return Written(slips.print_slip(workspace, wanted, path, size), 1)  # type: ignore[arg-type]

        if size == "A4":
            self.tray.print_pdf(make, write, name, across=False)
        else:
            self.tray.ask_file(write, name, _("存为 A5 任务单"))

    def _on_theme(self) -> None:
        self._row.setMaximumWidth(self.session.theme.px(620))

    def _on_found(self, found: list[Assignment]) -> None:
        self.rows = sorted(found, key=lambda one: (_FIRST.index(one.state), one.until_on))
        kept = self.list.current_id()
        self.list.show_rows([(one.id, _cells(one)) for one in self.rows], kept)
        waiting = grid_card.attention(found)
        told = _("{count} 项没有结束").format(count=len(found))
        if waiting:
            told = _("{count} 项没有结束，其中 {waiting} 项逾期或要处理").format(
                count=len(found), waiting=waiting
            )
        self._told.setText(told)
        for part, shown in ((self._told, found), (self._row, found), (self.list, found)):
            part.setVisible(bool(shown))
        self._empty.setVisible(not found)
        self._on_chosen()

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, NotFound):
            self._on_found([])
        else:
            self.session.notices.mention(error)

    def _on_chosen(self) -> None:
        told = list(dict.fromkeys(one.trouble for one in self.chosen if one.trouble))
        self._trouble.setText("\n".join(told))
        self._trouble.setVisible(bool(told))

    def _on_opened(self, row: bytes) -> None:
        found = next((one for one in self.rows if one.id == row), None)
        if found is not None:
            self.opened.emit(found.target, found.of_grid)


def state_word(state: State) -> str:
    """How far an assignment is, in a word."""
    return {
        State.OPEN: _("进行中"),
        State.OVERDUE: _("已逾期"),
        State.GONE: _("要处理"),
        State.ENDED: _("已结束"),
    }[state]


def _cells(one: Assignment) -> tuple[str, ...]:
    name = " ".join(filter(None, (one.name, one.above)))
    done = _("{reached}/{units}").format(reached=one.reached, units=one.units)
    until: date = one.until_on
    return name, one.assignee, until.isoformat(), done, state_word(one.state), one.remark
